import type { FlowNode, Process } from '../../../language/model/declarations.ts';
import type { Path } from '../../../language/model/fragment.ts';

/** Where an arrow leads: to a node by its position, to the end, nowhere (`missing`), or to a name that the flow does not have. */
export type ArrowTarget = number | 'end' | 'missing' | 'unknown';

/** An arrow from one node to another, or to the end. */
export interface Arrow {
  readonly to: ArrowTarget;
  /** In a process: the path to the word behind the arrow; of a missing arrow to the node. */
  readonly path: Path;
  /** Of a decision: which branch is taken. */
  readonly outcome?: string;
}

/** A node of a flow and what follows it: one arrow after a step or a join, one of several after a decision, all of them after a fork. */
export interface FlowStep {
  readonly name: string;
  readonly title?: string;
  readonly kind: 'step' | 'decision' | 'fork' | 'join';
  readonly arrows: readonly Arrow[];
  /** The process that a step carries out. */
  readonly calls?: string;
}

/** The flow of a process. Its first node is the start. */
export interface Flow {
  readonly process: string;
  readonly nodes: readonly FlowStep[];
}

const kinds: Readonly<Record<FlowNode['$type'], FlowStep['kind']>> = { Step: 'step', Decision: 'decision', Fork: 'fork', Join: 'join' };

/** The flow as it is written. Of two nodes with the same name the first is meant by it. */
export function flowOf(process: Pick<Process, 'name' | 'nodes'>): Flow {
  let flow = flows.get(process);
  if (!flow) flows.set(process, (flow = readFlow(process)));
  return flow;
}

/** A declaration never changes, and several questions are asked about its flow. */
const flows = new WeakMap<object, Flow>();

function readFlow({ name, nodes }: Pick<Process, 'name' | 'nodes'>): Flow {
  const positions = new Map<string, number>();
  for (const [index, node] of nodes.entries()) if (!positions.has(node.name)) positions.set(node.name, index);
  const target = (next: string | undefined, ends: boolean | undefined): ArrowTarget => (ends ? 'end' : next === undefined ? 'missing' : (positions.get(next) ?? 'unknown'));
  const single = ({ next, ends }: { readonly next?: string | undefined; readonly ends?: boolean }, path: Path): Arrow => ({ to: target(next, ends), path: next === undefined && !ends ? path : [...path, ends ? 'ends' : 'next'] });
  const arrowsOf = (node: FlowNode, path: Path): readonly Arrow[] => {
    switch (node.$type) {
      case 'Step':
      case 'Join':
        return [single(node, path)];
      case 'Decision':
        return node.branches.map((branch, index) => ({ ...single(branch, [...path, 'branches', index]), outcome: branch.outcome }));
      case 'Fork':
        return node.next.map((next, index) => ({ to: target(next, false), path: [...path, 'next', index] }));
    }
  };
  return {
    process: name,
    nodes: nodes.map((node, index) => ({
      name: node.name,
      ...(node.title === undefined ? {} : { title: node.title }),
      kind: kinds[node.$type],
      arrows: arrowsOf(node, ['nodes', index]),
      ...(node.$type === 'Step' && node.calls !== undefined ? { calls: node.calls } : {}),
    })),
  };
}

/** Nodes that a walk along the arrows from the start comes by. */
export function reachableNodes({ nodes }: Flow): ReadonlySet<number> {
  const seen = new Set<number>(nodes.length > 0 ? [0] : []);
  for (const node of seen) for (const { to } of nodes[node]!.arrows) if (typeof to === 'number') seen.add(to);
  return seen;
}

/** Nodes from which a walk along the arrows comes to the end. */
export function endingNodes({ nodes }: Flow): ReadonlySet<number> {
  const before = new Map<number, number[]>();
  const ending = new Set<number>();
  for (const [index, { arrows }] of nodes.entries()) {
    for (const { to } of arrows) {
      if (to === 'end') ending.add(index);
      else if (typeof to === 'number') before.set(to, [...(before.get(to) ?? []), index]);
    }
  }
  for (const node of ending) for (const from of before.get(node) ?? []) ending.add(from);
  return ending;
}
