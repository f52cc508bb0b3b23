/** Recommendations for clause 8.4, supply and demand. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import type { Place } from '../../language/model/finding.ts';
import { addMonths, type IsoDate } from '../../language/values/date.ts';
import { isProblem } from '../../language/values/problem.ts';
import { compareQuantities, parseQuantity } from '../../language/values/quantity.ts';
import { lastApproval } from '../assessment/approvals.ts';
import { dateOf } from '../assessment/dates.ts';
import { isFilledIn, isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import { checkMapped } from '../assessment/records.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, recommended, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { counted, listed, named } from '../assessment/wording.ts';
import { periodOfBudget, type Budget } from '../iso20000/budgets.ts';
import { capacityMetrics } from '../iso20000/capacity-metrics.ts';
import { isDelivered, isLive } from '../iso20000/services-in-scope.ts';
import { isCompleted, type Transition } from '../iso20000/transitions.ts';
import { says } from './says.ts';

type CapacityRequirement = DeclarationTypes['CapacityRequirement'];
type Metric = DeclarationTypes['Metric'];

/** The policy that budgets follow, by its own words; cost kinds and variances may stand in each budget instead. Its document is not read. */
export const financialPolicy: Rule = recommended('G.8.4.1.1', {
  parts: [
    each('Policy', {
      none: null,
      check: (policy, { model }) => {
        const budgets = model.referrers('Policy', policy.name).flatMap(({ entity: { node } }) => (node.$type === 'Budget' && node.policy === policy.name ? [node] : []));
        if (budgets.length === 0) return [];
        const texts = [policy.title, policy.statement, policy.framework, policy.$documentation];
        const missing = [
          ...(budgets.every(({ categories }) => someFilledIn(categories)) || says(texts, /\bcost (?:kind|type|categor)|(?:kinds?|types?|categories) of cost|\bdirect\b|\bcapital\b|\bdepreciat/i) ? [] : ['which kinds of cost are counted']),
          ...(says(texts, /\bapportion|\ballocat|\bshared?\b|\bdistribut|\bsplit\b|\boverhead/i) ? [] : ['how shared cost is apportioned']),
          ...(budgets.every(({ tolerance }) => isNotZero(tolerance)) || says(texts, /\bvarianc|\bdeviat|\boverrun|\btoleranc|\bexceed/i) ? [] : ['how variances are handled']),
        ];
        if (missing.length === 0) return [];
        const [first] = budgets;
        return [
          shortfall(`The policy ${named(policy)} that budgets follow does not say ${listed(missing, 'or')}.`, {
            place: policy.statement === undefined ? placeOf(policy) : placeOf(policy, 'statement'),
            related: [{ place: placeOf(first!, 'policy'), message: `The budget ${named(first!)}` }],
            fixes: policy.statement === undefined ? [addFact('Say so', placeOf(policy), 'statement "${1:TODO kinds of cost, how shared cost is apportioned, how variances are handled}"')] : [],
          }),
        ];
      },
    }),
  ],
});

/** The days on which something of a transition that is still to be done is due. */
function dueDays({ activities, removal, transfer }: Transition, asOf: IsoDate): readonly IsoDate[] {
  const days = [...activities.filter(({ done }) => done === undefined).map(({ due }) => dateOf(due)), dateOf(removal), dateOf(transfer)].filter((day) => day !== undefined).filter((day) => day >= asOf);
  return days.length > 0 ? days : [asOf];
}

const covers = ({ allServices, services }: Budget, service: string): boolean => allServices || services.includes(service);

/** Service changes that are planned for the period of a budget. Whether seasons are in its amount is not told by a model. */
export const changesBudgeted: Rule = recommended('G.8.4.1.2', {
  parts: [
    each('Transition', {
      none: null,
      check: (transition, { model, asOf }) => {
        if (isCompleted(transition, asOf)) return [];
        const days = dueDays(transition, asOf);
        const budgets = model.all('Budget').filter((budget) => {
          const period = periodOfBudget(budget);
          return period !== undefined && days.some((day) => day >= period.firstDay && day <= period.lastDay);
        });
        const [first] = budgets;
        if (!first) return [];
        return transition.services.flatMap((service, index): Remark[] => {
          if (budgets.some((budget) => covers(budget, service))) return [];
          const title = model.get('Service', service)?.title ?? service;
          return [
            shortfall(`The transition ${named(transition)} changes “${title}” in the period of ${listed(budgets.map(named))}, and no budget of that period takes the service in.`, {
              place: placeOf(transition, 'services', index),
              related: budgets.map((budget) => ({ place: placeOf(budget), message: `The budget ${named(budget)}` })),
              fixes: [addFact(`Take it into ${named(first)}`, placeOf(first), `services ${service}`)],
            }),
          ];
        });
      },
    }),
  ],
});

/** From how many periods on a pattern of demand can be seen. */
const patternPeriods = 4;

const delivered = query('services that are delivered', (context) => context.model.all('Service').filter((service) => isLive(service, context) && isDelivered(service, context)).length);

/**
 * Demand stands in records: whether a forecast has periods behind it is told by what the source maps and, where it was read, by how many
 * records it has for each service that is delivered.
 */
export const patternsOfDemand: Rule = recommended('G.8.4.2.1', {
  parts: [
    each('Source', {
      where: ({ recordKind }) => recordKind === 'demand',
      none: null,
      check: (source, context) => {
        const place = placeOf(source);
        const { missing } = checkMapped(source, ['period', 'current', 'forecast'], { row: 'G.8.4.2.1', plural: 'records of demand' });
        if (missing.length > 0) return [shortfall(`The source ${named(source)} maps no ${listed(missing.map((field) => `“${field}”`), 'or')}, so no pattern of demand is seen over time.`, { place, fixes: missing.map((field) => addFact(`Map “${field}”`, place, `map ${field} = "\${1:TODO column}"`)) })];
        const records = context.measurements?.source(source.name)?.records;
        const services = context.read(delivered);
        if (records === undefined || records >= patternPeriods * Math.max(services, 1)) return [];
        return [shortfall(`The source ${named(source)} holds ${counted(records, 'record')} of demand for ${counted(services, 'service')}. Forecast from at least ${patternPeriods} periods of each, so that patterns show.`, { place })];
      },
    }),
  ],
});

/** How old a capacity plan becomes at most. */
const planMonths = 12;

export const capacityPlanRenewed: Rule = recommended('G.8.4.3.1', {
  parts: [
    each('CapacityPlan', {
      none: null,
      check: (plan, { asOf }) => {
        const last = lastApproval(plan.approvals, asOf);
        if (!last) return [shortfall(`The capacity plan ${named(plan)} does not say when it was approved. Renew it at least once a year, with options and what they cost.`, { place: placeOf(plan), fixes: [addFact('Say who approved it and when', placeOf(plan), 'approved by ${1:TODO} on ${2:0000-00-00}')] })];
        if (addMonths(last.on, planMonths) >= asOf) return [];
        return [shortfall(`The capacity plan ${named(plan)} was approved on ${last.on}. Renew it at least once a year, with options and what they cost.`, { place: placeOf(plan, 'approvals', plan.approvals.indexOf(last.approval), 'on') })];
      },
    }),
  ],
});

function isOfComponents({ resourceKind, services }: CapacityRequirement, context: RuleContext): boolean {
  if (resourceKind === 'technical' || resourceKind === 'information') return true;
  return services.some((id) => {
    const service = context.model.get('Service', id);
    return service !== undefined && !isDelivered(service, context);
  });
}

function isOfServices({ basis, services }: CapacityRequirement, context: RuleContext): boolean {
  const { model } = context;
  const follows = basis.some((id) => model.get('Agreement', id) !== undefined || model.get('ServiceRequirement', id) !== undefined);
  return follows && services.some((id) => {
    const service = model.get('Service', id);
    return service !== undefined && isDelivered(service, context);
  });
}

/**
 * Levels show in capacity requirements so: what a delivered service needs follows from a requirement or an agreement with customers (the
 * business and its services); technology, information and services beneath others are components.
 */
export const levelsOfCapacity: Rule = recommended('G.8.4.3.2', {
  parts: [
    system((context) => {
      const requirements = context.model.all('CapacityRequirement').filter(({ value }) => value === undefined || isNotZero(value));
      const [first] = requirements;
      if (!first) return [];
      const missing = [
        ...(requirements.some((requirement) => isOfServices(requirement, context)) ? [] : ['a service as customers need it (based on a service requirement or an agreement)']),
        ...(requirements.some((requirement) => isOfComponents(requirement, context)) ? [] : ['components (resource technical or information)']),
      ];
      if (missing.length === 0) return [];
      return [
        shortfall(`No capacity requirement is about ${listed(missing, 'or')}. Look at capacity of the business, of services and of components.`, {
          place: placeOf(first),
          fixes: declareFixes(context, { title: 'Declare a capacity requirement', text: 'capacity requirement ${1:capacity} "${2:TODO title}" for ${3:TODO} {\n  resource ${4:technical}\n  value ${5:0}\n  basis ${6:TODO}\n  metric ${7:TODO}\n  reviewed ${8:0000-00-00}\n}' }),
        }),
      ];
    }),
  ],
});

const metricsOfCapacity = query('metrics of capacity', (context) => capacityMetrics(context).map(({ metric }) => metric.name));

/** Whether a warning comes before the limit: lower where the limit is the most there may be, higher where it is the least. Undefined where they cannot be compared. */
function warnsInTime(warning: string, { comparison, target }: Metric): boolean | undefined {
  const [at, limit] = [parseQuantity(warning), target === undefined ? undefined : parseQuantity(target)];
  if (isProblem(at) || limit === undefined || isProblem(limit)) return undefined;
  const order = compareQuantities(at, limit);
  if (order === undefined || comparison === undefined || comparison === '=') return undefined;
  return comparison.startsWith('<') ? order < 0 : order > 0;
}

export const warningThresholds: Rule = recommended('G.8.4.3.3', {
  parts: [
    each('Metric', {
      where: ({ target }) => isFilledIn(target),
      none: null,
      check: (metric, context) => {
        if (!context.read(metricsOfCapacity).includes(metric.name)) return [];
        const inPlans = context.model.referrers('Metric', metric.name).flatMap(({ entity: { node } }) => (node.$type === 'CapacityPlan' ? node.thresholds.flatMap((threshold, index) => (threshold.metric === metric.name ? [{ at: threshold.value, place: placeOf(node, 'thresholds', index, 'value') }] : [])) : []));
        const warnings: readonly { readonly at: string; readonly place: Place }[] = [
          ...(metric.threshold === undefined ? [] : [{ at: metric.threshold, place: placeOf(metric, 'threshold') }]),
          ...(metric.warning === undefined ? [] : [{ at: metric.warning, place: placeOf(metric, 'warning') }]),
          ...inPlans,
        ].filter(({ at }) => isNotZero(at));
        const limit = `${metric.comparison} ${metric.target}`;
        if (warnings.length === 0) {
          const sign = metric.comparison?.startsWith('>') ? '<=' : '>=';
          return [shortfall(`Nothing warns before ${named(metric)} reaches its limit (${limit}). Set a threshold before it, so that there is time to act.`, { place: placeOf(metric, 'target'), fixes: [addFact('Set a threshold', placeOf(metric), `threshold ${sign} \${1:0}`)] })];
        }
        if (warnings.some(({ at }) => warnsInTime(at, metric) !== false)) return [];
        return warnings.map(({ at, place }) => shortfall(`The threshold ${at} of ${named(metric)} does not lie before its limit (${limit}), so there is no time to act.`, { place }));
      },
    }),
  ],
});
