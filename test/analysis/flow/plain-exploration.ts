import type { WorkflowNet } from '../../../server/analysis/flow/workflow-net.ts';

/** What a plain walk through all states says of a net; undefined: it has too many states to say. */
export interface PlainVerdict {
  readonly sound: boolean;
  /** The least number of transitions to a state in which nothing can happen and the end is not reached. */
  readonly deadlockAfter: number | undefined;
  readonly deadTransitions: readonly number[] | undefined;
}

/**
 * Soundness by its definition, slowly and without any theory but this: a net in which a state covers an earlier one on a way to it has no
 * bound, and a workflow net without a bound is not sound.
 */
export function plainVerdict(net: WorkflowNet, mostStates: number): PlainVerdict | undefined {
  type Tokens = readonly number[];
  const start: Tokens = net.places.map((_, place) => (place === net.start ? 1 : 0));
  const all = new Map<string, { tokens: Tokens; depth: number; next: string[]; from: Set<string> }>();
  const keyOf = (tokens: Tokens): string => tokens.join(' ');
  let layer: Tokens[] = [start];
  all.set(keyOf(start), { tokens: start, depth: 0, next: [], from: new Set() });
  const happened = new Set<number>();
  let deadlockAfter: number | undefined;
  for (let depth = 0; layer.length > 0; depth++) {
    const following: Tokens[] = [];
    for (const tokens of layer) {
      const state = all.get(keyOf(tokens))!;
      for (const [index, { takes, gives }] of net.transitions.entries()) {
        const after = [...tokens];
        for (const place of takes) after[place]!--;
        if (after.some((count) => count < 0)) continue;
        for (const place of gives) after[place]!++;
        happened.add(index);
        const key = keyOf(after);
        state.next.push(key);
        const known = all.get(key);
        if (known) {
          known.from.add(keyOf(tokens));
          continue;
        }
        // All that this state was reached from, by whatever way.
        const before = new Set<string>([keyOf(tokens)]);
        for (const one of before) {
          const earlier = all.get(one)!;
          if (earlier.tokens.every((count, place) => count <= after[place]!)) return { sound: false, deadlockAfter: undefined, deadTransitions: undefined };
          for (const from of earlier.from) before.add(from);
        }
        all.set(key, { tokens: after, depth: depth + 1, next: [], from: new Set([keyOf(tokens)]) });
        if (all.size > mostStates) return undefined;
        following.push(after);
      }
      if (state.next.length === 0 && tokens[net.end] === 0) deadlockAfter ??= depth;
    }
    layer = following;
  }
  const final = keyOf(net.places.map((_, place) => (place === net.end ? 1 : 0)));
  const ends = new Set<string>(all.has(final) ? [final] : []);
  for (const one of ends) for (const from of all.get(one)!.from) ends.add(from);
  const deadTransitions = [...net.transitions.keys()].filter((index) => !happened.has(index));
  const completesProperly = [...all].every(([key, { tokens }]) => tokens[net.end] === 0 || key === final);
  return { sound: ends.size === all.size && completesProperly && deadTransitions.length === 0, deadlockAfter, deadTransitions };
}
