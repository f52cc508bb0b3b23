/** How the flow of a process was followed: of a report of its own, and of the handbook's page on the process. */
import { secondsInWords } from '../../../language/values/duration.ts';
import { ratioPercent } from '../../../language/values/percent.ts';
import type { Model } from '../../../language/model/model.ts';
import { fitness, type CountedDeviation, type CountedVariant, type Fit } from '../../analysis/conformance/conformance.ts';
import { skippedControls, type Conformance } from '../../analysis/conformance/conformance-result.ts';
import { deviationInWords, finishedInWords, stepInWords, stepsInWords } from '../../analysis/conformance/in-words.ts';
import type { Block, Cell } from '../blocks.ts';
import { attention, column, count, date, decimal, list, paragraph, percent, quiet, ratio, section, table, unknown, words as text } from '../block-builders.ts';
import { pareto, rankCauses } from '../charts/pareto.ts';
import { runChart } from '../charts/run-chart.ts';
import { clauseInWords } from '../facts/names.ts';
import { periodLabels } from '../renderers/format-values.ts';
import type { ReportInput } from '../report.ts';
import { message, type Words } from '../words/words.ts';

/** Fitness in percent, cut to two digits: never 100 where anything departs. */
export function fitnessInPercent(fit: Fit): string | undefined {
  const share = fitness(fit);
  return share === undefined ? undefined : ratioPercent(share);
}

/** `93.1% of 340 cases follow the flow wholly; fitness 97.02%` */
export function conformanceInWords({ comparison: { whole }, periods }: Conformance, words: Words): string {
  const compared = whole.cases - whole.notCompared;
  if (compared === 0) return whole.cases === 0 ? words.say('No case of {0} shows a step of it.', stretchInWords(periods, words)) : words.count(whole.cases, 'The one case could not be compared with it.', 'None of {0} cases could be compared with it.');
  return words.count(compared, '{1} of {0} case of {2} follows it wholly; fitness {3}%.', '{1} of {0} cases of {2} follow it wholly; fitness {3}%.', whole.following, stretchInWords(periods, words), words.number(fitnessInPercent(whole) ?? '?'));
}

export function stretchInWords(periods: readonly string[], words: Words): string {
  return periods.length === 1 ? periods[0]! : words.say('{0} to {1}', periods[0] ?? '', periods.at(-1) ?? '');
}

export function conformanceBlocks(conformance: Conformance, { model, words }: Pick<ReportInput, 'model' | 'words'>): readonly Block[] {
  const { comparison, waits } = conformance;
  const controls = skippedControls(conformance);
  return [
    paragraph(conformanceInWords(conformance, words)),
    ...controls.map(({ control, deviations, cases, samples }) => attention(words.count(cases, 'A control was left out or came too late in {0} case: {1}, which meets {2}. {3}. First: {4}.', 'A control was left out or came too late in {0} cases: {1}, which meets {2}. {3}. First: {4}.', stepInWords(control.step, model), control.requirements.map((requirement) => clauseInWords(requirement)).join(', '), deviations.map((deviation) => deviationInWords(deviation, model)).join('; '), samples.join(', ')))),
    ...(comparison.whole.cases === 0 ? [] : [fitnessFigure(conformance, words)]),
    ...(comparison.deviations.length === 0 ? [] : [deviationFigure(comparison.deviations, comparison.whole, model, words)]),
    ...(comparison.frequentVariants.length === 0 ? [] : [variantTable(comparison.frequentVariants.slice(0, 10), comparison.variants, comparison.whole, words)]),
    ...(waits.length === 0 ? [] : [waitingTable(conformance, model, words)]),
    list(caveats(conformance, model, words).map((text) => [quiet(text)])),
  ];
}

function fitnessFigure({ comparison: { byPeriod, whole }, periods }: Conformance, words: Words): Block {
  const from = Math.max(0, byPeriod.findIndex(({ cases }) => cases > 0));
  const shown = byPeriod.slice(from).map((fit, index) => ({ period: periods[from + index]!, fit }));
  const labels = periodLabels(shown.map(({ period }) => period));
  return {
    kind: 'figure',
    caption: [words.count(whole.cases, 'Fitness of {0} case, month by month.', 'Fitness of {0} cases, month by month.')],
    alternative: words.say('Fitness of each month in percent; the numbers are in the table below.'),
    drawing: runChart({ points: shown.map(({ fit }, index) => ({ label: labels[index]!, value: numberOf(fitnessInPercent(fit)), status: fit.cases === 0 ? 'no-data' : 'met' })), unit: '%', most: 100 }),
    table: table(
      [column(words.say('Month'), 'date'), column(words.say('Cases'), 'number'), column(words.say('Not finished'), 'number'), column(words.say('Follow it wholly'), 'text', { width: 'narrow' }), column(words.say('Fitness'), 'percent', { unit: '%' }), column(words.say('Cost of the worst'), 'text', { width: 'narrow' })],
      shown.map(({ period, fit }): Cell[] => [
        date(period), count(fit.cases), count(fit.open), ratio(fit.following, fit.cases - fit.notCompared),
        fit.cases === fit.notCompared ? unknown(words.say('No case was compared')) : percent(fitnessInPercent(fit)), ratio(fit.cost, fit.worst),
      ]),
      { density: 'dense' },
    ),
  };
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

const kindsInWords: Readonly<Record<CountedDeviation['kind'], string>> = {
  skipped: message('skipped'),
  extra: message('one too many'),
  unknown: message('not in the flow'),
  early: message('too early'),
  late: message('too late'),
};

function deviationFigure(deviations: readonly CountedDeviation[], whole: Fit, model: Model, words: Words): Block {
  const nameOf = ({ step, activity }: CountedDeviation): string => (step === undefined ? `“${activity ?? ''}”` : stepInWords(step, model));
  const shown = deviations.slice(0, 20);
  return {
    kind: 'figure',
    caption: [shown.length < deviations.length ? words.say('{0} kinds of deviation, of which the {1} most frequent.', deviations.length, shown.length) : words.count(deviations.length, '{0} kind of deviation.', '{0} kinds of deviation.')],
    alternative: words.say('Deviations by how many cases have them; the numbers are in the table below.'),
    drawing: pareto(rankCauses(deviations.map((one) => ({ name: `${nameOf(one)} ${words.say(kindsInWords[one.kind])}`, count: one.cases })))),
    table: table(
      [column(words.say('What')), column(words.say('How'), 'text', { width: 'narrow' }), column(words.say('Beside')), column(words.say('Cases'), 'number'), column(words.say('of'), 'number'), column(words.say('Times'), 'number'), column(words.say('First cases'), 'text', { width: 'wide' })],
      shown.map((one): Cell[] => [
        text(nameOf(one)), text(words.say(kindsInWords[one.kind])), text(one.beside === undefined ? '' : one.kind === 'skipped' || one.kind === 'early' ? words.say('before {0}', stepInWords(one.beside, model)) : words.say('after {0}', stepInWords(one.beside, model))),
        count(one.cases), count(whole.cases - whole.notCompared), count(one.occurrences), text(one.samples.join(', ')),
      ]),
      { density: 'dense' },
    ),
  };
}

function variantTable(variants: readonly CountedVariant[], all: number, whole: Fit, words: Words): Block {
  return table(
    [column(words.say('Order of what was done'), 'text', { width: 'wide' }), column(words.say('Cases'), 'number'), column(words.say('of'), 'number'), column(words.say('Cost'), 'number'), column(words.say('First cases'))],
    variants.map(({ activities, isFinished, cases, cost, samples }): Cell[] => [
      text(`${activities.slice(0, 30).join(' → ')}${activities.length > 30 ? ` → … ${words.say('({0} in all)', activities.length)}` : ''}${isFinished ? '' : ` → ${words.say('(not finished)')}`}`),
      count(cases), count(whole.cases), cost === undefined ? unknown(words.say('It was not compared')) : count(cost), text(samples.join(', ')),
    ]),
    { caption: [variants.length < all ? words.say('{0} ways of doing it; the {1} most frequent.', all, variants.length) : words.count(all, '{0} way of doing it.', '{0} ways of doing it.')], density: 'dense' },
  );
}

function waitingTable({ waits, clock }: Conformance, model: Model, words: Words): Block {
  const total = waits.reduce((sum, wait) => sum + wait.total, 0);
  const [longest] = waits;
  return table(
    [column(words.say('From step')), column(words.say('To step')), column(words.say('Times'), 'number'), column(words.say('Median'), 'text', { width: 'narrow' }), column(words.say('9 of 10 within'), 'text', { width: 'narrow' }), column(words.say('Longest'), 'text', { width: 'narrow' }), column(words.say('Of all time'), 'percent', { unit: '%' })],
    waits.slice(0, 15).map((wait): Cell[] => [
      text(stepsInWords(wait.from, model)), text(stepsInWords(wait.to, model)), count(wait.times), text(secondsInWords(wait.median)), text(secondsInWords(wait.p90)), text(secondsInWords(wait.longest)),
      total === 0 ? decimal(undefined) : percent(ratioPercent({ numerator: wait.total, denominator: total })),
    ]),
    {
      caption: [
        clock === undefined
          ? words.say('Most time goes by between {0} and {1}, in elapsed time.', stepsInWords(longest!.from, model), stepsInWords(longest!.to, model))
          : words.say('Most time goes by between {0} and {1}, in the open hours of “{2}”.', stepsInWords(longest!.from, model), stepsInWords(longest!.to, model), model.get('Calendar', clock)?.title ?? clock),
      ],
      density: 'dense',
    },
  );
}

function caveats({ comparison, unseen, withoutStep, finishedBy, unknownActivities, source }: Conformance, model: Model, words: Words): readonly string[] {
  return [
    words.say('{0} A case counts in the month in which it was opened, and one that goes on need not have come to the end.', finishedInWords(finishedBy)),
    ...(unseen.length === 0 ? [] : [words.say('{0} cannot show whether these were done, so nothing is said of them: {1}.', source, unseen.map((step) => stepInWords(step, model)).join(', '))]),
    ...(withoutStep === undefined || withoutStep === 0 ? [] : [words.count(withoutStep, '{0} record of these months shows no step at all and was not compared.', '{0} records of these months show no step at all and were not compared.')]),
    ...(unknownActivities.length === 0 ? [] : [words.say('Texts that stand for no step: {0}.', unknownActivities.slice(0, 10).map(({ text: written, events }) => `“${written}” (${events})`).join(', '))]),
    ...(comparison.notCompared === 'limit' ? [words.count(comparison.whole.notCompared, '{0} case was not compared: the search came to its limit.', '{0} cases were not compared: the search came to its limit.')] : []),
    ...(comparison.notCompared === 'noEnd' ? [words.say('No run of the flow comes to its end, so finished cases cannot be compared with it.')] : []),
    words.say('Which way a decision should have gone is not judged: a case follows the flow if any way through it is as the case went.'),
  ];
}

export function conformanceSection(conformance: Conformance, input: Pick<ReportInput, 'model' | 'words'>): Block {
  const { model } = input;
  return section(model.get('Process', conformance.process)?.title ?? conformance.process, conformanceBlocks(conformance, input), { anchor: `process-${conformance.process}-${conformance.source}` });
}
