import { addDays, addMonths, daysInMonth, type IsoDate } from './date.ts';
import type { Order } from './decimal.ts';
import { groupDigits } from './group-digits.ts';
import { secondsOf, type Seconds } from './instant.ts';
import { problem, shown, type Problem } from './problem.ts';

/** Units of elapsed time: exact, `d` is 24 h and `w` is 7 d whatever the clocks do. */
export type ElapsedUnit = 'ms' | 's' | 'min' | 'h' | 'd' | 'w';
/** Units of the calendar: as long as the months they fall on. */
export type CalendarUnit = 'mo' | 'y';

export interface DurationPart<Unit extends string> {
  readonly count: number;
  readonly unit: Unit;
}

/** So many seconds (open ones, where a calendar is named). */
export interface ElapsedDuration {
  readonly kind: 'elapsed';
  readonly seconds: Seconds;
  /** As written, so that `24h` does not come back as `1d`. */
  readonly parts: readonly DurationPart<ElapsedUnit>[];
}

/** So many calendar months. */
export interface CalendarDuration {
  readonly kind: 'calendar';
  readonly months: number;
  readonly parts: readonly DurationPart<CalendarUnit>[];
}

/** So many days on which the calendar that applies is open. */
export interface WorkingDaysDuration {
  readonly kind: 'working days';
  readonly workingDays: number;
}

export type Duration = ElapsedDuration | CalendarDuration | WorkingDaysDuration;

/** In the order in which they are written, each with its milliseconds. */
const elapsedUnits: readonly (readonly [ElapsedUnit, number])[] = [
  ['w', 604_800_000], ['d', 86_400_000], ['h', 3_600_000], ['min', 60_000], ['s', 1000], ['ms', 1],
];
const calendarUnits: readonly (readonly [CalendarUnit, number])[] = [['y', 12], ['mo', 1]];

const order: readonly string[] = ['y', 'mo', 'w', 'd', 'h', 'min', 's', 'ms'];

const synonyms: ReadonlyMap<string, string> = new Map(Object.entries({
  msec: 'ms', msecs: 'ms', millisecond: 'ms', milliseconds: 'ms',
  sec: 's', secs: 's', second: 's', seconds: 's',
  m: 'min', mn: 'min', mins: 'min', minute: 'min', minutes: 'min',
  hr: 'h', hrs: 'h', hour: 'h', hours: 'h',
  day: 'd', days: 'd', wk: 'w', wks: 'w', week: 'w', weeks: 'w',
  mon: 'mo', mons: 'mo', mos: 'mo', mth: 'mo', mths: 'mo', month: 'mo', months: 'mo',
  yr: 'y', yrs: 'y', year: 'y', years: 'y',
}));

/** For messages and for completion. */
export const acceptedDurations = '90s, 15min, 4h, 1h30min, 2d, 1w, 6mo, 1y or 2 working days';

/** Longer is a slip of the finger, and would leave the calendar that the clock knows. */
const longestYears = 200;

/**
 * Reads a duration: `250ms` `90s` `15min` `4h` `2d` `1w`, together from the largest unit down (`1h30min`); `6mo` `1y` `1y6mo`;
 * `2 working days`. Months and weeks or hours do not add up to one number and cannot be combined.
 */
export function parseDuration(text: string): Duration | Problem {
  const trimmed = text.trim();
  if (trimmed.length > 60) return notADuration(text);
  const working = /^(\d{1,5})\s+working\s+days?$/u.exec(trimmed);
  if (working !== null) return { kind: 'working days', workingDays: Number(working[1]) };
  const workingLike = /^(\d{1,5})\s*(?:working|business|work|bus)?[ -]?(?:days?|wd|bd)$/iu.exec(trimmed);
  if (workingLike !== null && /w|b/iu.test(trimmed)) {
    return problem(`${shown(text)} is not a duration: write “working days” in words`, printWorkingDays(Number(workingLike[1])));
  }

  const pieces = [...trimmed.matchAll(/(\d+(?:[.,]\d+)?)\s*([a-zµ]+)\s*/giu)];
  if (pieces.length === 0 || pieces.map((piece) => piece[0]).join('') !== trimmed) {
    const bare = /^\d{1,5}$/u.test(trimmed);
    return bare ? problem(`${shown(text)} needs a unit: write ${trimmed}min, ${trimmed}h or ${trimmed}d`) : notADuration(text);
  }
  const parts: DurationPart<string>[] = [];
  let asWritten = true;
  let fraction = false;
  for (const [, count = '', unit = ''] of pieces) {
    const known = order.includes(unit) ? unit : synonyms.get(unit.toLowerCase()) ?? (order.includes(unit.toLowerCase()) ? unit.toLowerCase() : undefined);
    if (known === undefined) return notADuration(text);
    asWritten &&= known === unit;
    fraction ||= /[.,]/u.test(count);
    parts.push({ count: Number(count.replace(',', '.')), unit: known });
  }
  const elapsed = parts.filter((part): part is DurationPart<ElapsedUnit> => elapsedUnits.some(([unit]) => unit === part.unit));
  const months = parts.filter((part): part is DurationPart<CalendarUnit> => calendarUnits.some(([unit]) => unit === part.unit));
  if (elapsed.length > 0 && months.length > 0) {
    return problem(`${shown(text)} mixes calendar months with fixed lengths, and months differ in length: use one or the other`);
  }
  const value = months.length > 0 ? calendarOf(months) : elapsedOf(elapsed);
  if (value === undefined) return problem(`${shown(text)} is longer than ${longestYears} years`);
  const better = suggestionFor(value);
  if (pieces.some(([, , unit]) => unit === 'm' || unit === 'M')) {
    return problem(
      `${shown(text)} could mean minutes or months: write min for minutes, mo for months`, pieces.length === 1 || elapsed.length > 1 ? better : undefined,
    );
  }
  if (fraction) return problem(`${shown(text)} has a fraction: use the next smaller unit`, better);
  if (!asWritten) return problem(`${shown(text)} has a unit that is not known: write ${acceptedDurations}`, better);
  const positions = parts.map((part) => order.indexOf(part.unit));
  if (positions.some((position, index) => index > 0 && position <= positions[index - 1]!)) {
    return problem(`${shown(text)} is not in order: write the largest unit first, each once`, better);
  }
  return value;
}

function notADuration(text: string): Problem {
  return problem(`${shown(text)} is not a duration: write ${acceptedDurations}`);
}

function elapsedOf(parts: readonly DurationPart<ElapsedUnit>[]): ElapsedDuration | undefined {
  let milliseconds = 0;
  for (const { count, unit } of parts) milliseconds += count * elapsedUnits.find(([name]) => name === unit)![1];
  if (milliseconds > longestYears * 366 * 86_400_000) return undefined;
  return { kind: 'elapsed', seconds: secondsOf(milliseconds / 1000), parts };
}

function calendarOf(parts: readonly DurationPart<CalendarUnit>[]): CalendarDuration | undefined {
  let months = 0;
  for (const { count, unit } of parts) months += count * calendarUnits.find(([name]) => name === unit)![1];
  if (months > longestYears * 12) return undefined;
  return { kind: 'calendar', months, parts };
}

function suggestionFor(value: ElapsedDuration | CalendarDuration): string | undefined {
  if (value.kind === 'calendar') {
    if (!Number.isInteger(value.months)) return undefined;
    return value.parts.length === 1 && Number.isInteger(value.parts[0]!.count) ? printDuration(value) : printDuration(durationOfMonths(value.months));
  }
  const whole = value.parts.every((part) => Number.isInteger(part.count));
  if (value.parts.length === 1 && whole) return printDuration(value);
  return Number.isInteger(value.seconds * 1000) ? printDuration(durationOfSeconds(value.seconds)) : undefined;
}

/**
 * A computed length, for people: hours, minutes and seconds; whole days from three days on, since `48h` of open time would
 * read as two working days when called `2d`.
 *
 * @throws RangeError when negative or not finite.
 */
export function durationOfSeconds(seconds: number): ElapsedDuration {
  if (!(seconds >= 0) || !Number.isFinite(seconds)) throw new RangeError('a length of time is finite and not negative');
  let rest = Math.round(seconds * 1000);
  const parts: DurationPart<ElapsedUnit>[] = [];
  for (const [unit, size] of elapsedUnits) {
    if (unit === 'w' || (unit === 'd' && (rest % size !== 0 || rest < 3 * size))) continue;
    const count = Math.floor(rest / size);
    if (count > 0) parts.push({ count, unit });
    rest -= count * size;
  }
  return { kind: 'elapsed', seconds: secondsOf(Math.round(seconds * 1000) / 1000), parts: parts.length > 0 ? parts : [{ count: 0, unit: 'min' }] };
}

export function durationOfMonths(months: number): CalendarDuration {
  const years = Math.floor(months / 12);
  const parts: DurationPart<CalendarUnit>[] = [];
  if (years > 0) parts.push({ count: years, unit: 'y' });
  if (months % 12 > 0 || years === 0) parts.push({ count: months % 12, unit: 'mo' });
  return { kind: 'calendar', months, parts };
}

/** The canonical text: `1h30min`, `6mo`, `2 working days`. */
export function printDuration(duration: Duration): string {
  switch (duration.kind) {
    case 'elapsed':
    case 'calendar': return duration.parts.map(({ count, unit }) => `${count}${unit}`).join('');
    case 'working days': return printWorkingDays(duration.workingDays);
  }
}

function printWorkingDays(days: number): string {
  return `${days} working ${days === 1 ? 'day' : 'days'}`;
}

/** A measured length for people to read: `45 s`, `29 min`, `743 h 31 min 12 s`. Whole seconds, nothing left out; a number stays on the line of its unit. */
export function secondsInWords(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unknown';
  const whole = Math.round(Math.abs(seconds));
  const parts = [[Math.floor(whole / 3600), 'h'], [Math.floor((whole % 3600) / 60), 'min'], [whole % 60, 's']] as const;
  const words = parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count < 1000 ? count : groupDigits(String(count))}\u00a0${unit}`]));
  return `${seconds < 0 ? '−' : ''}${words.length === 0 ? '0\u00a0min' : words.join(' ')}`;
}

/** A duration as written, for people to read: `4h` → `4 h`, `1h30min` → `1 h 30 min`, `2 working days` as it is. */
export function spacedDuration(text: string): string {
  return text.replace(/(\d)([a-z])/giu, '$1\u00a0$2').replace(/([a-z])(\d)/giu, '$1 $2');
}

/** A duration known to be well written, for constants in the program. @throws Error when it is not */
export function durationFrom(text: string): Duration {
  const value = parseDuration(text);
  if ('problem' in value) throw new Error(value.problem);
  return value;
}

/**
 * Shorter, equal or longer; undefined where that depends on the dates (`1mo` and `30d`) or on a calendar (working days and hours).
 */
export function compareDurations(a: Duration, b: Duration): Order | undefined {
  if (a.kind === 'working days' || b.kind === 'working days') {
    return a.kind === 'working days' && b.kind === 'working days' ? sign(a.workingDays - b.workingDays) : undefined;
  }
  if (a.kind === 'elapsed' && b.kind === 'elapsed') return sign(a.seconds - b.seconds);
  if (a.kind === 'calendar' && b.kind === 'calendar') return sign(a.months - b.months);
  const [shortestA, longestA] = secondsAtLeastAndMost(a);
  const [shortestB, longestB] = secondsAtLeastAndMost(b);
  if (longestA < shortestB) return -1;
  if (shortestA > longestB) return 1;
  return shortestA === longestA && shortestB === longestB && shortestA === shortestB ? 0 : undefined;
}

function secondsAtLeastAndMost(duration: ElapsedDuration | CalendarDuration): readonly [number, number] {
  if (duration.kind === 'elapsed') return [duration.seconds, duration.seconds];
  if (duration.months === 0) return [0, 0];
  // Every sequence of month lengths occurs from some month of these: around a leap day, and around 2100, which has none.
  let least = Infinity;
  let most = 0;
  for (const firstOfAll of [2015, 2096]) {
    for (let start = firstOfAll * 12; start < (firstOfAll + 9) * 12; start++) {
      let days = 0;
      for (let month = start; month < start + duration.months; month++) days += daysInMonth(Math.floor(month / 12), (month % 12) + 1);
      least = Math.min(least, days);
      most = Math.max(most, days);
    }
  }
  return [least * 86_400, most * 86_400];
}

function sign(difference: number): Order {
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

/** A date later by a duration of whole days or of months; working days need a calendar (`BusinessClock`). */
export function addDuration(date: IsoDate, duration: Duration, times = 1): IsoDate | Problem {
  switch (duration.kind) {
    case 'calendar': return addMonths(date, duration.months * times);
    case 'elapsed': {
      const days = (duration.seconds * times) / 86_400;
      return Number.isInteger(days) ? addDays(date, days) : problem(`${printDuration(duration)} is not a whole number of days`);
    }
    case 'working days': return problem(`${printDuration(duration)} can only be counted in a calendar`);
  }
}
