import { decimalPlacesOfCurrency } from './currencies.ts';
import { add, compareDecimals, decimalPlaces, multiply, parseDecimal, round, subtract, type Decimal, type Order, type Rounding } from './decimal.ts';
import { nearest } from './nearest.ts';
import { isProblem, problem, shown, type Problem } from './problem.ts';
import type { Percent } from './percent.ts';

declare const currencyCode: unique symbol;

/** ISO 4217, three letters. */
export type CurrencyCode = string & { readonly [currencyCode]: true };

export interface Money {
  readonly amount: Decimal;
  readonly currency: CurrencyCode;
}

const symbols: ReadonlyMap<string, string> = new Map([['€', 'EUR'], ['$', 'USD'], ['£', 'GBP'], ['¥', 'JPY'], ['₹', 'INR']]);

/** Reads `500 EUR`, `0.05 USD`: an exact amount, with no more digits than the currency has. */
export function parseMoney(text: string): Money | Problem {
  const trimmed = text.trim();
  const match = /^(-?\d{1,15}(?:\.\d{1,6})?) ([A-Z]{3})$/u.exec(trimmed);
  if (match === null) return problem(`${shown(text)} is not an amount of money: write 500 EUR`, repaired(trimmed));
  const currency = parseCurrency(match[2]!);
  if (isProblem(currency)) {
    return problem(currency.problem, currency.suggestion === undefined ? undefined : `${match[1]} ${currency.suggestion}`);
  }
  const amount = parseDecimal(match[1]!);
  if (isProblem(amount)) return amount;
  const places = decimalPlacesOfCurrency.get(currency)!;
  return decimalPlaces(amount) <= places ? { amount, currency } : problem(`${currency} has ${places === 0 ? 'no' : places} decimal places`);
}

export function parseCurrency(text: string): CurrencyCode | Problem {
  if (decimalPlacesOfCurrency.has(text)) return text as CurrencyCode;
  return problem(`${shown(text)} is not a currency code of ISO 4217`, nearest(text, decimalPlacesOfCurrency.keys()));
}

function repaired(text: string): string | undefined {
  const match = /^([€$£¥₹]|[A-Z]{3})?\s*(-?\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?|-?\d{1,15}(?:\.\d+)?)\s*([€$£¥₹]|[A-Z]{3})?$/iu.exec(text);
  const unit = match?.[3] ?? match?.[1];
  if (match === null || unit === undefined) return undefined;
  const better = `${match[2]!.replace(/[,' ]/gu, '')} ${symbols.get(unit) ?? unit.toUpperCase()}`;
  return isProblem(parseMoney(better)) ? undefined : better;
}

/** `500 EUR`, `12.50 EUR`: with all digits of its minor unit, or none. */
export function printMoney({ amount, currency }: Money): string {
  const places = decimalPlacesOfCurrency.get(currency) ?? 2;
  const [whole, fraction] = amount.split('.');
  return fraction === undefined ? `${amount} ${currency}` : `${whole}.${fraction.padEnd(places, '0')} ${currency}`;
}

/** Undefined for two currencies: no rate is assumed. */
export function addMoney(a: Money, b: Money): Money | undefined {
  return a.currency === b.currency ? { amount: add(a.amount, b.amount), currency: a.currency } : undefined;
}

export function subtractMoney(a: Money, b: Money): Money | undefined {
  return a.currency === b.currency ? { amount: subtract(a.amount, b.amount), currency: a.currency } : undefined;
}

/** A share of an amount, to the digits of its currency; the caller says which way, for somebody gains by it. */
export function shareOfMoney({ amount, currency }: Money, share: Percent, way: Rounding): Money {
  const exact = multiply(multiply(amount, share), '0.01' as Decimal);
  return { amount: round(exact, decimalPlacesOfCurrency.get(currency) ?? 2, way), currency };
}

export function compareMoney(a: Money, b: Money): Order | undefined {
  return a.currency === b.currency ? compareDecimals(a.amount, b.amount) : undefined;
}
