/** What is touched, in words. */
import type { AtStake, YearlyFees } from './at-stake.ts';
import type { ImpactGroup } from './impact-summary.ts';
import type { Strength } from './impact.ts';

const headings: Readonly<Record<ImpactGroup, string>> = { services: 'Services and components', agreements: 'Agreements and targets', customers: 'Customers', processes: 'Processes and procedures', figures: 'Figures and reports', others: 'Others' };

export function groupInWords(group: ImpactGroup): string {
  return headings[group];
}

const words: Readonly<Record<Strength, string>> = { needs: 'needs it', 'one of several': 'others stand in', concerned: 'concerned' };

export function strengthInWords(strength: Strength): string {
  return words[strength];
}

/** `fee 12000 EUR per year; credits of at most 1200.00 EUR for a month (capped)`. */
export function stakeInWords({ fee, credits, problems }: AtStake): string {
  return [
    ...(fee ? [`fee ${fee.amount} per ${fee.per}`] : []),
    ...credits.map(({ amount, per, isCapped }) => `credits of at most ${amount} for a ${per}${isCapped ? ' (capped)' : ''}`),
    ...problems.map((problem) => `credits not known in money: ${problem}`),
  ].join('; ');
}

/** Empty where no customer pays a fee. */
export function feesInWords({ amounts, left }: YearlyFees): string {
  const sum = amounts.length === 0 ? [] : [`Customers pay ${amounts.join(' and ')} a year under these agreements`];
  const rest = left === 0 ? [] : [`${left} with a fee by the day or week ${left === 1 ? 'is' : 'are'} not counted`];
  return [...sum, ...rest].join('; ');
}
