/** What the reports are made from in the tests: a real model, and invented measurements and assessment of it. */
import { readFileSync } from 'node:fs';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { dateFrom } from '../../language/values/date.ts';
import { parsePeriod, periodsUpTo } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { ratioPercent, percentFrom } from '../../language/values/percent.ts';
import { certificationCalendar } from '../../server/analysis/certification-calendar.ts';
import { documentedItems, type DocumentedItem } from '../../server/analysis/documented-information.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import type { Assessment, RequirementStatus } from '../../server/assessment/assessment.ts';
import type { RowRemark } from '../../server/assessment/row-remarks.ts';
import type { EntityKey } from '../../language/model/declarations.ts';
import type { Figure, Measurements, Subject, Verdict } from '../../server/measurement/figure.ts';
import type { ReportInput } from '../../server/reports/report.ts';
import { wordsIn } from '../../server/reports/words/words.ts';
import { sampleProvenance } from './sample-document.ts';

const text = readFileSync(new URL('model/acme.itsms', import.meta.url), 'utf8');
const builder = new FragmentBuilder();

const october = parsePeriod('2026-10');
if (isProblem(october)) throw new Error(october.problem);
const months = periodsUpTo(october, 13).map((period) => period.id);

interface SeriesOptions {
  readonly subject: Subject;
  readonly target: string;
  readonly warn?: string;
  /** Numerator and denominator per month, October 2025 first; undefined where nothing is known. */
  readonly counts: readonly (readonly [number, number] | undefined)[];
  readonly missed?: Figure['missed'];
  readonly excluded?: Figure['excluded'];
  readonly computation: string;
  readonly source: string;
  readonly minimum?: number;
}

function shares({ subject, target, warn, counts, missed = [], excluded = [], computation, source, minimum = 0 }: SeriesOptions): Figure[] {
  return counts.flatMap((pair, index): Figure[] => {
    const period = months[index] ?? '';
    if (pair === undefined) return [];
    const [numerator, denominator] = pair;
    const percent = percentFrom(target);
    const value = ratioPercent({ numerator, denominator }, { comparison: '>=', percent }, 6);
    const verdict: Verdict = denominator < minimum ? 'tooFew' : numerator * 100 < Number(percent) * denominator ? 'missed' : warn !== undefined && numerator * 100 < Number(percentFrom(warn)) * denominator ? 'warning' : 'met';
    return [
      {
        subject,
        period,
        ...(value === undefined ? {} : { value }),
        unit: 'percent',
        numerator: String(numerator),
        denominator: String(denominator),
        excluded: index === 12 ? excluded : [],
        target: { comparison: '>=', value: target },
        verdict,
        sample: denominator,
        computation,
        missed: index === 12 ? missed : [],
        source,
        dataHash: 'sha256:9f86d081884c7d659a2feaa0c55ad015',
      },
    ];
  });
}

const hour = 3600;
function up(...downMinutes: readonly number[]): (readonly [number, number])[] {
  return downMinutes.map((minutes) => [744 * hour - minutes * 60, 744 * hour] as const);
}

const late = Array.from({ length: 7 }, (_, index) => ({ key: `INC00${1200 + index * 37}`, detail: `restored after ${5 + index} h of 4 h` }));

export const sampleMeasurements: Measurements = {
  asOf: '2026-11-22',
  figures: [
    ...shares({
      subject: { kind: 'target', agreement: 'email-gold', target: 'uptime' },
      target: '99.8%',
      counts: up(20, 35, 12, 0, 41, 15, 22, 9, 0, 30, 18, 25, 242),
      missed: [{ key: 'OUT-118', detail: 'down for 181 min' }, { key: 'OUT-121', detail: 'down for 61 min' }],
      excluded: [{ reason: 'of maintenance', amount: '7200', unit: 'seconds' }],
      computation: 'seconds the service was up ÷ agreed seconds, maintenance removed from both',
      source: 'outages',
    }),
    ...shares({ subject: { kind: 'target', agreement: 'email-gold', target: 'p1-response' }, target: '95%', counts: [[30, 31], [28, 28], [28, 28], [33, 34], [29, 29], [31, 31], [41, 41], [39, 39], [30, 30], [32, 32], [30, 30], [28, 28], [31, 31]], computation: 'P1 incidents responded to within 15 min of office hours ÷ all P1 incidents', source: 'tickets' }),
    ...shares({
      subject: { kind: 'target', agreement: 'email-gold', target: 'p1-restore' },
      target: '95%',
      warn: '97%',
      counts: [[30, 31], [28, 28], [27, 28], [33, 34], [29, 29], [29, 31], [40, 41], [38, 39], [30, 30], [31, 32], [30, 30], [28, 28], [24, 31]],
      missed: late,
      excluded: [{ reason: 'still open at the end of the period', amount: '2' }],
      computation: 'P1 incidents restored within 4 h of office hours, pauses taken off ÷ all P1 incidents closed in the month',
      source: 'tickets',
    }),
    ...shares({ subject: { kind: 'target', agreement: 'email-gold', target: 'p2-restore' }, target: '90%', minimum: 5, counts: [undefined, undefined, undefined, undefined, undefined, undefined, [10, 10], [11, 12], [9, 9], [8, 8], [7, 8], [9, 9], [3, 3]], computation: 'P2 incidents restored within 2 working days ÷ all', source: 'tickets' }),
    ...shares({ subject: { kind: 'target', agreement: 'bank-gold', target: 'uptime' }, target: '99.95%', counts: up(5, 5, 5, 0, 4, 5, 22, 9, 0, 3, 8, 5, 242), missed: [{ key: 'OUT-118', detail: 'down for 181 min' }], computation: 'as above', source: 'outages' }),
    ...shares({ subject: { kind: 'target', agreement: 'sky', target: 'uptime' }, target: '99.5%', counts: up(5, 5, 5, 0, 4, 5, 22, 9, 0, 3, 8, 5, 181), computation: 'seconds up ÷ agreed seconds', source: 'outages' }),
    ...shares({ subject: { kind: 'metric', metric: 'first-fix' }, target: '70%', warn: '75%', counts: [[680, 1000], [690, 1000], [684, 1000], [672, 1000], [688, 1000], [702, 1000], [711, 1000], [720, 1000], [718, 1000], [731, 1000], [725, 1000], [740, 1000], [738, 1000]], computation: 'incidents restored within 1 h and never reassigned ÷ all', source: 'tickets' }),
    ...(['2026-Q2', '2026-Q3'] as const).map((period, index): Figure => ({ subject: { kind: 'target', agreement: 'email-gold', target: 'satisfaction' }, period, value: index === 0 ? '4.3' : '4.1', unit: 'score', excluded: [], target: { comparison: '>=', value: '4.2' }, verdict: index === 0 ? 'met' : 'missed', computation: 'typed in', missed: [], dataHash: 'sha256:11' })),
    ...months.map((period, index): Figure => ({ subject: { kind: 'workload', agreement: 'email-gold', limit: 'tickets' }, period, value: String(820 + index * 13), unit: 'count', excluded: [], target: { comparison: '<=', value: '900' }, verdict: 820 + index * 13 > 900 ? 'missed' : 'met', computation: 'incidents opened', missed: [], source: 'tickets', dataHash: 'sha256:22' })),
  ],
  checks: [],
  sources: [
    { source: 'tickets', recordKind: 'incident', files: ['data/tickets.csv'], rows: 20412, records: 20400, fields: ['opened', 'restored', 'major', 'cause', 'service', 'customer'], from: '2025-10-01', to: '2026-11-20', dataHash: 'sha256:9f86d081884c7d659a2feaa0c55ad015' },
    { source: 'outages', recordKind: 'outage', files: ['data/outages.csv'], rows: 121, records: 121, fields: ['started', 'ended', 'service', 'cause', 'planned'], from: '2025-10-03', to: '2026-11-02', dataHash: 'sha256:60303ae22b998861bce3b28f33eec1be' },
  ],
  findings: [],
  records: [
    { source: 'outages', recordKind: 'outage', key: 'OUT-118', fields: { service: 'email', started: '2026-10-07T04:49:00Z', ended: '2026-10-07T07:50:00Z', cause: 'Storage controller failed over late' } },
    { source: 'outages', recordKind: 'outage', key: 'OUT-120', fields: { service: 'email', started: '2026-10-18T02:00:00Z', ended: '2026-10-18T04:00:00Z', planned: 'true', cause: 'Gateway upgrade' } },
    { source: 'outages', recordKind: 'outage', key: 'OUT-121', fields: { service: 'email', started: '2026-10-20T14:10:00Z', ended: '2026-10-20T15:11:00Z', cause: 'Expired certificate' } },
    { source: 'outages', recordKind: 'outage', key: 'OUT-122', fields: { service: 'payments', started: '2026-10-20T14:10:00Z', ended: '2026-10-20T15:11:00Z', cause: 'Harbour Bank key store' } },
    { source: 'tickets', recordKind: 'incident', key: 'INC001200', fields: { service: 'email', customer: 'retail', opened: '2026-10-07T05:00:00Z', restored: '2026-10-07T08:02:00Z', major: 'true', cause: 'Storage controller failed over late', 'assigned-to': 'Petra Quill', 'major-manager': 'Omar Said', 'major-reviewed': '2026-10-09T10:00:00Z', 'major-review-outcome': 'Improvement i12 brought forward' } },
    ...late.slice(1).map((record, index) => ({ source: 'tickets', recordKind: 'incident', key: record.key, fields: { service: 'email', customer: 'retail', opened: `2026-10-${10 + index}T09:00:00Z`, cause: index % 3 === 0 ? 'Waiting for SkyNet Hosting' : index % 3 === 1 ? 'Storage controller failed over late' : 'Wrong assignment', 'assigned-to': 'Petra Quill' } })),
    { source: 'tickets', recordKind: 'incident', key: 'INC009999', fields: { service: 'payments', customer: 'bank', opened: '2026-10-20T14:12:00Z', major: 'true', cause: 'Harbour Bank key store' } },
  ],
};

const checkedClauses = new Set(['8.2.4', '8.3.3', '8.6.1']);

export const sampleAssessment: Assessment = {
  asOf: '2026-11-22',
  findings: [
    { code: '8.3.3#2', severity: 'error', message: 'Service “Hosting, Leeds” has no service level agreement, and no other agreement says what it must deliver.', place: { entity: 'Service:hosting-a' as EntityKey }, requirements: ['8.3.3.1'], related: [], fixes: [] },
    { code: '8.6.1#list', severity: 'error', message: 'The process for incidents is not declared: nothing says how incidents are recorded, classified, prioritized, escalated, resolved and closed.', place: { entity: 'Organization:acme' as EntityKey }, requirements: ['8.6.1.a', '8.6.1.b', '8.6.1.c'], related: [], fixes: [] },
    { code: '8.2.4#1', severity: 'warning', message: 'No service catalogue is declared.', place: { entity: 'Organization:acme' as EntityKey }, requirements: ['8.2.4.1'], related: [], fixes: [] },
    { code: 'unknown-name', severity: 'error', message: 'There is no person “annna”; did you mean “anna”?', place: { file: 'acme.itsms', range: { line: 3, column: 2, endLine: 3, endColumn: 7 } }, requirements: [], related: [], fixes: [] },
  ],
  requirements: catalogue.demands.map((row, index): RequirementStatus => {
    const checked = checkedClauses.has(row.clause);
    const gap = checked && index % 5 === 0;
    return {
      id: row.id,
      applicability: 'applicable',
      checked,
      declared: checked ? (gap ? 'no' : 'yes') : 'unknown',
      evidenced: checked ? (index % 3 === 0 ? 'no' : index % 3 === 1 ? 'yes' : 'notRequired') : 'unknown',
      effective: checked ? (index % 4 === 0 ? 'unknown' : index % 7 === 0 ? 'no' : 'yes') : 'unknown',
      ...(row.id === '8.4.2.b' ? { waived: { until: '2027-01-31', approvedBy: 'kate', reason: 'x' } } : {}),
      findings: gap ? 1 : 0,
    };
  }),
};

const sampleIntervals = { internalAudit: 12, managementReview: 6, systemCheck: 6, surveillance: 12, reassessment: 36 };

const sampleRemarks: readonly RowRemark[] = [
  { row: '8.2.4.1', severity: 'warning', remark: { kind: 'shortfall', axis: 'declared', message: 'No service catalogue is declared.', related: [], fixes: [{ title: 'Declare a catalogue', edits: [] }] } },
  { row: '8.3.3.1', severity: 'error', remark: { kind: 'shortfall', axis: 'declared', message: 'Service “Hosting, Leeds” has no service level agreement, and no other agreement says what it must deliver.', place: { entity: 'Service:hosting-a' as EntityKey }, related: [], fixes: [] } },
  { row: '8.6.1.a', severity: 'error', remark: { kind: 'shortfall', axis: 'evidenced', message: '12 of 20,400 incidents have no time at which they were opened: INC000031, INC000077 and 10 more.', related: [], fixes: [] } },
  { row: '8.6.1.b', severity: 'error', remark: { kind: 'unknown', axis: 'effective', reason: 'nothing has been measured yet' } },
];

function engineOf(model: ProjectModel): AssessmentEngine {
  const engine = new AssessmentEngine(model, { asOf: dateFrom('2026-11-22'), rules: [] });
  engine.setMeasurements(sampleMeasurements);
  return engine;
}

function documentsOf(model: ProjectModel, engine: AssessmentEngine): readonly DocumentedItem[] {
  return engine.ask((context, approvals) => documentedItems({ context, approvals, written: model, assessment: sampleAssessment, remarks: [] }));
}

/** @param modelText replaces the model's text, for instance to put hostile titles into it. */
export function sampleInput(more: Partial<ReportInput> = {}, modelText = text): ReportInput {
  const model = new ProjectModel();
  model.update('acme.itsms', builder.build('acme.itsms', modelText));
  if (isProblem(october)) throw new Error(october.problem);
  const engine = engineOf(model);
  return { catalogue, model, locator: model, assessment: sampleAssessment, measurements: sampleMeasurements, asOf: dateFrom('2026-11-22'), period: october, certification: certificationCalendar(model, dateFrom('2026-11-22'), sampleIntervals), documents: documentsOf(model, engine), remarks: sampleRemarks, ask: (question) => engine.ask(question), provenance: sampleProvenance, words: wordsIn('en'), ...more };
}

export const sampleText = text;
