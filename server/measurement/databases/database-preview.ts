/** What a table or query of a database holds, looked at for the editor: columns, first rows and the values of a column. Always bounded. */
import type { Source } from '../../../language/model/declarations.ts';
import { hashOf } from '../figure-cache.ts';
import { addressOf, connectionOf, type DatabaseKind, type Environment } from './connection.ts';
import type { Credentials } from './credentials.ts';
import { postgresCells } from './postgres.ts';
import { PostgresSession } from './postgres-session.ts';
import type { ReadLimits } from './read-limits.ts';
import { extractFrom, type TextCells } from './reading-query.ts';
import { trinoCells } from './trino.ts';
import { TrinoSession } from './trino-session.ts';

/** A cell as text; undefined where it is empty. */
export type PreviewCell = string | undefined;

export interface DatabaseRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly PreviewCell[])[];
}

/** How often the values of a column occur in the rows that were looked at. */
export interface DatabaseValues {
  readonly values: readonly { readonly text: string; readonly count: number }[];
  readonly rows: number;
}

/** How databases are reached. */
export interface DatabaseAccess {
  readonly environment: Environment;
  readonly credentials: () => Promise<Credentials | undefined>;
}

/** Nobody waits longer for a word, and no database is kept busy for one; in milliseconds. */
const limits: ReadLimits = { rows: 10_000, connect: 4_000, lock: 1_000, statement: 4_000 };
/** In all, in milliseconds. */
const patience = 8_000;
/** Milliseconds for which an answer is used before the database is asked again; what failed is tried again sooner. */
const fresh = 300_000;
const freshFailure = 30_000;
const remembered = 200;

interface Answered {
  readonly answer: Promise<unknown>;
  readonly since: number;
  readonly controller: AbortController;
  /** How many wait for it. */
  waiting: number;
  failed: boolean;
}

type Run = (sql: string) => Promise<DatabaseRows>;

/** Looks into the databases that sources of a trusted project name, as far as somebody has said where they are and who reads them. */
export class DatabasePreview {
  readonly #access: DatabaseAccess;
  readonly #answers = new Map<string, Answered>();

  constructor(access: DatabaseAccess) {
    this.#access = access;
  }

  /** Undefined where nothing can be read. */
  columns(source: Source, signal?: AbortSignal): Promise<readonly string[] | undefined> {
    return this.#asking(source, signal, ['columns'], async (run) => (await run(lookAt(source))).columns);
  }

  firstRows(source: Source, count: number, signal?: AbortSignal): Promise<DatabaseRows | undefined> {
    return this.#asking(source, signal, ['first', count], async (run, cells) => {
      const { columns } = await run(lookAt(source));
      return columns.length === 0 ? undefined : await run(`SELECT ${columns.map((column) => cells(column)).join(', ')} FROM ${extractFrom(source)} AS extracted LIMIT ${count}`).then(({ rows }) => ({ columns, rows }));
    });
  }

  /** @param rows how many are looked at @param most how many different values are told, the most frequent first */
  values(source: Source, column: string, rows: number, most: number, signal?: AbortSignal): Promise<DatabaseValues | undefined> {
    return this.#asking(source, signal, ['values', column, rows, most], async (run, cells) => {
      if (!(await run(lookAt(source))).columns.includes(column)) return undefined;
      const found = await run(`SELECT v, CAST(count(*) AS VARCHAR), CAST(sum(count(*)) OVER () AS VARCHAR) FROM (SELECT ${cells(column)} AS v FROM ${extractFrom(source)} AS extracted LIMIT ${rows}) AS looked GROUP BY v ORDER BY count(*) DESC, v LIMIT ${most}`);
      return { values: found.rows.flatMap(([text, count]) => (text === undefined ? [] : [{ text, count: Number(count) }])), rows: Number(found.rows[0]?.[2] ?? 0) };
    });
  }

  async #asking<Answer>(source: Source, signal: AbortSignal | undefined, question: readonly unknown[], ask: (run: Run, cell: (column: string) => string) => Promise<Answer>): Promise<Answer | undefined> {
    const { database, protocol = 'postgres' } = source;
    if (database === undefined) return undefined;
    const credentials = await this.#access.credentials();
    // Without a place nothing is tried: a name that is being typed is no database yet.
    const { identity, isComplete } = addressOf(protocol, database, this.#access.environment, credentials);
    if (identity === undefined) return undefined;
    const hasPassword = isComplete === true || credentials?.passwords[identity] !== undefined;
    const key = hashOf(protocol, identity, hasPassword, source.table, source.query, question);
    const known = this.#answers.get(key);
    if (known !== undefined && !known.controller.signal.aborted && performance.now() - known.since < (known.failed ? freshFailure : fresh)) return (await waitingFor(known, signal)) as Answer | undefined;
    const connection = connectionOf(protocol, database, this.#access.environment, credentials);
    const controller = new AbortController();
    const answer = withRun(protocol, connection, AbortSignal.any([controller.signal, AbortSignal.timeout(patience)]), ask).catch(() => {
      // Measuring says what is wrong; here there is nothing to offer.
      answered.failed = true;
      // What was stopped says nothing of the database.
      if (controller.signal.aborted && this.#answers.get(key) === answered) this.#answers.delete(key);
      return undefined;
    });
    const answered: Answered = { answer, since: performance.now(), controller, waiting: 0, failed: false };
    this.#answers.delete(key);
    this.#answers.set(key, answered);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= remembered) break;
      this.#answers.delete(oldest);
    }
    return (await waitingFor(answered, signal)) as Answer | undefined;
  }
}

/** Where nobody waits any more, the database is told to stop. */
async function waitingFor(answered: Answered, signal: AbortSignal | undefined): Promise<unknown> {
  answered.waiting++;
  let leave = (): void => undefined;
  const left = new Promise<undefined>((settle) => {
    leave = (): void => {
      if (--answered.waiting === 0) answered.controller.abort();
      settle(undefined);
    };
  });
  if (signal?.aborted === true) leave();
  signal?.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([answered.answer, left]);
  } finally {
    signal?.removeEventListener('abort', leave);
  }
}

function lookAt(source: Source): string {
  return `SELECT * FROM ${extractFrom(source)} AS extracted LIMIT 0`;
}

async function withRun<Answer>(kind: DatabaseKind, connection: ReturnType<typeof connectionOf>, signal: AbortSignal, ask: (run: Run, cell: (column: string) => string) => Promise<Answer>): Promise<Answer> {
  const texts = (row: readonly unknown[]): readonly PreviewCell[] => row.map((cell) => (typeof cell === 'string' && cell !== '' ? cell : undefined));
  switch (kind) {
    case 'postgres': {
      const session = await PostgresSession.open(connection, limits, signal);
      try {
        return await ask(async (sql) => {
          const { columns, rows } = await session.run(sql);
          return { columns: columns.map(({ name }) => name), rows: rows.map(texts) };
        }, postgresCells.cell);
      } finally {
        await session.close();
      }
    }
    case 'trino': {
      const session = new TrinoSession(connection, limits, signal);
      let types: ReadonlyMap<string, string> = new Map();
      const cells = (): TextCells => trinoCells(types);
      return await ask(async (sql) => {
        const found: (readonly PreviewCell[])[] = [];
        let named: readonly string[] = [];
        await session.run(sql, {
          columns: (columns) => {
            if (types.size === 0) types = new Map(columns.map(({ name, type }) => [name, type]));
            named = columns.map(({ name }) => name);
          },
          rows: (rows) => {
            found.push(...rows.slice(0, limits.rows - found.length).map(texts));
            return Promise.resolve();
          },
        });
        return { columns: named, rows: found };
      }, (column) => cells().cell(column));
    }
  }
}
