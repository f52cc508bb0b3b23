/** Random records, what is measured of them, and what two ways of measuring have to agree in. */
import fc from 'fast-check';
import type { RecordCheck } from '../../server/assessment/rule.ts';
import type { Measurements } from '../../server/measurement/figure.ts';

const services = ['mail', 'web', 'sap', 'crm', 'print', 'file', 'scan', 'wiki'];

export function model(from: string, more: Facts = {}): string {
  return `calendar office { timezone Europe/Berlin  open Mon-Thu 08:00-18:00  open Fri 08:00-15:30  holidays DE }
calendar odd { timezone Asia/Kolkata  open Mon-Sat 09:07-17:23 }
${services.map((name) => `service ${name}`).join('\n')}
customer retail
customer whole
priority P1
priority P2
priority P3
sla gold for ${services.slice(0, 5).join(', ')} with retail {
  valid 2025-12-10 to 2026-12-31
  support hours office
  target p1 restore P1 within 4h for 95% per month from tickets in always
  target p2 restore P2 within 9h for 90% per month from tickets
  target p2-odd restore P2 within 9h for 90% per month from tickets in odd
  target p3 restore P3 within 2 working days for 90% per month from tickets
  target p3-month restore P3 within 1mo for 90% per quarter from tickets
  target average restore P1, P2 within 12h on average per month from tickets in always
  target heard respond within 30min for 80% per month from tickets in always where channel = "phone"
  target changed restore P1 within 4h for 95% per month from tickets in always
  target changed restore P1 within 2h for 95% per month from tickets in always since 2026-02-12
  workload calls <= 40 per month from tickets where team = "desk"
}
sla silver for wiki, mail with whole {
  target all restore within 1d for 70% per month from tickets
}
source tickets of incident from ${from} {
  dates iso${more.zone === undefined ? '' : ` in ${more.zone}`}
  empty "?", "0"
  ${more.key ?? 'key number'}
  where kind != "request" and (kind is one of "incident", "?major" or team is not empty)
  map opened, responded, restored, closed
  map priority = prio { "1" = P1  "2" = P2  "3 - low" = P3 }
  map service = area
  map customer = whose { "R" = retail  "W" = whole }
  map updates = size
  map major = is_major
  map cause = part 2 of category by " - "
  map reopenings = again
  map assigned-to = team${more.map === undefined ? '' : `
  map ${more.map}`}
}
metric n { from tickets value count every month by service, assigned-to, priority }
metric heavy { from tickets where size > 100 and not (team contains "e") value count every week }
metric quick { from tickets where channel starts with "p" or channel ends with "l" value share of restored - opened <= 6h in office target >= 70% every month by service }
metric open-time { from tickets value median of restored - opened in office target <= 4h every month }
metric elapsed { from tickets where restored is not empty value p90 of restored - opened every month by priority }
metric nearly { from tickets value p95 of size every month }
metric typical { from tickets value median of size every quarter }
metric mean { from tickets value mean of updates + reopenings every month }
metric sum { from tickets value sum of size * 2 every month }
metric least { from tickets value min of closed - restored every month }
metric most { from tickets value max of size every year }
metric rolling { from tickets value share of major = yes every month over 3mo minimum sample 20 }
metric ratio { from tickets value (count where major = yes) / count where team = "desk" every month }
metric there { from tickets value availability of opened to restored every month }
metric young { from tickets where opened >= 2026-02-01 and cause is not empty value count every month by cause }
metric workdays { from tickets value share of restored - opened <= 2 working days in office every month }
metric late-close { from tickets where closed is empty or closed - restored > 1d value count target <= 10 every month }
`;
}

export interface Facts {
  readonly zone?: string;
  readonly key?: string;
  /** A further field. */
  readonly map?: string;
}

export interface Row {
  readonly n: number | string;
  readonly number: string | null;
  readonly kind: string;
  readonly team: string | null;
  readonly opened: string | null;
  readonly responded: string | null;
  readonly restored: string | null;
  readonly closed: string | null;
  readonly prio: string | null;
  readonly area: string | null;
  readonly whose: string;
  readonly size: string | null;
  readonly again: number | null;
  readonly is_major: boolean | null;
  readonly category: string | null;
  readonly channel: string;
}

export const columns = ['n', 'number', 'kind', 'team', 'opened', 'responded', 'restored', 'closed', 'prio', 'area', 'whose', 'size', 'again', 'is_major', 'category', 'channel'] as const;

const first = Date.UTC(2025, 9, 1);
const moment = (from: number, milliseconds: number): string => new Date(from + milliseconds).toISOString();

/** Local times, without a zone: in hours that occur twice and never, too. */
const local = (iso: string): string => iso.slice(0, 23).replace('T', ' ');

const row: fc.Arbitrary<Omit<Row, 'n'>> = fc.record({
  number: fc.option(fc.stringMatching(/^T[0-9]{1,4}$/), { freq: 40 }),
  kind: fc.constantFrom('incident', 'incident', 'incident', 'request', '?major', 'Ärger'),
  team: fc.option(fc.constantFrom('desk', 'desk', 'net', ' net ', '\u00a0desk ', '', '?', 'x"y, z', 'Grüße'), { freq: 8 }),
  at: fc.integer({ min: 0, max: 190 * 86_400_000 }),
  reaction: fc.option(fc.integer({ min: -600_000, max: 5_000_000 }), { freq: 6 }),
  took: fc.option(fc.oneof(fc.integer({ min: -100_000, max: 20 * 3_600_000 }), fc.integer({ min: 0, max: 400_000_000 }), fc.integer({ min: 0, max: 4_000_000_000 })), { freq: 10 }),
  after: fc.option(fc.integer({ min: 0, max: 300_000_000 }), { freq: 4 }),
  strange: fc.option(fc.constantFrom('1955-03-04T05:06:07.000Z', '2150-01-01T00:00:00.000Z'), { freq: 1, nil: undefined }).map((value) => value),
  isStrange: fc.integer({ min: 0, max: 60 }).map((value) => value === 0),
  prio: fc.option(fc.constantFrom('1', '1', '2', '2', '3 - low', 'P1', ' 1', 'unknown'), { freq: 12 }),
  area: fc.option(fc.constantFrom(...services, 'nothing', ' mail'), { freq: 15 }),
  whose: fc.constantFrom('R', 'R', 'R', 'W', ''),
  size: fc.option(fc.oneof(fc.integer({ min: -500_000_000, max: 500_000_000 }).map((value) => (value / 1e6).toFixed(6)), fc.integer({ min: 0, max: 300 }).map(String), fc.constantFrom('0.0000005', '-0.00000049', '12345678901234.5', '0')), { freq: 12 }),
  again: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 12 }),
  is_major: fc.option(fc.boolean(), { freq: 12 }),
  category: fc.option(fc.constantFrom('hard - disk', 'hard - ', 'soft', 'a - b - c', ' - x'), { freq: 8 }),
  channel: fc.constantFrom('phone', 'mail', 'portal'),
}).map(({ at, reaction, took, after, strange, isStrange, ...rest }) => {
  const opened = first + at;
  return {
    ...rest, opened: isStrange ? strange ?? null : moment(opened, 0), responded: reaction === null ? null : moment(opened, reaction),
    restored: took === null ? null : moment(opened, took), closed: after === null || took === null ? null : moment(opened, took + after),
  };
});

export function csv(rows: readonly Row[]): string {
  const cell = (value: unknown): string => (value === null ? '' : `"${String(value).replaceAll('"', '""')}"`);
  return [columns.join(','), ...rows.map((one) => columns.map((column) => cell(one[column])).join(','))].join('\n');
}

const check = (id: string, meets: string, where: string | undefined, fields: readonly string[]): RecordCheck => ({ id, recordKind: 'incident', meets, ...(where === undefined ? {} : { where }), fields } as unknown as RecordCheck);
export const recordChecks = [
  check('a/owner', 'assigned-to is not empty', undefined, ['assigned-to']),
  check('a/major', 'cause is not empty and restored is not empty', 'major', ['cause', 'restored', 'major']),
  check('a/late', 'updates >= 1', 'past-due', ['updates', 'opened', 'restored']),
];

/** Everything but what names the place of the data. */
export function comparable({ figures, checks, records, findings, sources }: Measurements): unknown {
  return {
    figures: figures.map(({ dataHash: _hash, parts, ...figure }) => ({ ...figure, ...(parts === undefined ? {} : { parts: parts.map(({ dataHash: _own, ...part }) => part) }) })), checks, records,
    // Where the files hold nothing another thing is named.
    findings: findings.filter(({ code }) => code !== 'data-file').map(({ code, message, place }) => ({ code, message, place })),
    sources: sources.map(({ dataHash: _hash, files: _files, computedIn: _where, readBecause: _why, ...source }) => source),
  };
}

/** Up to so many rows. */
export function tables(most: number): fc.Arbitrary<readonly Row[]> {
  return fc.array(row, { minLength: 1, maxLength: most }).map((rows) => rows.map((one, n): Row => ({ n, ...one })));
}

/** So many rows, the same each time. */
export function someRows(count: number, seed: number): readonly Row[] {
  const [some] = fc.sample(fc.array(row, { minLength: count, maxLength: count, size: 'max' }), { numRuns: 1, seed });
  return some!.map((one, n): Row => ({ n, ...one, number: `T${n}` }));
}

/** Local times of rows, without a zone. */
export function inLocalTime(rows: readonly Row[]): readonly Row[] {
  return rows.map((one) => ({ ...one, opened: one.opened && local(one.opened), responded: one.responded && local(one.responded), restored: one.restored && local(one.restored), closed: one.closed && local(one.closed) }));
}
