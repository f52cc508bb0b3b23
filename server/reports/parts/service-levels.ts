/** Service level targets as a table and as run charts: the same in the dashboard and in a customer's report. */
import type { Agreement } from '../../../language/model/declarations.ts';
import { monthNames } from '../../../language/values/date.ts';
import { spacedDuration } from '../../../language/values/duration.ts';
import { periodInWords } from '../../../language/values/period.ts';
import type { Period } from '../../../language/values/period.ts';
import type { Cell, Column, Figure as FigureBlock, Inlines, Row, Status, Table } from '../blocks.ts';
import { at, column, decimal, mark, percent, quiet, statusCell, table, unknown, words } from '../block-builders.ts';
import { baselineMedian } from '../charts/run-rules.ts';
import { runChart } from '../charts/run-chart.ts';
import { sparkline } from '../charts/sparkline.ts';
import { figureCaption, trendOf } from '../facts/captions.ts';
import { basisInWords, counted, exclusionsInWords, isAverage, plotted, printValue, statusOf, targetInWords, valueInWords } from '../facts/figures.ts';
import type { FigureIndex, Series } from '../facts/figures.ts';
import { titleById, titleOf, titlesById } from '../facts/names.ts';
import { daysInWords, promises } from '../facts/targets.ts';
import type { ServicePromise } from '../facts/targets.ts';
import { periodLabels, plural } from '../renderers/format-values.ts';
import type { ReportInput } from '../report.ts';
import { sourcePlace } from './places.ts';

export interface TargetLine {
  readonly promise: ServicePromise;
  readonly series: Series;
  readonly status: Status;
}

/** The targets of agreements with their figures, in the order of the text. */
export function targetLines(input: ReportInput, figures: FigureIndex, agreements: readonly Agreement[]): readonly TargetLine[] {
  return agreements.flatMap((agreement) =>
    promises(input.model, agreement, input.period).map((promise) => {
      const series = figures.series({ kind: 'target', agreement: agreement.name, target: promise.target.name }, input.period);
      return { promise, series, status: statusOf(series.last) };
    }),
  );
}

/** How many targets stand how. Only `met`, `warning` and `below` have a verdict. */
export interface Tally {
  readonly judged: number;
  readonly met: number;
  readonly warning: number;
  readonly below: number;
  readonly withoutVerdict: number;
}

export function tally(lines: readonly { readonly status: Status }[]): Tally {
  const of = (status: Status): number => lines.filter((line) => line.status === status).length;
  const [met, warning, below] = [of('met'), of('warning'), of('below')];
  return { judged: met + warning + below, met, warning, below, withoutVerdict: lines.length - met - warning - below };
}

/** `3 of 5 targets with a verdict were met in October 2026; 1 has none.` */
export function tallyInWords(counts: Tally, period: Period): string {
  const kept = counts.met + counts.warning;
  const without = counts.withoutVerdict === 0 ? '' : `; ${counts.withoutVerdict} ${counts.withoutVerdict === 1 ? 'has' : 'have'} none`;
  if (counts.judged === 0) return `No target has a verdict for ${periodInWords(period)}.`;
  return `${kept} of ${plural(counts.judged, 'target')} with a verdict ${kept === 1 ? 'was' : 'were'} met in ${periodInWords(period)}${without}.`;
}

export function tallyStatus(counts: Tally): Status {
  return counts.below > 0 ? 'below' : counts.warning > 0 ? 'warning' : counts.judged > 0 ? 'met' : 'no-data';
}

/** Agreements with something missed come first, those without any verdict last; within one the order of the text stays. */
function byNeed(lines: readonly TargetLine[]): readonly TargetLine[] {
  const rank: Readonly<Record<Status, number>> = { below: 0, warning: 1, met: 2, 'too-small': 3, 'no-data': 3 };
  const need = new Map<Agreement, number>();
  for (const line of lines) need.set(line.promise.agreement, Math.min(need.get(line.promise.agreement) ?? 9, rank[line.status]));
  return lines.toSorted((a, b) => (need.get(a.promise.agreement) ?? 9) - (need.get(b.promise.agreement) ?? 9));
}

/** More rows than this nobody reads; the caption counts them all. */
const mostRows = 150;

/**
 * One row per target: promise, actual, what it rests on, status and trend. Grouped under their agreements, those with
 * something missed come first, and only the first rows are shown of very many.
 */
export function targetTable(input: ReportInput, lines: readonly TargetLine[], options: { readonly caption?: string; readonly byAgreement: boolean }): Table {
  const ordered = (options.byAgreement ? byNeed(lines) : lines).slice(0, mostRows);
  const withExclusions = ordered.some((line) => exclusionsInWords(line.series.last) !== '');
  const columns: Column[] = [
    column('Target'),
    column('Promised', 'text', { width: 'narrow' }),
    column('Actual', 'number'),
    column('From', 'text'),
    ...(withExclusions ? [column('Left out')] : []),
    column('Status', 'status'),
    column('13\u00a0months', 'drawing'),
    column('Trend', 'text'),
  ];
  const rows: Row[] = ordered.map((line, index) => ({
    ...(options.byAgreement && ordered[index - 1]?.promise.agreement !== line.promise.agreement ? { group: groupName(input, line.promise.agreement) } : {}),
    cells: [
      words(at(sourcePlace(input.locator, line.promise.place), line.promise.name)),
      words(promisedInWords(line)),
      actualCell(line.series),
      basisCell(line),
      ...(withExclusions ? [words(quiet(exclusionsInWords(line.series.last)))] : []),
      statusCell(line.status),
      trendCell(line.series),
      words(quiet(trendOf(line.series).words)),
    ],
  }));
  const cut = lines.length > ordered.length ? ` The first ${ordered.length} of ${plural(lines.length, 'target')} are shown.` : '';
  const caption = `${options.caption ?? ''}${cut}`.trim();
  return { kind: 'table', columns, rows, ...(caption === '' ? {} : { caption: [caption] }) };
}

/** `E-mail, gold – Corporate e-mail, with ACME Retail`. */
function groupName(input: ReportInput, agreement: Agreement): Inlines {
  const party = agreement.customer ?? agreement.supplier ?? agreement.provider;
  const services = titlesById(input.model, 'Service', agreement.services);
  return [at(sourcePlace(input.locator, { entity: agreement.$key }), titleOf(agreement)), quiet(` – ${services}${party === undefined ? '' : `, ${agreement.type === 'ola' ? 'by' : 'with'} ${titleById(input.model, 'Party', party)}`}`)];
}

/** What was promised; of a target that changed within the period on which days what. */
function promisedInWords({ series: { last }, promise }: TargetLine): string {
  if (promise.changes === undefined) return targetInWords(last) ?? promised(promise);
  return promise.changes.map((change) => `${promised(change)} (${daysInWords(change)})`).join('; ');
}

/** The threshold as the agreement states it. */
function promised({ target }: Pick<ServicePromise, 'target'>): string {
  if (target.share !== undefined) return `at least ${target.share}`;
  if (target.value !== undefined) return `${target.comparison === '<=' || target.comparison === '<' ? 'at most' : 'at least'} ${target.value}`;
  return target.onAverage ? `at most ${spacedDuration(target.within ?? '')}` : 'always';
}

export function actualCell(series: Series): Cell {
  const value = series.last === undefined ? undefined : valueInWords(series.last);
  return series.last === undefined || value === undefined ? unknown() : { kind: 'number', value, rows: { subject: series.last.subject, period: series.last.period } };
}

function basisCell({ series, promise }: TargetLine): Cell {
  if (series.last === undefined) return words(quiet('no figure'));
  if (series.last.value === undefined) return words(quiet(series.last.reason ?? 'unknown'));
  const { parts } = series.last;
  // The value shown is that of the part that decides: the others are said beside it.
  if (parts !== undefined) return words(parts.map((part) => `${part.days === undefined ? part.period : daysInWords(part.days)}: ${[valueInWords(part) ?? 'not known', basisInWords(part, promise.basis)].filter((text) => text !== undefined).join(', ')}`).join('; '));
  return words(basisInWords(series.last, promise.basis) ?? '');
}

export function trendCell(series: Series): Cell {
  const values = series.figures.map(plotted);
  const known = values.filter((value) => value !== undefined);
  if (known.length < 2) return unknown();
  const target = targetNumber(series);
  return {
    kind: 'drawing',
    drawing: sparkline({ values, lastStatus: statusOf(series.last), ...(target === undefined ? {} : { target }) }),
    alternative: `${known.length} of ${series.periods.length} periods known, lowest ${Math.min(...known)}, highest ${Math.max(...known)}`,
  };
}

/** The target as a number on the axis of its figures; undefined for durations that are not seconds alone. */
function targetNumber(series: Series): number | undefined {
  const text = series.last?.target?.value;
  const match = text === undefined ? null : /^(\d+(?:\.\d+)?)%?$/.exec(text);
  return match === null ? undefined : Number(match[1]);
}

/** The run chart of one target with its caption and the numbers under it; undefined where there is nothing to draw. */
export function targetFigure(input: ReportInput, line: TargetLine): FigureBlock | undefined {
  return seriesFigure(line.promise.subject, line.series, line.promise.basis, `${line.promise.agreement.name}-${line.promise.target.name}`, titlesById(input.model, 'Service', line.promise.agreement.services));
}

export function seriesFigure(subject: string, series: Series, basis: ServicePromise['basis'], anchor: string, about: string): FigureBlock | undefined {
  const values = series.figures.map(plotted);
  if (values.every((value) => value === undefined)) return undefined;
  const labels = periodLabels(series.periods.map((period) => period.id));
  const target = targetNumber(series);
  const middle = median(series);
  const unit = series.last?.unit === 'percent' ? '%' : '';
  const trend = trendOf(series);
  return {
    kind: 'figure',
    anchor: `figure-${anchor}`,
    caption: [mark(statusOf(series.last)), ' ', figureCaption(subject, series, basis), ...(trend.direction === 'unknown' || trend.direction === 'none' ? [] : [` Trend: ${trend.words}.`])],
    alternative: `Run chart: ${subject}, for ${about}, ${series.periods.length} periods to ${series.periods.at(-1)?.id ?? ''}; the numbers are in the table below.`,
    drawing: runChart({
      points: series.figures.map((figure, index) => ({ label: labels[index] ?? '', value: values[index], status: statusOf(figure) })),
      unit,
      ...(target === undefined ? {} : { target: { value: target, label: `target ${series.last?.target?.value ?? ''}` } }),
      ...(middle === undefined ? {} : { median: middle }),
      ...(unit === '%' ? { most: 100 } : {}),
    }),
    table: numbersTable(series, labels, basis),
  };
}

function median(series: Series): { value: number; label: string } | undefined {
  const value = baselineMedian(series.figures.map(counted));
  const end = series.periods.at(-9);
  if (value === undefined || end === undefined) return undefined;
  const month = /^\d{4}-(\d{2})$/.exec(end.id);
  return { value, label: `median to ${month === null ? end.id : (monthNames[Number(month[1]) - 1] ?? '').slice(0, 3)}` };
}

function numbersTable(series: Series, labels: readonly string[], basis: ServicePromise['basis']): Table {
  const has = series.figures.some((figure) => figure?.numerator !== undefined);
  const hours = (seconds: number): string => (Math.round(seconds / 36) / 100).toString();
  const numerator = (index: number): Cell => {
    const figure = series.figures[index];
    if (figure?.numerator === undefined || figure.denominator === undefined) return unknown();
    return basis === 'time' ? decimal(String(Math.round(((Number(figure.denominator) - Number(figure.numerator)) / 60) * 10) / 10)) : decimal(figure.numerator);
  };
  const denominator = (index: number): Cell => {
    const figure = series.figures[index];
    if (figure?.denominator === undefined) return unknown();
    return basis === 'time' ? decimal(hours(Number(figure.denominator))) : decimal(figure.denominator);
  };
  const average = series.figures.some((figure) => figure !== undefined && isAverage(figure));
  const [first, second] = basis === 'time' ? (series.last?.weightedBy === undefined ? ['Down, min', 'Agreed, h'] : ['Down, user-min', 'Agreed, user-h']) : basis === 'deadlines' ? ['In time', 'All'] : ['Counted', 'All'];
  const each = (cell: (index: number) => Cell): Cell[] => labels.map((_, index) => cell(index));
  return table(
    [column(''), ...labels.map((label) => column(label, 'number'))],
    [
      [words(series.last?.unit === 'percent' ? 'Actual, %' : 'Actual'), ...each((index) => (series.last?.unit === 'percent' ? percent(printValue(series.figures[index])) : decimal(printValue(series.figures[index]))))],
      ...(has && !average ? [[words(first ?? ''), ...each(numerator)]] : []),
      ...(has ? [[words(average ? 'Records' : second ?? ''), ...each(denominator)]] : []),
      [words('Status'), ...each((index) => statusCell(statusOf(series.figures[index])))],
    ],
    { density: 'dense' },
  );
}
