import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { RecordCheck } from '../../server/assessment/rule.ts';
import { Engine } from '../../server/measurement/engine.ts';
import type { Measurements } from '../../server/measurement/figure.ts';
import { writeTickets } from '../bench/generate-tickets.ts';
import { MeasuredProject } from './measured-project.ts';

const asOf = '2026-11-10';

/** Runs with so many threads of the engine. */
async function withThreads<T>(threads: number, work: () => Promise<T>): Promise<T> {
  const create = DuckDBInstance.create;
  DuckDBInstance.create = (path, options) => create.call(DuckDBInstance, path, { ...options, threads: String(threads) });
  try {
    return await work();
  } finally {
    DuckDBInstance.create = create;
  }
}

/** What the engine was asked for meanwhile. */
async function asked(work: () => Promise<unknown>): Promise<readonly string[]> {
  const { run, rows } = Engine.prototype;
  const queries: string[] = [];
  Engine.prototype.run = function (sql) {
    queries.push(sql);
    return run.call(this, sql);
  };
  Engine.prototype.rows = function (sql) {
    queries.push(sql);
    return rows.call(this, sql);
  };
  try {
    await work();
  } finally {
    Object.assign(Engine.prototype, { run, rows });
  }
  return queries;
}

describe('the same inputs', function () {
  this.timeout(120_000);

  it('give the same bytes, however many threads compute them', async () => {
    const project = new MeasuredProject(`
customer buyer
priority P1
priority P2
service service-1
service service-2
calendar office { timezone Europe/London  open Mon-Fri 08:00-18:00  holidays GB-ENG }
source tickets of incident from "tickets.csv" {
  dates iso
  key id
  map opened = opened
  map responded = responded
  map restored = restored
  map priority = priority { "1" = P1  "2" = P2 }
  map service = service
  map assigned-to = service
}
sla gold for service-1, service-2 with buyer {
  support hours office
  target p1 restore P1 within 4h for 95% per month from tickets
  target p2 restore P2 within 1 working days for 95% per quarter from tickets
  target answer respond within 15min on average per month from tickets in always
}
metric slow { from tickets value p90 of restored - opened in office every month by priority }
metric typical { from tickets value median of restored - opened every year by assigned-to }
metric mean-time { from tickets where restored - opened > 1h value mean of restored - opened every month }
metric quick { from tickets value share of restored - opened <= 2h every month }
`);
    try {
      // More rows than one thread takes at once.
      await writeTickets(join(project.folder, 'tickets.csv'), 140_000);
      const results: string[] = [];
      for (const threads of [1, 4, 4]) results.push(JSON.stringify(await withThreads(threads, () => project.measure(asOf))));
      assert.ok(results[0]!.length > 10_000);
      for (const result of results) assert.ok(result === results[0], 'the results differ');
    } finally {
      project.remove();
    }
  });

  it('ask the engine for nothing a second time, and after a change only for what depends on it', async () => {
    const model = (hours: number, quick: number): string => `
customer buyer
service mail
priority P1
priority P2
source tickets of incident from "t.csv" { dates iso in UTC  key id  map opened, restored, priority, service }
source outages of outage from "o.csv" { dates iso in UTC  key id  map started, ended, service }
sla gold for mail with buyer {
  target first restore P1 within ${hours}h for 95% per month from tickets
  target second restore P2 within 29h for 95% per month from tickets
  target up availability >= 99% per month from outages
}
metric quick { from tickets value share of restored - opened <= ${quick}min every month }
metric many { from tickets value count every month }
`;
    const cacheFolder = mkdtempSync(join(tmpdir(), 'itsms-cache-'));
    const project = new MeasuredProject(model(4, 77), {
      't.csv': 'id,opened,restored,priority,service\nA,2026-10-02 09:00,2026-10-02 10:00,P1,mail\nB,2026-10-02 09:00,2026-10-03 10:00,P2,mail\n',
      'o.csv': 'id,started,ended,service\nX,2026-10-02 09:00,2026-10-02 10:00,mail\n',
    });
    const run = (): Promise<readonly string[]> => asked(() => project.measure(asOf, { cacheFolder }));
    const mentions = (queries: readonly string[], text: string): number => queries.filter((sql) => sql.includes(text)).length;
    try {
      const first = await run();
      assert.ok(mentions(first, "t.csv'], header") > 0 && mentions(first, "o.csv'], header") > 0);
      assert.deepEqual(await run(), []);

      project.setText(model(5, 77));
      const target = await run();
      // The records are read for it; the other target (29 hours), the metrics and the outages are not asked about.
      assert.ok(mentions(target, "t.csv'], header") === 1 && mentions(target, '18000000') > 0);
      assert.deepEqual([mentions(target, '104400000'), mentions(target, "o.csv'], header"), mentions(target, '4620000')], [0, 0, 0]);

      project.setText(model(5, 78));
      const metric = await run();
      assert.ok(mentions(metric, '4680000') > 0);
      assert.deepEqual([mentions(metric, '104400000'), mentions(metric, '18000000'), mentions(metric, "o.csv'], header")], [0, 0, 0]);
      assert.deepEqual(await run(), []);
    } finally {
      project.remove();
      rmSync(cacheFolder, { recursive: true, force: true });
    }
  });

  it('ask the engine once for what several figures and checks need', async () => {
    const project = new MeasuredProject(`
customer buyer
service mail
priority P1
calendar office { timezone Europe/London  open Mon-Fri 08:00-18:00 }
source tickets of incident from "t.csv" {
  dates iso in UTC
  history by id at changed
  pause while state = "waiting"
  map opened, restored, priority, service
}
sla gold for mail with buyer {
  support hours office
  target quick restore P1 within 4h for 95% per month from tickets
  target steady restore P1 within 2 working days for 95% per month from tickets
}
metric slow { from tickets value p90 of restored - opened in office every month }
metric typical { from tickets value median of restored - opened in office every month }
metric quick { from tickets value share of restored - opened in office <= 2h every month }
`, { 't.csv': 'id,changed,state,opened,restored,priority,service\nA,2026-10-01 09:00,new,2026-10-01 09:00,,P1,mail\nA,2026-10-01 10:00,waiting,2026-10-01 09:00,,P1,mail\nA,2026-10-01 15:00,done,2026-10-01 09:00,2026-10-01 15:00,P1,mail\n' });
    try {
      const check = (id: string, meets: string): RecordCheck => ({ id, recordKind: 'incident', meets, fields: ['restored'] });
      let checks: Measurements['checks'] = [];
      const queries = await asked(async () => {
        ({ checks } = await project.measure(asOf, { recordChecks: [check('x/restored', 'restored is not empty'), check('x/soon', 'restored - opened in office <= 1h')] }));
      });
      const count = (text: string): number => queries.filter((sql) => sql.includes(text)).length;
      const pauses = queries.filter((sql) => sql.includes('TABLE paused_')).map((sql) => sql.slice(sql.indexOf(' AS ')));
      assert.ok(pauses.length > 2 && new Set(pauses).size === pauses.length, 'how long records paused is worked out twice');
      assert.equal(count("t.csv'], header"), 1);
      assert.deepEqual(checks.map(({ check: id, population, shortfall }) => [id, population, shortfall]), [['x/restored', 1, 0], ['x/soon', 1, 0]]);
      assert.equal(count('count(v1)'), 1);
      // In order of days: not a join by order, for which the engine sorts all records.
      assert.equal(queries.filter((sql) => sql.includes('ASOF') && sql.includes('records_')).length, 0);
    } finally {
      project.remove();
    }
  });

  it('can be given up before they are done', async () => {
    const project = new MeasuredProject('source tickets of incident from "tickets.csv" { dates iso  key id  map opened, restored, priority, service }\nmetric slow { from tickets value p90 of restored - opened every month }');
    try {
      await writeTickets(join(project.folder, 'tickets.csv'), 100_000);
      const controller = new AbortController();
      await assert.rejects(project.measure(asOf, { signal: controller.signal, progress: () => controller.abort(new Error('enough')) }), /enough/u);
    } finally {
      project.remove();
    }
  });
});
