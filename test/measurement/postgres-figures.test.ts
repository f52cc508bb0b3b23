/** Figures that a database computes against the same figures from the same records as CSV, over random records. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import pg from 'pg';
import type { DatabaseOptions } from '../../server/measurement/databases/database-table.ts';
import type { Answered } from '../../server/measurement/databases/pushed-table.ts';
import type { Measurements, Subject } from '../../server/measurement/figure.ts';
import { rowsBehind } from '../../server/measurement/measure.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { measured, MeasuredProject } from './measured-project.ts';
import { PostgresServer } from './postgres-server.ts';
import { comparable, csv, inLocalTime, model, recordChecks, someRows, tables, type Facts, type Row } from './random-records.ts';

const asOf = '2026-04-10';

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

  it('are those of the same records as CSV, times with a zone', async () => {
    await fc.assert(fc.asyncProperty(tables(250), fc.constantFrom('key number', 'key n', 'keep all\n  key number', ''), async (rows, key) => {
      await same(rows, 'timestamptz', { zone: 'Europe/Berlin', key });
    }), { numRuns: 8, endOnFailure: true });
  });

  it('are those of the same records as CSV, local times, some of which occur twice or never', async () => {
    await fc.assert(fc.asyncProperty(tables(250), fc.constantFrom('Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'UTC', undefined), async (rows, zone) => {
      const odd = ['2025-10-26 02:30:00.001', '1990-09-30 02:30:00', '2026-03-29 02:59:59.999', '2010-03-28 02:30:00', '2025-11-02 01:30:00', '2026-03-08 02:00:00'];
      await same(inLocalTime(rows).map((one, n) => (n < odd.length ? { ...one, opened: odd[n]! } : one)), 'timestamp', zone === undefined ? {} : { zone });
    }), { numRuns: 8, endOnFailure: true });
  });

  it('come back as sums and the first records that missed, however many records there are', async () => {
    const answered = await same(someRows(12_000, 7), 'timestamptz', { zone: 'Europe/Berlin' });
    const largest = Math.max(...answered.map(({ rows }) => rows));
    // Twenty of each target in each of thirteen months.
    assert.ok(largest < 1_500, `${largest} rows came back for one question`);
    const [counts] = (await admin!.query('SELECT count(*)::int AS n FROM t')).rows as { readonly n: number }[];
    assert.equal(counts?.n, 12_000);
  });

  it('have the same records behind them', async () => {
    const rows = someRows(400, 11);
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
