/** Which of two promised values promises more. */
import { parseComparison } from '../../../language/values/comparison.ts';
import type { Order } from '../../../language/values/decimal.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { compareQuantities, parseQuantity } from '../../../language/values/quantity.ts';
import type { Effect } from './change.ts';

/** Smaller, equal or greater, whatever they are written in; undefined where they cannot be compared. */
export function compareTexts(before: string, after: string): Order | undefined {
  const [one, other] = [parseQuantity(before), parseQuantity(after)];
  return isProblem(one) || isProblem(other) ? undefined : compareQuantities(one, other);
}

/** What going from one value to the other means, where more (or less) of it promises more. Undefined where they are equal. */
export function effectOfValues(before: string | undefined, after: string | undefined, moreIs: 'tightened' | 'loosened'): Effect | undefined {
  if (before === after) return undefined;
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  const order = compareTexts(before, after);
  if (order === 0) return undefined;
  if (order === undefined) return 'changed';
  return (order < 0) === (moreIs === 'tightened') ? 'tightened' : 'loosened';
}

/** The same for a limit with its comparison: `>= 99.8%` to `>= 99.9%` is tightened, `<= 900` to `<= 500` too. */
export function effectOfLimits(before: Limit, after: Limit): Effect | undefined {
  const [one, other] = [parseComparison(before.comparison), parseComparison(after.comparison)];
  const order = compareTexts(before.value, after.value);
  if (isProblem(one) || isProblem(other) || order === undefined) return before.comparison === after.comparison && before.value === after.value ? undefined : 'changed';
  if (one === other && order === 0) return undefined;
  const [isLower, otherIsLower] = [one === '>=' || one === '>', other === '>=' || other === '>'];
  if (one === '=' || other === '=' || isLower !== otherIsLower) return 'changed';
  // Of two with the same value, the one that leaves out the value itself is the stricter.
  if (order === 0) return one.length > other.length ? 'tightened' : 'loosened';
  return (order < 0) === isLower ? 'tightened' : 'loosened';
}

export interface Limit {
  readonly comparison: string;
  readonly value: string;
}
