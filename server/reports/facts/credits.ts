/** Service credits that the figures of a period give rise to, as the agreement states them. */
import type { Agreement, Credit } from '../../../language/model/declarations.ts';
import { meets, parseComparison } from '../../../language/values/comparison.ts';
import { compareRatio } from '../../../language/values/percent.ts';
import { compareQuantities, parseQuantity, quantityMeets } from '../../../language/values/quantity.ts';
import { isProblem } from '../../../language/values/problem.ts';
import type { Period } from '../../../language/values/period.ts';
import type { Figure } from '../../measurement/figure.ts';
import type { FigureIndex } from './figures.ts';

export interface CreditState {
  readonly credit: Credit;
  readonly index: number;
  /** `due`: its condition holds and no greater credit of the same target does. `unknown`: the figure is not known. */
  readonly state: 'due' | 'covered by a greater one' | 'not due' | 'unknown';
  readonly figure: Figure | undefined;
}

/** Of several tiers for one target the greatest whose condition holds is due. */
export function creditStates(agreement: Agreement, figures: FigureIndex, period: Period): readonly CreditState[] {
  const states = agreement.credits.map((credit, index) => {
    const target = credit.target.includes('.') ? credit.target.slice(credit.target.indexOf('.') + 1) : credit.target;
    const figure = figures.series({ kind: 'target', agreement: agreement.name, target }, period).last;
    return { credit, index, target, figure, holds: conditionHolds(credit, figure) };
  });
  return states.map((each): CreditState => {
    const greater = states.some((other) => other !== each && other.target === each.target && other.holds === true && isGreater(other.credit, each.credit, other.index < each.index));
    const state = each.holds === undefined ? 'unknown' : !each.holds ? 'not due' : greater ? 'covered by a greater one' : 'due';
    return { credit: each.credit, index: each.index, state, figure: each.figure };
  });
}

/** Exact where the figure has a numerator and denominator: the printed value may be cut. */
function conditionHolds(credit: Credit, figure: Figure | undefined): boolean | undefined {
  if (figure?.value === undefined || figure.verdict === 'unknown') return undefined;
  const comparison = parseComparison(credit.comparison);
  const threshold = parseQuantity(credit.threshold);
  if (isProblem(comparison) || isProblem(threshold)) return undefined;
  const [numerator, denominator] = [Number(figure.numerator), Number(figure.denominator)];
  if (threshold.kind === 'percent' && Number.isSafeInteger(numerator) && denominator > 0) {
    const order = compareRatio({ numerator, denominator }, threshold.percent);
    return order === undefined ? undefined : meets(order, comparison);
  }
  const value = parseQuantity(figure.unit === 'percent' ? `${figure.value}%` : figure.unit === 'seconds' ? `${figure.value}s` : figure.value);
  return isProblem(value) ? undefined : quantityMeets(value, comparison, threshold);
}

function isGreater(a: Credit, b: Credit, first: boolean): boolean {
  const [left, right] = [parseQuantity(a.amount), parseQuantity(b.amount)];
  const order = isProblem(left) || isProblem(right) ? undefined : compareQuantities(left, right);
  // Two equal tiers: the first counts, so that one of them does.
  return order === undefined ? false : order > 0 || (order === 0 && first);
}
