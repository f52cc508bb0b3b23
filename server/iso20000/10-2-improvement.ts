/** Clause 10.2, continual improvement. */
import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { addMonths } from '../../language/values/date.ts';
import { parsePeriod } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { filledIn } from '../assessment/actions.ts';
import { lastApproval } from '../assessment/approvals.ts';
import { dateOf, isWithinMonths, latestOf } from '../assessment/dates.ts';
import { documented } from '../assessment/documents.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type NewDeclaration, type Rule, type RuleContext, type RulePart } from '../assessment/rule.ts';
import { stated, type Wanted } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { attested } from './attestations.ts';

type Improvement = DeclarationTypes['Improvement'];

/** After how many months an improvement is measured: a default of this product. */
const checkMonths = 3;

const scaffold: NewDeclaration = {
  title: 'Declare an improvement',
  text: 'improvement ${1:improvement} "${2:TODO what becomes better}" {\n  from ${3:TODO}\n  owner ${4:TODO}\n  recorded ${5:0000-00-00}\n  status proposed\n}',
};

function isImplemented({ status, implemented }: Improvement): boolean {
  return status === 'implemented' || implemented !== undefined;
}

/** Whether it was decided to do it. */
function isApproved(improvement: Improvement): boolean {
  return isImplemented(improvement) || improvement.status === 'approved' || improvement.status === 'planned';
}

function isEvaluated(improvement: Improvement): boolean {
  return isApproved(improvement) || improvement.status === 'rejected' || isFilledIn(improvement.decision);
}

function isOpen(improvement: Improvement): boolean {
  return !isImplemented(improvement) && improvement.status !== 'rejected' && (isFilledIn(improvement.title) || isFilledIn(improvement.description));
}

interface Options {
  /** Which improvements it speaks of; left out: all. */
  readonly where?: (improvement: Improvement) => boolean;
  /** Whether there must be one. */
  readonly none?: boolean;
  readonly more?: readonly RulePart[];
}

function improvements(row: string, { where, none = false, more = [], check }: Options & { readonly check: (improvement: Improvement, context: RuleContext) => readonly Remark[] }): Rule {
  return rule(row, {
    evidence: 'derived',
    parts: [
      each('Improvement', {
        ...(where ? { where } : {}),
        none: none ? { message: 'No opportunity for improvement is recorded.', declare: scaffold } : null,
        check: (improvement, context) => {
          const remarks = check(improvement, context);
          return remarks.length > 0 ? remarks : [shown('evidenced')];
        },
      }),
      [...more],
    ],
  });
}

function says(row: string, { wanted, ...options }: Options & { readonly wanted: (improvement: Improvement, context: RuleContext) => readonly Wanted[] }): Rule {
  return improvements(row, { ...options, check: (improvement, context) => stated(improvement, 'The improvement', wanted(improvement, context), 'evidenced') });
}

export const continualImprovement: Rule = rule('10.2.1', {
  parts: [
    system((context) => {
      const { model, asOf } = context;
      const { months } = context.plannedInterval('10.2.1');
      const all = model.all('Improvement');
      const fixes = declareFixes(context, scaffold);
      const remarks: Remark[] = [];
      // A system that is not yet a year old need not have improved.
      const isYoung = model.all('Organization').some(({ established }) => isWithinMonths(established, months, asOf));
      if (!isYoung && !all.some(({ implemented, measured }) => isWithinMonths(implemented, months, asOf) || isWithinMonths(measured, months, asOf))) {
        remarks.push(shortfall(`No improvement was implemented or measured in the last ${months} months.`, { axis: 'evidenced', fixes }));
      }
      if (!all.some(isOpen)) remarks.push(shortfall('No improvement is under way or proposed.', { axis: 'evidenced', fixes }));
      return remarks;
    }),
    attested('10.2.1'),
  ],
});

export const criteriaDetermined: Rule = rule('10.2.2', {
  parts: [
    each('ImprovementCriteria', {
      none: {
        message: 'Nothing says by which criteria opportunities for improvement are evaluated.',
        declare: {
          title: 'Declare criteria for improvements',
          text: 'improvement criteria ${1:improvement-criteria} "${2:How improvements are chosen}" {\n  criteria "${3:TODO what an improvement is judged by}"\n  aligned with objectives\n  approved by ${4:TODO} on ${5:0000-00-00}\n}',
        },
      },
      check: (criteria, { asOf }) =>
        stated(criteria, 'The declaration', [
          { said: someFilledIn(criteria.criteria), what: 'by which criteria improvements are judged', line: 'criteria "${1:TODO what an improvement is judged by}"' },
          { said: criteria.alignedWithObjectives, what: 'that they are aligned with the objectives (aligned with objectives)', line: 'aligned with objectives' },
          { said: lastApproval(criteria.approvals, asOf) !== undefined, what: 'who approved them and when', line: 'approved by ${1:TODO} on ${2:0000-00-00}' },
        ]),
    }),
  ],
});

export const opportunitiesDocumented: Rule = says('10.2.3', {
  none: true,
  wanted: ({ sources, recorded, description, title }, { asOf }) => [
    { said: sources.some(({ source }) => isFilledIn(source)), what: 'where it comes from', line: 'from ${1:TODO}' },
    { said: latestOf([recorded], asOf) !== undefined, what: 'when it was recorded', line: 'recorded ${1:0000-00-00}' },
    { said: isFilledIn(description) || isFilledIn(title), what: 'what becomes better', line: 'description "${1:TODO what becomes better}"' },
  ],
});

export const approvedByCriteria: Rule = says('10.2.4', {
  where: isEvaluated,
  wanted: (improvement, context) => [
    { said: isFilledIn(improvement.evaluation), what: 'how it was evaluated by the criteria', line: 'evaluated "${1:TODO what the criteria gave}"' },
    { said: isDecided(improvement, context), what: 'what was decided, by whom and when', line: 'decision "${1:TODO what was decided}" by ${2:TODO} on ${3:0000-00-00}' },
  ],
});

/** By itself, or by a management review whose decision is carried out by it. */
function isDecided({ name, decision, decidedBy, decidedOn }: Improvement, { model, asOf }: RuleContext): boolean {
  if (decision !== undefined) return isFilledIn(decision) && isFilledIn(decidedBy) && latestOf([decidedOn], asOf) !== undefined;
  return model.referrers('Improvement', name).some(({ entity: { node } }) => node.$type === 'ManagementReview' && node.decisions.some(({ action }) => action.via === name && isFilledIn(action.text)) && latestOf([node.held], asOf) !== undefined);
}

export const targetsSet: Rule = says('10.2.a', {
  where: isApproved,
  wanted: ({ expectations, area }) => [
    { said: expectations.some(({ subject }) => isFilledIn(subject)), what: 'which targets it has', line: 'expects ${1:TODO} ${2:0%} -> ${3:0%}' },
    { said: isFilledIn(area), what: 'what it is to make better (quality, value, capability, cost, productivity, use of resources, risk)', line: 'area "${1:TODO}"' },
  ],
});

export const planned: Rule = improvements('10.2.b', {
  where: isApproved,
  check: (improvement, { asOf }) => {
    const { priority, planned: period, due, owner } = improvement;
    const parsed = period === undefined ? undefined : parsePeriod(period);
    const end = dateOf(due) ?? (parsed === undefined || isProblem(parsed) ? undefined : parsed.lastDay);
    const remarks = [
      ...stated(
        improvement,
        'The improvement',
        [
          { said: priority !== undefined, what: 'which priority it has (priority low, medium or high)' },
          { said: end !== undefined || latestOf([improvement.implemented], asOf) !== undefined, what: 'by when it is to be done', line: 'due ${1:0000-00-00}' },
          { said: isFilledIn(owner), what: 'who answers for it', line: 'owner ${1:TODO}' },
        ],
        'evidenced',
      ),
    ];
    if (end !== undefined && end < asOf && !isImplemented(improvement)) {
      remarks.push(shortfall(`The improvement ${named(improvement)} was due on ${end} and is not implemented. Write when it was, or a new date.`, { place: placeOf(improvement, due === undefined ? 'planned' : 'due'), axis: 'evidenced' }));
    }
    return remarks;
  },
});

export const systemChanged: Rule = says('10.2.c', {
  where: isImplemented,
  wanted: ({ systemChange }) => [{ said: isFilledIn(systemChange), what: 'what changed in the service management system, or that nothing needed to', line: 'system change "${1:TODO what changed, or none}"' }],
});

export const measured: Rule = says('10.2.d', {
  where: isImplemented,
  wanted: (improvement, { asOf }) => {
    const implemented = dateOf(improvement.implemented);
    const isDue = implemented !== undefined && addMonths(implemented, checkMonths) < asOf;
    const { achieved, actions } = improvement;
    return [
      ...(isDue || improvement.measured !== undefined || achieved !== undefined
        ? [
            { said: latestOf([improvement.measured], asOf) !== undefined, what: `when it was measured, which is ${checkMonths} months after its implementation by the default of this product`, line: achieved === undefined ? 'measured ${1:0000-00-00} achieved ${2:no}' : 'measured ${1:0000-00-00}' },
            { said: achieved !== undefined, what: 'whether its targets were achieved (achieved yes, or no)' },
          ]
        : []),
      ...(achieved === 'no' ? [{ said: filledIn(actions).length > 0, what: 'what is done since its targets were missed', line: 'action "${1:TODO what is done}" owner ${2:TODO} due ${3:0000-00-00}' }] : []),
    ];
  },
});

const improvementImplemented = query('whether an improvement is implemented', ({ model }) => model.all('Improvement').some(isImplemented));

const reportedRow = catalogue.row('10.2.e');
const report = reportedRow && documented(reportedRow);

export const reported: Rule = says('10.2.e', {
  where: isImplemented,
  wanted: (improvement, { asOf }) => [{ said: latestOf([improvement.reported], asOf) !== undefined, what: 'when it was reported', line: 'reported ${1:0000-00-00} to ${2:TODO}' }],
  more: [system((context) => (context.read(improvementImplemented) ? (report?.check(context) ?? []) : []))],
});
