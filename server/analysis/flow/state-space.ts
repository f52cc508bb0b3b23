import type { WorkflowNet } from './workflow-net.ts';

/** The tokens of a net: their places in order, a place once for each token in it. */
export type Marking = readonly number[];

/** What goes wrong in a net, by a shortest way there: the transitions that happen, in order, and the tokens then. */
export type Fault =
  /** Nothing can happen any more, and the end is not reached. */
  | { readonly kind: 'deadlock'; readonly path: readonly number[]; readonly marking: Marking }
  /** The end is reached, and something is still to be done. */
  | { readonly kind: 'leftover'; readonly path: readonly number[]; readonly marking: Marking }
  /** Two tokens in one place. A free-choice workflow net in which that can happen is not sound. */
  | { readonly kind: 'twice'; readonly path: readonly number[]; readonly marking: Marking; readonly place: number }
  /** The last transitions of the way can happen again and again, and each time there are more tokens. */
  | { readonly kind: 'unbounded'; readonly path: readonly number[]; readonly marking: Marking; readonly repeated: readonly number[] }
  /** It goes on for ever and cannot reach the end. */
  | { readonly kind: 'endless'; readonly path: readonly number[]; readonly marking: Marking };

export interface StateSpace {
  /** At most one of each kind, each by a shortest way, the shortest first. */
  readonly faults: readonly Fault[];
  /** Transitions that never happen; told only where all states were seen. */
  readonly dead: readonly number[];
  /** Whether all states were seen. */
  readonly complete: boolean;
  readonly states: number;
}

export interface ExplorationLimits {
  readonly states: number;
  readonly isCancelled?: (() => boolean) | undefined;
  /** Whether it is enough to see that there is a fault. */
  readonly untilFault?: boolean;
}

interface State {
  readonly marking: Marking;
  readonly parent: number;
  readonly by: number;
}

/**
 * Goes through the states of a net, breadth first, until all are seen or so many that it gives up. States that cover an earlier one on
 * their way (coverability: there is no bound on the tokens), or that have two tokens in a place of a free-choice net, are faults and not
 * followed any further: so it comes to an end for every net.
 */
export function exploreStates(net: WorkflowNet, { states: most, isCancelled = () => false, untilFault = false }: ExplorationLimits): StateSpace {
  const consumers = net.places.map((): number[] => []);
  for (const [index, { takes }] of net.transitions.entries()) for (const place of new Set(takes)) consumers[place]!.push(index);
  const freeChoice = isFreeChoice(net, consumers);

  const states: State[] = [{ marking: [net.start], parent: -1, by: -1 }];
  const known = new KnownMarkings(net.places.length, states);
  known.add(0);
  // The state at which a transition was last tried.
  const tried = new Int32Array(net.transitions.length).fill(-1);
  const before: number[][] = [[]];
  const fired = new Set<number>();
  const faults = new Map<Fault['kind'], Fault>();
  const note = (fault: Fault): void => {
    if (!faults.has(fault.kind)) faults.set(fault.kind, fault);
  };
  let final: number | undefined;
  let complete = true;
  let seen = 0;
  for (; seen < states.length; seen++) {
    if ((untilFault && faults.size > 0) || (seen % 1024 === 1023 && isCancelled())) break;
    const { marking } = states[seen]!;
    if (marking.length === 1 && marking[0] === net.end) {
      final = seen;
      if (consumers[net.end]!.length === 0) continue;
    } else if (marking.includes(net.end)) note({ kind: 'leftover', path: pathTo(states, seen), marking });
    const doubled = freeChoice ? marking.find((place, index) => place === marking[index - 1]) : undefined;
    if (doubled !== undefined) {
      note({ kind: 'twice', path: pathTo(states, seen), marking, place: doubled });
      complete = false;
      continue;
    }
    const covered = freeChoice ? undefined : coveredAncestor(states, seen);
    if (covered !== undefined) {
      const path = pathTo(states, seen);
      note({ kind: 'unbounded', path, marking, repeated: path.slice(pathTo(states, covered).length) });
      complete = false;
      continue;
    }
    let enabled = false;
    for (const place of marking) {
      for (const transition of consumers[place]!) {
        if (tried[transition] === seen) continue;
        tried[transition] = seen;
        const next = fire(marking, net.transitions[transition]!);
        if (!next) continue;
        enabled = true;
        fired.add(transition);
        let state = known.find(next);
        if (state === undefined) {
          if (states.length >= most) {
            complete = false;
            continue;
          }
          state = states.push({ marking: next, parent: seen, by: transition }) - 1;
          known.add(state);
          before.push([]);
        }
        before[state]!.push(seen);
      }
    }
    if (!enabled && seen !== final && !marking.includes(net.end)) note({ kind: 'deadlock', path: pathTo(states, seen), marking });
  }
  if (seen < states.length) complete = false;
  if (complete && faults.size === 0) {
    const ending = new Set<number>(final === undefined ? [] : [final]);
    for (const state of ending) for (const from of before[state]!) ending.add(from);
    const endless = states.findIndex((_, state) => !ending.has(state));
    if (endless >= 0) note({ kind: 'endless', path: pathTo(states, endless), marking: states[endless]!.marking });
  }
  return {
    faults: [...faults.values()].sort((a, b) => a.path.length - b.path.length),
    dead: complete ? [...net.transitions.keys()].filter((transition) => !fired.has(transition)) : [],
    complete,
    states: states.length,
  };
}

/** The tokens after a transition; undefined where it cannot happen. */
export function fire(marking: Marking, { takes, gives }: { readonly takes: readonly number[]; readonly gives: readonly number[] }): Marking | undefined {
  const rest = marking.slice();
  for (const place of takes) {
    const at = rest.indexOf(place);
    if (at < 0) return undefined;
    rest.splice(at, 1);
  }
  for (const place of gives) {
    let at = rest.length;
    while (at > 0 && rest[at - 1]! > place) at--;
    if (at === rest.length) rest.push(place);
    else rest.splice(at, 0, place);
  }
  return rest;
}

/** Finds states by their tokens: by a number that is the same for the same tokens, and then by the tokens themselves. */
class KnownMarkings {
  readonly #states: readonly State[];
  readonly #weights: readonly number[];
  readonly #first = new Map<number, number>();
  /** For each state the one before it with the same number; -1: none. */
  readonly #next: number[] = [];

  constructor(places: number, states: readonly State[]) {
    this.#states = states;
    // A sequence without short periods, of 40 bits: so many fit into a whole number that thousands of tokens add up exactly.
    let weight = 1;
    this.#weights = Array.from({ length: places }, () => (weight = (weight * 5_851 + 12_345_678_901) % 1_099_511_627_689));
  }

  add(state: number): void {
    const number = this.#numberOf(this.#states[state]!.marking);
    this.#next[state] = this.#first.get(number) ?? -1;
    this.#first.set(number, state);
  }

  find(marking: Marking): number | undefined {
    for (let state = this.#first.get(this.#numberOf(marking)) ?? -1; state >= 0; state = this.#next[state]!) if (isSame(this.#states[state]!.marking, marking)) return state;
    return undefined;
  }

  #numberOf(marking: Marking): number {
    let sum = 0;
    for (const place of marking) sum += this.#weights[place]!;
    return sum;
  }
}

function isSame(a: Marking, b: Marking): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** Whether transitions that share a place take from the same places: then who is chosen depends on nothing but the choice. */
function isFreeChoice({ transitions }: WorkflowNet, consumers: readonly (readonly number[])[]): boolean {
  return consumers.every((of) => of.length < 2 || of.every((one) => sameSet(transitions[one]!.takes, transitions[of[0]!]!.takes)));
}

function sameSet(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((place) => other.includes(place));
}

function pathTo(states: readonly State[], state: number): number[] {
  const path: number[] = [];
  for (let at = state; states[at]!.parent >= 0; at = states[at]!.parent) path.push(states[at]!.by);
  return path.reverse();
}

/** An earlier state on the way whose tokens are a part of these: what happened since can happen again, with more tokens each time. */
function coveredAncestor(states: readonly State[], state: number): number | undefined {
  const { marking } = states[state]!;
  for (let at = states[state]!.parent; at >= 0; at = states[at]!.parent) {
    const earlier = states[at]!.marking;
    if (earlier.length < marking.length && isPart(earlier, marking)) return at;
  }
  return undefined;
}

/** Both in order. */
function isPart(part: Marking, whole: Marking): boolean {
  let at = 0;
  for (const place of part) {
    while (at < whole.length && whole[at]! < place) at++;
    if (whole[at] !== place) return false;
    at++;
  }
  return true;
}
