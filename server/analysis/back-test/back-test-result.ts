import type { Figure } from '../../measurement/figure.ts';
import type { Variation } from './variations.ts';

/** How often a promise would have been kept. */
export interface Tally {
  readonly met: number;
  readonly missed: number;
  /** Periods of which nobody can tell: no data, too few records. */
  readonly unknown: number;
}

/** A promise as it might have been, and what would have become of it. */
export interface VariedResult extends Variation {
  readonly tally: Tally;
  /** The figure that was furthest from the promise, as it is written in figures; undefined where none is known. */
  readonly figures: readonly Figure[];
  /** Service credits of all periods, with this promise in place of the declared one; a text says why they cannot be told. */
  readonly credits: CreditSum;
}

/** Service credits of several periods. */
export interface CreditSum {
  /** `1200 EUR`, one for each currency; none where nothing is due. */
  readonly due: readonly string[];
  /** Periods for which credits are due, and for which they are not known. */
  readonly periods: number;
  readonly unknown: number;
  readonly reason?: string;
}

export interface BackTestedPromise {
  readonly kind: 'target' | 'workload';
  readonly name: string;
  /** As the agreement says it: `restore P1 within 4h for 95% per month`. */
  readonly says: string;
  /** By period, the oldest first. */
  readonly figures: readonly Figure[];
  readonly tally: Tally;
  readonly varied: readonly VariedResult[];
}

/** What would have become of an agreement if it had been in force in the last periods. */
export interface BackTest {
  readonly agreement: string;
  /** Nobody has agreed it yet, or it is not in force on the day. */
  readonly isDraft: boolean;
  /** The months that are looked at, the oldest first. */
  readonly months: readonly string[];
  readonly promises: readonly BackTestedPromise[];
  /** By month: what would have been due, where the agreement promises credits. */
  readonly credits: readonly { readonly month: string; readonly due: string | undefined; readonly isAtLeast: boolean; readonly reason?: string }[];
  readonly creditSum: CreditSum;
}

export function tallyOf(figures: readonly Figure[]): Tally {
  const count = (...verdicts: readonly Figure['verdict'][]): number => figures.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return { met: count('met', 'warning'), missed: count('missed'), unknown: count('unknown', 'tooFew', 'noTarget') };
}
