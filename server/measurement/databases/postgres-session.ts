/**
 * One read-only transaction in PostgreSQL, or what speaks its protocol. Whatever a model says goes in as one statement, so that nothing
 * can end the transaction.
 */
import type { Client, ClientConfig, QueryArrayConfig } from 'pg';
import type { Cell } from '../engine.ts';
import { Refusal } from '../formats/rows.ts';
import { literal } from '../sql.ts';
import type { DatabaseSession } from './asked-database.ts';
import { withoutSecrets, type Connection } from './connection.ts';
import type { ReadLimits } from './read-limits.ts';

/** The types of columns are told by their numbers: see `pg_type`. */
export class PostgresSession implements DatabaseSession {
  readonly #client: Client;
  readonly #connection: Connection;
  readonly #signal: AbortSignal;
  readonly #stop: () => void;

  private constructor(client: Client, connection: Connection, signal: AbortSignal, stop: () => void) {
    this.#client = client;
    this.#connection = connection;
    this.#signal = signal;
    this.#stop = stop;
  }

  /**
   * Begins the transaction, in which everything is seen as at one moment.
   *
   * @throws Refusal, or the signal's reason
   */
  static async open(connection: Connection, limits: ReadLimits, signal: AbortSignal): Promise<PostgresSession> {
    signal.throwIfAborted();
    // Loaded only where a source names a database.
    const { default: pg } = await import('pg');
    const config: ClientConfig = {
      ...(connection.url === undefined ? {} : { connectionString: connection.url }),
      ...(connection.password === undefined ? {} : { password: connection.password }),
      application_name: 'itsms', connectionTimeoutMillis: limits.connect, keepAlive: true,
    };
    const client = new pg.Client(config);
    // A connection that breaks is told by the statement that fails, not by a crash.
    client.on('error', () => undefined);
    const session = new PostgresSession(client, connection, signal, () => void cancel(() => new pg.Client(config), client));
    try {
      await client.connect();
      signal.addEventListener('abort', session.#stop, { once: true });
      signal.throwIfAborted();
      await session.run('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const settings = { statement_timeout: String(limits.statement), lock_timeout: String(limits.lock), TimeZone: 'UTC', DateStyle: 'ISO, YMD', IntervalStyle: 'iso_8601', bytea_output: 'hex', standard_conforming_strings: 'on', extra_float_digits: '1' };
      for (const [name, value] of Object.entries(settings)) await session.run(`SET LOCAL ${name} = ${literal(value)}`);
      return session;
    } catch (error) {
      await session.close();
      throw session.#refusal(error);
    }
  }

  /** @throws Refusal, or the signal's reason */
  async run(text: string): ReturnType<DatabaseSession['run']> {
    this.#signal.throwIfAborted();
    // Parsed as exactly one statement: the extended protocol takes no more.
    const statement: QueryArrayConfig & { readonly queryMode: 'extended' } = { text, rowMode: 'array', queryMode: 'extended', types: { getTypeParser: (type: number) => cellOf(type) } };
    try {
      const { fields, rows } = await this.#client.query<Cell[]>(statement);
      return { columns: fields.map(({ name, dataTypeID }) => ({ name, type: String(dataTypeID) })), rows };
    } catch (error) {
      throw this.#refusal(error);
    }
  }

  /** Ends the transaction and the connection; never rejected. */
  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#stop);
    await this.#client.end().catch(() => undefined);
  }

  /** @throws the signal's reason */
  #refusal(error: unknown): Refusal {
    this.#signal.throwIfAborted();
    return error instanceof Refusal ? error : new Refusal(`cannot be read: ${withoutSecrets(messageOf(error), this.#connection)}`);
  }
}

/** How texts of the protocol become cells: whole numbers exactly, everything that is not known as text. */
function cellOf(type: number): (text: string) => Cell {
  switch (type) {
    case 16: return (text) => text === 't';
    case 20: case 21: case 23: return BigInt;
    case 700: case 701: return Number;
    case 1700: return (text) => (/^-?\d+$/u.test(text) ? BigInt(text) : text);
    case 1005: case 1007: case 1016: return (text) => listOf(JSON.parse(text.replaceAll('{', '[').replaceAll('}', ']').replaceAll(/-?\d+/gu, '"$&"').replaceAll('NULL', 'null')) as Listed);
    default: return (text) => text;
  }
}

type Listed = string | null | readonly Listed[];

function listOf(listed: Listed): Cell {
  return listed === null ? null : typeof listed === 'string' ? BigInt(listed) : listed.map(listOf);
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
