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

const text = `
organization acme "ACME Services"
person kate "Kate Moss-Green"
customer retail
calendar office { timezone Europe/London  open Mon-Fri 08:00-18:00 }
service email { customer retail }
priority P1 when impact high and urgency high
priority P2 when impact high and urgency medium
process incident { satisfies iso20000:8.6.1  closure within 2 working days in office }
major incident criteria major { criteria "Everybody"  approved by kate on 2026-01-01  inform top management within 4h }
sla gold for email with retail { support hours office  target restore restore within 4h for 95% per month from tickets }
source tickets of incident from "tickets.csv" {
  dates iso
  key id
  map opened = opened
  map restored = restored
  map closed = closed
  map classification = category
  map service = service
  map impact = impact
  map urgency = urgency
  map priority = priority
  map escalated-to = escalated_to
  map escalation-reason = escalation_reason
  map updates = updates
  map major = major
  map major-manager = manager
  map major-report = report
  map major-reviewed = reviewed
  map major-review-outcome = outcome
  map top-management-informed = informed
}
`;

/** A record that meets every row; each line below says what it changes and which check it then falls short of. */
const sound = {
  opened: '2026-10-12T09:00Z', restored: '2026-10-12T11:00Z', closed: '2026-10-13T09:00Z', category: 'mail', service: 'email', impact: 'high', urgency: 'high', priority: 'P1',
  escalated_to: '', escalation_reason: '', updates: '2', major: 'true', manager: 'Kate', report: 'MIR-1', reviewed: '2026-10-20T09:00Z', outcome: 'Improvement i1', informed: '2026-10-12T09:30Z',
} as const;

const faults: readonly { readonly id: string; readonly change: Partial<Record<keyof typeof sound, string>>; readonly short: readonly string[] }[] = [
  { id: 'sound', change: {}, short: [] },
  { id: 'not-major', change: { major: 'false', manager: '', report: '', reviewed: '', outcome: '', informed: '' }, short: [] },
  { id: 'no-category', change: { category: '' }, short: ['8.6.1.a/classified'] },
  { id: 'no-service', change: { service: '' }, short: ['8.6.1.a/service'] },
  { id: 'no-urgency', change: { urgency: '' }, short: ['8.6.1.b/prioritized'] },
  { id: 'wrong-priority', change: { urgency: 'medium' }, short: ['8.6.1.b/matrix'] },
  { id: 'not-in-matrix', change: { urgency: 'low' }, short: ['8.6.1.b/matrix'] },
  { id: 'late', change: { restored: '2026-10-12T15:00Z' }, short: ['8.6.1.c/escalated'] },
  { id: 'late-escalated', change: { restored: '2026-10-12T15:00Z', escalated_to: 'Second line', escalation_reason: 'Unknown cause' }, short: [] },
  { id: 'closed-unresolved', change: { restored: '', escalated_to: 'Second line', escalation_reason: 'Unknown cause' }, short: ['8.6.1.d/resolved'] },
  { id: 'resolved-before', change: { opened: '2026-10-12T12:00Z' }, short: ['8.6.1.d/resolved'] },
  { id: 'open-overdue', change: { restored: '', closed: '', escalated_to: 'Second line', escalation_reason: 'Unknown cause' }, short: ['8.6.1.d/overdue'] },
  { id: 'not-closed', change: { closed: '' }, short: ['8.6.1.e/closed'] },
  { id: 'not-yet-closed', change: { opened: '2026-11-09T09:00Z', restored: '2026-11-09T10:00Z', closed: '', informed: '2026-11-09T09:10Z', reviewed: '2026-11-09T12:00Z' }, short: [] },
  { id: 'no-entry', change: { updates: '0' }, short: ['8.6.1.1/updated'] },
  { id: 'not-informed', change: { informed: '' }, short: ['8.6.1.4/informed'] },
  { id: 'informed-late', change: { informed: '2026-10-12T15:01Z' }, short: ['8.6.1.4/informed'] },
  { id: 'informed-in-time', change: { informed: '2026-10-12T15:00Z' }, short: [] },
  { id: 'no-manager', change: { manager: '' }, short: ['8.6.1.5/manager'] },
  { id: 'no-report', change: { report: '' }, short: ['8.6.1.6/reported'] },
  { id: 'not-reviewed', change: { reviewed: '' }, short: ['8.6.1.7/reviewed'] },
  { id: 'no-outcome', change: { outcome: '' }, short: ['8.6.1.7/reviewed'] },
];

describe('rules over real records', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'itsms-records-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('find each record that falls short of a check, and no other', async function () {
    this.timeout(120_000);
    const columns = Object.keys(sound);
    const rows = faults.map(({ id, change }) => [id, ...Object.values({ ...sound, ...change })].join(','));
    await writeFile(join(folder, 'tickets.csv'), [['id', ...columns].join(','), ...rows, ''].join('\n'));
    const model = new ProjectModel();
    model.update('model.itsms', new FragmentBuilder().build('model.itsms', text));
    const engine = new AssessmentEngine(model, { asOf: dateFrom('2026-11-10'), rules: rules.filter(({ row }) => row.clause === '8.6.1') });
    const measurements = await measure({ model, asOf: '2026-11-10', dataFiles: await openNodeHost(folder), recordChecks: engine.recordChecks() });
    // The one that ends before it begins is found when it is read, too.
    assert.deepEqual(measurements.findings.map(({ message }) => message.replace(/ \(.*/s, '')), ['1 of 22 records of tickets have “restored” before “opened”: resolved-before']);

    const found = new Map<string, string[]>();
    for (const { check, firstKeys, population } of measurements.checks) {
      assert.ok(population !== undefined && population > 0, `${check} has an answer`);
      for (const key of firstKeys) found.set(key, [...(found.get(key) ?? []), check].sort());
    }
    assert.deepEqual(
      faults.map(({ id }) => [id, found.get(id) ?? []]),
      faults.map(({ id, short }) => [id, short]),
    );

    engine.setMeasurements(measurements);
    const { requirements } = engine.assessment();
    const effective = requirements.filter(({ id }) => id.startsWith('8.6.1.') && !['8.6.1.2', '8.6.1.3'].includes(id)).map(({ id, effective: state }) => `${id} ${state}`);
    // Overdue open incidents are listed, but closing them is what 8.6.1.d asks, so one closed without resolution makes the difference.
    assert.deepEqual(effective, ['a', 'b', 'c', 'd', 'e', '1', '4', '5', '6', '7'].map((item) => `8.6.1.${item} no`));
  });
});
