import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { isInPeriod, parsePeriod, type Period } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, system, type RuleContext, type SystemPart } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';

export type Budget = DeclarationTypes['Budget'];

export function periodOfBudget({ period: stated }: Budget): Period | undefined {
  const period = stated === undefined ? undefined : parsePeriod(stated);
  return period === undefined || isProblem(period) ? undefined : period;
}

/** Budgets whose period the day is in. */
export function currentBudgets({ model, asOf }: RuleContext): readonly Budget[] {
  return model.all('Budget').filter((budget) => {
    const period = periodOfBudget(budget);
    return period !== undefined && isInPeriod(asOf, period);
  });
}

/** Whether a budget has begun; one that says no period is not known not to have. */
export function hasBegun(budget: Budget, { asOf }: RuleContext): boolean {
  const period = periodOfBudget(budget);
  return period === undefined || period.firstDay <= asOf;
}

/** That a budget is declared; one whose title still is to be filled in is none yet. */
export const someBudget: SystemPart = system((context): readonly Remark[] => {
  if (context.model.all('Budget').some(({ title }) => title === undefined || isFilledIn(title))) return [];
  return [
    shortfall('No budget is declared, so it is unknown what services may cost.', {
      fixes: declareFixes(context, {
        title: 'Declare a budget',
        text: 'budget ${1:budget} "${2:TODO title}" {\n  services all\n  period ${3:0000}\n  amount ${4:0} ${5:EUR}\n  categories "${6:TODO}"\n  tolerance ${7:0%}\n  policy ${8:TODO}\n  approved by ${9:TODO} on ${10:0000-00-00}\n}',
      }),
    }),
  ];
});

/** That one of the budgets is for the period that the day is in. */
export const budgetForToday: SystemPart = system((context): readonly Remark[] => {
  if (currentBudgets(context).length > 0) return [];
  const dated = context.model.all('Budget').flatMap((budget) => {
    const period = periodOfBudget(budget);
    return period ? [{ budget, period }] : [];
  });
  const [latest] = dated.toSorted((a, b) => (a.period.lastDay > b.period.lastDay ? -1 : 1));
  // A budget that says no period is told so itself.
  return latest ? [shortfall(`No budget is for the period that ${context.asOf} is in: the latest, ${named(latest.budget)}, is for ${latest.period.id}.`, { place: placeOf(latest.budget, 'period') })] : [];
});
