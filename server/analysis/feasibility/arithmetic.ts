import { isProblem } from '../../../language/values/problem.ts';
import { parsePercent } from '../../../language/values/percent.ts';

/** An exact share of 1 as a fraction of whole numbers; the denominator is positive. Mostly in lowest terms. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const nothing: Fraction = { numerator: 0n, denominator: 1n };
export const all: Fraction = { numerator: 1n, denominator: 1n };

/** Reduced to lowest terms, so that equal fractions are equal data. */
export function fraction(numerator: bigint, denominator: bigint): Fraction {
  if (denominator < 0n) return fraction(-numerator, -denominator);
  const common = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator);
  return common === 1n ? { numerator, denominator } : { numerator: numerator / common, denominator: denominator / common };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** `99.8%` as 499/500, exactly; undefined for what is no percentage. */
export function fractionOfPercent(text: string | undefined): Fraction | undefined {
  if (text === undefined) return undefined;
  const known = percentages.get(text);
  if (known !== undefined) return known;
  const percent = parsePercent(text);
  if (isProblem(percent)) return undefined;
  const [whole = '0', decimals = ''] = percent.split('.');
  const value = fraction(BigInt(whole + decimals), 100n * 10n ** BigInt(decimals.length));
  if (percentages.size >= mostPercentages) percentages.clear();
  percentages.set(text, value);
  return value;
}

/** Promises are mostly the same few percentages. */
const percentages = new Map<string, Fraction>();
const mostPercentages = 1000;

export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { numerator: -b.numerator, denominator: b.denominator });
}

/** A multiple, not reduced: for figures that are only printed or compared. */
export function scaled({ numerator, denominator }: Fraction, by: bigint, of = 1n): Fraction {
  return { numerator: numerator * by, denominator: denominator * of };
}

/** The difference, not reduced. */
export function difference(a: Fraction, b: Fraction): Fraction {
  return { numerator: a.numerator * b.denominator - b.numerator * a.denominator, denominator: a.denominator * b.denominator };
}

/** @throws RangeError when the divisor is 0 */
export function over(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Negative, 0 or positive: less, equal, greater. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const [left, right] = [a.numerator * b.denominator, b.numerator * a.denominator];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Cut to digits after the point, towards minus or plus infinity. */
export function printFraction({ numerator, denominator }: Fraction, places: number, way: 'down' | 'up'): string {
  const scaled = numerator * 10n ** BigInt(places);
  const whole = way === 'down' ? floorOfQuotient(scaled, denominator) : -floorOfQuotient(-scaled, denominator);
  const sign = whole < 0n ? '-' : '';
  const digits = String(whole < 0n ? -whole : whole).padStart(places + 1, '0');
  const point = digits.length - places;
  const decimals = digits.slice(point).replace(/0+$/u, '');
  return `${sign}${digits.slice(0, point)}${decimals === '' ? '' : `.${decimals}`}`;
}

function floorOfQuotient(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n ? quotient - 1n : quotient;
}

/** Which way a result that cannot be kept whole is cut: a lower bound stays one when cut down, an upper one when cut up. */
export type Way = 'down' | 'up';

/**
 * Numbers from 0 to 1 that probabilities are computed with, each result cut towards the side on which a bound stays a bound: in the
 * processor's own numbers, which decide nearly every question; in binary digits of a fixed number, and in fractions, without any loss.
 */
export interface Arithmetic<N> {
  readonly isExact: boolean;
  readonly zero: N;
  readonly one: N;
  of(value: Fraction, way: Way): N;
  times(a: N, b: N, way: Way): N;
  /** Never above 1. */
  over(a: N, b: N, way: Way): N;
  complement(a: N, way: Way): N;
  plus(a: N, b: N, way: Way): N;
  compare(a: N, b: N): number;
  fractionOf(value: N): Fraction;
}

export const exact: Arithmetic<Fraction> = {
  isExact: true,
  zero: nothing,
  one: all,
  of: (value) => value,
  times,
  over: (a, b) => (compareFractions(a, b) >= 0 ? all : over(a, b)),
  complement: (a) => minus(all, a),
  plus,
  compare: compareFractions,
  fractionOf: (value) => value,
};

/** Digits after the binary point: 57 decimal ones. */
const digits = 192n;
const unit = 1n << digits;

export const bounded: Arithmetic<bigint> = {
  isExact: false,
  zero: 0n,
  one: unit,
  of: ({ numerator, denominator }, way) => cut(numerator * unit, denominator, way),
  times: (a, b, way) => (a === unit ? b : b === unit ? a : way === 'down' ? (a * b) >> digits : -((-a * b) >> digits)),
  over: (a, b, way) => (a >= b ? unit : cut(a * unit, b, way)),
  complement: (a) => unit - a,
  plus: (a, b) => a + b,
  compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  fractionOf: (value) => ({ numerator: value, denominator: unit }),
};

function cut(numerator: bigint, denominator: bigint, way: Way): bigint {
  return way === 'down' ? numerator / denominator : (numerator + denominator - 1n) / denominator;
}

/**
 * Floating-point numbers (IEEE 754, 53 bits), which are off by at most 2^-53 of the result in each operation, and by three times as much
 * in a quotient of large whole numbers: what is moved by 2^-50 to one side is a bound on that side.
 */
export const rough: Arithmetic<number> = {
  isExact: false,
  zero: 0,
  one: 1,
  of: ({ numerator, denominator }, way) => (numerator === denominator ? 1 : numerator === 0n ? 0 : moved(Number(numerator) / Number(denominator), way)),
  times: (a, b, way) => (a === 1 ? b : b === 1 ? a : a === 0 || b === 0 ? 0 : share(a * b, way)),
  over: (a, b, way) => (a >= b ? 1 : a === 0 ? 0 : share(a / b, way)),
  complement: (a, way) => (a === 1 ? 0 : a === 0 ? 1 : share(1 - a, way)),
  plus: (a, b, way) => (a === 0 ? b : b === 0 ? a : share(a + b, way)),
  compare: (a, b) => a - b,
  fractionOf: fractionOfNumber,
};

const [slightlyLess, slightlyMore] = [1 - 2 ** -50, 1 + 2 ** -50];
/** Below it numbers have fewer than 53 bits. */
const leastPrecise = 1e-300;

function moved(value: number, way: Way): number {
  // Whole numbers of hundreds of digits are no number here.
  if (!(value >= leastPrecise)) return way === 'down' ? 0 : value < leastPrecise ? leastPrecise : Infinity;
  return value * (way === 'down' ? slightlyLess : slightlyMore);
}

function share(value: number, way: Way): number {
  return Math.min(1, moved(value, way));
}

function fractionOfNumber(value: number): Fraction {
  let denominator = 1n;
  for (; !Number.isInteger(value); value *= 2) denominator *= 2n;
  return { numerator: BigInt(value), denominator };
}
