import { reduceNet } from './reduce-net.ts';
import { exploreStates, fire, type Fault, type StateSpace } from './state-space.ts';
import type { WorkflowNet } from './workflow-net.ts';

/** More states than this are not looked at: of a net, and of what is left of it where a way through the net itself is not found. */
export const mostStates = 20_000;

/**
 * Whether a workflow net is sound: from every state it can reach, it can come to its end (option to complete); when it does, nothing else
 * is left to do (proper completion); and there is nothing that never happens (no dead transition).
 */
export type Soundness =
  | { readonly kind: 'sound' }
  | {
      readonly kind: 'unsound';
      readonly faults: readonly Fault[];
      /** Transitions that never happen, as far as that is known. */
      readonly dead: readonly number[];
      /** Whether the ways to the faults are the shortest. */
      readonly shortest: boolean;
    }
  /** It was given up, by its limit or because somebody asked for it. */
  | { readonly kind: 'unknown'; readonly states: number };

export interface SoundnessOptions {
  readonly states?: number;
  readonly isCancelled?: () => boolean;
}

/** Reduces the net as far as it goes; only what is left is gone through state by state, and the whole net only to find the shortest way to a fault. */
export function soundnessOf(net: WorkflowNet, { states = mostStates, isCancelled }: SoundnessOptions = {}): Soundness {
  const limits = { states, isCancelled };
  const { net: rest, expand } = reduceNet(net);
  if (isTrivial(rest)) return { kind: 'sound' };
  const reduced = exploreStates(rest, limits);
  if (isFaultless(reduced)) return reduced.complete ? { kind: 'sound' } : { kind: 'unknown', states: reduced.states };
  const whole = exploreStates(net, limits);
  if (!isFaultless(whole)) return { kind: 'unsound', faults: whole.faults, dead: whole.dead, shortest: true };
  const dead = new Set(reduced.dead);
  const happens = new Set([...rest.transitions.keys()].filter((one) => !dead.has(one)).flatMap(expand));
  return { kind: 'unsound', faults: reduced.faults.map((fault) => lifted(fault, net, expand)), dead: reduced.dead.flatMap(expand).filter((one) => !happens.has(one)), shortest: false };
}

/** Whether a net is proved sound, where nobody asks what is wrong with it otherwise. */
export function isProvedSound(net: WorkflowNet, states: number): boolean {
  const { net: rest } = reduceNet(net);
  if (isTrivial(rest)) return true;
  const space = exploreStates(rest, { states, untilFault: true });
  return space.complete && isFaultless(space);
}

/** One step from the start to the end, and nothing besides. */
function isTrivial({ transitions, start, end }: WorkflowNet): boolean {
  const [only, ...more] = transitions;
  return only !== undefined && more.length === 0 && only.takes.join() === String(start) && only.gives.join() === String(end);
}

function isFaultless({ faults, dead }: StateSpace): boolean {
  return faults.length === 0 && dead.length === 0;
}

function lifted(fault: Fault, net: WorkflowNet, expand: (transition: number) => readonly number[]): Fault {
  const path = fault.path.flatMap(expand);
  const marking = path.reduce<readonly number[]>((tokens, transition) => fire(tokens, net.transitions[transition]!) ?? tokens, [net.start]);
  return fault.kind === 'unbounded' ? { ...fault, path, marking, repeated: fault.repeated.flatMap(expand) } : { ...fault, path, marking };
}
