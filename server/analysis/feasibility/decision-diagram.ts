import type { Arithmetic, Way } from './arithmetic.ts';

/** A node of a diagram: 0 never, 1 always, from 2 on a decision. */
export type DecisionNode = number;

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
  readonly #known = new Map<string, DecisionNode>();
  readonly #combined = new Map<string, DecisionNode>();

  /** @param limit nodes at most */
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
    return this.#combine('&', a, b);
  }

  either(a: DecisionNode, b: DecisionNode): DecisionNode {
    if (a === always || b === always) return always;
    if (a === never || a === b) return b;
    if (b === never) return a;
    return this.#combine('|', a, b);
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
          arithmetic.times(arithmetic.complement(own), of(this.#fails[node]!), way),
        );
        if (arithmetic.compare(value, arithmetic.one) > 0) value = arithmetic.one;
        found.set(node, value);
      }
      return value;
    };
    return of(root);
  }

  #combine(operation: '&' | '|', a: DecisionNode, b: DecisionNode): DecisionNode {
    const key = a < b ? `${operation}${a},${b}` : `${operation}${b},${a}`;
    let node = this.#combined.get(key);
    if (node === undefined) {
      const part = this.#first(a, b);
      const [aWorks, aFails] = this.#split(a, part);
      const [bWorks, bFails] = this.#split(b, part);
      const combined = (x: DecisionNode, y: DecisionNode): DecisionNode => (operation === '&' ? this.both(x, y) : this.either(x, y));
      node = this.#decision(part, combined(aWorks, bWorks), combined(aFails, bFails));
      this.#combined.set(key, node);
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
    const key = `${part},${works},${fails}`;
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
