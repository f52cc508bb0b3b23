/** Clause 8.4.3, capacity management. */
import type { Agreement, DeclarationTypes, Service } from '../../language/model/declarations.ts';
import { addMonths } from '../../language/values/date.ts';
import { lastCompletedPeriod, parsePeriod, periodInWords } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { filledIn } from '../assessment/actions.ts';
import { nextReview } from '../assessment/approvals.ts';
import { dateOf, intervalAfter, intervalInWords, isWithinMonths } from '../assessment/dates.ts';
import { isFilledIn, isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import { addDeclaration, addFact, placeOf, shortfall, shown, unknown, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type NewDeclaration, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { firstOf, listed, named } from '../assessment/wording.ts';
import { hasEnded, slasOf } from './agreements.ts';
import { capacityMetrics, reaches, type CapacityMetric } from './capacity-metrics.ts';
import { isComputed, periodsOf, recordFix, recordingMonths } from './metric-periods.ts';
import { isDelivered, isLive } from './services-in-scope.ts';
import { covers, isImproved } from './target-figures.ts';

type CapacityRequirement = DeclarationTypes['CapacityRequirement'];
type CapacityPlan = DeclarationTypes['CapacityPlan'];
type Metric = DeclarationTypes['Metric'];

/** Services that need capacity: those that are delivered. What is only a part of others is needed as these are. */
function needsCapacity(service: Service, context: RuleContext): boolean {
  return isLive(service, context) && isDelivered(service, context);
}

const resourceKinds = ['human', 'technical', 'information', 'financial'] as const;

/** Kinds of resource of which the model says how much is needed: in a capacity requirement, or in the plan of resources (7.1). */
const kindsPlanned = query('kinds of resource with a capacity requirement', ({ model }) => {
  const kinds = new Set<string | undefined>(model.all('CapacityRequirement').map(({ resourceKind }) => resourceKind));
  for (const { kind, needed } of model.all('Resource')) if (isNotZero(needed)) kinds.add(kind);
  return resourceKinds.filter((kind) => kinds.has(kind));
});

const requirementKind = 'The capacity requirement';

function requirementScaffold(id: string, service: string): NewDeclaration {
  return {
    title: 'Declare a capacity requirement',
    text: `capacity requirement \${1:${id}} "\${2:TODO title}" for ${service} {\n  resource \${3:technical}\n  value \${4:0}\n  basis \${5:TODO}\n  metric \${6:TODO}\n  reviewed \${7:0000-00-00}\n}`,
  };
}

export const requirementsDocumented: Rule = rule('8.4.3.1', {
  // Capacity requirements as declared are the documented information.
  evidence: 'derived',
  parts: [
    each('Service', {
      none: { message: 'No service is declared that would need capacity.' },
      check: (service, context) => {
        if (!needsCapacity(service, context)) return [];
        if (context.model.referrers('Service', service.name).some(({ entity: { node } }) => node.$type === 'CapacityRequirement' && node.services.includes(service.name))) return [];
        const { title, text } = requirementScaffold(`${service.name}-capacity`, service.name);
        return [shortfall(`No capacity requirement says how much the service ${named(service)} needs.`, { place: placeOf(service), fixes: [addDeclaration(title, placeOf(service), text)] })];
      },
    }),
    system((context) => {
      if (context.model.all('CapacityRequirement').length === 0) return [];
      const known: readonly string[] = context.read(kindsPlanned);
      const missing = resourceKinds.filter((kind) => !known.includes(kind));
      if (missing.length === 0) return [];
      return [shortfall(`No capacity requirement is about ${listed(missing, 'or')} resources: capacity is a matter of people, technology, information and money.`, { fixes: declareFixes(context, requirementScaffold('capacity-requirement', '${8:TODO}')) })];
    }),
    each('CapacityRequirement', {
      none: null,
      check: (requirement, context) => {
        const { asOf, model } = context;
        const { months, words } = context.plannedInterval('8.4.3.1');
        const remarks = stated(requirement, requirementKind, [
          { said: requirement.resourceKind !== undefined, what: 'of which kind of resource it is' },
          { said: isNotZero(requirement.value), what: 'how much is needed', line: 'value ${1:0}' },
          { said: requirement.basis.some((id) => model.find('RequirementBasis', id) !== undefined), what: 'from which requirement, agreement or risk that follows', line: 'basis ${1:TODO}' },
          { said: dateOf(requirement.reviewed) !== undefined, what: 'when it was last looked at', line: 'reviewed ${1:0000-00-00}' },
        ]);
        if (dateOf(requirement.reviewed) === undefined || isWithinMonths(requirement.reviewed, months, asOf)) return remarks;
        const said = requirement.reviewed! > asOf ? `is said to have been looked at on ${requirement.reviewed}, which is still to come` : `was last looked at on ${requirement.reviewed}, but is to be ${words}`;
        return [...remarks, shortfall(`${requirementKind} ${named(requirement)} ${said}.`, { place: placeOf(requirement, 'reviewed') })];
      },
    }),
  ],
});

const planKind = 'The capacity plan';
const noPlan = {
  message: 'No capacity plan is declared, so nothing says whether capacity will be enough.',
  declare: {
    title: 'Declare a capacity plan',
    text: 'capacity plan ${1:capacity-plan} "${2:TODO title}" {\n  services all\n  current "${3:TODO capacity and demand today}"\n  forecast "${4:TODO what is expected}"\n  demand from ${5:TODO}\n  impacts ${6:TODO}\n  threshold ${7:TODO} >= ${8:0%}\n  timescales "${9:TODO when capacity is changed}"\n  approved by ${10:TODO} on ${11:0000-00-00}\n}',
  },
};

/** Whether a plan covers a service that needs capacity. */
function isPlanned({ name }: Service, { allServices, services }: CapacityPlan): boolean {
  return allServices || services.includes(name);
}

export const capacityPlanned: Rule = rule('8.4.3.a', {
  parts: [
    each('CapacityPlan', {
      none: noPlan,
      check: (plan, context) => {
        const planned = context.plannedInterval('8.4.3.a');
        const remarks = stated(plan, planKind, [
          { said: isFilledIn(plan.current), what: 'what capacity and demand are today', line: 'current "${1:TODO capacity and demand today}"' },
          { said: isFilledIn(plan.forecast), what: 'what is expected', line: 'forecast "${1:TODO what is expected}"' },
          { said: plan.demand.some((id) => context.model.get('Source', id)?.recordKind === 'demand'), what: 'from which records of demand it was made', line: 'demand from ${1:TODO}' },
        ]);
        const review = nextReview(plan, context.asOf, planned.months);
        if (review && review.due >= context.asOf) return remarks;
        const dated = review ? `was last approved or reviewed on ${review.last}; by its interval (${intervalInWords(plan.review, planned)}) a review was due on ${review.due}` : 'does not say when it was approved or last reviewed';
        return [...remarks, shortfall(`${planKind} ${named(plan)} ${dated}.`, { place: placeOf(plan, 'review', 'last'), fixes: review ? [] : [addFact('Say who approved it and when', placeOf(plan), 'approved by ${1:TODO} on ${2:0000-00-00}')] })];
      },
    }),
    each('Service', {
      none: null,
      check: (service, context) => {
        const plans = context.model.all('CapacityPlan');
        if (plans.length === 0 || !needsCapacity(service, context) || plans.some((plan) => isPlanned(service, plan))) return [];
        return [shortfall(`No capacity plan covers the service ${named(service)}.`, { place: placeOf(service), related: plans.map((plan) => ({ place: placeOf(plan), message: `${planKind} ${named(plan)}` })) })];
      },
    }),
  ],
});

/** What a service promises and needs that has an effect on capacity, by kind. */
function effectsOn(service: Service, context: RuleContext): readonly { readonly what: string; readonly ids: readonly string[] }[] {
  const { model, asOf } = context;
  const nodes = model.referrers('Service', service.name).map(({ entity: { node } }) => node);
  const slas: readonly Agreement[] = slasOf(service, context).filter((sla) => !hasEnded(sla, asOf));
  return [
    { what: 'agreement', ids: slas.map(({ name }) => name) },
    { what: 'availability requirement', ids: nodes.flatMap((node) => (node.$type === 'AvailabilityRequirement' && node.services.includes(service.name) ? [node.name] : [])) },
    { what: 'continuity requirement', ids: nodes.flatMap((node) => (node.$type === 'ContinuityRequirement' && node.services.includes(service.name) && !isFilledIn(node.notRequired) ? [node.name] : [])) },
  ];
}

export const effectsPlanned: Rule = rule('8.4.3.b', {
  parts: [
    each('CapacityPlan', {
      none: noPlan,
      check: (plan, context) => {
        const missing = new Map<string, string[]>();
        for (const service of context.model.all('Service')) {
          if (!needsCapacity(service, context) || !isPlanned(service, plan)) continue;
          for (const { what, ids } of effectsOn(service, context)) {
            if (ids.length > 0 && !ids.some((id) => plan.impacts.includes(id))) missing.set(what, [...(missing.get(what) ?? []), named(service)]);
          }
        }
        if (missing.size === 0) return [];
        const words = [...missing].map(([what, services]) => `no ${what} of ${firstOf(services, 3)}`);
        return [
          shortfall(`${planKind} ${named(plan)} looks at ${listed(words, 'and')}: what they promise and need has an effect on capacity.`, {
            place: placeOf(plan, 'impacts', 0),
            fixes: [addFact('Say what was looked at', placeOf(plan), 'impacts ${1:TODO}')],
          }),
        ];
      },
    }),
  ],
});

export const thresholdsPlanned: Rule = rule('8.4.3.c', {
  parts: [
    each('CapacityPlan', {
      none: noPlan,
      check: (plan, { model }) =>
        stated(plan, planKind, [
          { said: plan.thresholds.some(({ metric, value }) => isNotZero(value) && model.get('Metric', metric) !== undefined), what: 'at which value of which metric capacity is changed', line: 'threshold ${1:TODO} >= ${2:0%}' },
          { said: isFilledIn(plan.timescales), what: 'when it is changed', line: 'timescales "${1:TODO when capacity is changed}"' },
        ]),
    }),
  ],
});

/** Whether somebody acts on what a metric of capacity showed in a period. */
function isActedOn({ name, analyses }: Metric, period: string, context: RuleContext): boolean {
  if (isImproved('Metric', name, period, context)) return true;
  if (analyses.some(({ period: analysed, action }) => action !== undefined && isFilledIn(action.text) && covers(analysed, period))) return true;
  return context.model.all('RecordAnalysis').some(({ subject, period: analysed, actions }) => subject === 'capacity' && analysed !== undefined && covers(analysed, period) && filledIn(actions).length > 0);
}

function checkThresholds({ metric, thresholds }: CapacityMetric, context: RuleContext): readonly Remark[] {
  const figure = context.measurements?.ofMetric(metric.name).findLast(({ value }) => value !== undefined);
  if (!figure) return [unknown('effective', `${metric.name} was not measured`)];
  const reached = thresholds.find((threshold) => reaches(figure, threshold) === true);
  if (!reached || isActedOn(metric, figure.period, context)) return [shown('evidenced'), shown('effective')];
  const unit = figure.unit === 'percent' ? '%' : figure.unit === 'score' || figure.unit === 'count' ? '' : ` ${figure.unit}`;
  return [
    shortfall(`${named(metric)} was ${figure.value}${unit} in ${figure.period} and so has reached its threshold (${reached.comparison} ${reached.value}), and no action and no improvement says what is done about it.`, {
      place: placeOf(metric),
      axis: 'effective',
      fixes: [addDeclaration('Propose an improvement', placeOf(metric), `improvement ${metric.name}-capacity "\${1:TODO what is to change}" {\n  from ${metric.name} in ${figure.period}\n  owner \${2:TODO}\n  status proposed\n}`)],
    }),
  ];
}

export const enoughProvided: Rule = rule('8.4.3.2', {
  parts: [
    system((context) => {
      const watched = capacityMetrics(context).filter(({ thresholds }) => thresholds.length > 0);
      if (watched.length === 0) {
        return [
          shortfall('No metric of capacity has a threshold, so nothing tells when there is not enough: a threshold of a capacity plan, or of the metric of a capacity requirement.', { fixes: context.model.all('CapacityPlan').length > 0 ? [] : declareFixes(context, noPlan.declare) }),
          unknown('effective', 'no metric of capacity has a threshold'),
        ];
      }
      if (!context.measurements) return [unknown('evidenced', 'nothing has been measured yet'), unknown('effective', 'nothing has been measured yet')];
      return watched.flatMap((metric) => checkThresholds(metric, context));
    }),
  ],
});

/** Months after which an analysis that was performed is due again, in words and by its own interval. */
function recentAnalyses(months: number, { model, asOf }: RuleContext): readonly DeclarationTypes['RecordAnalysis'][] {
  return model.all('RecordAnalysis').filter(({ subject, performed, every }) => {
    const on = subject === 'capacity' ? dateOf(performed) : undefined;
    const due = on === undefined ? undefined : intervalAfter(on, every, months);
    return on !== undefined && on <= asOf && due !== undefined && due >= asOf;
  });
}

function saysSomething({ trends, conclusions }: DeclarationTypes['RecordAnalysis']): boolean {
  return isFilledIn(trends) || someFilledIn(conclusions);
}

const analysisScaffold: NewDeclaration = {
  title: 'Declare an analysis of capacity',
  text: 'analysis ${1:capacity-analysis} "${2:TODO title}" of capacity {\n  performed ${3:0000-00-00}\n  trends "${4:TODO what the figures show}"\n  conclusion "${5:TODO what follows from that}"\n  no action because "${6:TODO why nothing has to be done}"\n}',
};

/** Whether what a metric showed was analysed, in a period of the last months. */
function isAnalysed({ analyses }: Metric, months: number, { asOf }: RuleContext): boolean {
  return analyses.some(({ period, text }) => {
    const of = parsePeriod(period);
    return isFilledIn(text) && !isProblem(of) && of.firstDay <= asOf && addMonths(of.lastDay, months) >= asOf;
  });
}

export const useMonitored: Rule = rule('8.4.3.3', {
  parts: [
    system((context) => {
      const requirements = context.model.all('CapacityRequirement');
      if (requirements.length === 0) return [shortfall('No capacity requirement is declared whose use would be watched.', { axis: 'evidenced', fixes: declareFixes(context, requirementScaffold('capacity-requirement', '${8:TODO}')) })];
      if (requirements.some(({ metric }) => context.model.get('Metric', metric) !== undefined)) return [];
      return [shortfall('No capacity requirement names a metric by which its use is watched.', { place: placeOf(requirements[0]!), axis: 'evidenced', fixes: [addFact('Name the metric', placeOf(requirements[0]!), 'metric ${1:TODO}')] })];
    }),
    each('CapacityRequirement', {
      none: null,
      check: (requirement, context) => checkWatched(requirement, context),
    }),
  ],
});

/** That use was measured for the last period due and looked at since. What has no metric is watched by looking at it. */
function checkWatched(requirement: CapacityRequirement, context: RuleContext): readonly Remark[] {
  const { asOf, model } = context;
  const { months, words } = context.plannedInterval('8.4.3.3');
  const remarks: Remark[] = [];
  const metric = model.get('Metric', requirement.metric);
  const periods = metric && periodsOf(metric, context);
  if (metric && periods === undefined) remarks.push(unknown('evidenced', 'nothing has been measured yet'));
  else if (metric && periods) {
    const due = lastCompletedPeriod(metric.every ?? 'quarter', addMonths(asOf, -recordingMonths));
    if (!periods.some(({ firstDay, lastDay }) => firstDay <= asOf && lastDay >= due.lastDay)) {
      remarks.push(
        shortfall(`The metric ${named(metric)} of the capacity requirement ${named(requirement)} has no value for ${periodInWords(due)}, the last period due.`, { place: placeOf(requirement, 'metric'), axis: 'evidenced', fixes: isComputed(metric) ? [] : [recordFix(metric, due)] }),
      );
    }
  }
  const isLookedAt = recentAnalyses(months, context).some(saysSomething) || (metric !== undefined && isAnalysed(metric, months, context));
  if (!isLookedAt) {
    remarks.push(
      shortfall(`Nobody has analysed in the last ${months} months how the capacity of ${named(requirement)} is used (it is analysed ${words}): an analysis of capacity${metric ? `, or of its metric ${named(metric)}` : ''}.`, {
        place: placeOf(requirement),
        axis: 'evidenced',
        fixes: [addDeclaration(analysisScaffold.title, placeOf(requirement), analysisScaffold.text)],
      }),
    );
  }
  return remarks.length > 0 ? remarks : [shown('evidenced'), shown('effective')];
}

export const improvementsIdentified: Rule = rule('8.4.3.4', {
  parts: [
    system((context) => {
      const { model, asOf } = context;
      const { months } = context.plannedInterval('8.4.3.4', 12);
      const analyses = model.all('RecordAnalysis').filter(({ subject, performed }) => subject === 'capacity' && isWithinMonths(performed, months, asOf));
      const improvements = model.all('Improvement').filter((improvement) => isFilledIn(improvement.title ?? improvement.name));
      const capacity = new Set<string>([...analyses, ...capacityMetrics(context).map(({ metric }) => metric)].map(({ name }) => name));
      const isRecent = ({ recorded, decidedOn, implemented }: DeclarationTypes['Improvement']): boolean => [recorded, decidedOn, implemented].some((date) => isWithinMonths(date, months, asOf));
      if (improvements.some((improvement) => isRecent(improvement) && improvement.sources.some(({ source }) => capacity.has(source)))) return [shown('evidenced')];
      if (analyses.some(({ actions, noAction }) => isFilledIn(noAction) || filledIn(actions).length > 0)) return [shown('evidenced')];
      // What is concluded from use and performance in the plan was looked at with the plan.
      const concluded = model.all('CapacityPlan').some((plan) => {
        const review = nextReview(plan, asOf, months);
        return isFilledIn(plan.conclusion) && review !== undefined && isWithinMonths(review.last, months, asOf);
      });
      if (concluded) return [shown('evidenced')];
      const [first] = analyses;
      if (first) {
        return stated(
          first,
          'The analysis',
          [
            { said: false, what: 'what is to improve', line: 'action "${1:TODO what is to improve}" owner ${2:TODO} due ${3:0000-00-00}' },
            { said: false, what: 'why nothing is', line: 'no action because "${1:TODO why nothing has to improve}"' },
          ],
          'evidenced',
        );
      }
      return [shortfall(`In the last ${months} months nobody has looked at capacity for what could perform better: no analysis of capacity led to an improvement, or to the conclusion that none is needed.`, { axis: 'evidenced', fixes: declareFixes(context, analysisScaffold) })];
    }),
  ],
});
