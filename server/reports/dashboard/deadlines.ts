/** What falls due and what ends. */
import { daysBetween } from '../../../language/values/date.ts';
import { dueDates, horizon, type DueDate, type Horizon } from '../../analysis/due-dates.ts';
import type { Block, Cell } from '../blocks.ts';
import { at, column, date, definitions, jump, paragraph, quiet, section, strong, table, words as text } from '../block-builders.ts';
import { eventInWords } from '../facts/day-words.ts';
import { sourcePlace } from '../parts/places.ts';
import type { ReportInput } from '../report.ts';

export function dueWithin(input: ReportInput): Horizon {
  return horizon(dueDates(input.model, input.locator), input.asOf);
}

/** The next things to do: what is overdue, then what comes first. */
export function nextBlocks(input: ReportInput, most: number): readonly Block[] {
  const { words } = input;
  const { overdue, within30, within60, within90 } = dueWithin(input);
  const next = [...overdue, ...within30, ...within60, ...within90];
  if (next.length === 0) return [paragraph(words.say('Nothing falls due within 90 days.'))];
  const shown = next.slice(0, most);
  return [
    definitions(
      shown.map((due) => [
        words.date(due.on),
        [
          ...(due.on < input.asOf ? [strong(words.say('overdue')), ' '] : []),
          at(sourcePlace(input.locator, due.place), due.subject),
          `, ${eventInWords(words, due.event)}`,
          ...(due.owner === undefined ? [] : [quiet(` – ${due.owner}`)]),
        ],
      ]),
    ),
    ...(next.length > shown.length ? [paragraph(jump('deadlines', words.say('and {0} more within 90 days', next.length - shown.length)))] : []),
  ];
}

/** More rows than this nobody reads; the caption counts them all. */
const mostRows = 150;

export function deadlineSection(input: ReportInput): Block | undefined {
  const { words } = input;
  const groups = dueWithin(input);
  const parts: readonly (readonly [string, readonly DueDate[]])[] = [
    [words.say('Overdue'), groups.overdue],
    [words.say('Within 30 days'), groups.within30],
    [words.say('Within 60 days'), groups.within60],
    [words.say('Within 90 days'), groups.within90],
  ];
  const shown = parts.flatMap(([name, dates]) => dates.map((due) => ({ name, due }))).slice(0, mostRows);
  const rows = shown.map(({ name, due }): Cell[] => {
      const days = daysBetween(input.asOf, due.on);
      return [
        date(due.on),
        text(due.on < input.asOf ? strong(name) : name),
        { kind: 'number', value: String(days) },
        text(at(sourcePlace(input.locator, due.place), due.subject)),
        text(eventInWords(words, due.event)),
        text(due.owner ?? ''),
      ];
    });
  if (rows.length === 0) return undefined;
  const all = parts.reduce((sum, [, dates]) => sum + dates.length, 0);
  const caption = words.say('Overdue: {0}, within 30 days: {1}, within 60 days: {2}, within 90 days: {3}.', groups.overdue.length, groups.within30.length, groups.within60.length, groups.within90.length);
  return section(
    words.say('What expires and falls due'),
    [table([column(words.say('Date'), 'date'), column(words.say('When'), 'text', { width: 'narrow' }), column(words.say('Days'), 'number'), column(words.say('What')), column(words.say('Event')), column(words.say('Owner'))], rows, { rowHead: 3, sortedBy: [{ column: 0 }], caption: [all > rows.length ? `${caption} ${words.say('The first {0} are shown.', rows.length)}` : caption] })],
    { anchor: 'deadlines' },
  );
}

