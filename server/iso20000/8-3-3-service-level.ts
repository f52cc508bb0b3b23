/** Clause 8.3.3, service level management. */
import type { Agreement, DeclarationTypes, Service } from '../../language/model/declarations.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { periodKinds } from '../../language/values/period.ts';
import { dateOf, intervalAfter, intervalInWords } from '../assessment/dates.ts';
import { isFilledIn, isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import type { PlannedInterval } from '../assessment/planned-interval.ts';
import { addDeclaration, addFact, placeOf, shortfall, shown, unknown, type Remark } from '../assessment/remark.ts';
import { each, facts, rule, type Rule, type RuleContext } from '../assessment/rule.ts';
import { firstOf, listed, named } from '../assessment/wording.ts';
import { hasEnded, isAgreed, isSla, slasOf, startOf } from './agreements.ts';
import { isDelivered, isLive } from './services-in-scope.ts';
import { checkExceeded, checkMeasured, checkMisses, checkTargetsMeasured, covers, duePeriod, isImproved, isSet, missedTarget, periodOfTarget, promisesAnything } from './target-figures.ts';

type ServiceRequirement = DeclarationTypes['ServiceRequirement'];

const noSla = { message: 'No service level agreement (SLA) is declared.' };

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
          const customer = slas.some((sla) => sla.customer === id) ? undefined : context.model.get('Customer', id);
          if (!customer) return [];
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
          periodOfTarget(target, context) === undefined ? [shortfall(`The target “${target.name}” says nothing about the period it is measured over: add “per month” or another period.`, { place: placeOf(sla, 'targets', index, 'name') })] : [],
        ),
    }),
  ],
});

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

/** Days on which reports on an agreement were produced. */
function reportDates(sla: Agreement, { model, asOf }: RuleContext): readonly IsoDate[] {
  const dates = model.referrers('Agreement', sla.name).flatMap(({ entity: { node } }) => (node.$type === 'ServiceReport' ? node.produced.map(({ on }) => dateOf(on)) : []));
  return dates.filter((date) => date !== undefined).filter((date) => date <= asOf);
}

/** Days on which the services of an agreement were reviewed with its customer. */
function reviewDates(sla: Agreement, context: RuleContext): readonly IsoDate[] {
  return [dateOf(sla.review?.last), ...reviewsOf(sla, context).map(({ held }) => dateOf(held))].filter((date) => date !== undefined).filter((date) => date <= context.asOf);
}

/** Whether the last of several dates is within the agreement's interval; before a first one is due, from the start of the agreement. */
function checkInterval(sla: Agreement, dates: readonly IsoDate[], what: string, planned: PlannedInterval, asOf: IsoDate): readonly Remark[] {
  const last = [...dates].sort().at(-1);
  const start = last ?? startOf(sla);
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

export const performanceChecked: Rule = rule('8.3.3.a', {
  evidence: 'derived',
  parts: [
    each('Agreement', {
      where: isSla,
      none: noSla,
      check: (sla, context) => {
        if (hasEnded(sla, context.asOf)) return [];
        const measured = checkTargetsMeasured(sla, context);
        return [...measured, ...checkInterval(sla, [...reportDates(sla, context), ...reviewDates(sla, context)], 'report or review', context.plannedInterval('8.3.3.a'), context.asOf)];
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
          const checked = period ? checkMeasured(`The workload “${limit.name}”`, measurements?.ofWorkload(sla.name, limit.name), period, place, context) : [];
          return [...checked, ...checkExceeded(sla, index, (exceeded) => isSpokenOf(sla, exceeded, context), context)];
        });
        return [...measured, ...checkInterval(sla, reportDates(sla, context), 'service report', context.plannedInterval('8.3.3.b'), asOf)];
      },
    }),
  ],
});

export const missesImproved: Rule = rule('8.3.3.6', {
  trigger: missedTarget('a target was missed', isSla),
  parts: [
    each('Agreement', {
      where: (agreement) => isSla(agreement) && promisesAnything(agreement),
      none: { message: 'No SLA sets a target, so it is unknown whether targets are missed.' },
      check: (sla, context) => checkMisses(sla, { by: 'improvement', isFollowedUp: (target, period) => isFollowedUp(sla, target, period, context) }, context),
    }),
  ],
});

/** Whether a service report on an agreement, or a review of its services with its customer, is of a period. */
function isSpokenOf(sla: Agreement, period: string, context: RuleContext): boolean {
  const isReported = context.model.referrers('Agreement', sla.name).some(({ entity: { node } }) => node.$type === 'ServiceReport' && node.produced.some((produced) => covers(produced.period, period)));
  return isReported || reviewsOf(sla, context).some((review) => review.period !== undefined && covers(review.period, period));
}

/** Reviews of the services of an agreement with its customer. */
function reviewsOf(sla: Agreement, { model }: RuleContext): readonly DeclarationTypes['ServiceReview'][] {
  return sla.services.flatMap((service) =>
    model.referrers('Service', service).flatMap(({ entity: { node } }) => (node.$type === 'ServiceReview' && (node.customers.length === 0 || sla.customer === undefined || node.customers.includes(sla.customer)) ? [node] : [])),
  );
}

/** Whether an improvement refers to the target in that period, or a review of the service for the period led to an action. */
function isFollowedUp(sla: Agreement, target: string, period: string, context: RuleContext): boolean {
  if (isImproved('ServiceLevelTarget', `${sla.name}.${target}`, period, context)) return true;
  return reviewsOf(sla, context).some(({ actions, period: reviewed }) => actions.some(({ text }) => isFilledIn(text)) && reviewed !== undefined && covers(reviewed, period));
}
