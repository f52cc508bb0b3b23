import type { Path } from '../../../language/model/fragment.ts';
import type { ArrowTarget, Flow, FlowStep } from './flow.ts';
import type { Repair } from './flow-faults.ts';
import { isProvedSound } from './soundness.ts';
import { workflowNet } from './workflow-net.ts';

/** An arrow that is to lead elsewhere: the word behind it, and what it is to say. */
export interface Redirection {
  readonly path: Path;
  readonly to: string;
}

interface ArrowPlace {
  readonly node: number;
  readonly arrow: number;
}

/** A flow that is not sound after a change need not be looked at for long. */
const mostStates = 1_000;
/** Of more arrows than this no selections are tried. */
const mostArrows = 6;

function isSound(flow: Flow): boolean {
  return isProvedSound(workflowNet(flow), mostStates);
}

function arrowsTo({ nodes }: Flow, target: ArrowTarget): readonly ArrowPlace[] {
  return nodes.flatMap(({ arrows }, node) => arrows.flatMap(({ to }, arrow) => (to === target ? [{ node, arrow }] : [])));
}

function redirected(flow: Flow, arrows: readonly ArrowPlace[], to: ArrowTarget, more: readonly FlowStep[] = []): Flow {
  const isMoved = (node: number, arrow: number): boolean => arrows.some((one) => one.node === node && one.arrow === arrow);
  return { ...flow, nodes: [...flow.nodes.map((step, node) => ({ ...step, arrows: step.arrows.map((one, arrow) => (isMoved(node, arrow) ? { ...one, to } : one)) })), ...more] };
}

function targetName({ nodes }: Flow, to: number | 'end'): string {
  return to === 'end' ? 'end' : nodes[to]!.name;
}

/** A name that the flow does not have yet. */
function newName({ nodes }: Flow, wanted: string): string {
  const taken = new Set(nodes.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Changes of arrows after which a flow is sound; none is proposed that is not proved. */
export const provenRepairs = {
  /** A join before a node, or before the end, in which arrows to it meet: as few of them as do. */
  meet(flow: Flow, target: number | 'end'): readonly Repair[] {
    const arrows = arrowsTo(flow, target);
    const name = newName(flow, target === 'end' ? 'all-done' : `before-${flow.nodes[target]!.name}`);
    const join: FlowStep = { name, kind: 'join', arrows: [{ to: target, path: [] }] };
    const selections = arrows.length > mostArrows ? [arrows] : selectionsOf(arrows);
    const found = selections.find((selection) => isSound(redirected(flow, selection, flow.nodes.length, [join])));
    if (!found) return [];
    return [{ title: target === 'end' ? `Let them meet in a join before the end` : `Let them meet in a join before “${flow.nodes[target]!.name}”`, redirect: found.map((one) => ({ path: pathOf(flow, one), to: name })), add: `join ${name} -> ${targetName(flow, target)}` }];
  },

  /** The end behind a node. */
  end(flow: Flow, node: number): readonly Repair[] {
    const arrow = { node, arrow: 0 };
    return isSound(redirected(flow, [arrow], 'end')) ? [{ title: `End the process behind “${flow.nodes[node]!.name}”`, redirect: [{ path: pathOf(flow, arrow), to: 'end' }] }] : [];
  },

  /** An arrow of the node that is written before it, where it then is reached and goes on. */
  reach(flow: Flow, node: number): readonly Repair[] {
    const before = flow.nodes[node - 1];
    if (!before || (before.kind !== 'step' && before.kind !== 'join')) return [];
    const arrow = { node: node - 1, arrow: 0 };
    if (!isSound(redirected(flow, [arrow], node))) return [];
    return [{ title: `Let “${before.name}” lead to “${flow.nodes[node]!.name}”`, redirect: [{ path: pathOf(flow, arrow), to: flow.nodes[node]!.name }] }];
  },
};

/** Leaves a join out: what led to it leads to where it went on. */
export function withoutJoin(flow: Flow, join: number): readonly Repair[] {
  const to = flow.nodes[join]!.arrows[0]?.to;
  if (join === 0 || to === join || (to !== 'end' && typeof to !== 'number')) return [];
  const arrows = arrowsTo(flow, join);
  const rest = redirected(flow, arrows, to);
  const place = (target: ArrowTarget): ArrowTarget => (typeof target === 'number' && target > join ? target - 1 : target);
  const without: Flow = { ...rest, nodes: rest.nodes.filter((_, node) => node !== join).map((step) => ({ ...step, arrows: step.arrows.map((arrow) => ({ ...arrow, to: place(arrow.to) })) })) };
  if (!isSound(without)) return [];
  return [{ title: `Leave out the join “${flow.nodes[join]!.name}”: only one of what leads to it comes`, redirect: arrows.map((one) => ({ path: pathOf(flow, one), to: targetName(flow, to) })), remove: join }];
}

function pathOf({ nodes }: Flow, { node, arrow }: ArrowPlace): Path {
  return nodes[node]!.arrows[arrow]!.path;
}

/** All selections of at least two, the smallest first. */
function selectionsOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  const all = Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((_item, index) => (bits >> index) % 2 === 1));
  return all.filter(({ length }) => length > 1).sort((a, b) => a.length - b.length);
}
