import type { Path } from '../../../language/model/fragment.ts';
import { counted, firstOf, listed } from '../../assessment/wording.ts';
import { endingNodes, reachableNodes, type Arrow, type Flow } from './flow.ts';
import { provenRepairs, withoutJoin, type Redirection } from './flow-repairs.ts';
import { soundnessOf, type Soundness, type SoundnessOptions } from './soundness.ts';
import type { Fault } from './state-space.ts';
import { workflowNet, type WorkflowNet } from './workflow-net.ts';

/** What is wrong with a flow, where in its process, and by which way one comes there. */
export interface FlowFault {
  readonly kind: 'no arrow' | 'unreachable' | 'no way to the end' | 'stuck' | 'twice' | 'leftover' | 'endless' | 'never';
  readonly message: string;
  readonly path: Path;
  /** Nodes that are carried out on the way, in order, and what else belongs to it. */
  readonly related: readonly { readonly path: Path; readonly message: string }[];
  /** The way to it, whole: nodes in the order in which they are carried out; empty where none leads there. */
  readonly way: readonly WayStep[];
  /** Changes after which the flow is sound, each proved. */
  readonly repairs: readonly Repair[];
}

export interface Repair {
  readonly title: string;
  readonly redirect: readonly Redirection[];
  /** A line to add: a new node. */
  readonly add?: string;
  /** The position of a node to take out. */
  readonly remove?: number;
}

export type FlowVerdict =
  | { readonly kind: 'sound' }
  | { readonly kind: 'unsound'; readonly faults: readonly FlowFault[] }
  /** A name leads nowhere, which is said where it stands; or nothing is written. */
  | { readonly kind: 'incomplete' }
  /** There are more states than are looked at. */
  | { readonly kind: 'unknown'; readonly states: number };

/** Whether a flow is sound, taking what it calls as steps that get done; and where it is not, what goes wrong and by which way. */
export function flowVerdict(flow: Flow, options: SoundnessOptions = {}): FlowVerdict {
  const { nodes } = flow;
  if (nodes.length === 0 || nodes.some(({ name, arrows }) => typeof name !== 'string' || arrows.length === 0 || arrows.some(({ to }) => to === 'unknown'))) return { kind: 'incomplete' };
  const structural = structuralFaults(flow);
  if (structural.length > 0) return { kind: 'unsound', faults: structural };
  const net = workflowNet(flow);
  const soundness = soundnessOf(net, options);
  switch (soundness.kind) {
    case 'sound':
      return { kind: 'sound' };
    case 'unknown':
      return { kind: 'unknown', states: soundness.states };
    case 'unsound':
      return { kind: 'unsound', faults: netFaults(flow, net, soundness) };
  }
}

/** What is seen without a proof: arrows that are missing, nodes that nothing leads to or that lead to no end. */
function structuralFaults(flow: Flow): readonly FlowFault[] {
  const { nodes } = flow;
  const missing = nodes.flatMap(({ name, arrows }, node): FlowFault[] =>
    arrows.some(({ to }) => to === 'missing')
      ? [{ kind: 'no arrow', message: `“${name}” does not say what follows: -> NEXT, or -> end where the process ends.`, path: nameOf(node), related: [], way: [], repairs: [] }]
      : [],
  );
  // What is reached is seen once it is said what follows.
  return missing.length > 0 ? missing : [...unreachableFaults(flow), ...trapFaults(flow)];
}

function unreachableFaults(flow: Flow): readonly FlowFault[] {
  const { nodes } = flow;
  const reachable = reachableNodes(flow);
  const lost = nodes.flatMap((_, node) => (reachable.has(node) ? [] : [node]));
  const told = new Set<number>();
  const ledTo = new Set(lost.flatMap((node) => nodes[node]!.arrows.flatMap(({ to }) => (typeof to === 'number' && to !== node ? [to] : []))));
  // First those that nothing at all leads to; then circles that nothing leads into, by their first node.
  return [...lost.filter((node) => !ledTo.has(node)), ...lost].flatMap((node): FlowFault[] => {
    if (told.has(node)) return [];
    const behind = new Set([node]);
    for (const one of behind) for (const { to } of nodes[one]!.arrows) if (typeof to === 'number' && !reachable.has(to)) behind.add(to);
    const others = [...behind].filter((one) => one !== node && !told.has(one));
    for (const one of behind) told.add(one);
    const also = others.length === 0 ? '' : ` Nor ${others.length === 1 ? 'is' : 'are'} ${firstOf(others.map((one) => `“${nodes[one]!.name}”`))}, which ${others.length === 1 ? 'is' : 'are'} reached through it only.`;
    return [{
      kind: 'unreachable',
      message: `“${nodes[node]!.name}” is never carried out: no arrow leads to it from the start, “${nodes[0]!.name}”.${also}`,
      path: nameOf(node),
      related: others.map((one) => ({ path: nameOf(one), message: 'Is not reached either' })),
      way: [],
      repairs: provenRepairs.reach(flow, node),
    }];
  });
}

/** Nodes that can be reached, and from which no arrows lead to the end. */
function trapFaults(flow: Flow): readonly FlowFault[] {
  const { nodes } = flow;
  const ending = endingNodes(flow);
  const from = new Map<number, { readonly node: number; readonly arrow: Arrow } | undefined>([[0, undefined]]);
  for (const [node] of from) {
    for (const arrow of nodes[node]!.arrows) if (typeof arrow.to === 'number' && !from.has(arrow.to)) from.set(arrow.to, { node, arrow });
  }
  const trap = [...from.keys()].find((node) => !ending.has(node));
  if (trap === undefined) return [];
  const way: { readonly node: number; readonly outcome?: string }[] = [{ node: trap }];
  for (let at = from.get(trap); at; at = from.get(at.node)) way.unshift({ node: at.node, ...(at.arrow.outcome === undefined ? {} : { outcome: at.arrow.outcome }) });
  const trapped = [...from.keys()].filter((node) => !ending.has(node));
  const noEnd = !nodes.some(({ arrows }) => arrows.some(({ to }) => to === 'end'));
  const others = trapped.filter((node) => node !== trap);
  return [{
    kind: 'no way to the end',
    message: noEnd
      ? 'The flow never ends: none of its nodes leads to the end. Write -> end behind what is done last.'
      : `From “${nodes[trap]!.name}” no arrows lead to the end: it goes round ${others.length === 0 ? 'in itself' : `through ${firstOf(others.map((node) => `“${nodes[node]!.name}”`))}`} for ever. Way there: ${wayInWords(flow, way)}.`,
    // Where nothing ends, the end fits behind what is written last.
    path: noEnd ? nodes.at(-1)!.arrows[0]!.path : nameOf(trap),
    related: noEnd ? [] : relatedWay(flow, way),
    way: noEnd ? [] : way,
    repairs: noEnd ? provenRepairs.end(flow, nodes.length - 1) : [],
  }];
}

function netFaults(flow: Flow, net: WorkflowNet, { faults, dead, shortest }: Extract<Soundness, { kind: 'unsound' }>): readonly FlowFault[] {
  // Of faults that have too many tokens in common the first says it; that one can get stuck is another fault.
  const surplus = faults.find(({ kind }) => kind === 'twice' || kind === 'leftover' || kind === 'unbounded');
  const stuck = faults.find(({ kind }) => kind === 'deadlock');
  const told = [...(surplus ? [surplus] : []), ...(stuck ? [stuck] : [])].sort((a, b) => a.path.length - b.path.length);
  const shown = told.length > 0 ? told : faults.slice(0, 1);
  if (shown.length > 0) return shown.map((fault) => faultOf(flow, net, fault, shortest));
  const never = [...new Set(dead.map((transition) => net.transitions[transition]!.node))];
  const [first] = never;
  if (first === undefined) return [];
  return [{ kind: 'never', message: `${firstOf(never.map((node) => `“${flow.nodes[node]!.name}”`))} can never be carried out.`, path: nameOf(first), related: [], way: [], repairs: [] }];
}

/** A node that is carried out; of a decision with the branch that is taken. */
export interface WayStep {
  readonly node: number;
  readonly outcome?: string;
}

function faultOf(flow: Flow, net: WorkflowNet, fault: Fault, shortest: boolean): FlowFault {
  const { nodes } = flow;
  const way = fault.path.map((transition): WayStep => {
    const { node, branch } = net.transitions[transition]!;
    const outcome = branch === undefined ? undefined : nodes[node]!.arrows[branch]?.outcome;
    return { node, ...(outcome === undefined ? {} : { outcome }) };
  });
  const route = `${shortest ? 'Shortest way' : 'A way'} there: ${wayInWords(flow, way)}.`;
  const quoted = (node: number): string => `“${nodes[node]!.name}”`;
  const waiting = [...new Set(fault.marking)].flatMap((place) => net.places[place] ?? []).flatMap((place) => (place.kind === 'before' ? [place] : []));
  switch (fault.kind) {
    case 'deadlock': {
      const joins = [...new Set(waiting.map(({ node }) => node))];
      const said = joins.map((join) => {
        const here = new Set(waiting.flatMap(({ node, from }) => (node === join && from !== undefined ? [from] : [])));
        const needed = net.places.flatMap((place) => (place.kind === 'before' && place.node === join && place.from !== undefined && !here.has(place.from) ? [place.from] : []));
        return `“${nodes[join]!.name}” waits for ${listed([...new Set(needed)].map(quoted))}, which ${needed.length === 1 ? 'does' : 'do'} not come`;
      });
      const join = joins[0] ?? way.at(-1)?.node ?? 0;
      return {
        kind: 'stuck',
        message: `The process can get stuck: ${listed(said)}. A join waits for every node that leads to it. ${route}`,
        path: nameOf(join),
        related: relatedWay(flow, way),
        way,
        repairs: joins.flatMap((one) => withoutJoin(flow, one)),
      };
    }
    case 'leftover': {
      const last = way.at(-1)!.node;
      const arrow = nodes[last]!.arrows.find(({ to, outcome }) => to === 'end' && (way.at(-1)!.outcome === undefined || outcome === way.at(-1)!.outcome));
      const left = [...new Set(waiting.map(({ node }) => node))];
      const what = left.length === 0 ? 'it has ended before' : `${firstOf(left.map(quoted))} ${left.length === 1 ? 'is' : 'are'} still to be done`;
      return {
        kind: 'leftover',
        message: `The process ends here while ${what}. What runs side by side has to meet in a join before the end. ${route}`,
        path: arrow?.path ?? nameOf(last),
        related: relatedWay(flow, way),
        way,
        repairs: provenRepairs.meet(flow, 'end'),
      };
    }
    case 'twice': {
      const place = net.places[fault.place]!;
      if (place.kind !== 'before') return faultOf(flow, net, { ...fault, kind: 'leftover' }, shortest);
      const last = way.at(-1)!;
      const arrow = nodes[last.node]!.arrows.find(({ to, outcome }) => to === place.node && (last.outcome === undefined || outcome === last.outcome));
      return {
        kind: 'twice',
        message: `${quoted(place.node)} ${place.from === undefined ? 'can be carried out twice at the same time' : `can be reached twice from ${quoted(place.from)}`}: what runs side by side leads here without a join. ${route}`,
        path: arrow?.path ?? nameOf(place.node),
        related: relatedWay(flow, way),
        way,
        repairs: provenRepairs.meet(flow, place.node),
      };
    }
    case 'unbounded':
    case 'endless': {
      const last = way.at(-1)?.node ?? 0;
      return { kind: 'endless', message: `From here the process goes on for ever and cannot end. ${route}`, path: nameOf(last), related: relatedWay(flow, way), way, repairs: [] };
    }
  }
}

function nameOf(node: number): Path {
  return ['nodes', node, 'name'];
}

/** More nodes of a way than this are not named one by one. */
const mostNamed = 14;

/** `log → major (yes) → bridge`. */
export function wayInWords({ nodes }: Flow, way: readonly WayStep[]): string {
  const words = way.map(({ node, outcome }) => `${nodes[node]!.name}${outcome === undefined ? '' : ` (${outcome})`}`);
  const left = words.length - mostNamed;
  const shown = left > 1 ? [...words.slice(0, 4), `… ${counted(left, 'node')} …`, ...words.slice(4 + left)] : words;
  return shown.length === 0 ? 'the start itself' : shown.join(' → ');
}

function relatedWay({ nodes }: Flow, way: readonly WayStep[]): FlowFault['related'] {
  return way.slice(0, 50).map(({ node, outcome }, index) => ({ path: nameOf(node), message: `${index + 1}. ${nodes[node]!.title ?? nodes[node]!.name}${outcome === undefined ? '' : `: ${outcome}`}` }));
}
