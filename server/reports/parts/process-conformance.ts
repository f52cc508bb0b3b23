/** How the flow of a process was followed: of a report of its own, and of the handbook's page on the process. */
import { secondsInWords } from '../../../language/values/duration.ts';
import { ratioPercent } from '../../../language/values/percent.ts';
import type { Model } from '../../../language/model/model.ts';
import { fitness, type CountedDeviation, type CountedVariant, type Fit } from '../../analysis/conformance/conformance.ts';
import { skippedControls, type Conformance } from '../../analysis/conformance/conformance-result.ts';
import { deviationInWords, finishedInWords, stepInWords, stepsInWords } from '../../analysis/conformance/in-words.ts';
import type { Block, Cell } from '../blocks.ts';
import { attention, column, count, date, decimal, list, paragraph, percent, quiet, ratio, section, table, unknown, words } from '../block-builders.ts';
import { pareto, rankCauses } from '../charts/pareto.ts';
import { runChart } from '../charts/run-chart.ts';
import { clauseInWords } from '../facts/names.ts';
import { groupDigits, periodLabels, plural } from '../renderers/format-values.ts';

/** Fitness in percent, cut to two digits: never 100 where anything departs. */
export function fitnessInPercent(fit: Fit): string | undefined {
  const share = fitness(fit);
  return share === undefined ? undefined : ratioPercent(share);
}

/** `93.1% of 340 cases follow the flow wholly; fitness 97.02%` */
export function conformanceInWords({ comparison: { whole }, periods }: Conformance): string {
  const compared = whole.cases - whole.notCompared;
  if (compared === 0) return whole.cases === 0 ? `No case of ${stretchInWords(periods)} shows a step of it.` : `None of ${plural(whole.cases, 'case')} could be compared with it.`;
  return `${groupDigits(String(whole.following))} of ${plural(compared, 'case')} of ${stretchInWords(periods)} follow it wholly; fitness ${fitnessInPercent(whole) ?? '?'}%.`;
}

export function stretchInWords(periods: readonly string[]): string {
  return periods.length === 1 ? periods[0]! : `${periods[0] ?? ''} to ${periods.at(-1) ?? ''}`;
}

export function conformanceBlocks(conformance: Conformance, model: Model): readonly Block[] {
  const { comparison, waits } = conformance;
  const controls = skippedControls(conformance);
  return [
    paragraph(conformanceInWords(conformance)),
    ...controls.map(({ control, deviations, cases, samples }) => attention(`A control was left out or came too late in ${plural(cases, 'case')}: ${stepInWords(control.step, model)}, which meets ${control.requirements.map(clauseInWords).join(', ')}. ${deviations.map((deviation) => deviationInWords(deviation, model)).join('; ')}. First: ${samples.join(', ')}.`)),
    ...(comparison.whole.cases === 0 ? [] : [fitnessFigure(conformance)]),
    ...(comparison.deviations.length === 0 ? [] : [deviationFigure(comparison.deviations, comparison.whole, model)]),
    ...(comparison.frequentVariants.length === 0 ? [] : [variantTable(comparison.frequentVariants.slice(0, 10), comparison.variants, comparison.whole)]),
    ...(waits.length === 0 ? [] : [waitingTable(conformance, model)]),
    list(caveats(conformance, model).map((text) => [quiet(text)])),
  ];
}

function fitnessFigure({ comparison: { byPeriod, whole }, periods }: Conformance): Block {
  const from = Math.max(0, byPeriod.findIndex(({ cases }) => cases > 0));
  const shown = byPeriod.slice(from).map((fit, index) => ({ period: periods[from + index]!, fit }));
  const labels = periodLabels(shown.map(({ period }) => period));
  return {
    kind: 'figure',
    caption: [`Fitness of ${plural(whole.cases, 'case')}, month by month.`],
    alternative: 'Fitness of each month in percent; the numbers are in the table below.',
    drawing: runChart({ points: shown.map(({ fit }, index) => ({ label: labels[index]!, value: numberOf(fitnessInPercent(fit)), status: fit.cases === 0 ? 'no-data' : 'met' })), unit: '%', most: 100 }),
    table: table(
      [column('Month', 'date'), column('Cases', 'number'), column('Not finished', 'number'), column('Follow it wholly', 'text', { width: 'narrow' }), column('Fitness', 'percent', { unit: '%' }), column('Cost of the worst', 'text', { width: 'narrow' })],
      shown.map(({ period, fit }): Cell[] => [
        date(period), count(fit.cases), count(fit.open), ratio(fit.following, fit.cases - fit.notCompared),
        fit.cases === fit.notCompared ? unknown('No case was compared') : percent(fitnessInPercent(fit)), ratio(fit.cost, fit.worst),
      ]),
      { density: 'dense' },
    ),
  };
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

const kindsInWords: Readonly<Record<CountedDeviation['kind'], string>> = { skipped: 'skipped', extra: 'one too many', unknown: 'not in the flow', early: 'too early', late: 'too late' };

function deviationFigure(deviations: readonly CountedDeviation[], whole: Fit, model: Model): Block {
  const nameOf = ({ step, activity }: CountedDeviation): string => (step === undefined ? `“${activity ?? ''}”` : stepInWords(step, model));
  const shown = deviations.slice(0, 20);
  return {
    kind: 'figure',
    caption: [`${plural(deviations.length, 'kind of deviation', 'kinds of deviation')}${shown.length < deviations.length ? `, of which the ${shown.length} most frequent` : ''}.`],
    alternative: 'Deviations by how many cases have them; the numbers are in the table below.',
    drawing: pareto(rankCauses(deviations.map((one) => ({ name: `${nameOf(one)} ${kindsInWords[one.kind]}`, count: one.cases })))),
    table: table(
      [column('What'), column('How', 'text', { width: 'narrow' }), column('Beside'), column('Cases', 'number'), column('of', 'text', { width: 'narrow' }), column('Times', 'number'), column('First cases', 'text', { width: 'wide' })],
      shown.map((one): Cell[] => [
        words(nameOf(one)), words(kindsInWords[one.kind]), words(one.beside === undefined ? '' : `${one.kind === 'skipped' || one.kind === 'early' ? 'before' : 'after'} ${stepInWords(one.beside, model)}`),
        count(one.cases), words(groupDigits(String(whole.cases - whole.notCompared))), count(one.occurrences), words(one.samples.join(', ')),
      ]),
      { density: 'dense' },
    ),
  };
}

function variantTable(variants: readonly CountedVariant[], all: number, whole: Fit): Block {
  return table(
    [column('Order of what was done', 'text', { width: 'wide' }), column('Cases', 'number'), column('of', 'text', { width: 'narrow' }), column('Cost', 'number'), column('First cases')],
    variants.map(({ activities, isFinished, cases, cost, samples }): Cell[] => [
      words(`${activities.slice(0, 30).join(' → ')}${activities.length > 30 ? ` → … (${activities.length} in all)` : ''}${isFinished ? '' : ' → (not finished)'}`),
      count(cases), words(groupDigits(String(whole.cases))), cost === undefined ? unknown('It was not compared') : count(cost), words(samples.join(', ')),
    ]),
    { caption: [`${plural(all, 'way', 'ways')} of doing it${variants.length < all ? `; the ${variants.length} most frequent` : ''}.`], density: 'dense' },
  );
}

function waitingTable({ waits, clock }: Conformance, model: Model): Block {
  const total = waits.reduce((sum, wait) => sum + wait.total, 0);
  const [longest] = waits;
  return table(
    [column('From'), column('To'), column('Times', 'number'), column('Median', 'text', { width: 'narrow' }), column('9 of 10 within', 'text', { width: 'narrow' }), column('Longest', 'text', { width: 'narrow' }), column('Of all time', 'percent', { unit: '%' })],
    waits.slice(0, 15).map((wait): Cell[] => [
      words(stepsInWords(wait.from, model)), words(stepsInWords(wait.to, model)), count(wait.times), words(secondsInWords(wait.median)), words(secondsInWords(wait.p90)), words(secondsInWords(wait.longest)),
      total === 0 ? decimal(undefined) : percent(ratioPercent({ numerator: wait.total, denominator: total })),
    ]),
    { caption: [`Most time goes by between ${stepsInWords(longest!.from, model)} and ${stepsInWords(longest!.to, model)}, ${clock === undefined ? 'in elapsed time' : `in the open hours of “${model.get('Calendar', clock)?.title ?? clock}”`}.`], density: 'dense' },
  );
}

function caveats({ comparison, unseen, withoutStep, finishedBy, unknownActivities, source }: Conformance, model: Model): readonly string[] {
  return [
    `${finishedInWords(finishedBy)} A case counts in the month in which it was opened, and one that goes on need not have come to the end.`,
    ...(unseen.length === 0 ? [] : [`${source} cannot show whether these were done, so nothing is said of them: ${unseen.map((step) => stepInWords(step, model)).join(', ')}.`]),
    ...(withoutStep === undefined || withoutStep === 0 ? [] : [`${plural(withoutStep, 'record')} of these months show no step at all and were not compared.`]),
    ...(unknownActivities.length === 0 ? [] : [`Texts that stand for no step: ${unknownActivities.slice(0, 10).map(({ text, events }) => `“${text}” (${events})`).join(', ')}.`]),
    ...(comparison.notCompared === 'limit' ? [`${plural(comparison.whole.notCompared, 'case')} were not compared: the search came to its limit.`] : []),
    ...(comparison.notCompared === 'noEnd' ? ['No run of the flow comes to its end, so finished cases cannot be compared with it.'] : []),
    'Which way a decision should have gone is not judged: a case follows the flow if any way through it is as the case went.',
  ];
}

export function conformanceSection(conformance: Conformance, model: Model): Block {
  return section(model.get('Process', conformance.process)?.title ?? conformance.process, conformanceBlocks(conformance, model), { anchor: `process-${conformance.process}-${conformance.source}` });
}
