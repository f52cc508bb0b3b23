import type { ReviewInterval } from '../../language/model/declarations.ts';
import { addDuration, parseDuration } from '../../language/values/duration.ts';
import { addMonths, isDate, type IsoDate } from '../../language/values/date.ts';
import type { PlannedInterval } from './planned-interval.ts';
import { isProblem } from '../../language/values/problem.ts';

/** A date as written, if it is one. */
export function dateOf(text: string | undefined): IsoDate | undefined {
  return text !== undefined && isDate(text) ? text : undefined;
}

/** The day a planned interval after a date: as declared, else the product's default in months. Undefined if the interval cannot be read. */
export function intervalAfter(date: IsoDate, every: string | undefined, defaultMonths: number): IsoDate | undefined {
  if (every === undefined) return addMonths(date, defaultMonths);
  const duration = parseDuration(every);
  if (isProblem(duration)) return undefined;
  const end = addDuration(date, duration);
  return isProblem(end) ? undefined : end;
}

/** A planned interval in words: as declared, or the one that holds without. */
export function intervalInWords(review: ReviewInterval | undefined, planned: PlannedInterval): string {
  return review ? `every ${review.every}` : planned.words;
}

/** The latest of several days as written that is not still to come. */
export function latestOf(texts: readonly (string | undefined)[], asOf: IsoDate): IsoDate | undefined {
  return texts.map(dateOf).filter((date) => date !== undefined).filter((date) => date <= asOf).sort().at(-1);
}

/** Whether a day as written has come and lies no more than so many months back. */
export function isWithinMonths(text: string | undefined, months: number, asOf: IsoDate): boolean {
  const date = dateOf(text);
  return date !== undefined && date <= asOf && addMonths(date, months) >= asOf;
}
