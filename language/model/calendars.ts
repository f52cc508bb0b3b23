import { alwaysOpen, parseClosedDates, resolveCalendar, type Calendar as ResolvedCalendar, type CalendarDefinition, type ClosedDates, type DatedHours, type WeeklyHours } from '../values/calendar.ts';
import { parseDate } from '../values/date.ts';
import { isProblem, problem, type Problem } from '../values/problem.ts';
import { parseDays, parseTimeRange, type TimeRange } from '../values/week.ts';
import type { Calendar } from './declarations.ts';
import type { Model } from './model.ts';

/** The calendar every project knows: every day, round the clock. */
export const alwaysCalendar = 'always';

/** What a declared calendar says, as values; the first fact that cannot be read is the problem. */
export function calendarDefinition(calendar: Calendar): CalendarDefinition | Problem {
  const weekly: WeeklyHours[] = [];
  const extraOpen: DatedHours[] = [];
  const closed: ClosedDates[] = [];
  const maintenance: (WeeklyHours | DatedHours)[] = [];
  let holidayHours: TimeRange[] | undefined;
  for (const opening of calendar.openings) {
    const hours = parseAll(opening.hours, parseTimeRange);
    if (isProblem(hours)) return hours;
    if (opening.holidays) holidayHours = [...(holidayHours ?? []), ...hours];
    else if (opening.from !== undefined) {
      const dated = datedHours(opening.from, opening.to, hours);
      if (isProblem(dated)) return dated;
      extraOpen.push(dated);
    } else {
      const days = parseDays(opening.days.join(', '));
      if (isProblem(days)) return days;
      weekly.push({ days, hours });
    }
  }
  for (const closure of calendar.closures) {
    const dates = parseClosedDates(closure.to === undefined ? closure.from : `${closure.from} to ${closure.to}`);
    if (isProblem(dates)) return dates;
    closed.push(dates);
  }
  for (const window of calendar.maintenance) {
    const hours = parseAll(window.hours, parseTimeRange);
    if (isProblem(hours)) return hours;
    if (window.date !== undefined) {
      const dated = datedHours(window.date, undefined, hours);
      if (isProblem(dated)) return dated;
      maintenance.push(dated);
    } else {
      const days = parseDays(window.days.join(', '));
      if (isProblem(days)) return days;
      maintenance.push({ days, hours });
    }
  }
  return {
    ...(calendar.timeZone === undefined ? {} : { timeZone: calendar.timeZone }),
    ...(calendar.base === undefined || calendar.base === alwaysCalendar ? {} : { extends: calendar.base }),
    ...(holidayHours === undefined ? {} : { holidayHours }),
    // Building on the built-in calendar: open at any time, then its own facts.
    weekly: calendar.base === alwaysCalendar ? [...alwaysOpen().weekly, ...weekly] : weekly,
    holidayRegions: calendar.regions, closed, extraOpen, maintenance,
  };
}

/** A calendar of the model by its id with everything it builds on, or why it cannot be used. */
export function resolveDeclaredCalendar(model: Model, id: string): ResolvedCalendar | Problem {
  if (id === alwaysCalendar) return resolveCalendar(alwaysOpen());
  const problems: Problem[] = [];
  const find = (name: string): CalendarDefinition | undefined => {
    const declared = model.get('Calendar', name);
    if (declared === undefined) return undefined;
    const known = definitions.get(name);
    if (known !== undefined) return known;
    const definition = calendarDefinition(declared);
    if (isProblem(definition)) {
      problems.push(definition);
      return undefined;
    }
    definitions.set(name, definition);
    return definition;
  };
  // One object per name: a calendar that builds on itself is known again by identity.
  const definitions = new Map<string, CalendarDefinition>();
  const own = find(id);
  if (own === undefined) return problems[0] ?? problem(`There is no calendar “${id}”`);
  const resolved = resolveCalendar(own, find);
  return problems[0] ?? resolved;
}

/** The ids of a calendar and of all that it builds on. */
export function calendarChain(model: Model, id: string): readonly string[] {
  const chain: string[] = [];
  for (let next: string | undefined = id; next !== undefined && !chain.includes(next); next = model.get('Calendar', next)?.base) chain.push(next);
  return chain;
}

function datedHours(from: string, to: string | undefined, hours: readonly TimeRange[]): DatedHours | Problem {
  const first = parseDate(from);
  if (isProblem(first)) return first;
  const last = to === undefined ? first : parseDate(to);
  return isProblem(last) ? last : { from: first, to: last, hours };
}

function parseAll<T>(texts: readonly string[], parse: (text: string) => T | Problem): T[] | Problem {
  const values: T[] = [];
  for (const text of texts) {
    const value = parse(text);
    if (isProblem(value)) return value;
    values.push(value);
  }
  return values;
}
