/** Metrics and the objectives that rest on them. */
import type { DeclarationTypes, Metric } from '../../../language/model/declarations.ts';
import type { Block, Cell, Inline } from '../blocks.ts';
import { at, column, quiet, section, statusCell, table, words as text } from '../block-builders.ts';
import { trendOf } from '../facts/captions.ts';
import { basisInWords, statusOf, targetInWords } from '../facts/figures.ts';
import type { FigureIndex } from '../facts/figures.ts';
import { titleById, titleOf } from '../facts/names.ts';
import { shortLimitInWords, shortQuantityInWords } from '../facts/quantities.ts';
import { metricBasis } from '../facts/targets.ts';
import { sourcePlace } from '../parts/places.ts';
import { actualCell, trendCell } from '../parts/service-levels.ts';
import type { Words } from '../words/words.ts';
import type { ReportInput } from '../report.ts';

export function metricSection(input: ReportInput, figures: FigureIndex): Block | undefined {
  const { words } = input;
  const metrics = input.model.all('Metric');
  if (metrics.length === 0) return undefined;
  const objectives = input.model.all('Objective');
  const rows = metrics.map((metric): Cell[] => {
    const series = figures.series({ kind: 'metric', metric: metric.name }, input.period);
    const basis = series.last === undefined ? undefined : basisInWords(series.last, metricBasis(metric), words);
    const objective = objectives.find((each) => each.metric === metric.name);
    const period = series.periods.at(-1);
    return [
      text(at(sourcePlace(input.locator, { entity: metric.$key }), titleOf(metric)), ...(objective === undefined ? [] : [' ', quiet(objectiveInWords(words, objective))])),
      text(targetInWords(series.last, words) ?? declaredTarget(metric, words)),
      actualCell(series, words),
      text(basis ?? quiet(series.last?.reason ?? (series.last === undefined ? words.say('no figure') : ''))),
      text(period === undefined || series.last === undefined ? '' : words.period(period.id)),
      statusCell(statusOf(series.last)),
      trendCell(series, words),
      text(quiet(trendOf(series, words).words)),
      text(metric.owner === undefined ? '' : titleById(input.model, 'Party', metric.owner)),
    ];
  });
  return section(
    words.say('Metrics and objectives'),
    [table([column(words.say('Metric')), column(words.say('Target'), 'text', { width: 'narrow' }), column(words.say('Actual'), 'number'), column(words.say('Measured')), column(words.say('Period'), 'text', { width: 'narrow' }), column(words.say('Status'), 'status'), column(words.say('13 months'), 'drawing'), column(words.say('Trend')), column(words.say('Owner'))], rows)],
    { anchor: 'metrics' },
  );
}

/** The target as the metric states it, where no figure carries it. */
function declaredTarget(metric: Metric, words: Words): Inline {
  if (metric.target === undefined) return quiet(words.say('no target'));
  return metric.comparison === undefined ? shortQuantityInWords(words, metric.target) : shortLimitInWords(words, metric.comparison, metric.target);
}

function objectiveInWords(words: Words, objective: DeclarationTypes['Objective']): string {
  const to = shortQuantityInWords(words, objective.to ?? '');
  return objective.by === undefined ? words.say('(objective: {0}, to {1})', titleOf(objective), to) : words.say('(objective: {0}, to {1} by {2})', titleOf(objective), to, words.date(objective.by));
}
