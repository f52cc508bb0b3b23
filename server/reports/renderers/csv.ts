/**
 * The tables of a document as CSV (RFC 4180, UTF-8 without a byte order mark). One table is one file; several are a zip
 * with a file for each. Values are canonical: decimals with a point and no grouping, ISO dates, percent as the number
 * before its sign, status by its name; what is not known is empty. Text that a spreadsheet would take for a formula gets
 * an apostrophe before it.
 */
import type { Document } from '../blocks.ts';
import { dataTablesOf, type DataCell, type DataTable } from './data-tables.ts';
import { zipPackage } from './office/zip-package.ts';

/** Whether the file is a table or a zip of tables. */
export function csvEnding(document: Document): 'csv' | 'csv.zip' {
  return dataTablesOf(document).length > 1 ? 'csv.zip' : 'csv';
}

export function renderCsv(document: Document): { readonly ending: 'csv' | 'csv.zip'; readonly content: Uint8Array } {
  const tables = dataTablesOf(document);
  const [only, ...more] = tables;
  if (more.length === 0) return { ending: 'csv', content: encode(only === undefined ? '' : csvOf(only)) };
  const digits = String(tables.length).length;
  const files = tables.map((table, index) => [`${String(index + 1).padStart(digits, '0')}-${fileName(table.name)}.csv`, csvOf(table)] as const);
  return { ending: 'csv.zip', content: zipPackage(Object.fromEntries(files)) };
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Letters and digits of any script, hyphens for the rest. */
function fileName(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return plain === '' ? 'table' : [...plain].slice(0, 60).join('').replace(/-+$/, '');
}

function csvOf({ columns, rows }: DataTable): string {
  const line = (fields: readonly string[]): string => `${fields.map(quoted).join(',')}\r\n`;
  return [line(columns.map(({ head }) => guarded(head))), ...rows.map(({ cells }) => line(cells.map(field)))].join('');
}

function field(cell: DataCell): string {
  switch (cell.kind) {
    case 'text':
      return guarded(cell.text);
    case 'number':
    case 'percent':
    case 'date':
      return cell.value;
    case 'status':
      return cell.status;
    case 'unknown':
      return '';
  }
}

/** With the apostrophe by which spreadsheets are told that it is text. */
function guarded(text: string): string {
  return /^[=+\-@\t\r＝＋－＠]/u.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
