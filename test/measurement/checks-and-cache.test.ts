import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '../../server/measurement/engine.ts';
import { figureOf, measured, MeasuredProject } from './measured-project.ts';

const model = `
service mail
customer retail
priority P1
calendar office { timezone Europe/London  open Mon-Fri 08:00-18:00 }
source tickets of incident from "tickets.csv" {
  dates iso in Europe/London
  key id
  map opened = opened
  map restored = restored
  map closed = closed
  map service = service
  map priority = priority
  map escalated-to = escalated
  map major = major { "J" = true  "N" = false }
}
sla gold for mail with retail {
  support hours office
  target p1 restore P1 within 4h for 95% per month from tickets
}
metric n { from tickets value count }
`;
const rows = `id,opened,restored,closed,service,priority,escalated,major
A,2026-03-02 09:00,2026-03-02 10:00,2026-03-02 11:00,mail,P1,,N
B,2026-03-02 09:00,2026-03-02 17:00,,mail,P1,,J
C,2026-04-07 09:00,,,mail,P1,team,N
D,2026-03-02 09:00,,2026-03-05 09:00,mail,,,N
E,2024-03-02 09:00,,2024-03-05 09:00,mail,,,N
`;
const asOf = '2026-04-10';

describe('checks of records', () => {
  it('counts who is asked and who falls short, in the last months', async () => {
    const { checks, records } = await measured(model, { 'tickets.csv': rows }, asOf, {
      recordChecks: [
        { id: '8.6.1/closed-restored', recordKind: 'incident', where: 'closed is not empty', meets: 'restored is not empty', fields: ['closed', 'restored'] },
        { id: '8.6.1/all', recordKind: 'incident', meets: 'priority is not empty and opened <= as-of', fields: ['priority', 'opened'] },
        { id: '8.6.1/late', recordKind: 'incident', where: 'past-due', meets: 'escalated-to is not empty', fields: ['escalated-to', 'past-due'] },
        { id: '8.6.1/major', recordKind: 'incident', where: 'major', meets: 'major-manager is not empty', fields: ['major', 'major-manager'] },
        { id: '8.6.1/broken', recordKind: 'incident', meets: 'this is ( nonsense', fields: [] },
        { id: '8.5.1/changes', recordKind: 'change', meets: 'approved is not empty', fields: ['approved'] },
      ],
    });
    assert.deepEqual(checks, [
      { check: '8.6.1/major', source: 'tickets', firstKeys: [], missingFields: ['major-manager'] },
      { check: '8.6.1/closed-restored', source: 'tickets', population: 2, shortfall: 1, firstKeys: ['D'], missingFields: [] },
      { check: '8.6.1/all', source: 'tickets', population: 4, shortfall: 1, firstKeys: ['D'], missingFields: [] },
      { check: '8.6.1/late', source: 'tickets', population: 2, shortfall: 1, firstKeys: ['B'], missingFields: [] },
    ]);
    assert.deepEqual(records.map(({ key, fields }) => [key, fields['major'], fields['opened']]), [['B', 'true', '2026-03-02T09:00:00Z']]);
  });

  it('takes the time that the tool says was due', async () => {
    const text = model.replace('  map closed = closed\n', '  map due = closed\n');
    const { checks } = await measured(text, { 'tickets.csv': rows }, asOf, { recordChecks: [{ id: 'x/late', recordKind: 'incident', where: 'past-due', meets: 'escalated-to is not empty', fields: [] }] });
    assert.deepEqual([checks[0]!.population, checks[0]!.firstKeys], [1, ['D']]);
  });
});

describe('the cache', () => {
  it('keeps what did not change and computes what did', async () => {
    const cacheFolder = mkdtempSync(join(tmpdir(), 'itsms-cache-'));
    const project = new MeasuredProject(model, { 'tickets.csv': rows });
    const messages: string[] = [];
    const run = async (): ReturnType<MeasuredProject['measure']> => {
      messages.length = 0;
      return await project.measure(asOf, { cacheFolder, progress: ({ message }) => messages.push(message) });
    };
    try {
      const first = await run();
      assert.ok(messages.includes('Measuring n') && messages.includes('Measuring targets from tickets'));
      assert.deepEqual(await run(), first);
      assert.deepEqual(messages.filter((message) => message.startsWith('Measuring')), []);

      project.setText(model.replace('within 4h', 'within 9h'));
      const changed = await run();
      assert.deepEqual(messages.filter((message) => message.startsWith('Measuring')), ['Measuring targets from tickets']);
      assert.deepEqual([figureOf(first, 'p1', '2026-03').verdict, figureOf(changed, 'p1', '2026-03').verdict], ['missed', 'met']);

      project.write('tickets.csv', `${rows}F,2026-03-09 09:00,,,mail,P1,,N\n`);
      const more = await run();
      assert.deepEqual([figureOf(first, 'n', '2026-03').value, figureOf(more, 'n', '2026-03').value], ['3', '4']);

      project.setText(model.replace('08:00-18:00', '08:00-12:00'));
      await run();
      assert.deepEqual(messages.filter((message) => message.startsWith('Measuring')), ['Measuring targets from tickets']);

      for (const file of readdirSync(cacheFolder)) writeFileSync(join(cacheFolder, file), '{"version":2,"files":');
      project.setText(model);
      assert.equal(figureOf(await run(), 'n', '2026-03').value, '4');
      assert.deepEqual(readdirSync(cacheFolder).filter((file) => !/^figures-[0-9a-f]{16}\.json$/.test(file)), []);
    } finally {
      project.remove();
      rmSync(cacheFolder, { recursive: true, force: true });
    }
  });

  it('gives the same every time', async () => {
    const [first, second] = [await measured(model, { 'tickets.csv': rows }, asOf), await measured(model, { 'tickets.csv': rows }, asOf)];
    assert.deepEqual({ ...first, project: undefined }, { ...second, project: undefined });
  });
});

describe('the engine', () => {
  it('reads its files and nothing else, and cannot be talked out of it', async () => {
    const project = new MeasuredProject('', { 'a.csv': 'x\n1\n', 'b.csv': 'x\n2\n' });
    const [allowed, other] = [join(project.folder, 'a.csv'), join(project.folder, 'b.csv')];
    const engine = await Engine.open([allowed], new AbortController().signal);
    try {
      assert.deepEqual(await engine.rows(`SELECT * FROM read_csv('${allowed}', header = true, all_varchar = true)`), [['1']]);
      const refused = [
        `SELECT * FROM read_csv('${other}')`, "SELECT * FROM read_text('/etc/passwd')", `SELECT * FROM glob('${project.folder}/*')`,
        `COPY (SELECT 1) TO '${join(project.folder, 'c.csv')}'`, `COPY (SELECT 1) TO '${allowed}'`, "INSTALL httpfs", "LOAD httpfs", "SELECT * FROM read_csv('https://example.org/x.csv')",
        'SET enable_external_access = true', `SET allowed_paths = ['${other}']`, 'RESET enable_external_access', `ATTACH '${join(project.folder, 'd.db')}'`,
        "SET temp_directory = '/tmp'",
      ];
      for (const sql of refused) await assert.rejects(engine.run(sql), /Permission Error|locked|Cannot|IO Error|Binder Error|not be found|extension/i, sql);
      assert.deepEqual(readdirSync(project.folder).sort(), ['a.csv', 'b.csv']);
    } finally {
      engine.close();
      project.remove();
    }
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const engine = await Engine.open([], controller.signal);
    try {
      const running = engine.rows('SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b');
      setImmediate(() => controller.abort(new Error('enough')));
      await assert.rejects(running, /enough/);
    } finally {
      engine.close();
    }
    const already = AbortSignal.abort(new Error('never mind'));
    await assert.rejects(measured(model, { 'tickets.csv': rows }, asOf, { signal: already }), /never mind/);
  });
});
