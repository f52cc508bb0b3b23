/**
 * A document as a workbook: a first sheet with what it is, where its figures come from and what it holds, then a sheet
 * for each table with typed cells, filters and frozen heads. Text is never a formula. The same document gives the same bytes.
 */
import { unzipSync } from 'fflate';
import writeExcelFile, { type CellObject, type Row, type Sheet } from 'write-excel-file/universal';
import { getCellAddress } from 'write-excel-file/utility';
import type { Document, KeyFigure, Status } from '../../blocks.ts';
import { palette } from '../../charts/palette.ts';
import { wordsIn, type Words } from '../../words/words.ts';
import { inlinesText, statusText } from '../cell-text.ts';
import { dataTablesOf, keyFiguresOf, type DataCell, type DataTable } from '../data-tables.ts';
import { officeText, shortened } from '../office/text.ts';
import { officeFirst, zipPackage } from '../office/zip-package.ts';
import { disclaimer, provenanceParts } from '../provenance-line.ts';
import { textWidth } from '../text-width.ts';
import { completed, type SheetMarkup } from './completed.ts';
import { sheetNames } from './sheet-names.ts';

const font = { family: 'Arial', size: 10 } as const;

export async function renderXlsx(document: Document): Promise<Uint8Array> {
  const words = wordsIn(document.language);
  const tables = dataTablesOf(document);
  const names = sheetNames([words.say('Contents'), ...tables.map(({ name }) => name)], words.say('Table'));
  const [first = '', ...others] = names;
  const opening = contentsSheet(document, first, tables.map((table, index) => ({ table, name: others[index] ?? '' })), words);
  const sheets = [opening, ...tables.map((table, index) => tableSheet(table, others[index] ?? '', words))];
  const file = await writeExcelFile(sheets.map(({ sheet }) => sheet), { fontFamily: font.family, fontSize: font.size }).toBlob();
  const parts = unzipSync(new Uint8Array(await file.arrayBuffer()));
  return zipPackage(completed(parts, sheets.map(({ markup }) => markup), document, words), officeFirst);
}

interface MadeSheet {
  readonly sheet: Sheet<Blob>;
  readonly markup: SheetMarkup;
}

const quiet = palette.quiet;

function heading(text: string): CellObject {
  return { ...textCell(text), fontWeight: 'bold' };
}

/** Longer text cannot stand in a cell. */
const longestText = 32_767;
/** Longer text in cells that are marked as text is shown as number signs by some versions of Excel. */
const longestMarked = 255;

/** The mark says to the spreadsheet that it is text even after somebody has edited it, whatever it begins with. */
function textCell(content: string): CellObject {
  // In a workbook `_x0041_` is another way to write A.
  const text = shortened(officeText(content), longestText).replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
  return { value: text, type: String, ...(text.length <= longestMarked ? { format: '@' } : {}), alignVertical: 'top' };
}

/** In characters. */
const contentsWidths = [44, 18, 90] as const;

/** In points. */
const lineHeight = 13.5;
/** Rows cannot be higher. */
const highestRow = 409;

/**
 * The height of a row whose texts are broken into lines; nothing where each takes one. Some programs find it out by
 * themselves when they open a workbook, others do not.
 */
function heightOf(texts: readonly { readonly text: string; readonly width: number }[]): { readonly height?: number } {
  const lines = Math.max(1, ...texts.map(({ text, width }) => Math.ceil((charactersWide(text) * 1.03) / Math.max(1, width))));
  return lines === 1 ? {} : { height: Math.min(highestRow, lines * lineHeight + 2) };
}

/** The width of a text as spreadsheets count it: in digits. */
function charactersWide(text: string): number {
  return textWidth(text) / 0.556;
}

function contentsSheet(document: Document, name: string, tables: readonly { readonly table: DataTable; readonly name: string }[], words: Words): MadeSheet {
  const rows: Row[] = [];
  const links: { address: string; sheet: string }[] = [];
  const add = (...cells: Row): void => void rows.push(cells);
  add({ ...textCell(document.organization), textColor: quiet });
  add({ ...textCell(document.title), fontWeight: 'bold', fontSize: 16, height: 24 });
  if (document.subtitle !== undefined) add(textCell(document.subtitle));
  if (document.audience !== undefined) add({ ...textCell(words.say('For {0}', document.audience)), textColor: quiet });
  const figures = keyFiguresOf(document.blocks);
  if (figures.length > 0) {
    add();
    for (const figure of figures) add(...keyFigureRow(figure, words));
  }
  if (tables.length > 0) {
    add();
    add(heading(words.say('Sheet')), { ...heading(words.say('Rows')), align: 'right' }, { ...heading(words.say('What it shows')), align: 'left', indent: 1 });
    for (const { table, name: sheet } of tables) {
      links.push({ address: getCellAddress(rows.length, 0), sheet });
      add({ ...textCell(sheet), textColor: '#0b4f94', textDecoration: { underline: true } }, { value: table.rows.length, type: Number, format: '#,##0', alignVertical: 'top' }, { ...textCell(table.about), wrap: true, align: 'left', indent: 1, ...heightOf([{ text: table.about, width: contentsWidths[2] - 2 }]) });
    }
  }
  add();
  for (const part of provenanceParts(document.provenance, words)) add({ ...textCell(part), textColor: quiet });
  add();
  add({ ...textCell(words.say(disclaimer)), textColor: quiet, columnSpan: 3, wrap: true, height: 3 * lineHeight }, null, null);
  return { sheet: { data: rows, sheet: name, columns: contentsWidths.map((width) => ({ width })), showGridLines: false }, markup: { name, links, fitsOnPage: true } };
}

function keyFigureRow({ name, value, whole, status, note }: KeyFigure, words: Words): Row {
  const said = [value, whole, status === undefined ? undefined : statusText(status, words)].filter((part) => part !== undefined).join(' ');
  const noted = note === undefined ? '' : inlinesText(note, words);
  return [textCell(name), { ...textCell(said), fontWeight: 'bold', ...(status === undefined ? {} : { textColor: statusColours[status] }) }, { ...textCell(noted), wrap: true, align: 'left', indent: 1, textColor: quiet, ...heightOf([{ text: noted, width: contentsWidths[2] - 2 }]) }];
}

function tableSheet(table: DataTable, name: string, words: Words): MadeSheet {
  const { columns, rows } = table;
  const head = columns.map(({ head: text, type }): CellObject => ({ ...textCell(text), fontWeight: 'bold', wrap: true, alignVertical: 'bottom', backgroundColor: palette.band, bottomBorderStyle: 'thin', bottomBorderColor: palette.quiet, ...(type === 'number' || type === 'percent' ? { align: 'right' } : {}) }));
  const widths = columns.map((_, index) => columnWidth(table, index, words));
  const body = rows.map(({ cells, total }) => {
    const height = heightOf(cells.map((cell, index) => ({ text: cell.kind === 'text' || cell.kind === 'unknown' ? shownText(cell, words) : '', width: (widths[index] ?? 1) - 1 })));
    return cells.map((cell, index): CellObject => ({ ...typedCell(cell, words), ...(total === true ? { fontWeight: 'bold' } : {}), ...(index === 0 ? height : {}) }));
  });
  // Rows that sum up stay below whatever the others are sorted by.
  const filtered = rows.findLastIndex(({ total }) => total !== true) + 1;
  const filter = columns.length === 0 ? {} : { filter: { lastCell: getCellAddress(filtered, columns.length - 1) } };
  return {
    sheet: { data: [head, ...body], sheet: name, columns: widths.map((width) => ({ width })), stickyRowsCount: 1 },
    markup: { name, ...filter, links: [], fitsOnPage: widths.reduce((sum, width) => sum + width, 0) <= widestOnPage },
  };
}

/** Sheets that are wider, in characters, are printed on several pages side by side instead of in letters that nobody can read. */
const widestOnPage = 260;

const narrowest = 7;
const widest = 64;

/** In characters, as spreadsheets count: wide enough for nearly all cells, and for the button of the filter in the head. */
function columnWidth({ columns, rows }: DataTable, index: number, words: Words): number {
  const lengths = rows.map(({ cells }) => charactersWide(shownText(cells[index], words))).toSorted((a, b) => a - b);
  const nearlyAll = Math.max(lengths[Math.floor(lengths.length * 0.95)] ?? 0, Math.min(lengths.at(-1) ?? 0, widest / 2));
  const head = columns[index]?.head ?? '';
  const headWidth = Math.max(Math.min(charactersWide(head), 18), ...head.split(/\s+/).map(charactersWide)) + 3;
  return Math.round(Math.max(narrowest, Math.min(widest, Math.max(nearlyAll + 1.5, headWidth))));
}

function shownText(cell: DataCell | undefined, words: Words): string {
  switch (cell?.kind) {
    case undefined:
      return '';
    case 'text':
      return cell.text;
    case 'number':
      return words.number(cell.value);
    case 'percent':
      return `${cell.value}%`;
    case 'date':
      return cell.value;
    case 'status':
      return statusText(cell.status, words, true);
    case 'unknown':
      return cell.reason === undefined ? '–' : `– ${cell.reason}`;
  }
}

const statusColours: Readonly<Record<Status, string>> = { below: palette.below, warning: palette.warning, met: palette.met, 'too-small': palette.quiet, 'no-data': palette.quiet };

function typedCell(cell: DataCell, words: Words): CellObject {
  switch (cell.kind) {
    case 'text':
      return { ...textCell(cell.text), wrap: true };
    case 'number': {
      const value = exactNumber(cell.value);
      return value === undefined ? { ...textCell(words.number(cell.value)), align: 'right' } : { value, type: Number, format: `#,##0${fraction(cell.value, 0)}`, alignVertical: 'top' };
    }
    case 'percent': {
      const value = exactNumber(hundredth(cell.value));
      return value === undefined ? { ...textCell(`${words.number(cell.value)}%`), align: 'right' } : { value, type: Number, format: `0${fraction(cell.value, 0)}%`, alignVertical: 'top' };
    }
    case 'date': {
      const date = sheetDate(cell.value);
      return date === undefined ? textCell(cell.value) : { value: date, type: Date, format: dateFormats[words.language], align: 'left', alignVertical: 'top' };
    }
    case 'status':
      return { ...textCell(statusText(cell.status, words, true)), textColor: statusColours[cell.status] };
    case 'unknown':
      return { ...textCell(shownText(cell, words)), textColor: quiet, wrap: true };
  }
}

const dateFormats: Readonly<Record<Words['language'], string>> = { en: 'yyyy-mm-dd', de: 'dd.mm.yyyy' };

/** As many places as the value has, so that what is seen is what is there. */
function fraction(value: string, otherwise: number): string {
  const places = value.split('.')[1]?.length ?? otherwise;
  return places === 0 ? '' : `.${'0'.repeat(places)}`;
}

/** More digits than spreadsheets keep would be rounded. */
const digitsKept = 15;

function exactNumber(value: string): number | undefined {
  const digits = value.replace(/[-.]/g, '').replace(/^0+/, '');
  const number = Number(value);
  return digits.length <= digitsKept && Number.isFinite(number) ? number : undefined;
}

/** `99.79` → `0.9979`, digit by digit: dividing would leave a trace of binary fractions. */
function hundredth(value: string): string {
  const [, sign = '', whole = '0', places = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  const padded = whole.padStart(3, '0');
  return `${sign}${padded.slice(0, -2)}.${padded.slice(-2)}${places}`;
}

/** Before March 1900 spreadsheets and the calendar disagree. */
const firstDate = '1900-03-01';

function sheetDate(iso: string): Date | undefined {
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || iso < firstDate || date.toISOString().slice(0, 10) !== iso ? undefined : date;
}
