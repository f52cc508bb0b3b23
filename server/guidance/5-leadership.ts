/** Recommendations for clause 5, leadership. */
import { addMonths } from '../../language/values/date.ts';
import { nextReview } from '../assessment/approvals.ts';
import { dateOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall } from '../assessment/remark.ts';
import { each, recommended, system, type Rule } from '../assessment/rule.ts';
import { listed, named } from '../assessment/wording.ts';
import { hasTopManagement, isTopManagement } from '../iso20000/top-management.ts';

/** Months of reviews that are looked at. */
const lookedBack = 24;

export const visibleTopManagement: Rule = recommended('G.5.1.1', {
  parts: [
    each('ManagementReview', {
      none: null,
      check: (review, context) => {
        const held = dateOf(review.held);
        if (held === undefined || held > context.asOf || addMonths(held, lookedBack) < context.asOf || !hasTopManagement(context) || isTopManagement(review.chair, context)) return [];
        return [shortfall(`The management review ${named(review)} was not led by top management. Let it take part visibly.`, { place: isFilledIn(review.chair) ? placeOf(review, 'chair') : placeOf(review) })];
      },
    }),
  ],
});

export const oneAnswers: Rule = recommended('G.5.1.2', {
  parts: [
    system((context) => {
      if (!hasTopManagement(context)) return [];
      const roles = context.model.all('Role').filter(({ system: forSystem }) => forSystem);
      if (roles.length === 0 || roles.some(({ name, holders }) => isTopManagement(name, context) || holders.some((holder) => isTopManagement(holder, context)))) return [];
      return roles.map((role) => shortfall(`The role ${named(role)} answers for the system as a whole, and nobody of top management holds it. Let one member of management answer for service management.`, { place: placeOf(role) }));
    }),
  ],
});

export const policyReviewed: Rule = recommended('G.5.2.1.1', {
  parts: [
    each('Policy', {
      where: ({ kind }) => kind === 'service-management',
      none: null,
      check: (policy, context) => {
        if (!policy.review) return [shortfall(`The policy ${named(policy)} does not say when it is looked at again.`, { place: placeOf(policy), fixes: [addFact('Plan its review', placeOf(policy), 'review every ${1:12mo}')] })];
        const review = nextReview(policy, context.asOf, 12);
        return review && review.due < context.asOf ? [shortfall(`The policy ${named(policy)} was to be looked at by ${review.due}.`, { place: placeOf(policy, 'review', 'every') })] : [];
      },
    }),
  ],
});

/** Processes that have to run when somebody is away. */
const urgentClauses = ['8.6.1', '8.5.1', '8.7.2'];

export const deputies: Rule = recommended('G.5.3.1', {
  parts: [
    system(({ model }) => {
      const urgent = model.all('Process').filter(({ satisfies, implements: implemented, name }) => [name, ...implemented].some((id) => /^(?:incident|change|continuity|service-continuity)/.test(id)) || satisfies.some((id) => urgentClauses.some((clause) => id.replace(/^iso20000:/, '').startsWith(clause))));
      return model.all('Role').flatMap((role) => {
        const needing = urgent.filter((process) => process.owner === role.name || process.nodes.some((node) => node.$type === 'Step' && [...node.responsible, ...node.accountable].includes(role.name)));
        if (needing.length === 0 || role.holders.length !== 1) return [];
        return [shortfall(`Only one person holds the role ${named(role)}, which ${listed(needing.slice(0, 3).map(({ title, name }) => `“${title ?? name}”`))} ${needing.length === 1 ? 'needs' : 'need'}. Name a deputy.`, { place: placeOf(role) })];
      });
    }),
  ],
});
