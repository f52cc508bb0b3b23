/** What would have become of an agreement if it had been in force in the last months, as a document. */
import { ratioPercent } from '../../../language/values/percent.ts';
import type { BackTest, BackTestedPromise, CreditSum, VariedResult } from '../../analysis/back-test/back-test-result.ts';
import type { Dimension } from '../../analysis/back-test/variations.ts';
import type { Figure } from '../../measurement/figure.ts';
import type { Block, Cell, Document } from '../blocks.ts';
import { column, count, date, keyFigures, lead, list, paragraph, percent, quiet, ratio, section, statusCell, strong, table, unknown, words } from '../block-builders.ts';
import { runChart } from '../charts/run-chart.ts';
import { plotted, statusOf, targetInWords, valueInWords } from '../facts/figures.ts';
import { titleOf } from '../facts/names.ts';
import { periodLabels, plural } from '../renderers/format-values.ts';
import type { ReportInput } from '../report.ts';

export const dimensionInWords: Readonly<Record<Dimension, string>> = { value: 'value', share: 'share of records', hours: 'hours' };

/** `kept in 10 of 11 months` */
export function tallyInWords({ tally: { met, missed, unknown: notKnown } }: Pick<BackTestedPromise, 'tally'>, noun = 'period'): string {
  const known = met + missed;
  const rest = notKnown === 0 ? '' : `, ${notKnown} not known`;
  return known === 0 ? `not known${notKnown === 0 ? '' : ` in ${plural(notKnown, noun)}`}` : `${met} of ${plural(known, noun)}${rest}`;
}

/** `1,200 EUR in 2 months`; what is not known is said. */
export function creditsInWords({ due, periods, unknown: notKnown, reason }: CreditSum): string {
  const said = periods === 0 ? 'none' : `${due.length > 0 ? due.join(' and ') : 'due'} in ${plural(periods, 'month')}`;
  return `${said}${reason === undefined ? '' : ` (${reason.charAt(0).toLowerCase()}${reason.slice(1)})`}${notKnown === 0 ? '' : `; not known in ${plural(notKnown, 'month')}`}`;
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
  const { model, provenance } = input;
  const agreement = model.get('Agreement', test.agreement);
  const title = agreement === undefined ? test.agreement : titleOf(agreement);
  const [organization] = model.all('Organization');
  const missed = test.promises.filter(({ tally }) => tally.missed > 0).length;
  const notKnown = test.promises.filter(({ tally }) => tally.met + tally.missed === 0).length;
  return {
    id: `back-test-${test.agreement}`, title: `Back-test: ${title}`, subtitle: `${test.months[0] ?? ''} to ${test.months.at(-1) ?? ''}, as if it had been in force`, language: 'en', provenance,
    organization: organization === undefined ? 'Organization not declared' : titleOf(organization),
    blocks: [
      lead(`${missed === 0 ? 'No promise is known to have been broken' : `${missed} of ${plural(test.promises.length, 'promise')} would have been broken at least once`}${notKnown === 0 ? '' : `; of ${plural(notKnown, 'promise')} nothing is known`}.`),
      keyFigures([
        { name: 'Promises kept throughout', value: String(test.promises.filter(({ tally }) => tally.met > 0 && tally.missed + tally.unknown === 0).length), whole: `of ${test.promises.length}` },
        { name: 'Periods missed', value: String(test.promises.reduce((sum, { tally }) => sum + tally.missed, 0)), ...(missed > 0 ? { status: 'below' as const } : {}) },
        ...(test.credits.length === 0 ? [] : [{ name: 'Service credits', value: test.creditSum.due.join(' and ') || (test.creditSum.periods > 0 ? 'due' : 'none'), note: [creditsInWords(test.creditSum)] }]),
      ]),
      ...test.promises.map(promiseSection),
      ...creditSection(test),
      section('How it is computed', [
        list([
          [`${test.isDraft ? 'The agreement is a draft: nobody has agreed it, or it is not in force yet. ' : ''}Each promise is taken as it was stated last, and as if it had been in force in all of these months.`],
          ['Figures are measured from the same records and in the same way as those of every agreement; only the model is another one. One thing is varied at a time: the value, the share of records, or the hours in which the clock runs.'],
          ['What would have been done otherwise under other promises, nobody knows.'],
        ].map((item) => item.map((text) => quiet(text)))),
      ]),
    ],
  };
}

function promiseSection(promise: BackTestedPromise): Block {
  const { name, says, figures, varied } = promise;
  return section(`${name}: ${says}`, [
    figures.some(({ value }) => value !== undefined) ? monthsFigure(promise) : paragraph(`Not known${figures[0]?.reason === undefined ? '' : `: ${figures[0].reason}`}.`),
    ...(['value', 'share', 'hours'] as const).flatMap((dimension) => {
      const own = varied.filter((one) => one.dimension === dimension);
      return own.length < 2 || own.every(({ figures: of }) => of.every(({ value }) => value === undefined)) ? [] : [sensitivityFigure(dimension, own)];
    }),
  ], { anchor: `promise-${name}` });
}

function monthsFigure(promise: BackTestedPromise): Block {
  const { figures } = promise;
  const labels = periodLabels(figures.map(({ period }) => period));
  const unit = figures.some((figure) => figure.unit === 'percent') ? '%' : '';
  const target = figures.find((figure) => figure.target !== undefined)?.target;
  const line = target === undefined ? NaN : Number(target.value.replace(/%$/u, ''));
  return {
    kind: 'figure',
    caption: [`Would have been kept: ${tallyInWords(promise)}.`],
    alternative: 'The figure of each period against the promise; the numbers are in the table below.',
    drawing: runChart({ points: figures.map((figure, index) => ({ label: labels[index]!, value: plotted(figure), status: statusOf(figure) })), unit, ...(unit === '%' ? { most: 100 } : {}), ...(Number.isNaN(line) || target === undefined ? {} : { target: { value: line, label: `${target.comparison} ${target.value}` } }) }),
    table: table(
      [column('Period', 'date'), column('Actual', 'number'), column('Of', 'text', { width: 'narrow' }), column('Promised', 'text', { width: 'narrow' }), column('Status', 'status')],
      figures.map((figure): Cell[] => [
        date(figure.period), figure.value === undefined ? unknown(figure.reason) : { kind: 'number', value: valueInWords(figure) ?? figure.value },
        figure.numerator === undefined || figure.denominator === undefined || figure.unit !== 'percent' ? words(figure.sample === undefined ? '' : String(figure.sample)) : ratio(figure.numerator, figure.denominator),
        words(targetInWords(figure) ?? ''), statusCell(statusOf(figure)),
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

function sensitivityFigure(dimension: Dimension, varied: readonly VariedResult[]): Block {
  const hasCredits = varied.some(({ credits }) => credits.periods + credits.unknown > 0);
  const declared = varied.find(({ isDeclared }) => isDeclared);
  return {
    kind: 'figure',
    caption: [`Periods in which it would have been kept, by the ${dimensionInWords[dimension]}${declared === undefined ? '' : `; the agreement says ${declared.says}`}.`],
    alternative: `The share of periods in which the promise would have been kept, by the ${dimensionInWords[dimension]}; the numbers are in the table below.`,
    drawing: runChart({ points: varied.map((one) => ({ label: one.isDeclared ? `[${one.says}]` : one.says, value: keptShare(one), status: one.tally.missed > 0 ? 'below' : one.tally.met > 0 ? 'met' : 'no-data' })), unit: '%', most: 100, height: 150 }),
    table: table(
      [column(dimension === 'value' ? 'Promised' : dimension === 'share' ? 'For' : 'Clock'), column('Kept', 'text', { width: 'narrow' }), column('Not known', 'number'), column('Worst period', 'text', { width: 'narrow' }), column('All together', 'percent', { unit: '%' }), ...(hasCredits ? [column('Service credits')] : [])],
      varied.map((one): Cell[] => {
        const [worst, together] = [worstOf(one.figures), togetherOf(one.figures)];
        return [
          words(one.isDeclared ? strong(`${one.says} (as it is)`) : one.says), one.tally.met + one.tally.missed === 0 ? unknown(one.figures[0]?.reason) : ratio(one.tally.met, one.tally.met + one.tally.missed), count(one.tally.unknown),
          words(worst === undefined ? '–' : `${worst.period}: ${valueInWords(worst) ?? ''}`), together === undefined ? unknown() : percent(ratioPercent(together)),
          ...(hasCredits ? [words(creditsInWords(one.credits))] : []),
        ];
      }),
      { density: 'dense' },
    ),
  };
}

function creditSection({ credits, creditSum }: BackTest): readonly Block[] {
  if (credits.length === 0) return [];
  return [section('What it would have cost', [
    paragraph(`Service credits: ${creditsInWords(creditSum)}.`),
    table([column('Month', 'date'), column('Service credits')], credits.map(({ month, due, isAtLeast, reason }): Cell[] => [date(month), words(reason ?? (due === undefined ? (isAtLeast ? 'not known' : 'none') : `${isAtLeast ? 'at least ' : ''}${due}`))]), { density: 'dense' }),
  ], { anchor: 'credits' })];
}
