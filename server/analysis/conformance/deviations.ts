import type { Alignment } from './alignment.ts';
import type { ObservedNet } from './observed-net.ts';

/**
 * How a case departs from the flow: a step was `skipped`; something was done that the flow has elsewhere (`extra`) or nowhere (`unknown`);
 * or a step was done, but `early` or `late`, which is an extra and a skipped one of the same step.
 */
export type Deviation =
  | { readonly kind: 'skipped'; readonly step: number; /** What was done next all the same. */ readonly before?: number }
  | { readonly kind: 'extra'; readonly activity: number; /** What was done last. */ readonly after?: number }
  | { readonly kind: 'unknown'; readonly activity: number }
  /** `other`: what it was to be done after (early) or before (late). */
  | { readonly kind: 'early' | 'late'; readonly step: number; readonly other?: number };

/** @param stepsOf the steps that an activity of the log stands for */
export function deviationsOf({ moves }: Alignment, trace: readonly number[], net: ObservedNet, stepsOf: readonly (readonly number[])[]): readonly Deviation[] {
  const stepAt = (index: number): number | undefined => {
    const move = moves[index];
    return move?.kind === 'both' || move?.kind === 'flow' ? net.transitions[move.transition]!.step : undefined;
  };
  const nextDone = (from: number): number | undefined => {
    for (let index = from + 1; index < moves.length; index++) if (moves[index]!.kind === 'both') return stepAt(index);
    return undefined;
  };
  const lastDone = (until: number, since = 0): number | undefined => {
    for (let index = until - 1; index >= since; index--) if (moves[index]!.kind === 'both') return stepAt(index);
    return undefined;
  };
  const skipped = moves.flatMap(({ kind }, index) => (kind === 'flow' ? [index] : []));
  const found: Deviation[] = [];
  const moved = new Set<number>();
  for (const [index, move] of moves.entries()) {
    if (move.kind !== 'log') continue;
    const activity = trace[move.event]!;
    const steps = stepsOf[activity] ?? [];
    if (steps.length === 0) {
      found.push({ kind: 'unknown', activity });
      continue;
    }
    const place = skipped.find((one) => !moved.has(one) && steps.includes(stepAt(one)!));
    if (place === undefined) {
      found.push({ kind: 'extra', activity, ...optional('after', lastDone(index)) });
      continue;
    }
    moved.add(place);
    const step = stepAt(place)!;
    found.push(index < place ? { kind: 'early', step, ...optional('other', lastDone(place, index + 1)) } : { kind: 'late', step, ...optional('other', lastDone(index, place + 1)) });
  }
  for (const index of skipped) if (!moved.has(index)) found.push({ kind: 'skipped', step: stepAt(index)!, ...optional('before', nextDone(index)) });
  return found;
}

function optional<Name extends string>(name: Name, value: number | undefined): { readonly [N in Name]?: number } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: number };
}
