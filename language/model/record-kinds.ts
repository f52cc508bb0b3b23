/** What a field of a record holds. */
export type FieldType = 'instant' | 'date' | 'text' | 'number' | 'boolean' | 'duration' | 'reference' | 'word' | 'money';

export interface RecordField {
  readonly type: FieldType;
  /** What the field says, for hover and completion. */
  readonly description: string;
  /** The type of declaration that a reference field names. */
  readonly refersTo?: string;
  /** The fixed words that a word field takes. */
  readonly words?: readonly string[];
}

export interface RecordKind {
  readonly description: string;
  /** The field that says in which period a record counts. */
  readonly counted: string;
  readonly fields: Readonly<Record<string, RecordField>>;
}

const instant = (description: string): RecordField => ({ type: 'instant', description });
const text = (description: string): RecordField => ({ type: 'text', description });
const truth = (description: string): RecordField => ({ type: 'boolean', description });
const number = (description: string): RecordField => ({ type: 'number', description });
const reference = (refersTo: string, description: string): RecordField => ({ type: 'reference', refersTo, description });
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
      due: instant('When restoration was due, as the tool computed it.'),
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
    },
  },
  change: {
    description: 'A request for change and what became of it (8.5.1).',
    counted: 'opened',
    fields: {
      opened: instant('When the request was recorded.'),
      type: word(['standard', 'normal', 'emergency'], 'The type of change.'),
      service: reference('Service', 'The service it changes.'),
      approved: instant('When it was approved.'),
      implemented: instant('When it was implemented.'),
      outcome: text('How it ended.'),
    },
  },
};
