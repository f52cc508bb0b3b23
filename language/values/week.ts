import type { Weekday } from './date.ts';
import { nearest } from './nearest.ts';
import { isProblem, problem, shown, type Problem } from './problem.ts';

export const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

const longNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** Hours of a day by the clock on the wall, in minutes from 00:00, `to` not included. Beyond 1440 it is the day after: `22:00-06:00`. */
export interface TimeRange {
  /** 0 to 1439 */
  readonly fromMinutes: number;
  /** 1 to 2880, after `fromMinutes` */
  readonly toMinutes: number;
}

export const minutesPerDay = 1440;

/** Reads `Mon-Fri`, `Sat`, `Mon-Wed, Fri`; a range may pass the end of the week (`Sat-Mon`). The days come in the order of the week. */
export function parseDays(text: string): readonly Weekday[] | Problem {
  if (text.length > 120) return problem(`${shown(text)} is not a list of days`);
  const days = new Set<Weekday>();
  for (const piece of text.split(',')) {
    const ends = piece.split(/\s*[-–]\s*|\s+to\s+/u).map((name) => parseDay(name));
    const [first, last = first] = ends;
    if (ends.length > 2 || first === undefined || last === undefined) return problem(`${shown(text)} is not a range of days: write Mon-Fri`);
    const wrong = ends.find((end) => isProblem(end));
    if (wrong !== undefined) return ends.length === 1 && !text.includes(',') ? wrong : problem(wrong.problem, repairedDays(text));
    for (let day = first as number; ; day = (day % 7) + 1) {
      days.add(day as Weekday);
      if (day === last) break;
    }
  }
  return [...days].sort((a, b) => a - b);
}

/** Reads `Mon` … `Sun`. */
export function parseDay(text: string): Weekday | Problem {
  const name = text.trim();
  const exact = weekdayNames.indexOf(name as (typeof weekdayNames)[number]);
  if (exact >= 0) return (exact + 1) as Weekday;
  return problem(`${shown(text)} is not a day of the week: write ${weekdayNames.join(', ')}`, meantDay(name));
}

function meantDay(name: string): string | undefined {
  const long = name.length > 0 && nearest(name, longNames);
  if (typeof long === 'string') return long.slice(0, 3);
  const start = name.slice(0, 3).toLowerCase();
  return weekdayNames.find((day) => day.toLowerCase() === start) ?? nearest(name, weekdayNames);
}

function repairedDays(text: string): string | undefined {
  const pieces = text.split(',').map((piece) => piece.split(/\s*[-–]\s*|\s+to\s+/u).map((name) => meantDay(name.trim())));
  if (pieces.some((ends) => ends.length > 2 || ends.includes(undefined))) return undefined;
  return pieces.map((ends) => ends.join('-')).join(', ');
}

/** `Mon-Fri`, `Mon, Wed, Sat-Sun`: runs of two and more days as ranges. */
export function printDays(days: readonly Weekday[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const runs: [Weekday, Weekday][] = [];
  for (const day of sorted) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === day - 1) run[1] = day;
    else runs.push([day, day]);
  }
  return runs.map(([first, last]) => (first === last ? weekdayNames[first - 1] : `${weekdayNames[first - 1]}-${weekdayNames[last - 1]}`)).join(', ');
}

const timeText = /^([01]\d|2[0-4]):([0-5]\d)$/u;

/** Reads `08:00` as minutes from 00:00; `24:00` is the end of the day. */
export function parseTime(text: string): number | Problem {
  const trimmed = text.trim();
  const match = timeText.exec(trimmed);
  if (match !== null) {
    const minutes = Number(match[1]) * 60 + Number(match[2]);
    if (minutes <= minutesPerDay) return minutes;
  }
  return problem(`${shown(text)} is not a time of day: write 08:00, from 00:00 to 24:00`, meantTime(trimmed));
}

function meantTime(text: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?$/iu.exec(text);
  if (match === null || (match[2] === undefined && match[3] === undefined && text.length > 2)) return undefined;
  const half = match[3]?.[0]?.toLowerCase();
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? '0');
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined;
  if (half !== undefined) hour = (hour % 12) + (half === 'p' ? 12 : 0);
  return minute < 60 && hour * 60 + minute <= minutesPerDay ? printTime(hour * 60 + minute) : undefined;
}

/** Reads `08:00-18:00`; an end before the start is on the next day (`22:00-06:00`). The whole day is `00:00-24:00`. */
export function parseTimeRange(text: string): TimeRange | Problem {
  if (text.length > 60) return problem(`${shown(text)} is not a range of times`);
  const ends = text.split(/\s*[-–]\s*|\s+to\s+/u);
  if (ends.length !== 2) return problem(`${shown(text)} is not a range of times: write 08:00-18:00`);
  const [from, to] = [parseTime(ends[0]!), parseTime(ends[1]!)];
  if (isProblem(from) || isProblem(to)) {
    const repaired = [from, to].map((end) => (isProblem(end) ? end.suggestion : printTime(end)));
    const whole = repaired.includes(undefined) ? undefined : repaired.join('-');
    return problem((isProblem(from) ? from : (to as Problem)).problem, whole);
  }
  if (from === minutesPerDay) return problem('A range cannot start at 24:00: write 00:00 of the day after', `00:00-${printTime(to)}`);
  if (from === to) return problem(`${shown(text)} is empty: the whole day is 00:00-24:00`, '00:00-24:00');
  return { fromMinutes: from, toMinutes: to < from ? to + minutesPerDay : to };
}

/** `08:00-18:00` */
export function printTimeRange({ fromMinutes, toMinutes }: TimeRange): string {
  return `${printTime(fromMinutes)}-${printTime(toMinutes > minutesPerDay ? toMinutes - minutesPerDay : toMinutes)}`;
}

export function printTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
