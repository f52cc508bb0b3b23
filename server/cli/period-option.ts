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
