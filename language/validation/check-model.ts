import type { Finding } from '../model/finding.ts';
import { entityKey, type AnyDeclaration, type EntityKey } from '../model/declarations.ts';
import type { Path } from '../model/fragment.ts';
import type { Model } from '../model/model.ts';

/** A fact of a declaration that leads to another of its kind. */
interface Link {
  readonly to: EntityKey;
  readonly path: Path;
}

type Links = ReadonlyMap<EntityKey, readonly Link[]>;

/** Types of declarations that lead to each other, with what a circle of them means. */
interface Kind {
  readonly types: readonly string[];
  readonly describe: (names: readonly string[]) => string;
}

const kinds: readonly Kind[] = [
  { types: ['Service', 'ConfigurationItem'], describe: (names) => `These depend on each other in a circle: ${names.join(' → ')}. None of them can be restored first.` },
  { types: ['Calendar'], describe: (names) => `These calendars build on each other in a circle: ${names.join(' → ')}.` },
];

/** Names that a declaration leads to, and where it says so. */
interface NamedLink {
  readonly name: string;
  readonly path: Path;
}

/**
 * Finds declarations that come back to themselves through others: services and configuration items by `depends on`, calendars by
 * `extends`. One finding for each set of declarations that lead to each other, at the fact that begins the shortest way round, with
 * the other facts of that way beside it. What refers to itself directly is found in its own text.
 *
 * It keeps what it read, so that a change costs something only if it changes who leads to whom.
 */
export class CycleCheck {
  readonly #links = new Map<EntityKey, readonly NamedLink[]>();
  #findings: readonly Finding[] = [];

  /** Takes note of declarations that appeared, vanished or changed. The same list is given again where no circle can have changed. */
  update(model: Model, changed: Iterable<EntityKey>): readonly Finding[] {
    let differs = false;
    for (const key of changed) {
      if (!kinds.some(({ types }) => types.includes(typeOf(key)))) continue;
      const links = linksOf(model.entity(key)?.node);
      const before = this.#links.get(key) ?? [];
      if (sameLinks(before, links)) continue;
      differs = true;
      if (links.length === 0) this.#links.delete(key);
      else this.#links.set(key, links);
    }
    if (differs) this.#findings = kinds.flatMap((kind) => this.#cyclesOf(kind));
    return this.#findings;
  }

  #cyclesOf(kind: Kind): Finding[] {
    const links = new Map<EntityKey, Link[]>();
    for (const [key, named] of this.#links) {
      if (!kind.types.includes(typeOf(key))) continue;
      links.set(key, named.flatMap(({ name, path }) => {
        const to = kind.types.map((type) => entityKey(type, name)).find((candidate) => this.#links.has(candidate));
        return to === undefined ? [] : [{ to, path }];
      }));
    }
    return knots(links).map((knot) => cycleFinding(shortestCycle(knot, links), kind));
  }
}

/** The circles of a whole model. */
export function cycleFindings(model: Model): readonly Finding[] {
  return new CycleCheck().update(model, [...model.all('Service'), ...model.all('ConfigurationItem'), ...model.all('Calendar')].map(({ $key }) => $key));
}

function linksOf(declaration: AnyDeclaration | undefined): NamedLink[] {
  switch (declaration?.$type) {
    case 'Service': {
      // What is accepted with a reason is no news.
      const accepted = /\p{L}/u.test(declaration.acknowledgedBecause ?? '') ? declaration.acknowledged : [];
      return declaration.dependencies.flatMap(({ on }, index) =>
        on.flatMap((name, position) => (name === declaration.name || accepted.includes(name) ? [] : [{ name, path: ['dependencies', index, 'on', position] }])));
    }
    case 'ConfigurationItem':
      return declaration.dependencies.flatMap(({ on }, index) =>
        on.flatMap((name, position) => (name === declaration.name ? [] : [{ name, path: ['dependencies', index, 'on', position] }])));
    case 'Calendar':
      return declaration.base === undefined || declaration.base === declaration.name ? [] : [{ name: declaration.base, path: ['base'] }];
    default:
      return [];
  }
}

function sameLinks(one: readonly NamedLink[], other: readonly NamedLink[]): boolean {
  return one.length === other.length && one.every(({ name, path }, index) => name === other[index]?.name && path.join() === other[index].path.join());
}

function cycleFinding(cycle: readonly { readonly from: EntityKey; readonly link: Link }[], kind: Kind): Finding {
  const [first, ...others] = cycle;
  if (!first) throw new Error('A cycle has at least one link.');
  const names = [...cycle.map(({ from }) => nameOf(from)), nameOf(first.from)];
  return {
    code: 'cycle',
    severity: 'error',
    message: kind.describe(names),
    place: { entity: first.from, path: first.link.path },
    requirements: [],
    related: others.map(({ from, link }) => ({ place: { entity: from, path: link.path }, message: `“${nameOf(from)}” leads to “${nameOf(link.to)}”` })),
    fixes: [],
  };
}

function typeOf(key: EntityKey): string {
  return key.slice(0, key.indexOf(':'));
}

function nameOf(key: EntityKey): string {
  return key.slice(key.indexOf(':') + 1);
}

/** Sets of declarations of which each leads to each other (strongly connected components, by Tarjan; iterative, for long chains). */
function knots(links: Links): EntityKey[][] {
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
function shortestCycle(knot: readonly EntityKey[], links: Links): { from: EntityKey; link: Link }[] {
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
