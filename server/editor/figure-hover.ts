/** What a hover says of the last figure of a target, workload limit or metric: the computation in words and numbers. */
import type { Position } from 'vscode-languageserver';
import { isProblem } from '../../language/values/problem.ts';
import { Clocks, isElapsed } from '../measurement/clock-tables.ts';
import { exclusionInWords, subjectKey, type Figure } from '../measurement/figure.ts';
import { computedInWords } from '../measurement/databases/place-in-words.ts';
import { clockOf } from '../measurement/time-targets.ts';
import { basisInWords, targetInWords, valueInWords } from '../reports/facts/figures.ts';
import { describeFigure } from './describe.ts';
import type { EditorProject } from './editor-project.ts';
import { measuredPlaces, type MeasuredPlace } from './figure-places.ts';
import { figureSeries, trendArrows } from './figure-series.ts';
import type { HoverText } from './hover.ts';
import { code, plain } from './markdown.ts';
import { touches } from './positions.ts';

/** How many records that missed are named, and how many groups of a metric. */
const shown = 5;

/** Markdown; undefined where no figure's subject is declared at a position. */
export function figureHoverAt(project: EditorProject, file: string, position: Position): HoverText | undefined {
  const place = measuredPlaces(project, file).find(({ range }) => touches(range, position));
  if (!place) return undefined;
  const series = figureSeries(project.figures());
  const figures = series.get(subjectKey(place.subject)) ?? [];
  const last = figures.at(-1);
  if (!last) return undefined;
  const groups = place.kind === 'metric' ? project.figures().filter(({ subject, period }) => subject.kind === 'metric' && subject.metric === place.metric.name && subject.group !== undefined && period === last.period) : [];
  return { text: [...figureDetails(project, place, last), ...trendLine(figures), ...groupLines(groups)].join('\n\n'), range: place.range };
}

function figureDetails(project: EditorProject, place: MeasuredPlace, figure: Figure): string[] {
  const { computation, excluded, missed, dataHash, source, over, days } = figure;
  const target = targetInWords(figure);
  const basis = basisInWords(figure, place.kind === 'target' && place.target.measure === 'availability' ? 'time' : 'share');
  const left = excluded.filter(({ amount }) => amount !== '0');
  const facts = [
    ...(figure.numerator === undefined || figure.denominator === undefined ? [] : [`numerator ${plain(figure.numerator)}, denominator ${plain(figure.denominator)}${figure.unit === 'percent' ? '' : ` (${plain(figure.unit)})`}`]),
    ...left.map((exclusion) => `left out: ${plain(exclusionInWords(exclusion))}`),
    ...(days === undefined ? [] : [`of the days ${days.firstDay} to ${days.lastDay}, because the target changed`]),
    ...(over === undefined ? [] : [`over ${plain(over)} up to the end of the period`]),
    ...clockLine(project, place, figure),
    ...(source === undefined ? [] : [`source ${code(source)}${placeOfComputing(project, source)}`]),
    ...(dataHash === '' ? [] : [`data ${code(dataHash)}`]),
  ];
  return [
    `**${plain(figure.period)}: ${plain(valueInWords(figure) ?? 'not known')}**${basis === undefined ? '' : ` (${plain(basis)})`}${target === undefined ? '' : `, target ${plain(target)}`}${figure.reason === undefined ? '' : `: ${plain(figure.reason)}`}`,
    ...(computation === '' ? [] : [plain(computation)]),
    facts.map((fact) => `- ${fact}`).join('\n'),
    ...(missed.length === 0 ? [] : [`Missed first: ${missed.slice(0, shown).map(({ key, detail }) => `${code(key)}${detail === '' ? '' : ` (${plain(detail)})`}`).join(', ')}${missed.length > shown ? ', …' : ''}`]),
  ].filter((part) => part !== '');
}

/** Where a database holds the records: who computed it. */
function placeOfComputing({ measurements }: EditorProject, source: string): string {
  const summary = measurements?.sources.find((one) => one.source === source);
  const words = summary && computedInWords(summary);
  return words === undefined ? '' : `, ${plain(words)}`;
}

/** By which clock it is measured, and in which zone its periods begin and end. */
function clockLine({ model }: EditorProject, place: MeasuredPlace, figure: Figure): string[] {
  const zoneOfSource = model.get('Source', figure.source)?.dateZone ?? 'UTC';
  if (place.kind !== 'target' || place.target.metric !== undefined) return figure.source === undefined ? [] : [`periods in ${plain(zoneOfSource)}`];
  const calendar = clockOf(place.target, place.agreement);
  if (calendar === undefined || isElapsed(calendar)) return [`clock: elapsed time; periods in ${plain(zoneOfSource)}`];
  const clock = new Clocks(model).clock(calendar);
  return [isProblem(clock) ? `clock: ${code(calendar)}` : `clock: ${code(calendar)}; periods in ${plain(clock.timeZone.id)}`];
}

function trendLine(figures: readonly Figure[]): string[] {
  const arrows = trendArrows(figures);
  const [first] = figures.slice(-13);
  return arrows === '' || !first ? [] : [`Since ${first.period}: ${arrows}`];
}

function groupLines(groups: readonly Figure[]): string[] {
  if (groups.length === 0) return [];
  const lines = groups.slice(0, shown).map((figure) => {
    const group = figure.subject.kind === 'metric' ? Object.entries(figure.subject.group ?? {}) : [];
    return `- ${plain(group.map(([field, value]) => `${field} ${value}`).join(', '))}: ${describeFigure(figure)}`;
  });
  return [`By group:\n\n${lines.join('\n')}${groups.length > shown ? `\n- and ${groups.length - shown} more` : ''}`];
}
