/** What a metric asks of its source: the same for its figures and for the records behind them. */
import type { Metric } from '../../language/model/declarations.ts';
import type { Model } from '../../language/model/model.ts';
import { recordKinds } from '../../language/model/record-kinds.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { isProblem } from '../../language/values/problem.ts';
import type { Clocks } from './clock-tables.ts';
import type { ExpressionProblem } from './expression.ts';
import { compileAggregate, type AggregateColumns, type PlacedAggregate } from './metric-aggregates.ts';
import type { PeriodFrame } from './period-frame.ts';
import { reasonOf, RecordQuery } from './record-query.ts';
import type { LoadedRecords, SourceSession } from './source-session.ts';
import { literal } from './sql.ts';
import type { TypedSql } from './typed-sql.ts';

export interface MetricContext {
  readonly model: Model;
  readonly asOf: IsoDate;
  readonly periods: number;
  readonly clocks: Clocks;
  session(source: string): SourceSession | undefined;
  report(metric: Metric, problem: ExpressionProblem): void;
}

/** Records whose value of the field that groups them is not known. */
export const ungrouped = 'not known';

export interface MetricQuestion {
  readonly session: SourceSession;
  readonly records: LoadedRecords;
  /** What stands after FROM; `r` are the records. */
  readonly from: string;
  readonly counted: TypedSql;
  /** What every record has to be, whatever the metric's own condition says of it. */
  readonly known: readonly string[];
  readonly filter: TypedSql | undefined;
  /** {@link known}, and the metric's own condition. */
  readonly conditions: readonly string[];
  readonly compiled: readonly AggregateColumns[];
  /** The group that a record is in; the empty text where there is no grouping. */
  readonly group: string;
}

/** The question in the engine's words; a text says why it cannot be asked. */
export async function metricQuestion(metric: Metric, aggregates: readonly PlacedAggregate[], context: MetricContext, grouping: string | undefined): Promise<MetricQuestion | string> {
  if (metric.source === undefined) return 'The metric names no source';
  const session = context.session(metric.source);
  if (session === undefined) return `There is no source “${metric.source}”`;
  if (session.plan() === undefined) return `The data of ${metric.source} cannot be read`;
  const problems: ExpressionProblem[] = [];
  const query = new RecordQuery(session, (problem) => problems.push(problem), { asOfTheDay: true });
  const countedName = recordKinds[session.source.recordKind]?.counted ?? 'opened';
  const counted = query.field(countedName);
  if (counted === undefined) return `${session.source.name} maps no “${countedName}”`;
  const known: string[] = [`${counted.sql} < ${session.asOf}`];
  const filter = metric.filter === undefined ? undefined : query.compiler.condition(metric.filter, ['filter']);
  const service = query.field('service');
  if (metric.services.length > 0 && service !== undefined) known.push(`${service.sql} IN (${metric.services.map(literal).join(', ')})`);
  const conditions = [...known, ...(filter === undefined ? [] : [filter.sql])];
  const compiled = aggregates.map(({ aggregate, path }) => compileAggregate(aggregate, query, path, session));
  const groupField = grouping === undefined ? undefined : query.field(grouping) ?? query.column(grouping);
  const wrong = reasonOf(problems);
  if (wrong !== undefined || compiled.some((one) => one === undefined)) {
    for (const problem of problems) context.report(metric, problem);
    return wrong?.problem ?? 'It cannot be computed';
  }
  if (grouping !== undefined && groupField === undefined) return `${session.source.name} maps no “${grouping}”`;
  const records = await session.records();
  if (records === undefined) return `The data of ${metric.source} cannot be read`;
  const from = await query.from(records);
  if (isProblem(from)) return from.problem;
  const group = groupField === undefined ? "CAST('' AS VARCHAR)" : `coalesce(CAST(${groupField.sql} AS VARCHAR), ${literal(ungrouped)})`;
  return { session, records, from, counted, known, filter, conditions, compiled: compiled.filter((one) => one !== undefined), group };
}

/** The frames as a table `w` of windows, of which a record may be in several. */
export function windowTable(frames: readonly PeriodFrame[]): string {
  return `(VALUES ${frames.map((frame, position) => `(${position}, ${frame.from}, ${frame.to})`).join(', ')}) w(frame, from_ms, to_ms)`;
}
