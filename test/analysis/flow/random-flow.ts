import fc from 'fast-check';
import type { ArrowTarget, Flow, FlowStep } from '../../../server/analysis/flow/flow.ts';
import type { WorkflowNet } from '../../../server/analysis/flow/workflow-net.ts';

/** Any flow: mostly unsound. */
export const anyFlow: fc.Arbitrary<Flow> = fc.integer({ min: 1, max: 9 }).chain((size) => {
  const target: fc.Arbitrary<ArrowTarget> = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: size - 1 }) }, { weight: 1, arbitrary: fc.constant<ArrowTarget>('end') });
  const node = fc.constantFrom<FlowStep['kind']>('step', 'step', 'decision', 'fork', 'join').chain((kind) =>
    fc.array(target, kind === 'step' || kind === 'join' ? { minLength: 1, maxLength: 1 } : { minLength: 1, maxLength: 3 }).map((targets) => ({ kind, targets: kind === 'fork' ? targets.map((to) => (to === 'end' ? 0 : to)) : targets })),
  );
  return fc.array(node, { minLength: size, maxLength: size }).map((nodes) => flowFrom(nodes));
});

/** A tree of blocks: in sequence, one of several, side by side, again and again. */
type Block = { readonly kind: 'step' } | { readonly kind: 'sequence' | 'choice' | 'parallel' | 'loop'; readonly parts: readonly Block[] };

const block: fc.Arbitrary<Block> = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constant<Block>({ kind: 'step' }),
    fc.record({ kind: fc.constantFrom('sequence', 'choice', 'parallel', 'loop'), parts: fc.array(tie('block'), { minLength: 1, maxLength: 3 }) }),
  ),
})).block;

/** A flow made of blocks, which is sound, and the same with one arrow bent, which may be. */
export const structuredFlow: fc.Arbitrary<{ readonly flow: Flow; readonly bent: Flow }> = fc.tuple(block, fc.nat(), fc.nat()).map(([tree, which, where]) => {
  const nodes: { kind: FlowStep['kind']; targets: ArrowTarget[] }[] = [];
  build(tree, 'end', nodes);
  // Blocks are built from their ends; the flow begins with what was built last.
  const order = nodes.map((_, index) => nodes.length - 1 - index);
  const turned = [...nodes].reverse().map(({ kind, targets }) => ({ kind, targets: targets.map((to) => (typeof to === 'number' ? order[to]! : to)) }));
  const arrows = turned.flatMap(({ targets }, node) => targets.map((_, arrow) => ({ node, arrow })));
  const bend = arrows[which % arrows.length]!;
  const bent = turned.map(({ kind, targets }, node) => ({ kind, targets: targets.map((to, arrow): ArrowTarget => (node === bend.node && arrow === bend.arrow ? where % turned.length : to)) }));
  return { flow: flowFrom(turned), bent: flowFrom(bent) };
});

/** Adds the nodes of a block before `after` and returns the first of them, which is also the last added. */
function build(of: Block, after: ArrowTarget, nodes: { kind: FlowStep['kind']; targets: ArrowTarget[] }[]): number {
  const add = (kind: FlowStep['kind'], targets: ArrowTarget[]): number => nodes.push({ kind, targets }) - 1;
  if (of.kind === 'step') return add('step', [after]);
  switch (of.kind) {
    case 'sequence':
      return of.parts.reduceRight<ArrowTarget>((next, part) => build(part, next, nodes), after) as number;
    case 'choice':
      return add('decision', of.parts.map((part) => build(part, after, nodes)));
    case 'parallel': {
      const join = add('join', [after]);
      // A step before the join, for a join has an arrow from each branch.
      return add('fork', of.parts.map((part) => build(part, add('step', [join]), nodes)));
    }
    case 'loop': {
      const again = add('decision', [after]);
      const first = of.parts.reduceRight<number>((next, part) => build(part, next, nodes), again);
      nodes[again]!.targets.push(first);
      return add('step', [first]);
    }
  }
}

export function flowFrom(nodes: readonly { readonly kind: FlowStep['kind']; readonly targets: readonly ArrowTarget[] }[]): Flow {
  return { process: 'p', nodes: nodes.map(({ kind, targets }, index) => ({ name: `n${index}`, kind, arrows: targets.map((to, arrow) => ({ to, path: ['nodes', index, arrow] })) })) };
}

/** Any workflow net, also such that no flow has: with choices that depend on what else is there. */
export const anyNet: fc.Arbitrary<WorkflowNet> = fc.integer({ min: 2, max: 7 }).chain((size) => {
  const place = fc.integer({ min: 0, max: size - 1 });
  const transition = fc.record({
    takes: fc.uniqueArray(place, { minLength: 1, maxLength: 2 }),
    gives: fc.uniqueArray(place, { minLength: 1, maxLength: 2 }),
  });
  return fc.array(transition, { minLength: 1, maxLength: 7 }).map((transitions) => ({
    places: Array.from({ length: size }, (_, index) => (index === 1 ? ({ kind: 'end' } as const) : ({ kind: 'before', node: index } as const))),
    transitions: transitions.map(({ takes, gives }, node) => ({ node, takes: takes.filter((one) => one !== 1).length > 0 ? takes.filter((one) => one !== 1) : [0], gives: gives.filter((one) => one !== 0).length > 0 ? gives.filter((one) => one !== 0) : [1] })),
    start: 0,
    end: 1,
  }));
});
