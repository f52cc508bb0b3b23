import type { ReviewInterval } from '../../language/model/declarations.ts';
import { addDuration, parseDuration } from '../../language/values/duration.ts';
import { addMonths, isDate, type IsoDate } from '../../language/values/date.ts';
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

/** A planned interval in words: as declared, or the product's default, named as such. */
export function intervalInWords(review: ReviewInterval | undefined, defaultMonths: number): string {
  return review ? `every ${review.every}` : `every ${defaultMonths} months, the default of this product`;
}
