import { literal } from './sql.ts';
import type { TypedSql } from './typed-sql.ts';

/**
 * What is asked of a source cannot be computed where its records are with the meaning that it has here, so they have to be read. It ends
 * a run, which begins anew with the rows of that source.
 */
export class NotComputedThere extends Error {
  readonly source: string;
  readonly reason: string;

  /** @param reason in words that follow “because” */
  constructor(source: string, reason: string) {
    super(`${source}: ${reason}`);
    this.source = source;
    this.reason = reason;
  }
}

/** Where the query languages of what computes figures differ. Everything else is written in what they share. */
export interface Dialect {
  /** Where records stay in a database that is asked about them: what to throw where it cannot answer. */
  readonly refusal?: (reason: string) => NotComputedThere;
  /** What a table of words says of a text, where there is a better way than that of the engine. */
  readonly words?: (text: string, table: ReadonlyMap<string, string>) => string;
  /** Type of a code of a few values. */
  readonly code: string;
  /** Without white space at both ends. */
  trim(text: string): string;
  endsWith(text: string, end: string): string;
  contains(text: string, part: string): string;
  /** @param index from 1 */
  part(text: string, separator: string, index: number): string;
  matches(text: string, pattern: string): string;
  extractMatch(text: string, pattern: string, group: number): string;
  /** A text as a number with six decimals, NULL where it is none. */
  number(text: TypedSql): string;
  multiply(a: string, b: string): string;
  divide(a: string, b: string): string;
  /** Whole numbers that are not negative. */
  wholeQuotient(a: string, b: string): string;
  /** A moment in milliseconds so many months later in UTC. */
  monthsLater(moment: string, months: string): string;
  /** The value of that rank, which occurs. */
  quantile(value: string, rank: number): string;
  /** The smallest of a whole number, in a list. */
  smallest(value: string, count: number, condition: string): string;
  /** Pairs of whole numbers in order, as lists of two. */
  pairs(a: string, b: string, condition: string): string;
  /** How many different texts, at most as many as there are: equal where all differ. */
  countDistinct(text: string): string;
}

/** The engine in the process. */
export const engineDialect: Dialect = {
  code: 'UTINYINT',
  trim: (text) => `trim(${text})`,
  endsWith: (text, end) => `ends_with(${text}, ${end})`,
  contains: (text, part) => `contains(${text}, ${part})`,
  part: (text, separator, index) => `split_part(${text}, ${literal(separator)}, ${index})`,
  matches: (text, pattern) => `regexp_matches(${text}, ${pattern})`,
  extractMatch: (text, pattern, group) => `regexp_extract(${text}, ${literal(pattern)}, ${group})`,
  number: ({ sql }) => `TRY_CAST(${sql} AS DECIMAL(18,6))`,
  multiply: (a, b) => `(${a} * ${b})`,
  divide: (a, b) => `(${a} / ${b})`,
  wholeQuotient: (a, b) => `(${a} // ${b})`,
  monthsLater: (moment, months) => `epoch_ms(make_timestamp_ms(${moment}) + to_months(${months}::INTEGER))`,
  quantile: (value, rank) => `quantile_disc(${value}, ${rank})`,
  smallest: (value, count, condition) => `min(${value}, ${count}) FILTER (WHERE ${condition})`,
  pairs: (a, b, condition) => `list([${a}, ${b}] ORDER BY ${a}, ${b}) FILTER (WHERE ${condition})`,
  countDistinct: (text) => `count(DISTINCT hash(${text}))`,
};
