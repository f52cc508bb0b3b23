import type { EntityKey } from '../../../language/model/declarations.ts';
import { all, bounded, compareFractions, exact, nothing, rough, type Fraction } from './arithmetic.ts';
import { bitsOf, hasBit, haveInCommon, includesBit } from './bits.ts';
import type { FeasibilityVerdict } from './check.ts';
import { Evaluation, type Range } from './evaluation.ts';
import { Structure, type Choice, type CommonCause, type Judge, type PlacedPart } from './structure.ts';
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

/** Whether what is beneath an agreement is enough, without what that comes from. */
export interface AvailabilityVerdict {
  readonly verdict: FeasibilityVerdict;
  /** Whether it comes down to nothing that could fail. */
  readonly restsOnNothing: boolean;
}

/** What is promised by nobody. */
interface Open {
  readonly unsupported: readonly number[];
  readonly inChoices: readonly number[];
  readonly withdrawn: ReadonlySet<Choice>;
}

/** Beneath so many agreements at most figures are fractions; beyond, 57 digits with a bound to either side. */
const mostExact = 60;
/** So many numbers of parts that are gone are kept, before all is made anew. */
const mostWaste = 1000;

/**
 * What agreements promise together, through the graph of what rests on what: parts fail independently of each other, with the shares that
 * follow from what is promised. What several things rest on is counted once. Of a choice whose members have a cause in common only the best
 * counts. Kept up to date part by part: a change is computed for what rests on it.
 *
 * Questions are answered by bounds in floating-point numbers, which are quick and on the safe side; where these do not decide, and for all
 * that is shown, by 57 digits or fractions.
 */
export class AvailabilityGraph {
  #graph = new Graph();
  readonly #parts = new Map<EntityKey, Part>();

  /** @param among those of the parts that may be others than before, or gone; all where it is left out */
  update(parts: ReadonlyMap<EntityKey, Part>, among?: Iterable<EntityKey>): void {
    const changed: EntityKey[] = [];
    const gone: EntityKey[] = [];
    for (const key of among ?? new Set([...this.#parts.keys(), ...parts.keys()])) {
      const [before, part] = [this.#parts.get(key), parts.get(key)];
      if (part === undefined) {
        if (before !== undefined) gone.push(key);
        this.#parts.delete(key);
      } else {
        if (before !== part && (before === undefined || !isSamePart(before, part))) changed.push(key);
        this.#parts.set(key, part);
      }
    }
    if (changed.length === 0 && gone.length === 0) return;
    if (this.#graph.waste > mostWaste) {
      this.#graph = new Graph();
      this.#graph.update(parts, [...parts.keys()], []);
    } else this.#graph.update(parts, changed, gone);
  }

  /** Undefined where there is no such part. */
  beneath(key: EntityKey): Availability | undefined {
    return this.#graph.beneath(key);
  }

  /** Whether an agreement can keep a target by what it rests on. Undefined where there is no such part. */
  verdict(key: EntityKey, target: Fraction): AvailabilityVerdict | undefined {
    return this.#graph.verdict(key, target);
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

/** Something asked of figures, in whichever numbers they are. */
type Question<R> = <N>(figures: Evaluation<N>) => R;

class Graph implements Judge {
  readonly #structure = new Structure(this);
  readonly #rough = new Evaluation(rough, this.#structure);
  readonly #bounded = new Evaluation(bounded, this.#structure);
  readonly #exact = new Evaluation(exact, this.#structure);

  get waste(): number {
    return this.#structure.waste;
  }

  update(parts: ReadonlyMap<EntityKey, Part>, changed: readonly EntityKey[], gone: readonly EntityKey[]): void {
    for (const figures of [this.#rough, this.#bounded, this.#exact]) figures.forgetChoices();
    this.#structure.update(parts, changed, gone);
  }

  forget(at: number): void {
    this.#rough.forget(at);
    this.#bounded.forget(at);
    this.#exact.forget(at);
  }

  settled(at: number): void {
    this.#rough.of(at);
  }

  isLimiting(at: number): boolean {
    const promise = this.#structure.parts[at]!.part.promise!;
    return this.#decide(at, (figures) => {
      const { low, high } = figures.beneath(at);
      const { numbers } = figures;
      if (numbers.compare(numbers.of(promise, 'up'), low) < 0) return true;
      return numbers.compare(numbers.of(promise, 'down'), high) >= 0 ? false : undefined;
    }) ?? true;
  }

  isBetter(branch: number, than: number): boolean {
    return this.#decide(branch, (figures) => {
      const [one, other] = [figures.of(branch).whole, figures.of(than).whole];
      if (figures.numbers.compare(one.low, other.high) > 0) return true;
      return figures.numbers.compare(one.high, other.low) <= 0 ? false : undefined;
    }, than) ?? false;
  }

  /** Asks in quick numbers, and where these leave it open in better ones. */
  #decide<R>(at: number, question: Question<R | undefined>, other = at): R | undefined {
    return question(this.#rough) ?? this.#inBest(at, question, other);
  }

  /** In fractions where what lies beneath is small, else in 57 digits. */
  #inBest<R>(at: number, question: Question<R>, other = at): R {
    return this.#isSmall(at) && (other === at || this.#isSmall(other)) ? question(this.#exact) : question(this.#bounded);
  }

  /** Whether few agreements lie beneath a part. */
  #isSmall(at: number): boolean {
    let agreements = 0;
    const seen = new Set<number>([at]);
    const open = [at];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      const { part, needsAnyhow, counted } = this.#structure.parts[one]!;
      if (part.promise !== undefined && ++agreements > mostExact) return false;
      for (const next of [...needsAnyhow, ...counted.flatMap(({ credited }) => credited)]) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
    return true;
  }

  verdict(key: EntityKey, target: Fraction): AvailabilityVerdict | undefined {
    const at = this.#structure.numberOf(key);
    if (at === undefined) return undefined;
    const open = this.#openOf(at);
    const isOpen = open.unsupported.length > 0 || open.inChoices.length > 0;
    const verdict = this.#decide(at, (figures): FeasibilityVerdict | undefined => {
      const { numbers } = figures;
      const [least, most] = [numbers.of(target, 'down'), numbers.of(target, 'up')];
      const { whole } = figures.of(at);
      if (numbers.compare(whole.high, least) < 0) return 'notKept';
      const lower = open.unsupported.length > 0 ? undefined : this.#withoutOpen(at, open, figures);
      if (lower !== undefined && numbers.compare(lower.low, most) >= 0) return 'kept';
      // What nobody promises leaves it open, however exact the figures are.
      return isOpen && numbers.compare(whole.low, most) >= 0 && (lower === undefined || numbers.compare(lower.high, least) < 0) ? 'unknown' : undefined;
    });
    const { limiting, choosing, parts } = this.#structure;
    const { needed } = parts[at]!;
    return { verdict: verdict ?? 'unknown', restsOnNothing: !isOpen && !haveInCommon(needed, choosing) && bitsOf(needed, limiting).every((one) => one === at) };
  }

  beneath(key: EntityKey): Availability | undefined {
    const at = this.#structure.numberOf(key);
    return at === undefined ? undefined : this.#inBest(at, (figures) => this.#beneath(at, figures));
  }

  #beneath<N>(top: number, figures: Evaluation<N>): Availability {
    const { parts, limiting, choosing } = this.#structure;
    const { needed } = parts[top]!;
    const { fractionOf } = figures.numbers;
    const { whole, isComputed } = figures.of(top);
    const open = this.#openOf(top);
    const shares = bitsOf(needed, limiting).filter((at) => at !== top).map((at): Share => {
      const { part } = parts[at]!;
      const own = figures.of(at);
      return { agreement: part.key, promise: part.promise!, beneath: fractionOf(own.whole.high), share: fractionOf(own.share.low) };
    });
    shares.sort((a, b) => compareFractions(a.share, b.share) || (a.agreement < b.agreement ? -1 : 1));
    const keyOf = (at: number): EntityKey => parts[at]!.part.key;
    const redundancies = new Map<string, Redundancy>();
    for (const owner of bitsOf(needed, choosing)) {
      for (const choice of parts[owner]!.counted) {
        const members = choice.branches.map(keyOf);
        const name = members.toSorted().join(' ');
        // An agreement repeats the choices of its services.
        const known = redundancies.get(name);
        if (known && typeOf(known.of) !== 'Agreement') continue;
        const isMoot = choice.credited.length > 1 && choice.credited.some((branch) => includesBit(needed, branch));
        const share = choice.credited.length < 2 || isMoot ? undefined : fractionOf(figures.choices([choice], needed).low);
        redundancies.set(name, { of: keyOf(owner), choice: members, credited: choice.credited.map(keyOf), common: choice.common, share });
      }
    }
    return {
      atLeast: open.unsupported.length > 0 ? nothing : fractionOf(this.#withoutOpen(top, open, figures).low),
      atMost: fractionOf(whole.high),
      isExact: isComputed,
      shares,
      redundancies: [...redundancies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, redundancy]) => redundancy),
      unsupported: [...open.unsupported, ...open.inChoices].map(keyOf).sort(),
    };
  }

  wouldHaveToPromise(agreement: EntityKey, above: EntityKey, target: Fraction): Fraction | undefined {
    const [at, top] = [this.#structure.numberOf(agreement), this.#structure.numberOf(above)];
    if (at === undefined || top === undefined) return undefined;
    const whole = this.#structure.parts[top]!;
    if (!includesBit(whole.needed, at) || !hasBit(this.#structure.limiting, at)) return undefined;
    return this.#inBest(top, (figures) => this.#wouldHaveToPromise(at, top, target, figures));
  }

  #wouldHaveToPromise<N>(at: number, top: number, target: Fraction, figures: Evaluation<N>): Fraction | undefined {
    const { numbers } = figures;
    const { low } = figures.of(top).whole;
    if (numbers.compare(low, numbers.zero) === 0) return undefined;
    const { fractionOf } = numbers;
    const { parts } = this.#structure;
    const reached = fractionOf(low);
    const wanted = (value: Fraction): Fraction => ({ numerator: value.numerator * target.numerator * reached.denominator, denominator: value.denominator * target.denominator * reached.numerator });
    const promise = wanted(parts[at]!.part.promise!);
    if (compareFractions(promise, fractionOf(figures.of(at).whole.high)) > 0 || compareFractions(promise, all) > 0) return undefined;
    // A promise above it that includes it has to leave room for what it would gain.
    for (const other of this.#counting(parts[top]!)) {
      const { part, needed } = parts[other]!;
      if (other === at || other === top || part.promise === undefined || !includesBit(needed, at)) continue;
      if (compareFractions(part.promise, wanted(fractionOf(figures.of(other).whole.low))) < 0) return undefined;
    }
    return promise;
  }

  wouldHaveToPromiseTogether(above: EntityKey, share: Fraction): readonly { readonly agreement: EntityKey; readonly promise: Fraction }[] {
    const top = this.#structure.numberOf(above);
    return top === undefined ? [] : this.#inBest(top, (figures) => this.#wouldHaveToPromiseTogether(top, share, figures));
  }

  #wouldHaveToPromiseTogether<N>(top: number, wanted: Fraction, figures: Evaluation<N>): readonly { readonly agreement: EntityKey; readonly promise: Fraction }[] {
    const { parts, limiting } = this.#structure;
    const whole = parts[top]!;
    const { numbers } = figures;
    const level = numbers.of(wanted, 'up');
    const shareOf = (at: number): N => {
      const own = figures.of(at).share.low;
      return numbers.compare(own, level) < 0 ? level : own;
    };
    const found: { readonly agreement: EntityKey; readonly promise: Fraction }[] = [];
    const changed: number[] = [];
    for (const at of bitsOf(whole.needed)) {
      const { part, needed } = parts[at]!;
      if (at === top || part.promise === undefined) continue;
      const own = figures.of(at);
      let promise = hasBit(limiting, at) ? shareOf(at) : numbers.one;
      for (const other of bitsOf(needed, limiting)) if (other !== at) promise = numbers.times(promise, shareOf(other), 'up');
      // What choices take stays as it is.
      if (numbers.compare(own.whole.high, own.beneath.high) < 0) promise = numbers.times(promise, numbers.over(own.whole.high, own.beneath.high, 'up'), 'up');
      const value = numbers.fractionOf(promise);
      if (compareFractions(value, part.promise) <= 0) continue;
      found.push({ agreement: part.key, promise: value });
      changed.push(at);
    }
    const isTangled = [...this.#counting(whole)].some((at) => !includesBit(whole.needed, at) && parts[at]!.part.promise !== undefined && changed.some((one) => includesBit(parts[at]!.needed, one)));
    return isTangled ? [] : found.sort((a, b) => compareFractions(a.promise, b.promise) || (a.agreement < b.agreement ? -1 : 1));
  }

  /** What is needed, and what members of choices that count need. */
  #counting(whole: PlacedPart): ReadonlySet<number> {
    const { parts, choosing } = this.#structure;
    const found = new Set(bitsOf(whole.needed));
    for (const owner of bitsOf(whole.needed, choosing)) {
      for (const { credited } of parts[owner]!.counted) if (credited.length > 1) for (const branch of credited) for (const at of bitsOf(parts[branch]!.needed)) found.add(at);
    }
    return found;
  }

  /** What is promised by nobody, as far as no agreement on the way stands in for it. */
  #openOf(top: number): Open {
    const { parts } = this.#structure;
    const { needs, counted } = parts[top]!;
    if (needs.every((need) => !parts[need]!.part.isUnsupported) && counted.every(({ credited }) => credited.every((branch) => !parts[branch]!.part.isUnsupported))) return closed;
    const inChoices = new Set<number>();
    const withdrawn = new Set<Choice>();
    const known = new Map<number, readonly number[]>();
    const open = (at: number): readonly number[] => {
      const before = known.get(at);
      if (before) return before;
      known.set(at, []);
      const placed = parts[at]!;
      if (at !== top && !placed.part.isUnsupported) return [];
      const found = new Set<number>(at === top ? [] : [at]);
      for (const need of placed.needs) for (const one of open(need)) found.add(one);
      for (const choice of placed.counted) {
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
    return { unsupported: open(top), inChoices: [...inChoices], withdrawn };
  }

  /** What there is beneath a part without those members of choices that nobody promises. */
  #withoutOpen<N>(at: number, { withdrawn }: Open, figures: Evaluation<N>): Range<N> {
    const { beneath, whole } = figures.of(at);
    if (withdrawn.size === 0) return whole;
    const { parts, choosing } = this.#structure;
    const { needed } = parts[at]!;
    const choices: Choice[] = [];
    for (const owner of bitsOf(needed, choosing)) {
      for (const choice of parts[owner]!.counted) {
        if (choice.credited.length < 2) continue;
        choices.push(withdrawn.has(choice) ? { ...choice, credited: choice.credited.filter((branch) => !parts[branch]!.part.isUnsupported) } : choice);
      }
    }
    const chosen = figures.choices(choices, needed);
    const { numbers } = figures;
    return { low: numbers.times(beneath.low, chosen.low, 'down'), high: numbers.times(beneath.high, chosen.high, 'up') };
  }
}

const closed: Open = { unsupported: [], inChoices: [], withdrawn: new Set() };
