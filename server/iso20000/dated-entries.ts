import type { DeclarationTypes } from '../../language/model/declarations.ts';
import type { Model } from '../../language/model/model.ts';
import { parsePeriod } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { latestOf } from '../assessment/dates.ts';
import { query, type RuleContext } from '../assessment/rule.ts';

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

/** Where the model holds records of what was done, by clause: what is written down as a declaration needs no other record. */
function recorded(model: Model): readonly (readonly [clause: string, dates: Dates])[] {
  return [
    ['4.1', model.all('ContextIssue').flatMap(({ determined, reviewed }) => [determined, reviewed])],
    ['4.2', model.all('InterestedParty').flatMap(({ reviewed, requirements }) => [reviewed, ...requirements.map((requirement) => requirement.reviewed)])],
    ['5.2', model.all('Policy').flatMap(({ approvals }) => approvals.map(({ on }) => on))],
    ['6.1', [...model.all('Risk'), ...model.all('Opportunity')].map(({ assessed }) => assessed)],
    ['6.1', model.all('RiskAssessment').map(({ performed }) => performed)],
    ['6.2', model.all('Objective').flatMap(({ monitored, updated }) => [monitored, updated])],
    ['6.3', model.all('ServiceManagementPlan').flatMap(({ approvals, review }) => [...approvals.map(({ on }) => on), review?.last])],
    ['7.2', model.all('Person').flatMap(({ competences }) => competences.flatMap(({ assessed, evaluated }) => [assessed, evaluated]))],
    ['7.3', model.all('Awareness').map(({ performed }) => performed)],
    ['7.4', model.all('Communication').flatMap(({ performed }) => performed)],
    ['7.5', model.all('ControlledDocument').flatMap(({ changes, approvals, review }) => [...changes.map(({ on }) => on), ...approvals.map(({ on }) => on), review?.last])],
    ['7.6', model.all('Knowledge').map(({ review }) => review?.last)],
    ['8.2.2', model.all('ServiceRequirement').flatMap(({ agreed }) => agreed.map(({ on }) => on))],
    ['8.2.3', model.all('Supplier').flatMap(({ controls, evaluated }) => [...controls.map(({ applied }) => applied), evaluated])],
    ['8.2.4', model.all('ServiceCatalogue').flatMap(({ review, publishedOn }) => [review?.last, publishedOn])],
    ['8.2.5', model.all('Asset').map(({ reviewed }) => reviewed)],
    ['8.2.6', [...model.all('ConfigurationVerification').map(({ performed }) => performed), ...model.all('ConfigurationItem').flatMap(({ updated, changedOn }) => [updated, changedOn])]],
    ['8.3.2', model.all('ServiceReview').map(({ held }) => held)],
    ['8.3.3', [...model.all('ServiceReview').map(({ held }) => held), ...model.all('Agreement').flatMap(({ type, agreed, review }) => (type === 'sla' ? [...agreed.map(({ on }) => on), review?.last] : []))]],
    ['8.3.4', [...model.all('Supplier').flatMap(({ performanceReviewed, review }) => [performanceReviewed, review?.last]), ...model.all('Agreement').flatMap(({ type, agreed, review }) => (type === 'sla' ? [] : [...agreed.map(({ on }) => on), review?.last]))]],
    ['8.4.1', model.all('Budget').flatMap(({ approvals }) => approvals.map(({ on }) => on))],
    ['8.4.3', [...model.all('CapacityPlan').flatMap(({ approvals, review }) => [...approvals.map(({ on }) => on), review?.last]), ...model.all('CapacityRequirement').map(({ reviewed }) => reviewed)]],
    ['8.5.2', model.all('Transition').flatMap(({ tested, completed, activities }) => [tested, completed, ...activities.map(({ done }) => done)])],
    ['8.5.3', model.all('Baseline').map(({ taken }) => taken)],
    ...model.all('RecordAnalysis').map(({ subject, performed }): readonly [string, Dates] => [clauseOfAnalysis[subject], [performed]]),
    ['8.7.2', [...model.all('ContinuityTest').map(({ performed }) => performed), ...model.all('ContinuityInvocation').map(({ invoked }) => invoked)]],
    ['8.7.3', model.all('SecurityControl').flatMap(({ implemented, reviewed }) => [implemented, reviewed])],
    ['9.1', model.all('Metric').flatMap(({ recorded: values }) => values.map(({ period }) => endOf(period)))],
    ['9.2', model.all('Audit').map(({ held }) => held)],
    ['9.3', model.all('ManagementReview').map(({ held }) => held)],
    ['9.4', model.all('ServiceReport').flatMap(({ produced }) => produced.map(({ on }) => on))],
    ['10.1', model.all('Nonconformity').flatMap(({ detected, reviewed, closed }) => [detected, reviewed, closed])],
    ['10.2', model.all('Improvement').flatMap(({ recorded: on, implemented, measured }) => [on, implemented, measured])],
  ];
}

function endOf(text: string): string | undefined {
  const period = parsePeriod(text);
  return isProblem(period) ? undefined : period.lastDay;
}

const datedEntries = query('dated entries by clause', ({ model, asOf }): readonly DatedEntry[] =>
  recorded(model).flatMap(([clause, dates]) => {
    const on = latestOf(dates, asOf);
    return on === undefined ? [] : [{ clause, on }];
  }),
);

/** The latest dated entry of each clause of which the model itself holds records. */
export function datedEntriesOf({ read }: RuleContext): readonly DatedEntry[] {
  return read(datedEntries);
}
