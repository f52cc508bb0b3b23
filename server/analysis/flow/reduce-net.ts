import type { WorkflowNet } from './workflow-net.ts';

/** A transition of the given net, or several one after the other. */
type Label = number | readonly [Label, Label];

interface Reduced {
  takes: readonly number[];
  gives: readonly number[];
  readonly label: Label;
  readonly length: number;
}

/** What is left of a net, and what its transitions stand for. */
export interface ReducedNet {
  /** The places of the given net; those that are left out have no arcs any more. */
  readonly net: WorkflowNet;
  /** The transitions of the given net that one of what is left stands for, in the order in which they happen. */
  expand(transition: number): readonly number[];
}

/** More pairs of producers and consumers than this are not joined. */
const mostPairs = 36;

/**
 * Makes a workflow net smaller by rules of which each keeps it sound if and only if it was (Berthelot, Murata):
 * - what comes into a place whose consumers wait for nothing else is joined with what follows (fusion of series, of decisions and merges);
 * - of two transitions, and of two places, with the same surroundings one is enough;
 * - a transition that gives back what it takes changes nothing.
 *
 * Each way through what is left is one through the given net, so that a fault that is found here can be told there.
 */
export function reduceNet(net: WorkflowNet): ReducedNet {
  const work = new NetReduction(net);
  work.run();
  return work.result();
}

class NetReduction {
  readonly #net: WorkflowNet;
  readonly #transitions = new Set<Reduced>();
  readonly #producers: Set<Reduced>[];
  readonly #consumers: Set<Reduced>[];
  /** Places whose surroundings have changed since they were looked at. */
  readonly #open: Set<number>;

  constructor(net: WorkflowNet) {
    this.#net = net;
    this.#producers = net.places.map(() => new Set());
    this.#consumers = net.places.map(() => new Set());
    this.#open = new Set(net.places.keys());
    for (const [index, { takes, gives }] of net.transitions.entries()) this.#add({ takes: sorted(takes), gives: sorted(gives), label: index, length: 1 });
  }

  run(): void {
    for (const place of this.#open) {
      this.#open.delete(place);
      this.#dropTwins(place);
      if (place === this.#net.start || place === this.#net.end) continue;
      if (!this.#dropIfDoubled(place)) this.#fuse(place);
    }
  }

  result(): ReducedNet {
    const left = [...this.#transitions];
    return {
      net: {
        ...this.#net,
        transitions: left.map(({ takes, gives, label }) => ({ node: this.#net.transitions[expanded(label)[0]!]!.node, takes, gives })),
      },
      expand: (transition) => expanded(left[transition]!.label),
    };
  }

  #add(transition: Reduced): void {
    this.#transitions.add(transition);
    for (const place of transition.takes) this.#consumers[place]!.add(transition);
    for (const place of transition.gives) this.#producers[place]!.add(transition);
    this.#touch(transition);
  }

  #remove(transition: Reduced): void {
    this.#transitions.delete(transition);
    for (const place of transition.takes) this.#consumers[place]!.delete(transition);
    for (const place of transition.gives) this.#producers[place]!.delete(transition);
    this.#touch(transition);
  }

  #touch({ takes, gives }: Reduced): void {
    for (const place of takes) this.#open.add(place);
    for (const place of gives) this.#open.add(place);
  }

  /** Transitions out of a place that do the same, and those that give back the one token that they take. */
  #dropTwins(place: number): void {
    const known = new Map<string, Reduced>();
    for (const transition of [...this.#consumers[place]!]) {
      if (transition.takes.length === 1 && sameTokens(transition.takes, transition.gives) && (place === this.#net.start || this.#producers[place]!.size > 1)) {
        this.#remove(transition);
        continue;
      }
      const key = `${transition.takes.join()}>${transition.gives.join()}`;
      const twin = known.get(key);
      if (twin === undefined) known.set(key, transition);
      else if (twin.length <= transition.length) this.#remove(transition);
      else {
        this.#remove(twin);
        known.set(key, transition);
      }
    }
  }

  /** A place that is filled and emptied together with another says nothing that the other does not. */
  #dropIfDoubled(place: number): boolean {
    const [consumer] = this.#consumers[place]!;
    const [producer] = this.#producers[place]!;
    if (!consumer || !producer) return false;
    for (const other of new Set(consumer.takes)) {
      if (other === place || other === this.#net.start || other === this.#net.end) continue;
      if (!this.#sameArcs(this.#consumers[place]!, this.#consumers[other]!, place, other, 'takes')) continue;
      if (!this.#sameArcs(this.#producers[place]!, this.#producers[other]!, place, other, 'gives')) continue;
      for (const transition of [...this.#consumers[place]!, ...this.#producers[place]!]) this.#touch(transition);
      for (const transition of this.#consumers[place]!) transition.takes = transition.takes.filter((one) => one !== place);
      for (const transition of this.#producers[place]!) transition.gives = transition.gives.filter((one) => one !== place);
      this.#consumers[place]!.clear();
      this.#producers[place]!.clear();
      this.#open.delete(place);
      return true;
    }
    return false;
  }

  #sameArcs(one: ReadonlySet<Reduced>, other: ReadonlySet<Reduced>, place: number, double: number, side: 'takes' | 'gives'): boolean {
    if (one.size !== other.size) return false;
    for (const transition of one) if (!other.has(transition) || count(transition[side], place) !== count(transition[side], double)) return false;
    return true;
  }

  #fuse(place: number): void {
    const producers = [...this.#producers[place]!];
    const consumers = [...this.#consumers[place]!];
    if (producers.length === 0 || consumers.length === 0 || producers.length * consumers.length > mostPairs) return;
    if (consumers.some(({ takes, gives }) => takes.length !== 1 || gives.includes(place))) return;
    if (producers.some(({ gives }) => count(gives, place) !== 1)) return;
    for (const transition of [...producers, ...consumers]) this.#remove(transition);
    for (const before of producers) {
      for (const after of consumers) {
        this.#add({ takes: before.takes, gives: sorted([...before.gives.filter((one) => one !== place), ...after.gives]), label: [before.label, after.label], length: before.length + after.length });
      }
    }
    this.#open.delete(place);
  }
}

function expanded(label: Label): number[] {
  const found: number[] = [];
  const open: Label[] = [label];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one === 'number') found.push(one);
    else open.push(one[1], one[0]);
  }
  return found;
}

function sorted(places: readonly number[]): readonly number[] {
  return [...places].sort((a, b) => a - b);
}

function sameTokens(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((place, index) => place === other[index]);
}

function count(places: readonly number[], place: number): number {
  return places.filter((one) => one === place).length;
}
