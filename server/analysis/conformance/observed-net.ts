import type { Process } from '../../../language/model/declarations.ts';
import { flowOf } from '../flow/flow.ts';
import { workflowNet } from '../flow/workflow-net.ts';

/** A node of a flow with the process it stands in: of a called process, that one. */
export interface StepName {
  readonly process: string;
  readonly node: string;
}

export function stepId({ process, node }: StepName): string {
  return `${process}.${node}`;
}

export interface ObservedTransition {
  readonly takes: readonly number[];
  readonly gives: readonly number[];
  /** What the log shows of it, by its position in `steps`; undefined for what happens unseen. */
  readonly step?: number;
}

/**
 * The net of a flow as a log can see it. A node that the log has a text or moment for is seen; all others happen unseen and cost nothing,
 * for nobody can tell whether they were left out. Called processes of which the log shows a step stand in place of the step that calls them.
 */
export interface ObservedNet {
  readonly places: number;
  readonly start: number;
  readonly end: number;
  readonly transitions: readonly ObservedTransition[];
  /** The nodes that are seen, in the order of the flow. */
  readonly steps: readonly StepName[];
  /** Steps of the process that the log shows nothing of. */
  readonly unseen: readonly StepName[];
}

/** @param observed the nodes that the log shows, as `process.node` */
export function observedNet(root: Process, processOf: (id: string) => Process | undefined, observed: ReadonlySet<string>): ObservedNet {
  const expanded = processesToExpand(root, processOf, observed);
  const transitions: ObservedTransition[] = [];
  const steps: StepName[] = [];
  const unseen: StepName[] = [];
  const positions = new Map<string, number>();
  let places = 0;
  /** Flows that are still to be put in place of a call: a list, as calls may lead as deep as somebody writes. */
  const pending: { readonly process: Process; readonly callers: readonly string[]; readonly begins?: number; readonly after?: readonly number[] }[] = [{ process: root, callers: [] }];
  let whole = { start: 0, end: 0 };
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const { process, callers, begins, after } = next;
    const flow = flowOf(process);
    const net = workflowNet(flow);
    const [start, end] = [net.start + places, net.end + places];
    const shifted = (numbers: readonly number[], by: number): readonly number[] => numbers.map((place) => place + by);
    const base = places;
    places += net.places.length;
    if (begins === undefined) whole = { start, end };
    else transitions[begins] = { ...transitions[begins]!, gives: [start] };
    if (after !== undefined) transitions.push({ takes: [end], gives: after });
    for (const { node, takes, gives } of net.transitions) {
      const { name, kind, calls } = flow.nodes[node]!;
      const own: StepName = { process: process.name, node: name };
      const id = stepId(own);
      const isSeen = observed.has(id);
      if (isSeen && !positions.has(id)) positions.set(id, steps.push(own) - 1);
      if (!isSeen && kind === 'step' && !unseen.some((known) => stepId(known) === id)) unseen.push(own);
      const index = transitions.push({ takes: shifted(takes, base), gives: shifted(gives, base), ...(isSeen ? { step: positions.get(id)! } : {}) }) - 1;
      const called = calls === undefined ? undefined : processOf(calls);
      // A process that calls itself, in however many ways, is not carried out within itself: the step alone stands for it.
      if (called === undefined || !expanded.has(called.name) || called.name === process.name || callers.includes(called.name)) continue;
      pending.push({ process: called, callers: [...callers, process.name], begins: index, after: transitions[index]!.gives });
    }
  }
  return { places, ...whole, transitions, steps, unseen };
}

/** Called processes of which the log shows something, or of what they call in turn. */
function processesToExpand(root: Process, processOf: (id: string) => Process | undefined, observed: ReadonlySet<string>): ReadonlySet<string> {
  const calledBy = new Map<string, Set<string>>();
  const seen = new Map<string, Process>([[root.name, root]]);
  for (const process of seen.values()) {
    for (const node of process.nodes) {
      const called = node.$type === 'Step' && node.calls !== undefined ? processOf(node.calls) : undefined;
      if (called === undefined || called.nodes.length === 0) continue;
      calledBy.set(called.name, (calledBy.get(called.name) ?? new Set()).add(process.name));
      if (!seen.has(called.name)) seen.set(called.name, called);
    }
  }
  const expanded = new Set([...seen.values()].filter(({ name, nodes }) => nodes.some((node) => observed.has(stepId({ process: name, node: node.name })))).map(({ name }) => name));
  for (const process of expanded) for (const caller of calledBy.get(process) ?? []) expanded.add(caller);
  return expanded;
}
