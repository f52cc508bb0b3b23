/** Clause 9.3, management review. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { dateOf, intervalAfter } from '../assessment/dates.ts';
import { documentFault } from '../assessment/documents.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type Rule, type RuleContext, type SystemPart } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { hasTopManagement, isTopManagement, noTopManagement } from './top-management.ts';

type Review = DeclarationTypes['ManagementReview'];
type InputKind = Review['inputs'][number]['kind'];


function latestReview({ model, asOf }: RuleContext): Review | undefined {
  let latest: Review | undefined;
  for (const review of model.all('ManagementReview')) {
    const held = dateOf(review.held);
    if (held !== undefined && held <= asOf && (latest?.held === undefined || held > latest.held)) latest = review;
  }
  return latest;
}

/** A check of the latest management review that was held, and of there being one. */
function ofLatestReview(check: (review: Review, context: RuleContext) => readonly Remark[]): SystemPart {
  return system((context) => {
    const review = latestReview(context);
    if (!review) {
      return [
        shortfall('No management review has been held.', {
          axis: 'evidenced',
          fixes: declareFixes(context, {
            title: 'Declare the management review',
            text: 'management review ${1:management-review} "${2:Management review}" {\n  held ${3:0000-00-00} chair ${4:TODO}\n  attendees ${5:TODO}\n  inputs auto\n  conclusion "${6:TODO whether the system is effective}"\n  decision on improvement "${7:TODO what is to become better, or that nothing is}"\n  decision on change "${8:TODO what is to change, or that nothing is}"\n  minutes "${9:TODO path of the minutes}"\n}',
          }),
        }),
      ];
    }
    const remarks = check(review, context);
    return remarks.length > 0 ? remarks : [shown('evidenced')];
  });
}

export const atPlannedIntervals: Rule = rule('9.3.1', {
  parts: [
    ofLatestReview((review, context) => {
      const { asOf } = context;
      const planned = context.plannedInterval('9.3.1');
      const remarks: Remark[] = [];
      const held = dateOf(review.held);
      const due = held === undefined ? undefined : intervalAfter(held, review.every, planned.months);
      if (due === undefined || due < asOf) {
        const interval = review.every === undefined ? planned.words : `every ${review.every}`;
        remarks.push(shortfall(`The latest management review, ${named(review)}, was held on ${review.held}; by the interval (${interval}) the next was due${due === undefined ? '' : ` on ${due}`}.`, { place: placeOf(review, 'held'), axis: 'evidenced' }));
      }
      if (isTopManagement(review.chair, context)) return remarks;
      if (!hasTopManagement(context)) return [...remarks, noTopManagement('so it cannot be told whether it held the management review', context)];
      const said = isFilledIn(review.chair) ? `was led by ${review.chair}, which is not top management` : 'does not say who led it';
      return [...remarks, shortfall(`The latest management review, ${named(review)}, ${said}.`, { place: placeOf(review, 'chair'), axis: 'evidenced', fixes: review.chair === undefined ? [addFact('Say who led it', placeOf(review), 'chair ${1:TODO}')] : [] })];
    }),
  ],
});

/** Headings of the standard of which the model holds a register: with “inputs auto” they are looked at there. */
const registers = query('registers for the management review', ({ model }): readonly InputKind[] => {
  const has = (...types: readonly (keyof DeclarationTypes)[]): boolean => types.some((type) => model.all(type).length > 0);
  const hasSource = (...kinds: readonly string[]): boolean => model.all('Source').some(({ recordKind }) => kinds.includes(recordKind));
  const hasTargets = model.all('Agreement').some(({ targets }) => targets.length > 0);
  const found: Record<InputKind, boolean> = {
    // Before the first review there is nothing to follow up; later ones find it in the reviews before.
    'previous-actions': true,
    issues: has('ContextIssue'),
    nonconformities: has('Nonconformity', 'Audit'),
    measurements: has('Metric') || hasTargets,
    audits: has('Audit', 'ExternalAssessment'),
    improvement: has('Improvement', 'Opportunity'),
    feedback: has('ServiceReview') || hasSource('survey', 'complaint'),
    policies: has('Policy'),
    objectives: has('Objective'),
    'service-performance': has('ServiceReport') || hasTargets,
    'other-parties': has('Supplier'),
    resources: has('Resource', 'CapacityPlan', 'Budget'),
    risks: has('Risk', 'RiskAssessment', 'Opportunity'),
    changes: has('Transition', 'ContextIssue') || hasSource('change'),
  };
  return (Object.keys(found) as InputKind[]).filter((kind) => found[kind]);
});

/** A row that asks for one input. `what` completes “does not look at …”. */
function looksAt(row: string, kind: InputKind, what: string): Rule {
  return rule(row, {
    parts: [
      ofLatestReview((review, context) => {
        const hasRegister = context.read(registers).includes(kind);
        const place = placeOf(review);
        const fixes = [addFact(`Add the input “${kind}”`, place, `input ${kind} "\${1:TODO what was seen}" source "\${2:TODO where the details are}"`)];
        const index = review.inputs.findIndex((input) => input.kind === kind && isFilledIn(input.text));
        if (index >= 0) {
          if (hasRegister || review.inputs.some((input) => input.kind === kind && isFilledIn(input.text) && isFilledIn(input.source))) return [];
          return [shortfall(`The management review ${named(review)} looks at ${what}, but neither the input nor the model says where the details are: source "…".`, { place: placeOf(review, 'inputs', index, 'kind'), axis: 'evidenced', fixes })];
        }
        if (review.inputsAuto && hasRegister) return [];
        const why = review.inputsAuto ? `, and the model holds nothing of it from which the input would follow` : '';
        return [shortfall(`The management review ${named(review)} does not look at ${what}${why}.`, { place, axis: 'evidenced', fixes })];
      }),
    ],
  });
}

export const previousActions: Rule = looksAt('9.3.a', 'previous-actions', 'what became of the actions of earlier reviews');
export const changedIssues: Rule = looksAt('9.3.b', 'issues', 'changes of external and internal issues');
export const nonconformityTrends: Rule = looksAt('9.3.c1', 'nonconformities', 'nonconformities and corrective action');
export const measurementTrends: Rule = looksAt('9.3.c2', 'measurements', 'results of measurement');
export const auditTrends: Rule = looksAt('9.3.c3', 'audits', 'results of audits');
export const improvementOpportunities: Rule = looksAt('9.3.d', 'improvement', 'opportunities for improvement');
export const feedback: Rule = looksAt('9.3.e', 'feedback', 'feedback from customers and others');
export const policies: Rule = looksAt('9.3.f', 'policies', 'whether policies are kept to and still suit');
export const objectives: Rule = looksAt('9.3.g', 'objectives', 'how far objectives are achieved');
export const servicePerformance: Rule = looksAt('9.3.h', 'service-performance', 'the performance of the services');
export const otherParties: Rule = looksAt('9.3.i', 'other-parties', 'the performance of other parties');
export const resources: Rule = looksAt('9.3.j', 'resources', 'present and forecast resources');
export const risks: Rule = looksAt('9.3.k', 'risks', 'risks and what is done about them');
export const comingChanges: Rule = looksAt('9.3.l', 'changes', 'changes that could affect the system or the services');

export const decisions: Rule = rule('9.3.2', {
  parts: [
    ofLatestReview((review, { model }) => {
      const decided = review.decisions.filter(({ action }) => isFilledIn(action.text));
      // What is carried out by an improvement is a decision on one.
      const isOnImprovement = decided.some(({ subject, action }) => subject === 'improvement' || (action.via !== undefined && model.get('Improvement', action.via) !== undefined));
      return stated(
        review,
        'The management review',
        [
          { said: isOnImprovement, what: 'what was decided on improvement, or that nothing is to become better', line: 'decision on improvement "${1:TODO what is to become better, or that nothing is}"' },
          { said: decided.some(({ subject }) => subject === 'change'), what: 'what was decided on changes of the system or the services, or that none is needed', line: 'decision on change "${1:TODO what is to change, or that nothing is}"' },
        ],
        'evidenced',
      );
    }),
  ],
});

export const evidenceKept: Rule = rule('9.3.3', {
  evidence: 'derived',
  parts: [
    ofLatestReview(() => []),
    each('ManagementReview', {
      none: null,
      check: (review, context) => {
        const held = dateOf(review.held);
        if (held === undefined || held > context.asOf) return [];
        const document = review.minutes === undefined ? undefined : context.model.get('ControlledDocument', review.minutes);
        const fault = document && documentFault(document, { mode: 'retain' }, context);
        if (fault) return [shortfall(fault.message, { place: fault.place, axis: 'evidenced', fixes: fault.fixes ?? [] })];
        return stated(review, 'The management review', [{ said: document !== undefined || isFilledIn(review.minutesFile), what: 'where its minutes are', line: 'minutes "${1:TODO path of the minutes}"' }], 'evidenced');
      },
    }),
  ],
});
