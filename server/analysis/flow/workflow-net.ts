import type { Flow } from './flow.ts';

/** A change of state: takes one token for each entry of `takes` and puts one for each entry of `gives`. */
export interface Transition {
  /** The node of the flow that it carries out, by its position. */
  readonly node: number;
  /** Of a decision: the position of the branch that is taken. */
  readonly branch?: number;
  readonly takes: readonly number[];
  readonly gives: readonly number[];
}

/** What a token in a place means: that the process has begun, that it has ended, or that a node waits to be carried out. */
export type NetPlace =
  | { readonly kind: 'end' }
  /** The node can begin; of a join: what comes from one of the nodes before it has arrived. */
  | { readonly kind: 'before'; readonly node: number; readonly from?: number }
  /** The node was carried out and nothing follows. */
  | { readonly kind: 'stuck'; readonly node: number };

/**
 * A workflow net (van der Aalst): a Petri net with one place where it starts and one where it ends. A flow's net is free-choice, for
 * only decisions choose, and each by itself: then a sound net has never more than one token in a place.
 */
export interface WorkflowNet {
  readonly places: readonly NetPlace[];
  readonly transitions: readonly Transition[];
  readonly start: number;
  readonly end: number;
}

/**
 * The net of a flow. A step, a fork and a join are a transition each, a decision is one for each branch. Arrows that lead to the same step,
 * decision or fork meet in one place: whoever comes, it is carried out. A join has a place for each node before it, and waits for all of
 * them; two branches of one decision that lead to it are one of these.
 *
 * @param blocked steps that never get done, as the process that they call never ends
 */
export function workflowNet({ nodes }: Flow, blocked: (node: number) => boolean = () => false): WorkflowNet {
  const places: NetPlace[] = [];
  const transitions: Transition[] = [];
  const place = (what: NetPlace): number => places.push(what) - 1;
  const end = place({ kind: 'end' });
  const before = nodes.map(({ kind }, node) => (kind === 'join' ? undefined : place({ kind: 'before', node })));
  // One for each arrow out of a fork, which all come; one for each other node.
  const intoJoin = nodes.map((): Map<string, number> => new Map());
  const placeOf = (node: number, arrow: number): number => {
    const { kind, arrows } = nodes[node]!;
    const { to } = arrows[arrow]!;
    if (to === 'end') return end;
    if (typeof to !== 'number') return place({ kind: 'stuck', node });
    const single = before[to];
    if (single !== undefined) return single;
    const key = kind === 'fork' ? `${node} ${arrow}` : String(node);
    const known = intoJoin[to]!;
    let own = known.get(key);
    if (own === undefined) known.set(key, (own = place({ kind: 'before', node: to, from: node })));
    return own;
  };
  const gives = nodes.map(({ arrows }, node) => arrows.map((_, arrow) => placeOf(node, arrow)));
  for (const [node, { kind }] of nodes.entries()) {
    const single = before[node];
    const arrived = [...intoJoin[node]!.values()];
    // A join that nothing leads to waits for ever, in a place of its own; the first node does not have to.
    const takes = single !== undefined ? [single] : arrived.length > 0 || node === 0 ? arrived : [place({ kind: 'before', node })];
    const after = gives[node]!;
    if (kind === 'decision') for (const [branch, to] of after.entries()) transitions.push({ node, branch, takes, gives: [to] });
    else transitions.push({ node, takes, gives: blocked(node) ? [place({ kind: 'stuck', node })] : after });
  }
  // A flow that begins with a join has nothing that it could wait for at its start.
  const start = before[0] ?? place({ kind: 'before', node: 0 });
  if (before[0] === undefined && nodes.length > 0) {
    const first = transitions.findIndex(({ node }) => node === 0);
    if (first >= 0) transitions[first] = { ...transitions[first]!, takes: [start, ...transitions[first]!.takes.filter((one) => one !== start)] };
    else transitions.push({ node: 0, takes: [start], gives: gives[0]! });
  }
  return { places, transitions, start, end };
}
