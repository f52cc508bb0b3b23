import type { Finding } from '../model/finding.ts';
import { entityKey, type EntityKey } from '../model/declarations.ts';
import type { Path } from '../model/fragment.ts';
import type { Model } from '../model/model.ts';

/** A declaration that leads to others of its kind, and the fact that does so. */
interface Link {
  readonly to: EntityKey;
  readonly path: Path;
}

interface Graph {
  readonly links: ReadonlyMap<EntityKey, readonly Link[]>;
  readonly describe: (names: readonly string[]) => string;
}

/**
 * Declarations that come back to themselves through others: services and configuration items by `depends on`, calendars by
 * `extends`. One finding for each set of declarations that lead to each other, at the fact that closes the shortest way round, with
 * the other facts of that way beside it. What refers to itself directly is found in its own text.
 */
export function cycleFindings(model: Model): Finding[] {
  return [dependencies(model), calendars(model)].flatMap((graph) =>
    knots(graph.links).map((knot) => cycleFinding(shortestCycle(knot, graph.links), graph)));
}

function dependencies(model: Model): Graph {
  const links = new Map<EntityKey, Link[]>();
  for (const declaration of [...model.all('Service'), ...model.all('ConfigurationItem')]) {
    const own: Link[] = [];
    declaration.dependencies.forEach(({ on }, index) => {
      on.forEach((name, position) => {
        const to = model.find('Component', name)?.entity.key;
        if (to !== undefined && to !== declaration.$key) own.push({ to, path: ['dependencies', index, 'on', position] });
      });
    });
    if (own.length > 0) links.set(declaration.$key, own);
  }
  return { links, describe: (names) => `These depend on each other in a circle: ${names.join(' → ')}. None of them can be restored first.` };
}

function calendars(model: Model): Graph {
  const links = new Map<EntityKey, Link[]>();
  for (const { $key, base } of model.all('Calendar')) {
    if (base === undefined) continue;
    const to = entityKey('Calendar', base);
    if (to !== $key) links.set($key, [{ to, path: ['base'] }]);
  }
  return { links, describe: (names) => `These calendars build on each other in a circle: ${names.join(' → ')}.` };
}

function cycleFinding(cycle: readonly { readonly from: EntityKey; readonly link: Link }[], graph: Graph): Finding {
  const [first, ...others] = cycle;
  if (!first) throw new Error('A cycle has at least one link.');
  const names = [...cycle.map(({ from }) => nameOf(from)), nameOf(first.from)];
  return {
    code: 'cycle',
    severity: 'error',
    message: graph.describe(names),
    place: { entity: first.from, path: first.link.path },
    requirements: [],
    related: others.map(({ from, link }) => ({ place: { entity: from, path: link.path }, message: `“${nameOf(from)}” leads to “${nameOf(link.to)}”` })),
    fixes: [],
  };
}

function nameOf(key: EntityKey): string {
  return key.slice(key.indexOf(':') + 1);
}

/** Sets of declarations of which each leads to each other (strongly connected components, by Tarjan; iterative, for long chains). */
function knots(links: ReadonlyMap<EntityKey, readonly Link[]>): EntityKey[][] {
  const found: EntityKey[][] = [];
  const order = new Map<EntityKey, number>();
  const lowest = new Map<EntityKey, number>();
  const open: EntityKey[] = [];
  const isOpen = new Set<EntityKey>();
  for (const root of links.keys()) {
    if (order.has(root)) continue;
    const work: { key: EntityKey; next: number }[] = [];
    const enter = (key: EntityKey): void => {
      order.set(key, order.size);
      lowest.set(key, order.get(key) ?? 0);
      open.push(key);
      isOpen.add(key);
      work.push({ key, next: 0 });
    };
    enter(root);
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const link = links.get(top.key)?.[top.next++];
      if (link) {
        if (!order.has(link.to)) enter(link.to);
        else if (isOpen.has(link.to)) lower(lowest, top.key, order.get(link.to) ?? 0);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent) lower(lowest, parent.key, lowest.get(top.key) ?? 0);
      if (lowest.get(top.key) !== order.get(top.key)) continue;
      const knot: EntityKey[] = [];
      for (let key = open.pop(); key !== undefined; key = open.pop()) {
        isOpen.delete(key);
        knot.push(key);
        if (key === top.key) break;
      }
      if (knot.length > 1) found.push(knot.sort());
    }
  }
  return found.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}

function lower(values: Map<EntityKey, number>, key: EntityKey, value: number): void {
  values.set(key, Math.min(values.get(key) ?? value, value));
}

/** The shortest way from the first declaration of a knot back to itself. */
function shortestCycle(knot: readonly EntityKey[], links: ReadonlyMap<EntityKey, readonly Link[]>): { from: EntityKey; link: Link }[] {
  const start = knot[0]!;
  const within = new Set(knot);
  const reachedBy = new Map<EntityKey, { from: EntityKey; link: Link }>();
  const queue: EntityKey[] = [start];
  for (const from of queue) {
    for (const link of links.get(from) ?? []) {
      if (!within.has(link.to) || reachedBy.has(link.to)) continue;
      reachedBy.set(link.to, { from, link });
      if (link.to === start) break;
      queue.push(link.to);
    }
  }
  const cycle: { from: EntityKey; link: Link }[] = [];
  let step = reachedBy.get(start);
  while (step) {
    cycle.unshift(step);
    step = step.from === start ? undefined : reachedBy.get(step.from);
  }
  return cycle;
}
