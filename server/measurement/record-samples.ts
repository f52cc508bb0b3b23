/**
 * Random samples of records for internal audits, which anybody can draw again: records are put in the order of a hash of the seed, the
 * source and their key, and the first of them are taken. Nothing else decides; the order of rows does not matter, and a record
 * that is added changes nothing but its own place.
 */
import { recordKinds } from '../../language/model/record-kinds.ts';
import type { Model } from '../../language/model/model.ts';
import { addMonths, type IsoDate } from '../../language/values/date.ts';
import { isProblem } from '../../language/values/problem.ts';
import { endOfDate, timeZone } from '../../language/values/time-zone.ts';
import { RecordQuery } from './record-query.ts';
import { printMoment } from './period-frame.ts';
import { numberOf, type SourceSession } from './source-session.ts';
import { literal } from './sql.ts';

/** How many records of a source are drawn. */
export const sampleSize = 25;
/** How far back the records lie that are drawn from. */
export const sampledMonths = 12;

export interface RecordSample {
  readonly source: string;
  readonly recordKind: string;
  readonly seed: string;
  /** First and last day of the records drawn from; of a register all are drawn from, whenever they were recorded. */
  readonly from?: string;
  readonly to: string;
  /** How many records with a key were drawn from, and how many could not be, for they have none. */
  readonly population: number;
  readonly withoutKey: number;
  /** In the order of their hashes. */
  readonly drawn: readonly { readonly key: string; readonly on?: string }[];
  /** Why nothing could be drawn. `elsewhere`: its records stay in their database. `undated`: nothing says when they began. */
  readonly reason?: 'elsewhere' | 'unkeyed' | 'unread' | 'undated';
}

/** By what samples are drawn where nobody names a seed: the audit programme in force, else the first, else the organization. Undefined where nothing is audited. */
export function sampleSeedOf(model: Model): string | undefined {
  const programmes = model.all('AuditProgramme');
  if (programmes.length === 0 && model.all('Audit').length === 0) return undefined;
  return programmes.at(-1)?.name ?? model.all('Organization')[0]?.name ?? 'audit';
}

/** What is hashed of a record: `sha256(seed + "\n" + source + "\n" + key)`. */
export async function sampleRecords(session: SourceSession, seed: string, asOf: IsoDate): Promise<RecordSample> {
  const { recordKind, name: source } = session.source;
  const kind = recordKinds[recordKind];
  const first = addMonths(asOf, -sampledMonths);
  const sample: RecordSample = { source, recordKind, seed, ...(kind?.register === true ? {} : { from: first }), to: asOf, population: 0, withoutKey: 0, drawn: [] };
  if (session.dialect.refusal !== undefined) return { ...sample, reason: 'elsewhere' };
  const plan = session.plan();
  if (plan === undefined) return { ...sample, reason: 'unread' };
  if (plan.key === undefined) return { ...sample, reason: 'unkeyed' };
  const records = await session.records();
  if (records === undefined) return { ...sample, reason: 'unread' };
  const counted = new RecordQuery(session, () => undefined).field(kind?.counted ?? '');
  const zone = timeZone(session.zone);
  const isDated = kind?.register !== true && counted?.type === 'instant' && !isProblem(zone);
  if (kind?.register !== true && !isDated) return { ...sample, reason: 'undated' };
  const within = isDated && !isProblem(zone) ? `${counted.sql} >= ${endOfDate(zone, first) * 1000} AND ${counted.sql} < ${session.asOf}` : 'true';
  const [population, withoutKey] = await records.engine.row(`SELECT count(DISTINCT r.record_key), count(*) FILTER (WHERE r.record_key IS NULL) FROM ${records.table} r WHERE ${within}`);
  const begun = isDated && counted !== undefined ? `min(${counted.sql})` : 'NULL';
  const rows = await records.engine.rows(`SELECT r.record_key, ${begun} FROM ${records.table} r WHERE r.record_key IS NOT NULL AND ${within} GROUP BY r.record_key ORDER BY sha256(${literal(`${seed}\n${source}\n`)} || r.record_key), r.record_key LIMIT ${sampleSize}`);
  return {
    ...sample,
    population: numberOf(population) ?? 0,
    withoutKey: numberOf(withoutKey) ?? 0,
    drawn: rows.map(([key, on]) => ({ key: String(key), ...(on === null || on === undefined ? {} : { on: printMoment(Number(on), session.zone).slice(0, 10) }) })),
  };
}
