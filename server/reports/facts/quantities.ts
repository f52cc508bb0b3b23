/** Values of the model as a reader of the document's language reads them. Nothing is rounded; what cannot be read stays as it is. */
import { parseComparison, type Comparison } from '../../../language/values/comparison.ts';
import { parseDuration, secondsInWords, spacedDuration, type CalendarUnit, type DurationPart, type ElapsedUnit } from '../../../language/values/duration.ts';
import { printMoney } from '../../../language/values/money.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { parseQuantity } from '../../../language/values/quantity.ts';
import type { Words } from '../words/words.ts';

/** `4 hours`, `2 working days`, `1 hour 30 minutes`. */
export function lengthInWords(words: Words, text: string): string {
  const duration = parseDuration(text);
  if (isProblem(duration)) return text;
  if (duration.kind === 'working days') return words.count(duration.workingDays, '{0} working day', '{0} working days');
  return duration.parts.map((part) => partInWords(words, part)).join(' ');
}

function partInWords(words: Words, { count, unit }: DurationPart<ElapsedUnit | CalendarUnit>): string {
  switch (unit) {
    case 'ms':
      return words.count(count, '{0} millisecond', '{0} milliseconds');
    case 's':
      return words.count(count, '{0} second', '{0} seconds');
    case 'min':
      return words.count(count, '{0} minute', '{0} minutes');
    case 'h':
      return words.count(count, '{0} hour', '{0} hours');
    case 'd':
      return words.count(count, '{0} day', '{0} days');
    case 'w':
      return words.count(count, '{0} week', '{0} weeks');
    case 'mo':
      return words.count(count, '{0} month', '{0} months');
    case 'y':
      return words.count(count, '{0} year', '{0} years');
  }
}

/** As short as in tables: `4 h`, `1 h 30 min`, `2 working days`, `3 months`. */
export function shortLengthInWords(words: Words, text: string): string {
  const duration = parseDuration(text);
  const isShort = !isProblem(duration) && duration.kind === 'elapsed' && duration.parts.every(({ unit }) => unit === 'ms' || unit === 's' || unit === 'min' || unit === 'h');
  return isShort ? spacedDuration(text) : lengthInWords(words, text);
}

/** `99.8%`, `4 h`, `2 working days`, `500.00 EUR`, `4.2`. */
export function shortQuantityInWords(words: Words, text: string): string {
  return isProblem(parseDuration(text)) ? quantityInWords(words, text) : shortLengthInWords(words, text);
}

/** `at least 99.8%`, `at most 4 h`. */
export function shortLimitInWords(words: Words, comparison: string | undefined, value: string): string {
  const parsed = parseComparison(comparison ?? '>=');
  return isProblem(parsed) ? `${comparison ?? ''} ${value}` : comparedInWords(words, parsed, shortQuantityInWords(words, value));
}

/** Seconds, exactly: `4 h 12 min`. */
export function secondsText(words: Words, seconds: number): string {
  return Number.isFinite(seconds) ? secondsInWords(seconds).replaceAll(/\d{1,3}(?:,\d{3})+/g, (digits) => words.number(digits.replaceAll(',', ''))) : words.say('unknown');
}

/** Time of a service: `4 h 12 min`; weighted by users `1,200 user-minutes`. */
export function timeText(words: Words, seconds: number, weighted: boolean): string {
  if (!weighted) return secondsText(words, Math.max(0, Math.floor(seconds)));
  const minutes = seconds / 60;
  // Downtime that is there never reads as none.
  return words.say('{0} user-minutes', minutes > 0 && minutes < 1 ? 1 : Math.round(minutes));
}

/** `99.8%`, `4 hours`, `500.00 EUR`, `4.2`. */
export function quantityInWords(words: Words, text: string): string {
  const quantity = parseQuantity(text);
  if (isProblem(quantity)) return text;
  switch (quantity.kind) {
    case 'percent':
      return words.say('{0}%', words.number(text.trim().slice(0, -1)));
    case 'duration':
      return lengthInWords(words, text);
    case 'money': {
      const [amount = '', currency = ''] = printMoney(quantity.money).split(' ');
      return `${words.number(amount)} ${currency}`;
    }
    case 'number':
      return words.number(text.trim());
  }
}

/** `at least 99.8%`, `at most 900`. */
export function limitInWords(words: Words, comparison: string | undefined, value: string): string {
  const parsed = parseComparison(comparison ?? '>=');
  return isProblem(parsed) ? `${comparison ?? ''} ${value}` : comparedInWords(words, parsed, quantityInWords(words, value));
}

function comparedInWords(words: Words, comparison: Comparison, value: string): string {
  switch (comparison) {
    case '>=':
      return words.say('at least {0}', value);
    case '<=':
      return words.say('at most {0}', value);
    case '>':
      return words.say('more than {0}', value);
    case '<':
      return words.say('less than {0}', value);
    case '=':
      return words.say('exactly {0}', value);
  }
}

/** `per month`. */
export function perPeriodInWords(words: Words, period: string): string {
  switch (period) {
    case 'day':
      return words.say('per day');
    case 'week':
      return words.say('per week');
    case 'month':
      return words.say('per month');
    case 'quarter':
      return words.say('per quarter');
    case 'year':
      return words.say('per year');
    default:
      return period;
  }
}

/** `every month`. */
export function everyPeriodInWords(words: Words, period: string): string {
  switch (period) {
    case 'day':
      return words.say('every day');
    case 'week':
      return words.say('every week');
    case 'month':
      return words.say('every month');
    case 'quarter':
      return words.say('every quarter');
    case 'year':
      return words.say('every year');
    default:
      return period;
  }
}
