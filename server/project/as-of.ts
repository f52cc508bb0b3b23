import { isDate, parseDate, printDate, type IsoDate } from '../../language/values/date.ts';

/**
 * The date that everything which depends on today takes: what was asked for (`--as-of`, the editor's setting), else the
 * project's configuration, else today by the clock of this machine. The one place in the product that asks a clock for
 * the day.
 */
export function resolveAsOf(asked: string | undefined, configured: IsoDate | undefined): IsoDate {
  if (asked !== undefined && isDate(asked)) return asked;
  return configured ?? today();
}

/** @returns why a text is not a date, as a sentence; undefined where it is one */
export function asOfProblem(text: string): string | undefined {
  const date = parseDate(text);
  return typeof date === 'string' ? undefined : date.problem;
}

function today(): IsoDate {
  const now = new Date();
  return printDate({ year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() });
}
