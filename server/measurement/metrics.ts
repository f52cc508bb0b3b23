import type { Metric, MetricExpression } from '../../language/model/declarations.ts';
import { add, compareDecimals, decimalFrom, decimalOf, multiply, negate, subtract, type Decimal } from '../../language/values/decimal.ts';
import { spacedDuration } from '../../language/values/duration.ts';
import type { PeriodKind } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { parseQuantity } from '../../language/values/quantity.ts';
import type { Cell } from './engine.ts';
import type { CountedRecord, Figure, SourceSummary, Subject } from './figure.ts';
import { recordName } from './figure-rows.ts';
import { collectAggregates, referencesIn, type AnyAggregate, type MetricValue, type PeriodValue, type PlacedAggregate } from './metric-aggregates.ts';
import { countedFrames, spansOfMetric, windowOf, type Spans } from './metric-frames.ts';
import { metricQuestion, windowTable, type MetricContext } from './metric-question.ts';
import { frameInWords, framesOf, frameOf, printLocal, type PeriodFrame } from './period-frame.ts';
import { unreachedReason } from './source-reach.ts';
import { numberOf, type LoadedRecords, type SourceSession } from './source-session.ts';
import { bigOf, listedRecords, pluralOf } from './time-targets.ts';
import { goalNumber, judgeBounds, judgeNumber, judgeRatio, shownQuotient, shownRatio, type Goal } from './verdicts.ts';

/** Groups of records: all of them, or those that share a value of a field. */
type GroupedValues = ReadonlyMap<string, PeriodValue>;

export interface MetricOptions {
  readonly kind?: PeriodKind;
  readonly goal?: Goal;
  readonly subject?: Subject;
  readonly minimumSample?: number;
  /** Only in these, where a target that holds the metric does not speak of whole periods. */
  readonly spans?: Spans;
  readonly withGroups: boolean;
}

/** Figures of a metric for the last completed periods: in all, and for each group it asks for. */
export async function measureMetric(metric: Metric, context: MetricContext, options: MetricOptions): Promise<readonly Figure[]> {
  const kind = options.kind ?? metric.every ?? 'month';
  const goal = options.goal ?? (metric.target === undefined || metric.comparison === undefined ? undefined : { comparison: metric.comparison, value: metric.target, ...(metric.warning === undefined ? {} : { warning: metric.warning }) });
  const subject: Subject = options.subject ?? { kind: 'metric', metric: metric.name };
  const minimum = options.minimumSample ?? (metric.minimumSample === undefined ? undefined : Number(metric.minimumSample));
  const window = windowOf(metric);
  const session = metric.source === undefined ? undefined : context.session(metric.source);
  const spans = spansOfMetric(session, window, (zone) => options.spans?.(zone) ?? framesOf(kind, context.periods, context.asOf, zone));
  const frames = spans(session?.zone ?? 'UTC');
  if (frames.length === 0) return [];
  const frame = (at: PeriodFrame, values: PeriodValue, of: Subject): Figure => figureOf(metric, at, values, of, goal, minimum, session);
  const recorded = recordedValues(metric, frames);
  const fromRecorded = (): Figure[] => frames.flatMap((at) => (recorded.has(at.period.id) ? [frame(at, recorded.get(at.period.id)!, subject)] : []));
  const unknownAll = (reason: string): Figure[] => [frame(frames.at(-1)!, { value: undefined, reason, missing: 0, missed: [] }, subject)];
  if (window !== undefined && isProblem(window)) {
    context.report(metric, { path: ['over'], code: 'expression', message: `${window.problem}.` });
    return unknownAll(window.problem);
  }
  if (metric.value === undefined) {
    if (recorded.size > 0) return fromRecorded();
    return unknownAll(metric.recorded.length > 0 ? 'No value is recorded for any of these periods' : 'The metric says neither how its value is computed nor what it was');
  }
  const computed = await valuesOf(metric, context, spans, undefined, new Set());
  if (typeof computed === 'string') return recorded.size > 0 ? fromRecorded() : unknownAll(computed);
  const figures: Figure[] = [];
  const some = options.goal === undefined && goal !== undefined ? computed.flatMap((values) => values.get('')?.value ?? [])[0] : undefined;
  const misfit = some === undefined || goal === undefined ? undefined : misfitOf(some, goal);
  if (misfit !== undefined) context.report(metric, { path: ['target'], code: 'expression', message: `${misfit}.` });
  const all = computed.map((values) => values.get('')!);
  const first = all.findIndex((value, position) => value.value !== undefined && !isEmpty(value) || recorded.has(frames[position]!.period.id));
  for (const [position, at] of frames.entries()) {
    if (first === -1 ? position < frames.length - 1 : position < first) continue;
    figures.push(frame(at, recorded.get(at.period.id) ?? all[position]!, subject));
  }
  if (options.withGroups && subject.kind === 'metric') {
    for (const grouping of metric.groupings) {
      if (session === undefined || (session.fieldIndex(grouping) === undefined && session.extraColumn(grouping) === undefined)) {
        context.report(metric, { path: ['groupings', metric.groupings.indexOf(grouping)], code: 'unknown-field', message: session === undefined ? 'A metric without a source cannot be grouped.' : `${session.source.name} maps no “${grouping}”.` });
        continue;
      }
      const grouped = await valuesOf(metric, context, spans, grouping, new Set());
      if (typeof grouped === 'string') continue;
      for (const [position, at] of frames.entries()) {
        for (const [group, values] of [...grouped[position]!].sort(([a], [b]) => (a < b ? -1 : 1))) {
          figures.push(frame(at, values, { ...subject, group: { [grouping]: group } }));
        }
      }
    }
  }
  return figures;
}

function isEmpty({ value, missing, sample }: PeriodValue): boolean {
  return missing === 0 && (value === undefined || sample === 0 || (value.kind === 'ratio' && value.denominator + value.unknown === 0) || (value.kind === 'count' && value.count === 0));
}

function recordedValues(metric: Metric, frames: readonly PeriodFrame[]): ReadonlyMap<string, PeriodValue> {
  const values = new Map<string, PeriodValue>();
  for (const { period, value, sample } of metric.recorded) {
    if (!frames.some((frame) => frame.period.id === period)) continue;
    const number = goalNumber(value);
    values.set(period, {
      value: number === undefined ? undefined : { kind: 'number', numerator: number, denominator: decimalFrom('1'), time: /[a-z]$/u.test(value) },
      ...(number === undefined ? { reason: `${value} is not a value that can be compared` } : {}), missing: 0, missed: [],
      ...(sample === undefined ? {} : { sample: Number(sample) }),
    });
  }
  return values;
}

/** The metric's values per period, by group (the empty text: all records); a text says why there are none. */
async function valuesOf(metric: Metric, context: MetricContext, spans: Spans, grouping: string | undefined, asking: ReadonlySet<string>): Promise<readonly GroupedValues[] | string> {
  if (asking.has(metric.name)) return `${metric.name} is computed from itself`;
  const session = metric.source === undefined ? undefined : context.session(metric.source);
  const frames = countedFrames(session, spans);
  const formula = metric.value;
  if (formula === undefined) {
    if (grouping !== undefined) return `${metric.name} is recorded as a whole, not by ${grouping}`;
    const recorded = recordedValues(metric, frames);
    return frames.map(({ period: { id } }) => new Map([['', recorded.get(id) ?? { value: undefined, reason: `${metric.name} has no value for ${id}`, missing: 0, missed: [] }]]));
  }
  const placed: PlacedAggregate[] = [];
  collectAggregates(formula, ['value'], placed);
  const aggregates = placed.map(({ aggregate }) => aggregate);
  const references = new Map<string, readonly GroupedValues[]>();
  for (const name of referencesIn(formula)) {
    const other = context.model.get('Metric', name);
    if (other === undefined) return `There is no metric “${name}”`;
    const values = await valuesOf(other, context, spans, grouping, new Set([...asking, metric.name]));
    if (typeof values === 'string') return values;
    references.set(name, values);
  }
  const answers = aggregates.length === 0 ? new Map<string, readonly PeriodValue[]>() : await answersOf(metric, placed, context, frames, grouping);
  if (typeof answers === 'string') return answers;
  const source = aggregates.length === 0 ? undefined : await session?.summary();
  return frames.map((at, frame) => {
    const groups = grouping === undefined ? [''] : [...new Set([
      ...[...answers.keys()].filter((key) => key.startsWith(`${frame} `)).map((key) => key.slice(String(frame).length + 1)),
      ...[...references.values()].flatMap((values) => [...(values[frame]?.keys() ?? [])]),
    ])];
    return new Map(groups.map((group) => {
      const cells = answers.get(`${frame} ${group}`) ?? aggregates.map(({ $type }) => valueWithoutRecords($type, at, source, session));
      return [group, combine(formula, (aggregate) => {
        const found = cells[aggregates.indexOf(aggregate)]!;
        // Nothing counted is a count of nothing, as far as the data reaches.
        return found.value === undefined && found.reason === nothingCounted && aggregate.$type === 'CountAggregate' ? { ...found, value: { kind: 'count' as const, count: 0 } } : found;
      }, (name) => references.get(name)?.[frame]?.get(group) ?? { value: undefined, reason: `${name} has no value for it`, missing: 0, missed: [] })];
    }));
  });
}

/**
 * What an aggregate of no records is. A period without outages is one in which all was there; in one without other records there was
 * nothing to count, if the source reaches it.
 */
function valueWithoutRecords(aggregate: AnyAggregate['$type'], frame: PeriodFrame, source: SourceSummary | undefined, session: SourceSession | undefined): PeriodValue {
  const none = { missing: 0, missed: [] };
  if (source === undefined || session === undefined || source.records === 0) return { ...none, value: undefined, reason: nothingCounted };
  const unreached = unreachedReason(session, source.to, frame.period);
  if (aggregate === 'AvailabilityAggregate' && source.recordKind === 'outage') {
    if (unreached !== undefined) return { ...none, value: undefined, reason: unreached };
    const seconds = Math.round((frame.to - frame.from) / 1000);
    return { ...none, value: { kind: 'ratio', numerator: seconds, denominator: seconds, unknown: 0 }, sample: 0 };
  }
  return { ...none, value: undefined, ...(unreached === undefined ? { reason: nothingCounted, sample: 0 } : { reason: unreached }) };
}

const nothingCounted = 'There is no record in this period';

async function answersOf(metric: Metric, aggregates: readonly PlacedAggregate[], context: MetricContext, frames: readonly PeriodFrame[], grouping: string | undefined): Promise<ReadonlyMap<string, readonly PeriodValue[]> | string> {
  const question = await metricQuestion(metric, aggregates, context, grouping);
  if (typeof question === 'string') return question;
  const { session, compiled, known, filter, conditions, counted, records, from, group } = question;
  const answers = new Map<string, PeriodValue[]>();
  const cellsOf = (key: string): PeriodValue[] => {
    let cells = answers.get(key);
    if (cells === undefined) answers.set(key, (cells = aggregates.map(() => ({ value: undefined, reason: nothingCounted, missing: 0, missed: [] }))));
    return cells;
  };
  // Windows that overlap count a record in each of them.
  const overlapping = frames.some((frame, position) => position > 0 && frame.from < frames[position - 1]!.to);
  const windows = windowTable(frames);
  const counting = compiled.flatMap((one, position) => (one.overlap === undefined ? [{ one, position }] : []));
  if (counting.length > 0) {
    const condition = compiled.length === 1 ? compiled[0]!.condition : undefined;
    const unwanted = condition === undefined ? undefined : lessIsBetter(metric) ? condition : `NOT ${condition}`;
    const firstMissed = unwanted === undefined ? 'NULL' : session.dialect.smallest(`${session.dialect.wholeQuotient(counted.sql, '1000')} * 2147483648 + r.rowid`, listedRecords, unwanted);
    const columns = counting.flatMap(({ one }) => one.columns);
    const [frameSql, tables] = overlapping ? ['w.frame', `${from} JOIN ${windows} ON ${counted.sql} >= w.from_ms AND ${counted.sql} < w.to_ms`] : [frameOf(counted.sql, frames), from];
    const rows = await records.engine.rows(`SELECT * FROM (SELECT ${frameSql} AS frame, ${group} AS grouped, ${firstMissed}, ${columns.join(', ')} FROM ${tables} WHERE ${conditions.join(' AND ')} GROUP BY 1, 2) g WHERE frame IS NOT NULL ORDER BY frame, grouped`);
    const details = await detailsOf(records, rows.flatMap((row) => (Array.isArray(row[2]) ? (row[2] as Cell[]) : [])), counted.sql, session);
    for (const [frame, name, missed, ...cells] of rows) {
      const values = cellsOf(`${Number(frame)} ${String(name)}`);
      let at = 0;
      for (const { one, position } of counting) values[position] = one.read(cells.slice(at, (at += one.columns.length)), frames[Number(frame)]!);
      if (unwanted !== undefined && Array.isArray(missed)) {
        values[0] = { ...values[0]!, missed: (missed as Cell[]).flatMap((key) => details.get(String(bigOf(key) & 2147483647n)) ?? []) };
      }
    }
    if (filter !== undefined) {
      // What a condition cannot be told of is in neither of its sides, and does not vanish without a word.
      const undecided = await records.engine.rows(`SELECT * FROM (SELECT ${frameSql} AS frame, ${group} AS grouped, count(*) FROM ${tables} WHERE ${[...known, `${filter.sql} IS NULL`].join(' AND ')} GROUP BY 1, 2) g WHERE frame IS NOT NULL ORDER BY frame, grouped`);
      for (const [frame, name, count] of undecided) {
        const values = cellsOf(`${Number(frame)} ${String(name)}`);
        values[0] = { ...values[0]!, undecided: numberOf(count) ?? 0 };
      }
    }
  }
  for (const [position, one] of compiled.entries()) {
    if (one.overlap === undefined) continue;
    const rows = await records.engine.rows(`SELECT w.frame AS frame, ${group} AS grouped, ${one.columns.join(', ')} FROM ${from} JOIN ${windows} ON ${one.overlap} WHERE ${conditions.join(' AND ')} GROUP BY 1, 2 ORDER BY frame, grouped`);
    const { to } = await session.summary();
    for (const [frame, name, ...cells] of rows) {
      const at = frames[Number(frame)]!;
      const unreached = unreachedReason(session, to, at.period);
      const value = one.read(cells, at);
      cellsOf(`${Number(frame)} ${String(name)}`)[position] = unreached === undefined ? value : { ...value, value: undefined, reason: unreached };
    }
  }
  return answers;
}

/** Whether a metric would rather not have what it counts: as few emergency changes as possible. */
function lessIsBetter({ comparison }: Metric): boolean {
  return comparison === '<=' || comparison === '<';
}

async function detailsOf(records: LoadedRecords, keys: readonly Cell[], counted: string, session: SourceSession): Promise<ReadonlyMap<string, CountedRecord>> {
  const ids = [...new Set(keys.map((key) => String(bigOf(key) & 2147483647n)))];
  if (ids.length === 0) return new Map();
  const rows = await records.engine.rows(`SELECT rowid, record_key, ${counted} FROM ${records.table} r WHERE rowid IN (${ids.join(', ')})`);
  return new Map(rows.map(([id, key, at]) => [String(id), { key: recordName(key, id, session.source.recordKind), detail: `opened ${printLocal(Number(at), session.zone)}` }]));
}

/** Works a formula out over the values of its parts. */
function combine(formula: MetricExpression, aggregate: (part: AnyAggregate) => PeriodValue, metric: (name: string) => PeriodValue): PeriodValue {
  switch (formula.$type) {
    case 'CountAggregate': case 'Aggregate': case 'AvailabilityAggregate': return aggregate(formula);
    case 'MetricReference': return metric(formula.metric);
    case 'MetricNumber': return { value: { kind: 'number', numerator: decimalFrom(formula.value), denominator: decimalFrom('1'), time: false }, missing: 0, missed: [] };
    case 'MetricOperation': {
      const [left, right] = [combine(formula.left, aggregate, metric), combine(formula.right, aggregate, metric)];
      const samples = [left.sample, right.sample].filter((sample) => sample !== undefined);
      const rest = { missing: left.missing + right.missing, missed: [], ...(samples.length === 0 ? {} : { sample: Math.max(...samples) }) };
      if (left.value === undefined || right.value === undefined) return { value: undefined, reason: left.reason ?? right.reason ?? 'A part of it is unknown', ...rest };
      if (formula.operator === '/' && left.value.kind === 'count' && right.value.kind === 'count') {
        return right.value.count === 0 ? { value: undefined, reason: 'There is nothing to divide by', ...rest } : { value: { kind: 'ratio', numerator: left.value.count, denominator: right.value.count, unknown: 0, counts: true }, ...rest, sample: right.value.count };
      }
      const [a, b] = [quotientOf(left.value), quotientOf(right.value)];
      const time = a.time || b.time;
      if (a.none || b.none) return { value: undefined, reason: 'There is nothing to divide by', ...rest };
      switch (formula.operator) {
        case '+': return { value: { kind: 'number', numerator: add(multiply(a.numerator, b.denominator), multiply(b.numerator, a.denominator)), denominator: multiply(a.denominator, b.denominator), time }, ...rest };
        case '-': return { value: { kind: 'number', numerator: subtract(multiply(a.numerator, b.denominator), multiply(b.numerator, a.denominator)), denominator: multiply(a.denominator, b.denominator), time }, ...rest };
        case '*': return { value: { kind: 'number', numerator: multiply(a.numerator, b.numerator), denominator: multiply(a.denominator, b.denominator), time }, ...rest };
        case '/': {
          const sign = compareDecimals(b.numerator, decimalFrom('0'));
          if (sign === 0) return { value: undefined, reason: 'There is nothing to divide by', ...rest };
          const [numerator, denominator] = [multiply(a.numerator, b.denominator), multiply(a.denominator, b.numerator)];
          return { value: { kind: 'number', numerator: sign < 0 ? negate(numerator) : numerator, denominator: sign < 0 ? negate(denominator) : denominator, time: a.time && !b.time }, ...rest };
        }
      }
    }
  }
}

function quotientOf(value: MetricValue): { numerator: Decimal; denominator: Decimal; time: boolean; none: boolean } {
  switch (value.kind) {
    case 'count': return { numerator: decimalOf(value.count), denominator: decimalFrom('1'), time: false, none: false };
    case 'ratio': return { numerator: multiply(decimalOf(value.numerator), decimalFrom('100')), denominator: decimalOf(Math.max(1, value.denominator)), time: false, none: value.denominator === 0 };
    case 'number': return { ...value, none: false };
  }
}

/** Why a value cannot be held against a goal: time against a percentage, a number of records against time. Undefined if it can. */
function misfitOf(value: MetricValue, goal: Goal): string | undefined {
  const quantity = parseQuantity(goal.value);
  if (isProblem(quantity)) return undefined;
  const cannot = (what: string, wanted: string): string => `${what} cannot be held against ${goal.value}: the target has to be ${wanted}`;
  switch (value.kind) {
    case 'ratio': return value.counts !== true && quantity.kind !== 'percent' ? cannot('A share', 'a percentage, such as 95%') : value.counts === true && quantity.kind === 'duration' ? cannot('A quotient of numbers', 'a number or a percentage') : undefined;
    case 'count': return quantity.kind === 'number' ? undefined : cannot('A number of records', 'a number');
    case 'number': return value.time === (quantity.kind === 'duration') ? undefined : value.time ? cannot('A length of time', 'a length of time, such as 4h') : cannot('A number', 'a number or a percentage');
  }
}

function figureOf(metric: Metric, frame: PeriodFrame, values: PeriodValue, subject: Subject, goal: Goal | undefined, minimumSample: number | undefined, session: SourceSession | undefined): Figure {
  const figure = judgedFigure(metric, frame, values, subject, goal, minimumSample, session);
  const misfit = values.value === undefined || goal === undefined ? undefined : misfitOf(values.value, goal);
  return misfit === undefined ? figure : { ...figure, verdict: 'unknown', reason: misfit };
}

function judgedFigure(metric: Metric, frame: PeriodFrame, values: PeriodValue, subject: Subject, goal: Goal | undefined, minimumSample: number | undefined, session: SourceSession | undefined): Figure {
  const { value, missing } = values;
  const undecided = values.undecided ?? 0;
  const excluded = [
    ...(missing === 0 ? [] : [{ reason: 'value missing', amount: String(missing) }]),
    ...(undecided === 0 ? [] : [{ reason: 'of which it is not known whether they belong', amount: String(undecided) }]),
  ];
  const base = {
    subject, period: frame.period.id, ...(frame.part === undefined ? {} : { days: frame.part }), ...(metric.over === undefined ? {} : { over: metric.over }), excluded, missed: values.missed, ...(goal === undefined ? {} : { target: { comparison: goal.comparison, value: goal.value } }),
    ...(values.sample === undefined ? {} : { sample: values.sample }), ...(session === undefined ? {} : { source: session.source.name }), dataHash: session?.dataHash ?? '',
  };
  const unit = metric.unit ?? (goal?.value.endsWith('%') === true ? 'percent' : 'count');
  const named = `${metric.title ?? metric.name}${subject.kind === 'metric' && subject.group !== undefined ? ` of ${Object.values(subject.group).join(', ')}` : ''} ${metric.over === undefined ? `in ${frameInWords(frame)}` : `over ${spacedDuration(metric.over)} to the end of ${frame.period.id}`}`;
  const leftOut = `${missing === 0 ? '' : ` ${missing} left out because a value is missing.`}${undecided === 0 ? '' : ` Of ${undecided} it is not known whether they belong.`}`;
  if (value === undefined) return { ...base, unit, verdict: 'unknown', reason: values.reason ?? 'It is unknown', computation: `${named}: not known. ${values.reason ?? ''}.` };
  const plural = session === undefined ? 'records' : pluralOf(session.source.recordKind);
  switch (value.kind) {
    case 'ratio': {
      if (value.counts === true && unit !== 'percent') {
        const quotient = { numerator: decimalOf(value.numerator), denominator: decimalOf(value.denominator) };
        return { ...base, value: shownQuotient(quotient, goal, 2), unit: metric.unit ?? 'ratio', ...quotient, ...judgeNumber(quotient, values.sample, goal, minimumSample), computation: `${named}: ${value.numerator} for ${value.denominator} ${plural}.` };
      }
      const shown = shownRatio(value, goal?.value.endsWith('%') === true ? goal : undefined);
      const judgement = goal !== undefined && !goal.value.endsWith('%')
        ? judgeNumber({ numerator: decimalOf(value.numerator), denominator: decimalOf(Math.max(1, value.denominator)) }, values.sample, goal, minimumSample)
        : judgeRatio(value, value.unknown, goal, minimumSample);
      const decided = value.atMost === true && judgement.verdict !== 'missed' && judgement.verdict !== 'tooFew' && goal !== undefined ? { verdict: 'unknown' as const, reason: `It depends on ${missing} whose end is not known` } : judgement;
      return { ...base, ...(shown === undefined ? {} : { value: shown }), unit: 'percent', numerator: String(value.numerator), denominator: String(value.denominator), ...decided, computation: `${named}: ${value.numerator} of ${value.denominator} ${plural}.${leftOut}` };
    }
    case 'count': {
      const number = decimalOf(value.count);
      return { ...base, value: number, unit: metric.unit ?? 'count', ...(missing === 0 ? judgeNumber({ numerator: number, denominator: decimalFrom('1') }, undefined, goal, minimumSample) : judgeBounds({ numerator: number, denominator: decimalFrom('1') }, values.bounds ?? {}, missing, undefined, goal, minimumSample)), computation: `${named}: ${value.count} ${plural}.${leftOut}` };
    }
    case 'number': {
      const shown = shownQuotient(value, goal, value.time ? 0 : 2);
      const basis = values.sample === undefined ? '' : ` over ${values.sample} ${plural}`;
      return {
        ...base, value: shown, unit: value.time ? 'seconds' : unit, ...(value.denominator === '1' ? {} : { numerator: value.numerator, denominator: value.denominator }),
        ...(missing === 0 ? judgeNumber(value, values.sample, goal, minimumSample) : judgeBounds(value, values.bounds ?? {}, missing, values.sample, goal, minimumSample)), computation: `${named}: ${shown}${value.time ? ' seconds' : unit === 'percent' ? '%' : ''}${basis}.${leftOut}`,
      };
    }
  }
}
