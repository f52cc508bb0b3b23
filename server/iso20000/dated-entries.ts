import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { AnyDeclaration, DeclarationType, DeclarationTypes } from '../../language/model/declarations.ts';
import { parsePeriod } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { latestOf } from '../assessment/dates.ts';
import { collection, query, type RuleContext } from '../assessment/rule.ts';

/** That the model itself records something done on a day, and the clause whose process does such things. */
export interface DatedEntry {
  readonly clause: string;
  readonly on: string;
}

type Dates = readonly (string | undefined)[];

/** The clause whose process looks at records of a kind. */
const clauseOfAnalysis: Readonly<Record<DeclarationTypes['RecordAnalysis']['subject'], string>> = {
  changes: '8.5.1',
  releases: '8.5.3',
  incidents: '8.6.1',
  problems: '8.6.3',
  'security-incidents': '8.7.3',
  capacity: '8.4.3',
};

/** What declarations of a type record. */
interface Recorded {
  readonly type: DeclarationType;
  dates(declaration: AnyDeclaration): readonly (readonly [clause: string, dates: Dates])[];
}

function when<T extends DeclarationType>(type: T, dates: (declaration: DeclarationTypes[T]) => readonly (readonly [clause: string, dates: Dates])[]): Recorded {
  const isOne = (declaration: AnyDeclaration): declaration is DeclarationTypes[T] => declaration.$type === type;
  return { type, dates: (declaration) => (isOne(declaration) ? dates(declaration) : []) };
}

/** The days on which something was done that a declaration records, by clause: what is written down as a declaration needs no other record. */
const recorded: readonly Recorded[] = [
  when('ContextIssue', ({ determined, reviewed }) => [['4.1', [determined, reviewed]]]),
  when('InterestedParty', ({ reviewed, requirements }) => [['4.2', [reviewed, ...requirements.map((requirement) => requirement.reviewed)]]]),
  when('Policy', ({ approvals }) => [['5.2', daysOf(approvals)]]),
  when('Risk', ({ assessed }) => [['6.1', [assessed]]]),
  when('Opportunity', ({ assessed }) => [['6.1', [assessed]]]),
  when('RiskAssessment', ({ performed }) => [['6.1', [performed]]]),
  when('Objective', ({ monitored, updated }) => [['6.2', [monitored, updated]]]),
  when('ServiceManagementPlan', ({ approvals, review }) => [['6.3', [...daysOf(approvals), review?.last]]]),
  when('Person', ({ competences }) => [['7.2', competences.flatMap(({ assessed, evaluated }) => [assessed, evaluated])]]),
  when('Awareness', ({ performed }) => [['7.3', [performed]]]),
  when('Communication', ({ performed }) => [['7.4', performed]]),
  when('ControlledDocument', ({ changes, approvals, review }) => [['7.5', [...daysOf(changes), ...daysOf(approvals), review?.last]]]),
  when('Knowledge', ({ review }) => [['7.6', [review?.last]]]),
  when('ServiceRequirement', ({ agreed }) => [['8.2.2', daysOf(agreed)]]),
  when('Supplier', ({ controls, evaluated, performanceReviewed, review }) => [
    ['8.2.3', [...controls.map(({ applied }) => applied), evaluated]],
    ['8.3.4', [performanceReviewed, review?.last]],
  ]),
  when('ServiceCatalogue', ({ review, publishedOn }) => [['8.2.4', [review?.last, publishedOn]]]),
  when('Asset', ({ reviewed }) => [['8.2.5', [reviewed]]]),
  when('ConfigurationVerification', ({ performed }) => [['8.2.6', [performed]]]),
  when('ConfigurationItem', ({ updated, changedOn }) => [['8.2.6', [updated, changedOn]]]),
  when('ServiceReview', ({ held }) => [
    ['8.3.2', [held]],
    ['8.3.3', [held]],
  ]),
  when('Agreement', ({ type, agreed, review }) => [[type === 'sla' ? '8.3.3' : '8.3.4', [...daysOf(agreed), review?.last]]]),
  when('Budget', ({ approvals }) => [['8.4.1', daysOf(approvals)]]),
  when('CapacityPlan', ({ approvals, review }) => [['8.4.3', [...daysOf(approvals), review?.last]]]),
  when('CapacityRequirement', ({ reviewed }) => [['8.4.3', [reviewed]]]),
  when('Transition', ({ tested, completed, activities }) => [['8.5.2', [tested, completed, ...activities.map(({ done }) => done)]]]),
  when('Baseline', ({ taken }) => [['8.5.3', [taken]]]),
  when('RecordAnalysis', ({ subject, performed }) => [[clauseOfAnalysis[subject], [performed]]]),
  when('ContinuityTest', ({ performed }) => [['8.7.2', [performed]]]),
  when('ContinuityInvocation', ({ invoked }) => [['8.7.2', [invoked]]]),
  when('SecurityControl', ({ implemented, reviewed }) => [['8.7.3', [implemented, reviewed]]]),
  when('Metric', ({ recorded: values }) => [['9.1', values.map(({ period }) => endOf(period))]]),
  when('Audit', ({ held }) => [['9.2', [held]]]),
  when('ManagementReview', ({ held }) => [['9.3', [held]]]),
  when('ServiceReport', ({ produced }) => [['9.4', daysOf(produced)]]),
  when('Nonconformity', ({ detected, reviewed, closed }) => [['10.1', [detected, reviewed, closed]]]),
  when('Improvement', ({ recorded: on, implemented, measured }) => [['10.2', [on, implemented, measured]]]),
];

function daysOf(acts: readonly { readonly on?: string | undefined }[]): Dates {
  return acts.map(({ on }) => on);
}

function endOf(text: string): string | undefined {
  const period = parsePeriod(text);
  return isProblem(period) ? undefined : period.lastDay;
}

const recordedBy = new Map<string, Recorded>(recorded.map((one) => [one.type, one]));

const latestDays = collection('latest day of each declaration by clause', recorded.map(({ type }) => type), (declaration, { asOf }) =>
  (recordedBy.get(declaration.$type)?.dates(declaration) ?? []).flatMap(([clause, dates]): readonly (readonly [string, string])[] => {
    const on = latestOf(dates, asOf);
    return on === undefined ? [] : [[clause, on]];
  }),
);

/** All clauses of the catalogue and those that these are parts of. */
const clauses = [...new Set(catalogue.demands.flatMap(({ clause }) => clause.split('.').map((_, index, parts) => parts.slice(0, index + 1).join('.'))))];

const datedEntries = query('dated entries by clause', ({ collected }): readonly DatedEntry[] =>
  clauses.flatMap((clause) => {
    const days = collected(latestDays, clause);
    return days.length === 0 ? [] : [{ clause, on: days.reduce((latest, on) => (on > latest ? on : latest)) }];
  }),
);

/** The latest dated entry of each clause of which the model itself holds records. */
export function datedEntriesOf({ read }: RuleContext): readonly DatedEntry[] {
  return read(datedEntries);
}
