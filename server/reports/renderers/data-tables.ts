/**
 * The tables of a document as data, for sheets and for CSV: one table for all that have the same columns, each row with
 * where it stood. What is not a table (text, drawings) is left out; the numbers of drawings are tables.
 */
import type { Block, Cell, Column, Document, HeatMap, KeyFigure, Row, Status, Table } from '../blocks.ts';
import { wordsIn, type Words } from '../words/words.ts';
import { inlinesText } from './cell-text.ts';
import { officeText } from './office/text.ts';

export type DataCell =
  | { readonly kind: 'text'; readonly text: string }
  /** An exact decimal. */
  | { readonly kind: 'number'; readonly value: string }
  /** An exact decimal in percent. */
  | { readonly kind: 'percent'; readonly value: string }
  /** An ISO date. */
  | { readonly kind: 'date'; readonly value: string }
  | { readonly kind: 'status'; readonly status: Status }
  /** Nothing is known; why, where somebody said. */
  | { readonly kind: 'unknown'; readonly reason?: string };

export interface DataColumn {
  readonly head: string;
  readonly type: 'text' | 'number' | 'percent' | 'date' | 'status';
}

export interface DataRow {
  readonly cells: readonly DataCell[];
  /** Sums up the others. */
  readonly total?: boolean;
}

export interface DataTable {
  /** A heading or a caption; not unique. */
  readonly name: string;
  /** What it shows, in a sentence; empty where nobody said. */
  readonly about: string;
  readonly columns: readonly DataColumn[];
  readonly rows: readonly DataRow[];
}

/** A table as it stands in the document. */
interface FoundTable {
  /** Headings around it, the outermost first. */
  readonly headings: readonly string[];
  readonly table: DataTable;
}

export function dataTablesOf(document: Document): DataTable[] {
  const words = wordsIn(document.language);
  const found = tablesIn(document.blocks, [], words);
  const alike = new Map<string, FoundTable[]>();
  for (const one of found) {
    const key = JSON.stringify(one.table.columns);
    alike.set(key, [...(alike.get(key) ?? []), one]);
  }
  return [...alike.values()].flatMap((tables) => (tables.length > fewAlike || shareHeading(tables) ? [together(tables, document.title, words)] : tables.map(({ table }) => table)));
}

/** So few tables stay on their own where nothing says that they belong together. */
const fewAlike = 3;

function shareHeading([first, ...others]: readonly FoundTable[]): boolean {
  const outermost = first?.headings[0];
  return outermost !== undefined && others.every(({ headings }) => headings[0] === outermost);
}

/** Key figures are a table of their own, which sheets put on their first page. */
export function keyFiguresOf(blocks: readonly Block[]): KeyFigure[] {
  return blocks.flatMap((block) => (block.kind === 'key-figures' ? [...block.figures] : block.kind === 'section' ? keyFiguresOf(block.blocks) : []));
}

/** Tables with the same columns as one, told apart by the headings in which they differ. */
function together(tables: readonly FoundTable[], title: string, words: Words): DataTable {
  const [first, ...others] = tables;
  if (first === undefined) throw new Error('No table');
  if (others.length === 0) return first.table;
  const shared = first.headings.filter((heading, index) => others.every(({ headings }) => headings[index] === heading));
  const places = tables.map(({ headings, table }) => headings.slice(shared.length).join(' – ') || table.about || table.name);
  const rows = tables.flatMap(({ table }, index) => table.rows.map((row) => ({ ...row, cells: [text(places[index] ?? ''), ...row.cells] })));
  return { name: shared.at(-1) ?? officeText(title), about: '', columns: [{ head: words.say('Section'), type: 'text' }, ...first.table.columns], rows };
}

function tablesIn(blocks: readonly Block[], headings: readonly string[], words: Words): FoundTable[] {
  return blocks.flatMap((block): FoundTable[] => {
    switch (block.kind) {
      case 'section':
        return tablesIn(block.blocks, block.heading === undefined ? headings : [...headings, officeText(inlinesText(block.heading, words)).trim()], words);
      case 'table':
        return [{ headings, table: tableAsData(block, headings, words) }];
      case 'figure':
        return [{ headings, table: tableAsData({ ...block.table, caption: block.caption }, headings, words) }];
      case 'heat-map':
        return [{ headings, table: heatMapAsData(block, headings, words) }];
      case 'paragraph':
      case 'list':
      case 'definitions':
      case 'key-figures':
      case 'status':
      case 'callout':
      case 'signatures':
      case 'page-break':
        return [];
    }
  });
}

function tableAsData(table: Table, headings: readonly string[], words: Words): DataTable {
  const about = table.caption === undefined ? '' : officeText(inlinesText(table.caption, words)).trim();
  const grouped = table.rows.some(({ group }) => group !== undefined);
  // A drawing repeats what stands beside it.
  const shown = table.columns.flatMap((column, index) => (column.type === 'drawing' ? [] : [{ column, index, split: table.rows.some(({ cells }) => cells[index]?.kind === 'ratio') }]));
  const columns: DataColumn[] = [
    ...(grouped ? [{ head: words.say('Group'), type: 'text' as const }] : []),
    ...shown.flatMap(({ column, split }): DataColumn[] => {
      const head = officeText(headOf(column)).trim();
      if (split) return [{ head, type: 'number' }, { head: words.say('{0}, of', head), type: 'number' }];
      return [{ head, type: column.type === 'drawing' ? 'text' : column.type }];
    }),
  ];
  let group = '';
  const rows = table.rows.map((row: Row): DataRow => {
    if (row.group !== undefined) group = officeText(inlinesText(row.group, words)).trim();
    const cells = shown.flatMap(({ index, split }): DataCell[] => {
      const cell = row.cells[index];
      if (split) return cell?.kind === 'ratio' ? [number(cell.numerator), number(cell.denominator)] : [cellAsData(cell, words), { kind: 'unknown' }];
      return [cellAsData(cell, words)];
    });
    return { cells: [...(grouped ? [text(group)] : []), ...cells], ...(row.total === true ? { total: true } : {}) };
  });
  return { name: headings.at(-1) ?? words.say('Overview'), about, columns, rows };
}

function headOf({ head, unit }: Column): string {
  return unit === undefined ? head : head === '' ? unit : `${head} (${unit})`;
}

function cellAsData(cell: Cell | undefined, words: Words): DataCell {
  switch (cell?.kind) {
    case undefined:
      return text('');
    case 'text':
      return text(inlinesText(cell.content, words));
    case 'number':
      return number(cell.value);
    case 'percent':
      return isDecimal(cell.value) ? { kind: 'percent', value: cell.value } : text(cell.value);
    case 'ratio':
      return text(`${cell.numerator} / ${cell.denominator}`);
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(cell.value) ? { kind: 'date', value: cell.value } : text(cell.value);
    case 'status':
      return { kind: 'status', status: cell.status };
    case 'drawing':
      return text(cell.alternative);
    case 'unknown':
      return cell.reason === undefined ? { kind: 'unknown' } : { kind: 'unknown', reason: officeText(cell.reason) };
  }
}

function heatMapAsData(map: HeatMap, headings: readonly string[], words: Words): DataTable {
  const about = officeText(inlinesText(map.caption, words)).trim();
  return {
    name: headings.at(-1) ?? words.say('Overview'),
    about,
    columns: [
      { head: officeText(map.rowHead), type: 'text' },
      ...map.columns.flatMap((column) => map.kinds.map(({ name }): DataColumn => ({ head: officeText(`${column}: ${name}`), type: 'number' }))),
    ],
    rows: map.rows.map((row) => ({ cells: [text(inlinesText(row.name, words)), ...row.cells.flatMap((cell) => map.kinds.map((_, index) => number(String(cell.counts[index] ?? 0))))] })),
  };
}

function text(content: string): DataCell {
  return { kind: 'text', text: officeText(content).trim() };
}

function isDecimal(value: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(value);
}

function number(value: string): DataCell {
  return isDecimal(value) ? { kind: 'number', value } : text(value);
}
