/** What would have become of an agreement if it had been in force in the last months, as a document. */
import { ratioPercent } from '../../../language/values/percent.ts';
import type { BackTest, BackTestedPromise, CreditSum, VariedResult } from '../../analysis/back-test/back-test-result.ts';
import type { Dimension } from '../../analysis/back-test/variations.ts';
import type { Figure } from '../../measurement/figure.ts';
import type { Block, Cell, Document } from '../blocks.ts';
import { column, count, date, keyFigures, lead, list, paragraph, percent, quiet, ratio, section, statusCell, strong, table, unknown, words as text } from '../block-builders.ts';
import { runChart } from '../charts/run-chart.ts';
import { plotted, statusOf, targetInWords, valueInWords } from '../facts/figures.ts';
import { titleOf } from '../facts/names.ts';
import { periodLabels } from '../renderers/format-values.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportInput } from '../report.ts';
import { message, type Words } from '../words/words.ts';

export const dimensionInWords: Readonly<Record<Dimension, string>> = { value: message('value'), share: message('share of records'), hours: message('hours') };

/** `kept in 10 of 11 months` */
export function tallyInWords({ tally: { met, missed, unknown: notKnown } }: Pick<BackTestedPromise, 'tally'>, words: Words): string {
  const known = met + missed;
  if (known === 0) return notKnown === 0 ? words.say('not known') : words.count(notKnown, 'not known in {0} period', 'not known in {0} periods');
  const said = words.count(known, '{1} of {0} period', '{1} of {0} periods', met);
  return notKnown === 0 ? said : words.say('{0}, {1} not known', said, notKnown);
}

/** `1,200 EUR in 2 months`; what is not known is said. */
export function creditsInWords({ due, periods, unknown: notKnown, reason }: CreditSum, words: Words): string {
  const said = periods === 0 ? words.say('none') : words.count(periods, '{1} in {0} month', '{1} in {0} months', due.length > 0 ? words.list(due) : words.say('due'));
  return `${said}${reason === undefined ? '' : ` (${reason.charAt(0).toLowerCase()}${reason.slice(1)})`}${notKnown === 0 ? '' : words.count(notKnown, '; not known in {0} month', '; not known in {0} months')}`;
}

/** All periods together, where figures are so many of so many. */
export function togetherOf(figures: readonly Figure[]): { readonly numerator: number; readonly denominator: number } | undefined {
  const known = figures.filter(({ unit, numerator, denominator }) => unit === 'percent' && numerator !== undefined && denominator !== undefined);
  if (known.length === 0) return undefined;
  const sum = (of: (figure: Figure) => string | undefined): number => known.reduce((total, figure) => total + Number(of(figure)), 0);
  return { numerator: sum(({ numerator }) => numerator), denominator: sum(({ denominator }) => denominator) };
}

/** The figure that is furthest on the wrong side, or nearest to it. */
export function worstOf(figures: readonly Figure[]): Figure | undefined {
  const known = figures.filter(({ value }) => value !== undefined);
  return known.reduce<Figure | undefined>((worst, figure) => {
    if (worst === undefined) return figure;
    const less = figure.target?.comparison === '<=' || figure.target?.comparison === '<';
    return (less ? Number(figure.value) > Number(worst.value) : Number(figure.value) < Number(worst.value)) ? figure : worst;
  }, undefined);
}

export function backTestDocument(input: ReportInput, test: BackTest): Document {
  const { model, words } = input;
  const agreement = model.get('Agreement', test.agreement);
  const title = agreement === undefined ? test.agreement : titleOf(agreement);
  const missed = test.promises.filter(({ tally }) => tally.missed > 0).length;
  const notKnown = test.promises.filter(({ tally }) => tally.met + tally.missed === 0).length;
  return reportDocument(input, {
    id: `back-test-${test.agreement}`,
    title: words.say('Back-test: {0}', title),
    subtitle: words.say('{0} to {1}, as if it had been in force', test.months[0] ?? '', test.months.at(-1) ?? ''),
    blocks: [
      lead(`${missed === 0 ? words.say('No promise is known to have been broken') : words.count(test.promises.length, '{1} of {0} promise would have been broken at least once', '{1} of {0} promises would have been broken at least once', missed)}${notKnown === 0 ? '' : words.count(notKnown, '; of {0} promise nothing is known', '; of {0} promises nothing is known')}.`),
      keyFigures([
        { name: words.say('Promises kept throughout'), value: String(test.promises.filter(({ tally }) => tally.met > 0 && tally.missed + tally.unknown === 0).length), whole: words.say('of {0}', test.promises.length) },
        { name: words.say('Periods missed'), value: String(test.promises.reduce((sum, { tally }) => sum + tally.missed, 0)), ...(missed > 0 ? { status: 'below' as const } : {}) },
        ...(test.credits.length === 0 ? [] : [{ name: words.say('Service credits'), value: words.list(test.creditSum.due) || (test.creditSum.periods > 0 ? words.say('due') : words.say('none')), note: [creditsInWords(test.creditSum, words)] }]),
      ]),
      ...test.promises.map((promise) => promiseSection(promise, words)),
      ...creditSection(test, words),
      section(words.say('How it is computed'), [
        list([
          [`${test.isDraft ? `${words.say('The agreement is a draft: nobody has agreed it, or it is not in force yet.')} ` : ''}${words.say('Each promise is taken as it was stated last, and as if it had been in force in all of these months.')}`],
          [words.say('Figures are measured from the same records and in the same way as those of every agreement; only the model is another one. One thing is varied at a time: the value, the share of records, or the hours in which the clock runs.')],
          [words.say('What would have been done otherwise under other promises, nobody knows.')],
        ].map((item) => item.map((sentence) => quiet(sentence)))),
      ]),
    ],
  });
}

function promiseSection(promise: BackTestedPromise, words: Words): Block {
  const { name, says, figures, varied } = promise;
  return section(`${name}: ${says}`, [
    figures.some(({ value }) => value !== undefined) ? monthsFigure(promise, words) : paragraph(figures[0]?.reason === undefined ? words.say('Not known.') : words.say('Not known: {0}.', figures[0].reason)),
    ...(['value', 'share', 'hours'] as const).flatMap((dimension) => {
      const own = varied.filter((one) => one.dimension === dimension);
      return own.length < 2 || own.every(({ figures: of }) => of.every(({ value }) => value === undefined)) ? [] : [sensitivityFigure(dimension, own, words)];
    }),
  ], { anchor: `promise-${name}` });
}

function monthsFigure(promise: BackTestedPromise, words: Words): Block {
  const { figures } = promise;
  const labels = periodLabels(figures.map(({ period }) => period));
  const unit = figures.some((figure) => figure.unit === 'percent') ? '%' : '';
  const target = figures.find((figure) => figure.target !== undefined)?.target;
  const line = target === undefined ? NaN : Number(target.value.replace(/%$/u, ''));
  return {
    kind: 'figure',
    caption: [words.say('Would have been kept: {0}.', tallyInWords(promise, words))],
    alternative: words.say('The figure of each period against the promise; the numbers are in the table below.'),
    drawing: runChart({ points: figures.map((figure, index) => ({ label: labels[index]!, value: plotted(figure), status: statusOf(figure) })), unit, ...(unit === '%' ? { most: 100 } : {}), ...(Number.isNaN(line) || target === undefined ? {} : { target: { value: line, label: `${target.comparison} ${target.value}` } }) }),
    table: table(
      [column(words.say('Period'), 'date'), column(words.say('Actual'), 'number'), column(words.say('Of'), 'text', { width: 'narrow' }), column(words.say('Promised'), 'text', { width: 'narrow' }), column(words.say('Status'), 'status')],
      figures.map((figure): Cell[] => [
        date(figure.period), figure.value === undefined ? unknown(figure.reason) : { kind: 'number', value: valueInWords(figure) ?? figure.value },
        figure.numerator === undefined || figure.denominator === undefined || figure.unit !== 'percent' ? text(figure.sample === undefined ? '' : String(figure.sample)) : ratio(figure.numerator, figure.denominator),
        text(targetInWords(figure) ?? ''), statusCell(statusOf(figure)),
      ]),
      { density: 'dense' },
    ),
  };
}

/** Kept periods of those that are known, in percent. */
function keptShare({ tally: { met, missed } }: VariedResult): number | undefined {
  const share = ratioPercent({ numerator: met, denominator: met + missed });
  return share === undefined ? undefined : Number(share);
}

function sensitivityFigure(dimension: Dimension, varied: readonly VariedResult[], words: Words): Block {
  const hasCredits = varied.some(({ credits }) => credits.periods + credits.unknown > 0);
  const declared = varied.find(({ isDeclared }) => isDeclared);
  return {
    kind: 'figure',
    caption: [declared === undefined ? words.say('Periods in which it would have been kept, by the {0}.', words.say(dimensionInWords[dimension])) : words.say('Periods in which it would have been kept, by the {0}; the agreement says {1}.', words.say(dimensionInWords[dimension]), declared.says)],
    alternative: words.say('The share of periods in which the promise would have been kept, by the {0}; the numbers are in the table below.', words.say(dimensionInWords[dimension])),
    drawing: runChart({ points: varied.map((one) => ({ label: one.isDeclared ? `[${one.says}]` : one.says, value: keptShare(one), status: one.tally.missed > 0 ? 'below' : one.tally.met > 0 ? 'met' : 'no-data' })), unit: '%', most: 100, height: 150 }),
    table: table(
      [column(dimension === 'value' ? words.say('Promised') : dimension === 'share' ? words.say('For') : words.say('Clock')), column(words.say('Periods kept'), 'text', { width: 'narrow' }), column(words.say('Not known'), 'number'), column(words.say('Worst period'), 'text', { width: 'narrow' }), column(words.say('All together'), 'percent', { unit: '%' }), ...(hasCredits ? [column(words.say('Service credits'))] : [])],
      varied.map((one): Cell[] => {
        const [worst, together] = [worstOf(one.figures), togetherOf(one.figures)];
        return [
          text(one.isDeclared ? strong(words.say('{0} (as it is)', one.says)) : one.says), one.tally.met + one.tally.missed === 0 ? unknown(one.figures[0]?.reason) : ratio(one.tally.met, one.tally.met + one.tally.missed), count(one.tally.unknown),
          text(worst === undefined ? '–' : `${worst.period}: ${valueInWords(worst) ?? ''}`), together === undefined ? unknown() : percent(ratioPercent(together)),
          ...(hasCredits ? [text(creditsInWords(one.credits, words))] : []),
        ];
      }),
      { density: 'dense' },
    ),
  };
}

function creditSection({ credits, creditSum }: BackTest, words: Words): readonly Block[] {
  if (credits.length === 0) return [];
  return [section(words.say('What it would have cost'), [
    paragraph(words.say('Service credits: {0}.', creditsInWords(creditSum, words))),
    table([column(words.say('Month'), 'date'), column(words.say('Service credits'))], credits.map(({ month, due, isAtLeast, reason }): Cell[] => [date(month), text(reason ?? (due === undefined ? (isAtLeast ? words.say('not known') : words.say('none')) : isAtLeast ? words.say('at least {0}', due) : due))]), { density: 'dense' }),
  ], { anchor: 'credits' })];
}
