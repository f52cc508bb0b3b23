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
calendar office { timezone Europe/London  open Mon-Fri 08:00-18:00 }
priority P3 when impact low and urgency high
service print "Printing"
request model laptop "Laptop" { instructions "By the checklist" available to "Desk" priority P3 within 5 working days }
request model phone "Phone" { instructions "From the shelf" available to "Desk" }
process request { satisfies iso20000:8.6.2  closure within 2 working days in office }
process problem { satisfies iso20000:8.6.3  closure within 14d }
transition new-print "New printers" of print { completed 2026-10-01 release R-1 }
transition new-ink "New ink" of print { completed 2026-10-01 release R-2 }
transition new-paper "New paper" of print { completed 2026-10-01 release "R 3" }
source orders of service-request from "orders.csv" {
  dates iso
  key id
  map opened = opened
  map classification = category
  map model = item
  map priority = priority
  map fulfilled = fulfilled
  map not-fulfilled = not_fulfilled
  map closed = closed
  map updates = updates
}
source causes of problem from "causes.csv" {
  dates iso
  key id
  map opened = opened
  map classification = category
  map priority = priority
  map due = due
  map escalated-to = escalated_to
  map root-cause = cause
  map progress = noted
  map workaround = workaround
  map permanent-fix = fix
  map controlled-item = controlled
  map resolved = resolved
  map no-resolution = not_resolved
  map closed = closed
  map updates = updates
  map changes = changes
  map known-error = known_error
  map actions = actions
}
source alterations of change from "changes.csv" {
  dates iso in Europe/London
  key id
  map opened = opened
}
source known of known-error from "known.csv" {
  dates iso in Europe/London
  key id
  map recorded = recorded
  map workaround = workaround
  map updated = updated
  map available-to = audience
  map retired = retired
}
source releases of release from "releases.csv" {
  dates iso in Europe/London
  key id
  map planned = planned
  map deployed = deployed
}
`;

interface Fault<Record> {
  readonly id: string;
  readonly change: Partial<Record>;
  /** The checks that it then falls short of. */
  readonly short: readonly string[];
}

const order = { opened: '2026-10-12T09:00Z', category: '', item: 'laptop', priority: '', fulfilled: '2026-10-13T09:00Z', not_fulfilled: '', closed: '2026-10-14T09:00Z', updates: '2' };
const orders: readonly Fault<typeof order>[] = [
  { id: 'sound', change: {}, short: [] },
  { id: 'own-priority', change: { item: 'phone', priority: 'P3' }, short: [] },
  { id: 'no-priority', change: { item: 'phone' }, short: ['8.6.2.b/prioritized'] },
  { id: 'no-model', change: { item: '', category: 'hardware', priority: 'P3' }, short: ['8.6.2.2/instructed'] },
  { id: 'no-category', change: { item: '', priority: 'P3' }, short: ['8.6.2.2/instructed', '8.6.2.a/classified'] },
  { id: 'not-recorded', change: { opened: '' }, short: ['8.6.2.a/recorded'] },
  { id: 'not-fulfilled', change: { fulfilled: '' }, short: ['8.6.2.c/fulfilled'] },
  { id: 'refused', change: { fulfilled: '', not_fulfilled: 'Not entitled' }, short: [] },
  { id: 'overdue', change: { fulfilled: '', closed: '' }, short: ['8.6.2.c/overdue'] },
  { id: 'open', change: { opened: '2026-11-09T09:00Z', fulfilled: '', closed: '' }, short: [] },
  { id: 'not-closed', change: { closed: '' }, short: ['8.6.2.d/closed'] },
  { id: 'not-yet-closed', change: { fulfilled: '2026-11-10T09:00Z', closed: '' }, short: [] },
  { id: 'no-entry', change: { updates: '0' }, short: ['8.6.2.1/updated'] },
];

const cause = {
  opened: '2026-08-12T09:00Z', category: 'software', priority: 'P3', due: '2026-09-30T09:00Z', escalated_to: '', cause: 'Old driver', noted: '', workaround: 'Start again', fix: 'New driver', controlled: 'true',
  resolved: '2026-09-12T09:00Z', not_resolved: '', closed: '2026-09-13T09:00Z', updates: '4', changes: 'CHG1', known_error: 'KE1', actions: '',
};
const open = { fix: '', controlled: '', resolved: '', closed: '', changes: '', due: '' };
const causes: readonly Fault<typeof cause>[] = [
  { id: 'sound', change: {}, short: [] },
  { id: 'no-category', change: { category: '' }, short: ['8.6.3.a/classified'] },
  { id: 'no-priority', change: { priority: '' }, short: ['8.6.3.b/prioritized'] },
  { id: 'late', change: { due: '2026-09-01T09:00Z' }, short: ['8.6.3.c/escalated'] },
  { id: 'late-escalated', change: { due: '2026-09-01T09:00Z', escalated_to: 'Maker' }, short: [] },
  { id: 'open-late', change: { ...open, due: '2026-11-01T09:00Z' }, short: ['8.6.3.c/escalated'] },
  { id: 'open-in-time', change: { ...open, due: '2026-12-01T09:00Z' }, short: [] },
  { id: 'closed-unresolved', change: { resolved: '', due: '' }, short: ['8.6.3.d/resolved'] },
  { id: 'not-solvable', change: { resolved: '', due: '', not_resolved: 'The maker is gone' }, short: [] },
  { id: 'not-solvable-nowhere', change: { resolved: '', due: '', not_resolved: 'The maker is gone', known_error: 'KE9' }, short: ['8.6.3.6/found', '8.6.3.d/resolved'] },
  { id: 'not-closed', change: { closed: '' }, short: ['8.6.3.e/closed'] },
  { id: 'not-analysed', change: { ...open, cause: '' }, short: ['8.6.3.2/analysed'] },
  { id: 'in-analysis', change: { ...open, cause: '', noted: '2026-11-02T09:00Z' }, short: [] },
  { id: 'new', change: { ...open, opened: '2026-10-20T09:00Z', cause: '', workaround: '', known_error: '' }, short: [] },
  { id: 'no-action', change: { ...open, workaround: '', actions: 'Users are told each morning' }, short: ['8.6.3.2/action'] },
  { id: 'no-relief', change: { ...open, workaround: '' }, short: ['8.6.3.2/action', '8.6.3.5/reduced'] },
  { id: 'no-entry', change: { updates: '0' }, short: ['8.6.3.3/updated'] },
  { id: 'no-change', change: { changes: '' }, short: ['8.6.3.4/changed'] },
  { id: 'two-changes', change: { changes: 'CHG1; CHG2' }, short: [] },
  { id: 'change-nowhere', change: { changes: 'CHG9' }, short: ['8.6.3.4/found'] },
  { id: 'not-controlled', change: { changes: '', controlled: 'false' }, short: [] },
  { id: 'no-known-error', change: { ...open, known_error: '' }, short: ['8.6.3.6/linked'] },
  { id: 'known-error-nowhere', change: { ...open, known_error: 'KE9' }, short: ['8.6.3.6/found'] },
];

const known = { recorded: '2026-05-01', workaround: 'Start again', updated: '2026-10-01', audience: 'Desk', retired: '' };
const knownErrors: readonly Fault<typeof known>[] = [
  { id: 'KE1', change: {}, short: [] },
  { id: 'KE2', change: { recorded: '' }, short: ['8.6.3.6/recorded'] },
  { id: 'KE3', change: { workaround: '' }, short: ['8.6.3.6/workaround'] },
  { id: 'KE4', change: { audience: '' }, short: ['8.6.3.7/available'] },
  { id: 'KE5', change: { updated: '' }, short: ['8.6.3.7/updated'] },
  { id: 'KE6', change: { updated: '2026-05-01' }, short: ['8.6.3.7/current'] },
  { id: 'KE7', change: { updated: '2026-05-01', retired: '2026-06-01' }, short: [] },
];

function csv<Record extends object>(sound: Record, faults: readonly Fault<Record>[]): string {
  return [['id', ...Object.keys(sound)], ...faults.map(({ id, change }) => [id, ...Object.values({ ...sound, ...change })])].map((row) => `${row.join(',')}\n`).join('');
}

describe('rules on requests, problems and releases over real records', () => {
  let folder: string;
  let engine: AssessmentEngine;
  const found = new Map<string, string[]>();
  const populations = new Map<string, number | undefined>();

  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(join(tmpdir(), 'itsms-records-'));
    await writeFile(join(folder, 'orders.csv'), csv(order, orders));
    await writeFile(join(folder, 'causes.csv'), csv(cause, causes));
    await writeFile(join(folder, 'known.csv'), csv(known, knownErrors));
    await writeFile(join(folder, 'changes.csv'), 'id,opened\nCHG1,2026-08-20\n');
    await writeFile(join(folder, 'releases.csv'), 'id,planned,deployed\nR-1,2026-09-30,2026-10-01T05:00Z\nR-2,2026-09-30,\n');
    const model = new ProjectModel();
    model.update('model.itsms', new FragmentBuilder().build('model.itsms', text));
    const own = rules.filter(({ row }) => ['8.5.2.3', '8.6.2', '8.6.3'].includes(row.clause));
    engine = new AssessmentEngine(model, { asOf: dateFrom('2026-11-10'), rules: own });
    const measurements = await measure({ model, asOf: '2026-11-10', dataFiles: await openNodeHost(folder), recordChecks: engine.recordChecks() });
    for (const { check, source, firstKeys, population } of measurements.checks) {
      populations.set(check, population);
      for (const key of firstKeys) found.set(`${source} ${key}`, [...(found.get(`${source} ${key}`) ?? []), check].sort());
    }
    engine.setMeasurements(measurements);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const [source, faults] of [['orders', orders], ['causes', causes], ['known', knownErrors]] as const) {
    it(`find each record of ${source} that falls short of a check, and no other`, () => {
      assert.deepEqual(
        faults.map(({ id }) => [id, found.get(`${source} ${id}`) ?? []]),
        faults.map(({ id, short }) => [id, short]),
      );
    });
  }

  it('speak of some record in each check', () => {
    assert.deepEqual([...populations].filter(([, population]) => population === undefined).map(([check]) => check), []);
    assert.deepEqual([...populations].filter(([, population]) => population === 0).map(([check]) => check), ['8.5.2.3.3/new-paper']);
  });

  it('look up the release of a transition', () => {
    const messages = engine.findingsOf('model.itsms').flatMap(({ finding }) => (finding.requirements.includes('8.5.2.3.3') ? [finding.message.replace(/\. \(.*/s, '')] : []));
    assert.deepEqual(messages.sort(), ['No release record has the key R 3', 'The release R-2 does not say when it was deployed']);
  });
});
