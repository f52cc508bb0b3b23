/** Reads columns of a table or query of PostgreSQL as text, a batch at a time. */
import { Refusal } from '../formats/rows.ts';
import type { TableWriter } from '../formats/table-writer.ts';
import { identifier, literal } from '../sql.ts';
import type { Connection } from './connection.ts';
import { extractFrom, PostgresSession, saysOrder, type Extract, type ReadLimits } from './postgres-session.ts';
import type { PushedTest } from './pushed-filter.ts';

const batch = 5_000;

/** Chosen when the columns are known. */
export interface Selection {
  readonly columns: readonly string[];
  readonly tests: readonly PushedTest[];
}

/** A cell as text. Times are ISO 8601, with a zone in UTC. */
export function textCell(column: string): string {
  return `${identifier(column)}::text`;
}

/** What keeps rows back that would be left out anyway. */
export function testConditions(tests: readonly PushedTest[]): readonly string[] {
  return tests.map(({ column, texts }) => `(${texts.map((text) => `strpos(${textCell(column)} COLLATE "C", ${literal(text)}) > 0`).join(' OR ')})`);
}

/**
 * Writes a header row and the rows.
 *
 * @throws Refusal, or the signal's reason
 */
export async function readPostgres(connection: Connection, extract: Extract, select: (available: readonly string[]) => Selection, writer: TableWriter, limits: ReadLimits, signal: AbortSignal): Promise<void> {
  const session = await PostgresSession.open(connection, limits, signal);
  try {
    const from = extractFrom(extract);
    const available = (await session.run(`SELECT * FROM ${from} AS extract LIMIT 0`)).columns.map(({ name }) => name);
    if (available.length === 0) throw new Refusal('has no columns');
    const { columns, tests } = select(available);
    const where = testConditions(tests);
    // The same rows in the same order each time: as the query says, else by all they hold.
    const order = saysOrder(extract) ? '' : ` ORDER BY ${columns.map((column) => `${textCell(column)} COLLATE "C"`).join(', ')}`;
    await session.run(`DECLARE extract NO SCROLL CURSOR FOR SELECT ${columns.map((column) => `${textCell(column)} AS ${identifier(column)}`).join(', ')} FROM ${from} AS extract${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}${order}`);
    await writer.row(columns);
    for (let count = 0; ;) {
      signal.throwIfAborted();
      const { rows } = await session.run(`FETCH ${batch} FROM extract`);
      count += rows.length;
      if (count > limits.rows) throw new Refusal(`has more than ${limits.rows} rows, the most that are read: leave some out in the query`);
      for (const row of rows) await writer.row(row.map((value) => (typeof value === 'string' ? value : '')));
      if (rows.length < batch) break;
    }
    await session.run('ROLLBACK');
  } finally {
    await session.close();
  }
}
