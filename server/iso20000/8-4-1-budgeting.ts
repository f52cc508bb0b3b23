/** Clause 8.4.1, budgeting and accounting for services. */
import { addMonths } from '../../language/values/date.ts';
import { parsePercent, printPercent } from '../../language/values/percent.ts';
import { isProblem } from '../../language/values/problem.ts';
import { actionDone, filledIn } from '../assessment/actions.ts';
import { lastApproval } from '../assessment/approvals.ts';
import { dateOf } from '../assessment/dates.ts';
import { isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import { recordOfEach, type Coverage } from '../assessment/record-coverage.ts';
import { everyRecord } from '../assessment/records.ts';
import { placeOf, shortfall } from '../assessment/remark.ts';
import { each, rule, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { budgetForToday, currentBudgets, hasBegun, periodOfBudget, someBudget, type Budget } from './budgets.ts';
import { recordingMonths } from './metric-periods.ts';
import { isDelivered, isLive } from './services-in-scope.ts';

const kind = 'The budget';

export const budgetedByPolicy: Rule = rule('8.4.1.1', {
  parts: [
    someBudget,
    budgetForToday,
    each('Service', {
      none: null,
      check: (service, context) => {
        if (!isLive(service, context) || !isDelivered(service, context)) return [];
        const budgets = currentBudgets(context);
        if (budgets.length === 0 || budgets.some(({ allServices, services }) => allServices || services.includes(service.name))) return [];
        return [shortfall(`No budget for the period that ${context.asOf} is in covers the service ${named(service)}.`, { place: placeOf(service), related: budgets.map((budget) => ({ place: placeOf(budget), message: `${kind} ${named(budget)}` })) })];
      },
    }),
    each('Budget', {
      none: null,
      check: (budget, context) =>
        hasBegun(budget, context)
          ? stated(budget, kind, [
              { said: periodOfBudget(budget) !== undefined, what: 'for which period it is', line: 'period ${1:0000}' },
              { said: context.model.get('Policy', budget.policy) !== undefined, what: 'which financial policy it follows', line: 'policy ${1:TODO}' },
            ])
          : [],
    }),
  ],
});

export const costsBudgeted: Rule = rule('8.4.1.2', {
  parts: [
    someBudget,
    each('Budget', {
      none: null,
      check: (budget, context) =>
        // One for a period still to come may be a draft.
        hasBegun(budget, context)
          ? stated(budget, kind, [
              { said: isNotZero(budget.amount), what: 'how much it is', ...(budget.amount === undefined ? { line: 'amount ${1:0} ${2:EUR}' } : {}) },
              { said: someFilledIn(budget.categories), what: 'of which types of cost it is made up', line: 'categories "${1:TODO}"' },
              { said: lastApproval(budget.approvals, context.asOf) !== undefined, what: 'who approved it and when', line: 'approved by ${1:TODO} on ${2:0000-00-00}' },
            ])
          : [],
    }),
  ],
});

/** A report on each budget of today for the last period due: one is due a month after the end of its period. */
function reported(row: string, says: Pick<Coverage, 'incomplete'> & { readonly meets: string; readonly fields: readonly string[] }) {
  return recordOfEach({
    row,
    kind: 'cost',
    plural: 'reports of cost',
    coverage: (context): Coverage => {
      const { months, words } = context.plannedInterval(row);
      const { asOf } = context;
      // The report on a later period than one that began then need not be there yet.
      const since = addMonths(asOf, -(2 * months + recordingMonths));
      const hasDue = (budget: Budget): boolean => periodOfBudget(budget)!.firstDay <= addMonths(asOf, -(months + recordingMonths));
      return {
        subjects: currentBudgets(context).filter(hasDue).map((budget) => ({
          name: budget.name,
          title: named(budget),
          place: placeOf(budget),
          where: `budget = "${budget.name}" and period >= ${since}`,
          meets: says.meets,
          fields: ['budget', 'period', ...says.fields],
        })),
        of: 'current budgets',
        lacks: `have no report of cost for a period that began since ${since} (cost is reported ${words})`,
        incomplete: says.incomplete,
      };
    },
  });
}

export const costReported: Rule = rule('8.4.1.3', {
  // The reports are the records that are asked for.
  evidence: 'derived',
  parts: [
    someBudget,
    reported('8.4.1.3', { meets: 'actual is not empty and variance is not empty and reported-to is not empty', fields: ['actual', 'variance', 'reported-to'], incomplete: 'have reports for the last period due, but none that says actual cost, deviation and to whom it was reported' }),
  ],
});

export const forecastsReviewed: Rule = rule('8.4.1.4', {
  parts: [
    someBudget,
    reported('8.4.1.4', { meets: 'forecast is not empty and reviewed is not empty', fields: ['forecast', 'reviewed'], incomplete: 'have reports for the last period due, but none with a forecast that was reviewed' }),
  ],
});

/** Up to which day actions of the budget itself answer its deviations: those still open answer them all. */
function answeredUntil(budget: Budget, { model, asOf }: RuleContext): string | undefined {
  const days = filledIn(budget.actions).map((action) => actionDone(action, model, asOf) ?? dateOf(action.due) ?? asOf);
  return days.sort().at(-1);
}

export const costsManaged: Rule = rule('8.4.1.5', {
  parts: [
    someBudget,
    each('Budget', {
      none: null,
      check: (budget, context) => (hasBegun(budget, context) ? stated(budget, kind, [{ said: isNotZero(budget.tolerance), what: 'from which deviation on somebody must act', line: 'tolerance ${1:0%}' }]) : []),
    }),
    everyRecord({
      row: '8.4.1.5',
      kind: 'cost',
      plural: 'reports of cost',
      demands: (context) =>
        context.model.all('Budget').flatMap((budget) => {
          const tolerance = isNotZero(budget.tolerance) ? parsePercent(budget.tolerance) : undefined;
          if (tolerance === undefined || isProblem(tolerance)) return [];
          const until = answeredUntil(budget, context);
          const number = printPercent(tolerance).replace('%', '');
          return [
            {
              name: budget.name,
              where: `budget = "${budget.name}" and variance is not empty`,
              meets: `(variance <= ${number} and variance + ${number} >= 0) or actions is not empty${until === undefined ? '' : ` or period <= ${until}`}`,
              fields: ['budget', 'variance', 'actions', ...(until === undefined ? [] : ['period'])],
              of: `reports on ${named(budget)}`,
              lacks: `deviate by more than ${printPercent(tolerance)} and name no action`,
            },
          ];
        }),
    }),
  ],
});
