/** Clause 8.6.3, problem management. */
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { everyRecord, someField, type RecordDemand } from '../assessment/records.ts';
import { query, rule, type RecordsPart, type Rule, type RuleContext } from '../assessment/rule.ts';
import { monthsInWords } from '../assessment/wording.ts';
import { analysed } from './analyses.ts';
import { closedInTime } from './closure.ts';

/** Months after which the cause of a problem is known, or at least a note says how far its analysis is, unless the project sets another. */
const analysisMonths = 1;

function problems(row: string, demands: (context: RuleContext) => readonly RecordDemand[]): RecordsPart {
  return everyRecord({ row, kind: 'problem', plural: 'problems', demands });
}

function knownErrors(row: string, demands: (context: RuleContext) => readonly RecordDemand[]): RecordsPart {
  return everyRecord({ row, kind: 'known-error', plural: 'known errors', demands });
}

export const incidentsAnalysed: Rule = rule('8.6.3.1', {
  parts: [
    analysed({
      row: '8.6.3.1',
      subject: 'incidents',
      facts: [
        { said: ({ trends }) => isFilledIn(trends), what: 'what the trends are', line: 'trends "${1:TODO what the figures show}"' },
        { said: ({ problems: found, noProblems }) => noProblems || someFilledIn(found), what: 'which problems were found, or that there are none (“no problems”)', line: 'problems ${1:TODO}' },
      ],
    }),
  ],
});

export const recordedAndClassified: Rule = rule('8.6.3.a', {
  evidence: 'derived',
  parts: [
    problems('8.6.3.a', () => [
      { name: 'recorded', meets: 'opened is not empty', fields: ['opened'], of: 'problems', lacks: 'have no time of recording' },
      { name: 'classified', meets: 'classification is not empty', fields: ['classification'], of: 'problems', lacks: 'are in no category' },
    ]),
  ],
});

export const prioritized: Rule = rule('8.6.3.b', {
  parts: [problems('8.6.3.b', () => [{ name: 'prioritized', meets: 'priority is not empty', fields: ['priority'], of: 'problems', lacks: 'have no priority' }])],
});

/** Whether a target of an agreement says by when problems are solved: then the tool need not. */
const haveTarget = query('targets for problems', ({ model }) => {
  const sources = new Set(model.all('Source').flatMap(({ name, recordKind }) => (recordKind === 'problem' ? [name] : [])));
  return model.all('Agreement').some(({ targets }) => targets.some(({ measure, source }) => (measure === 'restore' || measure === 'resolve') && source !== undefined && sources.has(source)));
});

export const escalated: Rule = rule('8.6.3.c', {
  parts: [
    problems('8.6.3.c', (context) => [
      {
        name: 'escalated',
        where: 'past-due',
        meets: 'escalated-to is not empty',
        fields: ['resolved', 'escalated-to', ...(context.read(haveTarget) ? ['opened'] : ['due'])],
        of: 'problems past due',
        lacks: 'were escalated to nobody',
        withoutRecords: 'no problem is past due',
      },
    ]),
  ],
});

/** Sources with keys, by the kind of their records, with the fields that they map. */
const keyedSources = query('sources with keys', ({ model }) =>
  model.all('Source').flatMap(({ name, recordKind, key, historyKey, mappings }) => (isFilledIn(key ?? historyKey) ? [{ name, recordKind, fields: mappings.map(({ field }) => field) }] : [])),
);

/** That a record of a kind has a key and says `field`, as far as such records can be looked up; undefined where they cannot. */
function isRecorded(kind: string, field: string, key: string, context: RuleContext): string | undefined {
  const sources = context.read(keyedSources).filter(({ recordKind, fields }) => recordKind === kind && fields.includes(field));
  return sources.length === 0 ? undefined : `(${sources.map(({ name }) => `lookup ${field} in ${name} by ${key} is not empty`).join(' or ')})`;
}

function isKnownErrorRecorded(context: RuleContext): string | undefined {
  return isRecorded('known-error', 'recorded', 'known-error', context);
}

export const resolved: Rule = rule('8.6.3.d', {
  parts: [
    problems('8.6.3.d', (context) => [
      {
        name: 'resolved',
        where: 'closed is not empty',
        meets: `resolved is not empty or (no-resolution is not empty and ${isKnownErrorRecorded(context) ?? 'known-error is not empty'})`,
        fields: ['closed', 'resolved', 'no-resolution', 'known-error'],
        of: 'closed problems',
        lacks: 'were not resolved, and do not say why they cannot be, or name no known error that is recorded',
      },
    ]),
  ],
});

export const closed: Rule = rule('8.6.3.e', {
  parts: [...closedInTime({ row: '8.6.3.e', clause: '8.6.3', kind: 'problem', plural: 'problems', done: 'resolved', participle: 'resolved', noun: 'resolution' })],
});

export const causesAndActions: Rule = rule('8.6.3.2', {
  parts: [
    problems('8.6.3.2', (context) => {
      const { months, whose } = context.plannedInterval('8.6.3.2', analysisMonths);
      const where = `as-of - opened > ${months}mo`;
      const age = monthsInWords(months);
      const of = `problems older than ${age} (${whose})`;
      const withoutRecords = `no problem is older than ${age}`;
      const analysis = someField('problem', ['root-cause', 'progress'], context);
      const action = someField('problem', ['permanent-fix', 'workaround', 'changes'], context);
      return [
        { name: 'analysed', where, meets: analysis.meets, fields: ['opened', ...analysis.fields], of, lacks: 'have no cause, and no dated note says how far the analysis is', withoutRecords },
        { name: 'action', where, meets: action.meets, fields: ['opened', ...action.fields], of, lacks: 'have no permanent fix, no workaround and no change', withoutRecords },
      ];
    }),
  ],
});

export const updated: Rule = rule('8.6.3.3', {
  evidence: 'derived',
  parts: [problems('8.6.3.3', () => [{ name: 'updated', where: 'closed is not empty', meets: 'updates >= 1', fields: ['closed', 'updates'], of: 'closed problems', lacks: 'hold no entry of what was done' }])],
});

export const changesUsed: Rule = rule('8.6.3.4', {
  parts: [
    problems('8.6.3.4', (context) => {
      const where = 'permanent-fix is not empty and controlled-item';
      const fields = ['permanent-fix', 'controlled-item', 'changes'];
      const withoutRecords = 'no permanent fix alters a controlled item';
      const found = isRecorded('change', 'opened', 'part 1 of changes by ";"', context);
      return [
        { name: 'changed', where, meets: 'changes is not empty', fields, of: 'problems whose permanent fix alters a controlled item', lacks: 'name no change', withoutRecords },
        ...(found === undefined ? [] : [{ name: 'found', where: `${where} and changes is not empty`, meets: found, fields, of: 'problems whose permanent fix went by a change', lacks: 'name a change that is not recorded', withoutRecords }]),
      ];
    }),
  ],
});

export const effectReduced: Rule = rule('8.6.3.5', {
  parts: [
    problems('8.6.3.5', (context) => {
      const lessened = someField('problem', ['workaround', 'actions'], context);
      return [
        {
          name: 'reduced',
          where: 'root-cause is not empty and permanent-fix is empty and resolved is empty and closed is empty',
          meets: lessened.meets,
          fields: ['root-cause', 'permanent-fix', 'resolved', 'closed', ...lessened.fields],
          of: 'open problems whose cause is known and not removed',
          lacks: 'have no workaround and no action that lessens their effect',
          withoutRecords: 'no problem is open whose cause is known and not removed',
        },
      ];
    }),
  ],
});

export const knownErrorsRecorded: Rule = rule('8.6.3.6', {
  evidence: 'derived',
  parts: [
    problems('8.6.3.6', (context) => {
      const known = someField('problem', ['root-cause', 'workaround'], context);
      const found = isKnownErrorRecorded(context);
      const where = `${known.meets} and resolved is empty`;
      const fields = [...known.fields, 'resolved', 'known-error'];
      return [
        { name: 'linked', where, meets: 'known-error is not empty', fields, of: 'unresolved problems with a cause or a workaround', lacks: 'name no known error', withoutRecords: 'no unresolved problem has a cause or a workaround' },
        ...(found === undefined
          ? []
          : [{ name: 'found', where: `${where} and known-error is not empty`, meets: found, fields, of: 'unresolved problems that name a known error', lacks: 'name one that is not recorded', withoutRecords: 'no unresolved problem names a known error' }]),
      ];
    }),
    knownErrors('8.6.3.6', () => [
      { name: 'recorded', meets: 'recorded is not empty', fields: ['recorded'], of: 'known errors', lacks: 'have no time of recording' },
      { name: 'workaround', meets: 'workaround is not empty', fields: ['workaround'], of: 'known errors', lacks: 'name no workaround' },
    ]),
  ],
});

export const knownErrorsAvailable: Rule = rule('8.6.3.7', {
  parts: [
    knownErrors('8.6.3.7', (context) => {
      const { months, words } = context.plannedInterval('8.6.3.7');
      return [
        { name: 'available', meets: 'available-to is not empty', fields: ['available-to'], of: 'known errors', lacks: 'do not say who can read them' },
        { name: 'updated', meets: 'updated is not empty', fields: ['updated'], of: 'known errors', lacks: 'do not say when they were last looked at' },
        {
          name: 'current',
          where: 'updated is not empty and retired is empty',
          meets: `as-of - updated <= ${months}mo`,
          fields: ['updated', 'retired'],
          of: 'open known errors',
          lacks: `were not looked at within the interval (${words})`,
          withoutRecords: 'no known error is open',
        },
      ];
    }),
  ],
});

export const effectivenessReviewed: Rule = rule('8.6.3.8', {
  evidence: 'derived',
  parts: [
    analysed({
      row: '8.6.3.8',
      subject: 'problems',
      facts: [
        { said: ({ conclusions }) => someFilledIn(conclusions), what: 'how effective the resolution of problems is', line: 'conclusion "${1:TODO how effective it is}"' },
        { said: ({ reportedTo }) => someFilledIn(reportedTo), what: 'to whom it was reported', line: 'reported to ${1:TODO}' },
      ],
    }),
  ],
});
