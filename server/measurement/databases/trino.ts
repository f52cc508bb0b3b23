/** Reads columns of a table or query of a Trino cluster as text. */
import { Refusal } from '../formats/rows.ts';
import type { TableWriter } from '../formats/table-writer.ts';
import { identifier } from '../sql.ts';
import type { Connection } from './connection.ts';
import type { ReadLimits } from './read-limits.ts';
import { extractFrom, readingQuery, type Extract, type Selection, type TextCells } from './reading-query.ts';
import { TrinoSession } from './trino-session.ts';

/**
 * Writes a header row and the rows.
 *
 * @throws Refusal, or the signal's reason
 */
export async function readTrino(connection: Connection, extract: Extract, select: (available: readonly string[]) => Selection, writer: TableWriter, limits: ReadLimits, signal: AbortSignal): Promise<void> {
  const session = new TrinoSession(connection, limits, signal);
  const types = new Map<string, string>();
  await session.run(`SELECT * FROM ${extractFrom(extract)} AS extracted LIMIT 0`, { columns: (columns) => columns.forEach(({ name, type }) => types.set(name, type)), rows: () => Promise.resolve() });
  if (types.size === 0) throw new Refusal('has no columns');
  const selection = select([...types.keys()]);
  await writer.row(selection.columns);
  let count = 0;
  await session.run(readingQuery(extract, selection, trinoCells(types), false), {
    columns: () => undefined,
    async rows(rows) {
      count += rows.length;
      if (count > limits.rows) throw new Refusal(`has more than ${limits.rows} rows, the most that are read: leave some out in the query`);
      for (const row of rows) await writer.row(row.map((value) => (typeof value === 'string' ? value : '')));
    },
  });
}

/** Texts are compared by their characters there already. */
export function trinoCells(types: ReadonlyMap<string, string>): TextCells {
  const cell = (column: string): string => {
    const [name, type] = [identifier(column), types.get(column) ?? ''];
    if (/^timestamp.* with time zone$/u.test(type)) return `to_iso8601(${name} AT TIME ZONE 'UTC')`;
    if (/^(?:array|map|row)\(/u.test(type)) return `json_format(CAST(${name} AS JSON))`;
    if (type === 'json') return `json_format(${name})`;
    if (type === 'varbinary') return `to_hex(${name})`;
    return `CAST(${name} AS VARCHAR)`;
  };
  return { cell, compared: cell };
}
