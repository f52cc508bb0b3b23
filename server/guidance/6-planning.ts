/** Recommendations for clause 6, planning. */
import { nextReview } from '../assessment/approvals.ts';
import { dateOf, intervalAfter } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall } from '../assessment/remark.ts';
import { each, recommended, system, type Rule } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';

export const knownMethod: Rule = recommended('G.6.1.1.1', {
  parts: [
    each('RiskMethod', {
      none: null,
      check: (method, { model }) => [
        ...stated(method, 'The risk method', [{ said: isFilledIn(method.approach), what: 'how it works', line: 'approach "${1:TODO how risks are assessed}"' }]),
        ...(model.all('Risk').length === 0 ? [shortfall(`No risk is assessed by the method ${named(method)}. A simple register is enough.`, { place: placeOf(method) })] : []),
      ],
    }),
  ],
});

/**
 * A fixed rhythm, and a look after each major incident. Major incidents themselves stand in records; what text says of them are
 * nonconformities and reviews, so only the rhythm and external assessments are looked at here.
 */
export const rhythmOfRisks: Rule = recommended('G.6.1.2.1', {
  parts: [
    each('Risk', {
      none: null,
      check: (risk, { asOf, model }) => {
        const assessed = dateOf(risk.assessed);
        if (!risk.review) {
          // An assessment that looks at many risks has the rhythm for all of them.
          if (model.all('RiskAssessment').length > 0) return [];
          return [shortfall(`The risk ${named(risk)} does not say when it is looked at again.`, { place: placeOf(risk), fixes: [addFact('Plan its review', placeOf(risk), 'review every ${1:6mo}')] })];
        }
        const last = dateOf(risk.review.last) ?? assessed;
        const due = last === undefined ? undefined : intervalAfter(last, risk.review.every, 12);
        return due !== undefined && due < asOf ? [shortfall(`The risk ${named(risk)} was to be looked at by ${due}.`, { place: placeOf(risk, 'review', 'every') })] : [];
      },
    }),
  ],
});

export const measurableObjectives: Rule = recommended('G.6.2.1.1', {
  parts: [
    each('Objective', {
      where: ({ status }) => status !== 'dropped',
      none: null,
      check: (objective) => {
        if (!isFilledIn(objective.metric)) return [shortfall(`The objective ${named(objective)} cannot be measured: name its metric, from where to where and by when.`, { place: placeOf(objective), fixes: [addFact('Say how it is measured', placeOf(objective), 'metric ${1:TODO} from ${2:0} to ${3:0} by ${4:0000-00-00}')] })];
        return isFilledIn(objective.from) ? [] : [shortfall(`The objective ${named(objective)} does not say where it starts from, so what was achieved cannot be told: metric ${objective.metric} from VALUE to ${objective.to ?? 'VALUE'}.`, { place: placeOf(objective, 'metric') })];
      },
    }),
  ],
});

export const overviewOfPlans: Rule = recommended('G.6.3.1', {
  parts: [
    system(({ model }) => {
      const [plan] = model.all('ServiceManagementPlan');
      if (!plan || plan.allPlans) return [];
      const missing = model.all('Plan').filter(({ name }) => !plan.plans.includes(name));
      return missing.map((one) => shortfall(`The service management plan ${named(plan)} does not point to the plan ${named(one)}. Keep one overview of all of them: plans all.`, { place: placeOf(one), related: [{ place: placeOf(plan), message: 'The overview' }] }));
    }),
  ],
});

/** How far apart two looks at the plan are at most, in months. */
const planMonths = 12;

export const planLookedAt: Rule = recommended('G.6.3.2', {
  parts: [
    each('ServiceManagementPlan', {
      none: null,
      check: (plan, { asOf }) => {
        const seen = nextReview({ approvals: plan.approvals, review: undefined }, asOf, planMonths);
        const planned = plan.review === undefined ? undefined : nextReview(plan, asOf, planMonths);
        if (!seen) return [];
        if (planned && planned.due > (intervalAfter(planned.last, undefined, planMonths) ?? planned.due)) return [shortfall(`The service management plan ${named(plan)} is looked at every ${plan.review!.every}; look at it at least once a year.`, { place: placeOf(plan, 'review', 'every') })];
        if ((planned ?? seen).due < asOf) return [shortfall(`The service management plan ${named(plan)} was last looked at on ${(planned ?? seen).last}. Look at it at least once a year.`, { place: placeOf(plan) })];
        return [];
      },
    }),
  ],
});
