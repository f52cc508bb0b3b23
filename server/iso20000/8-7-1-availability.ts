/** Clause 8.7.1, service availability management. */
import type { Agreement, DeclarationTypes, Service } from '../../language/model/declarations.ts';
import type { Place } from '../../language/model/finding.ts';
import { addMonths } from '../../language/values/date.ts';
import { comparePercents, parsePercent } from '../../language/values/percent.ts';
import { lastCompletedPeriod, parsePeriod, periodInWords, periodKinds, type PeriodKind } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { dateOf, intervalAfter, intervalInWords, latestOf } from '../assessment/dates.ts';
import { isFilledIn, isNotZero } from '../assessment/filled-in.ts';
import { everyRecord } from '../assessment/records.ts';
import { addDeclaration, addFact, placeOf, shortfall, shown, unknown, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type Rule, type RuleContext, type RulePart } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { agreementsOn, availabilityTargets, type AvailabilityTarget } from './availability-targets.ts';
import { assessedAtIntervals, assessedServices } from './risk-assessments.ts';
import { isDelivered, isLive } from './services-in-scope.ts';

type AvailabilityRequirement = DeclarationTypes['AvailabilityRequirement'];

const kind = 'The availability requirement';

/** Declared entries with their dates are what is kept here: nothing beside them is asked for. */
const evidence = 'derived';

export const risksAssessed: Rule = rule('8.7.1.1', { evidence, parts: [assessedAtIntervals('availability')] });

function requirementsFor(service: Service, { model }: RuleContext): readonly AvailabilityRequirement[] {
  const found = new Set<AvailabilityRequirement>();
  for (const { entity: { node } } of model.referrers('Service', service.name)) if (node.$type === 'AvailabilityRequirement' && node.services.includes(service.name)) found.add(node);
  return [...found];
}

/** Whether a service is delivered today, so that somebody needs it to be available. What is only a part of others is needed as these are. */
function isNeeded(service: Service, context: RuleContext): boolean {
  return isLive(service, context) && isDelivered(service, context);
}

function scaffold(service: Service): string {
  return `availability requirement ${service.name}-availability for ${service.name} {\n  target \${1:0%}\n  window \${2:TODO}\n  basis \${3:TODO}\n  agreed by \${4:TODO} on \${5:0000-00-00}\n}`;
}

function hoursOf({ agreement, target }: AvailabilityTarget): string | undefined {
  return [target.clock, agreement.serviceHours].find(isFilledIn);
}

export const requirementsDetermined: Rule = rule('8.7.1.2', {
  parts: [
    each('Service', {
      none: { message: 'No service is declared, so nothing says how available one has to be.' },
      check: (service, context) => {
        if (!isNeeded(service, context) || requirementsFor(service, context).length > 0) return [];
        const targets = availabilityTargets(service, context);
        const [first] = targets;
        if (!first) {
          return [
            shortfall(`Nothing says how available ${named(service)} has to be: an availability requirement for it, or an availability target of an agreement.`, {
              place: placeOf(service),
              fixes: [addDeclaration('Declare an availability requirement', placeOf(service), scaffold(service))],
            }),
          ];
        }
        if (targets.some((target) => hoursOf(target) !== undefined)) return [];
        return [
          shortfall(`${named(first.agreement)} says how available ${named(service)} is, but not in which hours.`, {
            place: placeOf(first.agreement, 'targets', first.index, 'name'),
            fixes: [addFact('State the service hours', placeOf(first.agreement), 'service hours ${1:TODO}')],
          }),
        ];
      },
    }),
    each('AvailabilityRequirement', {
      none: null,
      check: (requirement, context) => {
        const hasHours = isFilledIn(requirement.window) || requirement.services.every((name) => availabilityTargets({ name }, context).some((target) => hoursOf(target) !== undefined));
        return stated(requirement, kind, [
          { said: isNotZero(requirement.target), what: 'how available the service has to be', line: 'target ${1:0%}' },
          { said: hasHours, what: 'in which hours', line: 'window ${1:TODO}' },
        ]);
      },
    }),
  ],
});

/**
 * A check of what is required of the availability of services: of each requirement that is declared, and of each delivered service that
 * none speaks of, by the agreements that promise its availability.
 */
function ofRequirements(checks: {
  readonly declared: (requirement: AvailabilityRequirement, context: RuleContext) => readonly Remark[];
  readonly promised: (service: Service, targets: readonly AvailabilityTarget[], context: RuleContext) => readonly Remark[];
}): readonly RulePart[] {
  return [
    ...each('AvailabilityRequirement', { none: null, check: checks.declared }),
    ...each('Service', {
      none: null,
      check: (service, context) => {
        if (!isNeeded(service, context) || requirementsFor(service, context).length > 0) return [];
        const targets = availabilityTargets(service, context);
        return targets.length > 0 ? checks.promised(service, targets, context) : [];
      },
    }),
    // A service of which nothing is required is told by item 2, and here only if nothing is required of any.
    system((context) => {
      const { model } = context;
      const services = model.all('Service');
      if (model.all('AvailabilityRequirement').length > 0 || services.some((service) => isNeeded(service, context) && availabilityTargets(service, context).length > 0)) return [];
      const first = services.find((service) => isNeeded(service, context));
      return [
        shortfall('No availability requirement is declared, and no agreement says how available a service has to be.', {
          fixes: first ? declareFixes(context, { title: 'Declare an availability requirement', text: scaffold(first) }) : [],
        }),
      ];
    }),
  ];
}

function isAgreed({ agreed }: Pick<AvailabilityRequirement, 'agreed'>, asOf: string): boolean {
  return agreed.some(({ by, on }) => {
    const day = dateOf(on);
    return isFilledIn(by) && day !== undefined && day <= asOf;
  });
}

const agreedLine = 'agreed by ${1:TODO} on ${2:0000-00-00}';

export const wellFounded: Rule = rule('8.7.1.3', {
  parts: [
    ofRequirements({
      declared: (requirement, context) => {
        const { model, asOf } = context;
        const agreements = new Set<Agreement>(requirement.basis.flatMap((id) => model.get('Agreement', id) ?? []));
        for (const service of requirement.services) for (const agreement of agreementsOn(service, context)) agreements.add(agreement);
        const assessed = context.read(assessedServices('availability'));
        return [
          ...stated(requirement, kind, [
            { said: [...requirement.basis, ...[...agreements].flatMap(({ requirements }) => requirements)].some((id) => model.get('ServiceRequirement', id) !== undefined), what: 'on which service requirement it rests', line: 'basis ${1:TODO}' },
            { said: agreements.size > 0, what: 'on which agreement', line: 'basis ${1:TODO}' },
            { said: requirement.basis.some((id) => model.get('Risk', id) !== undefined) || requirement.services.every((service) => assessed.includes(service)), what: 'on which risk', line: 'basis ${1:TODO}' },
            { said: isAgreed(requirement, asOf), what: 'who agreed to it, and when', line: agreedLine },
          ]),
          ...checkAgainstSlas(requirement, context),
        ];
      },
      promised: (service, targets, context) => {
        const { model, asOf } = context;
        const assessed = context.read(assessedServices('availability'));
        const remarks = targets.map(({ agreement }) =>
          stated(agreement, 'The agreement', [
            { said: agreement.requirements.some((id) => model.get('ServiceRequirement', id) !== undefined), what: `on which service requirement its availability of ${named(service)} rests`, line: 'based on ${1:TODO}' },
            { said: isAgreed(agreement, asOf), what: 'who agreed to it, and when', line: agreedLine },
          ]),
        );
        const best = remarks.find((own) => own.length === 0) ?? remarks[0] ?? [];
        if (assessed.includes(service.name)) return best;
        return [...best, shortfall(`The availability of ${named(service)} rests on no risk: no assessment of availability risks within its interval looks at it.`, { place: placeOf(service) })];
      },
    }),
  ],
});

/** A requirement below what an SLA promises would let the promise be broken. */
function checkAgainstSlas(requirement: AvailabilityRequirement, context: RuleContext): readonly Remark[] {
  const own = requirement.target === undefined ? undefined : parsePercent(requirement.target);
  if (own === undefined || isProblem(own)) return [];
  const promised = new Map<string, AvailabilityTarget>();
  for (const name of requirement.services) {
    for (const target of availabilityTargets({ name }, context)) {
      const value = parsePercent(target.target.value ?? '');
      if (target.agreement.type === 'sla' && !isProblem(value) && comparePercents(own, value) < 0) promised.set(target.agreement.name, target);
    }
  }
  return [...promised.values()].map(({ agreement, index, target }) =>
    shortfall(`${kind} ${named(requirement)} asks for ${requirement.target}, which is less than ${named(agreement)} promises: ${target.value}.`, {
      place: placeOf(requirement, 'target'),
      related: [{ place: placeOf(agreement, 'targets', index, 'name'), message: 'What is promised' }],
    }),
  );
}

export const maintained: Rule = rule('8.7.1.4', {
  evidence,
  parts: [
    ofRequirements({
      declared: (requirement, context) => {
        const planned = context.plannedInterval('8.7.1.4');
        const last = latestOf([requirement.review?.last, ...requirement.agreed.map(({ on }) => on)], context.asOf);
        const due = last && intervalAfter(last, requirement.review?.every, planned.months);
        if (due !== undefined && due >= context.asOf) return [];
        const interval = intervalInWords(requirement.review, planned);
        const message = last === undefined ? `does not say when it was agreed or last reviewed; a review is due ${interval}.` : `was last agreed or reviewed on ${last}; by its interval (${interval}) a review was due${due === undefined ? '' : ` on ${due}`}.`;
        return [
          shortfall(`${kind} ${named(requirement)} ${message}`, {
            place: placeOf(requirement, 'review', 'last'),
            axis: 'evidenced',
            fixes: requirement.review === undefined ? [addFact('Say when it was reviewed', placeOf(requirement), 'review every ${1:12mo} last ${2:0000-00-00}')] : [],
          }),
        ];
      },
      promised: (service, targets, context) => {
        const { model, asOf } = context;
        const planned = context.plannedInterval('8.7.1.4');
        const reviews = model.referrers('Service', service.name).flatMap(({ entity: { node } }) => (node.$type === 'ServiceReview' ? [node.held] : []));
        const last = latestOf([...targets.flatMap(({ agreement }) => [agreement.review?.last, ...agreement.agreed.map(({ on }) => on)]), ...reviews], asOf);
        if (last !== undefined && addMonths(last, planned.months) >= asOf) return [];
        const [first] = targets;
        const message = last === undefined ? `No review of it is recorded; one is due ${planned.words}.` : `It was last agreed or reviewed on ${last}, and is reviewed ${planned.words}.`;
        return [
          shortfall(`${named(first!.agreement)} says how available ${named(service)} is. ${message}`, {
            place: placeOf(first!.agreement, 'review', 'last'),
            axis: 'evidenced',
            fixes: first!.agreement.review === undefined ? [addFact('Say when it was reviewed', placeOf(first!.agreement), 'review every ${1:12mo} last ${2:0000-00-00}')] : [],
          }),
        ];
      },
    }),
  ],
});

/** Periods for which the availability of something was measured. */
interface Series {
  readonly kind: PeriodKind;
  /** Undefined while nothing was measured. */
  readonly periods: readonly string[] | undefined;
  /** First day on which it is promised. */
  readonly from: string | undefined;
  readonly reason: string | undefined;
}

function seriesOfTarget({ agreement, target }: AvailabilityTarget, { measurements }: RuleContext): readonly Series[] {
  if (target.source === undefined) return [];
  const figures = measurements?.ofTarget(agreement.name, target.name);
  return [
    {
      kind: periodKinds.find((kind) => kind === target.period) ?? 'month',
      periods: figures?.filter(({ verdict }) => verdict !== 'unknown').map(({ period }) => period),
      from: agreement.validFrom,
      reason: figures?.at(-1)?.reason,
    },
  ];
}

/** Values of a metric, unless it is said to speak of other services. */
function seriesOfMetric(id: string, service: string, { model, measurements }: RuleContext): readonly Series[] {
  const metric = model.get('Metric', id);
  if (!metric || (metric.services.length > 0 && !metric.services.includes(service))) return [];
  const recorded = metric.recorded.map(({ period }) => period);
  const figures = metric.value === undefined ? [] : measurements?.ofMetric(metric.name);
  return [
    {
      kind: periodKinds.find((kind) => kind === metric.every) ?? 'month',
      periods: figures && [...recorded, ...figures.filter(({ verdict }) => verdict !== 'unknown').map(({ period }) => period)],
      from: undefined,
      reason: figures?.at(-1)?.reason,
    },
  ];
}

/** Whether one of several series reaches to the last period that is due. */
function checkMeasured(what: string, series: readonly Series[], place: Place, context: RuleContext): readonly Remark[] {
  const { asOf } = context;
  const { months } = context.plannedInterval('8.7.1.5');
  const remarks = series.map(({ kind, periods, from, reason }): Remark | undefined => {
    const last = lastCompletedPeriod(kind, asOf);
    if (from !== undefined && from > last.firstDay) return undefined;
    if (!periods) return unknown('evidenced', 'nothing has been measured yet');
    const limit = [last.lastDay, addMonths(asOf, -months)].sort()[0]!;
    const isShown = periods.some((text) => {
      const period = parsePeriod(text);
      return !isProblem(period) && period.lastDay >= limit && period.lastDay < asOf;
    });
    if (isShown) return shown('evidenced');
    return shortfall(`The availability of ${what} was not measured for ${periodInWords(last)}, the last period due${reason === undefined ? '' : `: ${reason}`}.`, { place, axis: 'evidenced' });
  });
  if (remarks.includes(undefined)) return [];
  const order = ['shown', 'unknown', 'shortfall'];
  const [best] = remarks.filter((remark) => remark !== undefined).toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  if (best) return [best];
  return [shortfall(`Nothing measures the availability of ${what}: a target “availability” of an agreement with a source (from …), or a metric that an availability requirement names (measured by …).`, { place })];
}

export const monitored: Rule = rule('8.7.1.5', {
  evidence,
  parts: [
    ofRequirements({
      declared: (requirement, context) => {
        return requirement.services.flatMap((name, index) => {
          const service = context.model.get('Service', name);
          if (!service || !isLive(service, context)) return [];
          return checkMeasured(named(service), [...requirement.metrics.flatMap((id) => seriesOfMetric(id, name, context)), ...availabilityTargets(service, context).flatMap((target) => seriesOfTarget(target, context))], placeOf(requirement, 'services', index), context);
        });
      },
      promised: (service, targets, context) =>
        checkMeasured(
          named(service),
          targets.flatMap((target) => seriesOfTarget(target, context)),
          placeOf(targets[0]!.agreement, 'targets', targets[0]!.index, 'name'),
          context,
        ),
    }),
  ],
});

/** Whether sources tell agreed non-availability from other: where none does, all of it counts as unplanned. */
const tellPlanned = query('whether sources tell planned outages', ({ model }) =>
  model
    .all('Source')
    .filter(({ recordKind }) => recordKind === 'outage')
    .every(({ mappings }) => mappings.some(({ field }) => field === 'planned')),
);

export const outagesInvestigated: Rule = rule('8.7.1.6', {
  parts: [
    everyRecord({
      row: '8.7.1.6',
      kind: 'outage',
      plural: 'outages',
      demands: (context) => [
        {
          name: 'investigated',
          where: context.read(tellPlanned) ? 'ended is not empty and not planned' : 'ended is not empty',
          meets: 'started is not empty and cause is not empty and investigated is not empty and actions is not empty',
          fields: ['started', 'ended', 'cause', 'investigated', 'actions', ...(context.read(tellPlanned) ? ['planned'] : [])],
          of: 'unplanned outages that are over',
          lacks: 'were not investigated, name no cause, or do not say what was done (or that nothing is needed)',
          withoutRecords: 'no unplanned outage is recorded',
        },
      ],
    }),
  ],
});
