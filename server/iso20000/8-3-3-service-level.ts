/** Clause 8.3.3, service level management. */
import type { Agreement, DeclarationTypes, Service, ServiceLevelTarget } from '../../language/model/declarations.ts';
import type { Place } from '../../language/model/finding.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { lastCompletedPeriod, parsePeriod, periodInWords, periodKinds, type Period, type PeriodKind } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import type { Figure } from '../measurement/figure.ts';
import { dateOf, intervalAfter, intervalInWords } from '../assessment/dates.ts';
import { isFilledIn, isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import type { PlannedInterval } from '../assessment/planned-interval.ts';
import { addDeclaration, addFact, placeOf, shortfall, shown, unknown, type Remark } from '../assessment/remark.ts';
import { each, facts, query, rule, type Rule, type RuleContext, type Trigger } from '../assessment/rule.ts';
import { firstOf, listed, named } from '../assessment/wording.ts';
import { isDelivered, isLive } from './services-in-scope.ts';

type ServiceRequirement = DeclarationTypes['ServiceRequirement'];

const isSla = ({ type }: Agreement): boolean => type === 'sla';
const noSla = { message: 'No service level agreement (SLA) is declared.' };

/** Service level agreements of a service. */
function slasOf(service: Service, { model }: RuleContext): readonly Agreement[] {
  const found = new Set<Agreement>();
  for (const { entity: { node } } of model.referrers('Service', service.name)) {
    if (node.$type === 'Agreement' && isSla(node) && node.services.includes(service.name)) found.add(node);
  }
  return [...found];
}

/** Whether it says that it was agreed, by whom and when; an SLA that names no party is agreed with its own customer. */
function isAgreed({ agreed, customer }: Agreement, asOf: IsoDate): boolean {
  return agreed.some(({ parties, by, on }) => {
    const day = dateOf(on);
    return isFilledIn(by) && day !== undefined && day <= asOf && (parties.length === 0 || customer === undefined || parties.includes(customer));
  });
}

function hasEnded({ validTo }: Agreement, asOf: IsoDate): boolean {
  const end = dateOf(validTo);
  return end !== undefined && end < asOf;
}

function slaScaffold(service: Service, customer: string): string {
  return `sla ${service.name}-${customer} for ${service.name} with ${customer} {\n  target \${1:uptime} availability >= \${2:0%} per month\n  workload \${3:tickets} <= \${4:0} per month\n  no exceptions\n}`;
}

export const agreedWithCustomer: Rule = rule('8.3.3.1', {
  parts: [
    each('Service', {
      where: ({ customers }) => customers.length > 0,
      none: { message: 'No service names a customer, so nothing is agreed with one.' },
      check: (service, context) => {
        if (!isLive(service, context)) return [];
        const slas = slasOf(service, context);
        return service.customers.flatMap((id, index): Remark[] => {
          const customer = context.model.get('Customer', id);
          if (!customer || slas.some((sla) => sla.customer === id)) return [];
          return [
            shortfall(`${named(service)} is delivered to ${named(customer)}, but no SLA with ${named(customer)} covers it.`, {
              place: placeOf(service, 'customers', index),
              fixes: [addDeclaration(`Declare an SLA with ${named(customer)}`, placeOf(service), slaScaffold(service, id))],
            }),
          ];
        });
      },
    }),
    each('Agreement', {
      where: isSla,
      none: null,
      check: (sla, { model, asOf }) => {
        if (hasEnded(sla, asOf) || isAgreed(sla, asOf)) return [];
        const customer = model.get('Customer', sla.customer);
        return [
          shortfall(`${named(sla)} does not say who agreed to it${customer ? ` with ${named(customer)}` : ''}, and since when.`, {
            place: placeOf(sla, 'agreed', 0, 'on'),
            fixes: [addFact('Say who agreed to it and when', placeOf(sla), `agreed${sla.customer === undefined ? '' : ` with ${sla.customer}`} by \${1:TODO} on \${2:0000-00-00}`)],
          }),
        ];
      },
    }),
  ],
});

export const slaPerService: Rule = rule('8.3.3.2', {
  evidence: 'derived',
  parts: [
    each('Service', {
      none: { message: 'No service is declared, so there is nothing to agree on.' },
      check: (service, context) => {
        if (!needsSla(service, context) || slasOf(service, context).length > 0) return [];
        return [
          shortfall(`${named(service)} is live, but no SLA covers it. If it is only a part of other services, let these depend on it.`, {
            fixes: service.customers.slice(0, 1).map((customer) => addDeclaration('Declare an SLA', placeOf(service), slaScaffold(service, customer))),
          }),
        ];
      },
    }),
    each('Agreement', { where: isSla, none: null, check: checkInForce }),
    each('Agreement', { where: isSla, none: null, check: checkRequirements }),
  ],
});

function needsSla(service: Service, context: RuleContext): boolean {
  return isLive(service, context) && isDelivered(service, context);
}

function servicesOf(sla: Agreement, context: RuleContext): readonly Service[] {
  return sla.services.flatMap((id) => context.model.get('Service', id) ?? []).filter((service) => needsSla(service, context));
}

/** An SLA that has ended is at fault for the services that no other covers any more, if it was the last. */
function checkInForce(sla: Agreement, context: RuleContext): readonly Remark[] {
  const { asOf } = context;
  if (!hasEnded(sla, asOf)) return [];
  const uncovered = servicesOf(sla, context).filter((service) => {
    const slas = slasOf(service, context);
    return slas.every((other) => hasEnded(other, asOf)) && [...slas].sort(byEnd).at(-1) === sla;
  });
  if (uncovered.length === 0) return [];
  return [
    shortfall(`${named(sla)} ended on ${sla.validTo}, and no SLA is in force for ${firstOf(uncovered.map(named))}.`, {
      place: placeOf(sla, 'validTo'),
      related: uncovered.map((service) => ({ place: placeOf(service), message: 'A live service without an SLA in force' })),
    }),
  ];
}

function byEnd(a: Agreement, b: Agreement): number {
  const [left, right] = [`${a.validTo} ${a.$key}`, `${b.validTo} ${b.$key}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** An SLA in force is at fault for the services whose documented requirements none of their SLAs in force is based on. */
function checkRequirements(sla: Agreement, context: RuleContext): readonly Remark[] {
  const { asOf } = context;
  if (hasEnded(sla, asOf)) return [];
  const without = servicesOf(sla, context).filter((service) => !slasOf(service, context).some((other) => !hasEnded(other, asOf) && requirementsOf(other, service, context).length > 0));
  if (without.length === 0) return [];
  const services = firstOf(without.map(named));
  return [
    shortfall(
      sla.requirements.length === 0 ? `${named(sla)} is not based on documented requirements of ${services}.` : `${named(sla)} is based on ${listed(sla.requirements)}, none of which is a documented requirement of ${services}.`,
      { place: placeOf(sla, 'requirements', 0), related: without.map((service) => ({ place: placeOf(service), message: 'The service' })), fixes: without.slice(0, 1).flatMap((service) => requirementFixes(sla, service, context)) },
    ),
  ];
}

/** Documented requirements of a service that an SLA is based on. */
function requirementsOf(sla: Agreement, service: Service, { model }: RuleContext): readonly ServiceRequirement[] {
  return sla.requirements.flatMap((id) => {
    const requirement = model.get('ServiceRequirement', id);
    return requirement && requirement.services.includes(service.name) && (isFilledIn(requirement.statement) || isFilledIn(requirement.file)) ? [requirement] : [];
  });
}

function requirementFixes(sla: Agreement, service: Service, { model }: RuleContext) {
  const known = model.referrers('Service', service.name).flatMap(({ entity: { node } }) => (node.$type === 'ServiceRequirement' && node.services.includes(service.name) ? [node] : []));
  if (known.length > 0) return [addFact(`Base it on ${named(known[0]!)}`, placeOf(sla), `based on ${known[0]!.name}`)];
  const id = `${service.name}-needs`;
  const declaration = `service requirement ${id} for ${service.name} {\n  statement "\${1:TODO what customers need of the service}"\n}`;
  return [
    {
      title: 'Declare a service requirement and base it on that',
      edits: [
        { kind: 'addFact' as const, place: placeOf(sla), text: `based on ${id}` },
        { kind: 'addDeclaration' as const, after: placeOf(service), text: declaration },
      ],
    },
  ];
}

const targetFix = { title: 'Add a target', text: 'target ${1:uptime} availability >= ${2:0%} per month' };

export const slaTargets: Rule = rule('8.3.3.3', {
  parts: [
    facts('Agreement', {
      where: isSla,
      none: noSla,
      rows: [{ present: ({ targets }) => targets.some(isSet), message: (sla) => `${named(sla)} sets no service level target.`, fix: targetFix }],
    }),
    each('Agreement', {
      where: isSla,
      none: null,
      check: (sla, context) =>
        sla.targets.flatMap((target, index) =>
          periodOf(target, context) === undefined ? [shortfall(`The target “${target.name}” says nothing about the period it is measured over: add “per month” or another period.`, { place: placeOf(sla, 'targets', index, 'name') })] : [],
        ),
    }),
  ],
});

/** Whether a target says what is to be reached: no percentage, time or score is zero unless it still is to be filled in. */
function isSet({ value, within, interval }: ServiceLevelTarget): boolean {
  return isNotZero(value) || isNotZero(within) || isNotZero(interval);
}

/** The period of a target: its own, else that of its metric. */
function periodOf(target: ServiceLevelTarget, { model }: RuleContext): PeriodKind | undefined {
  const stated = target.period ?? model.get('Metric', target.metric)?.every;
  return periodKinds.find((kind) => kind === stated);
}

export const slaWorkloadLimits: Rule = rule('8.3.3.4', {
  parts: [
    facts('Agreement', {
      where: isSla,
      none: noSla,
      rows: [
        {
          present: ({ workloadLimits }) => workloadLimits.some(({ value }) => isNotZero(value)),
          message: (sla) => `${named(sla)} sets no workload limit: up to which volume its targets hold.`,
          fix: { title: 'Add a workload limit', text: 'workload ${1:tickets} <= ${2:0} per month' },
        },
      ],
    }),
  ],
});

export const slaExceptions: Rule = rule('8.3.3.5', {
  parts: [
    facts('Agreement', {
      where: isSla,
      none: noSla,
      rows: [
        {
          present: ({ exceptions, noExceptions }) => noExceptions || someFilledIn(exceptions),
          message: (sla) => `${named(sla)} names no exceptions. If there are none, it says so: “no exceptions”.`,
          fix: { title: 'State that there are no exceptions', text: 'no exceptions' },
        },
      ],
    }),
  ],
});

/** The period that figures are due for: the last one that was over, if the agreement was in force in it. */
function duePeriod(kind: PeriodKind, sla: Agreement, asOf: IsoDate): Period | undefined {
  const period = lastCompletedPeriod(kind, asOf);
  const from = dateOf(sla.validFrom);
  const to = dateOf(sla.validTo);
  // An agreement that begins in the middle of a period is measured from the next.
  return (from !== undefined && from > period.firstDay) || (to !== undefined && to < period.firstDay) ? undefined : period;
}

/**
 * Whether there is a figure: one of too few records is one, and so is that of a period in which there was nothing to count. But where the
 * source ends before the period, it is unknown whether there was nothing.
 */
function isMeasured(figure: Figure, { measurements }: RuleContext): boolean {
  if (figure.verdict !== 'unknown') return true;
  if (figure.sample !== 0 && figure.denominator !== '0') return false;
  const period = parsePeriod(figure.period);
  const end = figure.source === undefined ? undefined : measurements?.source(figure.source)?.to;
  return !isProblem(period) && end !== undefined && end >= period.firstDay;
}

function checkMeasured(what: string, figures: readonly Figure[] | undefined, period: Period, place: Place, context: RuleContext): readonly Remark[] {
  if (!figures) return [unknown('evidenced', 'nothing has been measured yet')];
  const figure = figures.find((candidate) => candidate.period === period.id);
  // Checking is what is asked for here, so a target that was missed and measured is in order; 8.3.3, item 6 asks what follows from it.
  if (figure && isMeasured(figure, context)) return [shown('evidenced'), shown('effective')];
  return [shortfall(`${what} was not measured for ${periodInWords(period)}, the last period due${figure?.reason === undefined ? '' : `: ${figure.reason}`}.`, { place, axis: 'evidenced' })];
}

/** Days on which reports on an agreement were produced. */
function reportDates(sla: Agreement, { model, asOf }: RuleContext): readonly IsoDate[] {
  const dates = model.referrers('Agreement', sla.name).flatMap(({ entity: { node } }) => (node.$type === 'ServiceReport' ? node.produced.map(({ on }) => dateOf(on)) : []));
  return dates.filter((date) => date !== undefined).filter((date) => date <= asOf);
}

/** Days on which the services of an agreement were reviewed with its customer. */
function reviewDates(sla: Agreement, { model, asOf }: RuleContext): readonly IsoDate[] {
  const held = sla.services.flatMap((service) =>
    model.referrers('Service', service).flatMap(({ entity: { node } }) => {
      const withThem = node.$type === 'ServiceReview' && (sla.customer === undefined || node.customers.length === 0 || node.customers.includes(sla.customer));
      return withThem ? [dateOf(node.held)] : [];
    }),
  );
  return [dateOf(sla.review?.last), ...held].filter((date) => date !== undefined).filter((date) => date <= asOf);
}

/** Whether the last of several dates is within the agreement's interval; before a first one is due, from the start of the agreement. */
function checkInterval(sla: Agreement, dates: readonly IsoDate[], what: string, planned: PlannedInterval, asOf: IsoDate): readonly Remark[] {
  const last = [...dates].sort().at(-1);
  const start = last ?? dateOf(sla.validFrom) ?? firstAgreed(sla);
  const due = start === undefined ? undefined : intervalAfter(start, sla.review?.every, planned.months);
  if (due !== undefined && due >= asOf) return last === undefined ? [] : [shown('evidenced')];
  if (start !== undefined && due === undefined) return [];
  const interval = intervalInWords(sla.review, planned);
  const message = last === undefined ? `No ${what} on ${named(sla)} is recorded; one is due ${interval}.` : `The last ${what} on ${named(sla)} is of ${last}; by its interval (${interval}) one was due on ${due}.`;
  return [
    shortfall(message, {
      place: placeOf(sla, 'review', 'last'),
      axis: 'evidenced',
      fixes: sla.review ? [] : [addFact('Plan its review', placeOf(sla), `review every \${1:${planned.months}mo}`)],
    }),
  ];
}

function firstAgreed(sla: Agreement): IsoDate | undefined {
  return sla.agreed.map(({ on }) => dateOf(on)).filter((date) => date !== undefined).sort()[0];
}

export const performanceChecked: Rule = rule('8.3.3.a', {
  evidence: 'derived',
  parts: [
    each('Agreement', {
      where: isSla,
      none: noSla,
      check: (sla, context) => {
        if (hasEnded(sla, context.asOf)) return [];
        const { asOf, measurements } = context;
        const seen = new Set<string>();
        const measured = sla.targets.flatMap((target, index): readonly Remark[] => {
          if (seen.has(target.name)) return [];
          seen.add(target.name);
          const place = placeOf(sla, 'targets', index, 'name');
          if (target.source === undefined && target.metric === undefined) {
            return [
              shortfall(`Nothing measures the target “${target.name}”: name the source or the metric its figure comes from, for instance “from tickets”.`, { place }),
              unknown('effective', 'a target has no source'),
            ];
          }
          const kind = periodOf(target, context);
          const period = kind && duePeriod(kind, sla, asOf);
          return period ? checkMeasured(`The target “${target.name}”`, measurements?.ofTarget(sla.name, target.name), period, place, context) : [];
        });
        return [...measured, ...checkInterval(sla, [...reportDates(sla, context), ...reviewDates(sla, context)], 'report or review', context.plannedInterval('8.3.3.a'), asOf)];
      },
    }),
  ],
});

export const workloadChecked: Rule = rule('8.3.3.b', {
  evidence: 'derived',
  parts: [
    each('Agreement', {
      where: (agreement) => isSla(agreement) && agreement.workloadLimits.length > 0,
      none: { message: 'No SLA sets a workload limit, so no workload is checked against one.' },
      check: (sla, context) => {
        if (hasEnded(sla, context.asOf)) return [];
        const { asOf, measurements } = context;
        const measured = sla.workloadLimits.flatMap((limit, index): readonly Remark[] => {
          const place = placeOf(sla, 'workloadLimits', index, 'name');
          if (limit.source === undefined) {
            return [
              shortfall(`Nothing measures the workload limit “${limit.name}”: name the source that counts it, for instance “from tickets”.`, { place }),
              unknown('effective', 'a workload limit has no source'),
            ];
          }
          const kind = periodKinds.find((candidate) => candidate === limit.period) ?? 'month';
          const period = duePeriod(kind, sla, asOf);
          return period ? checkMeasured(`The workload “${limit.name}”`, measurements?.ofWorkload(sla.name, limit.name), period, place, context) : [];
        });
        return [...measured, ...checkInterval(sla, reportDates(sla, context), 'service report', context.plannedInterval('8.3.3.b'), asOf)];
      },
    }),
  ],
});

/** Figures of an agreement's targets that missed, by target, while it was in force. */
function missesOf(sla: Agreement, context: RuleContext): readonly { target: string; index: number; figures: readonly Figure[] }[] {
  const seen = new Set<string>();
  return sla.targets.flatMap(({ name }, index) => {
    if (seen.has(name)) return [];
    seen.add(name);
    const figures = (context.measurements?.ofTarget(sla.name, name) ?? []).filter((figure) => {
      if (figure.verdict !== 'missed') return false;
      const period = parsePeriod(figure.period);
      return !isProblem(period) && period.lastDay < context.asOf && period.lastDay >= (dateOf(sla.validFrom) ?? period.lastDay);
    });
    return figures.length > 0 ? [{ target: name, index, figures }] : [];
  });
}

const missedTarget = query('a target was missed', (context): Trigger => {
  if (!context.measurements) return { applies: true };
  const slas = context.model.all('Agreement').filter(isSla);
  const measured = slas.some((sla) => sla.targets.some(({ name }) => context.measurements?.ofTarget(sla.name, name).some((figure) => isMeasured(figure, context))));
  if (!measured || slas.some((sla) => missesOf(sla, context).length > 0)) return { applies: true };
  return { applies: false, reason: 'no target was missed in the periods measured' };
});

export const missesImproved: Rule = rule('8.3.3.6', {
  trigger: missedTarget,
  parts: [
    each('Agreement', {
      where: (agreement) => isSla(agreement) && agreement.targets.length > 0,
      none: { message: 'No SLA sets a target, so it is unknown whether targets are missed.' },
      check: (sla, context) => {
        if (!context.measurements) return [unknown('evidenced', 'nothing has been measured yet'), unknown('effective', 'nothing has been measured yet')];
        const isShown = sla.targets.some(({ name }) => context.measurements?.ofTarget(sla.name, name).some((figure) => isMeasured(figure, context)));
        const misses = missesOf(sla, context).flatMap(({ target, index, figures }): readonly Remark[] => {
          const open = figures.filter(({ period }) => !isFollowedUp(sla, target, period, context));
          if (open.length === 0) return [shown('effective')];
          const periods = open.map(({ period }) => period);
          return [
            shortfall(
              `The target “${target}” was missed in ${figures.length === 1 ? figures[0]!.period : `${figures.length} periods`}, and no improvement refers to ${figures.length === 1 ? 'that' : `${open.length} of them`}: ${firstOf(open.map(inNumbers), 3)}.`,
              {
                place: placeOf(sla, 'targets', index, 'name'),
                axis: 'effective',
                fixes: [
                  addDeclaration('Propose an improvement', placeOf(sla), `improvement ${sla.name}-${target} "\${1:TODO what is to improve}" {\n  from ${sla.name}.${target} in ${periods.join(', ')}\n  owner \${2:TODO}\n  status proposed\n}`),
                ],
              },
            ),
          ];
        });
        return isShown ? [shown('evidenced'), ...misses] : misses;
      },
    }),
  ],
});

function inNumbers({ period, value, unit, numerator, denominator, target }: Figure): string {
  const shownValue = value === undefined ? '' : ` ${value}${unit === 'percent' ? '%' : unit === 'count' || unit === 'score' ? '' : ` ${unit}`}`;
  const counts = numerator === undefined || denominator === undefined || unit === 'seconds' ? '' : ` (${numerator} of ${denominator})`;
  return `${period}${shownValue}${counts}${target ? ` against ${target.comparison} ${target.value}` : ''}`;
}

/** Whether somebody has filled in what is to improve and who sees to it, as far as it is written. */
function isBegun({ title, owner }: DeclarationTypes['Improvement']): boolean {
  return (title === undefined || isFilledIn(title)) && (owner === undefined || isFilledIn(owner));
}

/** Whether an improvement refers to the target in that period, or a review of the service for the period led to an action. */
function isFollowedUp(sla: Agreement, target: string, period: string, { model }: RuleContext): boolean {
  const name = `${sla.name}.${target}`;
  const improved = model
    .referrers('ServiceLevelTarget', name)
    .some(({ entity: { node } }) => node.$type === 'Improvement' && isBegun(node) && node.sources.some(({ source, periods }) => source === name && (periods.length === 0 || periods.some((covered) => covers(covered, period)))));
  if (improved) return true;
  return sla.services.some((service) =>
    model.referrers('Service', service).some(({ entity: { node } }) => {
      if (node.$type !== 'ServiceReview' || !node.actions.some(({ text }) => isFilledIn(text)) || node.period === undefined) return false;
      return (node.customers.length === 0 || sla.customer === undefined || node.customers.includes(sla.customer)) && covers(node.period, period);
    }),
  );
}

/** Whether a period lies within another. */
function covers(whole: string, part: string): boolean {
  const [outer, inner] = [parsePeriod(whole), parsePeriod(part)];
  return !isProblem(outer) && !isProblem(inner) && outer.firstDay <= inner.firstDay && outer.lastDay >= inner.lastDay;
}
