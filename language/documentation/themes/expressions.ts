import type { FactDocumentation } from '../documentation.ts';

export const facts: FactDocumentation = {
  OrExpression: { or: 'One of both is enough.' },
  AndExpression: { and: 'Both are needed.' },
  NotExpression: { not: 'The opposite.' },
  ComparisonExpression: {
    is: 'Compares with a list of values or with nothing: `is one of …`, `is empty`, `is not empty`.',
    not: 'The opposite.',
    empty: 'The field holds no value.',
    'is one of': 'The field holds one of these values.',
  },
  ComparisonOperator: {
    'starts with': 'The text begins so.',
    'ends with': 'The text ends so.',
    contains: 'The text holds this part.',
    matches: 'The text matches this regular expression.',
  },
  AdditiveExpression: { in: 'Counts only the time in which the calendar is open.' },
  PrimaryExpression: {
    part: 'The part of a text at a position, counted from 1: `part 2 of column by "-"`.',
    of: 'The text that is cut.',
    by: 'The separator, or the value that is looked up.',
    match: 'What a regular expression finds in a text: its first group, or the whole: `match "INC(\\d+)" in column`.',
    in: 'The text that is searched, or the source in which is looked up.',
    lookup: 'A field of another source, found by key: `lookup cost in assets by asset`.',
    first: 'The first time at which a condition held in the history of a record: `first time state = "Resolved"`.',
    last: 'The last time at which a condition held in the history of a record.',
    time: 'When a condition held in the history of a record.',
    'time while': 'How long a condition held in the history of a record.',
    column: 'A column whose name is no plain word: `column "Problem Number"`.',
  },
  MetricTerm: {
    count: 'The number of records.',
    of: 'What is computed over.',
    'availability of': 'The share of the agreed time that was not lost between two moments: `availability of started to ended`.',
    to: 'The moment at which the loss ends.',
  },
  AggregateFunction: {
    share: 'The share of records for which a condition holds, with numerator and denominator.',
    mean: 'The arithmetic mean.',
    median: 'The value that half of the records do not exceed.',
    p90: 'The value that 90% of the records do not exceed.',
    p95: 'The value that 95% of the records do not exceed.',
    min: 'The smallest value.',
    max: 'The largest value.',
    sum: 'The sum.',
  },
};
