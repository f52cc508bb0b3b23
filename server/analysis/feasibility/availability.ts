import type { EntityKey } from '../../../language/model/declarations.ts';
import { all, bounded, compareFractions, exact, nothing, type Arithmetic, type Fraction } from './arithmetic.ts';
import { addBits, bitsOf, clearBit, countBits, emptyBits, hasBit, setBit, type Bits } from './bits.ts';
import { always, DecisionDiagram, DiagramTooLarge, never, type DecisionNode } from './decision-diagram.ts';
import { isSameList, typeOf, type Part } from './support-graph.ts';

/** What an agreement takes from the availability of what rests on it. */
export interface Share {
  readonly agreement: EntityKey;
  readonly promise: Fraction;
  /** What is promised for all that its services rest on. */
  readonly beneath: Fraction;
  /** The promise over what is beneath, 1 at most: so what lies beneath is counted once, not in each promise that includes it. */
  readonly share: Fraction;
}

/** A choice of several that do the same. */
export interface Redundancy {
  /** Which part says that any one of them is enough. */
  readonly of: EntityKey;
  readonly choice: readonly EntityKey[];
  /** Those that are credited: of each group with a cause in common the best one. */
  readonly credited: readonly EntityKey[];
  /** Causes that take down more than one of them. */
  readonly common: readonly CommonCause[];
  /** How likely it is that one of the credited works, while all works that is needed anyhow; undefined where it comes down to one of them. */
  readonly share: Fraction | undefined;
}

export interface CommonCause {
  readonly cause: EntityKey;
  readonly of: readonly EntityKey[];
}

/** What may be counted on beneath an agreement. */
export interface Availability {
  /** Nothing but this is promised: 0 where something that is needed is promised by nobody. */
  readonly atLeast: Fraction;
  /** More than this is not promised, even if what nobody promises never fails. */
  readonly atMost: Fraction;
  /** Whether the two bounds differ for no other reason than what is promised by nobody. */
  readonly isExact: boolean;
  /** The factors of the product: of what is always needed, the smallest first. */
  readonly shares: readonly Share[];
  readonly redundancies: readonly Redundancy[];
  /** What it rests on and nobody promises. */
  readonly unsupported: readonly EntityKey[];
}

/** The bounds alone, without what they come from. */
export interface AvailabilityBounds extends Pick<Availability, 'atLeast' | 'atMost'> {
  /** Whether it comes down to nothing that could fail. */
  readonly restsOnNothing: boolean;
}

interface Range<N> {
  readonly low: N;
  readonly high: N;
}

interface Choice {
  readonly branches: readonly number[];
  readonly credited: readonly number[];
  readonly common: readonly CommonCause[];
}

interface Open {
  readonly unsupported: readonly number[];
  readonly inChoices: readonly number[];
  readonly withdrawn: ReadonlySet<Choice>;
}

interface Node<N> {
  readonly part: Part;
  needs: readonly number[];
  /** Choices as declared; then what they come down to. */
  choices: readonly (readonly number[])[];
  counted: readonly Choice[];
  users: Set<number>;
  /** Itself and what it needs, directly and through others. */
  needed: Bits;
  neededCount: number;
  /** The product of the shares of all that it needs, without its own. */
  beneath: Range<N>;
  /** The same with choices, and its own share: what is left of it from above. */
  share: Range<N>;
  series: Range<N>;
  /** With choices, without its own share. */
  whole: Range<N>;
  isExact: boolean;
}

/** Of parts that are not worked out yet. */
const noBits = emptyBits(0);

/** Diagrams of so many nodes and parts at most; beyond, bounds are given. */
const mostDecisions = 20_000;
const mostParts = 600;
/** So many agreements at most are computed in fractions; beyond, in 57 digits with a bound to either side. */
const mostExact = 120;
/** So many numbers of parts that are gone are kept, before all is made anew. */
const mostWaste = 1000;

/**
 * What agreements promise together, through the graph of what rests on what: parts fail independently of each other, with the shares that
 * follow from what is promised. What several things rest on is counted once. Of a choice whose members have a cause in common only the best
 * counts. Kept up to date part by part: a change is computed for what rests on it.
 */
export class AvailabilityGraph {
  #graph: Graph<Fraction> | Graph<bigint> = new Graph(exact);
  readonly #parts = new Map<EntityKey, Part>();
  /** How many of them are agreements. */
  #agreements = 0;
  #revision = 0;

  /** Counts the changes: two equal numbers of one graph mean the same answers. */
  get revision(): number {
    return this.#revision;
  }

  /** Whether computed in fractions; else all figures are bounds of 57 digits. */
  get isExact(): boolean {
    return this.#graph.isExact;
  }

  /** @param among those of the parts that may be others than before, or gone; all where it is left out */
  update(parts: ReadonlyMap<EntityKey, Part>, among?: Iterable<EntityKey>): void {
    const changed: EntityKey[] = [];
    const gone: EntityKey[] = [];
    for (const key of among ?? new Set([...this.#parts.keys(), ...parts.keys()])) {
      const [before, part] = [this.#parts.get(key), parts.get(key)];
      if (part === undefined) {
        if (before !== undefined) gone.push(key);
      } else if (before !== part && (before === undefined || !isSamePart(before, part))) changed.push(key);
      if (before?.promise !== undefined) this.#agreements--;
      if (part?.promise !== undefined) this.#agreements++;
      if (part === undefined) this.#parts.delete(key);
      else this.#parts.set(key, part);
    }
    if (changed.length === 0 && gone.length === 0) return;
    this.#revision++;
    const isSmall = this.#agreements <= mostExact;
    if (isSmall !== this.#graph.isExact || this.#graph.waste > mostWaste) {
      this.#graph = isSmall ? new Graph(exact) : new Graph(bounded);
      this.#graph.update(parts, [...parts.keys()], []);
    } else this.#graph.update(parts, changed, gone);
  }

  /** Undefined where there is no such part. */
  beneath(key: EntityKey): Availability | undefined {
    return this.#graph.beneath(key);
  }

  /** Undefined where there is no such part. */
  bounds(key: EntityKey): AvailabilityBounds | undefined {
    return this.#graph.bounds(key);
  }

  /**
   * What an agreement would have to promise, all others staying as they are, for what rests on it to reach a target. Undefined where it
   * alone cannot: its promise is not what limits, or another that includes it limits as well.
   */
  wouldHaveToPromise(agreement: EntityKey, above: EntityKey, target: Fraction): Fraction | undefined {
    return this.#graph.wouldHaveToPromise(agreement, above, target);
  }

  /**
   * What each agreement beneath another would have to promise for each of them to take no more than a share of its own from it. Those
   * that promise enough are left out; none where that alone does not tell, because a choice rests on the same agreements.
   */
  wouldHaveToPromiseTogether(above: EntityKey, share: Fraction): readonly { readonly agreement: EntityKey; readonly promise: Fraction }[] {
    return this.#graph.wouldHaveToPromiseTogether(above, share);
  }
}

function isSamePart(a: Part, b: Part): boolean {
  return a.isUnsupported === b.isUnsupported
    && a.promise?.numerator === b.promise?.numerator && a.promise?.denominator === b.promise?.denominator
    && isSameList(a.needs, b.needs) && isSameList(a.causes, b.causes)
    && a.choices.length === b.choices.length && a.choices.every((choice, index) => isSameList(choice, b.choices[index]!));
}

class Graph<N> {
  readonly #numbers: Arithmetic<N>;
  readonly #indexes = new Map<EntityKey, number>();
  readonly #nodes: (Node<N> | undefined)[] = [];
  #size = 0;
  /** Agreements whose share is below 1, and parts with choices. */
  #limiting: Bits = emptyBits(0);
  #choosing: Bits = emptyBits(0);
  readonly #clusters = new Map<string, Range<N> & { readonly isExact: boolean }>();

  constructor(numbers: Arithmetic<N>) {
    this.#numbers = numbers;
    this.#certain = { low: numbers.one, high: numbers.one };
  }

  get isExact(): boolean {
    return this.#numbers.isExact;
  }

  /** Numbers of parts that are gone. */
  get waste(): number {
    return this.#nodes.length - this.#indexes.size;
  }

  /** Every part that another names has to be among them. */
  update(parts: ReadonlyMap<EntityKey, Part>, changed: readonly EntityKey[], gone: readonly EntityKey[]): void {
    this.#clusters.clear();
    const dirty = new Set<number>();
    for (const key of [...changed, ...gone]) this.#mark(this.#indexes.get(key), dirty);
    for (const key of gone) this.#remove(key, dirty);
    for (const key of changed) this.#place(parts.get(key)!);
    if (this.#nodes.length > this.#size) {
      this.#size = Math.ceil((this.#nodes.length * 1.1 + 64) / 32) * 32;
      this.#limiting = grown(this.#limiting, this.#size);
      this.#choosing = grown(this.#choosing, this.#size);
      for (const node of this.#nodes) if (node && node.needed !== noBits) node.needed = grown(node.needed, this.#size);
    }
    for (const key of changed) this.#link(this.#indexes.get(key)!);
    for (const key of changed) this.#mark(this.#indexes.get(key), dirty);
    for (const group of this.#inOrder(dirty)) this.#settle(group);
  }

  beneath(key: EntityKey): Availability | undefined {
    const index = this.#indexes.get(key);
    const node = index === undefined ? undefined : this.#nodes[index];
    if (index === undefined || !node) return undefined;
    const { fractionOf } = this.#numbers;
    const open = this.#openOf(index);
    const shares: Share[] = [];
    for (const at of bitsOf(node.needed, this.#limiting)) {
      if (at !== index) shares.push(this.#shareOf(at));
    }
    shares.sort((a, b) => compareFractions(a.share, b.share) || (a.agreement < b.agreement ? -1 : 1));
    const redundancies = new Map<string, Redundancy>();
    for (const at of bitsOf(node.needed, this.#choosing)) {
      const owner = this.#nodes[at]!;
      for (const choice of owner.counted) {
        const isMoot = choice.credited.length > 1 && choice.credited.some((branch) => hasBit(node.needed, branch));
        const share = choice.credited.length < 2 || isMoot ? undefined : this.#choiceRange([choice], node.needed);
        const members = choice.branches.map((branch) => this.#nodes[branch]!.part.key);
        const name = members.toSorted().join(' ');
        // An agreement repeats the choices of its services.
        const known = redundancies.get(name);
        if (known && typeOf(known.of) !== 'Agreement') continue;
        redundancies.set(name, {
          of: owner.part.key,
          choice: members,
          credited: choice.credited.map((branch) => this.#nodes[branch]!.part.key),
          common: choice.common,
          share: share && fractionOf(share.low),
        });
      }
    }
    return {
      atLeast: this.#atLeast(node, open),
      atMost: fractionOf(node.whole.high),
      isExact: node.isExact,
      shares,
      redundancies: [...redundancies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, redundancy]) => redundancy),
      unsupported: [...open.unsupported, ...open.inChoices].map((at) => this.#nodes[at]!.part.key).sort(),
    };
  }

  bounds(key: EntityKey): AvailabilityBounds | undefined {
    const index = this.#indexes.get(key);
    const node = index === undefined ? undefined : this.#nodes[index];
    if (index === undefined || !node) return undefined;
    const open = this.#openOf(index);
    const isOpen = open.unsupported.length > 0 || open.inChoices.length > 0;
    return {
      atLeast: this.#atLeast(node, open),
      atMost: this.#numbers.fractionOf(node.whole.high),
      restsOnNothing: !isOpen && !overlaps(node.needed, this.#choosing) && bitsOf(node.needed, this.#limiting).every((at) => at === index),
    };
  }

  #atLeast(node: Node<N>, open: Open): Fraction {
    if (open.unsupported.length > 0) return nothing;
    return this.#numbers.fractionOf(open.withdrawn.size > 0 ? this.#withoutOpen(node, open.withdrawn) : node.whole.low);
  }

  wouldHaveToPromise(agreement: EntityKey, above: EntityKey, target: Fraction): Fraction | undefined {
    const [at, top] = [this.#indexes.get(agreement), this.#indexes.get(above)];
    if (at === undefined || top === undefined) return undefined;
    const [node, whole] = [this.#nodes[at], this.#nodes[top]];
    if (!node || !whole || !hasBit(whole.needed, at) || !hasBit(this.#limiting, at)) return undefined;
    const numbers = this.#numbers;
    if (numbers.compare(whole.whole.low, numbers.zero) === 0) return undefined;
    const { fractionOf } = numbers;
    const reached = fractionOf(whole.whole.low);
    const wanted = (value: Fraction): Fraction => ({ numerator: value.numerator * target.numerator * reached.denominator, denominator: value.denominator * target.denominator * reached.numerator });
    const promise = wanted(node.part.promise!);
    if (compareFractions(promise, fractionOf(node.whole.high)) > 0 || compareFractions(promise, all) > 0) return undefined;
    // A promise above it that includes it has to leave room for what it would gain.
    for (const other of this.#counting(whole)) {
      const including = this.#nodes[other]!;
      if (other === at || other === top || including.part.promise === undefined || !hasBit(including.needed, at)) continue;
      if (compareFractions(including.part.promise, wanted(fractionOf(including.whole.low))) < 0) return undefined;
    }
    return promise;
  }

  wouldHaveToPromiseTogether(above: EntityKey, share: Fraction): readonly { readonly agreement: EntityKey; readonly promise: Fraction }[] {
    const top = this.#indexes.get(above);
    const whole = top === undefined ? undefined : this.#nodes[top];
    if (top === undefined || !whole) return [];
    const numbers = this.#numbers;
    const { fractionOf } = numbers;
    const level = numbers.of(share, 'up');
    const shareOf = (at: number): N => {
      const own = this.#nodes[at]!.share.low;
      return numbers.compare(own, level) < 0 ? level : own;
    };
    const found: { readonly agreement: EntityKey; readonly promise: Fraction }[] = [];
    for (const at of bitsOf(whole.needed)) {
      const { part, needed, beneath, whole: own } = this.#nodes[at]!;
      if (at === top || part.promise === undefined) continue;
      let promise = hasBit(this.#limiting, at) ? shareOf(at) : numbers.one;
      for (const other of bitsOf(needed, this.#limiting)) if (other !== at) promise = numbers.times(promise, shareOf(other), 'up');
      // What choices take stays as it is.
      if (numbers.compare(own.high, beneath.high) < 0) promise = numbers.times(promise, numbers.over(own.high, beneath.high, 'up'), 'up');
      const value = fractionOf(promise);
      if (compareFractions(value, part.promise) > 0) found.push({ agreement: part.key, promise: value });
    }
    const changed = new Set(found.map(({ agreement }) => this.#indexes.get(agreement)!));
    const isTangled = [...this.#counting(whole)].some((at) => !hasBit(whole.needed, at) && this.#nodes[at]!.part.promise !== undefined && [...changed].some((one) => hasBit(this.#nodes[at]!.needed, one)));
    return isTangled ? [] : found.sort((a, b) => compareFractions(a.promise, b.promise) || (a.agreement < b.agreement ? -1 : 1));
  }

  /** What is needed, and what members of choices that count need. */
  #counting(whole: Node<N>): ReadonlySet<number> {
    const found = new Set(bitsOf(whole.needed));
    for (const owner of bitsOf(whole.needed, this.#choosing)) {
      for (const { credited } of this.#nodes[owner]!.counted) if (credited.length > 1) for (const branch of credited) for (const at of bitsOf(this.#nodes[branch]!.needed)) found.add(at);
    }
    return found;
  }

  #shareOf(at: number): Share {
    const { part, share, whole } = this.#nodes[at]!;
    const { fractionOf } = this.#numbers;
    return { agreement: part.key, promise: part.promise!, beneath: fractionOf(whole.high), share: fractionOf(share.low) };
  }

  /** Notes a part and all that rests on it. */
  #mark(index: number | undefined, dirty: Set<number>): void {
    if (index === undefined) return;
    const open = [index];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (dirty.has(at)) continue;
      dirty.add(at);
      const node = this.#nodes[at];
      if (node) for (const user of node.users) open.push(user);
    }
  }

  #remove(key: EntityKey, dirty: Set<number>): void {
    const index = this.#indexes.get(key);
    if (index === undefined) return;
    this.#unlink(index);
    // The number is not given again, so that it means the same in all sets.
    this.#nodes[index] = undefined;
    this.#indexes.delete(key);
    clearBit(this.#limiting, index);
    clearBit(this.#choosing, index);
    dirty.delete(index);
  }

  #place(part: Part): void {
    const known = this.#indexes.get(part.key);
    const index = known ?? this.#nodes.length;
    if (known !== undefined) this.#unlink(known);
    this.#indexes.set(part.key, index);
    this.#nodes[index] = {
      part,
      needs: [],
      choices: [],
      counted: [],
      users: this.#nodes[index]?.users ?? new Set(),
      needed: noBits,
      neededCount: 0,
      beneath: this.#certain,
      share: this.#certain,
      series: this.#certain,
      whole: this.#certain,
      isExact: true,
    };
  }

  #link(index: number): void {
    const node = this.#nodes[index]!;
    const at = (keys: readonly EntityKey[]): number[] => keys.flatMap((key) => this.#indexes.get(key) ?? []);
    node.needs = at(node.part.needs);
    node.choices = node.part.choices.map(at);
    for (const used of node.needs) this.#nodes[used]!.users.add(index);
    for (const choice of node.choices) for (const used of choice) this.#nodes[used]!.users.add(index);
  }

  #unlink(index: number): void {
    const node = this.#nodes[index];
    if (node) for (const at of [...node.needs, ...node.choices.flat()]) this.#nodes[at]?.users.delete(index);
  }

  /** Groups of parts that rest on each other (mostly one part), each after what it rests on (R. E. Tarjan, 1972). */
  #inOrder(dirty: ReadonlySet<number>): readonly (readonly number[])[] {
    const groups: number[][] = [];
    const order = new Map<number, number>();
    const lowest = new Map<number, number>();
    const path: number[] = [];
    const onPath = new Set<number>();
    for (const start of dirty) {
      if (order.has(start)) continue;
      const work: { at: number; next: readonly number[]; index: number }[] = [];
      const enter = (at: number): void => {
        order.set(at, order.size);
        lowest.set(at, order.size - 1);
        path.push(at);
        onPath.add(at);
        const node = this.#nodes[at];
        work.push({ at, next: !node ? [] : node.choices.length === 0 ? node.needs : [...node.needs, ...node.choices.flat()], index: 0 });
      };
      enter(start);
      for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
        const next = frame.next[frame.index++];
        if (next !== undefined) {
          if (!dirty.has(next)) continue;
          if (!order.has(next)) enter(next);
          else if (onPath.has(next)) lowest.set(frame.at, Math.min(lowest.get(frame.at)!, order.get(next)!));
          continue;
        }
        work.pop();
        const above = work.at(-1);
        if (above) lowest.set(above.at, Math.min(lowest.get(above.at)!, lowest.get(frame.at)!));
        if (lowest.get(frame.at) !== order.get(frame.at)) continue;
        const group: number[] = [];
        for (let at = path.pop(); at !== undefined; at = path.pop()) {
          onPath.delete(at);
          group.push(at);
          if (at === frame.at) break;
        }
        if (group.some((at) => this.#nodes[at])) groups.push(group.filter((at) => this.#nodes[at]));
      }
    }
    return groups;
  }

  #settle(group: readonly number[]): void {
    const isCycle = group.length > 1;
    for (const at of group) {
      const node = this.#nodes[at]!;
      clearBit(this.#limiting, at);
      clearBit(this.#choosing, at);
      node.counted = node.choices.map((branches) => (isCycle ? { branches, credited: branches, common: [] } : this.#counted(branches)));
      if (node.choices.length > 0) setBit(this.#choosing, at);
      node.needed = emptyBits(this.#size);
      setBit(node.needed, at);
    }
    const needsOf = (node: Node<N>): readonly number[] => (node.counted.every(({ credited }) => credited.length !== 1) ? node.needs : [...node.needs, ...node.counted.flatMap(({ credited }) => (credited.length === 1 ? credited : []))]);
    for (let isChanging = true; isChanging;) {
      isChanging = false;
      for (const at of group) for (const need of needsOf(this.#nodes[at]!)) isChanging = addBits(this.#nodes[at]!.needed, this.#nodes[need]!.needed) || isChanging;
      isChanging &&= isCycle;
    }
    if (isCycle) {
      // What rests on itself is not taken apart: each promise in the circle stands for its own part.
      for (const at of group) {
        const node = this.#nodes[at]!;
        if (node.part.promise !== undefined) this.#setShare(at, node, { low: this.#numbers.of(node.part.promise, 'down'), high: this.#numbers.of(node.part.promise, 'up') });
      }
    }
    for (const at of group) {
      const node = this.#nodes[at]!;
      node.neededCount = countBits(node.needed);
      this.#evaluate(at, node, needsOf(node), isCycle);
    }
  }

  #setShare(at: number, node: Node<N>, share: Range<N>): void {
    node.share = share;
    if (this.#numbers.compare(share.low, this.#numbers.one) < 0) setBit(this.#limiting, at);
    else clearBit(this.#limiting, at);
  }

  #evaluate(at: number, node: Node<N>, needs: readonly number[], isCycle: boolean): void {
    const numbers = this.#numbers;
    // From the largest product that is known already, only what it lacks is multiplied.
    let base: Node<N> | undefined;
    if (!isCycle) for (const need of needs) if (base === undefined || this.#nodes[need]!.neededCount > base.neededCount) base = this.#nodes[need]!;
    let beneath = base?.series ?? this.#certain;
    for (const other of bitsOf(node.needed, this.#limiting, base?.needed)) if (other !== at) beneath = this.#product(beneath, this.#nodes[other]!.share);
    node.beneath = beneath;
    const choices: Choice[] = [];
    for (const owner of bitsOf(node.needed, this.#choosing)) choices.push(...this.#nodes[owner]!.counted.filter(({ credited }) => credited.length > 1));
    const chosen = choices.length === 0 ? undefined : this.#choiceRange(choices, node.needed);
    node.isExact = chosen?.isExact ?? true;
    node.whole = chosen === undefined ? beneath : this.#product(beneath, chosen);
    const { promise } = node.part;
    if (promise !== undefined && !isCycle) {
      const part = (beneath: N, way: 'down' | 'up'): N => (numbers.compare(beneath, numbers.zero) === 0 ? numbers.one : numbers.over(numbers.of(promise, way), beneath, way));
      const share = part(node.whole.high, 'down');
      this.#setShare(at, node, { low: share, high: this.#isOne(node.whole) ? share : part(node.whole.low, 'up') });
    }
    node.series = this.#product(beneath, node.share);
  }

  readonly #certain: Range<N>;

  /** Whether both bounds are the same number, which only exact ones are. */
  #isOne({ low, high }: Range<N>): boolean {
    return this.#numbers.isExact && low === high;
  }

  #product(a: Range<N>, b: Range<N>): Range<N> {
    const numbers = this.#numbers;
    const low = numbers.times(a.low, b.low, 'down');
    return { low, high: this.#isOne(a) && this.#isOne(b) ? low : numbers.times(a.high, b.high, 'up') };
  }

  /** Which members of a choice are credited: those that a cause may take down together count as the best of them. */
  #counted(branches: readonly number[]): Choice {
    if (branches.length < 2) return { branches, credited: branches, common: [] };
    const common = new Map<EntityKey, Set<number>>();
    const groupOf = branches.map((_, index) => index);
    const find = (index: number): number => (groupOf[index] === index ? index : find(groupOf[index]!));
    for (let left = 0; left < branches.length; left++) {
      for (let right = left + 1; right < branches.length; right++) {
        const shared = this.#commonCauses(branches[left]!, branches[right]!);
        for (const cause of shared) {
          const of = common.get(cause) ?? new Set();
          common.set(cause, of.add(branches[left]!).add(branches[right]!));
        }
        if (shared.length > 0) groupOf[find(right)] = find(left);
      }
    }
    const best = new Map<number, number>();
    branches.forEach((branch, index) => {
      const group = find(index);
      const known = best.get(group);
      if (known === undefined || this.#isBetter(branch, known)) best.set(group, branch);
    });
    return {
      branches,
      credited: [...best.values()],
      common: [...common].map(([cause, of]) => ({ cause, of: [...of].map((at) => this.#nodes[at]!.part.key).sort() })).sort((a, b) => (a.cause < b.cause ? -1 : 1)),
    };
  }

  /** Whether more is promised of one part than of another; nothing is promised of what nobody supports. */
  #isBetter(branch: number, than: number): boolean {
    const [one, other] = [this.#nodes[branch]!, this.#nodes[than]!];
    return one.part.isUnsupported === other.part.isUnsupported ? this.#numbers.compare(one.whole.low, other.whole.low) > 0 : other.part.isUnsupported;
  }

  #commonCauses(a: number, b: number): readonly EntityKey[] {
    const [left, right] = [this.#causes(a, b), this.#causes(b, a)];
    return [...left].filter((cause) => right.has(cause));
  }

  /** What takes a part down, but by what the other rests on too and somebody promises: that is computed, not assumed. */
  #causes(at: number, other: number): ReadonlySet<EntityKey> {
    const causes = new Set<EntityKey>();
    const [own, others] = [this.#nodes[at]!.needed, this.#nodes[other]!.needed];
    for (const index of bitsOf(own)) {
      const node = this.#nodes[index]!;
      if (hasBit(others, index) && !node.part.isUnsupported) continue;
      for (const cause of node.part.causes) causes.add(cause);
      for (const { credited, branches } of node.counted) {
        if (credited.length < 2) continue;
        // A cause that takes down every member of a choice takes down what chooses.
        const [first, ...rest] = branches.map((branch) => this.#causes(branch, other));
        for (const cause of first ?? []) if (rest.every((set) => set.has(cause))) causes.add(cause);
      }
    }
    return causes;
  }

  /** How likely it is that every choice has a working member, while all works that is needed. */
  #choiceRange(given: readonly Choice[], needed: Bits): Range<N> & { readonly isExact: boolean } {
    let all = this.#certain;
    let isExact = true;
    // A member that is needed anyhow works: then there is no choice to be made.
    const choices = given.filter(({ credited }) => !credited.some((branch) => hasBit(needed, branch)));
    for (const cluster of this.#independent(choices, needed)) {
      const range = this.#cluster(cluster, needed);
      all = this.#product(all, range);
      isExact &&= range.isExact;
    }
    return { ...all, isExact };
  }

  /** Choices that share a part which may fail are computed together, others apart. */
  #independent(choices: readonly Choice[], needed: Bits): readonly { readonly choices: readonly Choice[]; readonly support: Bits }[] {
    const clusters: { choices: Choice[]; support: Bits }[] = [];
    for (const choice of choices) {
      const support = emptyBits(this.#size);
      for (const branch of choice.credited) this.#addSupport(branch, needed, support);
      let merged = { choices: [choice], support };
      for (let index = clusters.length - 1; index >= 0; index--) {
        const cluster = clusters[index]!;
        if (!overlaps(cluster.support, merged.support)) continue;
        addBits(merged.support, cluster.support);
        merged = { choices: [...cluster.choices, ...merged.choices], support: merged.support };
        clusters.splice(index, 1);
      }
      clusters.push(merged);
    }
    return clusters;
  }

  #addSupport(branch: number, needed: Bits, support: Bits): void {
    const open = [branch];
    const seen = new Set<number>();
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at) || hasBit(needed, at)) continue;
      seen.add(at);
      const node = this.#nodes[at]!;
      if (hasBit(this.#limiting, at)) setBit(support, at);
      open.push(...node.needs, ...node.counted.flatMap(({ credited }) => credited));
    }
  }

  #cluster({ choices, support }: { readonly choices: readonly Choice[]; readonly support: Bits }, needed: Bits): Range<N> & { readonly isExact: boolean } {
    const parts = [...bitsOf(support)];
    const key = `${choices.map(({ credited }) => credited.join('|')).join('&')} of ${parts.join(',')}`;
    let range = this.#clusters.get(key);
    if (range === undefined) this.#clusters.set(key, (range = this.#exactly(choices, parts, needed) ?? this.#bounds(choices, needed)));
    return range;
  }

  #exactly(choices: readonly Choice[], parts: readonly number[], needed: Bits): (Range<N> & { readonly isExact: boolean }) | undefined {
    if (parts.length > mostParts) return undefined;
    const numbers = this.#numbers;
    const position = new Map<number, number>();
    const diagram = new DecisionDiagram(mostDecisions);
    const built = new Map<number, DecisionNode>();
    const nodeOf = (at: number): DecisionNode => {
      if (hasBit(needed, at)) return always;
      const known = built.get(at);
      if (known !== undefined) return known;
      // What rests on itself works where the others do.
      built.set(at, always);
      const node = this.#nodes[at]!;
      let all: DecisionNode = always;
      if (hasBit(this.#limiting, at)) {
        if (!position.has(at)) position.set(at, position.size);
        all = diagram.part(position.get(at)!);
      }
      for (const need of node.needs) all = diagram.both(all, nodeOf(need));
      for (const choice of node.counted) all = diagram.both(all, oneOf(choice));
      built.set(at, all);
      return all;
    };
    const oneOf = ({ credited }: Choice): DecisionNode => credited.reduce((any, branch) => diagram.either(any, nodeOf(branch)), never);
    try {
      const root = choices.reduce((all, choice) => diagram.both(all, oneOf(choice)), always);
      const at = new Map([...position].map(([index, place]) => [place, this.#nodes[index]!.share]));
      const low = diagram.probability(root, (part) => at.get(part)!.low, numbers, 'down');
      return { low, high: [...at.values()].every((share) => this.#isOne(share)) && numbers.isExact ? low : diagram.probability(root, (part) => at.get(part)!.high, numbers, 'up'), isExact: true };
    } catch (error) {
      if (error instanceof DiagramTooLarge || error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /**
   * Bounds that hold without taking a structure apart: what works together works at least as often as if it were independent, since more
   * working parts never hurt (T. E. Harris, 1960), and a choice works at least as often as its best member.
   */
  #bounds(choices: readonly Choice[], needed: Bits): Range<N> & { readonly isExact: boolean } {
    const numbers = this.#numbers;
    let low = numbers.one;
    let high = numbers.one;
    for (const choice of choices) {
      const alone = choices.length > 1 ? this.#clusterAlone(choice, needed) : undefined;
      const best = choice.credited.map((branch) => this.#nodes[branch]!).map(({ whole, share }) => numbers.times(whole.low, share.low, 'down')).reduce((a, b) => (numbers.compare(a, b) >= 0 ? a : b), numbers.zero);
      low = numbers.times(low, alone?.low ?? best, 'down');
      if (alone && numbers.compare(alone.high, high) < 0) high = alone.high;
    }
    return { low, high, isExact: false };
  }

  #clusterAlone(choice: Choice, needed: Bits): Range<N> | undefined {
    const support = emptyBits(this.#size);
    for (const branch of choice.credited) this.#addSupport(branch, needed, support);
    return this.#exactly([choice], [...bitsOf(support)], needed);
  }

  /** What is promised by nobody, as far as no agreement on the way stands in for it. */
  #openOf(index: number): Open {
    const inChoices = new Set<number>();
    const withdrawn = new Set<Choice>();
    const known = new Map<number, readonly number[]>();
    const open = (at: number): readonly number[] => {
      const before = known.get(at);
      if (before) return before;
      known.set(at, []);
      const node = this.#nodes[at]!;
      if (at !== index && !node.part.isUnsupported) return [];
      const found = new Set<number>(at === index ? [] : [at]);
      for (const need of node.needs) for (const one of open(need)) found.add(one);
      for (const choice of node.counted) {
        const ofBranches = choice.credited.map(open);
        if (ofBranches.every((list) => list.length > 0)) for (const one of ofBranches.flat()) found.add(one);
        else if (ofBranches.some((list) => list.length > 0)) {
          withdrawn.add(choice);
          for (const one of ofBranches.flat()) inChoices.add(one);
        }
      }
      const list = [...found];
      known.set(at, list);
      return list;
    };
    return { unsupported: open(index), inChoices: [...inChoices], withdrawn };
  }

  /** A lower bound without those members of choices that nobody promises. */
  #withoutOpen(node: Node<N>, withdrawn: ReadonlySet<Choice>): N {
    const numbers = this.#numbers;
    const choices: Choice[] = [];
    for (const owner of bitsOf(node.needed, this.#choosing)) {
      for (const choice of this.#nodes[owner]!.counted) {
        if (choice.credited.length < 2) continue;
        choices.push(withdrawn.has(choice) ? { ...choice, credited: choice.credited.filter((branch) => this.#openOfBranch(branch).length === 0) } : choice);
      }
    }
    return numbers.times(node.beneath.low, this.#choiceRange(choices, node.needed).low, 'down');
  }

  #openOfBranch(branch: number): readonly number[] {
    const { part } = this.#nodes[branch]!;
    return part.isUnsupported ? [branch] : [];
  }
}

function overlaps(a: Bits, b: Bits): boolean {
  for (let word = 0; word < a.length; word++) if ((a[word]! & (b[word] ?? 0)) !== 0) return true;
  return false;
}

function grown(bits: Bits, size: number): Bits {
  const larger = emptyBits(size);
  larger.set(bits.subarray(0, larger.length));
  return larger;
}
