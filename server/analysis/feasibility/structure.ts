import type { EntityKey } from '../../../language/model/declarations.ts';
import { BitsUnion, bitsOf, clearBit, countBits, emptyBits, grown, includesBit, noBits, setBit, type Bits, type SparseBits } from './bits.ts';
import { compareFractions, all } from './arithmetic.ts';
import type { Part } from './support-graph.ts';

/** A cause that takes down more than one member of a choice. */
export interface CommonCause {
  readonly cause: EntityKey;
  readonly of: readonly EntityKey[];
}

/** A choice of several parts, by their numbers, that do the same. */
export interface Choice {
  readonly branches: readonly number[];
  /** Those that are credited: of each group with a cause in common the best one. */
  readonly credited: readonly number[];
  readonly common: readonly CommonCause[];
}

/** A part in its place. */
export interface PlacedPart {
  readonly part: Part;
  /** What it needs, as declared. */
  needs: readonly number[];
  /** Choices as declared; then what they come down to. */
  choices: readonly (readonly number[])[];
  counted: readonly Choice[];
  /** What it needs, with what choices of one come down to. */
  needsAnyhow: readonly number[];
  /** What names it, once for each time. */
  users: number[];
  /** Itself and what it needs, directly and through others. */
  needed: SparseBits;
  neededCount: number;
  /** Whether it rests on itself. */
  isCircular: boolean;
  /** Greater than those of all that it rests on, but in a circle. */
  rank: number;
}

/** What a structure has to know of figures: they decide which member of a choice is the best, and whether a promise limits. */
export interface Judge {
  /** Whether more availability is there of one part than of another, both being settled. */
  isBetter(branch: number, than: number): boolean;
  /** Whether an agreement, all beneath it being settled, promises less than what lies beneath allows. */
  isLimiting(at: number): boolean;
  /** The figures of a part hold no longer. */
  forget(at: number): void;
  /** A part has been settled, with all that it rests on. */
  settled(at: number): void;
}

/**
 * What rests on what, by numbers: which parts each part needs in the end, which choices there are, and which agreements limit. Kept up to
 * date part by part: a change is worked out for what rests on it.
 */
export class Structure {
  readonly parts: (PlacedPart | undefined)[] = [];
  /** Agreements that take something from what lies beneath them, and parts with choices. */
  limiting: Bits = emptyBits(0);
  choosing: Bits = emptyBits(0);
  readonly #judge: Judge;
  readonly #numbers = new Map<EntityKey, number>();
  readonly #union = new BitsUnion();
  #size = 0;
  #ranks = 0;

  constructor(judge: Judge) {
    this.#judge = judge;
  }

  /** Numbers of parts that are gone. */
  get waste(): number {
    return this.parts.length - this.#numbers.size;
  }

  numberOf(key: EntityKey): number | undefined {
    return this.#numbers.get(key);
  }

  /** Every part that another names has to be among them. */
  update(parts: ReadonlyMap<EntityKey, Part>, changed: readonly EntityKey[], gone: readonly EntityKey[]): void {
    const dirty = new Marked(this.parts.length + changed.length);
    for (const key of changed) this.#mark(this.#numbers.get(key), dirty);
    for (const key of gone) this.#mark(this.#numbers.get(key), dirty);
    for (const key of gone) this.#remove(key);
    for (const key of changed) this.#place(parts.get(key)!);
    if (this.parts.length > this.#size) {
      this.#size = Math.ceil((this.parts.length * 1.1 + 64) / 32) * 32;
      this.limiting = grown(this.limiting, this.#size);
      this.choosing = grown(this.choosing, this.#size);
    }
    for (const key of changed) this.#link(this.#numbers.get(key)!);
    for (const key of changed) this.#mark(this.#numbers.get(key), dirty);
    for (const at of dirty.list) this.#judge.forget(at);
    for (const group of this.#inOrder(dirty)) this.#settle(group);
  }

  /** Notes a part and all that rests on it. */
  #mark(number: number | undefined, dirty: Marked): void {
    if (number === undefined) return;
    const open = [number];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (!dirty.add(at)) continue;
      const placed = this.parts[at];
      if (placed) for (const user of placed.users) if (!dirty.has(user)) open.push(user);
    }
  }

  #remove(key: EntityKey): void {
    const number = this.#numbers.get(key);
    if (number === undefined) return;
    this.#unlink(number);
    // The number is not given again, so that it means the same in all sets.
    this.parts[number] = undefined;
    this.#numbers.delete(key);
    clearBit(this.limiting, number);
    clearBit(this.choosing, number);
  }

  #place(part: Part): void {
    const known = this.#numbers.get(part.key);
    const number = known ?? this.parts.length;
    if (known !== undefined) this.#unlink(known);
    this.#numbers.set(part.key, number);
    this.parts[number] = {
      part,
      needs: none,
      choices: none,
      counted: none,
      needsAnyhow: none,
      users: this.parts[number]?.users ?? [],
      needed: noBits,
      neededCount: 0,
      isCircular: false,
      rank: 0,
    };
  }

  #link(number: number): void {
    const placed = this.parts[number]!;
    const numbersOf = (keys: readonly EntityKey[]): number[] => {
      const found: number[] = [];
      for (const key of keys) {
        const other = this.#numbers.get(key);
        if (other === undefined) continue;
        found.push(other);
        this.parts[other]!.users.push(number);
      }
      return found;
    };
    placed.needs = numbersOf(placed.part.needs);
    placed.choices = placed.part.choices.length === 0 ? none : placed.part.choices.map(numbersOf);
  }

  #unlink(number: number): void {
    const placed = this.parts[number];
    if (!placed) return;
    const leave = (at: number): void => {
      const users = this.parts[at]?.users;
      const index = users?.indexOf(number) ?? -1;
      if (users === undefined || index < 0) return;
      const last = users.pop()!;
      if (index < users.length) users[index] = last;
    };
    placed.needs.forEach(leave);
    for (const choice of placed.choices) choice.forEach(leave);
  }

  /** Groups of parts that rest on each other (mostly one part), each after what it rests on (R. E. Tarjan, 1972). */
  #inOrder(dirty: Marked): readonly (readonly number[])[] {
    const groups: number[][] = [];
    // 0 for those that were not entered yet.
    const order = new Int32Array(this.parts.length);
    const lowest = new Int32Array(this.parts.length);
    const onPath = new Uint8Array(this.parts.length);
    const path: number[] = [];
    let entered = 0;
    const work: { readonly at: number; readonly next: readonly number[]; index: number }[] = [];
    const enter = (at: number): void => {
      order[at] = lowest[at] = ++entered;
      path.push(at);
      onPath[at] = 1;
      const placed = this.parts[at];
      work.push({ at, next: !placed ? none : placed.choices.length === 0 ? placed.needs : [...placed.needs, ...placed.choices.flat()], index: 0 });
    };
    for (const start of dirty.list) {
      if (order[start] !== 0 || !this.parts[start]) continue;
      enter(start);
      for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
        const next = frame.next[frame.index++];
        if (next !== undefined) {
          if (!dirty.has(next)) continue;
          if (order[next] === 0) enter(next);
          else if (onPath[next] === 1) lowest[frame.at] = Math.min(lowest[frame.at]!, order[next]!);
          continue;
        }
        work.pop();
        const above = work.at(-1);
        if (above) lowest[above.at] = Math.min(lowest[above.at]!, lowest[frame.at]!);
        if (lowest[frame.at] !== order[frame.at]) continue;
        const group: number[] = [];
        for (let at = path.pop(); at !== undefined; at = path.pop()) {
          onPath[at] = 0;
          if (this.parts[at]) group.push(at);
          if (at === frame.at) break;
        }
        if (group.length > 0) groups.push(group);
      }
    }
    return groups;
  }

  #settle(group: readonly number[]): void {
    const isCircular = group.length > 1;
    for (const at of group) {
      const placed = this.parts[at]!;
      clearBit(this.limiting, at);
      clearBit(this.choosing, at);
      if (placed.choices.length === 0) {
        placed.counted = none;
        placed.needsAnyhow = placed.needs;
      } else {
        placed.counted = placed.choices.map((branches) => (isCircular ? { branches, credited: branches, common: none } : this.#counted(branches)));
        placed.needsAnyhow = [...placed.needs, ...placed.counted.flatMap(({ credited }) => (credited.length === 1 ? credited : none))];
        setBit(this.choosing, at);
      }
      placed.isCircular = isCircular;
      placed.rank = ++this.#ranks;
    }
    if (isCircular) this.#settleCircle(group);
    else {
      const placed = this.parts[group[0]!]!;
      this.#union.begin(this.#size);
      this.#union.addOne(group[0]!);
      for (const need of placed.needsAnyhow) this.#union.add(this.parts[need]!.needed);
      this.#note(placed, this.#union.take());
    }
    for (const at of group) {
      const { part } = this.parts[at]!;
      if (part.promise === undefined) continue;
      // What rests on itself is not taken apart: each promise in the circle stands for its own part.
      if (isCircular ? compareFractions(part.promise, all) < 0 : this.#judge.isLimiting(at)) setBit(this.limiting, at);
    }
    for (const at of group) this.#judge.settled(at);
  }

  #settleCircle(group: readonly number[]): void {
    for (const at of group) {
      this.#union.begin(this.#size);
      this.#union.addOne(at);
      this.#note(this.parts[at]!, this.#union.take());
    }
    for (let isGrowing = true; isGrowing;) {
      isGrowing = false;
      for (const at of group) {
        const placed = this.parts[at]!;
        this.#union.begin(this.#size);
        this.#union.add(placed.needed);
        for (const need of placed.needsAnyhow) this.#union.add(this.parts[need]!.needed);
        const before = placed.neededCount;
        this.#note(placed, this.#union.take());
        isGrowing ||= placed.neededCount > before;
      }
    }
  }

  #note(placed: PlacedPart, needed: SparseBits): void {
    placed.needed = needed;
    placed.neededCount = countBits(needed);
  }

  /** Which members of a choice are credited: those that a cause may take down together count as the best of them. */
  #counted(branches: readonly number[]): Choice {
    if (branches.length < 2) return { branches, credited: branches, common: none };
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
      common: common.size === 0 ? none : [...common].map(([cause, of]) => ({ cause, of: [...of].map((at) => this.parts[at]!.part.key).sort() })).sort((a, b) => (a.cause < b.cause ? -1 : 1)),
    };
  }

  /** Nothing is promised of what nobody supports. */
  #isBetter(branch: number, than: number): boolean {
    const [one, other] = [this.parts[branch]!.part, this.parts[than]!.part];
    return one.isUnsupported === other.isUnsupported ? this.#judge.isBetter(branch, than) : other.isUnsupported;
  }

  #commonCauses(a: number, b: number): readonly EntityKey[] {
    const [left, right] = [this.#causes(a, b), this.#causes(b, a)];
    return left.size === 0 || right.size === 0 ? none : [...left].filter((cause) => right.has(cause));
  }

  /** What takes a part down, but by what the other rests on too and somebody promises: that is computed, not assumed. */
  #causes(at: number, other: number): ReadonlySet<EntityKey> {
    const causes = new Set<EntityKey>();
    const [own, others] = [this.parts[at]!.needed, this.parts[other]!.needed];
    for (const number of bitsOf(own)) {
      const { part, counted } = this.parts[number]!;
      if (part.causes.length === 0 && counted.length === 0) continue;
      if (!part.isUnsupported && includesBit(others, number)) continue;
      for (const cause of part.causes) causes.add(cause);
      for (const { credited, branches } of counted) {
        if (credited.length < 2) continue;
        // A cause that takes down every member of a choice takes down what chooses.
        const [first, ...rest] = branches.map((branch) => this.#causes(branch, other));
        for (const cause of first ?? none) if (rest.every((set) => set.has(cause))) causes.add(cause);
      }
    }
    return causes;
  }
}

/** Numbers that are marked, in the order in which they were. */
class Marked {
  readonly list: number[] = [];
  readonly #marks: Uint8Array;

  constructor(size: number) {
    this.#marks = new Uint8Array(size);
  }

  has(number: number): boolean {
    return this.#marks[number] === 1;
  }

  /** Whether it was not marked before. */
  add(number: number): boolean {
    if (this.#marks[number] === 1) return false;
    this.#marks[number] = 1;
    this.list.push(number);
    return true;
  }
}

const none: readonly never[] = [];
