/** Pages are not wide enough for tables of records with all that is known of each: they leave the columns out that hold details. */
import type { Block, Document, Table } from '../blocks.ts';

/** The document as pages show it; the same where no table has such columns. */
export function forPages(document: Document): Document {
  const blocks = document.blocks.map(blockForPages);
  return blocks.every((block, index) => block === document.blocks[index]) ? document : { ...document, blocks };
}

function blockForPages(block: Block): Block {
  switch (block.kind) {
    case 'table':
      return tableForPages(block);
    case 'section': {
      const blocks = block.blocks.map(blockForPages);
      return blocks.every((one, index) => one === block.blocks[index]) ? block : { ...block, blocks };
    }
    default:
      return block;
  }
}

function tableForPages(table: Table): Table {
  if (table.columns.every(({ detail }) => detail !== true)) return table;
  const kept = table.columns.flatMap(({ detail }, index) => (detail === true ? [] : [index]));
  const { rowHead, sortedBy, ...rest } = table;
  const sorted = sortedBy?.flatMap((key) => (kept.includes(key.column) ? [{ ...key, column: kept.indexOf(key.column) }] : []));
  return {
    ...rest,
    columns: kept.flatMap((index) => table.columns[index] ?? []),
    rows: table.rows.map((row) => ({ ...row, cells: kept.flatMap((index) => row.cells[index] ?? []) })),
    rowHead: Math.max(0, kept.indexOf(rowHead ?? 0)),
    ...(sorted === undefined || sorted.length === 0 ? {} : { sortedBy: sorted }),
  };
}
