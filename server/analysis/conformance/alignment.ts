import type { ObservedNet } from './observed-net.ts';

/**
 * One step of an alignment: log and flow do the same (`both`), the log does what the flow does not allow there (`log`), the flow would
 * have had something done that the log does not show (`flow`), or something happens that no log could show (`unseen`).
 */
export type Move =
  | { readonly kind: 'both'; readonly event: number; readonly transition: number }
  | { readonly kind: 'log'; readonly event: number }
  | { readonly kind: 'flow'; readonly transition: number }
  | { readonly kind: 'unseen'; readonly transition: number };

export interface Alignment {
  /** How many moves are of the log alone or of the flow alone. */
  readonly cost: number;
  readonly moves: readonly Move[];
}

export interface AlignmentLimits {
  /** States of one search. */
  readonly statesPerTrace: number;
  /** States of all searches together. */
  readonly states: number;
  /** Different distributions of tokens in the net. */
  readonly markings: number;
}

export const defaultLimits: AlignmentLimits = { statesPerTrace: 400_000, states: 20_000_000, markings: 100_000 };

/** The search came to its limit before it found the cheapest alignment. */
export const limitReached = Symbol('limit reached');

/**
 * Finds optimal alignments of traces with a flow (Adriansyah, van Dongen, van der Aalst): a cheapest way through the product of trace and
 * net, where a move of log or flow alone costs one and every other nothing. Dijkstra's algorithm; as costs are only 0 and 1, lists do
 * for a queue. Of several cheapest ways always the same is taken: the one that follows the log as long as it can, then skips a step of the flow
 * (in the order in which it is written) rather than take what was done as one too many.
 */
export class Aligner {
  readonly #net: ObservedNet;
  readonly #limits: AlignmentLimits;
  /** For each activity the steps it stands for. */
  readonly #activities: readonly ReadonlySet<number>[];
  readonly #markings: (readonly number[])[] = [];
  readonly #numbers = new Map<string, number>();
  /** What can happen in a marking, and which it leads to; worked out once for all traces. */
  readonly #following: (readonly (readonly [transition: number, marking: number])[] | undefined)[] = [];
  readonly #takers: readonly (readonly number[])[];
  readonly #final: number;
  readonly #isSeen: readonly boolean[];
  #spent = 0;

  /** @param activities for each activity of the log the steps of the net that it stands for, by their positions; none for what the flow does not have */
  constructor(net: ObservedNet, activities: readonly (readonly number[])[], limits: Partial<AlignmentLimits> = {}) {
    this.#net = net;
    this.#limits = { ...defaultLimits, ...limits };
    const there = new Set(net.transitions.flatMap(({ step }) => step ?? []));
    this.#activities = activities.map((steps) => new Set(steps.filter((step) => there.has(step))));
    const takers: number[][] = Array.from({ length: net.places }, () => []);
    for (const [index, { takes }] of net.transitions.entries()) for (const place of new Set(takes)) takers[place]!.push(index);
    this.#takers = takers;
    this.#isSeen = net.transitions.map(({ step }) => step !== undefined);
    this.#number([net.start]);
    this.#final = this.#number([net.end]);
  }

  /** States that all searches together have looked at. */
  get spent(): number {
    return this.#spent;
  }

  /** The cheapest run of the flow alone: how many seen steps it has at least. Undefined if no run ends with nothing left over. */
  shortestRun(): number | undefined | typeof limitReached {
    const run = this.align([], true);
    return typeof run === 'object' ? run.cost : run;
  }

  /**
   * An optimal alignment of a trace: activities by their positions, in the order in which they were done.
   *
   * @param isFinished false for a trace that goes on: the flow need not have come to its end
   * @returns undefined if no run of the flow ends with nothing left over
   */
  align(trace: readonly number[], isFinished: boolean): Alignment | undefined | typeof limitReached {
    // What the flow has nowhere can only be a move of the log, wherever it stands.
    const events: number[] = [];
    for (const [event, activity] of trace.entries()) if ((this.#activities[activity]?.size ?? 0) > 0) events.push(event);
    const width = events.length + 1;
    const costs = new Map<number, number>([[0, 0]]);
    /** Where a state was come to from, and by which move: -1 by the log, else by twice the transition, and one more where the log does it too. */
    const before = new Map<number, readonly [state: number, move: number]>();
    const settled = new Set<number>();
    let [now, skipping, adding]: [number[], number[], number[]] = [[0], [], []];
    let cost = 0;
    const reach = (from: number, to: number, price: 0 | 1, move: number): void => {
      const known = costs.get(to);
      if (known !== undefined && known <= cost + price) return;
      costs.set(to, cost + price);
      before.set(to, [from, move]);
      (price === 0 ? now : move === -1 ? adding : skipping).push(to);
    };
    for (;;) {
      const state = now.pop();
      if (state === undefined) {
        if (skipping.length + adding.length === 0) return undefined;
        // Skipped steps first, and among each the one that was come to first.
        [now, skipping, adding] = [[...adding.reverse(), ...skipping.reverse()], [], []];
        cost += 1;
        continue;
      }
      if (settled.has(state) || costs.get(state) !== cost) continue;
      settled.add(state);
      const [marking, position] = [Math.floor(state / width), state % width];
      if (position === events.length && (!isFinished || marking === this.#final)) return { cost: cost + trace.length - events.length, moves: this.#moves(state, before, width, events, trace.length) };
      this.#spent += 1;
      if (settled.size > this.#limits.statesPerTrace || this.#spent > this.#limits.states) return limitReached;
      const following = this.#follow(marking);
      if (following === undefined) return limitReached;
      const wanted = position < events.length ? this.#activities[trace[events[position]!]!]! : undefined;
      for (const [transition, next] of following) if (this.#isSeen[transition]) reach(state, next * width + position, 1, transition * 2);
      if (position < events.length) reach(state, state + 1, 1, -1);
      // The last to be put on the list is the first to be looked at: what log and flow do together, in the order of the flow.
      for (let index = following.length - 1; index >= 0; index--) {
        const [transition, next] = following[index]!;
        if (!this.#isSeen[transition]) reach(state, next * width + position, 0, transition * 2);
      }
      if (wanted === undefined) continue;
      for (let index = following.length - 1; index >= 0; index--) {
        const [transition, next] = following[index]!;
        if (this.#isSeen[transition] && wanted.has(this.#net.transitions[transition]!.step!)) reach(state, next * width + position + 1, 0, transition * 2 + 1);
      }
    }
  }

  #moves(last: number, before: ReadonlyMap<number, readonly [number, number]>, width: number, events: readonly number[], length: number): readonly Move[] {
    const moves: Move[] = [];
    for (let state = last, step = before.get(state); step !== undefined; state = step[0], step = before.get(state)) {
      const [from, move] = step;
      const event = events[from % width]!;
      const transition = move >> 1;
      moves.push(move === -1 ? { kind: 'log', event } : move % 2 === 1 ? { kind: 'both', event, transition } : { kind: this.#isSeen[transition] ? 'flow' : 'unseen', transition });
    }
    moves.reverse();
    if (events.length === length) return moves;
    // What the flow has nowhere goes back to where it stood in the trace.
    const known = new Set(events);
    const whole: Move[] = [];
    let next = 0;
    const strangersBefore = (event: number): void => {
      for (; next < event; next++) if (!known.has(next)) whole.push({ kind: 'log', event: next });
    };
    for (const move of moves) {
      if ('event' in move) {
        strangersBefore(move.event);
        next = move.event + 1;
      }
      whole.push(move);
    }
    strangersBefore(length);
    return whole;
  }

  #number(marking: readonly number[]): number {
    const key = marking.join(' ');
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#markings.push(marking) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  #follow(number: number): readonly (readonly [number, number])[] | undefined {
    const known = this.#following[number];
    if (known !== undefined) return known;
    if (this.#markings.length > this.#limits.markings) return undefined;
    const marking = this.#markings[number]!;
    const enabled = [...new Set(marking.flatMap((place) => this.#takers[place]!))].toSorted((a, b) => a - b);
    const following: (readonly [number, number])[] = [];
    for (const transition of enabled) {
      const { takes, gives } = this.#net.transitions[transition]!;
      const left = [...marking];
      const isEnabled = takes.every((place) => {
        const at = left.indexOf(place);
        if (at !== -1) left.splice(at, 1);
        return at !== -1;
      });
      if (isEnabled) following.push([transition, this.#number([...left, ...gives].sort((a, b) => a - b))]);
    }
    this.#following[number] = following;
    return following;
  }
}
