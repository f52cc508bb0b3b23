/** Reads columns of a table or query of PostgreSQL as text, a batch at a time. */
import { Refusal } from '../formats/rows.ts';
import type { TableWriter } from '../formats/table-writer.ts';
import { identifier } from '../sql.ts';
import type { Connection } from './connection.ts';
import { PostgresSession } from './postgres-session.ts';
import type { ReadLimits } from './read-limits.ts';
import { extractFrom, readingQuery, type Extract, type Selection, type TextCells } from './reading-query.ts';

const batch = 5_000;

/** Texts as PostgreSQL gives them with the settings of a session. */
export const postgresCells: TextCells = {
  cell: textCell,
  compared: (column) => `${textCell(column)} COLLATE "C"`,
};

export function textCell(column: string): string {
  return `${identifier(column)}::text`;
}

/**
 * Writes a header row and the rows.
 *
 * @throws Refusal, or the signal's reason
 */
export async function readPostgres(connection: Connection, extract: Extract, select: (available: readonly string[]) => Selection, writer: TableWriter, limits: ReadLimits, signal: AbortSignal): Promise<void> {
  const session = await PostgresSession.open(connection, limits, signal);
  try {
    const available = (await session.run(`SELECT * FROM ${extractFrom(extract)} AS extracted LIMIT 0`)).columns.map(({ name }) => name);
    if (available.length === 0) throw new Refusal('has no columns');
    const selection = select(available);
    await session.run(`DECLARE extract NO SCROLL CURSOR FOR ${readingQuery(extract, selection, postgresCells, true)}`);
    await writer.row(selection.columns);
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
