/** Inputs from figures: metrics, objectives, service levels, other parties. */
import type { Agreement, Metric } from '../../../language/model/declarations.ts';
import type { Block, Cell } from '../blocks.ts';
import { at, column, date, paragraph, quiet, statusCell, table, unknown, words as text } from '../block-builders.ts';
import { basisInWords, statusOf, type Series } from '../facts/figures.ts';
import { titleById, titleOf, titlesById } from '../facts/names.ts';
import { promisedInWords, targetInWords } from '../facts/promises-in-words.ts';
import { limitInWords, quantityInWords } from '../facts/quantities.ts';
import { agreementsInForce, metricBasis, type Basis } from '../facts/targets.ts';
import { actualCell, tally, targetLines, trendCell, type TargetLine } from '../parts/service-levels.ts';
import { sourcePlace } from '../parts/places.ts';
import type { Words } from '../words/words.ts';
import type { ReviewContext } from './review-context.ts';

const mostRows = 60;

/** `12 of 14 with a verdict met their target; 3 have none.` */
function verdicts(words: Words, what: string, counts: ReturnType<typeof tally>): Block {
  if (counts.judged === 0) return paragraph(words.say('{0}: none has a verdict, too little is known.', what));
  return paragraph(words.say('{0}: {1} of {2} with a verdict were met, {3} of them only just; {4} have no verdict.', what, counts.met + counts.warning, counts.judged, counts.warning, counts.withoutVerdict));
}

export function measurementBlocks({ input, figures }: ReviewContext): readonly Block[] {
  const { model, words } = input;
  const metrics = model.all('Metric');
  if (metrics.length === 0) return [];
  const lines = metrics.map((metric) => ({ metric, series: figures.series({ kind: 'metric', metric: metric.name }, input.period) })).map((line) => ({ ...line, status: statusOf(line.series.last) }));
  if (lines.every(({ series }) => series.last === undefined)) return [];
  const order = ['below', 'warning', 'met', 'too-small', 'no-data'];
  const shown = lines.filter(({ series, metric }) => series.last !== undefined || metric.target !== undefined).toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  return [
    verdicts(words, words.say('Metrics'), tally(lines)),
    ...(shown.length === 0
      ? []
      : [
          table(
            [column(words.say('Metric'), 'text', { width: 'wide' }), column(words.say('Target'), 'text', { width: 'narrow' }), column(words.say('Latest value'), 'number'), column(words.say('Of')), column(words.say('Status'), 'status'), column(words.say('13 months'), 'drawing')],
            shown.slice(0, mostRows).map(({ metric, series }): Cell[] => [metricCell(input, metric), text(metric.target === undefined ? '' : limitInWords(words, metric.comparison, metric.target)), actualCell(series, words), ofCell(words, series, metricBasis(metric)), statusCell(statusOf(series.last)), trendCell(series, words)]),
            { density: 'dense', ...(shown.length > mostRows ? { caption: [words.say('The first {0} of {1} are shown, those that fell short before the others.', mostRows, shown.length)] } : {}) },
          ),
        ]),
  ];
}

function metricCell({ locator }: ReviewContext['input'], metric: Metric): Cell {
  return text(at(sourcePlace(locator, { entity: metric.$key }), titleOf(metric)));
}

/** What a value rests on: `24 of 31`, `4 h 2 min down of 744 h`. */
function ofCell(words: Words, { last }: Series, basis: Basis): Cell {
  return last?.value === undefined ? text(quiet(words.say('no figure'))) : text(basisInWords(last, basis, words) ?? '');
}

export function objectiveBlocks({ input, figures }: ReviewContext): readonly Block[] {
  const { model, words, locator, asOf } = input;
  const objectives = model.all('Objective').filter(({ status }) => status !== 'dropped');
  if (objectives.length === 0) return [];
  return [
    table(
      [column(words.say('Objective'), 'text', { width: 'wide' }), column(words.say('Metric')), column(words.say('From')), column(words.say('To be reached')), column(words.say('By'), 'date'), column(words.say('Latest value'), 'number'), column(words.say('Owner')), column(words.say('State'), 'text', { width: 'narrow' })],
      objectives.slice(0, mostRows).map((objective): Cell[] => {
        const series = objective.metric === undefined ? undefined : figures.series({ kind: 'metric', metric: objective.metric }, input.period);
        const metric = model.get('Metric', objective.metric);
        const state = objective.status === 'achieved' ? words.say('achieved') : objective.by !== undefined && objective.by < asOf ? words.say('overdue') : words.say('open');
        return [
          text(at(sourcePlace(locator, { entity: objective.$key }), titleOf(objective))),
          text(objective.metric === undefined ? '' : titleById(model, 'Metric', objective.metric)),
          text(objective.from === undefined ? '' : quantityInWords(words, objective.from)),
          text(objective.to === undefined ? '' : metric?.comparison === undefined ? quantityInWords(words, objective.to) : limitInWords(words, metric.comparison, objective.to)),
          date(objective.by), series === undefined ? unknown() : actualCell(series, words),
          text(objective.owner === undefined ? '' : titleById(model, 'Actor', objective.owner)), text(state),
        ];
      }),
    ),
  ];
}

export function servicePerformanceBlocks(context: ReviewContext): readonly Block[] {
  const { input, figures } = context;
  const { words, model } = input;
  const agreements = agreementsInForce(model, input.period).filter(({ type }) => type === 'sla');
  const lines = targetLines(input, figures, agreements);
  if (lines.every(({ series }) => series.last === undefined)) return [];
  return [verdicts(words, words.say('Service level targets in {0}', words.period(input.period.id)), tally(lines)), ...shortfalls(context, lines, words.say('Targets missed, or only just met')), ...limitBlocks(context, agreements)];
}

/** Missed first, then what was only just met. */
function shortfalls({ input: { words, model } }: ReviewContext, lines: readonly TargetLine[], caption: string): readonly Block[] {
  const shown = [...lines.filter(({ status }) => status === 'below'), ...lines.filter(({ status }) => status === 'warning')];
  if (shown.length === 0) return [];
  return [
    table(
      [column(words.say('Agreement')), column(words.say('With')), column(words.say('Target')), column(words.say('Promised')), column(words.say('Actual'), 'number'), column(words.say('Of')), column(words.say('Status'), 'status')],
      shown.slice(0, mostRows).map(({ promise: { agreement, target, basis }, series, status }): Cell[] => [text(titleOf(agreement)), text(otherParty(model, agreement)), text(targetInWords(words, model, target)), text(promisedInWords(words, target)), actualCell(series, words), ofCell(words, series, basis), statusCell(status)]),
      { density: 'dense', caption: [shown.length > mostRows ? words.say('{0}; the first {1} of {2}', caption, mostRows, shown.length) : caption] },
    ),
  ];
}

function otherParty(model: ReviewContext['input']['model'], { customer, supplier, provider }: Agreement): string {
  return titleById(model, 'Party', customer ?? supplier ?? provider ?? '');
}

/** Workload beyond what was agreed. */
function limitBlocks({ input: { words, period }, figures }: ReviewContext, agreements: readonly Agreement[]): readonly Block[] {
  const over = agreements.flatMap((agreement) => agreement.workloadLimits.flatMap((limit) => (statusOf(figures.series({ kind: 'workload', agreement: agreement.name, limit: limit.name }, period).last) === 'below' ? [`${titleOf(agreement)}: ${limit.name}`] : [])));
  return over.length === 0 ? [] : [paragraph(words.say('Workload beyond its limit: {0}.', over.join('; ')))];
}

export function otherPartyBlocks(context: ReviewContext): readonly Block[] {
  const { input, figures } = context;
  const { words, model, locator } = input;
  const suppliers = model.all('Supplier');
  if (suppliers.length === 0) return [];
  const agreements = agreementsInForce(model, input.period).filter(({ type }) => type !== 'sla');
  const lines = targetLines(input, figures, agreements);
  return [
    ...(lines.length === 0 ? [] : [verdicts(words, words.say('Targets of contracts and operational level agreements in {0}', words.period(input.period.id)), tally(lines)), ...shortfalls(context, lines, words.say('Targets missed, or only just met'))]),
    table(
      [column(words.say('Other party')), column(words.say('Provides')), column(words.say('Targets met'), 'text', { width: 'narrow' }), column(words.say('Last reviewed'), 'date'), column(words.say('Latest results of controls'), 'text', { width: 'wide' })],
      suppliers.slice(0, mostRows).map((supplier): Cell[] => {
        const own = tally(lines.filter(({ promise: { agreement } }) => agreement.supplier === supplier.name || agreement.provider === supplier.name));
        const reviewed = supplier.performanceReviewed ?? supplier.review?.last;
        return [
          text(at(sourcePlace(locator, { entity: supplier.$key }), titleOf(supplier))), text(titlesById(model, 'Provided', supplier.provides)),
          own.judged === 0 ? unknown(words.say('no verdict')) : { kind: 'ratio', numerator: String(own.met + own.warning), denominator: String(own.judged) },
          date(reviewed), text(supplier.controls.flatMap(({ result, applied }) => (result === undefined ? [] : [applied === undefined ? result : `${words.date(applied)}: ${result}`])).join('; ')),
        ];
      }),
    ),
  ];
}
