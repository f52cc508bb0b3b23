/** What rests on a declaration, directly or not, and by which way. */
import type { DependencyGraph, Dependency, GraphNode } from './dependency-graph.ts';

/**
 * How it would fare without. `needs`: it takes it to do what it is for. `one of several`: others stand in for it. `concerned`: it is measured by it,
 * somebody of it answers for it, or it speaks of it.
 */
export type Strength = 'needs' | 'one of several' | 'concerned';
export const strengths: readonly Strength[] = ['needs', 'one of several', 'concerned'];

export interface Reached {
  readonly node: GraphNode;
  readonly strength: Strength;
  /** The last step of the way from the subject: on whom it rests, and how. */
  readonly by: Dependency;
  /** How many steps the way has. */
  readonly distance: number;
}

export interface Impact {
  readonly subject: GraphNode;
  /** The nearest first, those equally near by key. The subject is not among them, though it may rest on itself. */
  readonly reached: readonly Reached[];
}

/** Ways that pass on to those who rest on what was reached. */
const passesOn: ReadonlySet<Dependency['kind']> = new Set(['work', 'figure', 'member']);

/**
 * What would fail if the subject did: what takes it, and takes something that takes it. Of several that stand in for each other all have to
 * fail, so a pair whose branches share the subject fails with it.
 */
function failing(graph: DependencyGraph, subject: string): ReadonlySet<string> {
  const failed = new Set([subject]);
  const waiting = [subject];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { dependent, kind, alternative } of graph.dependents.get(next) ?? []) {
      if (kind !== 'work' || failed.has(dependent)) continue;
      if (alternative !== undefined && !(graph.dependencies.get(dependent) ?? []).every((other) => other.alternative !== alternative || failed.has(other.on))) continue;
      failed.add(dependent);
      waiting.push(dependent);
    }
  }
  return failed;
}

/** @returns undefined where nothing is declared under the key */
export function impactOf(graph: DependencyGraph, key: string): Impact | undefined {
  const subject = graph.nodes.get(key);
  if (!subject) return undefined;
  const failed = failing(graph, key);
  const reached = new Map<string, Reached>();
  const strengthOf = (dependent: string): Strength => (failed.has(dependent) ? 'needs' : 'one of several');
  // A way on which each step is needed tells more than one past alternatives.
  walk(graph, key, reached, ({ kind, alternative }) => kind === 'work' && alternative === undefined, strengthOf);
  walk(graph, key, reached, ({ kind }) => kind === 'work', strengthOf);
  // Who answers for something, or speaks of it, is told of the subject itself, and of what it is a member of: not of all that rests on it.
  walk(graph, key, reached, ({ kind }, isSubject) => isSubject || passesOn.has(kind), () => 'concerned');
  return { subject, reached: [...reached.values()].toSorted((a, b) => a.distance - b.distance || (a.node.key < b.node.key ? -1 : 1)) };
}

/** Breadth first, so that the way to each is a shortest one of the steps that are taken; what was reached before keeps its way. */
function walk(graph: DependencyGraph, subject: string, reached: Map<string, Reached>, takes: (step: Dependency, isSubject: boolean) => boolean, strengthOf: (dependent: string) => Strength): void {
  const visited = new Set<string>();
  let level = [{ key: subject, isSubject: true }];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { key, isSubject } of level) {
      for (const step of graph.dependents.get(key) ?? []) {
        const { dependent, kind } = step;
        const node = graph.nodes.get(dependent);
        if (!node || dependent === subject || !takes(step, isSubject)) continue;
        if (!reached.has(dependent)) reached.set(dependent, { node, strength: strengthOf(dependent), by: step, distance: (reached.get(key)?.distance ?? 0) + 1 });
        // A team or role stands for its members.
        const standsFor = isSubject && kind === 'member';
        if (!passesOn.has(kind) || visited.has(`${dependent} ${standsFor}`)) continue;
        visited.add(`${dependent} ${standsFor}`);
        next.push({ key: dependent, isSubject: standsFor });
      }
    }
    level = next;
  }
}

/** The steps from one that was reached back to the subject: the first rests on the second, and so on. */
export function wayTo({ subject, reached }: Impact, key: string): readonly Reached[] {
  const byKey = new Map(reached.map((one) => [one.node.key, one]));
  const way: Reached[] = [];
  for (let one = byKey.get(key); one && way.length <= reached.length; one = one.by.on === subject.key ? undefined : byKey.get(one.by.on)) way.push(one);
  return way;
}

/** `“E-mail, gold” is for “Corporate e-mail”, which depends on “Network”`. */
export function wayInWords(impact: Impact, one: Reached): string {
  const way = wayTo(impact, one.node.key);
  return way
    .map(({ node, by }, index) => {
      const next = way[index + 1]?.node ?? impact.subject;
      return index === 0 ? `“${node.title}” ${by.words} “${next.title}”` : `which ${by.words} “${next.title}”`;
    })
    .join(', ');
}
