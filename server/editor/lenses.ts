/** What stands above each target, workload limit and metric: its last figure. */
import type { CodeLens } from 'vscode-languageserver';
import { subjectKey, type Figure } from '../measurement/figure.ts';
import { groupDigits } from '../reports/renderers/format-values.ts';
import { valueInWords } from '../reports/facts/figures.ts';
import { spacedDuration } from '../../language/values/duration.ts';
import type { RowsParams } from '../protocol.ts';
import type { EditorProject } from './editor-project.ts';
import { measuredPlaces, type MeasuredPlace } from './figure-places.ts';
import { figureSeries, trendArrows } from './figure-series.ts';

const verdicts: Readonly<Record<Figure['verdict'], string>> = {
  met: 'met',
  warning: 'met, but only just',
  missed: 'missed',
  tooFew: 'sample too small',
  unknown: 'not known',
  noTarget: 'no target',
};

/** The command of the client that shows the rows behind a figure. */
const showRowsCommand = 'itsms.showRows';

/** What was computed from records has rows; a figure that was typed in has none, nor has one that nothing could be computed of. */
function hasRows(project: EditorProject, place: MeasuredPlace, { value, sample, period }: Figure): boolean {
  if (value === undefined && sample === undefined) return false;
  const metric = place.kind === 'metric' ? place.metric : place.kind === 'target' ? project.model.get('Metric', place.target.metric) : undefined;
  return metric === undefined || (metric.value !== undefined && !metric.recorded.some((recorded) => recorded.period === period));
}

/** None where nothing has been measured, as in a workspace that is not trusted. */
export function figureLenses(project: EditorProject, file: string, root: string): CodeLens[] {
  const all = figureSeries(project.figures());
  if (all.size === 0) return [];
  return measuredPlaces(project, file).flatMap((place): CodeLens[] => {
    const { subject, range } = place;
    const figures = all.get(subjectKey(subject)) ?? [];
    const last = figures.at(-1);
    if (!last) return [];
    const wish: RowsParams = { project: root, subject, period: last.period };
    return [{ range, command: { title: lensTitle(figures), ...(hasRows(project, place, last) ? { command: showRowsCommand, arguments: [wish] } : { command: '' }) } }];
  });
}

/** `2026-10: 93.54% (>= 95%), missed · n 31 · ↗↘→`: one line, without line breaks of names or reasons. */
export function lensTitle(figures: readonly Figure[]): string {
  const last = figures.at(-1)!;
  const target = last.target === undefined ? '' : ` (${last.target.comparison} ${spacedDuration(last.target.value)})`;
  const trend = trendArrows(figures);
  return [
    `${last.period}: ${valueInWords(last) ?? '?'}${target}, ${verdicts[last.verdict]}`,
    ...(last.sample === undefined ? [] : [`n ${groupDigits(String(last.sample))}`]),
    ...(trend === '' ? [] : [trend]),
  ].join(' · ').replace(/\s+/g, ' ');
}
