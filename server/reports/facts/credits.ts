/** Service credits that the figures of a period give rise to, as the agreement states them. */
import type { Agreement, Credit } from '../../../language/model/declarations.ts';
import { meets, parseComparison } from '../../../language/values/comparison.ts';
import { decimalPlacesOfCurrency } from '../../../language/values/currencies.ts';
import { daysBetween, parseDate, type IsoDate } from '../../../language/values/date.ts';
import { add, compareDecimals, decimalOf, divide, multiply, type Decimal } from '../../../language/values/decimal.ts';
import { parseMoney, type CurrencyCode, type Money } from '../../../language/values/money.ts';
import { compareRatio, parsePercent } from '../../../language/values/percent.ts';
import { compareQuantities, parseQuantity, quantityMeets } from '../../../language/values/quantity.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { parsePeriod, periodOf, type Period, type PeriodKind } from '../../../language/values/period.ts';
import type { Figure } from '../../measurement/figure.ts';
import type { FigureIndex } from './figures.ts';

export interface CreditState {
  readonly credit: Credit;
  readonly index: number;
  /** `due`: its condition holds and no greater credit of the same target does. `unknown`: the figure is not known. */
  readonly state: 'due' | 'covered by a greater one' | 'not due' | 'unknown' | 'of another period';
  readonly figure: Figure | undefined;
  /** The credit in money; a text says why it cannot be told. */
  readonly amount: ExactMoney | string;
}

/** Of several tiers for one target the greatest whose condition holds is due. */
export function creditStates(agreement: Agreement, figures: FigureIndex, period: Period): readonly CreditState[] {
  const states = agreement.credits.map((credit, index) => {
    const target = credit.target.includes('.') ? credit.target.slice(credit.target.indexOf('.') + 1) : credit.target;
    const figure = figures.series({ kind: 'target', agreement: agreement.name, target }, period).last;
    const of = figure === undefined ? undefined : parsePeriod(figure.period);
    // A quarter's credit is due once: with the month in which the quarter ends.
    const elsewhere = of !== undefined && !isProblem(of) && of.lastDay < period.firstDay;
    const base = of === undefined || isProblem(of) ? period : of;
    return { credit, index, target, figure, elsewhere, amount: creditAmount(agreement, credit.amount, base), holds: elsewhere ? false : conditionHolds(credit, figure) };
  });
  return states.map((each): CreditState => {
    const greater = states.some((other) => other !== each && other.target === each.target && other.holds === true && isGreater(other, each));
    const state = each.elsewhere ? 'of another period' : each.holds === undefined ? 'unknown' : !each.holds ? 'not due' : greater ? 'covered by a greater one' : 'due';
    return { credit: each.credit, index: each.index, state, figure: each.figure, amount: each.amount };
  });
}

/** An amount that may have more digits than its currency: a percentage of a third of a quarter's fee. */
export interface ExactMoney {
  readonly numerator: Decimal;
  readonly denominator: Decimal;
  readonly currency: CurrencyCode;
}

/** What is to be paid for a period, exactly, and rounded half up to the digits of its currency once, at the end. */
export interface CreditTotal {
  readonly sum: Money;
  /** What the agreement pays at most, where the sum is more. */
  readonly cap?: Money;
  /** What is to be paid. */
  readonly payable: Money;
  /** Further credits depend on figures that are not known. */
  readonly atLeast: boolean;
}

/** The credits that are due, summed and capped; a text says why they cannot be, undefined that none is. */
export function creditTotal(agreement: Agreement, states: readonly CreditState[], period: Period): CreditTotal | string | undefined {
  const due = states.filter(({ state }) => state === 'due');
  const atLeast = states.some(({ state }) => state === 'unknown');
  let sum: ExactMoney | undefined;
  for (const { amount } of due) {
    if (typeof amount === 'string') return amount;
    const next: ExactMoney | undefined = sum === undefined ? amount : addExact(sum, amount);
    if (next === undefined) return 'Credits in different currencies are not added';
    sum = next;
  }
  if (sum === undefined) return undefined;
  const total = rounded(sum);
  if (agreement.creditCap === undefined) return { sum: total, payable: total, atLeast };
  // The fee of the longest period that a credit is due for.
  const longest = due.flatMap(({ figure }) => (figure === undefined ? [] : parsePeriod(figure.period))).reduce<Period>((long, one) => (!isProblem(one) && (monthsOf[one.kind] ?? 0) > (monthsOf[long.kind] ?? 0) ? one : long), period);
  const cap = creditAmount(agreement, agreement.creditCap, longest);
  if (typeof cap === 'string') return cap;
  const order = compareExact(sum, cap);
  if (order === undefined) return 'The cap is in another currency than the credits';
  return order > 0 ? { sum: total, cap: rounded(cap), payable: rounded(cap), atLeast: false } : { sum: total, payable: total, atLeast };
}

/** What an agreement pays at most for a period of one kind: of each target the greatest credit, summed and capped; undefined without credits. */
export function greatestCredits(agreement: Agreement, kind: PeriodKind, asOf: IsoDate): CreditTotal | string | undefined {
  const period = periodOf(asOf, kind);
  const all = agreement.credits.flatMap((credit, index) => {
    const target = agreement.targets.find(({ name }) => credit.target === name || credit.target.endsWith(`.${name}`));
    return (target?.period ?? 'month') === kind ? [{ credit, index, amount: creditAmount(agreement, credit.amount, period) }] : [];
  });
  const greatest = all.filter((each) => !all.some((other) => other !== each && other.credit.target === each.credit.target && isGreater(other, each)));
  return creditTotal(agreement, greatest.map(({ credit, index, amount }): CreditState => ({ credit, index, amount, state: 'due', figure: undefined })), period);
}

const monthsOf: Readonly<Partial<Record<PeriodKind, number>>> = { month: 1, quarter: 3, year: 12 };
const daysOf: Readonly<Partial<Record<PeriodKind, number>>> = { day: 1, week: 7 };

/** A credit or cap in money: as it is, or as a percentage of the fee for a period. */
function creditAmount(agreement: Agreement, text: string, period: Period): ExactMoney | string {
  const one = decimalOf(1);
  if (!text.endsWith('%')) {
    const money = parseMoney(text);
    return isProblem(money) ? money.problem : { numerator: money.amount, denominator: one, currency: money.currency };
  }
  const percent = parsePercent(text);
  if (isProblem(percent)) return percent.problem;
  if (agreement.fee === undefined || agreement.feePeriod === undefined) return 'The agreement states no fee that a percentage could be taken of';
  const fee = parseMoney(agreement.fee);
  if (isProblem(fee)) return fee.problem;
  const [wanted, stated] = [monthsOf[period.kind] ?? daysOf[period.kind], monthsOf[agreement.feePeriod] ?? daysOf[agreement.feePeriod]];
  if (wanted === undefined || stated === undefined || (period.kind in monthsOf) !== (agreement.feePeriod in monthsOf)) return `A fee per ${agreement.feePeriod} says nothing of a ${period.kind}`;
  const share = proratedDays(agreement, period);
  return {
    numerator: multiply(multiply(fee.amount, percent), decimalOf(wanted * share.days)),
    denominator: decimalOf(100 * stated * share.of), currency: fee.currency,
  };
}

/** Of how many days of a period a fee is owed: all, unless the agreement prorates the one in which it begins. */
function proratedDays({ firstPeriod, validFrom }: Agreement, period: Period): { readonly days: number; readonly of: number } {
  const from = validFrom === undefined ? undefined : parseDate(validFrom);
  const of = daysBetween(period.firstDay, period.lastDay) + 1;
  if (firstPeriod !== 'prorated' || from === undefined || isProblem(from) || from <= period.firstDay || from > period.lastDay) return { days: 1, of: 1 };
  return { days: daysBetween(from, period.lastDay) + 1, of };
}

function addExact(a: ExactMoney, b: ExactMoney): ExactMoney | undefined {
  if (a.currency !== b.currency) return undefined;
  return { numerator: add(multiply(a.numerator, b.denominator), multiply(b.numerator, a.denominator)), denominator: multiply(a.denominator, b.denominator), currency: a.currency };
}

function compareExact(a: ExactMoney, b: ExactMoney): number | undefined {
  return a.currency === b.currency ? compareDecimals(multiply(a.numerator, b.denominator), multiply(b.numerator, a.denominator)) : undefined;
}

export function rounded({ numerator, denominator, currency }: ExactMoney): Money {
  return { amount: divide(numerator, denominator, decimalPlacesOfCurrency.get(currency) ?? 2, 'half up'), currency };
}

/** Exact where the figure has a numerator and denominator: the printed value may be cut. */
function conditionHolds(credit: Credit, figure: Figure | undefined): boolean | undefined {
  if (figure?.value === undefined || figure.verdict === 'unknown') return undefined;
  const comparison = parseComparison(credit.comparison);
  const threshold = parseQuantity(credit.threshold);
  if (isProblem(comparison) || isProblem(threshold)) return undefined;
  // Of a period in which the target changed all parts count together: the condition speaks of the whole period.
  const parts = figure.parts ?? [figure];
  if (parts.length > 1 && parts.some((part) => part.value === undefined)) return undefined;
  const [numerator, denominator] = [parts.reduce((sum, part) => sum + Number(part.numerator), 0), parts.reduce((sum, part) => sum + Number(part.denominator), 0)];
  if (threshold.kind === 'percent' && Number.isSafeInteger(numerator) && denominator > 0) {
    const order = compareRatio({ numerator, denominator }, threshold.percent);
    return order === undefined ? undefined : meets(order, comparison);
  }
  const value = parseQuantity(figure.unit === 'percent' ? `${figure.value}%` : figure.unit === 'seconds' ? `${figure.value}s` : figure.value);
  return isProblem(value) ? undefined : quantityMeets(value, comparison, threshold);
}

/** Of the same size, the first is the greater, so that one of them counts. */
function isGreater(a: { readonly credit: Credit; readonly index: number; readonly amount: ExactMoney | string }, b: { readonly credit: Credit; readonly index: number; readonly amount: ExactMoney | string }): boolean {
  const [left, right] = [parseQuantity(a.credit.amount), parseQuantity(b.credit.amount)];
  const order = typeof a.amount !== 'string' && typeof b.amount !== 'string' ? compareExact(a.amount, b.amount) : isProblem(left) || isProblem(right) ? undefined : compareQuantities(left, right);
  return order === undefined ? false : order > 0 || (order === 0 && a.index < b.index);
}
