import type { Agreement, Service, ServiceLevelTarget } from '../../language/model/declarations.ts';
import { isProblem } from '../../language/values/problem.ts';
import { compareQuantities, parseQuantity, type Quantity } from '../../language/values/quantity.ts';
import { currentTargets } from '../analysis/feasibility/in-force.ts';
import type { RuleContext } from '../assessment/rule.ts';
import { hasEnded, slasOf } from './agreements.ts';
import { isLive } from './services-in-scope.ts';

/** An SLA whose services rest on something, directly or through other services. */
export interface RestingSla {
  readonly sla: Agreement;
  /** Whether every way leads through a choice of several, so that one of them alone does not decide. */
  readonly redundant: boolean;
}

/** SLAs in force on services that rest on one of these services, or are one of them. */
export function slasRestingOn(services: readonly string[], context: RuleContext): readonly RestingSla[] {
  const { model, asOf } = context;
  const reached = new Map<string, boolean>(services.map((id) => [id, false]));
  const open = [...services];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const redundant = reached.get(id) ?? false;
    for (const { entity: { node } } of model.referrers('Service', id)) {
      if (node.$type !== 'Service') continue;
      const ways = node.dependencies.filter(({ on }) => on.includes(id));
      if (ways.length === 0) continue;
      const through = redundant || ways.every((way) => way.redundant && way.on.length > 1);
      const known = reached.get(node.name);
      // A way without a choice outweighs those with one.
      if (known === undefined || (known && !through)) {
        reached.set(node.name, through);
        open.push(node.name);
      }
    }
  }
  const found = new Map<Agreement, boolean>();
  for (const [id, redundant] of reached) {
    const service: Service | undefined = model.get('Service', id);
    if (!service || !isLive(service, context)) continue;
    for (const sla of slasOf(service, context)) if (!hasEnded(sla, asOf)) found.set(sla, (found.get(sla) ?? true) && redundant);
  }
  return [...found].map(([sla, redundant]) => ({ sla, redundant }));
}

/** A target of an agreement underneath and the one of an SLA that it was held against. */
export interface Comparison {
  readonly index: number;
  readonly target: ServiceLevelTarget;
  readonly slaIndex: number;
  readonly slaTarget: ServiceLevelTarget;
  readonly weaker: boolean;
}

/** Compares the targets of an agreement pairwise with those of an SLA that rests on it: only what says the same of the same, in hours that can be compared. */
export function compareTargets(agreement: Agreement, { sla, redundant }: RestingSla, { asOf }: Pick<RuleContext, 'asOf'>): readonly Comparison[] {
  return currentTargets(agreement, asOf).flatMap(({ target, index }) =>
    currentTargets(sla, asOf).flatMap(({ target: slaTarget, index: slaIndex }): Comparison[] => {
      const weaker = isWeaker(target, clockOf(target, agreement), slaTarget, clockOf(slaTarget, sla));
      // One of several that do the same may be weaker than what they keep together.
      return weaker === undefined || (weaker && redundant) ? [] : [{ index, target, slaIndex, slaTarget, weaker }];
    }),
  );
}

function clockOf(target: ServiceLevelTarget, { supportHours }: Agreement): string | undefined {
  return target.clock ?? supportHours;
}

/** Whether a target promises less than another; undefined where they cannot be compared. */
function isWeaker(target: ServiceLevelTarget, clock: string | undefined, other: ServiceLevelTarget, otherClock: string | undefined): boolean | undefined {
  if (target.metric !== undefined || other.metric !== undefined) {
    if (target.metric !== other.metric || target.comparison !== other.comparison) return undefined;
    const order = orderOf(target.value, other.value);
    if (order === undefined) return undefined;
    return target.comparison?.startsWith('>') ? order < 0 : target.comparison?.startsWith('<') ? order > 0 : order !== 0;
  }
  if (target.measure !== other.measure) return undefined;
  if (target.measure === 'availability') {
    const order = orderOf(target.value, other.value);
    return order === undefined ? undefined : order < 0;
  }
  const isSamePriority = target.priorities.length === 0 || other.priorities.length === 0 || target.priorities.some((priority) => other.priorities.includes(priority));
  if (!isSamePriority || target.onAverage !== other.onAverage) return undefined;
  const order = orderOf(target.within ?? target.interval, other.within ?? other.interval);
  const shares = orderOf(target.share ?? '100%', other.share ?? '100%');
  if (order === undefined || shares === undefined) return undefined;
  const weaker = order > 0 || shares < 0;
  if (clock === otherClock) return weaker;
  // What is kept round the clock is kept in any hours; whether more than that is too long depends on the hours.
  return clock === 'always' && !weaker ? false : undefined;
}

function orderOf(left: string | undefined, right: string | undefined): number | undefined {
  const [a, b] = [quantityOf(left), quantityOf(right)];
  return a === undefined || b === undefined ? undefined : compareQuantities(a, b);
}

function quantityOf(text: string | undefined): Quantity | undefined {
  const quantity = text === undefined ? undefined : parseQuantity(text);
  return quantity === undefined || isProblem(quantity) ? undefined : quantity;
}

/** A target as people say it: `“uptime” (availability >= 99.9%)`. */
export function targetInWords({ name, measure, metric, comparison, value, priorities, within, interval, share }: ServiceLevelTarget): string {
  const time = [...(priorities.length > 0 ? [priorities.join(', ')] : []), ...(within === undefined ? [] : [`within ${within}`]), ...(interval === undefined ? [] : [`every ${interval}`]), ...(share === undefined ? [] : [`for ${share}`])];
  return `“${name}” (${[measure ?? metric, ...(comparison === undefined ? [] : [`${comparison} ${value}`]), ...time].join(' ')})`;
}
