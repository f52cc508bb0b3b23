import { meets, type Comparison } from '../../language/values/comparison.ts';
import { compareDecimals, decimalOf, divide, multiply, type Decimal } from '../../language/values/decimal.ts';
import { parsePercent, ratioMeets, ratioPercent, type Percent, type Ratio } from '../../language/values/percent.ts';
import { isProblem } from '../../language/values/problem.ts';
import { parseQuantity } from '../../language/values/quantity.ts';
import type { Verdict } from './figure.ts';

/** What a figure is held against. */
export interface Goal {
  readonly comparison: Comparison;
  /** As written: `95%`, `4h`, `4.2`. */
  readonly value: string;
  /** Between the goal and this is a warning. */
  readonly warning?: string;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason?: string;
}

/**
 * Judges so many of so many. What is not known counts neither way: the verdict stands only if it stays the same whether all of
 * it were met or none of it.
 */
export function judgeRatio(ratio: Ratio, unknown: number, goal: Goal | undefined, minimumSample: number | undefined): Judgement {
  if (ratio.denominator + unknown === 0) return { verdict: 'unknown', reason: 'There is no record in this period' };
  if (ratio.denominator < (minimumSample ?? 0)) return tooFew(ratio.denominator, minimumSample!);
  if (goal === undefined) return { verdict: 'noTarget' };
  const target = parsePercent(goal.value);
  if (isProblem(target)) return { verdict: 'unknown', reason: target.problem };
  const total = ratio.denominator + unknown;
  const worst = ratioMeets({ numerator: ratio.numerator, denominator: total }, goal.comparison, target);
  const best = ratioMeets({ numerator: ratio.numerator + unknown, denominator: total }, goal.comparison, target);
  if (worst !== best) return { verdict: 'unknown', reason: `It depends on ${unknown} whose times are not known` };
  if (worst !== true) return { verdict: 'missed' };
  const warning = goal.warning === undefined ? undefined : parsePercent(goal.warning);
  if (warning === undefined || isProblem(warning) || ratio.denominator === 0) return { verdict: 'met' };
  return { verdict: ratioMeets(ratio, goal.comparison, warning) === true ? 'met' : 'warning' };
}

/** The ratio for people, on the same side of the goal as the exact one. */
export function shownRatio(ratio: Ratio, goal: Goal | undefined): Percent | undefined {
  const percent = goal === undefined ? undefined : parsePercent(goal.value);
  return ratioPercent(ratio, percent === undefined || isProblem(percent) || goal === undefined ? undefined : { comparison: goal.comparison, percent });
}

/** A number that may be a fraction: so many parts of so many. */
export interface Quotient {
  readonly numerator: Decimal;
  readonly denominator: Decimal;
}

/** Judges a number in the unit of the goal: for a goal of time, seconds. Exactly: the quotient is not divided. */
export function judgeNumber(value: Quotient, sample: number | undefined, goal: Goal | undefined, minimumSample: number | undefined): Judgement {
  if (sample !== undefined && sample < (minimumSample ?? 0)) return tooFew(sample, minimumSample!);
  if (goal === undefined) return { verdict: 'noTarget' };
  const target = goalNumber(goal.value);
  if (target === undefined) return { verdict: 'unknown', reason: `${goal.value} cannot be compared with this figure` };
  if (!holds(value, goal.comparison, target)) return { verdict: 'missed' };
  const warning = goal.warning === undefined ? undefined : goalNumber(goal.warning);
  return { verdict: warning === undefined || holds(value, goal.comparison, warning) ? 'met' : 'warning' };
}

/** What a number is at least and at most; without a bound it may be anything. */
export interface Bounds {
  readonly low?: Quotient | undefined;
  readonly high?: Quotient | undefined;
}

/** As {@link judgeNumber}, where some values are missing: the verdict stands only if it stays the same however they turn out. */
export function judgeBounds(value: Quotient, { low, high }: Bounds, missing: number, sample: number | undefined, goal: Goal | undefined, minimumSample: number | undefined): Judgement {
  const judgement = judgeNumber(value, sample, goal, minimumSample);
  if (goal === undefined || judgement.verdict === 'tooFew' || judgement.verdict === 'unknown') return judgement;
  const target = goalNumber(goal.value);
  const rising = goal.comparison === '>=' || goal.comparison === '>';
  const least = low === undefined ? !rising : target !== undefined && holds(low, goal.comparison, target);
  const most = high === undefined ? rising : target !== undefined && holds(high, goal.comparison, target);
  if (goal.comparison === '=' || least !== most) return { verdict: 'unknown', reason: `It depends on ${missing} whose value is missing` };
  return judgement;
}

function holds({ numerator, denominator }: Quotient, comparison: Comparison, target: Decimal): boolean {
  return meets(compareDecimals(numerator, multiply(target, denominator)), comparison);
}

/** A goal as a plain number: seconds, percent, an amount; undefined where it has no fixed size. */
export function goalNumber(text: string): Decimal | undefined {
  const quantity = parseQuantity(text);
  if (isProblem(quantity)) return undefined;
  switch (quantity.kind) {
    case 'percent': return quantity.percent;
    case 'number': return quantity.number;
    case 'money': return decimalOf(Number(text.split(' ')[0]));
    case 'duration': return quantity.duration.kind === 'elapsed' ? decimalOf(quantity.duration.seconds) : undefined;
  }
}

/** A quotient for people: cut so that it flatters least, with more digits where the goal would read otherwise. */
export function shownQuotient({ numerator, denominator }: Quotient, goal: Goal | undefined, places: number): Decimal {
  const way = goal?.comparison === '<=' || goal?.comparison === '<' ? 'up' : goal === undefined ? 'half up' : 'down';
  const target = goal === undefined ? undefined : goalNumber(goal.value);
  for (let digits = places; digits < 20; digits++) {
    const shown = divide(numerator, denominator, digits, way);
    if (target === undefined || goal === undefined || meets(compareDecimals(shown, target), goal.comparison) === holds({ numerator, denominator }, goal.comparison, target)) return shown;
  }
  return divide(numerator, denominator, 20, way);
}

function tooFew(sample: number, minimum: number): Judgement {
  return { verdict: 'tooFew', reason: `It rests on ${sample}; at least ${minimum} are needed` };
}
