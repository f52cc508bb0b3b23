import type { Source } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { timeZone } from '../../../language/values/time-zone.ts';
import type { ClockJoins, Clocks, Horizon } from '../clock-tables.ts';
import { NotComputedThere } from '../dialect.ts';
import type { Cell, QueryEngine } from '../engine.ts';
import { hashOf } from '../figure-cache.ts';
import { Refusal } from '../formats/rows.ts';
import { columnNames } from '../named-columns.ts';
import type { RecordsElsewhere } from '../records-elsewhere.ts';
import { oddities, type SourcePlan } from '../source-plan.ts';
import { identifier, literal } from '../sql.ts';
import { firstInstant, lastInstant, zoneStretches } from '../zone-code.ts';
import { ClockArrays } from './clock-arrays.ts';
import type { Connection } from './connection.ts';
import { neededColumns } from './needed-columns.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { PostgresSession, type DatabaseColumn } from './postgres-session.ts';
import { postgresCells, textCell } from './postgres.ts';
import { pushedTests } from './pushed-filter.ts';
import type { ReadLimits } from './read-limits.ts';
import { extractFrom, saysOrder, testConditions } from './reading-query.ts';

/** What crossed the wire for one question. */
export interface Answered {
  readonly source: string;
  readonly sql: string;
  readonly rows: number;
}

/** What was seen of a table: its columns, and a fingerprint of all rows in the columns that count. */
interface Seen {
  readonly columns: readonly DatabaseColumn[];
  readonly fingerprint: string;
}

/** In milliseconds: how long a database is not asked whether its rows are still the same. */
const fresh = 300_000;
/** What this process has seen, and when, by all that it depends on. */
const seenAt = new Map<string, { readonly seen: Seen; readonly at: number }>();
const remembered = 100;

/** The rows have changed since this process last saw them: what was remembered of them is of no use. */
export class RowsHaveChanged extends Error {}

/** Why the records of a source cannot be left where they are, as far as that can be told from the text; undefined if they may be. */
export function reasonToRead(source: Source): string | undefined {
  if (source.historyKey !== undefined) return 'its records have a history';
  if (source.keep === 'first' || source.keep === 'last') return `it says “keep ${source.keep}”`;
  if (source.pauses.length > 0) return 'its clocks pause';
  if (source.dateFormat !== undefined && source.dateFormat !== 'iso') return 'its dates are texts';
  return undefined;
}

/**
 * A table or query of PostgreSQL whose records stay where they are. The order of rows is that in which they would be read; texts are
 * compared by their bytes, as here.
 */
export class PushedTable implements RecordsElsewhere, QueryEngine {
  readonly dialect: RecordsElsewhere['dialect'];
  readonly columns: readonly string[];
  readonly natives: ReadonlyMap<string, 'number' | 'instant'>;
  readonly rowNumber: string;
  /** Of all data that the figures rest on. */
  readonly hash: string;
  readonly #source: Source;
  readonly #types: ReadonlyMap<string, number>;
  readonly #selected: Selected;
  readonly #open: () => Promise<PostgresSession>;
  readonly #observe: ((answered: Answered) => void) | undefined;
  #session: Promise<PostgresSession> | undefined;

  private constructor(source: Source, seen: Seen, selected: Selected, session: PostgresSession | undefined, open: () => Promise<PostgresSession>, observe: ((answered: Answered) => void) | undefined) {
    this.#source = source;
    this.#selected = selected;
    this.#session = session === undefined ? undefined : Promise.resolve(session);
    this.#open = open;
    this.#observe = observe;
    const refusal = (reason: string): NotComputedThere => new NotComputedThere(source.name, reason);
    this.dialect = { ...postgresDialect(refusal), refusal };
    this.columns = seen.columns.map(({ name }) => name);
    this.#types = new Map(seen.columns.map(({ name, type }) => [name, type]));
    this.natives = new Map(seen.columns.flatMap(({ name, type }): (readonly [string, 'number' | 'instant'])[] => (numberTypes.has(type) ? [[name, 'number']] : momentTypes.has(type) ? [[name, 'instant']] : [])));
    this.rowNumber = `(row_number() OVER (ORDER BY ${selected.order.map((_, index) => `k${index}`).join(', ')}) - 1)`;
    this.hash = hashOf(seen.fingerprint, seen.columns.map(({ name, type }) => [name, type]));
  }

  /**
   * @param key names all that decides which rows and columns count, and where they are kept
   * @param mayRemember what was seen within {@link fresh} is not looked at again
   * @throws Refusal where nothing can be read, NotComputedThere where the rows have to be, or the signal's reason
   */
  static async see(model: Model, source: Source, connection: Connection, key: string, mayRemember: boolean, limits: ReadLimits, signal: AbortSignal, observe: ((answered: Answered) => void) | undefined): Promise<PushedTable> {
    const refused = reasonToRead(source);
    if (refused !== undefined) throw new NotComputedThere(source.name, refused);
    const known = mayRemember ? seenAt.get(key) : undefined;
    const look = async (): Promise<{ readonly session: PostgresSession; readonly seen: Seen; readonly selected: Selected }> => {
      const session = await PostgresSession.open(connection, limits, signal);
      try {
        // Compiling questions with large tables in them takes longer than answering them.
        await session.run("SELECT set_config(name, 'off', true) FROM pg_settings WHERE name = 'jit'");
        const { columns } = await session.run(`SELECT * FROM ${extractFrom(source)} AS extract LIMIT 0`);
        if (columns.length === 0) throw new Refusal('has no columns');
        const selected = select(model, source, columns);
        const fingerprint = await fingerprintOf(session, source, selected);
        const seen = { columns, fingerprint };
        if (mayRemember) remember(key, seen);
        return { session, seen, selected };
      } catch (error) {
        await session.close();
        throw error;
      }
    };
    if (known !== undefined && performance.now() - known.at < fresh) {
      return new PushedTable(source, known.seen, select(model, source, known.seen.columns), undefined, async () => {
        const { session, seen } = await look();
        if (seen.fingerprint === known.seen.fingerprint && JSON.stringify(seen.columns) === JSON.stringify(known.seen.columns)) return session;
        await session.close();
        throw new RowsHaveChanged();
      }, observe);
    }
    const { session, seen, selected } = await look();
    return new PushedTable(source, seen, selected, session, () => Promise.resolve(session), observe);
  }

  base(plan: Pick<SourcePlan, 'usedColumns' | 'columnCells'>): string {
    const { emptyTexts } = this.#source;
    const cell = (name: string): string => `${nullIf(textCell(name), emptyTexts)} COLLATE "C"`;
    const columns = [
      ...this.#selected.order.map((order, index) => `${order} AS k${index}`),
      plan.columnCells((name) => `(${cell(name)})`, emptyTexts),
      ...plan.usedColumns.flatMap((name, index) => this.#nativeColumns(name, index)),
    ];
    return `SELECT ${columns.join(', ')} FROM ${this.#selected.from}`;
  }

  engine(): Promise<QueryEngine> {
    return Promise.resolve(this);
  }

  clockJoins(clocks: Clocks, horizon: Horizon): ClockJoins {
    return new ClockArrays(clocks, horizon);
  }

  run(): Promise<never> {
    return Promise.reject(this.dialect.refusal('a table would have to be made there'));
  }

  async rows(sql: string): Promise<readonly (readonly Cell[])[]> {
    try {
      const session = await (this.#session ??= this.#open());
      const { rows } = await session.run(sql);
      this.#observe?.({ source: this.#source.name, sql, rows: rows.length });
      return rows;
    } catch (error) {
      if (error instanceof Refusal) throw this.dialect.refusal(`the database ${error.message}`);
      throw error;
    }
  }

  async row(sql: string): Promise<readonly Cell[]> {
    return (await this.rows(sql))[0] ?? [];
  }

  /** Ends the connection; never rejected. */
  async close(): Promise<void> {
    await (await this.#session?.catch(() => undefined))?.close();
  }

  #nativeColumns(name: string, index: number): readonly string[] {
    const type = this.#types.get(name)!;
    const { emptyTexts } = this.#source;
    const column = identifier(name);
    const filled = (sql: string): string => (emptyTexts.length === 0 ? sql : `CASE WHEN ${textCell(name)} IN (${emptyTexts.map(literal).join(', ')}) THEN NULL ELSE ${sql} END`);
    if (numberTypes.has(type)) return [`${filled(type === numeric || type === bigint ? `CASE WHEN abs(round(${column}::NUMERIC, 6)) < 1000000000000 THEN round(${column}::NUMERIC, 6)::DECIMAL(18,6) END` : `${column}::DECIMAL(18,6)`)} AS n${index}`];
    if (!momentTypes.has(type)) return [];
    const inRange = `${column} >= ${literal(isoOf(firstInstant))} AND ${column} < ${literal(isoOf(lastInstant))}`;
    const local = `(extract(epoch FROM date_trunc('milliseconds', ${column}${type === date ? '::TIMESTAMP' : ''})) * 1000)::BIGINT`;
    const [moment, odd] = type === timestampWithZone ? [local, '0'] : this.#zoned(local);
    return [
      `${filled(`CASE WHEN ${inRange} THEN ${moment} END`)} AS n${index}`,
      `coalesce(${filled(`CASE WHEN ${inRange} THEN ${odd} WHEN ${column} IS NOT NULL THEN ${oddities.unreadable} END`)}, 0)::SMALLINT AS d${index}`,
    ];
  }

  /** A local time as a moment, and what is odd about it. */
  #zoned(local: string): readonly [string, string] {
    const { dateZone } = this.#source;
    if (dateZone === undefined || isProblem(timeZone(dateZone))) return [local, String(dateZone === undefined ? oddities.withoutZone : 0)];
    const stretches = zoneStretches(dateZone);
    const code = `('{${stretches.map(({ value }) => value).join(',')}}'::BIGINT[])[width_bucket(${local}, '{${stretches.map(({ from }) => from).join(',')}}'::BIGINT[])]`;
    return [`${local} - (${code} / 4 - 86400) * 1000`, `CASE ${code} & 3 WHEN 1 THEN ${oddities.skipped} WHEN 2 THEN ${oddities.repeated} ELSE 0 END`];
  }
}

/** Which rows and columns count, and in which order. */
interface Selected {
  readonly from: string;
  /** Each by itself, the first first. */
  readonly order: readonly string[];
  readonly cells: readonly string[];
}

function select(model: Model, source: Source, columns: readonly DatabaseColumn[]): Selected {
  const available = columns.map(({ name }) => name);
  const missing = [...columnNames(source)].find((name) => !available.includes(name));
  // Where the rows are read, it is said which column was meant.
  if (missing !== undefined) throw new NotComputedThere(source.name, `there is no column “${missing}”`);
  const needed = neededColumns(model, source, available);
  const tests = testConditions(pushedTests(source, needed), postgresCells);
  const cells = needed.map(postgresCells.compared);
  const from = saysOrder(source) ? `(SELECT *, row_number() OVER () AS ${identifier(ownNumber)} FROM ${extractFrom(source)} AS extract)` : extractFrom(source);
  return {
    from: `${from} AS extract${tests.length === 0 ? '' : ` WHERE ${tests.join(' AND ')}`}`,
    order: saysOrder(source) ? [identifier(ownNumber)] : cells, cells,
  };
}

const ownNumber = 'itsms row';

/** The same for the same rows in any order; rows of other texts give another. */
async function fingerprintOf(session: PostgresSession, source: Source, { from, cells }: Selected): Promise<string> {
  const [encoding] = (await session.run('SHOW server_encoding')).rows[0] ?? [];
  if (encoding !== 'UTF8') throw new NotComputedThere(source.name, `the database is in ${String(encoding)}, not UTF8`);
  const part = (begin: number): string => `coalesce(sum(('x' || substr(hash, ${begin}, 15))::BIT(60)::BIGINT), 0)`;
  try {
    const { rows } = await session.run(`SELECT count(*), ${part(1)}, ${part(17)} FROM (SELECT md5(ROW(${cells.join(', ')})::TEXT) AS hash FROM ${from}) hashes`);
    return rows[0]!.map(String).join(' ');
  } catch (error) {
    if (error instanceof Refusal) throw new NotComputedThere(source.name, `the database ${error.message}`);
    throw error;
  }
}

function remember(key: string, seen: Seen): void {
  seenAt.delete(key);
  seenAt.set(key, { seen, at: performance.now() });
  for (const oldest of seenAt.keys()) {
    if (seenAt.size <= remembered) break;
    seenAt.delete(oldest);
  }
}

function nullIf(text: string, emptyTexts: readonly string[]): string {
  return emptyTexts.length === 0 ? `nullif(${text}, '')` : `CASE WHEN ${text} IN (${['', ...emptyTexts].map(literal).join(', ')}) THEN NULL ELSE ${text} END`;
}

function isoOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')}+00`;
}

/** Numbers of types, which are the same in every database: see `pg_type.dat`. */
const [bigint, smallint, integer, numeric, date, timestamp, timestampWithZone] = [20, 21, 23, 1700, 1082, 1114, 1184] as const;
const numberTypes: ReadonlySet<number> = new Set([bigint, smallint, integer, numeric]);
const momentTypes: ReadonlySet<number> = new Set([date, timestamp, timestampWithZone]);
