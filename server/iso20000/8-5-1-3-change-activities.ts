/** Clause 8.5.1.3, change management activities. */
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { filledIn } from '../assessment/actions.ts';
import { documented } from '../assessment/documents.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { isFieldMapped, type RecordDemand } from '../assessment/records.ts';
import { query, rule, type Rule, type RuleContext } from '../assessment/rule.ts';
import { monthsInWords } from '../assessment/wording.ts';
import { actorNames } from './actor-names.ts';
import { analysed, eachAnalysis, type AnalysisFact } from './analyses.ts';
import { approvedChanges, changeKind, changes, decidedByItself, oneOf } from './change-records.ts';
import { topManagementIds } from './top-management.ts';

/** Months after which a change that was implemented is reviewed, where the configuration sets no other. */
const reviewMonths = 1;

const hasState = 'state is one of "approved", "implemented", "reviewed"';

interface ApprovingCategory {
  readonly name: string;
  /** Under which names those who may approve are known; none where the category names nobody. */
  readonly approvers: readonly string[];
  readonly requesterMayApprove: boolean;
}

/** Who may approve changes of each category. What top management approves, nobody else has to. */
const approvers = query('approvers of change categories', (context): readonly ApprovingCategory[] =>
  context.model.all('ChangeCategory').map(({ name, approver, selfApproval }) => ({
    name,
    approvers: isFilledIn(approver) ? [approver, ...topManagementIds(context)].flatMap((id) => actorNames(id, context)) : [],
    requesterMayApprove: selfApproval,
  })),
);

export const approvalAndPriority: Rule = rule('8.5.1.3.1', {
  parts: [
    changes('8.5.1.3.1', (context) => {
      const single = decidedByItself(context);
      const decided = [`(approved is not empty or implemented is not empty or ${hasState})`, ...(single ? [single.text] : [])].join(' and ');
      const fields = ['approved', 'implemented', 'state', ...(single?.fields ?? [])];
      const all = context.read(approvers);
      const restricted = all.filter((category) => category.approvers.length > 0);
      const isRight = restricted.map((category) => `(category = "${category.name}" and ${oneOf('approved-by', category.approvers)})`).join(' or ');
      const mayThemselves = all.filter(({ requesterMayApprove }) => requesterMayApprove).map(({ name }) => name);
      const demands: RecordDemand[] = [
        {
          name: 'approved',
          where: decided,
          meets: 'approved-by is not empty and approved is not empty',
          fields: [...fields, 'approved-by'],
          of: 'changes past assessment',
          lacks: 'do not say who approved them, and when',
        },
        { name: 'priority', where: decided, meets: 'priority is not empty', fields: [...fields, 'priority'], of: 'changes past assessment', lacks: 'have no priority' },
        {
          name: 'separate',
          where: `${decided} and approved-by is not empty and requested-by is not empty${mayThemselves.length === 0 ? '' : ` and (category is empty or not (${oneOf('category', mayThemselves)}))`}`,
          meets: 'approved-by != requested-by',
          fields: [...fields, 'approved-by', 'requested-by', ...(mayThemselves.length === 0 ? [] : ['category'])],
          of: 'approved changes',
          lacks: 'were approved by whom they were asked for, and their category does not allow it (“requester may approve”)',
        },
      ];
      if (restricted.length === 0) return demands;
      return [
        ...demands,
        {
          name: 'authority',
          where: `${decided} and approved-by is not empty and ${oneOf('category', restricted.map(({ name }) => name))}`,
          meets: isRight,
          fields: [...fields, 'approved-by', 'category'],
          of: 'approved changes',
          lacks: 'were approved by somebody who is not the approver of their category',
        },
      ];
    }),
  ],
});

interface Asked {
  readonly name: string;
  readonly fields: readonly string[];
  /** What those that fall short lack. */
  readonly lacks: string;
}

/** A row that asks for texts of every approved change. What is approved once and for all was assessed then. */
function ofApproved(row: string, asked: readonly Asked[], more: (context: RuleContext) => readonly RecordDemand[] = () => []): Rule {
  return rule(row, {
    parts: [
      changes(row, (context) => {
        const approved = approvedChanges(context);
        return [
          ...asked.map(({ name, fields, lacks }) => ({
            name,
            where: approved.text,
            meets: fields.map((field) => `${field} is not empty`).join(' and '),
            fields: [...approved.fields, ...fields],
            of: 'approved changes',
            lacks,
          })),
          ...more(context),
        ];
      }),
    ],
  });
}

export const decisionCriteria: Rule = ofApproved('8.5.1.3.2', [
  { name: 'risk', fields: ['risk'], lacks: 'do not say which risk they bring' },
  { name: 'benefit', fields: ['benefit'], lacks: 'do not say what they are good for' },
  { name: 'feasibility', fields: ['feasibility'], lacks: 'do not say whether they can be done' },
  { name: 'financial', fields: ['financial-impact'], lacks: 'do not say what they cost or save' },
]);

const orNone = ', or that there is none (“none”)';

export const effectOnServices: Rule = ofApproved('8.5.1.3.a', [{ name: 'services', fields: ['impact-services'], lacks: `do not say their effect on services${orNone}` }]);
export const effectOnCustomers: Rule = ofApproved('8.5.1.3.b', [{ name: 'customers', fields: ['impact-customers'], lacks: `do not say their effect on customers and users${orNone}` }]);
export const effectOnPolicies: Rule = ofApproved('8.5.1.3.c', [{ name: 'policies', fields: ['impact-policies'], lacks: `do not say their effect on policies and plans${orNone}` }]);
export const effectOnAssurance: Rule = ofApproved('8.5.1.3.d', [
  { name: 'capacity', fields: ['impact-capacity'], lacks: `do not say their effect on capacity${orNone}` },
  { name: 'availability', fields: ['impact-availability'], lacks: `do not say their effect on availability${orNone}` },
  { name: 'continuity', fields: ['impact-continuity'], lacks: `do not say their effect on service continuity${orNone}` },
  { name: 'security', fields: ['impact-security'], lacks: `do not say their effect on information security${orNone}` },
]);
export const otherChanges: Rule = ofApproved(
  '8.5.1.3.e',
  [{ name: 'related', fields: ['related-changes'], lacks: 'do not say which other changes, releases and plans were looked at, or that there are none (“none”)' }],
  (context) => {
    if (!['planned-from', 'configuration-items'].every((field) => isFieldMapped(changeKind, field, context))) return [];
    return [
      {
        name: 'overlap',
        where: 'approved is not empty',
        meets: 'not overlapping',
        fields: ['approved', 'planned-from', 'configuration-items'],
        of: 'approved changes',
        lacks: 'are planned for the same time and configuration item as another, and neither names the other',
        onlyListed: true,
      },
    ];
  },
);

export const tested: Rule = rule('8.5.1.3.3', {
  parts: [
    changes('8.5.1.3.3', () => [
      { name: 'verified', where: 'implemented is not empty', meets: 'verification is not empty', fields: ['implemented', 'verification'], of: 'implemented changes', lacks: 'do not say how they were verified' },
      { name: 'tested', where: 'implemented is not empty', meets: 'test-result is not empty', fields: ['implemented', 'test-result'], of: 'implemented changes', lacks: 'do not say what their test showed, or why there was none' },
    ]),
  ],
});

export const communicated: Rule = rule('8.5.1.3.4', {
  parts: [
    changes('8.5.1.3.4', (context) => {
      const approved = approvedChanges(context);
      const done = isFieldMapped(changeKind, 'implemented', context) ? ['implemented'] : [];
      return [
        {
          name: 'communicated',
          // Nobody can be told of dates that are not set yet, and those told of dates to come may still be told.
          where: `${approved.text} and (${done.map((field) => `${field} is not empty or `).join('')}planned-from <= as-of or communicated is not empty)`,
          meets: 'communicated is not empty and communicated <= planned-from',
          fields: [...approved.fields, ...done, 'planned-from', 'communicated'],
          of: 'approved changes that were due or announced',
          lacks: 'were not announced before they were to begin',
        },
      ];
    }),
  ],
});

export const remediation: Rule = ofApproved('8.5.1.3.5', [
  { name: 'planned', fields: ['remediation'], lacks: 'do not say how they are reversed or remedied if they fail' },
  { name: 'tested', fields: ['remediation-tested'], lacks: 'do not say whether that was tested, or why not' },
]);

export const failuresInvestigated: Rule = rule('8.5.1.3.6', {
  parts: [
    changes('8.5.1.3.6', () => [
      {
        name: 'investigated',
        where: 'outcome is one of "failed", "backed-out"',
        meets: 'reviewed is not empty and actions is not empty',
        fields: ['outcome', 'reviewed', 'actions'],
        of: 'failed changes',
        lacks: 'were not reviewed, or do not say what was done about it',
        withoutRecords: 'no change failed',
      },
    ]),
  ],
});

export const effectReviewed: Rule = rule('8.5.1.3.7', {
  parts: [
    changes('8.5.1.3.7', (context) => {
      const { months, whose } = context.plannedInterval('8.5.1.3.7', reviewMonths);
      return [
        {
          name: 'reviewed',
          where: `implemented is not empty and as-of - implemented > ${months}mo`,
          meets: 'reviewed is not empty and review-result is not empty',
          fields: ['implemented', 'reviewed', 'review-result'],
          of: `changes implemented more than ${monthsInWords(months)} ago`,
          lacks: `were not reviewed (within ${monthsInWords(months)}, ${whose}), or do not say what the review found`,
        },
      ];
    }),
  ],
});

const trends: AnalysisFact = { said: (analysis) => isFilledIn(analysis.trends), what: 'what the trends are', line: 'trends "${1:TODO what the figures show}"' };

export const analysedForTrends: Rule = rule('8.5.1.3.8', {
  parts: [analysed({ row: '8.5.1.3.8', subject: 'changes', facts: [trends] })],
});

const recordOfAnalysis = documented(catalogue.row('8.5.1.3.9')!);

export const analysisRecorded: Rule = rule('8.5.1.3.9', {
  evidence: 'derived',
  parts: [
    eachAnalysis({
      subject: 'changes',
      wanted: (analysis, context) => [
        { said: someFilledIn(analysis.conclusions), what: 'what is concluded', line: 'conclusion "${1:TODO what follows from it}"' },
        { said: isFilledIn(analysis.file) || recordOfAnalysis.check(context).every(({ kind }) => kind !== 'shortfall'), what: 'where it is recorded', line: 'file "${1:TODO path of the record}"' },
        { said: filledIn(analysis.actions).length > 0 || isFilledIn(analysis.noAction), what: 'what is done, or why nothing needs to be', line: 'action "${1:TODO what is done}" owner ${2:TODO} due ${3:0000-00-00}' },
      ],
    }),
  ],
});
