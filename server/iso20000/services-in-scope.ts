import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { collection, query, type RuleContext } from '../assessment/rule.ts';

type Service = DeclarationTypes['Service'];

/** Ids of what the organization puts outside its scope. */
const outside = query('outside the scope', ({ model }) => model.all('Organization').flatMap(({ exclusions }) => exclusions.map(({ subject }) => subject)));

/** Whether the organization puts a service outside its scope. */
export function isOutside({ name }: Service, context: RuleContext): boolean {
  return context.read(outside).includes(name);
}

/** Whether a service is live and in scope. A service without a status counts as live: planned and retired ones say so. */
export function isLive(service: Service, context: RuleContext): boolean {
  return (service.status ?? 'live') === 'live' && !isOutside(service, context);
}

/** Names of live services by the customers to whom they are delivered. */
export const liveServices = collection('live services by customer', ['Service'], (service, context) => (isLive(service, context) ? [...new Set(service.customers)].map((customer) => [customer, service.name] as const) : []));

/**
 * Whether a service is delivered to customers, and not only a part of other services: it names a customer, or no other service depends on
 * it. What is only a part of others is agreed with its provider (8.2.3, 8.3.4), not with customers (8.3.3).
 */
export function isDelivered(service: Service, context: RuleContext): boolean {
  return service.customers.length > 0 || !isPartOfOthers(service, context);
}

/** Whether another service depends on it. */
export function isPartOfOthers({ name }: Service, { model }: RuleContext): boolean {
  return model.referrers('Service', name).some(({ entity: { node } }) => node.$type === 'Service' && node.dependencies.some(({ on }) => on.includes(name)));
}

/** Whether a service is in scope and in use: live, on its way out, or being transferred. */
export function isInUse(service: Service, context: RuleContext): boolean {
  return !['planned', 'retired'].includes(service.status ?? 'live') && !isOutside(service, context);
}

/** Whether a service is in scope and not gone: planned ones are, too. */
export function isInScope(service: Service, context: RuleContext): boolean {
  return service.status !== 'retired' && !isOutside(service, context);
}
