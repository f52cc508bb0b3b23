/** Metrics and the objectives that rest on them. */
import type { Metric } from '../../../language/model/declarations.ts';
import { comparisonInWords, parseComparison } from '../../../language/values/comparison.ts';
import { isProblem } from '../../../language/values/problem.ts';
import type { Block, Cell, Inline } from '../blocks.ts';
import { at, column, quiet, section, statusCell, table, words } from '../block-builders.ts';
import { trendOf } from '../facts/captions.ts';
import { basisInWords, statusOf, targetInWords } from '../facts/figures.ts';
import type { FigureIndex } from '../facts/figures.ts';
import { titleById, titleOf } from '../facts/names.ts';
import { spacedDuration } from '../../../language/values/duration.ts';
import { metricBasis } from '../facts/targets.ts';
import { sourcePlace } from '../parts/places.ts';
import { actualCell, trendCell } from '../parts/service-levels.ts';
import { printPeriod } from '../renderers/format-values.ts';
import type { ReportInput } from '../report.ts';

export function metricSection(input: ReportInput, figures: FigureIndex): Block | undefined {
  const metrics = input.model.all('Metric');
  if (metrics.length === 0) return undefined;
  const objectives = input.model.all('Objective');
  const rows = metrics.map((metric): Cell[] => {
    const series = figures.series({ kind: 'metric', metric: metric.name }, input.period);
    const basis = series.last === undefined ? undefined : basisInWords(series.last, metricBasis(metric));
    const objective = objectives.find((each) => each.metric === metric.name);
    const period = series.periods.at(-1);
    return [
      words(at(sourcePlace(input.locator, { entity: metric.$key }), titleOf(metric)), ...(objective === undefined ? [] : [quiet(` (objective: ${titleOf(objective)}, to ${spacedDuration(objective.to ?? '')}${objective.by === undefined ? '' : ` by ${objective.by}`})`)])),
      words(targetInWords(series.last) ?? declaredTarget(metric)),
      actualCell(series),
      words(basis ?? quiet(series.last?.reason ?? (series.last === undefined ? 'no figure' : ''))),
      words(period === undefined || series.last === undefined ? '' : printPeriod(period.id)),
      statusCell(statusOf(series.last)),
      trendCell(series),
      words(quiet(trendOf(series).words)),
      words(metric.owner === undefined ? '' : titleById(input.model, 'Party', metric.owner)),
    ];
  });
  return section(
    'Metrics and objectives',
    [table([column('Metric'), column('Target', 'text', { width: 'narrow' }), column('Actual', 'number'), column('From'), column('Period', 'text', { width: 'narrow' }), column('Status', 'status'), column('13\u00a0months', 'drawing'), column('Trend'), column('Owner')], rows)],
    { anchor: 'metrics' },
  );
}

/** The target as the metric states it, where no figure carries it. */
function declaredTarget(metric: Metric): Inline {
  if (metric.target === undefined) return quiet('no target');
  const comparison = parseComparison(metric.comparison ?? '');
  return `${isProblem(comparison) ? '' : comparisonInWords(comparison)} ${spacedDuration(metric.target)}`.trim();
}
