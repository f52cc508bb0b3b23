import { recordKinds } from '../../language/model/record-kinds.ts';
import { dayNumberOf, type IsoDate } from '../../language/values/date.ts';
import { isProblem, problem, type Problem } from '../../language/values/problem.ts';
import { timeZone } from '../../language/values/time-zone.ts';
import { isElapsed } from './clock-tables.ts';
import type { Dialect } from './dialect.ts';
import { asText, ExpressionCompiler, type ExpressionProblem, type Scope } from './expression.ts';
import { nativeOfRecord } from './source-plan.ts';
import type { LoadedRecords, SourceSession } from './source-session.ts';
import type { TypedSql } from './typed-sql.ts';
import { inlineInstant } from './zone-code.ts';

/** A name that records have although no source maps it. */
export type DerivedField = (name: string, query: RecordQuery) => TypedSql | undefined;

export interface RecordQueryOptions {
  readonly derived?: DerivedField;
  /** What happened after the day that figures are as of is not known on it: such moments are empty. */
  readonly asOfTheDay?: boolean;
  /** Values of other sources may be looked up, which makes an answer depend on their data, too. */
  readonly lookups?: boolean;
}

/** A question over the records of a source: `r` are the records; what it needs of clocks is joined on. */
export class RecordQuery implements Scope {
  readonly session: SourceSession;
  readonly compiler: ExpressionCompiler;
  readonly #derived: DerivedField;
  readonly #asOfTheDay: boolean;
  readonly #lookups: boolean;
  readonly #joins: { readonly make: (records: LoadedRecords) => Promise<string | Problem> }[] = [];
  readonly #aliases = new Map<string, string>();

  constructor(session: SourceSession, report: (problem: ExpressionProblem) => void, { derived = () => undefined, asOfTheDay = false, lookups = false }: RecordQueryOptions = {}) {
    this.session = session;
    this.#derived = derived;
    this.#asOfTheDay = asOfTheDay;
    this.#lookups = lookups;
    this.compiler = new ExpressionCompiler(this, report);
  }

  get dialect(): Dialect {
    return this.session.dialect;
  }

  field(field: string): TypedSql | undefined {
    const index = this.session.fieldIndex(field);
    if (index === undefined) return undefined;
    const { value } = this.session.fields()[index]!;
    const { between: _between, native, ...plain } = value;
    const declared = recordKinds[this.session.source.recordKind]?.fields[field];
    const happened = this.#asOfTheDay && value.type === 'instant' && declared?.ahead !== true;
    return { ...plain, sql: happened ? `(CASE WHEN r.f_${index} < ${this.session.asOf} THEN r.f_${index} END)` : `r.f_${index}`, ...(value.oddity === undefined ? {} : { oddity: `r.o_${index}` }), ...nativeOfRecord(native, `f_${index}`) };
  }

  name(name: string): TypedSql | null | undefined {
    if (name === 'as-of') return { type: 'instant', sql: String(this.session.asOf) };
    if (name === 'record-key') return { type: 'text', sql: 'r.record_key' };
    if (this.session.fieldIndex(name) === undefined && this.session.source.mappings.some(({ field }) => field === name)) return null;
    return this.field(name) ?? this.#derived(name, this) ?? this.column(name);
  }

  column(name: string): TypedSql | undefined {
    const index = this.session.extraColumn(name);
    return index === undefined ? undefined : { type: 'text', sql: `r.x_${index}`, ...nativeOfRecord(this.session.plan()?.column(name)?.native, `x_${index}`) };
  }

  names(): Iterable<string> {
    return this.session.plan()?.names() ?? [];
  }

  instantOf(text: TypedSql): TypedSql {
    const { native } = text;
    if (native?.type === 'instant') return { type: 'instant', sql: native.sql, ...(native.oddity === undefined ? {} : { oddity: native.oddity }) };
    if (this.dialect.refusal !== undefined) throw this.dialect.refusal('a time is read from a text there');
    return { type: 'instant', sql: inlineInstant(text.sql, this.session.plan()?.context.format, this.session.zone, this.session.year) };
  }

  startOfDate(date: string): number {
    const zone = timeZone(this.session.zone);
    return isProblem(zone) ? Date.parse(date) : zone.instantOf(dayNumberOf(date as IsoDate), 0) * 1000;
  }

  /**
   * Time from one moment to another on a calendar's clock, less the record's pauses. Nothing happens to a record before it begins: how
   * long it took is unknown then, and not less than no time at all.
   */
  between(from: TypedSql, to: TypedSql, calendar: string | undefined): TypedSql {
    const length = `(${this.#reading(to.sql, calendar)} - ${this.#reading(from.sql, calendar)})`;
    const paused = this.#paused(from.sql, to.sql, calendar);
    const known = paused === undefined ? length : `(${length} - ${paused})`;
    const counted = recordKinds[this.session.source.recordKind]?.counted;
    const sql = from.field === undefined || from.field !== counted ? known : `(CASE WHEN ${to.sql} >= ${from.sql} THEN ${known} END)`;
    return { type: 'length', sql, between: { from, to } };
  }

  /** Time from one moment to another on a calendar's clock, pauses or not. */
  openTime(from: string, to: string, calendar: string | undefined): string {
    return `(${this.#reading(to, calendar)} - ${this.#reading(from, calendar)})`;
  }

  /** How much of the clock's time there is from a moment to when so many working days or months are over. */
  dueLength(from: TypedSql, limit: TypedSql, calendar: string | undefined): TypedSql | undefined {
    if (limit.type === 'months') {
      const due = this.dialect.monthsLater(from.sql, limit.sql);
      // May lie beyond the moments that the data holds, which is as far as the grid of the clock goes.
      const reading = isElapsed(calendar) ? due : this.#openUntilByOrder(due, calendar!);
      return { type: 'length', sql: `(${reading} - ${this.#reading(from.sql, calendar)})` };
    }
    if (calendar === undefined) return undefined;
    const days = Number(limit.sql);
    const alias = this.#join(`due ${days} ${calendar} ${from.sql}`, (name) => ({ clockTables }) => clockTables.joinDue(name, from.sql, calendar, days));
    return { type: 'length', sql: `(${alias}.due_open_ms - ${this.#reading(from.sql, calendar)})` };
  }

  lookup(source: string, field: string, key: TypedSql): TypedSql | string {
    if (!this.#lookups) return 'A value can be looked up in a mapping: map it to a field there.';
    if (this.dialect.refusal !== undefined) throw this.dialect.refusal('a value is looked up in another source');
    const found = this.session.lookupIn(source, field);
    if (typeof found === 'string') return found;
    const alias = this.#join(`lookup ${found.table} ${key.sql}`, (name) => async () => {
      await found.ready();
      return `LEFT JOIN ${found.table} ${name} ON ${name}.lookup_key = ${asText(key)}`;
    });
    return { type: 'text', sql: `${alias}.lookup_value` };
  }

  timeOf(): string {
    return 'A record\'s history can be read in a mapping: map the time to a field there.';
  }

  timeWhile(): string {
    return 'A record\'s history can be read in a mapping: map the time to a field there.';
  }

  timesOf(): string {
    return this.timeOf();
  }

  changesOf(): string {
    return this.timeOf();
  }

  /** What stands after FROM, with the records restricted to some if wanted. */
  async from(records: LoadedRecords, restriction?: string): Promise<string | Problem> {
    let sql = restriction === undefined ? `${records.table} r` : `(WITH few AS MATERIALIZED (SELECT *, rowid FROM ${records.table} WHERE ${restriction}) SELECT * FROM few) r`;
    for (const { make } of this.#joins) {
      const join = await make(records);
      if (isProblem(join)) return join;
      sql += ` ${join}`;
    }
    return sql;
  }

  /** Joins a table of facts about records: (rid, …). Gives the table's name in the query. */
  joinFacts(table: string): string {
    return this.#join(`facts ${table}`, (name) => () => Promise.resolve(`LEFT JOIN ${table} ${name} ON ${name}.rid = r.rowid`));
  }

  /** What a calendar's clock shows at a moment; without a calendar the moment itself. */
  #reading(moment: string, calendar: string | undefined): string {
    return isElapsed(calendar) ? moment : this.#openUntil(moment, calendar!, (name, make) => this.#join(name, make));
  }

  #openUntil(moment: string, calendar: string, join: (name: string, make: (alias: string) => (records: LoadedRecords) => Promise<string | Problem>) => string): string {
    const alias = join(`open ${calendar} ${moment}`, (name) => ({ clockTables }) => clockTables.joinOpen(name, moment, calendar));
    return `(${alias}.base_ms + (${moment}) * ${alias}.runs)`;
  }

  /** What a calendar's clock shows at any moment, also beyond those that the data holds. */
  #openUntilByOrder(moment: string, calendar: string): string {
    const alias = this.#join(`by order ${calendar} ${moment}`, (name) => ({ clockTables }) => clockTables.joinOpenByOrder(name, moment, calendar));
    return `(${alias}.base_ms + ${moment} * ${alias}.runs)`;
  }

  #paused(from: string, to: string, calendar: string | undefined): string | undefined {
    if (this.session.plan()?.pause === undefined) return undefined;
    if (this.dialect.refusal !== undefined) throw this.dialect.refusal('its clocks pause');
    const key = `paused ${calendar ?? ''} ${from} ${to}`;
    const alias = this.#join(key, (name) => async (records) => {
      if (records.pauses === undefined) return `LEFT JOIN (SELECT NULL::BIGINT AS rid, 0::BIGINT AS paused) ${name} ON false`;
      // Several targets, metrics and checks ask for the same: it is worked out once.
      let table = records.paused.get(key);
      if (table === undefined) records.paused.set(key, (table = this.#pausedTable(`paused_${records.name}_${records.paused.size}`, records, records.pauses, from, to, calendar)));
      const made = await table;
      return isProblem(made) ? made : `LEFT JOIN ${made} ${name} ON ${name}.rid = r.rowid`;
    });
    return `coalesce(${alias}.paused, 0)`;
  }

  /** A table (rid, paused) of the records that paused between two moments, and for how long by a calendar's clock. */
  async #pausedTable(table: string, records: LoadedRecords, pauses: string, from: string, to: string, calendar: string | undefined): Promise<string | Problem> {
    const aliases = new Map<string, string>();
    const makes: ((records: LoadedRecords) => Promise<string | Problem>)[] = [];
    const join = (key: string, make: (alias: string) => (records: LoadedRecords) => Promise<string | Problem>): string => {
      const known = aliases.get(key);
      if (known !== undefined) return known;
      const own = `b${aliases.size}`;
      aliases.set(key, own);
      makes.push(make(own));
      return own;
    };
    const reading = (moment: string): string => (isElapsed(calendar) ? moment : this.#openUntil(moment, calendar!, join));
    const sum = `sum(greatest(0, least(${reading('p.to_ms')}, ${reading(to)}) - greatest(${reading('p.from_ms')}, ${reading(from)})))::BIGINT`;
    const inner: string[] = [];
    for (const make of makes) {
      const made = await make(records);
      if (isProblem(made)) return made;
      inner.push(made);
    }
    await records.engine.run(`CREATE TEMP TABLE ${table} AS SELECT p.rid, ${sum} AS paused FROM ${pauses} p JOIN ${records.table} r ON r.rowid = p.rid ${inner.join(' ')} WHERE ${to} IS NOT NULL AND ${from} IS NOT NULL GROUP BY p.rid`);
    return table;
  }

  #join(key: string, make: (alias: string) => (records: LoadedRecords) => Promise<string | Problem>): string {
    const known = this.#aliases.get(key);
    if (known !== undefined) return known;
    const alias = `a${this.#joins.length}`;
    this.#joins.push({ make: make(alias) });
    this.#aliases.set(key, alias);
    return alias;
  }
}

/** A problem of an expression as the reason why a figure is unknown. */
export function reasonOf(problems: readonly ExpressionProblem[]): Problem | undefined {
  return problems[0] === undefined ? undefined : problem(problems[0].message.replace(/\.$/u, ''));
}
