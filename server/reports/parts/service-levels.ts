/** Service level targets as a table and as run charts: the same in the dashboard and in a customer's report. */
import type { Agreement } from '../../../language/model/declarations.ts';
import type { Period } from '../../../language/values/period.ts';
import type { Cell, Column, Figure as FigureBlock, Inlines, Row, Status, Table } from '../blocks.ts';
import { at, column, decimal, mark, percent, quiet, statusCell, table, unknown, words as text } from '../block-builders.ts';
import { baselineMedian } from '../charts/run-rules.ts';
import { runChart } from '../charts/run-chart.ts';
import { sparkline } from '../charts/sparkline.ts';
import { figureCaption, trendOf } from '../facts/captions.ts';
import { basisInWords, counted, exclusionsInWords, isAverage, plotted, printValue, statusOf, targetInWords, valueInWords } from '../facts/figures.ts';
import type { FigureIndex, Series } from '../facts/figures.ts';
import { titleById, titleOf, titlesById } from '../facts/names.ts';
import { daysInWords, promises } from '../facts/targets.ts';
import type { ServicePromise } from '../facts/targets.ts';
import { shortLimitInWords, shortQuantityInWords } from '../facts/quantities.ts';
import type { Words } from '../words/words.ts';
import { periodLabels } from '../renderers/format-values.ts';
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
    promises(input.model, agreement, input.period, input.words).map((promise) => {
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
export function tallyInWords(counts: Tally, period: Period, words: Words): string {
  const kept = counts.met + counts.warning;
  const when = words.period(period.id);
  if (counts.judged === 0) return words.say('No target has a verdict for {0}.', when);
  const judged = words.count(counts.judged, '{0} target', '{0} targets');
  if (counts.withoutVerdict === 0) return words.count(kept, '{0} of {1} with a verdict was met in {2}.', '{0} of {1} with a verdict were met in {2}.', judged, when);
  const without = words.count(counts.withoutVerdict, '{0} has none', '{0} have none');
  return words.count(kept, '{0} of {1} with a verdict was met in {2}; {3}.', '{0} of {1} with a verdict were met in {2}; {3}.', judged, when, without);
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
  const { words } = input;
  const ordered = (options.byAgreement ? byNeed(lines) : lines).slice(0, mostRows);
  const withExclusions = ordered.some((line) => exclusionsInWords(line.series.last, words) !== '');
  const columns: Column[] = [
    column(words.say('Target')),
    column(words.say('Promised'), 'text', { width: 'narrow' }),
    column(words.say('Actual'), 'number'),
    column(words.say('Measured'), 'text'),
    ...(withExclusions ? [column(words.say('Left out'))] : []),
    column(words.say('Status'), 'status'),
    column(words.say('13 months'), 'drawing'),
    column(words.say('Trend'), 'text'),
  ];
  const rows: Row[] = ordered.map((line, index) => ({
    ...(options.byAgreement && ordered[index - 1]?.promise.agreement !== line.promise.agreement ? { group: groupName(input, line.promise.agreement) } : {}),
    cells: [
      text(at(sourcePlace(input.locator, line.promise.place), line.promise.name)),
      text(promisedInWords(line, words)),
      actualCell(line.series, words),
      basisCell(line, words),
      ...(withExclusions ? [text(quiet(exclusionsInWords(line.series.last, words)))] : []),
      statusCell(line.status),
      trendCell(line.series, words),
      text(quiet(trendOf(line.series, words).words)),
    ],
  }));
  const cut = lines.length > ordered.length ? words.count(lines.length, 'The first {1} of {0} target are shown.', 'The first {1} of {0} targets are shown.', ordered.length) : '';
  const caption = `${options.caption ?? ''} ${cut}`.trim();
  return { kind: 'table', columns, rows, ...(caption === '' ? {} : { caption: [caption] }) };
}

/** `E-mail, gold – Corporate e-mail, with ACME Retail`. */
function groupName(input: ReportInput, agreement: Agreement): Inlines {
  const party = agreement.customer ?? agreement.supplier ?? agreement.provider;
  const services = titlesById(input.model, 'Service', agreement.services);
  return [at(sourcePlace(input.locator, { entity: agreement.$key }), titleOf(agreement)), quiet(` – ${party === undefined ? services : partyInWords(input, agreement, services, titleById(input.model, 'Party', party))}`)];
}

function partyInWords({ words }: ReportInput, agreement: Agreement, services: string, party: string): string {
  return agreement.type === 'ola' ? words.say('{0}, by {1}', services, party) : words.say('{0}, with {1}', services, party);
}

/** What was promised; of a target that changed within the period on which days what. */
function promisedInWords({ series: { last }, promise }: TargetLine, words: Words): string {
  if (promise.changes === undefined) return targetInWords(last, words) ?? promised(promise, words);
  return promise.changes.map((change) => `${promised(change, words)} (${daysInWords(change, words)})`).join('; ');
}

/** The threshold as the agreement states it. */
function promised({ target }: Pick<ServicePromise, 'target'>, words: Words): string {
  if (target.share !== undefined) return shortLimitInWords(words, '>=', target.share);
  if (target.value !== undefined) return shortLimitInWords(words, target.comparison, target.value);
  return target.onAverage ? shortLimitInWords(words, '<=', target.within ?? '') : words.say('always');
}

export function actualCell(series: Series, words: Words): Cell {
  const value = series.last === undefined ? undefined : valueInWords(series.last, words);
  return series.last === undefined || value === undefined ? unknown() : { kind: 'number', value, rows: { subject: series.last.subject, period: series.last.period } };
}

function basisCell({ series, promise }: TargetLine, words: Words): Cell {
  if (series.last === undefined) return text(quiet(words.say('no figure')));
  if (series.last.value === undefined) return text(quiet(series.last.reason ?? words.say('unknown')));
  const { parts } = series.last;
  // The value shown is that of the part that decides: the others are said beside it.
  if (parts !== undefined) return text(parts.map((part) => `${part.days === undefined ? part.period : daysInWords(part.days, words)}: ${[valueInWords(part, words) ?? words.say('not known'), basisInWords(part, promise.basis, words)].filter((one) => one !== undefined).join(', ')}`).join('; '));
  return text(basisInWords(series.last, promise.basis, words) ?? '');
}

export function trendCell(series: Series, words: Words): Cell {
  const values = series.figures.map(plotted);
  const known = values.filter((value) => value !== undefined);
  if (known.length < 2) return unknown();
  const target = targetNumber(series);
  return {
    kind: 'drawing',
    drawing: sparkline({ values, lastStatus: statusOf(series.last), ...(target === undefined ? {} : { target }) }),
    alternative: words.say('{0} of {1} periods known, lowest {2}, highest {3}', known.length, series.periods.length, words.number(String(Math.min(...known))), words.number(String(Math.max(...known)))),
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
  return seriesFigure(input.words, line.promise.subject, line.series, line.promise.basis, `${line.promise.agreement.name}-${line.promise.target.name}`, titlesById(input.model, 'Service', line.promise.agreement.services));
}

export function seriesFigure(words: Words, subject: string, series: Series, basis: ServicePromise['basis'], anchor: string, about: string): FigureBlock | undefined {
  const values = series.figures.map(plotted);
  if (values.every((value) => value === undefined)) return undefined;
  const labels = periodLabels(series.periods.map((period) => period.id), words);
  const target = targetNumber(series);
  const middle = median(series, words);
  const unit = series.last?.unit === 'percent' ? '%' : '';
  const trend = trendOf(series, words);
  return {
    kind: 'figure',
    anchor: `figure-${anchor}`,
    caption: [mark(statusOf(series.last)), ' ', figureCaption(subject, series, basis, words), ...(trend.direction === 'unknown' || trend.direction === 'none' ? [] : [' ', words.say('Trend: {0}.', trend.words)])],
    alternative: words.say('Run chart: {0}, for {1}, {2} periods to {3}; the numbers are in the table below.', subject, about, series.periods.length, words.period(series.periods.at(-1)?.id ?? '')),
    drawing: runChart({
      points: series.figures.map((figure, index) => ({ label: labels[index] ?? '', value: values[index], status: statusOf(figure) })),
      unit,
      ...(target === undefined ? {} : { target: { value: target, label: words.say('target {0}', shortQuantityInWords(words, series.last?.target?.value ?? '')) } }),
      ...(middle === undefined ? {} : { median: middle }),
      ...(unit === '%' ? { most: 100 } : {}),
    }),
    table: numbersTable(series, labels, basis, words),
  };
}

function median(series: Series, words: Words): { value: number; label: string } | undefined {
  const value = baselineMedian(series.figures.map(counted));
  const end = series.periods.at(-9);
  if (value === undefined || end === undefined) return undefined;
  const month = /^\d{4}-(\d{2})$/.exec(end.id);
  return { value, label: words.say('median to {0}', month === null ? end.id : words.monthShort(Number(month[1]))) };
}

function numbersTable(series: Series, labels: readonly string[], basis: ServicePromise['basis'], words: Words): Table {
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
  const [first, second] = countHeads(series, basis, words);
  const each = (cell: (index: number) => Cell): Cell[] => labels.map((_, index) => cell(index));
  return table(
    [column(''), ...labels.map((label) => column(label, 'number'))],
    [
      [text(series.last?.unit === 'percent' ? words.say('Actual, %') : words.say('Actual')), ...each((index) => (series.last?.unit === 'percent' ? percent(printValue(series.figures[index])) : decimal(printValue(series.figures[index], words))))],
      ...(has && !average ? [[text(first), ...each(numerator)]] : []),
      ...(has ? [[text(average ? words.say('Records') : second), ...each(denominator)]] : []),
      [text(words.say('Status')), ...each((index) => statusCell(statusOf(series.figures[index])))],
    ],
    { density: 'dense' },
  );
}

/** What the rows above and below count. */
function countHeads(series: Series, basis: ServicePromise['basis'], words: Words): readonly [string, string] {
  switch (basis) {
    case 'time':
      return series.last?.weightedBy === undefined ? [words.say('Down, min'), words.say('Agreed, h')] : [words.say('Down, user-min'), words.say('Agreed, user-h')];
    case 'deadlines':
      return [words.say('In time'), words.say('All')];
    case 'share':
      return [words.say('Counted'), words.say('All')];
  }
}
