import { meets, type Comparison } from './comparison.ts';
import { compareDecimals, parseDecimal, type Decimal, type Order } from './decimal.ts';
import { compareDurations, parseDuration, printDuration, type Duration } from './duration.ts';
import { compareMoney, parseMoney, printMoney, type Money } from './money.ts';
import { parsePercent, printPercent, type Percent } from './percent.ts';
import { isProblem, problem, shown, type Problem } from './problem.ts';

/** What a target may be stated in. */
export type Quantity =
  | { readonly kind: 'percent'; readonly percent: Percent }
  | { readonly kind: 'duration'; readonly duration: Duration }
  | { readonly kind: 'money'; readonly money: Money }
  | { readonly kind: 'number'; readonly number: Decimal };

/** Reads `99.8%`, `4h`, `2 working days`, `500 EUR`, `4.2`: the kind follows from the text. */
export function parseQuantity(text: string): Quantity | Problem {
  const trimmed = text.trim();
  if (trimmed.endsWith('%')) {
    const percent = parsePercent(trimmed);
    return isProblem(percent) ? percent : { kind: 'percent', percent };
  }
  const number = parseDecimal(trimmed);
  if (!isProblem(number)) return { kind: 'number', number };
  const money = parseMoney(trimmed);
  if (!isProblem(money)) return { kind: 'money', money };
  const duration = parseDuration(trimmed);
  if (!isProblem(duration)) return { kind: 'duration', duration };
  const suggestion = duration.suggestion ?? money.suggestion ?? number.suggestion;
  if (/[A-Z]{3}$/u.test(trimmed)) return money;
  return /[a-z]$/iu.test(trimmed) ? duration
    : problem(`${shown(text)} is neither a number, a percentage, a duration nor an amount of money`, suggestion);
}

export function printQuantity(quantity: Quantity): string {
  switch (quantity.kind) {
    case 'percent': return printPercent(quantity.percent);
    case 'duration': return printDuration(quantity.duration);
    case 'money': return printMoney(quantity.money);
    case 'number': return quantity.number;
  }
}

/** Undefined where they cannot be compared: two kinds, two currencies, months against days. */
export function compareQuantities(a: Quantity, b: Quantity): Order | undefined {
  switch (a.kind) {
    case 'percent': return b.kind === 'percent' ? compareDecimals(a.percent, b.percent) : undefined;
    case 'duration': return b.kind === 'duration' ? compareDurations(a.duration, b.duration) : undefined;
    case 'money': return b.kind === 'money' ? compareMoney(a.money, b.money) : undefined;
    case 'number': return b.kind === 'number' ? compareDecimals(a.number, b.number) : undefined;
  }
}

/** Whether a quantity meets a target; undefined where they cannot be compared. */
export function quantityMeets(actual: Quantity, comparison: Comparison, target: Quantity): boolean | undefined {
  const order = compareQuantities(actual, target);
  return order === undefined ? undefined : meets(order, comparison);
}
