import { daysBetween, type IsoDate } from '../../language/values/date.ts';
import { parsePeriod, type Period } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { CannotRun } from './io.ts';

/** @throws CannotRun where the text is no period */
export function periodOption(text: string | undefined): Period | undefined {
  if (text === undefined) return undefined;
  const period = parsePeriod(text);
  if (isProblem(period)) throw new CannotRun(`--period: ${period.problem}${period.suggestion === undefined ? '' : ` (${period.suggestion}?)`}.`);
  return period;
}

/** Trends show as many periods. */
const trend = 13;
const mostPeriods = 600;

/**
 * How many completed periods back from a day have to be measured to have a period, and the trend that leads to it.
 * @throws CannotRun where the period is not over on that day
 */
export function periodsToMeasure(period: Period | undefined, asOf: IsoDate): number {
  if (period === undefined) return trend;
  if (period.lastDay >= asOf) throw new CannotRun(`--period: ${period.id} is not over as of ${asOf}, and figures are of completed periods.`);
  const length = daysBetween(period.firstDay, period.lastDay) + 1;
  return Math.min(mostPeriods, trend + Math.ceil(daysBetween(period.lastDay, asOf) / Math.min(length, shortestMonth)));
}

const shortestMonth = 28;
