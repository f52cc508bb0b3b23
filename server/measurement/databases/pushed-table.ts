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
import { zoneStretches } from '../zone-code.ts';
import type { AskedDatabase, DatabaseColumn, DatabaseSession, NativeColumn } from './asked-database.ts';
import { ClockArrays } from './clock-arrays.ts';
import type { Connection } from './connection.ts';
import { neededColumns } from './needed-columns.ts';
import { pushedTests } from './pushed-filter.ts';
import type { ReadLimits } from './read-limits.ts';
import { extractFrom, saysOrder, testConditions, type TextCells } from './reading-query.ts';

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
 * A table or query of a database whose records stay where they are. The order of rows is that in which they would be read; texts are
 * compared by their bytes, as here.
 */
export class PushedTable implements RecordsElsewhere, QueryEngine {
  readonly dialect: RecordsElsewhere['dialect'];
  readonly columns: readonly string[];
  readonly natives: ReadonlyMap<string, 'number' | 'instant'>;
  readonly rowNumber: string;
  /** Of all data that the figures rest on. */
  readonly hash: string;
  readonly #asked: AskedDatabase;
  readonly #source: Source;
  readonly #seen: Seen;
  readonly #cells: TextCells;
  readonly #nativeColumns: ReadonlyMap<string, NativeColumn>;
  readonly #selected: Selected;
  readonly #open: () => Promise<DatabaseSession>;
  readonly #observe: ((answered: Answered) => void) | undefined;
  #session: Promise<DatabaseSession> | undefined;

  private constructor(asked: AskedDatabase, source: Source, seen: Seen, selected: Selected, session: DatabaseSession | undefined, open: () => Promise<DatabaseSession>, observe: ((answered: Answered) => void) | undefined) {
    this.#asked = asked;
    this.#source = source;
    this.#seen = seen;
    this.#cells = asked.cells(seen.columns);
    this.#selected = selected;
    this.#session = session === undefined ? undefined : Promise.resolve(session);
    this.#open = open;
    this.#observe = observe;
    const refusal = (reason: string): NotComputedThere => new NotComputedThere(source.name, reason);
    this.dialect = asked.dialect(refusal);
    this.columns = seen.columns.map(({ name }) => name);
    this.#nativeColumns = new Map(seen.columns.flatMap((column) => {
      const native = asked.native(column);
      return native === undefined ? [] : [[column.name, native] as const];
    }));
    this.natives = new Map([...this.#nativeColumns].map(([name, { kind }]) => [name, kind]));
    this.rowNumber = `(row_number() OVER (ORDER BY ${selected.order.map((_, index) => `k${index}`).join(', ')}) - 1)`;
    this.hash = hashOf(seen.fingerprint, seen.columns.map(({ name, type }) => [name, type]));
  }

  /**
   * @param key names all that decides which rows and columns count, and where they are kept
   * @param mayRemember what was seen within {@link fresh} is not looked at again
   * @throws Refusal where nothing can be read, NotComputedThere where the rows have to be, or the signal's reason
   */
  static async see(asked: AskedDatabase, model: Model, source: Source, connection: Connection, key: string, mayRemember: boolean, limits: ReadLimits, signal: AbortSignal, observe: ((answered: Answered) => void) | undefined): Promise<PushedTable> {
    const refused = reasonToRead(source);
    if (refused !== undefined) throw new NotComputedThere(source.name, refused);
    const known = mayRemember ? seenAt.get(key) : undefined;
    const look = async (): Promise<{ readonly session: DatabaseSession; readonly seen: Seen; readonly selected: Selected }> => {
      const session = await asked.open(connection, limits, signal);
      try {
        const unable = await asked.prepare(session);
        if (unable !== undefined) throw new NotComputedThere(source.name, unable);
        const { columns } = await session.run(`SELECT * FROM ${extractFrom(source)} AS extracted LIMIT 0`);
        if (columns.length === 0) throw new Refusal('has no columns');
        const selected = select(asked, model, source, columns);
        const fingerprint = await fingerprintOf(asked, session, source, selected);
        const seen = { columns, fingerprint };
        if (mayRemember) remember(key, seen);
        return { session, seen, selected };
      } catch (error) {
        await session.close();
        throw error;
      }
    };
    if (known !== undefined && performance.now() - known.at < fresh) {
      return new PushedTable(asked, source, known.seen, select(asked, model, source, known.seen.columns), undefined, async () => {
        const { session, seen } = await look();
        if (seen.fingerprint === known.seen.fingerprint && JSON.stringify(seen.columns) === JSON.stringify(known.seen.columns)) return session;
        await session.close();
        throw new RowsHaveChanged();
      }, observe);
    }
    const { session, seen, selected } = await look();
    return new PushedTable(asked, source, seen, selected, session, () => Promise.resolve(session), observe);
  }

  base(plan: Pick<SourcePlan, 'usedColumns' | 'columnCells'>): string {
    const { emptyTexts } = this.#source;
    const cell = (name: string): string => this.#asked.byBytes(nullIf(this.#cells.cell(name), emptyTexts));
    const columns = [
      ...this.#selected.order.map((order, index) => `${order} AS k${index}`),
      plan.columnCells((name) => `(${cell(name)})`, emptyTexts),
      ...plan.usedColumns.flatMap((name, index) => this.#nativesOf(name, index)),
    ];
    const codes = plan.usedColumns.flatMap((name, index) => this.#zoneCode(name, index));
    // Lists of a zone's changes are long: each stands in the question once.
    const from = codes.length === 0 ? this.#selected.from : `(SELECT *, ${codes.join(', ')} FROM ${this.#selected.from}) AS zoned`;
    return `SELECT ${columns.join(', ')} FROM ${from}`;
  }

  engine(): Promise<QueryEngine> {
    return Promise.resolve(this);
  }

  clockJoins(clocks: Clocks, horizon: Horizon): ClockJoins {
    return new ClockArrays(clocks, horizon, this.#asked);
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

  /**
   * When all is asked: where each question sees the rows as they are just then, all of them have to have seen the same.
   *
   * @throws NotComputedThere where rows came, went or changed meanwhile
   */
  async settle(): Promise<void> {
    if (this.#session === undefined || this.#asked.seesOneMoment) return;
    if (await fingerprintOf(this.#asked, await this.#session, this.#source, this.#selected) !== this.#seen.fingerprint) throw this.dialect.refusal('its rows changed while they were asked about');
  }

  /** Ends the connection; never rejected. */
  async close(): Promise<void> {
    await (await this.#session?.catch(() => undefined))?.close();
  }

  #nativesOf(name: string, index: number): readonly string[] {
    const native = this.#nativeColumns.get(name);
    if (native === undefined) return [];
    const { emptyTexts } = this.#source;
    const filled = (sql: string): string => (emptyTexts.length === 0 ? sql : `CASE WHEN ${this.#cells.cell(name)} IN (${emptyTexts.map(literal).join(', ')}) THEN NULL ELSE ${sql} END`);
    if (native.kind === 'number') return [`${filled(native.sql)} AS n${index}`];
    const [moment, odd] = native.hasZone ? [native.sql, '0'] : this.#zoned(native.sql, index);
    return [
      `${filled(`CASE WHEN ${native.inRange} THEN ${moment} END`)} AS n${index}`,
      `CAST(coalesce(${filled(`CASE WHEN ${native.inRange} THEN ${odd} WHEN ${identifier(name)} IS NOT NULL THEN ${oddities.unreadable} END`)}, 0) AS SMALLINT) AS d${index}`,
    ];
  }

  /** A local time as a moment, and what is odd about it. */
  #zoned(local: string, index: number): readonly [string, string] {
    if (this.#stretches === undefined) return [local, String(this.#source.dateZone === undefined ? oddities.withoutZone : 0)];
    const code = identifier(zoneColumn(index));
    return [`${local} - (${code} / 4 - 86400) * 1000`, `CASE ${code} % 4 WHEN 1 THEN ${oddities.skipped} WHEN 2 THEN ${oddities.repeated} ELSE 0 END`];
  }

  /** The code of a local time in a used column: see zoneStretches. */
  #zoneCode(name: string, index: number): readonly string[] {
    const native = this.#nativeColumns.get(name);
    if (native?.kind !== 'instant' || native.hasZone || this.#stretches === undefined) return [];
    const stretches = this.#stretches;
    // Nearly everywhere clocks change on a quarter of an hour, and smaller numbers are shorter.
    const unit = stretches.every(({ from }) => from % quarter === 0) ? quarter : 1;
    const place = this.#asked.place(unit === 1 ? native.sql : `${native.sql} / ${unit}`, stretches.map(({ from }) => from / unit));
    return [`CASE WHEN ${native.inRange} THEN ${this.#asked.element(stretches.map(({ value }) => value), place)} END AS ${identifier(zoneColumn(index))}`];
  }

  /** Of the zone in which times are that say none; undefined where none is declared. */
  get #stretches(): ReturnType<typeof zoneStretches> | undefined {
    const { dateZone } = this.#source;
    return dateZone === undefined || isProblem(timeZone(dateZone)) ? undefined : zoneStretches(dateZone);
  }
}

const quarter = 900_000;

function zoneColumn(index: number): string {
  return `itsms zone ${index}`;
}

/** Which rows and columns count, and in which order. */
interface Selected {
  readonly from: string;
  /** Each by itself, the first first. */
  readonly order: readonly string[];
  readonly cells: readonly string[];
}

function select(asked: AskedDatabase, model: Model, source: Source, columns: readonly DatabaseColumn[]): Selected {
  const available = columns.map(({ name }) => name);
  const missing = [...columnNames(source)].find((name) => !available.includes(name));
  // Where the rows are read, it is said which column was meant.
  if (missing !== undefined) throw new NotComputedThere(source.name, `there is no column “${missing}”`);
  const needed = neededColumns(model, source, available);
  const texts = asked.cells(columns);
  const tests = testConditions(pushedTests(source, needed), texts);
  const cells = needed.map(texts.compared);
  const inItsOrder = asked.keepsOrder && saysOrder(source);
  const from = inItsOrder ? `(SELECT *, row_number() OVER () AS ${identifier(ownNumber)} FROM ${extractFrom(source)} AS extracted)` : extractFrom(source);
  return {
    from: `${from} AS extracted${tests.length === 0 ? '' : ` WHERE ${tests.join(' AND ')}`}`,
    order: inItsOrder ? [identifier(ownNumber)] : cells, cells,
  };
}

const ownNumber = 'itsms row';

/** The same for the same rows in any order; rows of other texts give another. */
async function fingerprintOf(asked: AskedDatabase, session: DatabaseSession, source: Source, { from, cells }: Selected): Promise<string> {
  try {
    const { rows } = await session.run(asked.fingerprint(from, cells));
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
