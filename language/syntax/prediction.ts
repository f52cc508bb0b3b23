/** A place between two tokens of a grammar. It has a number of its own, by which sets of places are told apart. */
export interface GrammarPlace {
  readonly id: number;
  readonly ways: GrammarWay[];
  /** The end of its rule. */
  readonly isEnd: boolean;
}

export type GrammarWay =
  | { readonly kind: 'empty'; readonly to: GrammarPlace }
  /** By the number of a kind of token: 1 where it is taken. */
  | { readonly kind: 'token'; readonly to: GrammarPlace; readonly takes: Uint8Array }
  | { readonly kind: 'call'; readonly to: GrammarPlace; readonly rule: { readonly start: GrammarPlace } };

/** Where to go on when a rule ends. */
interface Stack {
  readonly id: number;
  readonly returnTo: GrammarPlace;
  readonly below: Stack | undefined;
}

/** A way in which what has been read may be read: by which alternative, and where that has come to. */
interface Thread {
  readonly alternative: number;
  readonly place: GrammarPlace;
  readonly stack: Stack | undefined;
}

interface Known {
  readonly threads: readonly Thread[];
  /** By the number of a kind of token: the alternative, or what is known after it; -1 where nothing goes on. */
  readonly next: Map<number, Known | number>;
}

const noAlternative = -1;
/** In the list of what the first token tells. */
const notLookedAt = -3;
const notEnough = -2;

/**
 * Says which of several alternatives of a rule a text takes, as the parser does that Langium builds: all are followed at once through the
 * tokens that come until one is left, or until they cannot be told apart any more, when the first counts. Only the rule is looked at, not who
 * called it: an alternative that has come to the rule's end stands back behind one that goes on. What has been found out is kept.
 */
export class Prediction {
  readonly #alternatives: readonly GrammarPlace[];
  readonly #stacks = new Map<string, Stack>();
  #start: Known | undefined;
  /** What the first token tells, by the number of its kind: mostly it is enough. */
  #firsts: Int16Array | undefined;
  readonly #kinds: number;

  /** @param kinds how many kinds of tokens there are, with the end */
  constructor(alternatives: readonly GrammarPlace[], kinds: number) {
    this.#alternatives = alternatives;
    this.#kinds = kinds;
  }

  /**
   * @param kinds the numbers of the kinds of all tokens, and 0 for the end behind them
   * @returns the number of the alternative; -1 where none fits
   */
  predict(kinds: readonly number[], from: number): number {
    const firsts = (this.#firsts ??= new Int16Array(this.#kinds).fill(notLookedAt));
    const kind = kinds[from] ?? 0;
    let told = firsts[kind]!;
    if (told === notLookedAt) {
      const next = this.#next((this.#start ??= this.#begin()), kind);
      firsts[kind] = told = typeof next === 'number' ? next : notEnough;
    }
    return told === notEnough && this.#start ? this.#lookOn(this.#start, kinds, from) : told;
  }

  #lookOn(start: Known, kinds: readonly number[], from: number): number {
    let known = start;
    for (let index = from; ; index++) {
      const next = this.#next(known, kinds[index] ?? 0);
      if (typeof next === 'number') return next;
      known = next;
    }
  }

  #next(known: Known, kind: number): Known | number {
    let next = known.next.get(kind);
    if (next === undefined) known.next.set(kind, (next = this.#after(known, kind)));
    return next;
  }

  #begin(): Known {
    const threads = new Map<string, Thread>();
    this.#alternatives.forEach((place, alternative) => this.#follow({ alternative, place, stack: undefined }, threads, new Set()));
    return { threads: [...threads.values()], next: new Map() };
  }

  #after({ threads }: Known, kind: number): Known | number {
    const reached = new Map<string, Thread>();
    const seen = new Set<string>();
    for (const { alternative, place, stack } of threads) {
      for (const way of place.ways) if (way.kind === 'token' && way.takes[kind] === 1) this.#follow({ alternative, place: way.to, stack }, reached, seen);
    }
    const hasEnded = [...reached.values()].some(({ place }) => place.isEnd);
    if (!hasEnded) for (const thread of threads) if (thread.place.isEnd) reached.set(keyOf(thread), thread);
    const left = [...reached.values()];
    const first = left[0];
    if (first === undefined) return noAlternative;
    if (left.every(({ alternative }) => alternative === first.alternative)) return first.alternative;
    return isSettled(left) ? Math.min(...left.map(({ alternative }) => alternative)) : { threads: left, next: new Map() };
  }

  /** Adds all places at which a token is due, or the rule ends, without taking one. */
  #follow(thread: Thread, found: Map<string, Thread>, seen: Set<string>): void {
    const key = keyOf(thread);
    if (seen.has(key)) return;
    seen.add(key);
    const { alternative, place, stack } = thread;
    if (place.isEnd) {
      if (stack === undefined) found.set(key, thread);
      else this.#follow({ alternative, place: stack.returnTo, stack: stack.below }, found, seen);
      return;
    }
    for (const way of place.ways) {
      switch (way.kind) {
        case 'token':
          found.set(key, thread);
          break;
        case 'empty':
          this.#follow({ alternative, place: way.to, stack }, found, seen);
          break;
        case 'call':
          this.#follow({ alternative, place: way.rule.start, stack: this.#on(way.to, stack) }, found, seen);
          break;
      }
    }
  }

  #on(returnTo: GrammarPlace, below: Stack | undefined): Stack {
    const key = `${returnTo.id} ${below?.id ?? ''}`;
    let stack = this.#stacks.get(key);
    if (!stack) this.#stacks.set(key, (stack = { id: this.#stacks.size, returnTo, below }));
    return stack;
  }
}

function keyOf({ alternative, place, stack }: Thread): string {
  return `${alternative} ${place.id} ${stack?.id ?? ''}`;
}

/** Whether no token can tell the alternatives apart any more. */
function isSettled(threads: readonly Thread[]): boolean {
  if (threads.every(({ place }) => place.isEnd)) return true;
  const alternatives = new Map<string, Set<number>>();
  for (const { alternative, place, stack } of threads) {
    const key = `${place.id} ${stack?.id ?? ''}`;
    alternatives.set(key, (alternatives.get(key) ?? new Set()).add(alternative));
  }
  return [...alternatives.values()].every(({ size }) => size > 1);
}
