import Big from 'big.js';
import { isProblem, problem, shown, type Problem } from './problem.ts';

declare const decimal: unique symbol;

/**
 * An exact decimal number as its canonical text: no leading or trailing zeros, no exponent (`"99.8"`, `"0.05"`, `"-3"`).
 * Two decimals are equal when their texts are; being text, they survive JSON without loss.
 */
export type Decimal = string & { readonly [decimal]: true };

/** -1, 0 or 1: less, equal, greater. */
export type Order = -1 | 0 | 1;

/** Big with its own settings: division is only ever used where the caller says how to round. */
const Exact = Big();
// Digits that a power of ten needs when a scaled quotient is brought back to size.
Exact.DP = 60;
Exact.NE = -40;
Exact.PE = 40;

const written = /^-?\d{1,18}(\.\d{1,18})?$/u;

/**
 * Reads a decimal number with a point, at most 18 digits on either side of it.
 */
export function parseDecimal(text: string): Decimal | Problem {
  const trimmed = text.trim();
  if (written.test(trimmed)) return canonical(new Exact(trimmed));
  const withPoint = trimmed.replace(/,(?=\d{1,2}$)/u, '.').replace(/(?<=\d)[, '](?=\d{3})/gu, '');
  return problem(
    `${shown(text)} is not a number: write digits with a decimal point, such as 4.2`,
    written.test(withPoint) ? withPoint : undefined,
  );
}

/**
 * The decimal that a JavaScript number prints as: exact for integers up to 2^53 and for what was read from decimal text.
 *
 * @throws RangeError when the number is not finite: that is a mistake of the program, not of a user.
 */
export function decimalOf(value: number): Decimal {
  if (!Number.isFinite(value)) throw new RangeError('not a finite number');
  return canonical(new Exact(value));
}

/** A decimal known to be well written, for constants in the program. @throws Error when it is not */
export function decimalFrom(text: string): Decimal {
  const value = parseDecimal(text);
  if (isProblem(value)) throw new Error(value.problem);
  return value;
}

export function add(a: Decimal, b: Decimal): Decimal {
  return canonical(new Exact(a).plus(b));
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return canonical(new Exact(a).minus(b));
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return canonical(new Exact(a).times(b));
}

export function compareDecimals(a: Decimal, b: Decimal): Order {
  return new Exact(a).cmp(b) as Order;
}

export function negate(a: Decimal): Decimal {
  return canonical(new Exact(a).times(-1));
}

/** Digits after the point. */
export function decimalPlaces(value: Decimal): number {
  const point = value.indexOf('.');
  return point < 0 ? 0 : value.length - point - 1;
}

/** Which way the digits that are cut off move a figure. */
export type Rounding = 'down' | 'up' | 'half up';

const ways: Readonly<Record<Rounding, (value: Big, places: number) => Big>> = {
  down: (value, places) => (value.lt(0) ? value.round(places, Big.roundUp) : value.round(places, Big.roundDown)),
  up: (value, places) => (value.lt(0) ? value.round(places, Big.roundDown) : value.round(places, Big.roundUp)),
  'half up': (value, places) => value.round(places, Big.roundHalfUp),
};

/** Cuts a decimal to `places` digits after the point; `down` is towards minus infinity, `up` towards plus infinity. */
export function round(value: Decimal, places: number, way: Rounding): Decimal {
  return canonical(ways[way](new Exact(value), places));
}

/**
 * `numerator / denominator` to `places` digits after the point, rounded once, from the exact quotient: `down` towards minus
 * infinity, `up` towards plus infinity, so that a bound stays a bound.
 *
 * @throws RangeError when the denominator is not positive.
 */
export function divide(numerator: Decimal, denominator: Decimal, places: number, way: Rounding): Decimal {
  const [above, below] = [wholeOf(numerator), wholeOf(denominator)];
  if (below.whole <= 0n) throw new RangeError('the denominator must be positive');
  // As whole numbers, the remainder tells exactly which side of the cut the quotient lies.
  const scaled = above.whole * 10n ** BigInt(places + below.places);
  const divisor = below.whole * 10n ** BigInt(above.places);
  const cut = scaled / divisor;
  const floor = scaled < 0n && cut * divisor !== scaled ? cut - 1n : cut;
  const rest = scaled - floor * divisor;
  const oneMore = way === 'up' ? rest > 0n : way === 'half up' ? rest * 2n >= divisor : false;
  return printed(oneMore ? floor + 1n : floor, places);
}

/** A decimal as so many parts of a power of ten. */
function wholeOf(value: Decimal): { readonly whole: bigint; readonly places: number } {
  const places = decimalPlaces(value);
  return { whole: BigInt(places === 0 ? value : value.replace('.', '')), places };
}

function printed(whole: bigint, places: number): Decimal {
  const digits = String(whole < 0n ? -whole : whole).padStart(places + 1, '0');
  const part = digits.slice(digits.length - places).replace(/0+$/u, '');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}${part === '' ? '' : `.${part}`}`;
  return (whole < 0n ? `-${text}` : text) as Decimal;
}

/** For arithmetic on floats' side of the house (charts): never for a comparison with a target. */
export function approximately(value: Decimal): number {
  return Number(value);
}

function canonical(value: Big): Decimal {
  return (value.eq(0) ? '0' : value.toFixed()) as Decimal;
}
