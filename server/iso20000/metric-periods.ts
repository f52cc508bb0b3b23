import type { DeclarationTypes } from '../../language/model/declarations.ts';
import type { Fix } from '../../language/model/finding.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { parsePeriod, type Period } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf } from '../assessment/remark.ts';
import type { RuleContext } from '../assessment/rule.ts';

type Metric = DeclarationTypes['Metric'];

/** Months after the end of a period by which a value taken by hand is written down: a default of this product. */
export const recordingMonths = 1;

/** Whether its values are computed from records, and so are its method, formula, unit and source. */
export function isComputed({ source, value }: Metric): boolean {
  return isFilledIn(source) && value !== undefined;
}

/** Periods of which there is a value; undefined where nothing was measured yet. */
export function periodsOf(metric: Metric, { measurements }: RuleContext): readonly Period[] | undefined {
  const recorded = metric.recorded.map(({ period }) => period);
  if (!isComputed(metric)) return parsed(recorded);
  if (!measurements) return undefined;
  // A period in which there was nothing to count was measured too.
  return parsed([...recorded, ...measurements.measurements.figures.filter(({ subject, value, sample }) => subject.kind === 'metric' && subject.metric === metric.name && (value !== undefined || sample === 0)).map(({ period }) => period)]);
}

function parsed(periods: readonly string[]): readonly Period[] {
  return periods.flatMap((text) => {
    const period = parsePeriod(text);
    return isProblem(period) ? [] : [period];
  });
}

export function lastOf(periods: readonly Period[], asOf: IsoDate): Period | undefined {
  return periods.filter(({ firstDay }) => firstDay <= asOf).toSorted((a, b) => (a.lastDay < b.lastDay ? 1 : -1))[0];
}

export function recordFix(metric: Metric, { id }: Period): Fix {
  return addFact(`Record its value for ${id}`, placeOf(metric), 'record ${1:0000} = ${2:0}');
}
