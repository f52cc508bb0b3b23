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

const changeFields = [
  'opened', 'requested-by', 'category', 'state', 'service', 'configuration-items', 'proposal', 'major-impact', 'route', 'transition', 'priority', 'risk', 'benefit', 'feasibility', 'financial-impact',
  'impact-services', 'impact-customers', 'impact-policies', 'impact-capacity', 'impact-availability', 'impact-continuity', 'impact-security', 'related-changes', 'approved-by', 'approved', 'planned-from',
  'planned-to', 'communicated', 'remediation', 'remediation-tested', 'verification', 'test-result', 'implemented', 'outcome', 'reviewed', 'review-result', 'actions', 'release',
] as const;
const releaseFields = [
  'planned', 'owner', 'changes', 'changes-approved', 'problems', 'known-errors', 'deliverables', 'method', 'criteria', 'verified', 'verification-result', 'decision', 'approved-by', 'approved', 'deployed',
  'baseline', 'integrity-check', 'outcome', 'related-incidents',
] as const;

const text = `
organization acme "ACME Services" { top management kate }
person kate "Kate Moss-Green"
person tom "Tom Okafor" { contact "tom@acme.example" }
person lena "Lena Ruiz"
role change-manager "Change manager" held by tom
service email
service chat { status planned }
service fax { status retiring }
ci server-a
ci server-b
change category standard { handling "By its instruction"  pre approved }
change category normal { handling "Weekly meeting"  approver change-manager }
change category small { handling "By two people"  approver change-manager  requester may approve }
change category major { handling "Planned first"  approver kate  route design-and-transition }
transition new-chat of chat { kind add  stage build }
transition no-fax of fax { kind remove  stage completed  completed 2026-06-01  changes fax-goes }
baseline before-r1 { cis server-a  taken 2026-09-01 }
baseline before-named { cis server-a  taken 2026-09-01  release named }
analysis r-q3 of releases { performed 2026-10-05  period 2026-Q3  every 3mo }
source changes of change from "changes.csv" {
  dates iso
  key id
${changeFields.map((field) => `  map ${field} = ${field.replaceAll('-', '_')}\n`).join('')}}
source releases of release from "releases.csv" {
  dates iso
  key id
${releaseFields.map((field) => `  map ${field} = ${field.replaceAll('-', '_')}\n`).join('')}}
`;

type Values<Field extends string> = Partial<Record<Field, string>>;
interface Fault<Field extends string> {
  readonly id: string;
  readonly change: Values<Field>;
  readonly short: readonly string[];
}

/** A record that meets every row; each line below says what it changes and which checks it then falls short of. */
const change: Readonly<Record<(typeof changeFields)[number], string>> = {
  'opened': '2026-09-01T09:00Z', 'requested-by': 'Lena Ruiz', 'category': 'normal', 'state': 'reviewed', 'service': 'email', 'configuration-items': '', 'proposal': 'none', 'major-impact': 'false', 'route': '',
  'transition': '', 'priority': 'normal', 'risk': 'low', 'benefit': 'Faster', 'feasibility': 'yes', 'financial-impact': 'none', 'impact-services': 'none', 'impact-customers': 'none', 'impact-policies': 'none',
  'impact-capacity': 'none', 'impact-availability': 'none', 'impact-continuity': 'none', 'impact-security': 'none', 'related-changes': 'none', 'approved-by': 'Tom Okafor', 'approved': '2026-09-02T09:00Z',
  'planned-from': '2026-09-10T06:00Z', 'planned-to': '2026-09-10T08:00Z', 'communicated': '2026-09-03T09:00Z', 'remediation': 'Version before', 'remediation-tested': 'yes', 'verification': 'Two people',
  'test-result': 'passed', 'implemented': '2026-09-10T07:00Z', 'outcome': 'successful', 'reviewed': '2026-09-16T09:00Z', 'review-result': 'As intended', 'actions': '', 'release': '',
};
const assessed = ['risk', 'benefit', 'feasibility', 'financial-impact', 'impact-services', 'impact-customers', 'impact-policies', 'impact-capacity', 'impact-availability', 'impact-continuity', 'impact-security', 'related-changes', 'remediation', 'remediation-tested'] as const;
const notAssessed: Values<(typeof changeFields)[number]> = Object.fromEntries(assessed.map((field) => [field, '']));
const notDone: Values<(typeof changeFields)[number]> = { implemented: '', verification: '', 'test-result': '', outcome: '', reviewed: '', 'review-result': '' };

const changeFaults: readonly Fault<(typeof changeFields)[number]>[] = [
  { id: 'sound', change: {}, short: [] },
  { id: 'not-recorded', change: { opened: '' }, short: ['8.5.1.2.1/recorded', '8.5.1.2.3/order'] },
  { id: 'no-requester', change: { 'requested-by': '' }, short: ['8.5.1.2.1/requester'] },
  { id: 'no-category', change: { category: '' }, short: ['8.5.1.2.1/category'] },
  // Of a category that is not declared no route is known.
  { id: 'unknown-category', change: { category: 'great' }, short: ['8.5.1.2.1/category', '8.5.1.2.3/route'] },
  { id: 'adds', change: { category: 'major', 'approved-by': 'Kate Moss-Green', proposal: 'add', 'major-impact': 'true', service: 'chat', transition: 'new-chat' }, short: [] },
  { id: 'adds-nowhere', change: { proposal: 'add', 'major-impact': 'true' }, short: ['8.5.1.2.a/route', '8.5.1.2.a/transition'] },
  { id: 'adds-little', change: { proposal: 'add' }, short: [] },
  { id: 'alters-nowhere', change: { proposal: 'change', 'major-impact': 'true' }, short: ['8.5.1.2.b/route', '8.5.1.2.b/transition'] },
  { id: 'alters-the-standard-way', change: { proposal: 'change', 'major-impact': 'true', transition: 'new-chat', route: 'standard-change-process' }, short: ['8.5.1.2.b/route'] },
  { id: 'major-nowhere', change: { category: 'major', 'approved-by': 'kate' }, short: ['8.5.1.2.3/route', '8.5.1.2.c/transition'] },
  { id: 'fax-goes', change: { proposal: 'remove', service: 'fax' }, short: [] },
  { id: 'removes-nowhere', change: { proposal: 'remove' }, short: ['8.5.1.2.d/transition'] },
  { id: 'removes-by-adding', change: { proposal: 'remove', transition: 'new-chat' }, short: ['8.5.1.2.d/transition'] },
  { id: 'hands-over', change: { proposal: 'transfer-out' }, short: ['8.5.1.2.e/transition'] },
  { id: 'takes-over', change: { proposal: 'transfer-in' }, short: ['8.5.1.2.f/transition'] },
  { id: 'wrong-route', change: { route: 'design-and-transition' }, short: ['8.5.1.2.3/route'] },
  { id: 'approved-late', change: { approved: '2026-09-11T09:00Z' }, short: ['8.5.1.2.3/order'] },
  { id: 'reviewed-early', change: { reviewed: '2026-09-09T09:00Z' }, short: ['8.5.1.2.3/order'] },
  { id: 'never-approved', change: { approved: '', 'approved-by': '' }, short: ['8.5.1.2.3/order', '8.5.1.2.3/state', '8.5.1.3.1/approved'] },
  { id: 'reviewed-undone', change: { ...notDone, state: 'reviewed' }, short: ['8.5.1.2.3/state'] },
  { id: 'no-state', change: { state: '' }, short: ['8.5.1.2.3/state'] },
  { id: 'standard', change: { ...notAssessed, category: 'standard', approved: '', 'approved-by': '', 'planned-from': '', 'planned-to': '', communicated: '', priority: '' }, short: [] },
  { id: 'rejected', change: { ...notAssessed, ...notDone, state: 'rejected', approved: '', 'approved-by': '', 'planned-from': '', 'planned-to': '', communicated: '' }, short: [] },
  { id: 'closed-without-approval', change: { approved: '', 'approved-by': '', state: 'closed' }, short: ['8.5.1.2.3/order', '8.5.1.3.1/approved'] },
  { id: 'no-approver', change: { 'approved-by': '' }, short: ['8.5.1.3.1/approved'] },
  { id: 'no-priority', change: { priority: '' }, short: ['8.5.1.3.1/priority'] },
  { id: 'by-mail-address', change: { 'approved-by': 'tom@acme.example' }, short: [] },
  { id: 'by-top-management', change: { 'approved-by': 'Kate Moss-Green' }, short: [] },
  { id: 'by-somebody', change: { 'approved-by': 'Omar Said' }, short: ['8.5.1.3.1/authority'] },
  { id: 'by-the-requester', change: { 'requested-by': 'Tom Okafor' }, short: ['8.5.1.3.1/separate'] },
  { id: 'by-the-requester-who-may', change: { category: 'small', 'requested-by': 'Tom Okafor' }, short: [] },
  { id: 'no-risk', change: { risk: '' }, short: ['8.5.1.3.2/risk'] },
  { id: 'no-benefit', change: { benefit: '' }, short: ['8.5.1.3.2/benefit'] },
  { id: 'no-feasibility', change: { feasibility: '' }, short: ['8.5.1.3.2/feasibility'] },
  { id: 'no-cost', change: { 'financial-impact': '' }, short: ['8.5.1.3.2/financial'] },
  { id: 'no-services', change: { 'impact-services': '' }, short: ['8.5.1.3.a/services'] },
  { id: 'no-customers', change: { 'impact-customers': '' }, short: ['8.5.1.3.b/customers'] },
  { id: 'no-policies', change: { 'impact-policies': '' }, short: ['8.5.1.3.c/policies'] },
  { id: 'no-capacity', change: { 'impact-capacity': '' }, short: ['8.5.1.3.d/capacity'] },
  { id: 'no-availability', change: { 'impact-availability': '' }, short: ['8.5.1.3.d/availability'] },
  { id: 'no-continuity', change: { 'impact-continuity': '' }, short: ['8.5.1.3.d/continuity'] },
  { id: 'no-security', change: { 'impact-security': '' }, short: ['8.5.1.3.d/security'] },
  { id: 'on-the-server', change: { 'configuration-items': 'server-c; server-e' }, short: ['8.5.1.3.e/overlap'] },
  { id: 'at-the-same-time', change: { 'configuration-items': 'server-d;server-c', 'planned-from': '2026-09-10T07:59Z', 'planned-to': '' }, short: ['8.5.1.3.e/overlap'] },
  { id: 'when-that-is-over', change: { 'configuration-items': 'server-c', 'planned-from': '2026-09-10T08:00Z', 'planned-to': '2026-09-10T09:00Z' }, short: [] },
  { id: 'after-one-that-is-known', change: { 'configuration-items': 'server-c', 'planned-from': '2026-09-10T08:30Z', 'related-changes': 'when-that-is-over looked at', 'planned-to': '' }, short: [] },
  { id: 'no-related', change: { 'related-changes': '' }, short: ['8.5.1.3.e/related'] },
  { id: 'not-verified', change: { verification: '' }, short: ['8.5.1.3.3/verified'] },
  { id: 'not-tested', change: { 'test-result': '' }, short: ['8.5.1.3.3/tested'] },
  { id: 'not-announced', change: { communicated: '' }, short: ['8.5.1.3.4/communicated'] },
  { id: 'announced-late', change: { communicated: '2026-09-10T06:01Z' }, short: ['8.5.1.3.4/communicated'] },
  { id: 'not-scheduled', change: { 'planned-from': '' }, short: ['8.5.1.3.4/communicated'] },
  { id: 'not-yet-announced', change: { ...notDone, state: 'approved', 'planned-from': '2026-12-10T06:00Z', 'planned-to': '', communicated: '' }, short: [] },
  { id: 'no-way-back', change: { remediation: '' }, short: ['8.5.1.3.5/planned'] },
  { id: 'way-back-untried', change: { 'remediation-tested': '' }, short: ['8.5.1.3.5/tested'] },
  { id: 'failed', change: { outcome: 'failed', actions: 'Repeated' }, short: [] },
  { id: 'failed-and-left', change: { outcome: 'backed-out' }, short: ['8.5.1.3.6/investigated'] },
  { id: 'not-reviewed', change: { state: 'implemented', reviewed: '' }, short: ['8.5.1.3.7/reviewed'] },
  { id: 'reviewed-without-word', change: { 'review-result': '' }, short: ['8.5.1.3.7/reviewed'] },
  { id: 'just-done', change: { state: 'implemented', implemented: '2026-11-02T07:00Z', reviewed: '', 'review-result': '' }, short: [] },
  { id: 'in-a-release', change: { release: 'named', 'configuration-items': 'server-a' }, short: [] },
  { id: 'beyond-the-baseline', change: { release: 'named', 'configuration-items': 'server-a; server-b' }, short: ['8.5.3.7/covered'] },
];

const release: Readonly<Record<(typeof releaseFields)[number], string>> = {
  'planned': '2026-09-10T06:00Z', 'owner': 'Tom Okafor', 'changes': 'sound', 'changes-approved': 'yes', 'problems': 'none', 'known-errors': 'none', 'deliverables': 'Mail 7', 'method': 'By hand', 'criteria': 'Checklist 4',
  'verified': '2026-09-08T06:00Z', 'verification-result': 'passed', 'decision': '', 'approved-by': 'Kate', 'approved': '2026-09-09T06:00Z', 'deployed': '2026-09-10T07:00Z', 'baseline': 'before-r1', 'integrity-check': 'Checksums',
  'outcome': 'successful', 'related-incidents': '0',
};
const releaseFaults: readonly Fault<(typeof releaseFields)[number]>[] = [
  { id: 'good', change: {}, short: [] },
  { id: 'no-date', change: { planned: '' }, short: ['8.5.3.2/date', '8.5.3.4/date'] },
  { id: 'no-method', change: { method: '' }, short: ['8.5.3.2/method', '8.5.3.4/method'] },
  { id: 'no-owner', change: { owner: '' }, short: ['8.5.3.2/owner'] },
  { id: 'too-early', change: { planned: '2026-09-11T07:01Z' }, short: ['8.5.3.2/before'] },
  { id: 'an-hour-early', change: { planned: '2026-09-10T08:00Z' }, short: [] },
  { id: 'no-changes', change: { changes: '' }, short: ['8.5.3.3/changes'] },
  { id: 'changes-open', change: { 'changes-approved': 'no' }, short: ['8.5.3.3/approved'] },
  { id: 'no-problems', change: { problems: '' }, short: ['8.5.3.3/problems'] },
  { id: 'no-known-errors', change: { 'known-errors': '' }, short: ['8.5.3.3/known-errors'] },
  { id: 'no-deliverables', change: { deliverables: '' }, short: ['8.5.3.4/deliverables'] },
  { id: 'no-criteria', change: { criteria: '' }, short: ['8.5.3.5/criteria'] },
  { id: 'verified-late', change: { verified: '2026-09-10T08:00Z' }, short: ['8.5.3.5/verified'] },
  { id: 'no-result', change: { 'verification-result': '' }, short: ['8.5.3.5/verified'] },
  { id: 'nobody-approved', change: { 'approved-by': '' }, short: ['8.5.3.5/approved'] },
  { id: 'approved-late', change: { approved: '2026-09-10T08:00Z' }, short: ['8.5.3.5/approved'] },
  { id: 'missed', change: { 'verification-result': 'failed' }, short: ['8.5.3.6/decided'] },
  { id: 'missed-and-decided', change: { 'verification-result': 'failed', decision: 'Deployed with Retail on the bridge' }, short: [] },
  { id: 'no-baseline', change: { baseline: '' }, short: ['8.5.3.7/baseline'] },
  { id: 'named', change: { baseline: '' }, short: [] },
  { id: 'before-its-baseline', change: { planned: '2026-08-10T06:00Z', verified: '2026-08-08T06:00Z', approved: '2026-08-09T06:00Z', deployed: '2026-08-10T07:00Z' }, short: ['8.5.3.7/in-time'] },
  { id: 'no-integrity', change: { 'integrity-check': '' }, short: ['8.5.3.8/integrity'] },
  { id: 'no-outcome', change: { outcome: '' }, short: ['8.5.3.9/outcome'] },
  { id: 'no-incidents', change: { 'related-incidents': '' }, short: ['8.5.3.10/related'] },
  { id: 'not-analysed', change: { planned: '2026-05-10T06:00Z', verified: '2026-05-08T06:00Z', approved: '2026-05-09T06:00Z', deployed: '2026-05-10T07:00Z' }, short: ['8.5.3.7/in-time', '8.5.3.9/analysed'] },
  { id: 'fresh', change: { planned: '2026-11-08T00:00Z', deployed: '2026-11-08T07:00Z', outcome: '', 'related-incidents': '' }, short: [] },
  { id: 'not-planned', change: { planned: '', verified: '', 'verification-result': '', approved: '', 'approved-by': '', deployed: '', baseline: '', 'integrity-check': '', outcome: '', 'related-incidents': '' }, short: ['8.5.3.12/date', '8.5.3.2/date', '8.5.3.4/date'] },
];

function csv<Field extends string>(fields: readonly Field[], sound: Readonly<Record<Field, string>>, faults: readonly Fault<Field>[]): string {
  const rows = faults.map(({ id, change: changed }) => [id, ...fields.map((field) => changed[field] ?? sound[field])].join(','));
  return [['id', ...fields.map((field) => field.replaceAll('-', '_'))].join(','), ...rows, ''].join('\n');
}

describe('rules over real records of changes and releases', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'itsms-records-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('find each record that falls short of a check, and no other', async function () {
    this.timeout(120_000);
    await writeFile(join(folder, 'changes.csv'), csv(changeFields, change, changeFaults));
    await writeFile(join(folder, 'releases.csv'), csv(releaseFields, release, releaseFaults));
    const model = new ProjectModel();
    model.update('model.itsms', new FragmentBuilder().build('model.itsms', text));
    const engine = new AssessmentEngine(model, { asOf: dateFrom('2026-11-10'), rules: rules.filter(({ row }) => /^8\.5\.(1|3)(\.|$)/.test(row.clause)) });
    const measurements = await measure({ model, asOf: '2026-11-10', dataFiles: await openNodeHost(folder), recordChecks: engine.recordChecks() });

    const coverage = measurements.checks.filter(({ check }) => check.startsWith('8.5.1.2.2/') || check.startsWith('8.5.1.2.1/proposal-'));
    assert.deepEqual(coverage.map(({ check, population, shortfall }) => [check, population, shortfall]).sort(), [
      ['8.5.1.2.1/proposal-chat', 3, 0],
      ['8.5.1.2.1/proposal-fax', 1, 0],
      ['8.5.1.2.2/new-chat', 3, 0],
      ['8.5.1.2.2/no-fax', 1, 0],
    ]);

    for (const [source, faults] of [['changes', changeFaults], ['releases', releaseFaults]] as const) {
      const found = new Map<string, string[]>();
      for (const { check, firstKeys, population, source: of } of measurements.checks) {
        if (of !== source) continue;
        assert.ok(population !== undefined && population > 0, `${check} has an answer`);
        for (const key of firstKeys) found.set(key, [...(found.get(key) ?? []), check].sort());
      }
      assert.deepEqual(
        faults.map(({ id }) => [id, found.get(id) ?? []]),
        faults.map(({ id, short }) => [id, short]),
      );
    }
  });
});
