import type { ColumnProfile } from './profile.ts';

/** How the dates of a column are written, as far as the values tell. */
export interface DateReading {
  /** `iso` or patterns as `dates` takes them: several where the values do not say which. */
  readonly formats: readonly string[];
  /** What the values say for it, or why they do not. */
  readonly evidence: string;
  /** Which values say their offset from UTC. */
  readonly offsets: 'all' | 'some' | 'none';
  /** None has a time of day. */
  readonly isDay: boolean;
  /** Values that are written in another way. */
  readonly others: number;
}

type Order = 'day first' | 'month first' | 'either';

interface Shape {
  /** With `A` and `B` for the first two of three numbers where their order is not known. */
  readonly pattern: string;
  readonly isIso: boolean;
  readonly offset: boolean;
  readonly isDay: boolean;
}

const months = /(?<![A-Za-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?![a-z])/i;
const longMonths = /(?<![A-Za-z])(?:january|february|march|april|june|july|august|september|october|november|december)(?![a-z])/i;
const weekdays = /^(?:mon|tue|wed|thu|fri|sat|sun), /i;

const times = /^(?<gap>[ T]| - |, )(?<hour>9{1,2}):99(?<seconds>:99)?(?<fraction>\.9{1,9})?(?<half> ?(?:am|pm))?(?<offset> ?(?:Z|[+-]99:?99))?$/i;

/** @param shape a value with every digit as 9 */
function readShape(shape: string): Shape | undefined {
  if (/^9999-99-99(?:[T ]99:99(?::99(?:\.9{1,9})?)?(?:Z|[+-]99(?::?99)?)?)?$/.test(shape)) {
    return { pattern: 'iso', isIso: true, offset: /:99.*(?:Z|[+-]99(?::?99)?)$/.test(shape), isDay: shape.length === 10 };
  }
  const weekday = weekdays.exec(shape)?.[0] ?? '';
  const rest = shape.slice(weekday.length);
  const found =
    /^(?<first>9999)(?<gap>[/.])(?<second>9{1,2})\k<gap>(?<third>9{1,2})/.exec(rest) ??
    /^(?<first>9{1,2})(?<gap>[/.-])(?<second>9{1,2})\k<gap>(?<third>9999|99)(?!9)/.exec(rest) ??
    /^(?<first>9{1,2})(?<gap>[ /.-]|\. )(?<second>[A-Za-z]{3,9})(?:[ /.-]|\. )(?<third>9999|99)(?!9)/.exec(rest) ??
    /^(?<first>[A-Za-z]{3,9})(?<gap>[ -])(?<second>9{1,2}),? (?<third>9999)/.exec(rest) ??
    /^(?<first>99999999)(?=$|T| )/.exec(rest);
  if (!found?.groups) return undefined;
  const { first = '', gap = '', second = '', third = '' } = found.groups;
  const date = dateOf(first, gap, second, third, found[0]);
  const time = timeOf(rest.slice(found[0].length));
  if (date === undefined || time === undefined) return undefined;
  return { pattern: `${weekday === '' ? '' : 'EEE, '}${date}${time.pattern}`, isIso: false, offset: time.offset, isDay: time.pattern === '' };
}

function dateOf(first: string, gap: string, second: string, third: string, all: string): string | undefined {
  const month = (text: string): string | undefined => (longMonths.test(text) ? 'MMMM' : months.test(text) ? 'MMM' : undefined);
  if (first === '99999999') return 'yyyyMMdd';
  if (first === '9999') return `yyyy${gap}${'M'.repeat(second.length)}${gap}${'d'.repeat(third.length)}`;
  const year = third === '9999' ? 'yyyy' : 'yy';
  if (first.startsWith('9') && second.startsWith('9')) return `${'A'.repeat(first.length)}${gap}${'B'.repeat(second.length)}${gap}${year}`;
  const named = month(first.startsWith('9') ? second : first);
  if (named === undefined) return undefined;
  return first.startsWith('9') ? `${'d'.repeat(first.length)}${gap}${named}${gap}${year}` : `${named}${gap}${'d'.repeat(second.length)}${all.includes(',') ? ',' : ''} ${year}`;
}

function timeOf(text: string): { readonly pattern: string; readonly offset: boolean } | undefined {
  if (text === '') return { pattern: '', offset: false };
  const found = times.exec(text)?.groups;
  if (!found) return undefined;
  const { gap = '', hour = '', seconds = '', fraction, half, offset } = found;
  // A fraction is read in thousandths or millionths.
  if (fraction !== undefined && fraction.length !== 4 && fraction.length !== 7) return undefined;
  const hours = (half === undefined ? 'H' : 'h').repeat(hour.length);
  return {
    pattern: `${gap === 'T' ? "'T'" : gap}${hours}:mm${seconds === '' ? '' : ':ss'}${fraction === undefined ? '' : `.${'S'.repeat(fraction.length - 1)}`}${half === undefined ? '' : half.startsWith(' ') ? ' a' : 'a'}${offset === undefined ? '' : offset.startsWith(' ') ? ' XX' : 'XX'}`,
    offset: offset !== undefined,
  };
}

/** One-digit numbers stand for two-digit ones too, so that the shorter pattern holds for both. */
function shorter(patterns: readonly string[]): string {
  return patterns.reduce((a, b) => (b.length < a.length ? b : a));
}

const family = (pattern: string): string => pattern.replace(/([ABdMhH])\1?(?!\1)/g, '$1');

/** Undefined where the values of the column are no dates. @param columns all that are written in the same way say more together */
export function readDates(column: ColumnProfile, columns: readonly ColumnProfile[]): DateReading | undefined {
  const own = shapesOf(column);
  if (own === undefined) return undefined;
  const { main, shapes, others } = own;
  const offsets = shapes.every(({ offset }) => offset) ? 'all' : shapes.some(({ offset }) => offset) ? 'some' : 'none';
  const isDay = shapes.every((shape) => shape.isDay);
  const common = { offsets, isDay, others } as const;
  if (!/A/.test(main)) return { ...common, formats: [main], evidence: main === 'iso' ? 'ISO 8601' : `such as ${exampleOf(column)}` };
  const alike = columns.filter((other) => other === column || shapesOf(other)?.main.replace(/[ T,'].*$/s, '').replace(/AA?/, 'A').replace(/BB?/, 'B') === main.replace(/[ T,'].*$/s, '').replace(/AA?/, 'A').replace(/BB?/, 'B'));
  const { order, evidence } = orderOf(alike);
  const dayFirst = main.replace(/A/g, 'd').replace(/B/g, 'M');
  const monthFirst = main.replace(/A/g, 'M').replace(/B/g, 'd');
  return { ...common, formats: order === 'day first' ? [dayFirst] : order === 'month first' ? [monthFirst] : [dayFirst, monthFirst], evidence };
}

function exampleOf(column: ColumnProfile): string {
  return column.shapes[0]?.example ?? '';
}

/** The way in which most values are written, if nearly all are dates. */
function shapesOf(column: ColumnProfile): { readonly main: string; readonly shapes: readonly Shape[]; readonly others: number } | undefined {
  const families = new Map<string, { rows: number; shapes: Shape[] }>();
  let dates = 0;
  for (const { shape, rows, example } of column.shapes) {
    const read = readShape(shape);
    if (!read || (read.pattern.startsWith('yyyyMMdd') && !/^(?:19|20|21)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/.test(example))) continue;
    dates += rows;
    const known = families.get(family(read.pattern)) ?? { rows: 0, shapes: [] };
    known.rows += rows;
    known.shapes.push(read);
    families.set(family(read.pattern), known);
  }
  // What is wrong in a few rows is for measuring to report.
  if (column.filled === 0 || dates < column.filled * 0.8) return undefined;
  const [main] = [...families.values()].toSorted((a, b) => b.rows - a.rows);
  return main && { main: shorter(main.shapes.map(({ pattern }) => pattern)), shapes: main.shapes, others: column.filled - main.rows };
}

function orderOf(columns: readonly ColumnProfile[]): { readonly order: Order; readonly evidence: string } {
  const found = columns.flatMap(({ dayMonth }) => (dayMonth === undefined ? [] : [dayMonth]));
  const first = Math.max(0, ...found.map(({ greatestFirst }) => greatestFirst));
  const second = Math.max(0, ...found.map(({ greatestSecond }) => greatestSecond));
  const rows = (of: 'firstAbove12' | 'secondAbove12'): number => found.reduce((sum, one) => sum + one[of], 0);
  if (first > 12 && second > 12) return { order: 'either', evidence: `${rows('firstAbove12')} values have a first number above 12 and ${rows('secondAbove12')} a second one: both orders are in the data` };
  if (first > 12) return { order: 'day first', evidence: `day first: ${rows('firstAbove12')} values have a first number above 12 (up to ${first}), none a second one` };
  if (second > 12) return { order: 'month first', evidence: `month first: ${rows('secondAbove12')} values have a second number above 12 (up to ${second}), none a first one` };
  return { order: 'either', evidence: 'no value has a day above 12, so nothing says whether days or months come first' };
}

/** A number of seconds or milliseconds since 1970, which no format reads. */
export function isEpoch(column: ColumnProfile): boolean {
  return column.shapes.length > 0 && column.shapes.every(({ shape, example }) => /^9{10}(?:9{3})?(?:\.9+)?$/.test(shape) && Number(example.slice(0, 10)) > 6e8 && Number(example.slice(0, 10)) < 4.2e9);
}
