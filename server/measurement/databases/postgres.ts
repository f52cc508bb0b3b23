/**
 * PostgreSQL, and what speaks its protocol: reads columns of a table or query as text, in one read-only transaction, a batch at a
 * time. Whatever the model says goes in as one statement, so that nothing can end the transaction.
 */
import type { Client, ClientConfig, QueryArrayConfig } from 'pg';
import { Refusal } from '../formats/rows.ts';
import type { TableWriter } from '../formats/table-writer.ts';
import { identifier, literal } from '../sql.ts';
import { withoutSecrets, type Connection } from './connection.ts';
import type { PushedTest } from './pushed-filter.ts';

export interface Extract {
  /** As the database calls it, with its schema and a dot in front where needed. */
  readonly table: string | undefined;
  readonly query: string | undefined;
}

export interface ReadLimits {
  readonly rows: number;
  /** In milliseconds: for connecting, for waiting for a lock, and for each statement. */
  readonly connect: number;
  readonly lock: number;
  readonly statement: number;
}

export const usualLimits: ReadLimits = { rows: 20_000_000, connect: 15_000, lock: 10_000, statement: 300_000 };

const batch = 5_000;

/** Chosen when the columns are known. */
export interface Selection {
  readonly columns: readonly string[];
  readonly tests: readonly PushedTest[];
}

/**
 * Writes a header row and the rows. Times are ISO 8601, with a zone in UTC.
 *
 * @throws Refusal, or the signal's reason
 */
export async function readPostgres(connection: Connection, extract: Extract, select: (available: readonly string[]) => Selection, writer: TableWriter, limits: ReadLimits, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // Loaded only where a source names a database.
  const { default: pg } = await import('pg');
  const config: ClientConfig = {
    ...(connection.url === undefined ? {} : { connectionString: connection.url }),
    application_name: 'itsms', connectionTimeoutMillis: limits.connect, keepAlive: true,
  };
  const client = new pg.Client(config);
  // A connection that breaks is told by the statement that fails, not by a crash.
  client.on('error', () => undefined);
  const stop = (): void => void cancel(() => new pg.Client(config), client);
  try {
    await client.connect();
    signal.addEventListener('abort', stop, { once: true });
    signal.throwIfAborted();
    await read(client, extract, select, writer, limits, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Refusal) throw error;
    throw new Refusal(`cannot be read: ${withoutSecrets(messageOf(error), connection)}`);
  } finally {
    signal.removeEventListener('abort', stop);
    await client.end().catch(() => undefined);
  }
}

async function read(client: Client, { table, query }: Extract, select: (available: readonly string[]) => Selection, writer: TableWriter, limits: ReadLimits, signal: AbortSignal): Promise<void> {
  // What the model says is parsed as exactly one statement: the extended protocol takes no more.
  const run = async (text: string): Promise<{ readonly fields: readonly { readonly name: string }[]; readonly rows: readonly (readonly (string | null)[])[] }> => {
    const statement: QueryArrayConfig & { readonly queryMode: 'extended' } = { text, rowMode: 'array', queryMode: 'extended' };
    return await client.query(statement);
  };
  await run('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const settings = { statement_timeout: String(limits.statement), lock_timeout: String(limits.lock), TimeZone: 'UTC', DateStyle: 'ISO, YMD', IntervalStyle: 'iso_8601', bytea_output: 'hex', standard_conforming_strings: 'on', extra_float_digits: '1' };
  for (const [name, value] of Object.entries(settings)) await run(`SET LOCAL ${name} = ${literal(value)}`);
  // A line break, since the query may end in a comment.
  const from = query === undefined ? (table ?? '').split('.').map(identifier).join('.') : `(${query.trim().replace(/;$/u, '')}\n)`;
  const { fields } = await run(`SELECT * FROM ${from} AS extract LIMIT 0`);
  const available = fields.map(({ name }) => name);
  if (available.length === 0) throw new Refusal('has no columns');
  const { columns, tests } = select(available);
  const cell = (column: string): string => `${identifier(column)}::text`;
  const where = tests.map(({ column, texts }) => `(${texts.map((text) => `strpos(${cell(column)} COLLATE "C", ${literal(text)}) > 0`).join(' OR ')})`);
  // The same rows in the same order each time: as the query says, else by all they hold.
  const ordered = query !== undefined && /\border\s+by\b/iu.test(query);
  const order = ordered ? '' : ` ORDER BY ${columns.map((column) => `${cell(column)} COLLATE "C"`).join(', ')}`;
  await run(`DECLARE extract NO SCROLL CURSOR FOR SELECT ${columns.map((column) => `${cell(column)} AS ${identifier(column)}`).join(', ')} FROM ${from} AS extract${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}${order}`);
  await writer.row(columns);
  for (let count = 0; ;) {
    signal.throwIfAborted();
    const { rows } = await run(`FETCH ${batch} FROM extract`);
    count += rows.length;
    if (count > limits.rows) throw new Refusal(`has more than ${limits.rows} rows, the most that are read: leave some out in the query`);
    for (const row of rows) await writer.row(row.map((value) => value ?? ''));
    if (rows.length < batch) break;
  }
  await run('ROLLBACK');
}

/** Asks the server to stop, by a connection of its own as the protocol has it; the connection is closed in any case. */
async function cancel(another: () => Client, client: Client): Promise<void> {
  const process = (client as Client & { readonly processID?: number | null }).processID;
  const second = another();
  second.on('error', () => undefined);
  try {
    await second.connect();
    if (typeof process === 'number') await second.query('SELECT pg_cancel_backend($1)', [process]);
  } catch {
    // The server does not answer: the first connection is closed below, and its statement ends by its time limit.
  } finally {
    await second.end().catch(() => undefined);
    await client.end().catch(() => undefined);
  }
}

function messageOf(error: unknown): string {
  // Several addresses of one host: each failed.
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  const detail = 'detail' in error && typeof error.detail === 'string' ? ` (${error.detail})` : '';
  return `${error.message}${detail}`;
}
