import type { Arithmetic, Way } from './arithmetic.ts';

/** A node of a diagram: 0 never, 1 always, from 2 on a decision. */
export type DecisionNode = number;

/** More nodes than any diagram has; its square times the number of parts is a whole number that is kept exactly. */
const most = 2 ** 20;

export const never: DecisionNode = 0;
export const always: DecisionNode = 1;

/** Thrown inside where a diagram grows beyond its limit; whoever builds one catches it and falls back to bounds. */
export class DiagramTooLarge extends Error {}

/**
 * Which combinations of working parts make a whole work, as a reduced ordered binary decision diagram (R. E. Bryant, 1986): one
 * decision per part, in the order of their numbers, and equal functions are one node. From it the probability follows exactly, however
 * parts are shared: each path through it is a case of its own.
 */
export class DecisionDiagram {
  readonly #limit: number;
  readonly #part: number[] = [-1, -1];
  readonly #works: DecisionNode[] = [0, 1];
  readonly #fails: DecisionNode[] = [0, 1];
  readonly #known = new Map<number, DecisionNode>();
  /** What two nodes come to together, and as a choice. */
  readonly #both = new Map<number, DecisionNode>();
  readonly #either = new Map<number, DecisionNode>();

  /** @param limit nodes at most, below 2^20; parts are numbers below 2^13 */
  constructor(limit: number) {
    this.#limit = limit;
  }

  part(part: number): DecisionNode {
    return this.#decision(part, always, never);
  }

  both(a: DecisionNode, b: DecisionNode): DecisionNode {
    if (a === never || b === never) return never;
    if (a === always || a === b) return b;
    if (b === always) return a;
    return this.#combine(this.#both, a, b);
  }

  either(a: DecisionNode, b: DecisionNode): DecisionNode {
    if (a === always || b === always) return always;
    if (a === never || a === b) return b;
    if (b === never) return a;
    return this.#combine(this.#either, a, b);
  }

  /** The probability that the whole works, its parts being independent. */
  probability<N>(root: DecisionNode, works: (part: number) => N, arithmetic: Arithmetic<N>, way: Way): N {
    const found = new Map<DecisionNode, N>([[never, arithmetic.zero], [always, arithmetic.one]]);
    const of = (node: DecisionNode): N => {
      let value = found.get(node);
      if (value === undefined) {
        const own = works(this.#part[node]!);
        value = arithmetic.plus(
          arithmetic.times(own, of(this.#works[node]!), way),
          arithmetic.times(arithmetic.complement(own, way), of(this.#fails[node]!), way),
          way,
        );
        if (arithmetic.compare(value, arithmetic.one) > 0) value = arithmetic.one;
        found.set(node, value);
      }
      return value;
    };
    return of(root);
  }

  #combine(known: Map<number, DecisionNode>, a: DecisionNode, b: DecisionNode): DecisionNode {
    const key = Math.min(a, b) * most + Math.max(a, b);
    let node = known.get(key);
    if (node === undefined) {
      const part = this.#first(a, b);
      const [aWorks, aFails] = this.#split(a, part);
      const [bWorks, bFails] = this.#split(b, part);
      node = known === this.#both
        ? this.#decision(part, this.both(aWorks, bWorks), this.both(aFails, bFails))
        : this.#decision(part, this.either(aWorks, bWorks), this.either(aFails, bFails));
      known.set(key, node);
    }
    return node;
  }

  #first(a: DecisionNode, b: DecisionNode): number {
    if (a < 2) return this.#part[b]!;
    if (b < 2) return this.#part[a]!;
    return Math.min(this.#part[a]!, this.#part[b]!);
  }

  #split(node: DecisionNode, part: number): readonly [DecisionNode, DecisionNode] {
    return node >= 2 && this.#part[node] === part ? [this.#works[node]!, this.#fails[node]!] : [node, node];
  }

  #decision(part: number, works: DecisionNode, fails: DecisionNode): DecisionNode {
    if (works === fails) return works;
    const key = (part * most + works) * most + fails;
    let node = this.#known.get(key);
    if (node === undefined) {
      node = this.#part.length;
      if (node > this.#limit) throw new DiagramTooLarge();
      this.#part.push(part);
      this.#works.push(works);
      this.#fails.push(fails);
      this.#known.set(key, node);
    }
    return node;
  }
}
