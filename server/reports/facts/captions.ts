/** Sentences about figures: what they show, with the numbers. Computed, so that a caption cannot say what its figure does not. */
import { timeInWords, type Figure } from '../../measurement/figure.ts';
import { findShift } from '../charts/run-rules.ts';
import { groupDigits, plural, printPeriod } from '../renderers/format-values.ts';
import { counted, isAverage, valueInWords } from './figures.ts';
import type { Series } from './figures.ts';
import { spacedDuration } from '../../../language/values/duration.ts';
import type { Basis } from './targets.ts';

/**
 * One sentence on the last figure of a series, such as `Restoration of P1 fell below 95% in October 2026: 2 of 31 late`.
 *
 * @param subject what the sentence is about, beginning with a capital letter.
 */
export function figureCaption(subject: string, series: Series, basis: Basis): string {
  const { last } = series;
  const period = series.periods.at(-1);
  const when = period === undefined ? '' : ` in ${printPeriod(period.id)}`;
  if (last?.value === undefined) return `${subject}: nothing is known${when}${last?.reason === undefined ? '' : `, ${last.reason}`}.`;
  const value = `${valueInWords(last) ?? ''}${isAverage(last) ? ` on average over ${plural(Number(last.denominator), 'record')}` : ''}`;
  const numbers = shortfall(last, basis);
  const tail = numbers === '' ? '' : `: ${numbers}`;
  if (last.target === undefined || last.verdict === 'noTarget') return `${subject} was ${value}${when}${tail}.`;
  const target = spacedDuration(last.target.value);
  const lower = last.target.comparison === '>=' || last.target.comparison === '>';
  switch (last.verdict) {
    case 'tooFew':
      return `${subject} was ${value}${when}, from a sample too small to judge${tail}.`;
    case 'missed':
      return `${subject} ${missedVerb(series, lower)} ${target}${when}${tail === '' ? `: ${value}` : `${tail}, ${value}`}.`;
    case 'warning':
      return `${subject} met ${target}${when}, but only just${tail === '' ? `: ${value}` : `${tail}, ${value}`}.`;
    case 'met':
      return `${subject} ${missedBefore(series) > 0 ? 'met its target again' : 'met its target'} of ${target}${when}${tail === '' ? `: ${value}` : `${tail}, ${value}`}.`;
    case 'unknown':
      return `${subject} cannot be judged${when}: ${lowerFirst(last.reason ?? 'too little is known')}. Of what is known ${value}${numbers === '' ? '' : `, ${numbers}`}.`;
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

function missedVerb(series: Series, lower: boolean): string {
  const missed = missedBefore(series);
  const side = lower ? 'below' : 'above';
  const previous = series.figures.at(-2)?.verdict;
  if (missed > 0) return `stayed ${side}`;
  if (previous === 'met' || previous === 'warning') return lower ? 'fell below' : 'rose above';
  return `was ${side}`;
}

/** The numbers behind a figure: `2 of 31 late`, `29 min down of 744 h`, `23 of 31`; empty where it has no numerator. */
function shortfall(figure: Figure, basis: Basis): string {
  if (figure.numerator === undefined || figure.denominator === undefined || isAverage(figure)) return '';
  const missed = Number(figure.denominator) - Number(figure.numerator);
  if (!Number.isFinite(missed)) return '';
  switch (basis) {
    case 'time':
      return `${timeInWords(missed, figure.weightedBy !== undefined)} down of ${timeInWords(Number(figure.denominator), figure.weightedBy !== undefined)}`;
    case 'deadlines':
      return `${groupDigits(String(missed))} of ${groupDigits(figure.denominator)} late`;
    case 'share':
      return `${groupDigits(figure.numerator)} of ${groupDigits(figure.denominator)}`;
  }
}

export interface Trend {
  readonly direction: 'better' | 'worse' | 'higher' | 'lower' | 'none' | 'unknown';
  /** `better since May 2026`, `no shift`, `too short to say`. */
  readonly words: string;
}

/** What the run rule says of a series; a shift counts only while it lasts to the last period. */
export function trendOf(series: Series): Trend {
  const values = series.figures.map(counted);
  const known = values.filter((value) => value !== undefined).length;
  // Leading periods without data are no baseline.
  const first = values.findIndex((value) => value !== undefined);
  const history = first === -1 ? [] : values.slice(first);
  if (known === 0) return { direction: 'unknown', words: '' };
  if (known < 13) return { direction: 'unknown', words: `too short to say (${known} of 13)` };
  const shift = findShift(history);
  if (shift === undefined || shift.until < history.length - 1) return { direction: 'none', words: 'no shift' };
  const since = series.periods[first + shift.from];
  const comparison = series.last?.target?.comparison;
  const higher = shift.side === 'above';
  const direction = comparison === undefined || comparison === '=' ? (higher ? 'higher' : 'lower') : higher === (comparison === '>=' || comparison === '>') ? 'better' : 'worse';
  return { direction, words: `${direction} since ${since === undefined ? '' : printPeriod(since.id)}` };
}
