/** The money that agreements speak of: fees, and what is credited at most. */
import type { Agreement } from '../../../language/model/declarations.ts';
import type { IsoDate } from '../../../language/values/date.ts';
import { decimalOf, multiply } from '../../../language/values/decimal.ts';
import { addMoney, parseMoney, printMoney, type Money } from '../../../language/values/money.ts';
import { periodKinds, type PeriodKind } from '../../../language/values/period.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { greatestCredits } from '../../reports/facts/credits.ts';

export interface AtStake {
  /** The fee as agreed: `1200 EUR per month`; absent where none is. */
  readonly fee?: { readonly amount: string; readonly per: string };
  /** What is credited at most for a period, where every target is missed by the most: by kind of period. */
  readonly credits: readonly { readonly per: PeriodKind; readonly amount: string; readonly isCapped: boolean }[];
  /** Why a credit cannot be told in money. */
  readonly problems: readonly string[];
}

export function atStake(agreement: Agreement, asOf: IsoDate): AtStake {
  const credits: AtStake['credits'][number][] = [];
  const problems: string[] = [];
  for (const per of periodKinds) {
    const greatest = greatestCredits(agreement, per, asOf);
    if (typeof greatest === 'string') problems.push(greatest);
    else if (greatest) credits.push({ per, amount: printMoney(greatest.payable), isCapped: greatest.cap !== undefined });
  }
  return { ...(agreement.fee === undefined || agreement.feePeriod === undefined ? {} : { fee: { amount: agreement.fee, per: agreement.feePeriod } }), credits, problems };
}

const timesAYear: Readonly<Partial<Record<string, number>>> = { month: 12, quarter: 4, year: 1 };

export interface YearlyFees {
  /** One amount per currency, exact: nothing is converted. */
  readonly amounts: readonly string[];
  /** How many agreements have a fee by the day or week, which is no exact part of a year. */
  readonly left: number;
}

/** Fees of agreements for twelve months. */
export function yearlyFees(agreements: readonly Agreement[]): YearlyFees {
  const sums = new Map<string, Money>();
  let left = 0;
  for (const { fee, feePeriod } of agreements) {
    if (fee === undefined || feePeriod === undefined) continue;
    const money = parseMoney(fee);
    const times = timesAYear[feePeriod];
    if (isProblem(money) || times === undefined) {
      left++;
      continue;
    }
    const yearly: Money = { amount: multiply(money.amount, decimalOf(times)), currency: money.currency };
    const sum = sums.get(money.currency);
    sums.set(money.currency, sum ? (addMoney(sum, yearly) ?? sum) : yearly);
  }
  return { amounts: [...sums.values()].map(printMoney).toSorted(), left };
}
