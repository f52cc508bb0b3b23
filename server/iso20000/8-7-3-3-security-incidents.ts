/** Clause 8.7.3.3, information security incidents. */
import { filledIn } from '../assessment/actions.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { everyRecord, isFieldMapped, type RecordDemand } from '../assessment/records.ts';
import { query, rule, system, type RecordsPart, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { analysed, latestAnalysis } from './analyses.ts';
import { closedInTime } from './closure.ts';
import { topPriority } from './top-priority.ts';

const kind = 'security-incident';
const plural = 'information security incidents';
const withoutRecords = 'no information security incident is recorded';

function securityIncidents(row: string, demands: readonly RecordDemand[] | ((context: RuleContext) => readonly RecordDemand[])): RecordsPart {
  return everyRecord({ row, kind, plural, demands: typeof demands === 'function' ? demands : () => demands });
}

export const recordedAndClassified: Rule = rule('8.7.3.3.a', {
  // The records themselves are what is kept.
  evidence: 'derived',
  parts: [
    securityIncidents('8.7.3.3.a', [
      { name: 'recorded', meets: 'opened is not empty', fields: ['opened'], of: plural, lacks: 'have no time of recording', withoutRecords },
      { name: 'classified', meets: 'classification is not empty', fields: ['classification'], of: plural, lacks: 'are in no category', withoutRecords },
      { name: 'typed', meets: 'type is not empty', fields: ['type'], of: plural, lacks: 'are of no type', withoutRecords },
    ]),
  ],
});

export const prioritized: Rule = rule('8.7.3.3.b', {
  parts: [
    securityIncidents('8.7.3.3.b', [
      { name: 'prioritized', meets: 'risk is not empty and priority is not empty', fields: ['risk', 'priority'], of: plural, lacks: 'say nothing of the risk that they bring, or have no priority', withoutRecords },
    ]),
  ],
});

/** Whether sources say when an information security incident is due: where none does, only its priority tells. */
const tellDue = query('whether sources tell when information security incidents are due', ({ model }) => {
  const sources = model.all('Source').filter(({ recordKind }) => recordKind === kind);
  return sources.length > 0 && sources.every(({ mappings }) => mappings.some(({ field }) => field === 'due'));
});

export const escalated: Rule = rule('8.7.3.3.c', {
  parts: [
    securityIncidents('8.7.3.3.c', (context) => {
      const top = context.read(topPriority);
      const isTop = top === undefined ? [] : [`priority = "${top}"`];
      const isLate = context.read(tellDue) || top === undefined ? ['past-due'] : [];
      return [
        {
          name: 'escalated',
          where: [...isTop, ...isLate].join(' or '),
          meets: 'escalated-to is not empty',
          fields: ['escalated-to', ...(isTop.length > 0 ? ['priority'] : []), ...(isLate.length > 0 ? ['due', 'resolved'] : [])],
          of: `${plural} of the highest priority or past due`,
          lacks: 'were escalated to nobody',
          withoutRecords: 'no information security incident is of the highest priority or past due',
        },
      ];
    }),
  ],
});

export const resolved: Rule = rule('8.7.3.3.d', {
  parts: [
    securityIncidents('8.7.3.3.d', (context) => {
      const hasStart = isFieldMapped(kind, 'opened', context);
      return [
        {
          name: 'resolved',
          where: 'closed is not empty',
          meets: `resolved is not empty${hasStart ? ' and resolved >= opened' : ''}`,
          fields: ['resolved', 'closed', ...(hasStart ? ['opened'] : [])],
          of: `closed ${plural}`,
          lacks: `have no time of resolution${hasStart ? ', or one before they were recorded' : ''}`,
          withoutRecords: `${withoutRecords} that is closed`,
        },
      ];
    }),
  ],
});

export const closed: Rule = rule('8.7.3.3.e', {
  parts: [...closedInTime({ row: '8.7.3.3.e', clause: '8.7.3', kind, plural, done: 'resolved', participle: 'resolved', noun: 'resolution' })],
});

export const analysedByType: Rule = rule('8.7.3.3.1', {
  parts: [
    analysed({
      row: '8.7.3.3.1',
      subject: 'security-incidents',
      facts: [
        { said: ({ byType }) => isFilledIn(byType), what: 'of what types they were', line: 'by type "${1:TODO how many of which type}"' },
        // None at all is a volume, too.
        { said: ({ volume }) => volume !== undefined, what: 'how many there were', line: 'volume ${1:0}', onlyInScaffold: true },
        { said: ({ impact }) => isFilledIn(impact), what: 'what effect they had on the system, the services and interested parties', line: 'impact "${1:TODO which effect they had}"' },
      ],
    }),
  ],
});

export const reportedAndReviewed: Rule = rule('8.7.3.3.2', {
  parts: [
    securityIncidents('8.7.3.3.2', [
      { name: 'reported', where: 'closed is not empty', meets: 'reported is not empty', fields: ['closed', 'reported'], of: `closed ${plural}`, lacks: 'were reported to nobody', withoutRecords: `${withoutRecords} that is closed` },
      { name: 'reviewed', where: 'closed is not empty', meets: 'reviewed is not empty', fields: ['closed', 'reviewed'], of: `closed ${plural}`, lacks: 'were not reviewed', withoutRecords: `${withoutRecords} that is closed` },
    ]),
    system((context) => {
      const analysis = latestAnalysis('security-incidents', context);
      if (!analysis) return [];
      return stated(analysis, 'The analysis', [
        { said: filledIn(analysis.actions).length > 0 || isFilledIn(analysis.noAction), what: 'what becomes better by it, or why nothing is done', line: 'action "${1:TODO what is done}" owner ${2:TODO} due ${3:0000-00-00}' },
      ], 'evidenced');
    }),
  ],
});
