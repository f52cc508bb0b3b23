/** When a calendar is open, in sentences that somebody who signs them can check. */
import { alwaysCalendar, calendarChain, resolveDeclaredCalendar } from '../../../language/model/calendars.ts';
import type { Model } from '../../../language/model/model.ts';
import type { ClosedDates, DatedHours, WeeklyHours } from '../../../language/values/calendar.ts';
import type { Weekday } from '../../../language/values/date.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { minutesPerDay, printTime, type TimeRange } from '../../../language/values/week.ts';
import { message, type Words } from '../words/words.ts';

const days = [message('Monday'), message('Tuesday'), message('Wednesday'), message('Thursday'), message('Friday'), message('Saturday'), message('Sunday')] as const;
const months = 12;

/**
 * `Monday to Friday 08:00–18:00; closed on public holidays (England, United Kingdom); time zone Europe/London`.
 *
 * @returns why it is not known, where the calendar cannot be read
 */
export function openingHours(words: Words, model: Model, id: string): string {
  if (id === alwaysCalendar) return words.say('at any time, every day round the clock');
  const calendar = resolveDeclaredCalendar(model, id);
  if (isProblem(calendar)) return words.say('not known: {0}', calendar.problem);
  const { weekly, holidayHours, closed, extraOpen } = calendar.definition;
  const regions = words.list(calendar.regions.map(({ name }) => name));
  return [
    weekInWords(words, weekly),
    ...(regions === '' ? [] : [holidayHours === undefined || holidayHours.length === 0 ? words.say('closed on public holidays ({0})', regions) : words.say('on public holidays ({0}) {1}', regions, rangesInWords(words, holidayHours))]),
    ...closed.map((dates) => words.say('closed {0}', closedInWords(words, dates))),
    ...extraOpen.map((dated) => words.say('also open {0}', datedInWords(words, dated))),
    words.say('time zone {0}', calendar.timeZone.id),
  ].join('; ');
}

/** Announced maintenance of a calendar and of those that it builds on; empty where none is declared. */
export function maintenanceWindows(words: Words, model: Model, id: string): readonly string[] {
  const calendar = id === alwaysCalendar ? undefined : resolveDeclaredCalendar(model, id);
  if (calendar === undefined || isProblem(calendar)) return [];
  const reasons = calendarChain(model, id).toReversed().flatMap((name) => model.get('Calendar', name)?.maintenance.map(({ reason }) => reason) ?? []);
  return calendar.definition.maintenance.map((window, index) => {
    const when = 'days' in window ? `${daysInWords(words, window.days)} ${rangesInWords(words, window.hours)}` : datedInWords(words, window);
    const reason = reasons[index];
    return `${when}, ${words.say('time zone {0}', calendar.timeZone.id)}${reason === undefined ? '' : ` (${reason})`}`;
  });
}

/** Days that are open alike stand together: `Monday to Friday 08:00–18:00, Saturday 09:00–12:00`. */
function weekInWords(words: Words, weekly: readonly WeeklyHours[]): string {
  const byHours = new Map<string, Weekday[]>();
  for (let day = 1; day <= days.length; day++) {
    const hours = merged(weekly.filter((entry) => entry.days.includes(day as Weekday)).flatMap((entry) => entry.hours));
    if (hours.length === 0) continue;
    const key = rangesInWords(words, hours);
    byHours.set(key, [...(byHours.get(key) ?? []), day as Weekday]);
  }
  if (byHours.size === 0) return words.say('closed on all days of the week');
  const [only] = byHours;
  if (byHours.size === 1 && only !== undefined && only[1].length === days.length && only[0] === wholeDay) return words.say('at any time, every day round the clock');
  return [...byHours].map(([hours, open]) => `${daysInWords(words, open)} ${hours}`).join(', ');
}

const wholeDay = `${printTime(0)}–${printTime(minutesPerDay)}`;

/** `Monday to Friday and Sunday`. */
function daysInWords(words: Words, open: readonly Weekday[]): string {
  const runs: [Weekday, Weekday][] = [];
  for (const day of [...new Set(open)].toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === day - 1) run[1] = day;
    else runs.push([day, day]);
  }
  const name = (day: Weekday): string => words.say(days[day - 1] ?? days[0]);
  return words.list(runs.map(([first, last]) => (first === last ? name(first) : words.say('{0} to {1}', name(first), name(last)))));
}

/** Stretches that touch or overlap are one. */
function merged(ranges: readonly TimeRange[]): readonly TimeRange[] {
  const whole: { fromMinutes: number; toMinutes: number }[] = [];
  for (const range of ranges.toSorted((a, b) => a.fromMinutes - b.fromMinutes)) {
    const last = whole.at(-1);
    if (last !== undefined && range.fromMinutes <= last.toMinutes) last.toMinutes = Math.max(last.toMinutes, range.toMinutes);
    else whole.push({ ...range });
  }
  return whole;
}

/** `08:00–12:00 and 13:00–17:00`, `22:00–06:00 of the next day`. */
function rangesInWords(words: Words, ranges: readonly TimeRange[]): string {
  return words.list(
    merged(ranges).map(({ fromMinutes, toMinutes }) =>
      toMinutes > minutesPerDay ? words.say('{0}–{1} of the next day', printTime(fromMinutes), printTime(toMinutes - minutesPerDay)) : `${printTime(fromMinutes)}–${printTime(toMinutes)}`,
    ),
  );
}

function datedInWords(words: Words, { from, to, hours }: DatedHours): string {
  const when = from === to ? words.say('on {0}', words.dateInWords(from)) : words.say('from {0} to {1}', words.dateInWords(from), words.dateInWords(to));
  return `${when}, ${rangesInWords(words, hours)}`;
}

function closedInWords(words: Words, dates: ClosedDates): string {
  if (dates.kind === 'dates') return dates.from === dates.to ? words.say('on {0}', words.dateInWords(dates.from)) : words.say('from {0} to {1}', words.dateInWords(dates.from), words.dateInWords(dates.to));
  return dates.from === dates.to ? words.say('on {0} of every year', dayOfYear(words, dates.from)) : words.say('from {0} to {1} of every year', dayOfYear(words, dates.from), dayOfYear(words, dates.to));
}

/** `12-24` as `24 December`: the date of a leap year in words, without the year. */
function dayOfYear(words: Words, monthDay: string): string {
  const month = Number(monthDay.slice(0, 2));
  return month >= 1 && month <= months ? words.dateInWords(`2024-${monthDay}`).replace(/\s*2024$/, '') : monthDay;
}
