import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { dateFrom } from '../../language/values/date.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import { rules } from '../../server/iso20000/rules.ts';
import { measure } from '../../server/measurement/measure.ts';
import { openNodeHost } from '../../server/project/node-host.ts';

/** What a kind of record needs for a source: columns are called as fields are. */
function source(kind: string, fields: readonly string[], zone = ' in UTC'): string {
  return `source ${kind}s of ${kind} from "${kind}.csv" {\n  dates iso${zone}\n  key id\n${fields.map((field) => `  map ${field} = column "${field}"\n`).join('')}}\n`;
}

interface Records {
  readonly kind: string;
  /** Text of the model beside the source. */
  readonly text: string;
  readonly zone?: string;
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** Which checks of the rows each record falls short of, and how many records each check speaks of. */
async function checked(folder: string, { kind, text, zone, rows }: Records, row: string) {
  const columns = Object.keys(rows[0]!).filter((column) => column !== 'id');
  await writeFile(join(folder, `${kind}.csv`), [['id', ...columns].join(','), ...rows.map((fields) => ['id', ...columns].map((column) => fields[column] ?? '').join(',')), ''].join('\n'));
  const model = new ProjectModel();
  model.update('model.itsms', new FragmentBuilder().build('model.itsms', `organization acme\n${text}\n${source(kind, columns, zone)}`));
  const engine = new AssessmentEngine(model, { asOf: dateFrom('2026-11-10'), rules });
  const { checks } = await measure({ model, asOf: '2026-11-10', dataFiles: await openNodeHost(folder), recordChecks: engine.recordChecks() });
  return checks.flatMap(({ check, population, firstKeys }) => (check.startsWith(`${row}/`) ? [`${check.slice(row.length + 1)}: ${firstKeys.join(' ')} of ${population}`] : [])).sort();
}

const complaint = { received: '2026-10-01T09:00Z', service: 'email', owner: 'Kate', due: '', closed: '2026-10-05T09:00Z', 'escalated-to': '', reported: '2026-11-02T09:00Z' };
const complaints = {
  kind: 'complaint',
  text: 'service email',
  rows: [
    { id: 'sound', ...complaint },
    { id: 'no-owner', ...complaint, owner: '' },
    { id: 'young', ...complaint, received: '2026-11-03T09:00Z', closed: '', reported: '' },
    { id: 'old', ...complaint, received: '2026-10-02T09:00Z', closed: '', reported: '' },
    { id: 'old-escalated', ...complaint, received: '2026-10-02T09:00Z', closed: '', 'escalated-to': 'Kate' },
    { id: 'late', ...complaint, received: '2026-08-01T09:00Z' },
    { id: 'late-escalated', ...complaint, received: '2026-08-01T09:00Z', 'escalated-to': 'Kate' },
    { id: 'due-later', ...complaint, received: '2026-08-01T09:00Z', due: '2026-12-01T09:00Z', closed: '', reported: '' },
    { id: 'due-before', ...complaint, received: '2026-11-03T09:00Z', due: '2026-11-04T09:00Z', closed: '', reported: '' },
    { id: 'not-reported', ...complaint, reported: '' },
  ],
} satisfies Records;

describe('rules of relationships and of supply and demand over real records', function () {
  this.timeout(120_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'itsms-relationship-records-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('find complaints that are late by the day each was due, else by the default', async () => {
    assert.deepEqual(await checked(folder, complaints, '8.3.2.8'), ['closed: old old-escalated due-before of 10', 'recorded: no-owner of 10', 'reported: old due-before not-reported of 10']);
    assert.deepEqual(await checked(folder, complaints, '8.3.2.9'), ['escalated: old late due-before of 10']);
  });

  it('take the target for complaints from the process', async () => {
    const text = 'service email\ncalendar office { timezone Europe/London  open Mon-Fri 08:00-18:00 }\nprocess relations { satisfies iso20000:8.3.2  closure within 2 working days in office }';
    const rows = complaints.rows.map(({ due: _due, ...fields }) => fields);
    // Received on a Tuesday a week before, and closed on the Monday after a Thursday.
    assert.deepEqual(await checked(folder, { ...complaints, text, rows: rows.slice(0, 3) }, '8.3.2.8'), ['closed: young of 3', 'recorded: no-owner of 3', 'reported: young of 3']);
    assert.deepEqual(await checked(folder, { ...complaints, text, rows: rows.slice(0, 3) }, '8.3.2.9'), ['escalated: young of 3']);
  });

  it('find who was asked in no survey, whether or not the dates say a zone', async () => {
    const survey = { customer: 'retail', performed: '2026-03-31', sample: '40', 'sample-basis': 'All who called', analysis: 'Content', actions: 'None needed', reported: '2026-04-15' };
    const rows = [
      { id: 'sound', ...survey },
      { id: 'nobody', ...survey, sample: '0' },
      { id: 'all', ...survey, customer: '', 'sample-basis': '' },
      { id: 'old', ...survey, customer: 'bank', performed: '2025-11-09' },
    ];
    for (const zone of [' in Europe/London', '']) {
      const surveys = { kind: 'survey', text: 'customer retail\ncustomer bank\ncustomer clinic', zone, rows };
      assert.deepEqual(await checked(folder, surveys, '8.3.2.6'), ['bank: all of 1', 'clinic: all of 1', 'retail: nobody all of 3']);
      assert.deepEqual(await checked(folder, surveys, '8.3.2.7'), ['actions:  of 4', 'analysed:  of 4', 'reported:  of 4']);
    }
  });

  it('find reports of cost that are missing, say too little, or deviate without an action', async () => {
    const report = { period: '2026-07-01', budget: 'b26', actual: '81000 EUR', forecast: '320000 EUR', variance: '1.5', reviewed: '2026-10-12', 'reported-to': 'Kate', actions: '' };
    const text = 'budget b26 { period 2026  tolerance 2.5%  action "Fewer contractors" done 2026-05-01 }\nbudget fair { period 2026-Q3 }\nbudget new { period 2026-11 }';
    const rows = [
      { id: 'sound', ...report },
      { id: 'too-old', ...report, period: '2026-04-01', reviewed: '' },
      { id: 'says-nothing', ...report, actual: '', forecast: '' },
      { id: 'over', ...report, variance: '2.6' },
      { id: 'under', ...report, variance: '-2.6' },
      { id: 'acted', ...report, variance: '-2.6', actions: 'Hire sooner' },
      { id: 'at-the-limit', ...report, variance: '-2.5' },
      { id: 'answered-by-the-budget', ...report, period: '2026-04-01', variance: '9' },
      { id: 'unknown', ...report, variance: '' },
    ];
    assert.deepEqual(await checked(folder, { kind: 'cost', text, rows }, '8.4.1.3'), ['b26: says-nothing unknown of 7']);
    assert.deepEqual(await checked(folder, { kind: 'cost', text, rows }, '8.4.1.4'), ['b26: says-nothing of 7']);
    assert.deepEqual(await checked(folder, { kind: 'cost', text, rows }, '8.4.1.5'), ['b26: over under of 8']);
  });

  it('find services without a recent record of demand', async () => {
    const record = { period: '2026-04-01', service: 'email', current: '40', forecast: '42', consumption: '39', recorded: '2026-07-08', 'reported-to': 'Kate' };
    const rows = [
      { id: 'sound', ...record },
      { id: 'no-forecast', ...record, forecast: '' },
      { id: 'told-nobody', ...record, 'reported-to': '' },
      { id: 'old', ...record, service: 'shop', recorded: '2026-05-09' },
    ];
    const demand = { kind: 'demand', text: 'service email\nservice shop\nservice later { status planned }', rows };
    assert.deepEqual(await checked(folder, demand, '8.4.2.a'), ['email: no-forecast of 3', 'shop:  of 0']);
    assert.deepEqual(await checked(folder, demand, '8.4.2.b'), ['email: told-nobody of 3', 'shop:  of 0']);
  });

  it('find changes of contracts by their keys, and whether they were assessed before they were approved', async () => {
    const change = { opened: '2026-03-01', approved: '2026-03-05', 'impact-services': 'none', 'impact-policies': 'none' };
    const rows = [
      { id: 'CHG-1', ...change },
      { id: 'CHG 2', ...change, 'impact-policies': '' },
      { id: 'CHG3', ...change, approved: '2026-02-27' },
      { id: 'CHG4', ...change, approved: '' },
    ];
    const text = 'supplier skynet { kind external }\nservice hosting\ncontract sky with skynet for hosting { changed by "CHG-1", "CHG 2", CHG3, CHG4, "CHG\\"5" }';
    assert.deepEqual(await checked(folder, { kind: 'change', text, rows }, '8.3.4.1.9'), ['sky-0:  of 1', 'sky-1: CHG 2 of 1', 'sky-2: CHG3 of 1', 'sky-3: CHG4 of 1', 'sky-4:  of 0']);
  });
});
