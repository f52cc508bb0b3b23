/** The records behind a metric's figure: which of them are in its numerator and denominator, what they are worth, and what is left out. */
import type { Metric } from '../../language/model/declarations.ts';
import { periodInWords } from '../../language/values/period.ts';
import type { Cell } from './engine.ts';
import { listOf, recordName, type FigureRow, type ListPart, type Page } from './figure-rows.ts';
import { collectAggregates, referencesIn, type AggregateColumns, type PlacedAggregate, type ToldRecord } from './metric-aggregates.ts';
import { countedFrames, spansOfMetric, windowOf } from './metric-frames.ts';
import { metricQuestion, windowTable, type MetricContext, type MetricQuestion } from './metric-question.ts';
import type { MetricOptions } from './metrics.ts';
import { framesOf, printLocal, type PeriodFrame } from './period-frame.ts';
import { numberOf } from './source-session.ts';
import { literal } from './sql.ts';
import { durationInWords } from './time-targets.ts';

export interface MetricList {
  readonly parts: readonly ListPart[];
  readonly zone: string;
  readonly notes: readonly string[];
}

/**
 * @param period the figure's, such as `2026-03`
 * @param group a field and the value that records share, where the figure is that of a group
 * @returns a text that says why there is nothing to list
 */
export async function metricRows(metric: Metric, context: MetricContext, options: Pick<MetricOptions, 'kind' | 'spans'>, period: string, group?: readonly [field: string, value: string]): Promise<MetricList | string> {
  const recorded = metric.recorded.find((value) => value.period === period);
  if (recorded !== undefined) return `The value of ${metric.name} for ${period} stands in the model: it was not computed from records`;
  if (metric.value === undefined) return `${metric.name} is not computed from records`;
  const session = metric.source === undefined ? undefined : context.session(metric.source);
  const spans = spansOfMetric(session, windowOf(metric), (zone) => options.spans?.(zone) ?? framesOf(options.kind ?? metric.every ?? 'month', context.periods, context.asOf, zone));
  const frames = countedFrames(session, spans).filter((frame) => frame.period.id === period);
  if (frames.length === 0) return `There is no figure of ${metric.name} for ${period}`;
  const placed: PlacedAggregate[] = [];
  collectAggregates(metric.value, ['value'], placed);
  const others = [...new Set(referencesIn(metric.value))];
  const notes = others.length === 0 ? [] : [`It is computed from ${others.join(' and ')} too, which have records of their own.`];
  if (placed.length === 0) return others.length === 0 ? `${metric.name} is computed from no records` : `It is computed from ${others.join(' and ')}: ask for the records behind those`;
  const question = await metricQuestion(metric, placed, context, group?.[0]);
  if (typeof question === 'string') return question;
  const parts: ListPart[] = [];
  const named = partNames(metric, placed);
  for (const frame of frames) {
    const counting = question.compiled.flatMap((one, index) => (one.each === undefined ? [] : [{ one, name: named[index]! }]));
    if (counting.length > 0) parts.push(await recordsOf(question, counting, frame, group?.[1]));
    for (const one of question.compiled) if (one.stretch !== undefined) parts.push(await stretchesOf(question, one.stretch, one.overlap!, frame, group?.[1]));
  }
  return { parts, zone: question.session.zone, notes };
}

interface NamedAggregate {
  readonly one: AggregateColumns;
  /** Which part of the formula it is; empty where it is all of it. */
  readonly name: string;
}

/** Of several aggregates in one formula each is named: “numerator”, “part 2”. */
function partNames({ value }: Metric, placed: readonly PlacedAggregate[]): readonly string[] {
  if (placed.length === 1) return [''];
  const divides = value?.$type === 'MetricOperation' && value.operator === '/';
  return placed.map(({ path }, index) => (divides ? (path[1] === 'left' ? 'numerator' : 'denominator') : `part ${index + 1}`));
}

/** Records that began in a frame and are something in some aggregate, or of which it is not known whether they belong at all. */
async function recordsOf(question: MetricQuestion, counting: readonly NamedAggregate[], frame: PeriodFrame, group: string | undefined): Promise<ListPart> {
  const { session, records: { engine }, from, counted, known, filter } = question;
  const undecided = filter === undefined ? 'false' : `(${filter.sql}) IS NULL`;
  const each = counting.map(({ one }) => one.each!);
  const where = [...known, `${counted.sql} >= ${frame.from}`, `${counted.sql} < ${frame.to}`, ...(filter === undefined ? [] : [`coalesce(${filter.sql}, true)`]), ...(group === undefined ? [] : [`${question.group} = ${literal(group)}`])];
  const cells = each.map(({ sql }, index) => `${sql} AS v${index}`);
  const some = each.map(({ onlyIfTrue }, index) => (onlyIfTrue === true ? `v${index} IS DISTINCT FROM false` : 'true')).join(' OR ');
  const inner = `SELECT r.rowid AS rid, r.record_key AS key, ${counted.sql} AS began, ${undecided} AS undecided, ${each[0]!.rank} AS rank, ${cells.join(', ')} FROM ${from} WHERE ${where.join(' AND ')}`;
  const all = `FROM (${inner}) WHERE undecided OR ${some}`;
  const [total] = await engine.row(`SELECT count(*) ${all}`);
  const rows = async ({ skip, limit }: Page): Promise<readonly FigureRow[]> => {
    const found = await engine.rows(`SELECT rid, key, began, undecided, ${each.map((_, index) => `v${index}`).join(', ')} ${all} ORDER BY undecided DESC, rank, began, rid OFFSET ${skip} LIMIT ${limit}`);
    return found.map(([id, key, began, unclear, ...values]) => ({
      key: recordName(key, id, session.source.recordKind), began: session.source.declared === undefined ? printLocal(Number(began), session.zone) : '',
      ...(unclear === true ? { outcome: 'left out' as const, why: 'it is not known whether the condition of the metric is true of it' } : told(counting, values)),
    }));
  };
  return { total: Number(total), rows };
}

/** What a record is in all aggregates together. */
function told(counting: readonly NamedAggregate[], values: readonly Cell[]): ToldRecord {
  const parts = counting.flatMap(({ one, name }, index) => {
    const said = one.tell?.(values[index]);
    return said === undefined ? [] : [{ ...said, name }];
  });
  if (parts.length === 1 && parts[0]!.name === '') return { outcome: parts[0]!.outcome, why: parts[0]!.why };
  return {
    outcome: parts.every(({ outcome }) => outcome === 'left out') ? 'left out' : parts.length === 1 && parts[0]!.name === 'denominator' ? 'denominator only' : parts.some(({ name }) => name === 'numerator') ? 'numerator' : 'counted',
    why: parts.map(({ name, why, outcome }) => `${name}: ${outcome === 'left out' ? 'left out, ' : ''}${why}`).join('; '),
  };
}

/** What was not available, one after the other: of what overlaps, the time is counted with the first. */
async function stretchesOf({ session, records: { engine }, from, conditions, group: ofGroup }: MetricQuestion, { start, end, unclear }: NonNullable<AggregateColumns['stretch']>, overlap: string, frame: PeriodFrame, group: string | undefined): Promise<ListPart> {
  const where = [...conditions, ...(group === undefined ? [] : [`${ofGroup} = ${literal(group)}`])];
  const found = await engine.rows(`SELECT r.rowid, r.record_key, ${start}, ${end}, ${unclear} FROM ${from} JOIN ${windowTable([frame])} ON ${overlap} WHERE ${where.join(' AND ')} ORDER BY ${start}, ${end}, r.rowid`);
  let reached = frame.from;
  return listOf(found.map(([id, key, began, over, isUnclear]): FigureRow => {
    const row = { key: recordName(key, id, session.source.recordKind), began: printLocal(Number(began), session.zone) };
    if (isUnclear === true) return { ...row, outcome: 'left out', why: 'its end is not known' };
    const [first, last] = [Math.max(numberOf(began) ?? 0, frame.from), Math.min(numberOf(over) ?? 0, frame.to)];
    const counted = Math.max(0, last - Math.max(first, reached));
    const merged = Math.max(0, last - first - counted);
    reached = Math.max(reached, last);
    return { ...row, outcome: 'counted', seconds: counted / 1000, why: `not available for ${durationInWords(counted)} of ${periodInWords(frame.period)}${merged === 0 ? '' : `, ${durationInWords(merged)} more are counted with others that overlap it`}` };
  }));
}
