import type { Agreement, Service, ServiceLevelTarget } from '../../language/model/declarations.ts';
import { isNotZero } from '../assessment/filled-in.ts';
import type { RuleContext } from '../assessment/rule.ts';
import { hasEnded } from './agreements.ts';

/** What an agreement promises of the availability of its services. It says what an availability requirement says, so none is asked for beside it. */
export interface AvailabilityTarget {
  readonly agreement: Agreement;
  readonly index: number;
  readonly target: ServiceLevelTarget;
}

/** Agreements of any type that have not ended, by service. */
export function agreementsOn(service: string, { model, asOf }: RuleContext): readonly Agreement[] {
  const found = new Set<Agreement>();
  for (const { entity: { node } } of model.referrers('Service', service)) if (node.$type === 'Agreement' && node.services.includes(service) && !hasEnded(node, asOf)) found.add(node);
  return [...found];
}

/** Availability targets for a service that hold on the day. */
export function availabilityTargets(service: Pick<Service, 'name'>, context: RuleContext): readonly AvailabilityTarget[] {
  const { asOf } = context;
  return agreementsOn(service.name, context).flatMap((agreement) =>
    agreement.targets.flatMap((target, index): AvailabilityTarget[] => {
      if (target.measure !== 'availability' || !isNotZero(target.value) || (target.since ?? '') > asOf) return [];
      const isReplaced = agreement.targets.some(({ name, since }) => name === target.name && since !== undefined && since <= asOf && since > (target.since ?? ''));
      return isReplaced ? [] : [{ agreement, index, target }];
    }),
  );
}
