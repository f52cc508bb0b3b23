/** Sentences about figures: what they show, with the numbers. Computed, so that a caption cannot say what its figure does not. */
import type { Figure } from '../../measurement/figure.ts';
import { findShift } from '../charts/run-rules.ts';
import { message, wordsIn, type Words } from '../words/words.ts';
import { basisInWords, counted, isAverage, valueInWords } from './figures.ts';
import type { Series } from './figures.ts';
import { shortQuantityInWords } from './quantities.ts';
import type { Basis } from './targets.ts';

/**
 * One sentence on the last figure of a series, such as `Restoration of P1 fell below 95% in October 2026: 2 of 31 late`.
 *
 * @param subject what the sentence is about, beginning with a capital letter.
 */
export function figureCaption(subject: string, series: Series, basis: Basis, words: Words = wordsIn('en')): string {
  const { last } = series;
  const when = words.period(series.periods.at(-1)?.id ?? '');
  if (last?.value === undefined) return last?.reason === undefined ? words.say('{0}: nothing is known in {1}.', subject, when) : words.say('{0}: nothing is known in {1}, {2}.', subject, when, last.reason);
  const plain = valueInWords(last, words) ?? '';
  const value = isAverage(last) ? words.count(Number(last.denominator), '{1} on average over {0} record', '{1} on average over {0} records', plain) : plain;
  const numbers = shortfall(last, basis, words);
  if (last.target === undefined || last.verdict === 'noTarget') return numbers === '' ? words.say('{0} was {1} in {2}.', subject, value, when) : words.say('{0} was {1} in {2}: {3}.', subject, value, when, numbers);
  const target = shortQuantityInWords(words, last.target.value);
  const both = numbers === '' ? value : `${numbers}, ${value}`;
  switch (last.verdict) {
    case 'tooFew':
      return numbers === '' ? words.say('{0} was {1} in {2}, from a sample too small to judge.', subject, value, when) : words.say('{0} was {1} in {2}, from a sample too small to judge: {3}.', subject, value, when, numbers);
    case 'missed':
      return words.say(missedSentence(series, last.target.comparison === '>=' || last.target.comparison === '>'), subject, target, when, both);
    case 'warning':
      return words.say('{0} met {1} in {2}, but only just: {3}.', subject, target, when, both);
    case 'met':
      return missedBefore(series) > 0 ? words.say('{0} met its target again of {1} in {2}: {3}.', subject, target, when, both) : words.say('{0} met its target of {1} in {2}: {3}.', subject, target, when, both);
    case 'unknown': {
      const reason = last.reason === undefined ? words.say('too little is known') : lowerFirst(last.reason);
      return words.say('{0} cannot be judged in {1}: {2}. Of what is known {3}.', subject, when, reason, numbers === '' ? value : `${value}, ${numbers}`);
    }
  }
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** Number of periods right before the last that missed, without a gap. */
function missedBefore(series: Series): number {
  const before = series.figures.slice(0, -1).toReversed();
  const other = before.findIndex((figure) => figure?.verdict !== 'missed');
  return other === -1 ? before.length : other;
}

/** The sentence for a missed target, which is to be said: {0} the subject, {1} the target, {2} the period, {3} the numbers. */
function missedSentence(series: Series, lower: boolean): string {
  const previous = series.figures.at(-2)?.verdict;
  if (missedBefore(series) > 0) return lower ? message('{0} stayed below {1} in {2}: {3}.') : message('{0} stayed above {1} in {2}: {3}.');
  if (previous === 'met' || previous === 'warning') return lower ? message('{0} fell below {1} in {2}: {3}.') : message('{0} rose above {1} in {2}: {3}.');
  return lower ? message('{0} was below {1} in {2}: {3}.') : message('{0} was above {1} in {2}: {3}.');
}

/** The numbers behind a figure: `2 of 31 late`, `29 min down of 744 h`, `23 of 31`; empty where it has no numerator. */
function shortfall(figure: Figure, basis: Basis, words: Words): string {
  if (figure.numerator === undefined || figure.denominator === undefined || isAverage(figure)) return '';
  const missed = Number(figure.denominator) - Number(figure.numerator);
  if (!Number.isFinite(missed)) return '';
  if (basis === 'deadlines') return words.say('{0} of {1} late', words.number(String(missed)), words.number(figure.denominator));
  return basisInWords(figure, basis, words) ?? '';
}

export interface Trend {
  readonly direction: 'better' | 'worse' | 'higher' | 'lower' | 'none' | 'unknown';
  /** `better since May 2026`, `no shift`, `too short to say`. */
  readonly words: string;
}

/** What the run rule says of a series; a shift counts only while it lasts to the last period. */
export function trendOf(series: Series, words: Words = wordsIn('en')): Trend {
  const values = series.figures.map(counted);
  const known = values.filter((value) => value !== undefined).length;
  // Leading periods without data are no baseline.
  const first = values.findIndex((value) => value !== undefined);
  const history = first === -1 ? [] : values.slice(first);
  if (known === 0) return { direction: 'unknown', words: '' };
  if (known < 13) return { direction: 'unknown', words: words.say('too short to say ({0} of 13)', known) };
  const shift = findShift(history);
  if (shift === undefined || shift.until < history.length - 1) return { direction: 'none', words: words.say('no shift') };
  const since = series.periods[first + shift.from];
  const comparison = series.last?.target?.comparison;
  const higher = shift.side === 'above';
  const direction = comparison === undefined || comparison === '=' ? (higher ? 'higher' : 'lower') : higher === (comparison === '>=' || comparison === '>') ? 'better' : 'worse';
  return { direction, words: words.say(shifts[direction], words.period(since?.id ?? '')) };
}

const shifts = { better: message('better since {0}'), worse: message('worse since {0}'), higher: message('higher since {0}'), lower: message('lower since {0}') } as const;
