/** Figures that a database computes against the same figures from the same records as CSV, over random records. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import pg from 'pg';
import type { RecordCheck } from '../../server/assessment/rule.ts';
import type { DatabaseOptions } from '../../server/measurement/databases/database-table.ts';
import type { Answered } from '../../server/measurement/databases/pushed-table.ts';
import type { Measurements, Subject } from '../../server/measurement/figure.ts';
import { rowsBehind } from '../../server/measurement/measure.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { measured, MeasuredProject } from './measured-project.ts';
import { PostgresServer } from './postgres-server.ts';

const asOf = '2026-04-10';
const services = ['mail', 'web', 'sap', 'crm', 'print', 'file', 'scan', 'wiki'];

function model(from: string, more: Facts = {}): string {
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
  map assigned-to = team
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

interface Facts {
  readonly zone?: string;
  readonly key?: string;
}

interface Row {
  readonly n: number;
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

const columns = ['n', 'number', 'kind', 'team', 'opened', 'responded', 'restored', 'closed', 'prio', 'area', 'whose', 'size', 'again', 'is_major', 'category', 'channel'] as const;

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

function csv(rows: readonly Row[]): string {
  const cell = (value: unknown): string => (value === null ? '' : `"${String(value).replaceAll('"', '""')}"`);
  return [columns.join(','), ...rows.map((one) => columns.map((column) => cell(one[column])).join(','))].join('\n');
}

const check = (id: string, meets: string, where: string | undefined, fields: readonly string[]): RecordCheck => ({ id, recordKind: 'incident', meets, ...(where === undefined ? {} : { where }), fields } as unknown as RecordCheck);
const recordChecks = [
  check('a/owner', 'assigned-to is not empty', undefined, ['assigned-to']),
  check('a/major', 'cause is not empty and restored is not empty', 'major', ['cause', 'restored', 'major']),
  check('a/late', 'updates >= 1', 'past-due', ['updates', 'opened', 'restored']),
];

/** Everything but what names the place of the data. */
function comparable({ figures, checks, records, findings, sources }: Measurements): unknown {
  return {
    figures: figures.map(({ dataHash: _hash, parts, ...figure }) => ({ ...figure, ...(parts === undefined ? {} : { parts: parts.map(({ dataHash: _own, ...part }) => part) }) })), checks, records,
    // Where the files hold nothing another thing is named.
    findings: findings.filter(({ code }) => code !== 'data-file').map(({ code, message, place }) => ({ code, message, place })),
    sources: sources.map(({ dataHash: _hash, files: _files, computedIn: _where, readBecause: _why, ...source }) => source),
  };
}

describe('figures that PostgreSQL computes', function () {
  this.timeout(300_000);
  let server: PostgresServer | undefined;
  let admin: pg.Client | undefined;

  before(async function () {
    server = await PostgresServer.startOrSkip(this);
    admin = new pg.Client({ connectionString: server.url() });
    await admin.connect();
  });
  after(async () => {
    await admin?.end();
    server?.stop();
  });

  async function fill(rows: readonly Row[], momentType: 'timestamptz' | 'timestamp'): Promise<void> {
    await admin!.query(`DROP TABLE IF EXISTS t; CREATE TABLE t (n int, number text, kind varchar(20), team text, opened ${momentType}, responded ${momentType}, restored ${momentType}, closed ${momentType}, prio text, area text, whose char(3), size numeric, again smallint, is_major boolean, category text, channel text)`);
    await admin!.query('INSERT INTO t SELECT * FROM json_populate_recordset(NULL::t, $1::json)', [JSON.stringify(rows.toReversed())]);
  }

  async function inDatabase(from: string, facts: Facts, answered: Answered[]): Promise<Measurements> {
    const databases: DatabaseOptions = { environment: { ITSMS_SERVICE_DESK_URL: server!.url() }, observe: (one) => answered.push(one) };
    return await measured(model(`postgres service-desk ${from}`, facts), {}, asOf, { databases, recordChecks });
  }

  async function same(rows: readonly Row[], momentType: 'timestamptz' | 'timestamp', facts: Facts): Promise<readonly Answered[]> {
    await fill(rows, momentType);
    const answered: Answered[] = [];
    const computed = await inDatabase('query "select * from t order by n"', facts, answered);
    assert.deepEqual(computed.sources.map(({ computedIn, readBecause }) => ({ computedIn, readBecause })), [{ computedIn: 'database', readBecause: undefined }]);
    const expected = await measured(model('"tickets.csv"', facts), { 'tickets.csv': csv(rows) }, asOf, { recordChecks });
    assert.deepEqual(comparable(computed), comparable(expected));
    return answered;
  }

  const table = fc.array(row, { minLength: 1, maxLength: 250 }).map((rows) => rows.map((one, n): Row => ({ n, ...one })));

  /** Local times of rows, without a zone. */
  const inLocalTime = (rows: readonly Row[]): readonly Row[] => rows.map((one) => ({ ...one, opened: one.opened && local(one.opened), responded: one.responded && local(one.responded), restored: one.restored && local(one.restored), closed: one.closed && local(one.closed) }));

  it('are those of the same records as CSV, times with a zone', async () => {
    await fc.assert(fc.asyncProperty(table, fc.constantFrom('key number', 'key n', 'keep all\n  key number', ''), async (rows, key) => {
      await same(rows, 'timestamptz', { zone: 'Europe/Berlin', key });
    }), { numRuns: 8, endOnFailure: true });
  });

  it('are those of the same records as CSV, local times, some of which occur twice or never', async () => {
    await fc.assert(fc.asyncProperty(table, fc.constantFrom('Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'UTC', undefined), async (rows, zone) => {
      const odd = ['2025-10-26 02:30:00.001', '2026-03-29 02:59:59.999', '2025-11-02 01:30:00', '2026-03-08 02:00:00'];
      await same(inLocalTime(rows).map((one, n) => (n < odd.length ? { ...one, opened: odd[n]! } : one)), 'timestamp', zone === undefined ? {} : { zone });
    }), { numRuns: 8, endOnFailure: true });
  });

  it('come back as sums and the first records that missed, however many records there are', async () => {
    const [some] = fc.sample(fc.array(row, { minLength: 12_000, maxLength: 12_000, size: 'max' }), { numRuns: 1, seed: 7 });
    const answered = await same(some!.map((one, n): Row => ({ n, ...one, number: `T${n}` })), 'timestamptz', { zone: 'Europe/Berlin' });
    const largest = Math.max(...answered.map(({ rows }) => rows));
    // Twenty of each target in each of thirteen months.
    assert.ok(largest < 1_500, `${largest} rows came back for one question`);
    const [counts] = (await admin!.query('SELECT count(*)::int AS n FROM t')).rows as { readonly n: number }[];
    assert.equal(counts?.n, 12_000);
  });

  it('have the same records behind them', async () => {
    const [some] = fc.sample(fc.array(row, { minLength: 400, maxLength: 400, size: 'max' }), { numRuns: 1, seed: 11 });
    const rows = some!.map((one, n): Row => ({ n, ...one, number: `T${n}` }));
    await fill(rows, 'timestamptz');
    const facts = { zone: 'Europe/Berlin' };
    const there = new MeasuredProject(model('postgres service-desk query "select * from t order by n"', facts));
    const here = new MeasuredProject(model('"tickets.csv"', facts), { 'tickets.csv': csv(rows) });
    try {
      const databases = { environment: { ITSMS_SERVICE_DESK_URL: server!.url() } };
      const subjects: readonly Subject[] = [
        { kind: 'target', agreement: 'gold', target: 'p1' }, { kind: 'target', agreement: 'gold', target: 'p2' }, { kind: 'target', agreement: 'gold', target: 'p3' }, { kind: 'target', agreement: 'gold', target: 'changed' },
        { kind: 'workload', agreement: 'gold', limit: 'calls' }, { kind: 'metric', metric: 'quick' }, { kind: 'metric', metric: 'open-time' },
      ];
      for (const subject of subjects) {
        const list = async (project: MeasuredProject, more: object): Promise<unknown> => await rowsBehind({ model: project.model, asOf, dataFiles: await openNodeHost(project.folder), ...more }, subject, '2026-02', { skip: 1, limit: 30 });
        assert.deepEqual(await list(there, { databases }), await list(here, {}), JSON.stringify(subject));
      }
    } finally {
      there.remove();
      here.remove();
    }
  });

  it('are computed here where the database would compute something else, and it is said why', async () => {
    await fill([], 'timestamptz');
    const reasons: readonly (readonly [string, string, RegExp])[] = [
      ['where kind != "request"', 'where kind matches "^inc"', /regular expressions/],
      ['map updates = size', 'map updates = channel', /number is read from a text/],
      ['map opened, responded', 'map opened = channel\n  map responded', /time is read from a text/],
      ['key number', 'history by number at opened', /history/],
      ['key number', 'key number\n  keep first', /keep first/],
      ['value mean of updates + reopenings', 'value mean of updates / reopenings', /quotient/],
    ];
    for (const [from, to, reason] of reasons) {
      const text = model('postgres service-desk table t', { zone: 'Europe/Berlin' });
      assert.ok(text.includes(from), from);
      const result = await measured(text.replace(from, to), {}, asOf, { databases: { environment: { ITSMS_SERVICE_DESK_URL: server!.url() } } });
      assert.match(result.sources[0]?.readBecause ?? '', reason, to);
    }
  });
});
