/** What falls due and what ends. */
import { daysBetween } from '../../../language/values/date.ts';
import { dueDates, horizon, type DueDate, type Horizon } from '../../analysis/due-dates.ts';
import type { Block, Cell } from '../blocks.ts';
import { at, column, date, definitions, jump, paragraph, quiet, section, strong, table, words } from '../block-builders.ts';
import { sourcePlace } from '../parts/places.ts';
import type { ReportInput } from '../report.ts';

export function dueWithin(input: ReportInput): Horizon {
  return horizon(dueDates(input.model, input.locator), input.asOf);
}

/** The next things to do: what is overdue, then what comes first. */
export function nextBlocks(input: ReportInput, most: number): readonly Block[] {
  const { overdue, within30, within60, within90 } = dueWithin(input);
  const next = [...overdue, ...within30, ...within60, ...within90];
  if (next.length === 0) return [paragraph('Nothing falls due within 90 days.')];
  const shown = next.slice(0, most);
  return [
    definitions(
      shown.map((due) => [
        due.on,
        [
          ...(due.on < input.asOf ? [strong('overdue '), ''] : []),
          at(sourcePlace(input.locator, due.place), due.subject),
          `, ${due.event}`,
          ...(due.owner === undefined ? [] : [quiet(` – ${due.owner}`)]),
        ],
      ]),
    ),
    ...(next.length > shown.length ? [paragraph(jump('deadlines', `and ${next.length - shown.length} more within 90 days`))] : []),
  ];
}

/** More rows than this nobody reads; the caption counts them all. */
const mostRows = 150;

export function deadlineSection(input: ReportInput): Block | undefined {
  const groups = dueWithin(input);
  const parts: readonly (readonly [string, readonly DueDate[]])[] = [
    ['Overdue', groups.overdue],
    ['Within 30 days', groups.within30],
    ['Within 60 days', groups.within60],
    ['Within 90 days', groups.within90],
  ];
  const shown = parts.flatMap(([name, dates]) => dates.map((due) => ({ name, due }))).slice(0, mostRows);
  const rows = shown.map(({ name, due }): Cell[] => {
      const days = daysBetween(input.asOf, due.on);
      return [
        date(due.on),
        words(name === 'Overdue' ? strong(name) : name),
        { kind: 'number', value: String(days) },
        words(at(sourcePlace(input.locator, due.place), due.subject)),
        words(due.event),
        words(due.owner ?? ''),
      ];
    });
  if (rows.length === 0) return undefined;
  const all = parts.reduce((sum, [, dates]) => sum + dates.length, 0);
  const caption = parts.map(([name, dates]) => `${name.toLowerCase()}: ${dates.length}`).join(', ');
  return section(
    'What expires and falls due',
    [table([column('Date', 'date'), column('When', 'text', { width: 'narrow' }), column('Days', 'number'), column('What'), column('Event'), column('Owner')], rows, { rowHead: 3, sortedBy: [{ column: 0 }], caption: [`${caption.charAt(0).toUpperCase()}${caption.slice(1)}.${all > rows.length ? ` The first ${rows.length} are shown.` : ''}`] })],
    { anchor: 'deadlines' },
  );
}

