/** Figures by what they are about, and how they are printed. Printing never moves a figure across its target. */
import { compareDecimals, parseDecimal, round } from '../../../language/values/decimal.ts';
import type { Decimal } from '../../../language/values/decimal.ts';
import { parsePercent, ratioPercent } from '../../../language/values/percent.ts';
import { parsePeriod, periodsUpTo, previousPeriod } from '../../../language/values/period.ts';
import type { Period, PeriodKind } from '../../../language/values/period.ts';
import { periodOf } from '../../../language/values/period.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { subjectKey } from '../../measurement/figure.ts';
import type { Figure, Measurements, Subject } from '../../measurement/figure.ts';
import type { Status } from '../blocks.ts';
import { message, wordsIn, type Words } from '../words/words.ts';
import { secondsText, shortLimitInWords, timeText } from './quantities.ts';
import type { Basis } from './targets.ts';

/** One figure per period, undefined where none was computed. */
export interface Series {
  readonly periods: readonly Period[];
  readonly figures: readonly (Figure | undefined)[];
  /** The figure of the last period. */
  readonly last: Figure | undefined;
}

/** How many periods of a kind a trend shows: thirteen months, and as many quarters and years as cover them. */
const shownPeriods: Readonly<Record<PeriodKind, number>> = { day: 31, week: 13, month: 13, quarter: 5, year: 3 };

export class FigureIndex {
  readonly #figures = new Map<string, Map<string, Figure>>();
  /** The periods of a trend, by kind and end: thousands of targets share a few. */
  readonly #periods = new Map<string, readonly Period[]>();

  constructor(measurements: Measurements | undefined) {
    for (const figure of measurements?.figures ?? []) {
      const key = subjectKey(figure.subject);
      const known = this.#figures.get(key) ?? new Map<string, Figure>();
      this.#figures.set(key, known);
      known.set(figure.period, figure);
    }
  }

  has(subject: Subject): boolean {
    return this.#figures.has(subjectKey(subject));
  }

  /**
   * The figures of a subject up to a period. The kind of period is that of the figures; where it is longer than the
   * period asked for (a quarter, asked for a month), the last one that was over by the end of that period counts.
   */
  series(subject: Subject, until: Period): Series {
    const known = this.#figures.get(subjectKey(subject));
    const [any] = known?.keys() ?? [];
    const parsed = any === undefined ? undefined : parsePeriod(any);
    const kind = parsed === undefined || isProblem(parsed) ? until.kind : parsed.kind;
    const periods = this.#shown(kind, until);
    const figures = periods.map((period) => known?.get(period.id));
    return { periods, figures, last: figures.at(-1) };
  }

  #shown(kind: PeriodKind, until: Period): readonly Period[] {
    const key = `${kind} ${until.id}`;
    const known = this.#periods.get(key);
    if (known !== undefined) return known;
    const inside = periodOf(until.lastDay, kind);
    const last = inside.lastDay > until.lastDay ? previousPeriod(inside) : inside;
    const periods = periodsUpTo(last, shownPeriods[kind]);
    this.#periods.set(key, periods);
    return periods;
  }
}

export function statusOf(figure: Figure | undefined): Status {
  switch (figure?.verdict) {
    case 'met':
      return 'met';
    case 'warning':
      return 'warning';
    case 'missed':
      return 'below';
    case 'tooFew':
      return 'too-small';
    case 'unknown':
    case 'noTarget':
    case undefined:
      return 'no-data';
  }
}

/** The exact value as a number for a chart; undefined where there is none, or where the sample is too small to count. */
export function plotted(figure: Figure | undefined): number | undefined {
  return figure?.value === undefined ? undefined : Number(figure.value);
}

/** For run rules: a figure of too small a sample says nothing. */
export function counted(figure: Figure | undefined): number | undefined {
  return figure?.verdict === 'tooFew' || figure?.verdict === 'unknown' ? undefined : plotted(figure);
}

/** The value without its unit, cut to two digits in the direction that flatters least, never across the target. */
export function printValue(figure: Figure | undefined, words: Words = wordsIn('en')): string | undefined {
  if (figure?.value === undefined) return undefined;
  switch (figure.unit) {
    case 'percent':
      return percentValue(figure, figure.value);
    case 'seconds':
      return secondsText(words, Number(figure.value));
    default:
      return cut(figure, figure.value);
  }
}

/** The value with its unit, for a sentence: `93.54%`, `3 h 12 min`, `4.1`. */
export function valueInWords(figure: Figure, words: Words = wordsIn('en')): string | undefined {
  const value = printValue(figure, words);
  return value === undefined ? undefined : figure.unit === 'percent' ? words.say('{0}%', words.number(value)) : words.number(value);
}

function percentValue(figure: Figure, value: string): string {
  const [numerator, denominator] = [Number(figure.numerator), Number(figure.denominator)];
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || !(denominator > 0)) return cut(figure, value);
  const percent = figure.target === undefined ? undefined : parsePercent(figure.target.value);
  const target = figure.target === undefined || percent === undefined || isProblem(percent) ? undefined : { comparison: figure.target.comparison, percent };
  return ratioPercent({ numerator, denominator }, target) ?? value;
}

function cut(figure: Figure, value: string): string {
  const exact = parseDecimalLoosely(value);
  if (exact === undefined) return value;
  const less = figure.target?.comparison === '<=' || figure.target?.comparison === '<';
  const target = figure.target === undefined ? undefined : parseDecimalLoosely(figure.target.value.replace(/%$/, ''));
  for (let places = 2; places < 18; places++) {
    const printed = round(exact, places, less ? 'up' : 'down');
    if (target === undefined || compareDecimals(printed, target) === compareDecimals(exact, target)) return printed;
  }
  return exact;
}

/** A figure computed elsewhere may have more digits than anybody types. */
function parseDecimalLoosely(text: string): Decimal | undefined {
  const parsed = parseDecimal(text.replace(/^(-?\d+\.\d{18})\d+$/, '$1'));
  return isProblem(parsed) ? undefined : parsed;
}

/** `at least 95%`, `at most 900`. */
export function targetInWords(figure: Figure | undefined, words: Words = wordsIn('en')): string | undefined {
  if (figure?.target === undefined) return undefined;
  return shortLimitInWords(words, figure.target.comparison, figure.target.value);
}

/** Whether a figure is an amount over a number of records, and not so many of so many. */
export function isAverage(figure: Figure): boolean {
  return figure.unit !== 'percent' && figure.numerator !== undefined && figure.denominator !== undefined;
}

/** What a figure rests on: `29 of 31`, for an average `8 h over 5 records`, or for time `29 min of 744 h down`. */
export function basisInWords(figure: Figure, basis: Basis, words: Words = wordsIn('en')): string | undefined {
  if (figure.numerator === undefined || figure.denominator === undefined) {
    return figure.sample === undefined ? undefined : words.count(figure.sample, '{0} record', '{0} records');
  }
  const whole = words.number(figure.denominator);
  if (isAverage(figure)) {
    const sum = figure.unit === 'seconds' ? secondsText(words, Number(figure.numerator)) : words.number(figure.numerator);
    return figure.sample === Number(figure.denominator) ? words.say('{0} over {1} records', sum, whole) : words.say('{0} over {1}', sum, whole);
  }
  if (basis !== 'time') return words.say('{0} of {1}', words.number(figure.numerator), whole);
  const weighted = figure.weightedBy !== undefined;
  return words.say('{0} down of {1}', timeText(words, Number(figure.denominator) - Number(figure.numerator), weighted), timeText(words, Number(figure.denominator), weighted));
}

/** What was left out of a figure, by reason; empty where nothing was. */
export function exclusionsInWords(figure: Figure | undefined, words: Words = wordsIn('en')): string {
  return (figure?.excluded ?? [])
    .filter((item) => item.amount !== '0')
    .map(({ reason, amount, unit }) => `${unit === undefined ? words.number(amount) : timeText(words, Number(amount), unit === 'user-seconds')} ${exclusionReasons.has(reason) ? words.say(reason) : reason}`)
    .join('; ');
}

/** Why records or time are left out, as far as it is always put the same way. */
const exclusionReasons: ReadonlySet<string> = new Set([
  message('of announced maintenance'),
  message('open, not yet due'),
  message('value missing'),
  message('of which it is not known whether they belong'),
  message('whose end is not known'),
  message('outage whose end is not known'),
  message('outages whose end is not known'),
]);
