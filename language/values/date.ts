import { problem, shown, type Problem } from './problem.ts';

declare const isoDate: unique symbol;
declare const dayNumber: unique symbol;

/** A calendar date of the Gregorian calendar, `YYYY-MM-DD` (ISO 8601), years 1900 to 2199. Compares as text. */
export type IsoDate = string & { readonly [isoDate]: true };

/** The number of a date: days since 1970-01-01. */
export type DayNumber = number & { readonly [dayNumber]: true };

/** Day of the week as in ISO 8601: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const firstYear = 1900;
export const lastYear = 2199;

export const monthNames = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
] as const;

export interface YearMonthDay {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  /** 1 to 31 */
  readonly day: number;
}

const secondsPerDay = 86_400;
const written = /^(\d{4})-(\d{2})-(\d{2})$/u;

/** Reads `2026-01-01`; an impossible date and one that can be read two ways are told apart. */
export function parseDate(text: string): IsoDate | Problem {
  const trimmed = text.trim();
  const match = written.exec(trimmed);
  if (match !== null) {
    const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
    if (year < firstYear || year > lastYear) {
      return problem(`${shown(trimmed)} is outside the years ${firstYear} to ${lastYear}`);
    }
    if (month < 1 || month > 12) {
      const swapped = day >= 1 && day <= 12 && month <= daysInMonth(year, day) && month > 0
        ? printDate({ year, month: day, day: month }) : undefined;
      return problem(`There is no month ${match[2]}: dates are written year-month-day`, swapped);
    }
    if (day < 1 || day > daysInMonth(year, month)) {
      return problem(
        `There is no ${trimmed}: ${monthNames[month - 1]} ${year} has ${daysInMonth(year, month)} days`,
        day === 0 ? undefined : printDate({ year, month, day: daysInMonth(year, month) }),
      );
    }
    return trimmed as IsoDate;
  }
  return problem(`${shown(text)} is not a date: write year-month-day, such as 2026-01-31`, repaired(trimmed));
}

/** Only where it can be read one way: the year first, or a day above 12. */
function repaired(text: string): string | undefined {
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/u.exec(text);
  if (yearFirst !== null) return possible(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/u.exec(text);
  if (yearLast === null) return undefined;
  const [first, second, year] = [Number(yearLast[1]), Number(yearLast[2]), Number(yearLast[3])];
  if (first > 12) return possible(year, second, first);
  if (second > 12 || first === second) return possible(year, first, second);
  return undefined;
}

function possible(year: number, month: number, day: number): string | undefined {
  const inRange = year >= firstYear && year <= lastYear && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return inRange ? printDate({ year, month, day }) : undefined;
}

export function isDate(text: string): text is IsoDate {
  return typeof parseDate(text) === 'string' && text === text.trim();
}

/** A date known to be well written, for constants in the program. @throws Error when it is not */
export function dateFrom(text: string): IsoDate {
  const value = parseDate(text);
  if (typeof value !== 'string') throw new Error(value.problem);
  return value;
}

export function printDate({ year, month, day }: YearMonthDay): IsoDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as IsoDate;
}

/** `31 January 2026` */
export function dateInWords(date: IsoDate): string {
  const { year, month, day } = partsOfDate(date);
  return `${day} ${monthNames[month - 1]} ${year}`;
}

export function partsOfDate(date: IsoDate): YearMonthDay {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  switch (month) {
    case 2: return isLeapYear(year) ? 29 : 28;
    case 4: case 6: case 9: case 11: return 30;
    default: return 31;
  }
}

export function dayNumberOf(date: IsoDate): DayNumber {
  const { year, month, day } = partsOfDate(date);
  return (Date.UTC(year, month - 1, day) / (secondsPerDay * 1000)) as DayNumber;
}

export function dateOfDayNumber(day: DayNumber): IsoDate {
  return new Date(day * secondsPerDay * 1000).toISOString().slice(0, 10) as IsoDate;
}

export function weekdayOfDayNumber(day: DayNumber): Weekday {
  // 1970-01-01 was a Thursday.
  return ((((day + 3) % 7) + 7) % 7 + 1) as Weekday;
}

export function weekdayOf(date: IsoDate): Weekday {
  return weekdayOfDayNumber(dayNumberOf(date));
}

export function compareDates(a: IsoDate, b: IsoDate): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Days from `from` to `to`: 1 from one day to the next, negative when `to` is the earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumberOf(to) - dayNumberOf(from);
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return dateOfDayNumber((dayNumberOf(date) + days) as DayNumber);
}

/**
 * Calendar months later (or earlier): the same day of the month, or the month's last day where it has no such day
 * (31 August and 6 months is 28 February). A repeating interval is therefore counted from its first date, not from step to step.
 */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const { year, month, day } = partsOfDate(date);
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = index - toYear * 12 + 1;
  return printDate({ year: toYear, month: toMonth, day: Math.min(day, daysInMonth(toYear, toMonth)) });
}
