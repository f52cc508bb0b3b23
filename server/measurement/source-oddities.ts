/**
 * What is odd about records that can be read: taken one by one they look right. Each is a finding with counts and the first of them, and
 * none of it changes a figure. What is asked, a database answers as well as the engine.
 */
import type { Source } from '../../language/model/declarations.ts';
import { recordKinds } from '../../language/model/record-kinds.ts';
import { secondsInWords } from '../../language/values/duration.ts';
import { groupDigits } from '../../language/values/group-digits.ts';
import { isProblem } from '../../language/values/problem.ts';
import { timeZone } from '../../language/values/time-zone.ts';
import type { Cell, QueryEngine } from './engine.ts';
import { printLocal } from './period-frame.ts';
import { ofWholeHistory, type PlannedField, type SourcePlan } from './source-plan.ts';
import type { SourceRemarks } from './source-remarks.ts';

export interface OddRecords {
  readonly source: Source;
  readonly remarks: SourceRemarks;
  readonly engine: QueryEngine;
  /** record_key, and `f_<n>` per field. */
  readonly table: string;
  readonly plan: SourcePlan;
  readonly fields: readonly PlannedField[];
  readonly records: number;
  readonly zone: string;
  /** First moment after the day as of which figures are, in milliseconds. */
  readonly asOf: number;
  /** Of a history: the table of its rows, with the values of all fields that do not rest on the whole of it as `f_<n>`. */
  readonly stage: string | undefined;
}

interface Moment {
  readonly field: PlannedField;
  readonly sql: string;
}

const shownRecords = 3;
const day = 86_400_000;
const year = 365 * day;
/** So many times the usual length is another world. */
const farFromUsual = 10;
/** Fewer days with records show no rhythm. */
const fewDays = 10;
/** Fewer records show nothing of how all are written. */
const fewRecords = 20;
/** More different days than that lie in more than one month, and some of them after its twelfth. */
const mostDaysUpTo12 = 12;

/** No month is without a day’s delay. */
const shortestSilence = 31 * day;

/** The end of what a record’s length is counted to, the most telling first. */
const ends: readonly string[] = ['restored', 'resolved', 'fulfilled', 'implemented', 'ended', 'closed'];

export async function reportOddities(odd: OddRecords): Promise<void> {
  const { fields, source, plan, engine, table } = odd;
  const kind = recordKinds[source.recordKind];
  const moments = fields.flatMap((field, index): Moment[] => (field.value.type === 'instant' ? [{ field, sql: `f_${index}` }] : []));
  const begin = moments.find(({ field }) => field.field === kind?.counted && kind?.fields[field.field]?.type === 'instant');
  const end = ends.flatMap((name) => moments.find(({ field }) => field.field === name) ?? [])[0];
  if (odd.stage !== undefined && source.keep === undefined) await reportChanging(odd, odd.stage);
  if (moments.length === 0) return;
  const middle = `day(make_timestamp(f * 1000)) BETWEEN 14 AND 27`;
  const of = (sql: string, aggregate: string): string => aggregate.replace(/\bf\b/g, sql);
  const asked = moments.map(({ sql }) => [
    of(sql, 'min(f), max(f)'),
    sql === begin?.sql ? of(sql, 'count(*) FILTER (WHERE f % 900000 <> 0)') : '1',
    plan.context.format.swapped === undefined ? '1' : of(sql, `count(*) FILTER (WHERE ${middle})`),
  ].join(', '));
  const took = begin && end && begin !== end ? `max(${end.sql} - ${begin.sql})` : 'NULL';
  const lasts = begin && !kind?.register && kind?.fields[begin.field.field]?.ahead !== true && source.completeUntil === undefined;
  // One look at all records tells whether there is anything to look for.
  const [longest, last, ...counts] = (await engine.row(`SELECT ${took}, ${lasts ? `max(${begin.sql})` : 'NULL'}, ${asked.join(', ')} FROM ${table} r`)).map((cell) => (cell === null ? 0 : Number(cell)));
  for (const [index, moment] of moments.entries()) {
    const [least = 0, greatest = 0, withMinutes = 0, middays = 0] = counts.slice(index * 4, index * 4 + 4);
    if (greatest > 0 && (least < year || greatest > odd.asOf + 60 * year)) await reportFarYears(odd, moment);
    if (middays === 0 && plan.context.format.swapped !== undefined && !odd.remarks.findings.some(({ code }) => code === 'date-format')) await reportExchangeable(odd, moment);
    // One finding says it of both.
    if (moment === begin && end && withMinutes === 0 && odd.records >= fewRecords) await reportDaysOnly(odd, begin, end);
  }
  if (begin && end && (longest ?? 0) > year) await reportLength(odd, begin, end);
  if (begin && lasts && odd.records >= fewRecords && odd.asOf - (last ?? 0) > shortestSilence) await reportSilence(odd, begin, last ?? 0);
}

/** Which row counts makes a difference, and nobody said which does. */
async function reportChanging({ fields, engine, remarks, source }: OddRecords, stage: string): Promise<void> {
  // What is computed from the whole history is the same whichever row counts.
  const own = fields.flatMap(({ field, value }, index) => (ofWholeHistory(value.sql) ? [] : [{ field, column: `f_${index}` }]));
  if (own.length === 0) return;
  const differs = own.map(({ column }, index) => `(min(${column}) <> max(${column}) OR (count(${column}) > 0 AND count(${column}) < count(*))) AS d${index}`);
  const [records, ...counts] = (await engine.row(`SELECT count(*), ${own.map((_, index) => `count(CASE WHEN d${index} THEN 1 END)`).join(', ')} FROM (SELECT record_key, ${differs.join(', ')} FROM ${stage} WHERE record_key IS NOT NULL GROUP BY record_key) k`)).map(Number);
  const changing = own.flatMap(({ field }, index) => ((counts[index] ?? 0) > 0 ? [`“${field}” (of ${groupDigits(String(counts[index]))})`] : []));
  if (changing.length === 0) return;
  remarks.at(['historyKey'], 'warning', 'data-history', `Of ${groupDigits(String(records))} records of ${source.name} some differ from row to row: ${changing.join(', ')}. The last row counts; say “keep last”, or “keep first” if the first one should.`, undefined, ['last', 'first'].map((which) => ({
    title: `Say that the ${which} row counts`, edits: [{ kind: 'addFact', place: { entity: source.$key }, text: `keep ${which}` }],
  })));
}

/** A year that tools write where they know none. */
async function reportFarYears({ engine, table, remarks, source, records, zone, asOf }: OddRecords, { field, sql }: Moment): Promise<void> {
  const [far] = await engine.row(`SELECT count(*) FROM ${table} r WHERE ${sql} < ${year} OR ${sql} > ${asOf + 60 * year}`);
  const count = Number(far ?? 0);
  const first = await engine.rows(`SELECT record_key, rowid, ${sql} FROM ${table} r WHERE ${sql} < ${year} OR ${sql} > ${asOf + 60 * year} ORDER BY rowid LIMIT ${shownRecords}`);
  remarks.at(field.path, 'warning', 'data-time', `${count} of ${records} records of ${source.name} have a time of “${field.field}” that nobody means: ${first.map(([key, row, at]) => `${printLocal(Number(at), zone).slice(0, 10)} (${keyOf(key, row)})`).join(', ')}${count > first.length ? ', …' : ''}. If it stands for no time, say so with “empty”.`);
}

/** No day of so many that must have some after the twelfth. */
async function reportExchangeable({ engine, table, remarks, source, zone: zoneId, plan }: OddRecords, { field, sql }: Moment): Promise<void> {
  const zone = timeZone(zoneId);
  if (isProblem(zone)) return;
  const hours = await engine.rows(`SELECT DISTINCT ${sql} // 900000 FROM ${table} r WHERE ${sql} IS NOT NULL ORDER BY 1 LIMIT 100000`);
  const days = new Set(hours.map(([quarter]) => zone.dateAt((Number(quarter) * 900) as Parameters<typeof zone.dateAt>[0])));
  if (days.size <= mostDaysUpTo12 || [...days].some((date) => Number(date.slice(8)) > 12)) return;
  const { text } = plan.context.format;
  remarks.at(['dateFormat'], 'warning', 'date-format', `All ${days.size} different days of “${field.field}” of ${source.name} are days up to the 12th, such as ${[...days].slice(0, shownRecords).join(', ')}: under “${text}” that is most unlikely, and with day and month exchanged they can be read as well. Are they the other way round?`);
}

/** Days where a length in hours is asked for. */
async function reportDaysOnly({ engine, table, remarks, source, zone, records }: OddRecords, begin: Moment, end: Moment): Promise<void> {
  for (const { sql } of [begin, end]) {
    // One offset from UTC, or those of summer and winter.
    const offsets = await engine.rows(`SELECT min(${sql}), count(DISTINCT ${sql}) FROM ${table} r WHERE ${sql} IS NOT NULL GROUP BY ${sql} % ${day} LIMIT 6`);
    const different = offsets.reduce((sum, [, count]) => sum + Number(count), 0);
    if (offsets.length > 5 || different < 5 || offsets.some(([at]) => !printLocal(Number(at), zone).endsWith(' 00:00'))) return;
  }
  remarks.at(begin.field.path, 'information', 'data-time', `“${begin.field.field}” and “${end.field.field}” of ${source.name} are days without a time of day, in all ${groupDigits(String(records))} records: what took less than a day cannot be told, nor which hours were working hours.`);
}

/** A few that took another world of time decide every mean, and mostly were just never closed. */
async function reportLength({ engine, table, remarks, source, zone, plan: { dialect } }: OddRecords, begin: Moment, end: Moment): Promise<void> {
  const lengths = `(SELECT record_key, rowid AS row_id, ${begin.sql} AS a, ${end.sql} AS b, ${end.sql} - ${begin.sql} AS took FROM ${table} r WHERE ${end.sql} >= ${begin.sql})`;
  const [count = 0, shortest = 0, twiceUsual = 0, longest = 0, years = 0] = (await engine.row(`SELECT count(*), min(took), ${dialect.quantile('took', 0.5)} - ${dialect.quantile('-took', 0.5)}, max(took), count(*) FILTER (WHERE took > ${year}) FROM ${lengths} l`)).map((cell) => Number(cell ?? 0));
  const usual = twiceUsual / 2;
  if (count < fewRecords || longest < usual * farFromUsual) return;
  const first = await engine.rows(`SELECT record_key, row_id, a, b FROM ${lengths} l ORDER BY took DESC, row_id LIMIT ${shownRecords}`);
  const shown = first.slice(0, years).map(([key, row, from, to]) => `${keyOf(key, row)} (${printLocal(Number(from), zone).slice(0, 10)} to ${printLocal(Number(to), zone).slice(0, 10)})`);
  remarks.at(end.field.path, 'information', 'data-length', `From “${begin.field.field}” to “${end.field.field}” records of ${source.name} took from ${inWords(shortest)} to ${inWords(longest)}, half of them up to ${inWords(usual)}; ${groupDigits(String(years))} of ${groupDigits(String(count))} took more than a year: ${shown.join(', ')}${years > shown.length ? ', …' : ''}. Means of such times say little; a median holds.`);
}

/** Nothing for far longer than there was ever nothing before. */
async function reportSilence({ engine, table, remarks, source, zone, asOf }: OddRecords, { field, sql }: Moment, last: number): Promise<void> {
  const [longest, days] = await engine.row(`SELECT max(d - p), count(*) FROM (SELECT d, lag(d) OVER (ORDER BY d) AS p FROM (SELECT DISTINCT ${sql} - ${sql} % ${day} AS d FROM ${table} r WHERE ${sql} IS NOT NULL) days) gaps`);
  const [silence, gap] = [asOf - last, Number(longest ?? 0)];
  if (silence < gap * 3 || Number(days) < fewDays) return;
  const [lastDay, today] = [printLocal(last, zone).slice(0, 10), printLocal(asOf - 1, zone).slice(0, 10)];
  remarks.at(field.path, 'warning', 'data-stale', `The last record of ${source.name} is of ${lastDay}, ${groupDigits(String(Math.floor(silence / day)))} days before ${today}, and before that they never were more than ${gap <= day ? 'a day' : `${groupDigits(String(gap / day))} days`} apart: is the export stale? Export anew, or say up to when it is complete.`, undefined, [
    { title: 'Say up to when the data is complete', edits: [{ kind: 'addFact', place: { entity: source.$key }, text: `complete until \${1:${lastDay}}` }] },
  ]);
}

function inWords(milliseconds: number): string {
  return milliseconds >= 3 * day ? `${groupDigits(String(Math.floor(milliseconds / day)))} days` : secondsInWords(Math.floor(milliseconds / 1000));
}

export function keyOf(key: Cell | undefined, row: Cell | undefined): string {
  return key === null || key === undefined ? `row ${Number(row) + 1}` : String(key);
}
