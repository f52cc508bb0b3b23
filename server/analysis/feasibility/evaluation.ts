import type { Arithmetic, Way } from './arithmetic.ts';
import { bitsOf, hasBit, includesBit, type SparseBits } from './bits.ts';
import { always, DecisionDiagram, DiagramTooLarge, never, type DecisionNode } from './decision-diagram.ts';
import type { Choice, PlacedPart, Structure } from './structure.ts';
import { isSameList } from './support-graph.ts';

/** A figure between two bounds; where it is known exactly both are the same. */
export interface Range<N> {
  readonly low: N;
  readonly high: N;
}

/** The figures of a part. */
export interface Figures<N> {
  /** The product of the shares of all that it needs, without its own. */
  readonly beneath: Range<N>;
  /** The same with choices. */
  readonly whole: Range<N>;
  /** What is left of an agreement's promise when what lies beneath is taken out of it. */
  readonly share: Range<N>;
  /** `beneath` with its own share. */
  readonly series: Range<N>;
  /** Whether its choices were computed; else bounds of them are given, however exact the arithmetic. */
  readonly isComputed: boolean;
}

type Together = Pick<Figures<unknown>, 'isComputed'>;
type Whole<N> = Omit<Figures<N>, 'share' | 'series'>;

/** Diagrams of so many nodes and parts at most; beyond, bounds are given. */
const mostDecisions = 20_000;
const mostParts = 600;

/** Choices that were computed together, beneath parts that need the same of what they rest on. */
interface Cluster<N> {
  readonly choices: readonly Choice[];
  readonly parts: readonly number[];
  readonly figure: Range<N> & Together;
}

/** The figures of a structure in one kind of numbers, worked out part by part when they are asked for, and kept until they are forgotten. */
export class Evaluation<N> {
  readonly numbers: Arithmetic<N>;
  readonly #structure: Structure;
  readonly #figures: (Figures<N> | undefined)[] = [];
  #last: { readonly at: number; readonly whole: Whole<N> } | undefined;
  /** By the first member of the first choice. */
  #clusters = new Map<number, Cluster<N>[]>();
  readonly #certain: Range<N>;
  /** Marks of what was visited: those that bear the number of this visit. */
  #visited = new Int32Array(0);
  #visit = 0;

  constructor(numbers: Arithmetic<N>, structure: Structure) {
    this.numbers = numbers;
    this.#structure = structure;
    this.#certain = { low: numbers.one, high: numbers.one };
  }

  forget(at: number): void {
    this.#figures[at] = undefined;
    this.#last = undefined;
  }

  /** For when shares change: choices are computed anew. */
  forgetChoices(): void {
    if (this.#clusters.size > 0) this.#clusters = new Map();
  }

  /** All figures of a part whose structure is settled, itself included. */
  of(at: number): Figures<N> {
    const known = this.#figures[at];
    if (known) return known;
    if (this.#last?.at === at) return this.#complete(at, this.#last.whole);
    this.#workOutBeneath(at);
    return this.#complete(at, this.#whole(at));
  }

  /** What there is beneath a part, itself not being settled yet. */
  beneath(at: number): Range<N> {
    const known = this.#figures[at];
    if (known) return known.whole;
    this.#workOutBeneath(at);
    const whole = this.#whole(at);
    // Mostly the next question is about the same part, when it is settled.
    this.#last = { at, whole };
    return whole.whole;
  }

  /** Without walking down: all beneath has been worked out. */
  #known(at: number): Figures<N> {
    return this.#figures[at]!;
  }

  /** Works out all that a part rests on, from the bottom up. */
  #workOutBeneath(at: number): void {
    const { needsAnyhow, counted, isCircular } = this.#structure.parts[at]!;
    if (!isCircular && counted.length === 0 && needsAnyhow.every((need) => this.#figures[need] !== undefined)) return;
    const lacking: PlacedPart[] = [];
    const numbers: number[] = [];
    const seen = new Set<number>([at]);
    const open = [at];
    const enter = (next: number): void => {
      if (this.#figures[next] !== undefined || seen.has(next)) return;
      seen.add(next);
      open.push(next);
    };
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      const placed = this.#structure.parts[one]!;
      if (one !== at) {
        lacking.push(placed);
        numbers.push(one);
      }
      for (const next of placed.needsAnyhow) enter(next);
      for (const { credited } of placed.counted) credited.forEach(enter);
      // In a circle each needs all the others.
      if (placed.isCircular) bitsOf(placed.needed).forEach(enter);
    }
    const order = numbers.map((_, index) => index).sort((a, b) => lacking[a]!.rank - lacking[b]!.rank);
    for (const index of order) this.#complete(numbers[index]!, this.#whole(numbers[index]!));
  }

  #whole(at: number): Whole<N> {
    const { parts, limiting, choosing } = this.#structure;
    const { needed, needsAnyhow, isCircular } = parts[at]!;
    // From the largest product that is known already, only what it lacks is multiplied.
    let base: number | undefined;
    if (!isCircular) for (const need of needsAnyhow) if (base === undefined || parts[need]!.neededCount > parts[base]!.neededCount) base = need;
    let beneath = base === undefined ? this.#certain : this.#known(base).series;
    for (const other of bitsOf(needed, limiting, base === undefined ? undefined : parts[base]!.needed)) if (other !== at) beneath = this.#product(beneath, this.#shareOf(other));
    const choices: Choice[] = [];
    for (const owner of bitsOf(needed, choosing)) for (const choice of parts[owner]!.counted) if (choice.credited.length > 1) choices.push(choice);
    if (choices.length === 0) return { beneath, whole: beneath, isComputed: true };
    const chosen = this.choices(choices, needed);
    return { beneath, whole: this.#product(beneath, chosen), isComputed: chosen.isComputed };
  }

  #complete(at: number, whole: Whole<N>): Figures<N> {
    const share = this.#ownShare(at, whole);
    this.#last = undefined;
    const figures = { beneath: whole.beneath, whole: whole.whole, isComputed: whole.isComputed, share, series: this.#product(whole.beneath, share) };
    this.#figures[at] = figures;
    return figures;
  }

  #ownShare(at: number, { whole }: Whole<N>): Range<N> {
    const { part, isCircular } = this.#structure.parts[at]!;
    if (part.promise === undefined || !hasBit(this.#structure.limiting, at)) return this.#certain;
    return isCircular ? this.#rangeOf(at) : { low: this.#over(at, whole.high, 'down'), high: this.#over(at, whole.low, 'up') };
  }

  #rangeOf(at: number): Range<N> {
    const promise = this.#structure.parts[at]!.part.promise!;
    const low = this.numbers.of(promise, 'down');
    return { low, high: this.numbers.isExact ? low : this.numbers.of(promise, 'up') };
  }

  #over(at: number, beneath: N, way: Way): N {
    const { numbers } = this;
    return numbers.compare(beneath, numbers.zero) === 0 ? numbers.one : numbers.over(numbers.of(this.#structure.parts[at]!.part.promise!, way), beneath, way);
  }

  /** In a circle shares are asked for before all of it is worked out. */
  #shareOf(at: number): Range<N> {
    return this.#figures[at]?.share ?? this.#rangeOf(at);
  }

  /** Whether both bounds are the same number, which only exact ones are. */
  #isOne({ low, high }: Range<N>): boolean {
    return this.numbers.isExact && low === high;
  }

  #product(a: Range<N>, b: Range<N>): Range<N> {
    if (a === this.#certain) return b;
    if (b === this.#certain) return a;
    const { numbers } = this;
    const low = numbers.times(a.low, b.low, 'down');
    return { low, high: this.#isOne(a) && this.#isOne(b) ? low : numbers.times(a.high, b.high, 'up') };
  }

  /** How likely it is that every choice has a working member, while all works that is needed. */
  choices(given: readonly Choice[], needed: SparseBits): Range<N> & Together {
    let all = this.#certain;
    let isComputed = true;
    // A member that is needed anyhow works: then there is no choice to be made.
    const choices = given.filter(({ credited }) => credited.length > 0 && !credited.some((branch) => includesBit(needed, branch)));
    for (const cluster of this.#independent(choices, needed)) {
      const figure = this.#cluster(cluster.choices, cluster.parts.sort((a, b) => a - b), needed);
      all = this.#product(all, figure);
      isComputed &&= figure.isComputed;
    }
    return { low: all.low, high: all.high, isComputed };
  }

  /** Choices that share a part which may fail are computed together, others apart. */
  #independent(choices: readonly Choice[], needed: SparseBits): readonly { readonly choices: readonly Choice[]; readonly parts: number[] }[] {
    if (choices.length === 1) return [{ choices, parts: this.#mayFail(choices[0]!, needed) }];
    const mayFail = choices.map((choice) => this.#mayFail(choice, needed));
    const groupOf = choices.map((_, index) => index);
    const find = (index: number): number => {
      while (groupOf[index] !== index) index = groupOf[index] = groupOf[groupOf[index]!]!;
      return index;
    };
    const first = new Map<number, number>();
    mayFail.forEach((parts, index) => {
      for (const part of parts) {
        const known = first.get(part);
        if (known === undefined) first.set(part, index);
        else {
          const [a, b] = [find(known), find(index)];
          groupOf[Math.max(a, b)] = Math.min(a, b);
        }
      }
    });
    const clusters = new Map<number, { readonly choices: Choice[]; readonly parts: Set<number> }>();
    choices.forEach((choice, index) => {
      const group = find(index);
      let cluster = clusters.get(group);
      if (!cluster) clusters.set(group, (cluster = { choices: [], parts: new Set() }));
      cluster.choices.push(choice);
      for (const part of mayFail[index]!) cluster.parts.add(part);
    });
    return [...clusters.values()].map(({ choices: together, parts }) => ({ choices: together, parts: [...parts] }));
  }

  /** What may fail beneath a choice, but for what is needed anyhow. */
  #mayFail({ credited }: Choice, needed: SparseBits): number[] {
    const { parts, limiting } = this.#structure;
    if (this.#visited.length < parts.length) this.#visited = new Int32Array(Math.ceil(parts.length * 1.2) + 32);
    const visit = ++this.#visit;
    const found: number[] = [];
    const open = [...credited];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (this.#visited[at] === visit) continue;
      this.#visited[at] = visit;
      if (includesBit(needed, at)) continue;
      const placed = parts[at]!;
      if (hasBit(limiting, at)) found.push(at);
      for (const need of placed.needs) if (this.#visited[need] !== visit) open.push(need);
      for (const choice of placed.counted) open.push(...choice.credited);
    }
    return found;
  }

  #cluster(choices: readonly Choice[], parts: readonly number[], needed: SparseBits): Range<N> & Together {
    const first = choices[0]!.credited[0]!;
    const known = this.#clusters.get(first);
    const before = known?.find((one) => isSameList(one.parts, parts) && isSameChoices(one.choices, choices));
    if (before) return before.figure;
    const figure = this.#computed(choices, parts, needed) ?? this.#bounds(choices, needed);
    const cluster = { choices, parts, figure };
    if (known) known.push(cluster);
    else this.#clusters.set(first, [cluster]);
    return figure;
  }

  #computed(choices: readonly Choice[], parts: readonly number[], needed: SparseBits): (Range<N> & Together) | undefined {
    if (parts.length > mostParts) return undefined;
    const { numbers } = this;
    const position = new Map<number, number>();
    const diagram = new DecisionDiagram(mostDecisions);
    const built = new Map<number, DecisionNode>();
    const nodeOf = (at: number): DecisionNode => {
      const known = built.get(at);
      if (known !== undefined) return known;
      if (includesBit(needed, at)) return always;
      // What rests on itself works where the others do.
      built.set(at, always);
      const placed = this.#structure.parts[at]!;
      let all: DecisionNode = always;
      if (hasBit(this.#structure.limiting, at)) {
        if (!position.has(at)) position.set(at, position.size);
        all = diagram.part(position.get(at)!);
      }
      for (const need of placed.needs) all = diagram.both(all, nodeOf(need));
      for (const choice of placed.counted) all = diagram.both(all, oneOf(choice));
      built.set(at, all);
      return all;
    };
    const oneOf = ({ credited }: Choice): DecisionNode => credited.reduce((any, branch) => diagram.either(any, nodeOf(branch)), never);
    try {
      const root = choices.reduce((all, choice) => diagram.both(all, oneOf(choice)), always);
      const shares = [...position.keys()].map((at) => this.#shareOf(at));
      const low = diagram.probability(root, (part) => shares[part]!.low, numbers, 'down');
      return { low, high: numbers.isExact && shares.every((share) => this.#isOne(share)) ? low : diagram.probability(root, (part) => shares[part]!.high, numbers, 'up'), isComputed: true };
    } catch (error) {
      if (error instanceof DiagramTooLarge || error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /**
   * Bounds that hold without taking a structure apart: what works together works at least as often as if it were independent, since more
   * working parts never hurt (T. E. Harris, 1960), and a choice works at least as often as its best member.
   */
  #bounds(choices: readonly Choice[], needed: SparseBits): Range<N> & Together {
    const { numbers } = this;
    let [low, high] = [numbers.one, numbers.one];
    for (const choice of choices) {
      const alone = choices.length > 1 ? this.#computed([choice], this.#mayFail(choice, needed), needed) : undefined;
      let best = numbers.zero;
      for (const branch of choice.credited) {
        // In a circle a member may not have been worked out.
        const figures = this.#figures[branch];
        const one = figures ? numbers.times(figures.whole.low, figures.share.low, 'down') : numbers.zero;
        if (numbers.compare(one, best) > 0) best = one;
      }
      low = numbers.times(low, alone?.low ?? best, 'down');
      if (alone && numbers.compare(alone.high, high) < 0) high = alone.high;
    }
    return { low, high, isComputed: false };
  }
}

function isSameChoices(a: readonly Choice[], b: readonly Choice[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index] || isSameList(one.credited, b[index]!.credited));
}
