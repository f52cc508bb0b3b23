/**
 * Trino by its client protocol, against a small server that speaks it as https://trino.io/docs/current/develop/client-protocol.html
 * describes it. It computes nothing: for that see trino-figures.test.ts.
 */
import assert from 'node:assert/strict';
import { DatabasePreview } from '../../server/measurement/databases/database-preview.ts';
import type { DatabaseOptions } from '../../server/measurement/databases/database-table.ts';
import { figureOf, findingsOf, measured, MeasuredProject } from './measured-project.ts';
import { TrinoServer, type Reply, type Seen } from './trino-server.ts';

const asOf = '2026-04-10';
const password = 'p@ss:w/rd';

function model(from: string): string {
  return `service email
priority P1
customer retail
sla gold for email with retail { target p1 restore P1 within 4h for 95% per month from tickets in always }
metric n { from tickets value count every month }
source tickets of incident from ${from} {
  dates iso in Europe/Berlin
  key number
  keep first
  where kind = "it's \\"it\\""
  map opened, restored
  map priority = prio { "1" = P1 }
}
`;
}

const csv = `number,kind,opened,restored,prio
T1,"it's ""it""",2026-03-01T08:00:00.000Z,2026-03-01T09:00:00.000Z,1
T2,"it's ""it""",2026-03-02T08:00:00.000Z,2026-03-02T19:00:00.000Z,1
T3,"it's ""it""",2026-03-03T08:00:00.000Z,,1
`;
const columns = [['number', 'varchar'], ['kind', 'char(9)'], ['opened', 'timestamp(3) with time zone'], ['restored', 'timestamp(6) with time zone'], ['prio', 'integer'], ['more', 'map(varchar, integer)']] as const;
const rows: readonly (readonly (string | null)[])[] = [
  ['T1', 'it\'s "it"', '2026-03-01T08:00:00.000Z', '2026-03-01T09:00:00.000Z', '1'],
  ['T2', 'it\'s "it"', '2026-03-02T08:00:00.000Z', '2026-03-02T19:00:00.000Z', '1'],
  ['T3', 'it\'s "it"', '2026-03-03T08:00:00.000Z', null, '1'],
];

/** Answers statements page by page; `special` answers a request in another way. */
class FakeTrino extends TrinoServer {
  special: (seen: Seen) => Reply | undefined = () => undefined;

  constructor() {
    super((seen) => this.special(seen) ?? this.#usual(seen));
  }

  #usual({ method, url, body }: Seen): Reply {
    const page = (rest: object): Reply => ({ body: { id: 'q1', infoUri: this.uri('/ui'), stats: { state: 'RUNNING' }, ...rest } });
    if (method === 'DELETE') return { status: 204, body: '' };
    if (method === 'POST') return page({ nextUri: this.uri(body.includes('LIMIT 0') ? '/v1/statement/look/1' : '/v1/statement/read/0') });
    const named = (wanted: readonly string[]): object => ({ columns: columns.filter(([name]) => wanted.includes(name)).map(([name, type]) => ({ name, type, typeSignature: { rawType: type } })) });
    switch (url) {
      case '/v1/statement/look/1': return page({ ...named(columns.map(([name]) => name)), data: [], nextUri: this.uri('/v1/statement/look/2') });
      case '/v1/statement/read/0': return page({ nextUri: this.uri('/v1/statement/read/1') });
      case '/v1/statement/read/1': return page({ ...named(['number', 'kind', 'opened', 'restored', 'prio']), data: rows.slice(0, 2), nextUri: this.uri('/v1/statement/read/2') });
      case '/v1/statement/read/2': return page({ ...named(['number', 'kind', 'opened', 'restored', 'prio']), data: rows.slice(2) });
      default: return page({ stats: { state: 'FINISHED' } });
    }
  }
}

describe('records in Trino', () => {
  let trino: FakeTrino;
  beforeEach(async () => {
    trino = new FakeTrino();
    await trino.start();
  });
  afterEach(() => trino.stop());

  const databases = (more: Partial<DatabaseOptions> = {}): DatabaseOptions => ({ environment: { ITSMS_LAKE_URL: trino.uri('/desk/public').replace('http://', `http://reader:${encodeURIComponent(password)}@`) }, ...more });
  const from = 'trino lake table "incident"';

  async function messages(more: Partial<DatabaseOptions> = {}, source = from): Promise<readonly string[]> {
    const text = model(source);
    const result = await measured(text, {}, asOf, { databases: databases(more) });
    assert.ok(!JSON.stringify([result.findings, result.figures]).includes(password));
    return findingsOf(result, text).filter(({ at }) => at === 'lake').map(({ message }) => message);
  }

  it('give the figures that the same records give as CSV', async () => {
    const figures = (result: Awaited<ReturnType<typeof measured>>): unknown => [result.figures.map(({ dataHash: _hash, ...figure }) => figure), result.findings.map(({ message }) => message)];
    const expected = await measured(model('"tickets.csv"'), { 'tickets.csv': csv }, asOf);
    const read = await measured(model(from), {}, asOf, { databases: databases() });
    assert.equal(figureOf(read, 'p1', '2026-03').denominator, '3');
    assert.deepEqual(figures(read), figures(expected));
    assert.deepEqual(read.sources[0]?.readBecause, 'it says “keep first”');
  });

  it('are asked for by whom the environment says, in the columns and rows that count', async () => {
    await measured(model(from), {}, asOf, { databases: databases() });
    const posted = trino.seen.filter(({ method }) => method === 'POST');
    assert.deepEqual(posted.map(({ url, body }) => [url, body]), [
      ['/v1/statement', 'SELECT * FROM "incident" AS extracted LIMIT 0'],
      ['/v1/statement', `SELECT CAST("number" AS VARCHAR) AS "number", CAST("kind" AS VARCHAR) AS "kind", to_iso8601("opened" AT TIME ZONE 'UTC') AS "opened", to_iso8601("restored" AT TIME ZONE 'UTC') AS "restored", CAST("prio" AS VARCHAR) AS "prio" FROM "incident" AS extracted WHERE (strpos(CAST("kind" AS VARCHAR), 'it''s "it"') > 0) ORDER BY CAST("number" AS VARCHAR), CAST("kind" AS VARCHAR), to_iso8601("opened" AT TIME ZONE 'UTC'), to_iso8601("restored" AT TIME ZONE 'UTC'), CAST("prio" AS VARCHAR)`],
    ]);
    for (const { headers } of trino.seen) {
      assert.deepEqual([headers['x-trino-user'], headers['x-trino-catalog'], headers['x-trino-schema'], headers['x-trino-time-zone'], headers['x-trino-source']], ['reader', 'desk', 'public', 'UTC', 'itsms']);
      assert.equal(headers.authorization, `Basic ${Buffer.from(`reader:${password}`).toString('base64')}`);
      assert.match(String(headers['x-trino-session']), /^query_max_run_time=\d+ms$/);
    }
    assert.deepEqual(trino.seen.filter(({ method }) => method === 'DELETE'), []);
  });

  it('are asked for again where the cluster is busy', async () => {
    const refused = new Map<string, number>();
    trino.special = ({ method, url }) => {
      const times = (refused.get(`${method} ${url}`) ?? 0) + 1;
      refused.set(`${method} ${url}`, times);
      return times === 1 ? { status: url.endsWith('0') ? 429 : 503, headers: { 'Retry-After': '0.01' }, body: 'busy' } : undefined;
    };
    assert.equal(figureOf(await measured(model(from), {}, asOf, { databases: databases() }), 'n', '2026-03').value, '3');
  });

  it('that cannot be had are a finding without the password', async () => {
    const replies: readonly (readonly [Reply, RegExp])[] = [
      [{ body: { id: 'q', error: { message: `line 1:15: Table 'desk.public.incident' does not exist (${password})`, errorName: 'TABLE_NOT_FOUND' } } }, /does not exist \(…\)/],
      [{ status: 401, body: 'Unauthorized' }, /does not let this user in \(HTTP 401\)/],
      [{ status: 500, body: 'broken' }, /HTTP 500: broken/],
      [{ body: '<html>' }, /does not answer as Trino does/],
      [{ body: { columns: [1] } }, /does not answer as Trino does/],
      [{ body: { nextUri: 'http://127.0.0.1:1/v1/statement/x' } }, /sends on to http:\/\/127\.0\.0\.1:1/],
      [{ status: 302, headers: { Location: 'http://127.0.0.1:1/' } }, /redirect/],
    ];
    for (const [reply, expected] of replies) {
      trino.special = () => reply;
      assert.match((await messages())[0] ?? '', expected);
    }
    trino.special = () => undefined;
    assert.match((await messages({ environment: {} }))[0] ?? '', /ITSMS_LAKE_URL \(https:\/\/user:password@host:8443\/catalog\/schema\)/);
    assert.match((await messages({ environment: { ITSMS_LAKE_URL: `http://reader:${password}@127.0.0.1:1/x` } }))[0] ?? '', /ITSMS_LAKE_URL is no URL|ECONNREFUSED|fetch/);
  });

  it('beyond the limits of rows and time are a finding, and what is left is cancelled', async () => {
    assert.match((await messages({ limits: { rows: 1 } }))[0] ?? '', /more than 1 rows/);
    assert.deepEqual(trino.seen.filter(({ method }) => method === 'DELETE').map(({ url }) => url), ['/v1/statement/read/2']);
    trino.special = ({ method }) => (method === 'GET' ? { body: { nextUri: trino.uri('/v1/statement/look/1') } } : undefined);
    assert.match((await messages({ limits: { statement: 50 } }))[0] ?? '', /longer than|does not answer/);
  });

  it('are let go of when nobody in the editor waits for them any more', async () => {
    const project = new MeasuredProject(model(from));
    try {
      const controller = new AbortController();
      trino.special = ({ method, url }) => {
        if (method !== 'GET' || url !== '/v1/statement/look/1') return undefined;
        controller.abort();
        return 'never';
      };
      const preview = new DatabasePreview({ environment: databases().environment, credentials: () => Promise.resolve(undefined) });
      assert.equal(await preview.columns(project.model.all('Source')[0]!, controller.signal), undefined);
      await trino.reached(({ method, url }) => method === 'DELETE' && url === '/v1/statement/look/1');
    } finally {
      project.remove();
    }
  });

  it('are let go of at once when somebody stops it', async () => {
    const controller = new AbortController();
    trino.special = ({ method, url }) => {
      if (method !== 'GET' || url !== '/v1/statement/read/1') return undefined;
      controller.abort();
      return 'never';
    };
    await assert.rejects(measured(model(from), {}, asOf, { databases: databases(), signal: controller.signal }), { name: 'AbortError' });
    assert.deepEqual(trino.seen.filter(({ method }) => method === 'DELETE').map(({ url }) => url), ['/v1/statement/read/1']);
  });
});
