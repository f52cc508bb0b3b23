import { meets, type Comparison } from './comparison.ts';
import {
  compareDecimals, decimalFrom, decimalOf, decimalPlaces, divide, multiply, parseDecimal, subtract,
  type Decimal, type Order, type Rounding,
} from './decimal.ts';
import { isProblem, problem, shown, type Problem } from './problem.ts';

declare const percent: unique symbol;

/** An exact percentage as the canonical text of its number, without the sign: `"99.8"`. Never negative; growth may exceed 100. */
export type Percent = Decimal & { readonly [percent]: true };

/** So many of so many, before anybody divides: counts of tickets, or seconds of service. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

const hundred = decimalFrom('100');
const written = /^\d{1,9}(\.\d{1,18})?%$/u;

/** Reads `99.8%` exactly. */
export function parsePercent(text: string): Percent | Problem {
  const trimmed = text.trim();
  if (written.test(trimmed)) {
    const value = parseDecimal(trimmed.slice(0, -1));
    return isProblem(value) ? value : (value as Percent);
  }
  const repaired = trimmed.replace(/\s*(%|percent|per cent|pct)?$/iu, '%').replace(/,(?=\d+%$)/u, '.');
  return problem(`${shown(text)} is not a percentage: write a number and %, such as 99.8%`, written.test(repaired) ? repaired : undefined);
}

/** A percentage known to be well written, with or without its sign, for constants in the program. @throws Error when it is not */
export function percentFrom(text: string): Percent {
  const value = parsePercent(text.endsWith('%') ? text : `${text}%`);
  if (isProblem(value)) throw new Error(value.problem);
  return value;
}

/** `99.8%` */
export function printPercent(value: Percent): string {
  return `${value}%`;
}

export function comparePercents(a: Percent, b: Percent): Order {
  return compareDecimals(a, b);
}

/** What is left to 100%; undefined above 100%. `99.8` leaves `0.2`. */
export function complement(value: Percent): Percent | undefined {
  const rest = subtract(hundred, value);
  return rest.startsWith('-') ? undefined : (rest as Percent);
}

/** Availability of things that are all needed: the exact product, `99%` of `99%` is `98.01%`. */
export function percentOf(a: Percent, b: Percent): Percent {
  return multiply(multiply(a, b), decimalFrom('0.01')) as Percent;
}

/** `numerator / denominator` against a percentage, exactly: no division, no rounding. Undefined when there is nothing to divide by. */
export function compareRatio(ratio: Ratio, target: Percent): Order | undefined {
  if (!(ratio.denominator > 0)) return undefined;
  return compareDecimals(
    multiply(decimalOf(ratio.numerator), hundred),
    multiply(target, decimalOf(ratio.denominator)),
  );
}

/** Whether a ratio meets its target, exactly; undefined (unknown, neither met nor missed) when the denominator is 0. */
export function ratioMeets(ratio: Ratio, comparison: Comparison, target: Percent): boolean | undefined {
  const order = compareRatio(ratio, target);
  return order === undefined ? undefined : meets(order, comparison);
}

/** `numerator * 100 >= target * denominator`: 998 of 1000 meet 99.8%, 99.799…% do not. */
export function meetsAtLeast(numerator: number, denominator: number, target: Percent): boolean | undefined {
  return ratioMeets({ numerator, denominator }, '>=', target);
}

/** What a ratio is held against, so that its printed figure falls on the same side. */
export interface RatioTarget {
  readonly comparison: Comparison;
  readonly percent: Percent;
}

/** Enough digits to tell any two different ratios of whole numbers below 2^53 from a percentage. */
const mostPlaces = 40;

/**
 * The ratio as a percentage for people. It is cut, never rounded to nearest, in the direction that flatters least: downwards, or
 * upwards where less is better (`<`, `<=`). Where the cut figure would say met and the exact one missed, or the reverse,
 * it gets more digits: 99.799% against 99.8% prints `99.79%`, never `99.8%`. Undefined when the denominator is 0.
 *
 * @param places digits after the point, at most (trailing zeros go); more are used where the target needs them.
 */
export function ratioPercent(ratio: Ratio, target?: RatioTarget, places = 2): Percent | undefined {
  if (!(ratio.denominator > 0)) return undefined;
  const way: Rounding = target?.comparison === '<=' || target?.comparison === '<' ? 'up' : 'down';
  const cut = (digits: number): Percent =>
    divide(multiply(decimalOf(ratio.numerator), hundred), decimalOf(ratio.denominator), digits, way) as Percent;
  if (target === undefined) return cut(places);
  const exact = compareRatio(ratio, target.percent)!;
  for (let digits = Math.max(places, decimalPlaces(target.percent)); digits < mostPlaces; digits++) {
    const figure = cut(digits);
    if (meets(compareDecimals(figure, target.percent), target.comparison) === meets(exact, target.comparison)) return figure;
  }
  return cut(mostPlaces);
}

/** `ratioPercent` with its sign: `99.79%`; undefined when the denominator is 0. */
export function printRatio(ratio: Ratio, target?: RatioTarget, places = 2): string | undefined {
  const figure = ratioPercent(ratio, target, places);
  return figure === undefined ? undefined : printPercent(figure);
}
