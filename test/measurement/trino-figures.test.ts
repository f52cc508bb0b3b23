/** What Trino is asked to compute, against the same figures from the same records as CSV, over random records: see trino-stand-in.ts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DatabaseOptions } from '../../server/measurement/databases/database-table.ts';
import type { Measurements, Subject } from '../../server/measurement/figure.ts';
import { rowsBehind } from '../../server/measurement/measure.ts';
import { literal } from '../../server/measurement/sql.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { measured, MeasuredProject } from './measured-project.ts';
import { columns, comparable, csv, inLocalTime, model, recordChecks, someRows, tables, type Facts, type Row } from './random-records.ts';
import { TrinoStandIn } from './trino-stand-in.ts';

const asOf = '2026-04-10';

describe('figures that Trino computes', function () {
  this.timeout(300_000);
  let trino: TrinoStandIn;
  before(async () => {
    trino = await TrinoStandIn.start();
  });
  after(() => trino.stop());
  beforeEach(() => {
    trino.statements.length = 0;
    trino.before = () => Promise.resolve();
  });

  const databases = (): DatabaseOptions => ({ environment: { ITSMS_LAKE_URL: trino.server.uri('/desk/public').replace('http://', 'http://reader@') } });
  const types: Partial<Record<(typeof columns)[number], string>> = { size: 'DECIMAL(38,13)', again: 'SMALLINT', is_major: 'BOOLEAN' };

  async function fill(rows: readonly Row[], momentType: 'TIMESTAMP WITH TIME ZONE' | 'TIMESTAMP'): Promise<void> {
    const typeOf = (column: (typeof columns)[number]): string => types[column] ?? (['opened', 'responded', 'restored', 'closed'].includes(column) ? momentType : 'VARCHAR');
    await trino.run(`CREATE OR REPLACE TABLE t (${columns.map((column) => `${column} ${typeOf(column)}`).join(', ')})`);
    const values = rows.toReversed().map((row) => `(${columns.map((column) => (row[column] === null ? 'NULL' : literal(String(row[column])))).join(', ')})`);
    if (values.length > 0) await trino.run(`INSERT INTO t VALUES ${values.join(', ')}`);
  }

  /** Rows come in the order of all their columns: the first of them is the place that they have as CSV. */
  const inPlaces = (rows: readonly Row[]): readonly Row[] => rows.map((row, index) => ({ ...row, n: String(index).padStart(6, '0'), size: row.size === null ? null : decimal(row.size) }));
  /** With all digits of its column. */
  const decimal = (text: string): string => {
    const [whole = '', part = ''] = text.split('.');
    return `${whole}.${part.padEnd(13, '0')}`;
  };

  async function inTrino(facts: Facts, from = 'trino lake table t'): Promise<Measurements> {
    return await measured(model(from, facts), {}, asOf, { databases: databases(), recordChecks });
  }

  async function same(some: readonly Row[], momentType: 'TIMESTAMP WITH TIME ZONE' | 'TIMESTAMP', more: Facts): Promise<void> {
    const [rows, facts] = [inPlaces(some), { ...more, map: 'classification = n' }];
    await fill(rows, momentType);
    const computed = await inTrino(facts);
    assert.deepEqual(computed.sources.map(({ computedIn, readBecause }) => ({ computedIn, readBecause })), [{ computedIn: 'database', readBecause: undefined }]);
    const expected = await measured(model('"tickets.csv"', facts), { 'tickets.csv': csv(rows) }, asOf, { recordChecks });
    assert.deepEqual(comparable(computed), comparable(expected));
  }

  it('are those of the same records as CSV, times with a zone', async () => {
    await fc.assert(fc.asyncProperty(tables(100), fc.constantFrom('key number', 'key n', 'keep all\n  key number', ''), async (rows, key) => {
      await same(rows, 'TIMESTAMP WITH TIME ZONE', { zone: 'Europe/Berlin', key });
    }), { numRuns: 3, endOnFailure: true });
  });

  it('are those of the same records as CSV, local times, some of which occur twice or never', async () => {
    await fc.assert(fc.asyncProperty(tables(100), fc.constantFrom('Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'UTC', undefined), async (rows, zone) => {
      const odd = ['2025-10-26 02:30:00.001', '2026-03-29 02:59:59.999', '2022-10-30 02:30:00', '2025-11-02 01:30:00', '2026-03-08 02:00:00'];
      await same(inLocalTime(rows).map((one, n) => (n < odd.length ? { ...one, opened: odd[n]! } : one)), 'TIMESTAMP', zone === undefined ? {} : { zone });
    }), { numRuns: 3, endOnFailure: true });
  });

  it('have the same records behind them', async () => {
    const rows = inPlaces(someRows(300, 11));
    await fill(rows, 'TIMESTAMP WITH TIME ZONE');
    const facts = { zone: 'Europe/Berlin', map: 'classification = n' };
    const there = new MeasuredProject(model('trino lake query "select * from t;"', facts));
    const here = new MeasuredProject(model('"tickets.csv"', facts), { 'tickets.csv': csv(rows) });
    try {
      const subjects: readonly Subject[] = [
        { kind: 'target', agreement: 'gold', target: 'p1' }, { kind: 'target', agreement: 'gold', target: 'p3' }, { kind: 'workload', agreement: 'gold', limit: 'calls' },
        { kind: 'metric', metric: 'quick' }, { kind: 'metric', metric: 'open-time' },
      ];
      for (const subject of subjects) {
        const list = async (project: MeasuredProject, more: object): Promise<unknown> => await rowsBehind({ model: project.model, asOf, dataFiles: await openNodeHost(project.folder), ...more }, subject, '2026-02', { skip: 1, limit: 30 });
        assert.deepEqual(await list(there, { databases: databases() }), await list(here, {}), JSON.stringify(subject));
      }
      // Nothing but the look at the columns asks for rows as they are.
      assert.deepEqual(trino.statements.filter((sql) => sql.startsWith('SELECT CAST("')), []);
    } finally {
      there.remove();
      here.remove();
    }
  });

  it('are computed here from its rows where they change while they are asked about', async () => {
    await fill(inPlaces(someRows(30, 3)), 'TIMESTAMP WITH TIME ZONE');
    let asked = 0;
    trino.before = async (sql) => {
      if (sql.includes('GROUP BY') && asked++ === 0) await trino.run("INSERT INTO t (n, kind, opened) VALUES ('999999', 'incident', '2026-02-02 08:00:00+00')");
    };
    const [source] = (await inTrino({ zone: 'Europe/Berlin' })).sources;
    assert.equal(source?.readBecause, 'its rows changed while they were asked about');
    assert.equal(asked > 0, true);
  });

  it('are computed here where the cluster would compute something else, and it is said why', async () => {
    await fill([], 'TIMESTAMP WITH TIME ZONE');
    const reasons: readonly (readonly [string, string, RegExp])[] = [
      ['where kind != "request"', 'where kind matches "^inc"', /regular expressions/],
      ['map updates = size', 'map updates = channel', /number is read from a text/],
      ['map opened, responded', 'map opened = channel\n  map responded', /time is read from a text/],
      ['key number', 'history by number at opened', /history/],
      ['value mean of updates + reopenings', 'value mean of updates / reopenings', /quotient/],
    ];
    for (const [from, to, reason] of reasons) {
      const text = model('trino lake table t', { zone: 'Europe/Berlin' });
      assert.ok(text.includes(from), from);
      const result = await measured(text.replace(from, to), {}, asOf, { databases: databases() });
      assert.match(result.sources[0]?.readBecause ?? '', reason, to);
    }
  });

  it('are asked for in statements of its grammar; what is of another language would be told', () => {
    const wrong = ['SELECT a::BIGINT FROM t', 'SELECT a FROM t LIMIT 3 OFFSET 2', 'SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY a) FROM t', 'SELECT least(a, b) FROM t', 'FROM t', "SELECT f(a) AS grouped, count(*) FROM t GROUP BY grouped"];
    for (const sql of wrong) assert.notDeepEqual(trino.faultsOf(sql), [], sql);
    assert.deepEqual(trino.faultsOf('SELECT f(a) AS grouped, count(*) FROM t GROUP BY 1 ORDER BY grouped OFFSET 2 LIMIT 3'), []);
  });
});
