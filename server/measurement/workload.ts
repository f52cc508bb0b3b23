import type { Agreement, WorkloadLimit } from '../../language/model/declarations.ts';
import { recordKinds } from '../../language/model/record-kinds.ts';
import { decimalOf } from '../../language/values/decimal.ts';
import { isProblem } from '../../language/values/problem.ts';
import type { ExpressionProblem } from './expression.ts';
import type { Figure, Subject } from './figure.ts';
import { recordName, type FigureRow, type FigureRows, type Page } from './figure-rows.ts';
import { frameOf, framesOf, printLocal, validFrames } from './period-frame.ts';
import { reasonOf, RecordQuery } from './record-query.ts';
import type { LoadedRecords, SourceSession } from './source-session.ts';
import { literal } from './sql.ts';
import { pluralOf, zoneOf, type TimeTargetContext } from './time-targets.ts';
import type { TypedSql } from './typed-sql.ts';
import { judgeNumber } from './verdicts.ts';

/** How many records came in per period, against the limit that the agreement sets. */
export async function measureWorkload(subject: Subject, agreement: Agreement, limit: WorkloadLimit, index: number, session: SourceSession, context: TimeTargetContext): Promise<readonly Figure[]> {
  const zone = zoneOf(undefined, session, context.clocks);
  const frames = validFrames(framesOf(limit.period ?? 'month', context.periods, context.asOf, zone), agreement, zone);
  const last = frames.at(-1);
  if (last === undefined) return [];
  const goal = { comparison: limit.comparison, value: limit.value };
  const base = { subject, unit: 'count', excluded: [], target: goal, missed: [], source: session.source.name, dataHash: session.dataHash } as const;
  const unknown = (reason: string): readonly Figure[] => [{ ...base, period: last.period.id, verdict: 'unknown', reason, computation: `Not computed: ${reason}.` }];
  const compiled = await compileWorkload(agreement, limit, index, session, context);
  if (typeof compiled === 'string') return unknown(compiled);
  const { counted, records, from, conditions, service } = compiled;
  const rows = await records.engine.rows(`SELECT frame, count(*) FROM (SELECT ${frameOf(counted.sql, frames)} AS frame FROM ${from} WHERE ${conditions.join(' AND ')}) counted WHERE frame IS NOT NULL GROUP BY frame`);
  const counts = new Map(rows.map(([frame, count]) => [Number(frame), Number(count)]));
  const first = frames.findIndex((_, position) => counts.has(position));
  return frames.flatMap((frame, position): Figure[] => {
    if (first === -1 ? position < frames.length - 1 : position < first) return [];
    const count = counts.get(position) ?? 0;
    const judgement = first === -1 ? { verdict: 'unknown' as const, reason: 'There is no record in any of these periods' } : judgeNumber({ numerator: decimalOf(count), denominator: decimalOf(1) }, undefined, goal, undefined);
    return [{
      ...base, period: frame.period.id, ...(first === -1 ? {} : { value: String(count) }), ...judgement, sample: count,
      computation: `${count} ${pluralOf(session.source.recordKind)} opened in ${frame.period.id} (${agreement.services.join(', ')})${service === undefined ? '; the source does not say which service' : ''}.`,
    }];
  });
}

/** Which records count, and in what; a text says why that cannot be told. */
async function compileWorkload(agreement: Agreement, limit: WorkloadLimit, index: number, session: SourceSession, context: TimeTargetContext): Promise<string | { readonly counted: TypedSql; readonly records: LoadedRecords; readonly from: string; readonly conditions: readonly string[]; readonly service: TypedSql | undefined }> {
  if (session.plan() === undefined) return `The data of ${session.source.name} cannot be read`;
  const problems: ExpressionProblem[] = [];
  const query = new RecordQuery(session, (problem) => problems.push(problem));
  const countedName = recordKinds[session.source.recordKind]?.counted ?? 'opened';
  const counted = query.field(countedName);
  if (counted === undefined) return `${session.source.name} maps no “${countedName}”`;
  const condition = limit.filter === undefined ? undefined : query.compiler.condition(limit.filter, ['filter']);
  const wrong = reasonOf(problems);
  if (wrong !== undefined) {
    for (const problem of problems) context.report(agreement, ['workloadLimits', index], problem);
    return wrong.problem;
  }
  const records = await session.records();
  if (records === undefined) return `The data of ${session.source.name} cannot be read`;
  const from = await query.from(records);
  if (isProblem(from)) return from.problem;
  const [service, customer] = [query.field('service'), query.field('customer')];
  const conditions = [`${counted.sql} < ${session.asOf}`];
  if (service !== undefined) conditions.push(`${service.sql} IN (${agreement.services.map(literal).join(', ')})`);
  if (customer !== undefined && agreement.customer !== undefined) conditions.push(`${customer.sql} = ${literal(agreement.customer)}`);
  if (condition !== undefined) conditions.push(condition.sql);
  return { counted, records, from, conditions, service };
}

/** The records that a workload figure counts; a text says why there are none. */
export async function workloadRows(agreement: Agreement, limit: WorkloadLimit, index: number, period: string, session: SourceSession, context: TimeTargetContext, page: Page): Promise<FigureRows | string> {
  const compiled = await compileWorkload(agreement, limit, index, session, context);
  if (typeof compiled === 'string') return compiled;
  const zone = zoneOf(undefined, session, context.clocks);
  const frames = validFrames(framesOf(limit.period ?? 'month', context.periods, context.asOf, zone), agreement, zone).filter((frame) => frame.period.id === period);
  if (frames.length === 0) return `The agreement does not speak of ${period}`;
  const { counted, records, from, conditions } = compiled;
  const those = `FROM ${from} WHERE ${[...conditions, `${frameOf(counted.sql, frames)} IS NOT NULL`].join(' AND ')}`;
  const [total] = await records.engine.row(`SELECT count(*) ${those}`);
  const found = await records.engine.rows(`SELECT r.rowid, r.record_key, ${counted.sql} ${those} ORDER BY ${counted.sql}, r.rowid OFFSET ${page.skip} LIMIT ${page.limit}`);
  const rows = found.map(([id, key, at]): FigureRow => ({ key: recordName(key, id, session.source.recordKind), began: printLocal(Number(at), zone), outcome: 'counted', why: `opened in ${period}` }));
  return { rows, total: Number(total), zone };
}
