import type { Source } from '../../language/model/declarations.ts';
import type { Model } from '../../language/model/model.ts';
import { recordKinds } from '../../language/model/record-kinds.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { nearest } from '../../language/values/nearest.ts';
import { isOpen, openChoices } from '../../language/values/open.ts';
import { isProblem, type Problem } from '../../language/values/problem.ts';
import { endOfDate, timeZone } from '../../language/values/time-zone.ts';
import { ClockTables, type ClockJoins, type Clocks, type Horizon } from './clock-tables.ts';
import { parseDateFormat, type DateFormat } from './date-format.ts';
import { engineDialect, type Dialect } from './dialect.ts';
import type { Cell, Engine, QueryEngine } from './engine.ts';
import { asText, listed } from './expression.ts';
import type { SourceSummary } from './figure.ts';
import { columnNames } from './named-columns.ts';
import { headerIsForeign, readHeaders, rowsOf, withNeededColumns, type ReadableFile, type SourceFile } from './source-files.ts';
import { printLocal } from './period-frame.ts';
import { placeInWords } from './databases/place-in-words.ts';
import type { RecordsElsewhere } from './records-elsewhere.ts';
import { oddities, SourcePlan, type LookupTarget, type PlannedField } from './source-plan.ts';
import { reportOddities } from './source-oddities.ts';
import { SourceRemarks } from './source-remarks.ts';
import { literal } from './sql.ts';

/** What several sources of one run share. */
export interface SessionContext {
  readonly model: Model;
  readonly clocks: Clocks;
  readonly engine: () => Promise<Engine>;
  /** The day as of which everything is computed: what it held was known at its end. */
  readonly asOf: IsoDate;
  session(source: string): SourceSession | undefined;
}

/** The records of a source in the engine. */
export interface LoadedRecords {
  readonly engine: QueryEngine;
  /** Begins the names of what is made beside them. */
  readonly name: string;
  /** A table, or a query in parentheses: record_key, then `f_<n>` and `o_<n>` per field and `x_<n>` per column. */
  readonly table: string;
  /** (rid, from_ms, to_ms) by the number of the record's row, if the source says when clocks pause. */
  readonly pauses: string | undefined;
  /** Tables of how long records paused between two of their moments, by what was asked. */
  readonly paused: Map<string, Promise<string | Problem>>;
  /** (record_key, history_at, …) with one row per change, if the source has a history. */
  readonly changes: string | undefined;
  readonly clockTables: ClockJoins;
  readonly rows: number;
  readonly records: number;
}

/** Where the records of a source are. */
export interface RecordsPlace {
  readonly files: readonly SourceFile[];
  /** In their database. */
  readonly elsewhere?: RecordsElsewhere | undefined;
  /** Why they were read from their database, which could be asked about them otherwise. */
  readonly readBecause?: string | undefined;
}

/** How many of what is wrong is shown. */
const shownRows = 3;

/** Fields to which the time that a record took is counted. */
const endings: ReadonlySet<string> = new Set(['responded', 'restored', 'resolved', 'fulfilled', 'completed', 'closed', 'ended']);

/** One source within one run of measuring: compiled when first asked, read when its records are needed. */
export class SourceSession {
  readonly source: Source;
  readonly remarks: SourceRemarks;
  readonly dataHash: string;
  readonly zone: string;
  /** First moment after the day as of which everything is computed, in milliseconds. */
  readonly asOf: number;
  readonly #context: SessionContext;
  readonly #place: RecordsPlace;
  readonly #name: string;
  readonly #extraColumns: string[] = [];
  #plan: SourcePlan | undefined;
  #planned = false;
  #readable: readonly ReadableFile[] = [];
  #records: Promise<LoadedRecords | undefined> | undefined;
  readonly #lookups = new Map<string, LookupTarget>();
  readonly #needs: (() => Promise<void>)[] = [];
  #lookupsMade: Promise<void> = Promise.resolve();
  #summary: SourceSummary | undefined;

  constructor(context: SessionContext, source: Source, index: number, place: RecordsPlace, remarks: SourceRemarks, dataHash: string) {
    this.#context = context;
    this.source = source;
    this.#place = place;
    this.remarks = remarks;
    this.dataHash = dataHash;
    this.#name = `s${index}`;
    this.zone = source.dateZone !== undefined && !isProblem(timeZone(source.dateZone)) ? source.dateZone : 'UTC';
    const zone = timeZone(this.zone);
    this.asOf = isProblem(zone) ? Date.parse(context.asOf) : endOfDate(zone, context.asOf) * 1000;
  }

  /** The year as of which is measured. */
  get year(): number {
    return Number(this.#context.asOf.slice(0, 4));
  }

  /** In which language it is asked about. */
  get dialect(): Dialect {
    return this.#place.elsewhere?.dialect ?? engineDialect;
  }

  /** What its records were read from, in words. */
  get fileNames(): readonly string[] {
    return this.#place.elsewhere === undefined ? this.files.map(({ file }) => file) : [placeInWords(this.source)];
  }

  get files(): readonly SourceFile[] {
    return this.#place.files;
  }

  /** How rows become values; undefined if that cannot be told from the files. */
  plan(): SourcePlan | undefined {
    if (!this.#planned) {
      this.#planned = true;
      this.#plan = this.#makePlan();
    }
    return this.#plan;
  }

  /** Fields in the order of their columns. */
  fields(): readonly PlannedField[] {
    return [...(this.plan()?.fields.values() ?? [])];
  }

  fieldIndex(field: string): number | undefined {
    const index = this.fields().findIndex((known) => known.field === field);
    return index === -1 ? undefined : index;
  }

  /** Asks for a column that is no field; to be called before the records are read. Undefined if the data has none of that name. */
  extraColumn(column: string): number | undefined {
    if (this.plan()?.column(column) === undefined) return undefined;
    const known = this.#extraColumns.indexOf(column);
    if (known !== -1) return known;
    // After reading there is no adding: what expressions name was collected before.
    return this.#records === undefined ? this.#extraColumns.push(column) - 1 : undefined;
  }

  /** A table to look a field or column up in by key. */
  lookupTarget(field: string): LookupTarget | string {
    const known = this.#lookups.get(field);
    if (known !== undefined) return known;
    if (this.dialect.refusal !== undefined) throw this.dialect.refusal('values are looked up in it');
    const plan = this.plan();
    if (plan === undefined) return `The data of ${this.source.name} cannot be read.`;
    if (plan.key === undefined) return `The source ${this.source.name} has no key to look values up by.`;
    const index = this.fieldIndex(field);
    const extra = index === undefined ? this.extraColumn(field) : undefined;
    if (index === undefined && extra === undefined) {
      const suggestion = nearest(field, plan.names());
      return `The source ${this.source.name} has no field or column “${field}”${suggestion === undefined ? '.' : `; did you mean “${suggestion}”?`}`;
    }
    const target: LookupTarget = { table: `lookup_${this.#name}_${this.#lookups.size}` };
    this.#lookups.set(field, target);
    const planned = index === undefined ? undefined : this.fields()[index];
    const column = planned === undefined ? `x_${extra}` : asText({ ...planned.value, sql: `f_${index}` });
    this.#needs.push(async () => {
      const records = await this.records();
      await records?.engine.run(`CREATE TEMP TABLE ${target.table} AS SELECT record_key AS lookup_key, any_value(${column}) AS lookup_value FROM ${records.table} WHERE record_key IS NOT NULL GROUP BY record_key`);
    });
    return target;
  }

  /** A table of another source's values by its keys, which is there once `ready` is done. */
  lookupIn(source: string, field: string): (LookupTarget & { readonly ready: () => Promise<void> }) | string {
    const session = this.#context.session(source);
    if (session === undefined) return `There is no source “${source}”.`;
    const target = session.lookupTarget(field);
    return typeof target === 'string' ? target : { ...target, ready: () => session.#makeLookups() };
  }

  /** Makes the tables that others look values up in; one after the other, whoever asks. */
  #makeLookups(): Promise<void> {
    return (this.#lookupsMade = this.#lookupsMade.then(async () => {
      for (let need = this.#needs.shift(); need !== undefined; need = this.#needs.shift()) await need();
    }));
  }

  /** Reads the data, once. Undefined if there is nothing that can be read. */
  records(): Promise<LoadedRecords | undefined> {
    return (this.#records ??= this.#read());
  }

  async summary(): Promise<SourceSummary> {
    await this.records();
    return this.#summary ?? { source: this.source.name, recordKind: this.source.recordKind, files: this.fileNames, rows: 0, records: 0, fields: this.source.mappings.map(({ field }) => field), dataHash: this.dataHash };
  }

  #makePlan(): SourcePlan | undefined {
    const { source, remarks } = this;
    const written = source.dateFormat ?? 'iso';
    if (isOpen(written)) {
      const choices = openChoices(written).filter((choice) => !isProblem(parseDateFormat(choice)));
      remarks.at(['dateFormat'], 'error', 'date-format', `How dates are written is still to be filled in${choices.length > 0 ? `: ${choices.map((choice) => `“${choice}”`).join(' or ')}` : ''}. Nothing of ${source.name} is read until then.`, undefined, choices.map((choice) => ({
        title: `Say that dates are written as ${choice}`, edits: [{ kind: 'replace', place: { entity: source.$key, path: ['dateFormat'] }, text: JSON.stringify(choice) }],
      })));
      return undefined;
    }
    const format = parseDateFormat(written);
    if (isProblem(format)) remarks.at(['dateFormat'], 'error', 'date-format', `${format.problem}.`, format.suggestion === undefined ? undefined : JSON.stringify(format.suggestion));
    if (isProblem(format) || (this.files.length === 0 && this.#place.elsewhere === undefined)) return undefined;
    if (this.#place.elsewhere !== undefined) return this.#planOf(format, new Set(this.#place.elsewhere.columns));
    const readable = readHeaders(source, this.files, remarks);
    if (readable.length === 0) return undefined;
    const named = columnNames(source);
    if (headerIsForeign(readable, named)) {
      for (const file of readable) remarks.file(file.pattern, 'error', `The header row of ${file.file} has none of the columns that ${source.name} names; it begins with ${listed(file.columns, 6)}${source.separator === undefined ? ', read with the separator ' + nameOf(file.separator) : ''}.`);
      return undefined;
    }
    const everywhere = new Set(readable.flatMap((file) => file.columns).filter((column) => column !== ''));
    this.#readable = withNeededColumns(source, readable, named, remarks);
    return this.#readable.length === 0 ? undefined : this.#planOf(format, everywhere);
  }

  #planOf(format: DateFormat, columns: ReadonlySet<string>): SourcePlan | undefined {
    const { source, remarks } = this;
    const plan = new SourcePlan({
      model: this.#context.model, source, prefix: this.#name, format, zone: this.zone, zoneDeclared: source.dateZone !== undefined, year: this.year, columns, dialect: this.dialect, natives: this.#place.elsewhere?.natives ?? new Map(),
      report: (problem) => remarks.expression(problem),
      lookup: (other, field) => {
        if (other === source.name) return 'A source cannot look values up in itself.';
        const session = this.#context.session(other);
        if (session === undefined) return `There is no source “${other}”.`;
        const target = session.lookupTarget(field);
        if (typeof target !== 'string') this.#lookedUp.add(session);
        return target;
      },
    });
    return plan.usable ? plan : undefined;
  }
  readonly #lookedUp = new Set<SourceSession>();

  async #prepareLookups(asking: ReadonlySet<SourceSession>): Promise<boolean> {
    for (const session of this.#lookedUp) {
      if (asking.has(session)) return false;
      if (!(await session.#prepareLookups(new Set([...asking, session])))) return false;
      await session.#makeLookups();
    }
    return true;
  }

  async #read(): Promise<LoadedRecords | undefined> {
    const plan = this.plan();
    if (plan === undefined) return undefined;
    const { source, remarks } = this;
    if (!(await this.#prepareLookups(new Set([this])))) {
      remarks.at(['mappings', 0], 'error', 'expression', `${source.name} looks values up in a source that looks values up in ${source.name}.`);
      return undefined;
    }
    const fields = this.fields();
    if (this.#place.elsewhere !== undefined) return await this.#ask(this.#place.elsewhere, plan, fields);
    const engine = await this.#context.engine();
    // Every column that an expression over records may ask for has been asked for by now.
    const base = await rowsOf(source, this.#readable, plan, engine, remarks, this.#name);
    for (const [names, type] of plan.enumerations) await engine.run(`CREATE TYPE ${type} AS ENUM (${(JSON.parse(names) as string[]).map(literal).join(', ')})`);
    const table = `records_${this.#name}`;
    let stage: string | undefined;
    if (plan.historyKey !== undefined) {
      stage = `rows_${this.#name}`;
      const columns = plan.historyColumns(fields, this.#extraColumns);
      await engine.run(`CREATE TEMP TABLE ${stage} AS SELECT ${columns.stage} FROM (${plan.stageQuery(base)})`);
      // What happened after the day as of which we look was not known on it: neither the states that came then nor what a row then says.
      await engine.run(`DELETE FROM ${stage} WHERE history_at >= ${this.asOf}`);
      await engine.run(`CREATE TEMP TABLE ${table} AS ${this.#keptRows(stage, columns.record, plan)}`);
    } else {
      await engine.run(`CREATE TEMP TABLE ${table} AS SELECT ${plan.recordColumns(fields, this.#extraColumns)} FROM (${plan.stageQuery(base)})`);
      if (source.key !== undefined && (source.keep === 'first' || source.keep === 'last')) {
        await engine.run(`DELETE FROM ${table} WHERE record_key IS NOT NULL AND rowid NOT IN (SELECT ${source.keep === 'first' ? 'min' : 'max'}(rowid) FROM ${table} WHERE record_key IS NOT NULL GROUP BY record_key)`);
      }
    }
    const clockTables = new ClockTables(this.#name, this.#context.clocks, engine, await this.#horizon(engine, stage, table, fields));
    const pauses = await this.#pauses(engine, stage, table, plan);
    const records = await this.#survey(engine, stage, table, plan, fields);
    await this.#reportRejects(engine);
    return { engine, name: this.#name, table, pauses, paused: new Map(), changes: stage, clockTables, ...records };
  }

  /** The records as a question to their database. */
  async #ask(elsewhere: RecordsElsewhere, plan: SourcePlan, fields: readonly PlannedField[]): Promise<LoadedRecords> {
    const columns = plan.recordColumns(fields, this.#extraColumns);
    const table = `(SELECT ${columns}, ${elsewhere.rowNumber} AS rowid FROM (${plan.stageQuery(elsewhere.base(plan))}) s)`;
    const engine = await elsewhere.engine();
    const clockTables = elsewhere.clockJoins(this.#context.clocks, await this.#horizon(engine, undefined, table, fields));
    const records = await this.#survey(engine, undefined, table, plan, fields);
    return { engine, name: this.#name, table, pauses: undefined, paused: new Map(), changes: undefined, clockTables, ...records };
  }

  /** Which row's attributes count: the first or the last of each key's history, or each. */
  #keptRows(stage: string, columns: string, plan: SourcePlan): string {
    const keep = this.source.keep ?? 'last';
    const history = plan.historyQuery(stage, keep, this.asOf);
    const known = 'record_key IS NOT NULL AND history_at IS NOT NULL';
    if (history === undefined) return `SELECT ${columns} FROM (SELECT *, rowid AS row_id FROM ${stage} WHERE ${known}) ORDER BY row_id`;
    const rows = keep === 'all'
      ? `SELECT s.*, s.rowid AS row_id, h.* EXCLUDE (record_key) FROM ${stage} s LEFT JOIN (${history}) h ON h.record_key = s.record_key WHERE s.record_key IS NOT NULL AND s.history_at IS NOT NULL`
      : `SELECT s.*, s.rowid AS row_id, h.* EXCLUDE (record_key) FROM ${stage} s JOIN (${history}) h ON h.kept = s.rowid`;
    return `SELECT ${columns} FROM (${rows}) ORDER BY row_id`;
  }

  /** From each row on which the clock pauses to the next row of the same record. */
  async #pauses(engine: Engine, stage: string | undefined, table: string, plan: SourcePlan): Promise<string | undefined> {
    if (plan.pause === undefined) return undefined;
    if (stage === undefined) {
      this.remarks.at(['pauses', 0], 'error', 'expression', 'Pauses are read from a record\'s history: say how rows belong together with “history by … at …”.');
      return undefined;
    }
    const pauses = `pauses_${this.#name}`;
    // Only what pauses at all is put in order.
    const pausing = `SELECT record_key, history_at, paused, rowid AS row_id FROM ${stage} WHERE history_at IS NOT NULL AND record_key IN (SELECT record_key FROM ${stage} WHERE paused)`;
    const stretches = `SELECT record_key, history_at AS from_ms, coalesce(next_ms, ${this.asOf}) AS to_ms FROM (SELECT *, lead(history_at) OVER (PARTITION BY record_key ORDER BY history_at, row_id) AS next_ms FROM (${pausing})) WHERE paused AND coalesce(next_ms, ${this.asOf}) > history_at`;
    await engine.run(`CREATE TEMP TABLE ${pauses} AS SELECT r.rowid AS rid, p.from_ms, p.to_ms FROM (${stretches}) p JOIN ${table} r ON r.record_key = p.record_key`);
    return pauses;
  }

  /** Between which moments clocks are asked. */
  async #horizon(engine: QueryEngine, stage: string | undefined, table: string, fields: readonly PlannedField[]): Promise<Horizon> {
    const moments = fields.flatMap(({ value }, index) => (value.type === 'instant' ? [`f_${index}`] : []));
    const cells = [
      ...(moments.length === 0 ? [] : await engine.row(`SELECT ${moments.map((sql) => `min(${sql}), max(${sql})`).join(', ')} FROM ${table} r`)),
      ...(stage === undefined ? [] : await engine.row(`SELECT min(history_at), max(history_at) FROM ${stage}`)),
    ].map(numberOf).filter((moment) => moment !== undefined);
    // Clocks count whole seconds.
    return { from: Math.floor(Math.min(...cells, this.asOf) / 1000) * 1000, to: Math.ceil(Math.max(...cells, this.asOf) / 1000) * 1000 };
  }

  /** Counts what was read, and says what could not be. */
  async #survey(engine: QueryEngine, stage: string | undefined, table: string, plan: SourcePlan, fields: readonly PlannedField[]): Promise<{ rows: number; records: number }> {
    const { source, remarks } = this;
    const kind = recordKinds[source.recordKind];
    const counted = kind === undefined ? undefined : this.fieldIndex(kind.counted);
    const countedSql = counted !== undefined && fields[counted]?.value.type === 'instant' ? `f_${counted}` : undefined;
    const odd = fields.flatMap(({ value }, index) => (value.oddity === undefined ? [] : [index]));
    const [inTable, keyedInTable, ...worst] = (await engine.row(`SELECT count(*), count(record_key)${odd.map((index) => `, max(o_${index})`).join('')} FROM ${table} r`)).map(numberOf);
    const [rowCount = 0, keyedRows = 0, timedRows = 0, oddTimes = 0] = stage === undefined ? [inTable, keyedInTable] : (await engine.row(`SELECT count(*), count(record_key), count(history_at), max(history_oddity) FROM ${stage}`)).map(numberOf);
    // A model that declares none of a type has none.
    if (rowCount === 0 && source.declared === undefined) {
      const kept = plan.filter === undefined ? '' : ' that its “where” keeps. A name in it is the field that is mapped under it, else a column: column "…" is always the column';
      remarks.file(0, 'warning', `${source.database === undefined ? `The files of ${source.name} hold` : `What ${source.name} reads of the database ${source.database} holds`} no rows${kept}.`);
    }
    const keyed = plan.key !== undefined;
    if (keyed && keyedRows !== rowCount) remarks.at([source.historyKey === undefined ? 'key' : 'historyKey'], 'warning', 'data-key', `${rowCount - keyedRows} of ${rowCount} rows of ${source.name} have no key (${await this.#unkeyedRows(engine, stage ?? table)})${source.historyKey === undefined ? '.' : ': they were left out.'}`);
    for (const [position, index] of odd.entries()) {
      if ((worst[position] ?? 0) > 0) await this.#reportOddities(engine, plan, stage, table, `o_${index}`, fields[index]!, `${inTable} records`);
    }
    if (plan.historyAt !== undefined && stage !== undefined) {
      if (oddTimes > 0) await this.#reportOddities(engine, plan, stage, stage, 'history_oddity', plan.historyAt, `${rowCount} rows`);
      if (timedRows !== rowCount) remarks.at(['historyAt'], 'warning', 'data-time', `${rowCount - timedRows} of ${rowCount} rows of ${source.name} have no time of change that can be read: they were left out.`);
    }
    if (countedSql !== undefined) await this.#reportOrder(engine, table, fields, kind!.counted, countedSql, inTable ?? 0);
    await reportOddities({ source, remarks, engine, table, plan, fields, records: inTable ?? 0, zone: this.zone, asOf: this.asOf, stage });
    const unique = keyed && source.historyKey === undefined && source.keep === undefined && !(await this.#inOrder(engine, table, keyedRows === rowCount));
    const [recordCount, first, last, without, keys] = await engine.row(`SELECT count(*), ${countedSql === undefined ? 'NULL, NULL, 0' : `min(${countedSql}), max(${countedSql}), count(*) - count(${countedSql})`}, ${unique ? this.dialect.countDistinct('record_key') : 'NULL'} FROM ${table} r`);
    const records = numberOf(recordCount) ?? 0;
    if (unique && keyedRows > (numberOf(keys) ?? 0)) {
      const repeated = await engine.rows(`SELECT record_key, count(*) AS n FROM ${table} r WHERE record_key IS NOT NULL GROUP BY record_key HAVING count(*) > 1 ORDER BY min(rowid) LIMIT ${shownRows}`);
      const [count] = await engine.row(`SELECT count(*) FROM (SELECT 1 FROM ${table} r WHERE record_key IS NOT NULL GROUP BY record_key HAVING count(*) > 1) repeated`);
      if ((numberOf(count) ?? 0) > 0) remarks.at(['key'], 'warning', 'data-key', `${String(count)} keys of ${source.name} stand on more than one row (${repeated.map(([key, n]) => `${String(key)} on ${String(n)}`).join(', ')}${(numberOf(count) ?? 0) > repeated.length ? ', …' : ''}): each row counts as a record.${await this.#contradictions(engine, table, fields)} Say “keep first”, “keep last” or “keep all”, or “history by … at …”.`);
    }
    if (kind !== undefined && counted === undefined && source.mappings.length > 0 && !source.mappings.some(({ field }) => field === kind.counted)) {
      remarks.at(['name'], 'warning', 'data-mapping', `${source.name} maps no “${kind.counted}”, so its records count in no period.`);
    }
    if (countedSql !== undefined && (numberOf(without) ?? 0) > 0) remarks.at(fields[counted!]!.path, 'warning', 'data-time', `${String(without)} of ${records} records of ${source.name} have no “${kind!.counted}” that can be read, so they count in no period.`);
    const zone = timeZone(this.zone);
    const day = (cell: Cell | undefined): string | undefined => {
      const at = numberOf(cell);
      return at === undefined || isProblem(zone) ? undefined : zone.dateAt((at / 1000) as Parameters<typeof zone.dateAt>[0]);
    };
    const [from, to] = [day(first), day(last)];
    this.#summary = {
      source: source.name, recordKind: source.recordKind, files: this.#place.elsewhere === undefined ? this.#readable.map(({ file }) => file) : this.fileNames, rows: rowCount, records,
      fields: fields.map(({ field }) => field), ...(this.#place.elsewhere === undefined ? {} : { computedIn: 'database' as const }), ...(this.#place.readBecause === undefined ? {} : { readBecause: this.#place.readBecause }), ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), dataHash: this.dataHash,
    };
    return { rows: rowCount, records };
  }

  /** One finding per field and kind of oddity, with a count and the first rows. The data is read once more: this is rare. */
  async #reportOddities(engine: QueryEngine, plan: SourcePlan, stage: string | undefined, table: string, column: string, field: PlannedField, of: string): Promise<void> {
    const counts = await engine.rows(`SELECT ${column}, count(*) FROM ${table} r WHERE ${column} > 0 GROUP BY ${column} ORDER BY ${column}`);
    const rows = `(${plan.stageQuery(await this.#rowsAgain(plan))})`;
    const values = `SELECT ${field.raw ?? 'NULL'} AS odd_value, ${field.value.oddity ?? '0'} AS oddity, ${plan.historyKey === undefined ? plan.key ?? 'NULL' : 'record_key'} AS odd_key FROM ${rows} s`;
    for (const [code, count] of counts) {
      const samples = await engine.rows(`SELECT odd_value, min(odd_key), count(*) AS n FROM (${values}) v WHERE oddity = ${Number(code)} GROUP BY odd_value ORDER BY n DESC, odd_value LIMIT ${field.words === undefined ? shownRows : 5}`);
      const shown = samples.map(([value, key, n]) => `“${String(value)}”${field.words !== undefined ? ` (${String(n)}${stage === undefined ? '' : Number(n) === 1 ? ' row' : ' rows'})` : key === null ? '' : ` (${String(key)})`}`).join(', ');
      const many = `${String(count)} of ${of} of ${this.source.name}`;
      const path = [...field.path, ...(field.path[0] === 'mappings' ? ['value'] : [])];
      const format = plan.context.format;
      switch (Number(code)) {
        case oddities.unreadable:
          if (field.words !== undefined) {
            const better = nearest(String(samples[0]?.[0] ?? ''), field.words);
            this.remarks.at(field.path, 'warning', 'data-unknown-value', `${many} have a value of “${field.field}” that is not in its table: ${shown}. It is unknown for them${better === undefined ? '.' : `; the table has “${better}”.`}`);
          } else if (field.value.type === 'instant') await this.#reportUnreadableTimes(engine, values, field, many, shown, format);
          else this.remarks.unreadable(path, `${many} have a value of “${field.field}” that cannot be read: ${shown}. It is unknown for them.`, samples.map(([value]) => String(value)));
          break;
        case oddities.skipped:
          this.remarks.at(path, 'warning', 'data-time', `${many} have a time of “${field.field}” in an hour that the clocks of ${this.zone} skip: ${shown}. Is it the zone of this data?`);
          break;
        case oddities.repeated:
          this.remarks.at(path, 'warning', 'data-time', `${many} have a time of “${field.field}” in an hour that occurs twice in ${this.zone}, when the clocks go back: ${shown}. The first of the two was taken.`);
          break;
        case oddities.withoutZone:
          this.remarks.zoneMissing(`Times of ${this.source.name} say neither their offset nor their zone: they were read as UTC. Say “dates ${quotedFormat(format)} in Europe/London”, with your zone.`, this.source.dateFormat === undefined ? undefined : quotedFormat(format));
          break;
      }
    }
  }
  #readings = 0;

  /** The rows of the data once more, for what is odd about them. */
  async #rowsAgain(plan: SourcePlan): Promise<string> {
    const { elsewhere } = this.#place;
    return elsewhere === undefined ? await rowsOf(this.source, this.#readable, plan, await this.#context.engine(), new SourceRemarks(this.source), `${this.#name}_again_${this.#readings++}`) : elsewhere.base(plan);
  }

  /** The first rows without a key, counted from the one below the header row. */
  async #unkeyedRows(engine: QueryEngine, table: string): Promise<string> {
    const rows = await engine.rows(`SELECT rowid FROM ${table} r WHERE record_key IS NULL ORDER BY rowid LIMIT ${shownRows + 1}`);
    return `row ${rows.slice(0, shownRows).map(([row]) => Number(row) + 1).join(', ')}${rows.length > shownRows ? ', …' : ''}`;
  }

  /** How many of the repeated keys say different things, and about what. */
  async #contradictions(engine: QueryEngine, table: string, fields: readonly PlannedField[]): Promise<string> {
    if (fields.length === 0) return '';
    const differs = fields.map((_, index) => `count(DISTINCT f_${index}) > 1 OR count(f_${index}) NOT IN (0, count(*))`);
    const keys = `(SELECT record_key, min(rowid) AS first_row, ${differs.map((sql, index) => `(${sql}) AS d${index}`).join(', ')} FROM ${table} r WHERE record_key IS NOT NULL GROUP BY record_key HAVING count(*) > 1)`;
    const any = `(${fields.map((_, index) => `d${index}`).join(' OR ')})`;
    const [all, ...counts] = (await engine.row(`SELECT count(*) FILTER (WHERE ${any}), ${fields.map((_, index) => `count(*) FILTER (WHERE d${index})`).join(', ')} FROM ${keys} k`)).map(numberOf);
    if ((all ?? 0) === 0) return ' They say the same.';
    const first = await engine.rows(`SELECT record_key FROM ${keys} k WHERE ${any} ORDER BY first_row LIMIT ${shownRows}`);
    return ` Of ${all} the rows contradict each other (${first.map(([key]) => String(key)).join(', ')}${(all ?? 0) > first.length ? ', …' : ''}), in ${fields.flatMap(({ field }, index) => ((counts[index] ?? 0) > 0 ? [`“${field}” (${counts[index]})`] : [])).join(', ')}.`;
  }

  /** Keys that only rise, or only fall, from row to row are all different: the cheapest way to know. */
  async #inOrder(engine: QueryEngine, table: string, allKeyed: boolean): Promise<boolean> {
    if (!allKeyed || this.dialect.refusal !== undefined) return false;
    const [rising, falling] = await engine.row(`SELECT bool_and(record_key > before), bool_and(record_key < before) FROM (SELECT record_key, lag(record_key) OVER () AS before FROM ${table})`);
    return rising === true || falling === true;
  }

  /** What ended before it began: nobody can tell how long it took, and it must not pass for quick. */
  async #reportOrder(engine: QueryEngine, table: string, fields: readonly PlannedField[], begin: string, beginSql: string, records: number): Promise<void> {
    const ends = fields.flatMap((field, index) => (endings.has(field.field) && field.field !== begin && field.value.type === 'instant' ? [{ field, sql: `f_${index}` }] : []));
    if (ends.length === 0) return;
    const counts = await engine.row(`SELECT ${ends.map(({ sql }) => `count(*) FILTER (WHERE ${sql} < ${beginSql})`).join(', ')} FROM ${table} r`);
    for (const [index, { field, sql }] of ends.entries()) {
      const count = numberOf(counts[index]) ?? 0;
      if (count === 0) continue;
      const first = await engine.rows(`SELECT record_key, rowid, ${beginSql}, ${sql} FROM ${table} r WHERE ${sql} < ${beginSql} ORDER BY rowid LIMIT ${shownRows}`);
      const shown = first.map(([key, row, from, to]) => `${key === null ? `row ${Number(row) + 1}` : String(key)} (${printLocal(Number(to), this.zone)} before ${printLocal(Number(from), this.zone)})`).join(', ');
      this.remarks.at(field.path, 'warning', 'data-order', `${count} of ${records} records of ${this.source.name} have “${field.field}” before “${begin}”: ${shown}${count > first.length ? ', …' : ''}. It is unknown how long they took.`);
    }
  }

  async #reportUnreadableTimes(engine: QueryEngine, values: string, field: PlannedField, many: string, shown: string, format: DateFormat): Promise<void> {
    const path = [...field.path, ...(field.path[0] === 'mappings' ? ['value'] : [])];
    if (format.swapped !== undefined) {
      const [unreadable, other, both] = await engine.row(`SELECT count(DISTINCT odd_value) FILTER (WHERE oddity = ${oddities.unreadable}), count(DISTINCT odd_value) FILTER (WHERE oddity = ${oddities.unreadable} AND try_strptime(odd_value, ${literal(format.swapped)}) IS NOT NULL), count(DISTINCT odd_value) FILTER (WHERE oddity <> ${oddities.unreadable} AND try_strptime(odd_value, ${literal(format.swapped)}) IS NOT NULL) FROM (${values})`);
      if (unreadable === other) {
        this.remarks.at(['dateFormat'], 'error', 'date-format', `${many} have a value of “${field.field}” that is no date under “${format.text}”, and all of them are dates when day and month are exchanged: ${shown}. ${String(both)} other different values can be read both ways, so none of these dates can be trusted.`);
        return;
      }
    }
    const texts = await engine.rows(`SELECT DISTINCT odd_value FROM (${values}) v WHERE oddity = ${oddities.unreadable} ORDER BY odd_value LIMIT ${shownRows + 1}`);
    this.remarks.unreadable(path, `${many} have a value of “${field.field}” that is no date under “${format.text}”: ${shown}. It is unknown for them.`, texts.map(([value]) => String(value)));
  }

  /** Rows that do not fit their header row. */
  async #reportRejects(engine: Engine): Promise<void> {
    for (const { errors, scans } of this.remarks.rejects) {
      const counts = await engine.rows(`SELECT s.file_path, count(DISTINCT e.line), min(e.line), any_value(e.error_type) FROM ${errors} e JOIN ${scans} s USING (scan_id, file_id) GROUP BY s.file_path ORDER BY s.file_path`);
      for (const [path, count, line] of counts) {
        const file = this.#readable.find((known) => known.path === path);
        if (file !== undefined) this.remarks.file(file.pattern, 'warning', `${String(count)} rows of ${file.file} do not fit its header row and were left out, the first at line ${String(line)}.`);
      }
    }
  }
}

export function numberOf(cell: Cell | undefined): number | undefined {
  return cell === null || cell === undefined ? undefined : typeof cell === 'number' ? cell : typeof cell === 'bigint' ? Number(cell) : undefined;
}

function nameOf(separator: string): string {
  return separator === '\t' ? 'tab' : `“${separator}”`;
}

function quotedFormat(format: DateFormat): string {
  return format.kind === 'iso' ? 'iso' : JSON.stringify(format.text);
}
