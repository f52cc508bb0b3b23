import type { Calendar, DeclarationTypes } from '../../model/declarations.ts';
import type { Path } from '../../model/fragment.ts';
import { holidayRegion } from '../../values/holidays.ts';
import { isProblem } from '../../values/problem.ts';
import { parseDays, parseTimeRange, weekdayNames, type TimeRange } from '../../values/week.ts';
import type { Report } from '../report.ts';

/** A calendar's zone, hours and holidays. */
export function checkCalendar(calendar: Calendar, report: Report): void {
  if (calendar.name === 'always') report.error('built-in-name', ['name'], 'The calendar “always” is built in (every day, round the clock): give this one another name.');
  if (calendar.base === calendar.name) report.error('cycle', ['base'], `The calendar “${calendar.name}” builds on itself.`);
  const noZone = calendar.timeZone === undefined && (calendar.base === undefined || calendar.base === 'always');
  const noHours = calendar.base === undefined && calendar.openings.length === 0;
  if (noZone) report.error('missing-time-zone', ['name'], `Without a time zone${noHours ? ' and hours' : ''} nobody can tell when this calendar is open: add ${noHours ? 'both, such as timezone Europe/London and open Mon-Fri 08:00-18:00' : '“timezone”, such as timezone Europe/London'}.`);
  else if (noHours) report.error('missing-hours', ['name'], 'This calendar is never open: add its hours, such as open Mon-Fri 08:00-18:00.');
  calendar.regions.forEach((region, index) => {
    const known = holidayRegion(region);
    if (isProblem(known)) report.problem('unknown-region', ['regions', index], known);
  });
  checkHours(calendar, report);
  const holidayHours = calendar.openings.findIndex(({ holidays }) => holidays === true);
  if (holidayHours >= 0 && calendar.base === undefined && calendar.regions.length === 0) {
    report.warning('no-holidays', ['openings', holidayHours, 'holidays'], 'This calendar has hours on holidays but names no country or region whose holidays they are.');
  }
}

const week = 7 * 1440;

/** Days and hours that can be read, and of which none lie within others. */
function checkHours(calendar: Calendar, report: Report): void {
  const taken: { from: number; to: number; text: string }[] = [];
  calendar.openings.forEach((opening, index) => {
    const path: Path = ['openings', index];
    const days = checkDays(opening.days, [...path, 'days'], report);
    opening.hours.forEach((text, position) => {
      const hours = parseTimeRange(text);
      if (isProblem(hours)) return;
      for (const day of days) {
        const clash = take(taken, (day - 1) * 1440, hours, text);
        if (clash !== undefined) {
          report.warning('overlapping-hours', [...path, 'hours', position], `On ${weekdayNames[day - 1]} these hours overlap ${clash}, which count already.`);
          return;
        }
      }
    });
  });
  calendar.maintenance.forEach((window, index) => void checkDays(window.days, ['maintenance', index, 'days'], report));
}

function checkDays(texts: readonly string[], path: Path, report: Report): readonly number[] {
  return texts.flatMap((text, index) => {
    const days = parseDays(text);
    if (!isProblem(days)) return days;
    report.problem('impossible-days', [...path, index], days);
    return [];
  });
}

function take(taken: { from: number; to: number; text: string }[], midnight: number, { fromMinutes, toMinutes }: TimeRange, text: string): string | undefined {
  const own = { from: midnight + fromMinutes, to: midnight + toMinutes, text };
  const clash = taken.find((other) => [-week, 0, week].some((shift) => own.from + shift < other.to && other.from < own.to + shift));
  if (clash) return clash.text;
  taken.push(own);
  return undefined;
}

/** A combination of impact and urgency that is given twice. */
export function checkPriority(priority: DeclarationTypes['Priority'], report: Report): void {
  const seen = new Set<string>();
  priority.conditions.forEach(({ impact, urgency }, index) => {
    const key = `${impact} ${urgency}`;
    if (seen.has(key)) report.warning('repeated-item', ['conditions', index], `Impact ${impact} and urgency ${urgency} stand here twice.`);
    seen.add(key);
  });
}
