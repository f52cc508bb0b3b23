import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { DatabasePreview } from '../../server/measurement/databases/database-preview.ts';
import type { DatabaseOptions } from '../../server/measurement/databases/database-table.ts';
import { figureOf, findingsOf, measured, MeasuredProject } from './measured-project.ts';
import { password, PostgresServer } from './postgres-server.ts';

const asOf = '2026-04-10';

/** Promises and metrics over tickets from wherever `from` says. */
function model(from: string, facts = ''): string {
  return `calendar office { timezone Europe/Berlin  open Mon-Fri 08:00-18:00 }
service email
customer retail
priority P1
priority P2
sla gold for email with retail {
  support hours office
  target restore-P1 restore P1 within 4h for 95% per month from tickets
  target restore-P2 restore P2 within 2 working days for 90% per month from tickets
}
metric n { from tickets value count every month by team }
metric long { from tickets where size > 100 value p90 of restored - opened every month }
source tickets of incident from ${from} {
  dates iso in Europe/Berlin
  key number
  where kind = "incident" and team is one of "mail", "web"
  map opened
  map restored
  map priority = prio { "1 - \\"critical\\"" = P1 "2, high" = P2 }
${facts}
}
`;
}

interface Ticket {
  readonly number: string;
  readonly kind: string;
  readonly team: string;
  readonly opened: string;
  readonly restored: string | null;
  readonly prio: string;
  readonly size: string;
  readonly description: string;
}

/** Tickets as a generator with a fixed beginning makes them; more than one batch. */
function tickets(count: number): readonly Ticket[] {
  let state = 42;
  const random = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
  const first = Date.UTC(2025, 10, 1);
  return Array.from({ length: count }, (_, index) => {
    const opened = first + random(150 * 86_400) * 1000;
    return {
      number: `T,${index}`, kind: random(5) === 0 ? 'request' : 'incident', team: ['mail', 'web', 'sap', ' mail '][random(4)]!,
      opened: new Date(opened).toISOString(), restored: random(20) === 0 ? null : new Date(opened + random(200_000) * 1000).toISOString(),
      prio: ['1 - "critical"', '2, high', ''][random(3)]!, size: `${random(400)}.${random(10)}0`, description: 'Grüße\n"x", y',
    };
  });
}

function csv(rows: readonly Ticket[]): string {
  const columns = ['number', 'kind', 'team', 'opened', 'restored', 'prio', 'size', 'description'] as const;
  const cell = (text: string | null): string => (text === null ? '' : `"${text.replaceAll('"', '""')}"`);
  return [columns.join(','), ...rows.map((row) => columns.map((column) => cell(row[column])).join(','))].join('\n');
}

describe('records in PostgreSQL', function () {
  this.timeout(120_000);
  let server: PostgresServer | undefined;
  let admin: pg.Client | undefined;
  const rows = tickets(12_000);

  before(async function () {
    server = await PostgresServer.startOrSkip(this);
    admin = new pg.Client({ connectionString: server.url() });
    await admin.connect();
    await admin.query(`CREATE SCHEMA desk; CREATE TABLE desk."Tickets" (number text, kind varchar(20), team text, opened timestamptz, restored timestamptz, prio char(20), size numeric(10,2), description text)`);
    await admin.query('INSERT INTO desk."Tickets" SELECT * FROM json_populate_recordset(NULL::desk."Tickets", $1::json)', [JSON.stringify(rows.toReversed())]);
  });
  after(async () => {
    await admin?.end();
    server?.stop();
  });

  function databases(more: Partial<DatabaseOptions> = {}): DatabaseOptions {
    return { environment: { ITSMS_SERVICE_DESK_URL: server!.url() }, ...more };
  }

  async function messages(from: string, more: Partial<DatabaseOptions> = {}, facts = ''): Promise<readonly { readonly message: string; readonly at: string }[]> {
    const text = model(from, facts);
    const result = await measured(text, {}, asOf, { databases: databases(more) });
    assert.ok(!JSON.stringify([result.findings, result.figures, result.sources]).includes(password));
    assert.equal(figureOf(result, 'restore-P1', '2026-03').value, undefined);
    return findingsOf(result, text).filter(({ at }) => at === 'service-desk').map(({ message, at }) => ({ message, at }));
  }

  it('give the figures that the same records give as CSV', async () => {
    const without = (result: Awaited<ReturnType<typeof measured>>): unknown => [result.figures.map(({ dataHash: _hash, ...figure }) => figure), result.records, result.findings.map(({ message }) => message)];
    const expected = without(await measured(model('"tickets.csv"'), { 'tickets.csv': csv(rows.toSorted((a, b) => (a.number < b.number ? -1 : 1))) }, asOf));
    const table = await measured(model('postgres service-desk table "desk.Tickets"'), {}, asOf, { databases: databases() });
    const query = await measured(model('postgres service-desk query """select * from desk."Tickets" order by number collate "C" -- all of it\n;"""'), {}, asOf, { databases: databases() });
    assert.ok((figureOf(table, 'restore-P1', '2026-03').sample ?? 0) > 100);
    assert.deepEqual(without(query), expected);
    const read = await measured(model('postgres service-desk table "desk.Tickets"', '  keep last'), {}, asOf, { databases: databases() });
    assert.deepEqual([table, query, read].map(({ sources }) => sources[0]?.computedIn), ['database', 'database', undefined]);
    assert.equal(read.sources[0]?.readBecause, 'it says “keep last”');
    assert.deepEqual(without(read), expected);
    const figures = (result: unknown): unknown => (result as readonly unknown[])[0];
    assert.deepEqual(figures(without(table)), figures(expected));
    const again = await measured(model('postgres service-desk table "desk.Tickets"'), {}, asOf, { databases: databases() });
    assert.deepEqual({ ...again, project: undefined }, { ...table, project: undefined });
  });

  it('are read in the columns and rows that count, and no others', async () => {
    await admin!.query(`CREATE VIEW broken AS SELECT number, kind, team, opened, prio, size, CASE WHEN team LIKE '%sap%' OR kind <> 'incident' THEN (size / (size - size))::text ELSE to_char(restored AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') END AS restored, size / (size - size) AS unneeded FROM desk."Tickets" WHERE size > 0`);
    const result = await measured(model('postgres service-desk table broken'), {}, asOf, { databases: databases() });
    assert.ok((figureOf(result, 'restore-P1', '2026-03').sample ?? 0) > 100);
    const asked = await measured(model('postgres service-desk table broken', '  map cause = unneeded'), {}, asOf, { databases: databases() });
    assert.match(asked.findings.map(({ message }) => message).join('\n'), /The database service-desk cannot be read: division by zero/);
    assert.equal(figureOf(asked, 'restore-P1', '2026-03').value, undefined);
  });

  it('name the column that was meant', async () => {
    const text = model('postgres service-desk table "desk.Tickets"').replace('key number', 'key nummer');
    const result = await measured(text, {}, asOf, { databases: databases() });
    assert.ok(result.findings.some(({ message, fixes }) => message.includes('nummer') && fixes.some(({ title }) => title.includes('number'))));
  });

  it('are never written', async () => {
    await admin!.query(`CREATE TABLE written (n int); CREATE FUNCTION write_it() RETURNS text LANGUAGE sql VOLATILE AS 'INSERT INTO written VALUES (1) RETURNING ''x'''`);
    const tries: readonly (readonly [string, RegExp])[] = [
      ['select write_it() as number', /read-only transaction/],
      ['select 1 as number; drop table written', /syntax error/],
      ['select 1 as number) as x; commit; drop table written; select (1', /multiple commands/],
      ["select set_config('transaction_read_only', 'off', false) as number", /transaction_read_only|read-write/],
      ['delete from written', /syntax error/],
    ];
    for (const [query, expected] of tries) {
      const [found] = await messages(`postgres service-desk query "${query}"`);
      assert.match(found?.message ?? '', expected, query);
    }
    assert.deepEqual((await admin!.query('SELECT count(*)::int AS n FROM written')).rows, [{ n: 0 }]);
  });

  it('that cannot be reached are a finding without the password', async () => {
    const from = 'postgres service-desk table "desk.Tickets"';
    const finding = async (environment: DatabaseOptions['environment']): Promise<string> => (await messages(from, { environment })).map(({ message }) => message).join('\n');
    assert.match(await finding({}), /ITSMS_SERVICE_DESK_URL/);
    assert.match(await finding({ ITSMS_SERVICE_DESK_URL: `no url ${password}` }), /ITSMS_SERVICE_DESK_URL is no URL/);
    assert.match(await finding({ ITSMS_SERVICE_DESK_URL: `mysql://${encodeURIComponent(password)}@x/` }), /postgres:\/\//);
    assert.match(await finding({ ITSMS_SERVICE_DESK_URL: server!.url(`${password}wrong`) }), /password authentication failed/);
    assert.match(await finding({ ITSMS_SERVICE_DESK_URL: `postgres://reader:x@127.0.0.1:1/postgres` }), /ECONNREFUSED/);
    const [missing] = await messages('postgres service-desk table nothing');
    assert.match(missing?.message ?? '', /relation "nothing" does not exist/);
  });

  it('beyond the limits of rows and time are a finding, and give no figure', async () => {
    const [many] = await messages('postgres service-desk table "desk.Tickets"', { limits: { rows: 5_500 } }, '  keep last');
    assert.match(many?.message ?? '', /more than 5500 rows/);
    const [slow] = await messages('postgres service-desk query "select pg_sleep(100)::text as number"', { limits: { statement: 100 } });
    assert.match(slow?.message ?? '', /statement timeout/);
  });

  it('that are not there are said', async () => {
    await admin!.query('CREATE TABLE nobody (LIKE desk."Tickets")');
    const found = await messages('postgres service-desk table nobody');
    assert.deepEqual(found.map(({ message }) => message), ['What tickets reads of the database service-desk holds no rows that its “where” keeps. A name in it is the field that is mapped under it, else a column: column "…" is always the column.']);
  });

  it('are let go of at once when somebody stops it', async () => {
    const reading = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'itsms' AND state = 'active' AND query LIKE 'FETCH%'`;
    const count = async (): Promise<number> => ((await admin!.query(reading)).rows[0] as { readonly n: number }).n;
    const controller = new AbortController();
    const stopped = measured(model('postgres service-desk query "select pg_sleep(500)::text as number"'), {}, asOf, { databases: databases(), signal: controller.signal });
    const state = { ended: false };
    stopped.catch(() => (state.ended = true));
    while (!state.ended && (await count()) === 0) await admin!.query('SELECT pg_sleep(0.02)');
    controller.abort();
    await assert.rejects(stopped, { name: 'AbortError' });
    while ((await count()) > 0) await admin!.query('SELECT pg_sleep(0.02)');
  });

  it('are let go of at once while the database computes, too', async () => {
    await admin!.query('CREATE VIEW slow AS SELECT *, pg_sleep(500)::text AS slowly FROM desk."Tickets"');
    const reading = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'itsms' AND state = 'active' AND query LIKE '%md5%'`;
    const count = async (): Promise<number> => ((await admin!.query(reading)).rows[0] as { readonly n: number }).n;
    const controller = new AbortController();
    const stopped = measured(model('postgres service-desk table slow', '  map cause = slowly'), {}, asOf, { databases: databases(), signal: controller.signal });
    const state = { ended: false };
    stopped.catch(() => (state.ended = true));
    while (!state.ended && (await count()) === 0) await admin!.query('SELECT pg_sleep(0.02)');
    assert.equal(state.ended, false);
    controller.abort();
    await assert.rejects(stopped, { name: 'AbortError' });
    while ((await count()) > 0) await admin!.query('SELECT pg_sleep(0.02)');
  });

  it('are let go of when nobody in the editor waits for them any more, and not before', async () => {
    const project = new MeasuredProject(model('postgres service-desk query "select pg_sleep(500)::text as slowly, 1 as other"'));
    try {
      const reading = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'itsms' AND state = 'active' AND query LIKE '%slowly%'`;
      const count = async (): Promise<number> => ((await admin!.query(reading)).rows[0] as { readonly n: number }).n;
      const preview = new DatabasePreview({ environment: databases().environment, credentials: () => Promise.resolve(undefined) });
      const source = project.model.all('Source')[0]!;
      const [first, second] = [new AbortController(), new AbortController()];
      const answers = [first, second].map(({ signal }) => preview.values(source, 'slowly', 10, 10, signal));
      while ((await count()) === 0) await admin!.query('SELECT pg_sleep(0.02)');
      first.abort();
      assert.equal(await answers[0], undefined);
      assert.equal(await count(), 1);
      second.abort();
      assert.equal(await answers[1], undefined);
      while ((await count()) > 0) await admin!.query('SELECT pg_sleep(0.02)');
      // It is no failure to be remembered.
      assert.deepEqual(await preview.columns(source), ['slowly', 'other']);
    } finally {
      project.remove();
    }
  });

  it('are looked at anew when something else is asked and they have changed', async () => {
    const cacheFolder = mkdtempSync(join(tmpdir(), 'itsms-cache-'));
    const project = new MeasuredProject(model('postgres service-desk table changing'));
    try {
      await admin!.query('CREATE TABLE changing AS SELECT * FROM desk."Tickets" ORDER BY number LIMIT 2000');
      const first = await project.measure(asOf, { databases: databases(), cacheFolder });
      await admin!.query('DELETE FROM changing WHERE number < \'T,15\'');
      // What has been computed holds for a while.
      assert.deepEqual(await project.measure(asOf, { databases: databases(), cacheFolder }), first);
      project.setText(model('postgres service-desk table changing').replace('for 95%', 'for 94%'));
      const second = await project.measure(asOf, { databases: databases(), cacheFolder });
      assert.equal(second.sources[0]?.computedIn, 'database');
      assert.ok((second.sources[0]?.records ?? 0) < (first.sources[0]?.records ?? 0));
      assert.notEqual(second.sources[0]?.dataHash, first.sources[0]?.dataHash);
      // All figures are of the same rows.
      assert.equal(new Set(second.figures.map(({ dataHash }) => dataHash)).size, 1);
      const anew = await project.measure(asOf, { databases: databases() });
      assert.deepEqual(second.figures, anew.figures);
    } finally {
      project.remove();
      rmSync(cacheFolder, { recursive: true, force: true });
    }
  });

  it('are kept for a while where there is a cache, without who may read them', async () => {
    const cacheFolder = mkdtempSync(join(tmpdir(), 'itsms-cache-'));
    const project = new MeasuredProject(model('postgres service-desk table "few"'));
    try {
      await admin!.query('CREATE TABLE few AS SELECT * FROM desk."Tickets" ORDER BY number LIMIT 500');
      const first = await project.measure(asOf, { databases: databases(), cacheFolder });
      await admin!.query('DROP TABLE few');
      assert.deepEqual(await project.measure(asOf, { databases: databases(), cacheFolder }), first);
      const kept = readdirSync(cacheFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
      assert.ok(kept.includes('T,'));
      for (const secret of [password, encodeURIComponent(password), 'reader']) assert.ok(!kept.includes(secret), secret);
      project.setText(model('postgres service-desk query "select * from few"'));
      assert.match((await project.measure(asOf, { databases: databases(), cacheFolder })).findings.map(({ message }) => message).join('\n'), /relation "few" does not exist/);
    } finally {
      project.remove();
      rmSync(cacheFolder, { recursive: true, force: true });
    }
  });
});
