import type { DeclarationType } from './declarations.ts';

/** What a field of a record holds. */
export type FieldType = 'instant' | 'date' | 'text' | 'number' | 'boolean' | 'duration' | 'reference' | 'word' | 'money';

export interface RecordField {
  readonly type: FieldType;
  /** What the field says, for hover and completion. */
  readonly description: string;
  /** The type of declaration that a reference field names. */
  readonly refersTo?: DeclarationType;
  /** It says what is to come, such as a due date, and not what happened: it may lie ahead of the day that figures are as of. */
  readonly ahead?: true;
  /** The fixed words that a word field takes. */
  readonly words?: readonly string[];
}

export interface RecordKind {
  readonly description: string;
  /** The field that says in which period a record counts. */
  readonly counted: string;
  /** It says what is there, not what happened: whenever it was recorded, it is among what rules look at. */
  readonly register?: true;
  readonly fields: Readonly<Record<string, RecordField>>;
}

const instant = (description: string): RecordField => ({ type: 'instant', description });
const planned = (description: string): RecordField => ({ type: 'instant', ahead: true, description });
const text = (description: string): RecordField => ({ type: 'text', description });
const truth = (description: string): RecordField => ({ type: 'boolean', description });
const number = (description: string): RecordField => ({ type: 'number', description });
const reference = (refersTo: DeclarationType, description: string): RecordField => ({ type: 'reference', refersTo, description });
const word = (words: readonly string[], description: string): RecordField => ({ type: 'word', words, description });

/**
 * The kinds of record that a source may bring and their standard fields. What happened is data: rules and metrics read
 * these fields by name, whatever the columns of an export are called.
 */
export const recordKinds: Readonly<Record<string, RecordKind>> = {
  incident: {
    description: 'An unplanned interruption of a service or reduction of its quality (8.6.1).',
    counted: 'opened',
    fields: {
      opened: instant('When the incident was recorded.'),
      responded: instant('When work on it began.'),
      restored: instant('When the service was restored or the incident resolved.'),
      closed: instant('When the record was closed.'),
      due: planned('When restoration was due, as the tool computed it.'),
      classification: text('The category it was put into.'),
      impact: word(['high', 'medium', 'low'], 'How far it reaches.'),
      urgency: word(['high', 'medium', 'low'], 'How soon it must be restored.'),
      priority: reference('Priority', 'The priority given to it.'),
      service: reference('Service', 'The service it concerns.'),
      'configuration-item': reference('ConfigurationItem', 'The configuration item it concerns.'),
      customer: reference('Customer', 'The customer it concerns.'),
      'assigned-to': text('Who works on it.'),
      'escalated-to': text('To whom it was escalated.'),
      'escalation-reason': text('Why it was escalated.'),
      updates: number('How many entries of work the record holds.'),
      reassignments: number('How often it changed hands.'),
      reopenings: number('How often it was opened again.'),
      major: truth('Whether it was a major incident.'),
      'major-manager': text('Who was responsible for the major incident.'),
      'major-report': text('Where the report on the major incident is.'),
      'major-reviewed': instant('When the major incident was reviewed.'),
      'major-review-outcome': text('What the review led to (an improvement, a problem, an action, or the statement that none is needed).'),
      'top-management-informed': instant('When top management was told of the major incident.'),
      problem: text('The problem it was linked to.'),
      release: text('The release it is attributed to.'),
      cause: text('What caused it.'),
      'target-met': truth('The verdict of the tool itself on its target.'),
    },
  },
  update: {
    description: 'News about a record, given to those who wait for it: what an agreement promises with “update P1 every 1h”.',
    counted: 'given',
    fields: {
      given: instant('When it was given.'),
      about: text('The key of the record it is about.'),
      to: text('To whom it was given.'),
      message: text('What it said.'),
    },
  },
  outage: {
    description: 'A time in which a service was not available (8.7.1).',
    counted: 'started',
    fields: {
      started: instant('When the service became unavailable.'),
      ended: instant('When it was available again; empty while it lasts.'),
      service: reference('Service', 'The service that was not available.'),
      planned: truth('Whether it was agreed beforehand.'),
      cause: text('What caused it.'),
      users: number('How many users it reached.'),
      investigated: instant('When its cause was investigated.'),
      actions: text('What was done about it, or the statement that nothing is needed.'),
    },
  },
  change: {
    description: 'A request for change and what became of it (8.5.1).',
    counted: 'opened',
    fields: {
      opened: instant('When the request was recorded.'),
      'requested-by': text('Who asked for it.'),
      type: word(['standard', 'normal', 'emergency'], 'The type of change.'),
      category: reference('ChangeCategory', 'The change category it was put into.'),
      classification: text('How the tool classified it.'),
      state: word(['recorded', 'assessed', 'approved', 'rejected', 'implemented', 'reviewed', 'closed'], 'How far it has come.'),
      service: reference('Service', 'The service it changes.'),
      'configuration-items': text('The configuration items it touches, separated by semicolons.'),
      proposal: word(['none', 'add', 'change', 'remove', 'transfer-in', 'transfer-out'], 'Whether a service is new, changed, removed or transferred by it.'),
      'major-impact': truth('Whether it may have a major effect on customers or services.'),
      route: word(['design-and-transition', 'standard-change-process'], 'The route it takes.'),
      transition: reference('Transition', 'The transition it belongs to.'),
      priority: text('Its priority.'),
      risk: text('The risk it brings.'),
      benefit: text('What it is good for.'),
      feasibility: text('Whether it can be done.'),
      'financial-impact': text('What it costs or saves.'),
      'impact-services': text('Its effect on services; “none” where none is affected.'),
      'impact-customers': text('Its effect on customers and users; “none” where none is affected.'),
      'impact-policies': text('Its effect on policies and plans; “none” where none is affected.'),
      'impact-capacity': text('Its effect on capacity; “none” where none is affected.'),
      'impact-availability': text('Its effect on availability; “none” where none is affected.'),
      'impact-continuity': text('Its effect on service continuity; “none” where none is affected.'),
      'impact-security': text('Its effect on information security; “none” where none is affected.'),
      'related-changes': text('Other changes, releases and plans looked at; “none” where there are none.'),
      decision: text('What was decided.'),
      'approved-by': text('Who approved it.'),
      approved: instant('When it was approved.'),
      'planned-from': planned('When its implementation was to begin.'),
      'planned-to': planned('When its implementation was to end.'),
      communicated: instant('When those concerned were told of it.'),
      remediation: text('How to reverse or remedy it if it fails.'),
      'remediation-tested': text('Whether that was tested, or why not.'),
      verification: text('How it was verified.'),
      'test-result': text('What the test showed, or why there was none.'),
      implemented: instant('When it was implemented.'),
      outcome: word(['successful', 'failed', 'backed-out', 'unintended', 'unauthorized'], 'How it ended.'),
      reviewed: instant('When its result was reviewed.'),
      'review-result': text('What the review found.'),
      actions: text('What was done about it, or the statement that nothing is needed.'),
      release: text('The release it was deployed with.'),
      problem: text('The problem it solves.'),
    },
  },
  'service-request': {
    description: 'A request of a user for something foreseen (8.6.2).',
    counted: 'opened',
    fields: {
      opened: instant('When the request was recorded.'),
      classification: text('The category it was put into.'),
      model: reference('RequestModel', 'The request model it follows.'),
      priority: reference('Priority', 'The priority given to it.'),
      service: reference('Service', 'The service it concerns.'),
      customer: reference('Customer', 'The customer it concerns.'),
      'assigned-to': text('Who works on it.'),
      responded: instant('When work on it began.'),
      due: planned('When it was due, as the tool computed it.'),
      fulfilled: instant('When it was fulfilled.'),
      'not-fulfilled': text('Why it was not fulfilled.'),
      closed: instant('When the record was closed.'),
      updates: number('How many entries of work the record holds.'),
      reopenings: number('How often it was opened again.'),
    },
  },
  problem: {
    description: 'A cause of one or more incidents, actual or possible (8.6.3).',
    counted: 'opened',
    fields: {
      opened: instant('When the problem was recorded.'),
      classification: text('The category it was put into.'),
      priority: reference('Priority', 'The priority given to it.'),
      service: reference('Service', 'The service it concerns.'),
      due: planned('When it was due.'),
      'escalated-to': text('To whom it was escalated.'),
      'root-cause': text('The cause that was found.'),
      'root-cause-found': instant('When the cause was found.'),
      progress: instant('When the last note on progress was written.'),
      workaround: text('How its effect can be reduced until it is solved.'),
      'permanent-fix': text('How it is solved for good.'),
      'controlled-item': truth('Whether the permanent fix alters a controlled item.'),
      resolved: instant('When it was solved.'),
      'no-resolution': text('Why it cannot be solved.'),
      closed: instant('When the record was closed.'),
      updates: number('How many entries of work the record holds.'),
      incidents: text('The incidents it causes, separated by semicolons.'),
      changes: text('The changes that solve it, separated by semicolons.'),
      'known-error': text('The known error recorded for it.'),
      source: text('How it came to be known: an incident, an analysis, a supplier, …'),
      actions: text('What is being done about it.'),
    },
  },
  'known-error': {
    description: 'A problem whose cause is known, or with a workaround (8.6.3).',
    counted: 'recorded',
    fields: {
      recorded: instant('When it was recorded.'),
      problem: text('The problem it belongs to.'),
      workaround: text('How its effect can be reduced.'),
      updated: instant('When it was last looked at.'),
      'available-to': text('Who can read it.'),
      retired: instant('When it ceased to matter.'),
    },
  },
  release: {
    description: 'One or more changes deployed together (8.5.3).',
    counted: 'planned',
    fields: {
      planned: planned('When it was to be deployed.'),
      type: reference('ReleaseType', 'The type of release.'),
      owner: text('Who is responsible for it.'),
      changes: text('The changes in it, separated by semicolons.'),
      'changes-approved': truth('Whether all its changes were approved.'),
      problems: text('The problems it closes; “none” where there are none.'),
      'known-errors': text('The known errors it closes or brings; “none” where there are none.'),
      deliverables: text('What it delivers.'),
      method: text('How it is deployed.'),
      criteria: text('The acceptance criteria it is verified against.'),
      verified: instant('When it was verified.'),
      'verification-result': word(['passed', 'failed'], 'What the verification showed.'),
      decision: text('What was decided where criteria were missed.'),
      'approved-by': text('Who approved its deployment.'),
      approved: instant('When its deployment was approved.'),
      deployed: instant('When it was deployed.'),
      baseline: reference('Baseline', 'The baseline of configuration items taken before it.'),
      'integrity-check': text('How it was made sure that nothing was harmed on the way.'),
      outcome: word(['successful', 'failed', 'backed-out'], 'How it ended.'),
      'related-incidents': number('How many incidents it caused.'),
      service: reference('Service', 'The service it concerns.'),
    },
  },
  complaint: {
    description: 'A complaint about a service (8.3.2).',
    counted: 'received',
    fields: {
      received: instant('When it was received.'),
      service: reference('Service', 'The service it concerns.'),
      customer: reference('Customer', 'The customer who complained.'),
      owner: text('Who deals with it.'),
      due: planned('When it was to be answered.'),
      'escalated-to': text('To whom it was escalated.'),
      resolution: text('How it was settled.'),
      closed: instant('When it was closed.'),
      reported: instant('When it was reported.'),
    },
  },
  survey: {
    description: 'A measurement of customer satisfaction (8.3.2).',
    counted: 'performed',
    fields: {
      performed: instant('When it was carried out.'),
      service: reference('Service', 'The service it asked about.'),
      customer: reference('Customer', 'The customer who was asked.'),
      sample: number('How many answered.'),
      population: number('How many were asked or could have been.'),
      'sample-basis': text('Why the sample is representative.'),
      result: number('The score.'),
      analysis: text('What was read from it.'),
      actions: text('What was done, or the statement that nothing is needed.'),
      reported: instant('When the result was reported.'),
    },
  },
  cost: {
    description: 'Actual cost of a period against its budget (8.4.1).',
    counted: 'period',
    fields: {
      period: { type: 'date', description: 'First day of the period.' },
      budget: reference('Budget', 'The budget it is compared with.'),
      actual: { type: 'money', description: 'What was spent.' },
      forecast: { type: 'money', description: 'What is expected by the end of the budget period.' },
      variance: { type: 'number', description: 'Deviation from budget in percent.' },
      reviewed: instant('When it was reviewed.'),
      'reported-to': text('To whom it was reported.'),
      actions: text('What was done about the deviation.'),
    },
  },
  demand: {
    description: 'Demand for a service and its consumption in a period (8.4.2).',
    counted: 'period',
    fields: {
      period: { type: 'date', description: 'First day of the period.' },
      service: reference('Service', 'The service.'),
      current: number('Demand in the period.'),
      forecast: number('Demand expected for the next period.'),
      consumption: number('What was consumed.'),
      recorded: instant('When it was recorded.'),
      'reported-to': text('To whom it was reported.'),
    },
  },
  asset: {
    description: 'Something used to deliver services that has a value (8.2.5).',
    counted: 'recorded',
    register: true,
    fields: {
      recorded: instant('When it was recorded.'),
      type: text('What kind of asset it is.'),
      service: reference('Service', 'The service it is used for.'),
      owner: text('Who is responsible for it.'),
      lifecycle: text('Where in its life it is.'),
      obligations: text('Licences, law and contracts that bind its use; “none” where there are none.'),
      location: text('Where it is.'),
      value: { type: 'money', description: 'What it is worth.' },
    },
  },
  'configuration-item': {
    description: 'An element controlled to deliver services (8.2.6).',
    counted: 'recorded',
    register: true,
    fields: {
      recorded: instant('When it was recorded.'),
      type: reference('ConfigurationItemType', 'Its type.'),
      description: text('What it is.'),
      owner: text('Who is responsible for it.'),
      relationships: text('What it is connected with, separated by semicolons.'),
      state: text('Its state.'),
      service: reference('Service', 'The service it supports.'),
      'last-change': text('The change or release that last altered it.'),
      updated: instant('When its record was last updated.'),
      access: text('Who may change its record.'),
    },
  },
  declaration: {
    description: 'What the model declares, or a part of it: `source risks of declaration from model risk`. Its facts are columns.',
    counted: 'recorded',
    register: true,
    fields: {
      recorded: instant('When it was recorded; where the model does not say, long ago.'),
    },
  },
  'security-incident': {
    description: 'An information security incident (8.7.3).',
    counted: 'opened',
    fields: {
      opened: instant('When it was recorded.'),
      classification: text('The category it was put into.'),
      type: text('The type of information security incident.'),
      risk: text('The information security risk it brings.'),
      priority: reference('Priority', 'The priority given to it.'),
      due: planned('When it was due.'),
      'escalated-to': text('To whom it was escalated.'),
      resolved: instant('When it was resolved.'),
      closed: instant('When the record was closed.'),
      impact: text('What harm it did.'),
      reviewed: instant('When it was reviewed.'),
      reported: instant('When it was reported.'),
      actions: text('What was done, or the statement that nothing is needed.'),
    },
  },
};

/** The kind of record that a declaration of the model is. */
export const declarationKind = 'declaration';

/** The kind of record that is news about another. */
export const newsKind = 'update';
