import type { Flow } from './flow.ts';

/** A process that calls others or cannot end: what it takes to know which processes end. */
export interface CallingFlow {
  readonly process: string;
  readonly nodes: readonly { readonly kind: Flow['nodes'][number]['kind']; readonly to: readonly (number | 'end' | null)[]; readonly calls?: string }[];
}

/** What of a flow matters to those that call it; undefined where it calls nobody and can end. */
export function callingFlow(flow: Flow): CallingFlow | undefined {
  const calling: CallingFlow = {
    process: flow.process,
    nodes: flow.nodes.map(({ kind, arrows, calls }) => ({ kind, to: arrows.map(({ to }) => (to === 'missing' || to === 'unknown' ? null : to)), ...(calls === undefined ? {} : { calls }) })),
  };
  if (calling.nodes.length === 0) return undefined;
  return calling.nodes.some(({ calls }) => calls !== undefined) || !canEnd(calling, () => true) ? calling : undefined;
}

/** Processes of which no run can end, as each way through them comes back to a call of themselves, or leads to no end at all. */
export interface NeverEnding {
  readonly process: string;
  /** Without its calls it could end: what keeps it from that is what it calls. */
  readonly byCalls: boolean;
  /** The shortest way of calls back to itself, itself first; empty where what it calls does not come back to it. */
  readonly circle: readonly string[];
}

/**
 * A process ends if there is a way to its end on which it calls only processes that end: the least such set. So processes may call each
 * other in a circle as long as each has a way out of it.
 */
export function neverEndingProcesses(flows: readonly CallingFlow[]): readonly NeverEnding[] {
  const open = new Map(flows.map((flow) => [flow.process, flow]));
  for (let before = Infinity; open.size < before; ) {
    before = open.size;
    for (const [process, flow] of open) if (canEnd(flow, (called) => !open.has(called))) open.delete(process);
  }
  const byName = (a: NeverEnding, b: NeverEnding): number => (a.process < b.process ? -1 : 1);
  return [...open.values()].map((flow) => ({ process: flow.process, byCalls: canEnd(flow, () => true), circle: circleOf(flow.process, open) })).sort(byName);
}

/** Whether arrows lead from the start to the end: some branch of a decision, and all branches of a fork. */
function canEnd({ nodes }: CallingFlow, returns: (called: string) => boolean): boolean {
  const leads = new Set<number>();
  const good = (to: number | 'end' | null): boolean => to === 'end' || (to !== null && leads.has(to));
  for (let before = -1; leads.size > before; ) {
    before = leads.size;
    for (let node = nodes.length - 1; node >= 0; node--) {
      const { kind, to, calls } = nodes[node]!;
      if (leads.has(node) || (calls !== undefined && !returns(calls))) continue;
      if (kind === 'fork' ? to.length > 0 && to.every(good) : to.some(good)) leads.add(node);
    }
  }
  return leads.has(0);
}

function circleOf(process: string, flows: ReadonlyMap<string, CallingFlow>): readonly string[] {
  const calledBy = new Map<string, string>();
  const queue = [process];
  for (const caller of queue) {
    for (const { calls } of flows.get(caller)?.nodes ?? []) {
      if (calls === process) {
        const circle = [caller];
        for (let at = caller; at !== process; circle.unshift(at)) at = calledBy.get(at)!;
        return circle;
      }
      if (calls === undefined || !flows.has(calls) || calledBy.has(calls)) continue;
      calledBy.set(calls, caller);
      queue.push(calls);
    }
  }
  return [];
}
