/** The records behind a figure as lines to read: what the figure is, then a table with aligned columns. */
import type { Figure } from '../measurement/figure.ts';
import type { FigureRow, FigureRows } from '../measurement/figure-rows.ts';
import { groupDigits } from './renderers/format-values.ts';
import { textTable } from './renderers/text-table.ts';

/** Wider names are cut: they would push everything else out of sight. In characters. */
const widest = 60;

/**
 * @param skip how many records come before those that were found
 * @param title what stands in the first line: the figure and its period
 * @param summary its value, target and verdict in a line
 */
export function figureRowsText(title: string, summary: string | undefined, figure: Figure | undefined, { rows, total, zone, notes = [] }: FigureRows, skip: number): string {
  const next = skip + rows.length;
  const lines = [
    title, ...(summary === undefined ? [] : [summary]), ...(figure === undefined || figure.computation === '' ? [] : [figure.computation]), ...notes,
    rows.length === 0 ? 'No records.' : `Records ${groupDigits(String(skip + 1))} to ${groupDigits(String(next))} of ${groupDigits(String(total))}; times in ${zone}.`,
  ].map(flat);
  const more = next < total && rows.length > 0 ? `\n… ${groupDigits(String(total - next))} more\n` : '';
  return `${lines.join('\n')}\n${rows.length === 0 ? '' : `\n${table(rows)}${more}`}`;
}

function table(rows: readonly FigureRow[]): string {
  return textTable([{ head: 'outcome' }, { head: 'record' }, { head: 'began' }, { head: 'why' }], rows.map(({ outcome, key, began, why }) => [outcome, cut(flat(key)), began, flat(why)]));
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length > widest ? `${characters.slice(0, widest - 1).join('')}…` : text;
}

/** On one line, and without what would change how the rest of the line is read. */
function flat(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
