/** How values are printed for people, the same in every format. Nothing is rounded here: digits are only grouped. */
import { groupDigits } from '../../../language/values/group-digits.ts';
import { parsePeriod, periodInWords } from '../../../language/values/period.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { wordsIn, type Words } from '../words/words.ts';

export { groupDigits };

/** `2026-03` → `March 2026`; text that is no period as it is. */
export function printPeriod(text: string): string {
  const period = parsePeriod(text);
  return isProblem(period) ? text : periodInWords(period);
}

/** For axes and heads: `2026-03` → `Mar`, and `Jan 26` where a year begins or a series does. */
export function printPeriodShort(period: string, withYear: boolean, words: Words = wordsIn('en')): string {
  const quarter = /^\d\d(\d\d)-(Q[1-4])$/.exec(period);
  if (quarter !== null) return `${quarter[2]} ${quarter[1]}`;
  const match = /^(\d{4})-(\d{2})$/.exec(period);
  if (match === null) return period;
  const name = words.monthShort(Number(match[2]));
  return withYear ? `${name} ${(match[1] ?? '').slice(2)}` : name;
}

/** Labels for successive periods; the year stands with the first and with each January. */
export function periodLabels(periods: readonly string[], words: Words = wordsIn('en')): string[] {
  return periods.map((period, index) => printPeriodShort(period, index === 0 || period.endsWith('-01'), words));
}

/** `1 gap`, `2 gaps`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${groupDigits(String(count))} ${count === 1 ? one : many}`;
}
