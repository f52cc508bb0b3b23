import type { Agreement, ServiceLevelTarget } from '../../../language/model/declarations.ts';
import type { IsoDate } from '../../../language/values/date.ts';
import { dateOf } from '../../assessment/dates.ts';
import { isNotZero } from '../../assessment/filled-in.ts';

/** Whether an agreement holds on a day; one that does not say from when or until when always does. */
export function isInForce({ validFrom, validTo }: Agreement, on: IsoDate): boolean {
  const [from, to] = [dateOf(validFrom), dateOf(validTo)];
  return (from === undefined || from <= on) && (to === undefined || on <= to);
}

/** A target and where in its agreement it stands. */
export interface PlacedTarget {
  readonly target: ServiceLevelTarget;
  readonly index: number;
}

/** Targets that hold on a day: a later statement of the same name succeeds an earlier one. What still is to be filled in is none. */
export function currentTargets(agreement: Agreement, on: IsoDate): readonly PlacedTarget[] {
  const known = current.get(agreement);
  if (known?.on === on) return known.targets;
  const targets = targetsOn(agreement, on);
  current.set(agreement, { on, targets });
  return targets;
}

/** A declaration never changes, and the same question comes for each agreement above. */
const current = new WeakMap<Agreement, { readonly on: IsoDate; readonly targets: readonly PlacedTarget[] }>();

function targetsOn({ targets }: Agreement, on: IsoDate): readonly PlacedTarget[] {
  return targets.flatMap((target, index) => {
    const since = target.since ?? '';
    const isSucceeded = targets.some(({ name, since: later }) => name === target.name && later !== undefined && later <= on && later > since);
    const isSet = isNotZero(target.value) || isNotZero(target.within) || isNotZero(target.interval);
    return since > on || isSucceeded || !isSet ? [] : [{ target, index }];
  });
}
