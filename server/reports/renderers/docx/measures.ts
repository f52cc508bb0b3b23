/** Pages and sizes of documents for Word, in twentieths of a point, which is how Word counts. */
import type { Column, Inlines, Paper, Row, Table } from '../../blocks.ts';
import { cellText, inlinesText } from '../cell-text.ts';
import { columnWidths, type ColumnNeed } from '../column-widths.ts';
import { longestWordWidth, textWidth } from '../text-width.ts';
import type { Words } from '../../words/words.ts';

export const twentieths = 20;
/** A pixel of a drawing: 96 to the inch, of which a point is the 72nd part. */
export const perPixel = (72 / 96) * twentieths;

export const margin = { top: 1080, bottom: 1080, left: 1134, right: 1134, header: 540, footer: 500 } as const;

export type Orientation = 'portrait' | 'landscape';

/** The paper, and what of it text may take. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
}

const sheets: Readonly<Record<Paper, Sheet>> = { A4: { width: 11906, height: 16838 }, Letter: { width: 12240, height: 15840 } };

export function sheetOf(paper: Paper = 'A4'): Sheet {
  return sheets[paper];
}

export function textRoom({ width, height }: Sheet, orientation: Orientation): number {
  return (orientation === 'portrait' ? width : height) - margin.left - margin.right;
}

export function textHeight({ width, height }: Sheet, orientation: Orientation): number {
  return (orientation === 'portrait' ? height : width) - margin.top - margin.bottom;
}

/** Sizes of type in half points. */
export const type = { normal: 19, small: 16, dense: 15, large: 36, cover: 56, figure: 30, heading: 26, subheading: 21 } as const;

/** How small a table is set. */
interface Setting {
  /** Of type, in half points; undefined where it is that of the styles. */
  readonly size?: number;
  /** What stands at the right of each cell before the next begins. */
  readonly gap: number;
}

/** Tables of more columns are set smaller. */
const columnsInFullSize = 6;
const fullGap = 190;

export function settingOf({ density, columns }: Table): Setting {
  if (density === 'dense') return { size: type.dense, gap: 80 };
  return columns.length > columnsInFullSize ? { size: type.small, gap: 140 } : { gap: fullGap };
}

/** Columns that are as narrow as they can be: whatever is no text. */
function isNarrow(column: Column): boolean {
  return (column.width ?? (column.type === 'text' ? 'wide' : 'narrow')) === 'narrow';
}

/** Longer words are broken before a table is turned for them. In sizes of the font. */
const longestKeptWord = 14;
/** A narrow column of text is broken into lines beyond this. In sizes of the font. */
const widestNarrow = 11;

function needsOf(table: Table, words: Words): ColumnNeed[] {
  const { size: set, gap } = settingOf(table);
  const size = (set ?? type.normal) * (twentieths / 2);
  const headSize = (set ?? type.small) * (twentieths / 2);
  return table.columns.map((column, index) => {
    const head = column.unit === undefined ? column.head : `${column.head} ${column.unit}`;
    let least = longestWordWidth(head) * headSize;
    let wanted = isNarrow(column) ? least : textWidth(head) * headSize;
    let weight = 0;
    for (const row of table.rows) {
      const cell = row.cells[index];
      if (cell === undefined) continue;
      if (cell.kind === 'drawing') {
        least = Math.max(least, cell.drawing.width * perPixel);
        wanted = Math.max(wanted, least);
        continue;
      }
      const text = cellText(cell, words);
      const whole = textWidth(text) * size;
      weight += whole * whole;
      wanted = Math.max(wanted, isNarrow(column) ? Math.min(whole, Math.max(widestNarrow, longestWordWidth(text)) * size) : whole);
      // A number, a date or a mark stays on its line.
      least = Math.max(least, cell.kind === 'text' || cell.kind === 'unknown' ? Math.min(longestWordWidth(text), longestKeptWord) * size : whole);
    }
    // Faces differ a little.
    return { least: least * 1.06 + gap, wanted: Math.max(wanted, least) * 1.06 + gap, weight, grows: !isNarrow(column) };
  });
}

/** Whether the columns of a table have too little room on an upright page. */
export function isWideTable(table: Table, words: Words, sheet: Sheet): boolean {
  return needsOf(table, words).reduce((sum, { least }) => sum + least, 0) > textRoom(sheet, 'portrait');
}

const fewColumns = 7;

/** Whole twentieths, for each column of the table. */
export function widthsOf(table: Table, words: Words, room: number): number[] {
  const needs = needsOf(table, words);
  // The few numbers under a chart are read together: they do not stand at the two ends of a page.
  const wanted = table.density === 'dense' && table.columns.length <= fewColumns ? needs.reduce((sum, need) => sum + need.wanted, 0) : room;
  return columnWidths(needs, Math.min(room, wanted)).map(Math.floor);
}

/** How much text a row holds at most before it may be broken over two pages, in characters. */
const longRow = 1200;

export function mayBreak(row: Row, words: Words): boolean {
  return row.cells.reduce((sum, cell) => sum + (cell.kind === 'drawing' ? 0 : cellText(cell, words).length), 0) > longRow;
}

/** The width that terms need beside their meanings. */
export function termsWidth(terms: readonly Inlines[], words: Words, room: number): number {
  const widest = Math.max(0, ...terms.map((term) => textWidth(inlinesText(term, words)))) * type.normal * (twentieths / 2);
  return Math.floor(Math.min(Math.max(widest * 1.06 + fullGap, 1400), room * 0.32));
}
