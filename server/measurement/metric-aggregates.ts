/** The aggregates of a metric's formula: what each asks of the engine, what the answer means, and what it makes of single records. */
import type { Expression, MetricExpression } from '../../language/model/declarations.ts';
import type { Path } from '../../language/model/fragment.ts';
import { recordKinds } from '../../language/model/record-kinds.ts';
import { decimalOf, divide, parseDecimal, type Decimal } from '../../language/values/decimal.ts';
import { isProblem } from '../../language/values/problem.ts';
import type { Cell } from './engine.ts';
import { asText } from './expression.ts';
import type { CountedRecord } from './figure.ts';
import type { FigureRow } from './figure-rows.ts';
import type { PeriodFrame } from './period-frame.ts';
import type { RecordQuery } from './record-query.ts';
import { numberOf, type SourceSession } from './source-session.ts';
import { durationInWords } from './time-targets.ts';
import type { Bounds, Quotient } from './verdicts.ts';

/** What a formula asks of the records of a source. */
export type AnyAggregate = Extract<MetricExpression, { $type: 'CountAggregate' | 'Aggregate' | 'AvailabilityAggregate' }>;

/** A value with what it was computed from. */
export type MetricValue =
  | { readonly kind: 'ratio'; readonly numerator: number; readonly denominator: number; readonly unknown: number; /** One count over another: a share only where the metric says so. */ readonly counts?: true; /** It may be less: some of it is not known. */ readonly atMost?: true }
  | { readonly kind: 'count'; readonly count: number }
  /** In seconds where `time`, else in the metric's own unit. */
  | { readonly kind: 'number'; readonly numerator: Decimal; readonly denominator: Decimal; readonly time: boolean };

/** A metric's value in a period, for all records or a group of them. */
export interface PeriodValue {
  readonly value: MetricValue | undefined;
  readonly reason?: string;
  readonly sample?: number;
  /** Values that are missing and so were left out. */
  readonly missing: number;
  /** What a number is at least and at most, however the missing values turn out; without a bound it may be anything. */
  readonly bounds?: Bounds;
  /** Records of which it is not known whether they belong to what is counted. */
  readonly undecided?: number;
  readonly missed: readonly CountedRecord[];
}

/** What one aggregate of a formula asks of the engine, and what its answer means. */
export interface AggregateColumns {
  readonly columns: readonly string[];
  read(cells: readonly Cell[], frame: PeriodFrame): PeriodValue;
  /** When a record reaches into the window `w`, for what speaks of time and not of records that began in it. */
  readonly overlap?: string;
  /** A condition that some records hold and others do not, where the aggregate says how many do. */
  readonly condition?: string;
  /** What it makes of each record: a value that {@link AggregateColumns.tell} reads, and the number by which the most telling come first. */
  readonly each?: { readonly sql: string; readonly rank: string; /** Of a record of which it is false there is nothing to tell. */ readonly onlyIfTrue?: true };
  tell?(cell: Cell | undefined): ToldRecord | undefined;
  /** The moments between which something was not available, with an end that is unclear. */
  readonly stretch?: { readonly start: string; readonly end: string; readonly unclear: string };
}

/** What a record is in an aggregate; undefined where it is nothing in it. */
export interface ToldRecord {
  readonly outcome: FigureRow['outcome'];
  readonly why: string;
}

export function compileAggregate(aggregate: AnyAggregate, query: RecordQuery, path: Path, session: SourceSession): AggregateColumns | undefined {
  switch (aggregate.$type) {
    case 'CountAggregate': {
      const condition = aggregate.filter === undefined ? undefined : query.compiler.condition(aggregate.filter, [...path, 'filter']);
      if (aggregate.filter !== undefined && condition === undefined) return undefined;
      if (condition === undefined) return { columns: ['count(*)'], read: ([count]) => countOf(numberOf(count) ?? 0, 0), each: { sql: 'true', rank: '0' }, tell: () => ({ outcome: 'counted', why: 'counted' }) };
      return {
        columns: [`count(*) FILTER (WHERE ${condition.sql})`, `count(*) FILTER (WHERE (${condition.sql}) IS NULL)`],
        read: ([count, unknown]) => countOf(numberOf(count) ?? 0, numberOf(unknown) ?? 0),
        each: { sql: condition.sql, rank: `CASE WHEN (${condition.sql}) IS NULL THEN 1 ELSE 0 END`, onlyIfTrue: true },
        tell: (cell) => (cell === false ? undefined : cell === true ? { outcome: 'counted', why: 'what is counted is true of it' } : notKnown),
      };
    }
    case 'Aggregate': return aggregate.function === 'share' ? compileShare(aggregate.argument, query, path) : compileNumber(aggregate, query, path);
    case 'AvailabilityAggregate': return compileAvailability(aggregate, query, path, session);
  }
}

/** As many as are known to be counted; it may be more. */
function countOf(count: number, missing: number): PeriodValue {
  const exactly = (number: number): Quotient => ({ numerator: decimalOf(number), denominator: decimalOf(1) });
  return { value: { kind: 'count', count }, sample: count, missing, missed: [], ...(missing === 0 ? {} : { bounds: { low: exactly(count), high: exactly(count + missing) } }) };
}

const notKnown: ToldRecord = { outcome: 'left out', why: 'a value is missing that decides whether it is counted' };

function compileShare(argument: Expression, query: RecordQuery, path: Path): AggregateColumns | undefined {
  const condition = query.compiler.condition(argument, [...path, 'argument']);
  if (condition === undefined) return undefined;
  return {
    columns: [`count(*) FILTER (WHERE ${condition.sql})`, `count(*) FILTER (WHERE NOT ${condition.sql})`, `count(*) FILTER (WHERE ${condition.sql} IS NULL)`],
    condition: condition.sql,
    each: { sql: condition.sql, rank: `CASE WHEN (${condition.sql}) IS NULL THEN 1 WHEN ${condition.sql} THEN 2 ELSE 0 END` },
    tell: (cell) => (cell === true ? { outcome: 'numerator', why: 'the condition is true of it' } : cell === false ? { outcome: 'denominator only', why: 'the condition is not true of it' } : notKnown),
    read: ([yes, no, unknown]) => {
      const [numerator, rest, missing] = [numberOf(yes) ?? 0, numberOf(no) ?? 0, numberOf(unknown) ?? 0];
      return { value: { kind: 'ratio', numerator, denominator: numerator + rest, unknown: missing }, sample: numerator + rest, missing, missed: [] };
    },
  };
}

function compileNumber(aggregate: Extract<MetricExpression, { $type: 'Aggregate' }>, query: RecordQuery, path: Path): AggregateColumns | undefined {
  const argument = query.compiler.compile(aggregate.argument, [...path, 'argument'], true);
  if (argument === undefined) return undefined;
  const { dialect } = query;
  const time = argument.type === 'length';
  const sql = time ? argument.sql : argument.type === 'number' ? `CAST(${argument.sql} AS DECIMAL(18,6))` : dialect.number(argument.type === 'text' ? argument : { type: 'text', sql: asText(argument) });
  // The two in the middle, which are one where the number of values is odd.
  const median = (value: string): string => `(${dialect.quantile(value, 0.5)} - ${dialect.quantile(`-${value}`, 0.5)})`;
  const aggregateSql = {
    share: '', mean: `sum(${sql})`, sum: `sum(${sql})`, min: `min(${sql})`, max: `max(${sql})`,
    median: median(sql), p90: dialect.quantile(sql, 0.9), p95: dialect.quantile(sql, 0.95),
  }[aggregate.function];
  // How small and how large it could be: what is missing put before and after all that is known.
  const rank = { median: 0.5, p90: 0.9, p95: 0.95 }[aggregate.function as string];
  const extreme = time ? '9000000000000000' : 'CAST(400000000000 AS DECIMAL(18,6))';
  const ranked = (missing: string): string => (aggregate.function === 'median' ? median(`coalesce(${sql}, ${missing})`) : dialect.quantile(`coalesce(${sql}, ${missing})`, rank ?? 0.5));
  const outer = rank === undefined ? [] : [`CAST(${ranked(`-${extreme}`)} AS VARCHAR)`, `CAST(${ranked(extreme)} AS VARCHAR)`];
  // Nothing happens to a record before it begins, so that its times are never negative.
  const counted = recordKinds[query.session.source.recordKind]?.counted;
  const positive = time && argument.between?.from.field !== undefined && argument.between.from.field === counted;
  return {
    columns: [`CAST(${aggregateSql} AS VARCHAR)`, `count(${sql})`, 'count(*)', ...outer],
    each: { sql: `CAST(${sql} AS VARCHAR)`, rank: `coalesce(CAST(-(${sql}) AS DOUBLE PRECISION), 1e300)` },
    tell: (cell) => (cell === null || cell === undefined ? { outcome: 'left out', why: 'its value is missing' } : { outcome: 'counted', why: time ? durationInWords(Number(cell)) : plainNumber(String(cell)) }),
    read: ([value, known, all, low, high]) => {
      const sample = numberOf(known) ?? 0;
      const missing = (numberOf(all) ?? 0) - sample;
      const amount = value === null || value === undefined ? undefined : parseDecimal(String(value));
      if (sample === 0 || amount === undefined || isProblem(amount)) return { value: undefined, reason: 'There is no value in this period', sample: 0, missing, missed: [] };
      const parts = (time ? 1000 : 1) * (aggregate.function === 'median' ? 2 : 1);
      const numberOfParts = (whole: Decimal): Decimal => (parts === 1 ? whole : divide(whole, decimalOf(parts), time ? 4 : 7, 'half up'));
      const numerator = numberOfParts(amount);
      const result: MetricValue = { kind: 'number', numerator, denominator: decimalOf(aggregate.function === 'mean' ? sample : 1), time };
      if (missing === 0) return { value: result, sample, missing, missed: [] };
      const one = decimalOf(1);
      const floor = positive ? { numerator: decimalOf(0), denominator: one } : undefined;
      const atRank = (cell: Cell | undefined): Quotient | undefined => {
        const text = String(cell ?? '');
        const whole = parseDecimal(text);
        // Twice, once and half of an extreme are as far out as it.
        return isProblem(whole) || Math.abs(Number(text)) >= (time ? 8e15 : 1e11) ? undefined : { numerator: numberOfParts(whole), denominator: one };
      };
      const bounds = ((): Bounds => {
        switch (aggregate.function) {
          case 'min': return { low: floor, high: { numerator, denominator: one } };
          case 'max': return { low: { numerator, denominator: one }, high: undefined };
          case 'sum': return { low: positive ? { numerator, denominator: one } : undefined, high: undefined };
          case 'mean': return { low: positive ? { numerator, denominator: decimalOf(sample + missing) } : undefined, high: undefined };
          default: return { low: atRank(low) ?? floor, high: atRank(high) };
        }
      })();
      return { value: result, bounds, sample, missing, missed: [] };
    },
  };
}

/** 1 − time between the two moments ÷ all time, overlaps counted once. What began before the period and reaches into it counts, too. */
function compileAvailability(aggregate: Extract<MetricExpression, { $type: 'AvailabilityAggregate' }>, query: RecordQuery, path: Path, session: SourceSession): AggregateColumns | undefined {
  const from = query.compiler.compile(aggregate.from, [...path, 'from'], true);
  const until = query.compiler.compile(aggregate.until, [...path, 'until'], true);
  if (from === undefined || until === undefined) return undefined;
  const [start, end] = [from.type === 'text' ? query.instantOf(from) : from, until.type === 'text' ? query.instantOf(until) : until];
  // An end that cannot be read, or before its beginning, is one that is not known; one that is empty has not come yet.
  const unclear = `(${end.oddity === undefined ? 'false' : `coalesce(${end.oddity} = 1, false)`} OR coalesce(${end.sql} < ${start.sql}, false))`;
  const stop = `coalesce(${end.sql}, ${session.asOf})`;
  return {
    stretch: { start: start.sql, end: stop, unclear },
    overlap: `${start.sql} < w.to_ms AND CASE WHEN ${unclear} THEN ${start.sql} >= w.from_ms ELSE ${stop} > w.from_ms END`,
    columns: [query.dialect.pairs(start.sql, stop, `NOT ${unclear}`), 'count(*)', `count(*) FILTER (WHERE ${unclear})`],
    read: ([spans, count, unclearCount], frame) => {
      let down = 0;
      let reached = frame.from;
      for (const span of Array.isArray(spans) ? (spans as Cell[][]) : []) {
        const [first, last] = [Math.max(numberOf(span[0]) ?? 0, reached), Math.min(numberOf(span[1]) ?? 0, frame.to)];
        if (last > first) down += last - first;
        reached = Math.max(reached, last);
      }
      const total = Math.round((frame.to - frame.from) / 1000);
      const missing = numberOf(unclearCount) ?? 0;
      // Downtime that is not known may be all of the rest, so that only a target that is missed already is decided.
      return { value: { kind: 'ratio', numerator: total - Math.ceil(down / 1000), denominator: total, unknown: 0, ...(missing > 0 ? { atMost: true as const } : {}) }, sample: numberOf(count) ?? 0, missing, missed: [] };
    },
  };
}

export interface PlacedAggregate {
  readonly aggregate: AnyAggregate;
  readonly path: Path;
}

/** All aggregates of a formula, each with the path at which it stands. */
export function collectAggregates(formula: MetricExpression, path: Path, into: PlacedAggregate[]): void {
  switch (formula.$type) {
    case 'MetricOperation':
      collectAggregates(formula.left, [...path, 'left'], into);
      collectAggregates(formula.right, [...path, 'right'], into);
      return;
    case 'CountAggregate': case 'Aggregate': case 'AvailabilityAggregate': into.push({ aggregate: formula, path }); return;
    case 'MetricNumber': case 'MetricReference': return;
  }
}

/** Metrics that a formula takes values from. */
export function referencesIn(formula: MetricExpression): string[] {
  switch (formula.$type) {
    case 'MetricOperation': return [...referencesIn(formula.left), ...referencesIn(formula.right)];
    case 'MetricReference': return [formula.metric];
    case 'CountAggregate': case 'Aggregate': case 'AvailabilityAggregate': case 'MetricNumber': return [];
  }
}

/** `4.500000` is 4.5. */
function plainNumber(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/u, '') : text;
}
