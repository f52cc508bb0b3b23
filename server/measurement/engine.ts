import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { identifier, literal } from './sql.ts';

/** What the engine gives back for one cell. */
export type Cell = null | boolean | number | bigint | string | readonly Cell[];

/** What answers questions over records. */
export interface QueryEngine {
  /** @throws EngineError, or the signal's reason when it was aborted */
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly (readonly Cell[])[]>;
  row(sql: string): Promise<readonly Cell[]>;
}

/** The engine could not do what it was asked; the message is its own. */
export class EngineError extends Error {}

/**
 * The embedded analytical engine, in memory, for one run. It may read the given files and nothing else: no other file, no
 * network, no extension; it writes nothing but what does not fit into memory; and it cannot be told otherwise afterwards.
 */
export class Engine implements QueryEngine {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #signal: AbortSignal;
  readonly #spill: string;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, spill: string, signal: AbortSignal) {
    this.#instance = instance;
    this.#connection = connection;
    this.#signal = signal;
    this.#spill = spill;
  }

  /** @param files absolute paths */
  static async open(files: readonly string[], signal: AbortSignal): Promise<Engine> {
    signal.throwIfAborted();
    // Loaded only when something is measured: it is native, and everything else has to work where it cannot be.
    const duckdb = await import('@duckdb/node-api');
    const spill = await mkdtemp(join(tmpdir(), 'itsms-engine-'));
    const instance = await duckdb.DuckDBInstance.create(':memory:', {
      threads: String(Math.max(1, Math.min(4, availableParallelism()))),
      memory_limit: '2GB',
      // What does not fit into memory goes to a folder of its own, which goes away with the engine.
      temp_directory: spill,
      max_temp_directory_size: '50GB',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      allow_persistent_secrets: 'false',
    });
    const connection = await instance.connect();
    const engine = new Engine(instance, connection, spill, signal);
    await engine.run("SET TimeZone = 'UTC'");
    await engine.run(`SET allowed_paths = [${files.map(literal).join(', ')}]`);
    await engine.run('SET enable_external_access = false');
    await engine.run('SET lock_configuration = true');
    return engine;
  }

  /** @throws EngineError, or the signal's reason when it was aborted */
  async run(sql: string): Promise<void> {
    await this.#guarded(() => this.#connection.run(sql));
  }

  /** @throws EngineError, or the signal's reason when it was aborted */
  async rows(sql: string): Promise<readonly (readonly Cell[])[]> {
    const reader = await this.#guarded(() => this.#connection.runAndReadAll(sql));
    return reader.getRowsJS() as unknown as readonly (readonly Cell[])[];
  }

  async row(sql: string): Promise<readonly Cell[]> {
    return (await this.rows(sql))[0] ?? [];
  }

  /** Puts rows of text into a new table; a missing cell is an empty text. */
  async createTextTable(name: string, columns: number, rows: Iterable<readonly string[]>): Promise<void> {
    await this.run(`CREATE TEMP TABLE ${identifier(name)} (${Array.from({ length: columns }, (_, index) => `c${index} VARCHAR`).join(', ')})`);
    const appender = await this.#connection.createAppender(name);
    let count = 0;
    for (const row of rows) {
      for (let index = 0; index < columns; index++) appender.appendVarchar(row[index] ?? '');
      appender.endRow();
      if (++count % 10_000 === 0) this.#signal.throwIfAborted();
    }
    appender.flushSync();
    appender.closeSync();
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
    rmSync(this.#spill, { recursive: true, force: true });
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    this.#signal.throwIfAborted();
    // A query that has not begun yet does not see an interruption: it is told again until it ends.
    let again: NodeJS.Timeout | undefined;
    const insist = (): void => {
      this.#connection.interrupt();
      again = setInterval(() => this.#connection.interrupt(), 20);
    };
    this.#signal.addEventListener('abort', insist, { once: true });
    try {
      return await work();
    } catch (error) {
      this.#signal.throwIfAborted();
      throw new EngineError(error instanceof Error ? error.message : String(error));
    } finally {
      clearInterval(again);
      this.#signal.removeEventListener('abort', insist);
    }
  }
}
