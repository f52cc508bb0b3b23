import { identifier, literal } from '../sql.ts';
import type { PushedTest } from './pushed-filter.ts';

/** What of a database is read. */
export interface Extract {
  /** As the database calls it, with its schema and a dot in front where needed. */
  readonly table?: string | undefined;
  readonly query?: string | undefined;
}

/** Chosen when the columns are known. */
export interface Selection {
  readonly columns: readonly string[];
  readonly tests: readonly PushedTest[];
}

/** What stands after FROM for a table or query; it needs a name after it. */
export function extractFrom({ table, query }: Extract): string {
  // A line break, since the query may end in a comment.
  return query === undefined ? (table ?? '').split('.').map(identifier).join('.') : `(${query.trim().replace(/;$/u, '')}\n)`;
}

/** Whether a query says itself in which order its rows come. */
export function saysOrder({ query }: Extract): boolean {
  return query !== undefined && /\border\s+by\b/iu.test(query);
}

/** How a database gives a column as text: times in ISO 8601, those with a zone in UTC. */
export interface TextCells {
  cell(column: string): string;
  /** The same, compared by its bytes. */
  compared(column: string): string;
}

/** What keeps rows back that would be left out anyway. */
export function testConditions(tests: readonly PushedTest[], { compared }: TextCells): readonly string[] {
  return tests.map(({ column, texts }) => `(${texts.map((text) => `strpos(${compared(column)}, ${literal(text)}) > 0`).join(' OR ')})`);
}

/**
 * The rows as texts: the same in the same order each time, as the query says, else by all they hold.
 *
 * @param keepsOrder whether the database keeps the order of a query inside another
 */
export function readingQuery(extract: Extract, { columns, tests }: Selection, cells: TextCells, keepsOrder: boolean): string {
  const where = testConditions(tests, cells);
  const order = keepsOrder && saysOrder(extract) ? '' : ` ORDER BY ${columns.map(cells.compared).join(', ')}`;
  return `SELECT ${columns.map((column) => `${cells.cell(column)} AS ${identifier(column)}`).join(', ')} FROM ${extractFrom(extract)} AS extracted${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}${order}`;
}
