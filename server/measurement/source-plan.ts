import type { DeclarationType, Mapping, Source } from '../../language/model/declarations.ts';
import type { Path } from '../../language/model/fragment.ts';
import type { Model } from '../../language/model/model.ts';
import { recordKinds, type RecordField } from '../../language/model/record-kinds.ts';
import { dayNumberOf, type IsoDate } from '../../language/values/date.ts';
import { isOpen } from '../../language/values/open.ts';
import { isProblem } from '../../language/values/problem.ts';
import { timeZone } from '../../language/values/time-zone.ts';
import type { DateFormat } from './date-format.ts';
import type { Dialect } from './dialect.ts';
import { ExpressionCompiler, truthOfText, asText, type ExpressionProblem, type Scope } from './expression.ts';
import { identifier, isOneOf, isoTimestamp, literal } from './sql.ts';
import { describeType, type Native, type TypedSql, type ValueType } from './typed-sql.ts';
import { firstInstant, inlineInstant, lastInstant, offsetSecondsOfCode, zoneCode } from './zone-code.ts';

/** What can be odd about a value that was read; more than one value below 10 cannot be used. */
export const oddities = { unreadable: 1, skipped: 2, repeated: 3, withoutZone: 4 } as const;

/** A field of the record as the engine computes it from a row. */
export interface PlannedField {
  readonly field: string;
  readonly value: TypedSql;
  /** Text as it stands in the data, for reporting what could not be read. */
  readonly raw?: string;
  /** Where in the source's declaration it is said. */
  readonly path: Path;
  /** The mapping has a value table, or the field takes names: an unreadable value is an unknown word. */
  readonly words?: readonly string[];
}

/** Another source's records, to look a value up in. */
export interface LookupTarget {
  /** Table of (lookup_key, lookup_value). */
  readonly table: string;
}

export interface PlanContext {
  readonly model: Model;
  readonly source: Source;
  /** Begins the names of everything it makes in the engine. */
  readonly prefix: string;
  readonly format: DateFormat;
  /** Zone of times that do not say their own. */
  readonly zone: string;
  /** The source says its zone. */
  readonly zoneDeclared: boolean;
  /** The year as of which is measured: most data is of the years around it. */
  readonly year: number;
  /** Columns of the data. */
  readonly columns: ReadonlySet<string>;
  readonly dialect: Dialect;
  /** Columns that are no texts where the data is, and what they are. */
  readonly natives: ReadonlyMap<string, Native['type']>;
  readonly report: (problem: ExpressionProblem) => void;
  readonly lookup: (source: string, field: string) => LookupTarget | string;
}

interface ReadTime {
  readonly raw: string;
  readonly name: string;
}

/**
 * How the rows of one source become values: stages of one query, each of which names what the one before it computed, so that the
 * engine computes nothing twice. `c…` columns as text, `k…` values looked up, `l…` local times, `i…` moments.
 */
export class SourcePlan implements Scope {
  readonly context: PlanContext;
  readonly compiler: ExpressionCompiler;
  readonly fields = new Map<string, PlannedField>();
  readonly usedColumns: string[] = [];
  readonly #times: ReadTime[] = [];
  readonly #joins: { readonly join: string; readonly output: string }[] = [];
  /** Facts of a record's whole history: over the rows where a condition holds. */
  readonly #windows: { readonly name: string; readonly aggregate: string; readonly condition: string; /** It is a value, not a condition. */ readonly value?: true }[] = [];
  /** Fields being compiled: a field that is computed from itself is a column there. */
  readonly #open = new Set<string>();
  readonly #tried = new Set<string>();
  /** Uses of a column other than as a moment: those are read with their blanks. */
  readonly #uses = new Map<string, number>();
  /** Names of enumerations by their words, which the engine keeps as small numbers. */
  readonly enumerations = new Map<string, string>();
  readonly filter: string | undefined;
  readonly pause: string | undefined;
  /** What was done, or which state began, as a row of a history says it. */
  readonly activity: string | undefined;
  readonly key: string | undefined;
  readonly historyKey: string | undefined;
  readonly historyAt: PlannedField | undefined;

  constructor(context: PlanContext) {
    this.context = context;
    this.compiler = new ExpressionCompiler(this, context.report);
    const { source } = context;
    if (source.historyKey !== undefined && source.historyAt !== undefined) {
      this.historyKey = this.#required(source.historyKey, ['historyKey']);
      const at = this.#required(source.historyAt, ['historyAt']);
      const moment = at === undefined ? undefined : this.instantOf({ type: 'text', sql: at });
      if (at !== undefined && moment !== undefined) this.historyAt = { field: source.historyAt, value: moment, raw: at, path: ['historyAt'] };
    }
    this.key = source.key === undefined ? this.historyKey : this.#required(source.key, ['key']);
    for (const [index, mapping] of source.mappings.entries()) this.#field(mapping, index);
    this.#derivePriority();
    const pauses = source.pauses.map((pause, index) => this.compiler.condition(pause, ['pauses', index])?.sql).filter((sql) => sql !== undefined);
    this.pause = pauses.length > 0 ? pauses.join(' OR ') : undefined;
    const { activity } = source.flow ?? {};
    const named = activity === undefined ? undefined : this.compiler.mapping(activity.$type === 'ChangesOf' ? activity.operand : activity, ['flow', 'activity']);
    this.activity = named === undefined ? undefined : asText(named);
    this.filter = source.filter === undefined ? undefined : this.compiler.condition(source.filter, ['filter'])?.sql;
  }

  get dialect(): Dialect {
    return this.context.dialect;
  }

  /** Whether the keys and times without which there are no records are known. */
  get usable(): boolean {
    const { source } = this.context;
    return source.historyKey === undefined ? source.key === undefined || this.key !== undefined : this.historyKey !== undefined && this.historyAt !== undefined;
  }

  /** A column that is no mapped field, for an expression over records. */
  column(name: string): TypedSql | undefined {
    if (!this.context.columns.has(name)) return undefined;
    let index = this.usedColumns.indexOf(name);
    if (index === -1) index = this.usedColumns.push(name) - 1;
    this.#uses.set(`c${index}`, (this.#uses.get(`c${index}`) ?? 0) + 1);
    const native = this.context.natives.get(name);
    return { type: 'text', sql: `c${index}`, ...(native === undefined ? {} : { native: { type: native, sql: `n${index}`, ...(native === 'number' ? {} : { oddity: `d${index}` }) } }) };
  }

  name(name: string): TypedSql | null | undefined {
    const index = this.context.source.mappings.findIndex((mapping) => mapping.field === name);
    if (index !== -1 && !this.#open.has(name)) return this.#field(this.context.source.mappings[index]!, index)?.value ?? null;
    return this.column(name);
  }

  names(): Iterable<string> {
    return new Set([...this.context.source.mappings.map((mapping) => mapping.field), ...this.context.columns]);
  }

  instantOf(text: TypedSql): TypedSql {
    const { native } = text;
    if (native?.type === 'instant') return { type: 'instant', sql: native.sql, ...(native.oddity === undefined ? {} : { oddity: native.oddity }) };
    if (this.dialect.refusal !== undefined) throw this.dialect.refusal('a time is read from a text there');
    if (isLate(text.sql)) return { type: 'instant', sql: inlineInstant(text.sql, this.context.format, this.context.zone, this.context.year) };
    this.#uses.set(text.sql, (this.#uses.get(text.sql) ?? 0) - 1);
    let time = this.#times.find((known) => known.raw === text.sql);
    if (time === undefined) {
      time = { raw: text.sql, name: String(this.#times.length) };
      this.#times.push(time);
    }
    return { type: 'instant', sql: `i${time.name}`, oddity: `q${time.name}` };
  }

  startOfDate(date: string): number {
    const zone = timeZone(this.context.zone);
    return isProblem(zone) ? Date.parse(date) : zone.instantOf(dayNumberOf(date as IsoDate), 0) * 1000;
  }

  between(from: TypedSql, to: TypedSql, calendar: string | undefined): TypedSql | undefined {
    return calendar === undefined ? { type: 'length', sql: `(${to.sql} - ${from.sql})` } : undefined;
  }

  dueLength(): undefined {
    return undefined;
  }

  lookup(source: string, field: string, key: TypedSql): TypedSql | string {
    if (this.dialect.refusal !== undefined) throw this.dialect.refusal('a value is looked up in another source');
    if (isLate(key.sql)) return 'A value can be looked up by a column, not by what is computed from times.';
    const target = this.context.lookup(source, field);
    if (typeof target === 'string') return target;
    const alias = `k${this.#joins.length}`;
    this.#joins.push({ join: `LEFT JOIN ${target.table} j ON j.lookup_key = ${asText(key)}`, output: `j.lookup_value AS ${alias}` });
    return { type: 'text', sql: alias };
  }

  timeOf(which: 'first' | 'last', condition: TypedSql): TypedSql | string {
    const window = this.#window(`${which === 'first' ? 'min' : 'max'}(history_at)`, condition);
    return window === undefined ? `“${which} time” reads a record's history: say how rows belong together with “history by … at …”.` : { type: 'instant', sql: window };
  }

  timeWhile(condition: TypedSql): TypedSql | string {
    const window = this.#window('sum(next_at - history_at)', condition);
    return window === undefined ? '“time while” reads a record\'s history: say how rows belong together with “history by … at …”.' : { type: 'length', sql: `coalesce(${window}, 0)::BIGINT` };
  }

  timesOf(condition: TypedSql): TypedSql | string {
    const number = this.#windows.length;
    const window = this.#window(`count(*) FILTER (WHERE b${number} AND NOT coalesce(p${number}, false))`, condition);
    return window === undefined ? '“times when” reads a record\'s history: say how rows belong together with “history by … at …”.' : { type: 'number', sql: `coalesce(${window}, 0)` };
  }

  changesOf(value: TypedSql): TypedSql | string {
    if (this.context.source.historyKey === undefined) return '“changes of” reads a record\'s history: say how rows belong together with “history by … at …”.';
    const number = this.#windows.length;
    // From nobody to somebody is no change of hands, nor is what was left empty in between.
    this.#windows.push({ name: `b${number}`, aggregate: `count(*) FILTER (WHERE b${number} <> p${number})`, condition: asText(value), value: true });
    return { type: 'number', sql: `coalesce(w${number}, 0)` };
  }

  #window(aggregate: string, condition: TypedSql): string | undefined {
    if (this.context.source.historyKey === undefined) return undefined;
    const number = this.#windows.length;
    this.#windows.push({ name: `b${number}`, aggregate, condition: condition.sql });
    return `w${number}`;
  }

  /** The used columns as the engine reads them: blanks are trimmed where the text itself matters. */
  columnCells(column: (name: string) => string, emptyTexts: readonly string[]): string {
    const cells = this.usedColumns.map((name, index) => {
      const cell = column(name);
      if ((this.#uses.get(`c${index}`) ?? 0) <= 0) return `${cell} AS c${index}`;
      const trimmed = this.dialect.trim(cell);
      return `CASE WHEN starts_with(${cell}, ' ') OR ${this.dialect.endsWith(cell, "' '")} THEN (CASE WHEN ${isOneOf(trimmed, ['', ...emptyTexts])} THEN NULL ELSE ${trimmed} END) ELSE ${cell} END AS c${index}`;
    });
    return cells.length === 0 ? 'NULL AS c' : cells.join(', ');
  }

  /**
   * The query that gives one row per row of data with all that its values are computed from: `c…`, `k…`, `i…`, `q…`; of a
   * history also record_key, history_at, paused, the activity and the conditions `b…`.
   *
   * @param base a query that gives the used columns as `c0`, `c1`, …
   */
  stageQuery(base: string): string {
    const format = this.context.format;
    const locals = this.#times.map(({ raw, name }) => {
      const parsed = format.kind === 'iso' ? isoTimestamp(raw)
        : format.hasOffset ? `TRY_CAST(${this.#strptime(raw)} AS TIMESTAMPTZ)` : this.#strptime(raw);
      return `${raw} AS t${name}, epoch_ms(${parsed}) AS l${name}`;
    });
    const zoned = this.context.zone === 'UTC' && this.context.zoneDeclared && format.kind !== 'iso';
    const codes = zoned ? [] : this.#times.map(({ name }) => {
      const tree = this.context.zone === 'UTC' ? `${86_400 * 4}` : `coalesce(${zoneCode(`l${name}`, this.context.zone, this.context.year)}, ${86_400 * 4})`;
      return `${this.#saysOffset(`t${name}`, `l${name}`, tree)} AS z${name}`;
    });
    const moments = this.#times.map(({ name }) => {
      const moment = zoned ? `l${name}` : `l${name} - ${offsetSecondsOfCode(`(z${name} & 2147483647)`)} * 1000`;
      const inRange = `l${name} BETWEEN ${firstInstant} AND ${lastInstant - 1}${zoned ? '' : ` AND z${name} IS NOT NULL`}`;
      const odd = zoned ? '0' : `(CASE WHEN z${name} >= 4294967296 THEN ${oddities.withoutZone} WHEN (z${name} & 3) = 1 THEN ${oddities.skipped} WHEN (z${name} & 3) = 2 THEN ${oddities.repeated} ELSE 0 END)`;
      return `CASE WHEN ${inRange} THEN ${moment} END AS i${name}, (CASE WHEN t${name} IS NULL THEN 0 WHEN ${inRange} THEN ${odd} WHEN ${isOneOf(`trim(t${name})`, ['', ...this.context.source.emptyTexts])} THEN 0 ELSE ${oddities.unreadable} END)::UTINYINT AS q${name}`;
    });
    if (this.dialect.refusal !== undefined) {
      if (this.historyKey !== undefined) throw this.dialect.refusal('its records have a history');
      return `SELECT s.* FROM (${base}) s${this.filter === undefined ? '' : ` WHERE ${this.filter}`}`;
    }
    // Joins lose the order of rows, which tells apart what else is equal.
    let query = this.#joins.length === 0 ? base : `SELECT *, row_number() OVER () AS row_number FROM (${base})`;
    for (const { join, output } of this.#joins) query = `SELECT s.*, ${output} FROM (${query}) s ${join}`;
    if (locals.length > 0) {
      query = `SELECT *, ${locals.join(', ')} FROM (${query})`;
      if (codes.length > 0) query = `SELECT *, ${codes.join(', ')} FROM (${query})`;
      const gone = this.#times.flatMap(({ name }) => [`t${name}`, `l${name}`, ...(codes.length > 0 ? [`z${name}`] : [])]);
      query = `SELECT * EXCLUDE (${gone.join(', ')}), ${moments.join(', ')} FROM (${query})`;
    }
    if (this.filter !== undefined) query = `SELECT * FROM (${query}) WHERE ${this.filter}`;
    if (this.#joins.length > 0) query = `SELECT * FROM (${query}) ORDER BY row_number`;
    const history = this.historyAt;
    if (this.historyKey === undefined || history === undefined) return query;
    const conditions = this.#windows.map(({ name, condition, value }) => `, ${value === true ? condition : `coalesce(${condition}, false)`} AS ${name}`).join('');
    return `SELECT *, ${this.historyKey} AS record_key, ${history.value.sql} AS history_at, ${history.value.oddity ?? '0'} AS history_oddity, coalesce(${this.pause ?? 'false'}, false) AS paused${this.activity === undefined ? '' : `, ${this.activity} AS activity`}${conditions} FROM (${query})`;
  }

  /** What a record's fields are, computed from a row of {@link stageQuery}: record_key, `f_<n>` and `o_<n>` (its oddity), `x_<n>` per further column. */
  recordColumns(fields: readonly PlannedField[], extraColumns: readonly string[]): string {
    return [
      this.historyKey !== undefined ? 'record_key' : `${this.key ?? 'CAST(NULL AS VARCHAR)'} AS record_key`,
      ...fields.flatMap(({ value }, index) => [`${value.sql} AS f_${index}`, ...(value.oddity === undefined ? [] : [`${value.oddity} AS o_${index}`]), ...nativeColumns(value.native, `f_${index}`)]),
      ...extraColumns.flatMap((name, index) => {
        const column = this.column(name);
        return [`${column?.sql ?? 'NULL'} AS x_${index}`, ...nativeColumns(column?.native, `x_${index}`)];
      }),
    ].join(', ');
  }

  /**
   * The columns of a history's rows that are kept in the engine, and those of a record made from them: what does not rest on the whole
   * history is computed from each row at once, since what it is takes less room than the text it was written as.
   */
  historyColumns(fields: readonly PlannedField[], extraColumns: readonly string[]): { readonly stage: string; readonly record: string } {
    const stage = new Set(['record_key', 'history_at', 'history_oddity', 'paused', ...(this.activity === undefined ? [] : ['activity']), ...this.#windows.map(({ name }) => name)]);
    const record = ['record_key'];
    const add = (sql: string, name: string): void => {
      if (ofWholeHistory(sql)) {
        for (const column of columnsIn(sql)) stage.add(column);
        record.push(`${sql} AS ${name}`);
      } else {
        stage.add(`${sql} AS ${name}`);
        record.push(name);
      }
    };
    for (const [index, { value }] of fields.entries()) {
      add(value.sql, `f_${index}`);
      if (value.oddity !== undefined) add(value.oddity, `o_${index}`);
    }
    for (const [index, name] of extraColumns.entries()) add(this.column(name)?.sql ?? 'NULL', `x_${index}`);
    return { stage: [...stage].join(', '), record: record.join(', ') };
  }

  /**
   * What is computed from all rows of a record up to a day (`asOf`, in milliseconds), until which its last state lasts: (record_key, `w…`), and which row says what the record is as `kept`, if one does.
   * Undefined if nothing is.
   */
  historyQuery(stage: string, keep: 'first' | 'last' | 'all', asOf: number): string | undefined {
    if (this.#windows.length === 0 && keep === 'all') return undefined;
    const filtered = ({ name, aggregate }: { readonly name: string; readonly aggregate: string }): string => (aggregate.includes(' FILTER ') ? aggregate : `${aggregate} FILTER (WHERE ${name})`);
    const order = 'OVER (PARTITION BY record_key ORDER BY history_at, row_id)';
    const before = this.#windows.filter(({ aggregate }) => aggregate.includes(' FILTER ')).map(({ name, value }) => `, lag(${name}${value === true ? ' IGNORE NULLS' : ''}) ${order} AS p${name.slice(1)}`);
    const after = this.#windows.some(({ aggregate }) => aggregate.includes('next_at')) ? [`, coalesce(lead(history_at) ${order}, ${asOf}) AS next_at`] : [];
    const rows = `SELECT record_key, history_at, rowid AS row_id${this.#windows.map(({ name }) => `, ${name}`).join('')} FROM ${stage} WHERE history_at IS NOT NULL AND record_key IS NOT NULL`;
    const inOrder = before.length + after.length === 0 ? rows : `SELECT *${[...before, ...after].join('')} FROM (${rows})`;
    // A moment and a row's number in one number: the later row wins among those of one moment.
    const kept = keep === 'all' ? [] : [`(${keep === 'first' ? 'min' : 'max'}(history_at::HUGEINT * 4294967296 + row_id) % 4294967296)::BIGINT AS kept`];
    return `SELECT ${['record_key', ...kept, ...this.#windows.map((window) => `${filtered(window)} AS w${window.name.slice(1)}`)].join(', ')} FROM (${inOrder}) GROUP BY record_key`;
  }

  /** The code of a time that says its offset itself is that of UTC; one that does not, and has no declared zone, is marked. */
  #saysOffset(text: string, local: string, tree: string): string {
    if (this.context.format.hasOffset) return `${86_400 * 4}::BIGINT`;
    const without = this.context.zoneDeclared ? `(${tree})::BIGINT` : `(${tree})::BIGINT + 4294967296`;
    if (this.context.format.kind !== 'iso') return without;
    // The commonest way first; a name of a zone at the end is not taken, since only the declared zone decides.
    return `CASE WHEN suffix(${text}, 'Z') THEN ${86_400 * 4}::BIGINT WHEN ${local} IS NULL THEN NULL WHEN regexp_matches(${text}, '[T ].*[+-]\\d\\d(:?\\d\\d)?\\s*$') THEN ${86_400 * 4}::BIGINT WHEN regexp_matches(${text}, '[A-Za-z]\\s*$') THEN NULL ELSE ${without} END`;
  }

  #strptime(raw: string): string {
    const pattern = literal(this.context.format.pattern);
    return `coalesce(try_strptime(${raw}, ${pattern}), try_strptime(trim(${raw}), ${pattern}))`;
  }

  #required(name: string, path: Path): string | undefined {
    const column = this.column(name);
    if (column === undefined) this.compiler.compile({ $type: 'ColumnName', name, $at: {} }, path.slice(0, -1));
    return column?.sql;
  }

  #field(mapping: Mapping, index: number): PlannedField | undefined {
    if (this.#tried.has(mapping.field)) return this.fields.get(mapping.field);
    this.#tried.add(mapping.field);
    const path: Path = ['mappings', index];
    this.#open.add(mapping.field);
    const value = mapping.value ? this.compiler.mapping(mapping.value, [...path, 'value']) : this.compiler.mapping({ $type: 'ColumnName', name: mapping.field, $at: {} }, [...path, 'field']);
    this.#open.delete(mapping.field);
    if (value === undefined) return undefined;
    const declared = recordKinds[this.context.source.recordKind]?.fields[mapping.field];
    const field = this.#typed(mapping, value, declared, path);
    if (field !== undefined) this.fields.set(mapping.field, field);
    return field;
  }

  #typed(mapping: Mapping, value: TypedSql, declared: RecordField | undefined, path: Path): PlannedField | undefined {
    const names = declared === undefined ? undefined : this.#namesOf(declared);
    if (value.type === 'text' && (mapping.entries.length > 0 || names !== undefined)) {
      const table = new Map<string, string>();
      for (const name of names ?? []) table.set(name, name);
      for (const entry of mapping.entries) if (!isOpen(entry.value)) table.set(entry.text, entry.value);
      const enumeration = names === undefined || names.length === 0 || this.dialect.refusal !== undefined ? undefined : this.#enumeration(names);
      const words = this.#words(value.sql, table, enumeration);
      const named: TypedSql = { type: 'name', sql: words, field: mapping.field, ...(enumeration === undefined ? {} : { enumeration }), oddity: this.#unreadable(value.sql, words), ...(names === undefined ? {} : { names: new Set(names) }) };
      const typed: TypedSql = names !== undefined ? named : this.#coerce({ ...named, type: 'text' }, declared?.type ?? 'text');
      return { field: mapping.field, value: { ...typed, field: mapping.field }, raw: value.sql, path, words: [...table.keys()] };
    }
    const wanted = valueTypeOf(declared);
    if (value.type === 'text') return { field: mapping.field, value: { ...this.#coerce(value, declared?.type ?? 'text'), field: mapping.field }, raw: value.sql, path };
    if (declared === undefined) return { field: mapping.field, value: { ...value, field: mapping.field }, path };
    if (wanted === 'text') return { field: mapping.field, value: { type: 'text', sql: asText(value), field: mapping.field }, path };
    if (value.type !== wanted) {
      this.context.report({ path: [...path, 'value'], code: 'expression', message: `The field “${mapping.field}” takes ${describeType[wanted]}, and this is ${describeType[value.type]}.` });
      return undefined;
    }
    return { field: mapping.field, value: { ...value, field: mapping.field, ...(names === undefined ? {} : { names: new Set(names) }) }, path };
  }

  #coerce(value: TypedSql, type: RecordField['type']): TypedSql {
    switch (type) {
      case 'instant':
      case 'date': return this.instantOf(value);
      case 'number': {
        const number = this.dialect.number(value);
        return { type: 'number', sql: number, oddity: this.#unreadable(value.sql, number) };
      }
      case 'boolean': {
        const truth = truthOfText(value.sql);
        return { type: 'truth', sql: truth, oddity: this.#unreadable(value.sql, truth) };
      }
      case 'duration': return { type: 'length', sql: 'CAST(NULL AS BIGINT)', oddity: this.#unreadable(value.sql, 'NULL') };
      case 'text': case 'reference': case 'word': case 'money': return value;
    }
  }

  #unreadable(raw: string, value: string): string {
    return `CAST(CASE WHEN ${raw} IS NOT NULL AND ${value} IS NULL THEN ${oddities.unreadable} ELSE 0 END AS ${this.dialect.code})`;
  }

  /** What a table of words says of a text. */
  #words(text: string, table: ReadonlyMap<string, string>, enumeration: string | undefined): string {
    const cast = enumeration === undefined ? '' : `::${identifier(enumeration)}`;
    if (table.size === 0) return 'CAST(NULL AS VARCHAR)';
    if (this.dialect.words !== undefined) return this.dialect.words(text, table);
    if (table.size <= 6) return `(CASE ${text} ${[...table].map(([word, name]) => `WHEN ${literal(word)} THEN ${literal(name)}${cast}`).join(' ')} END)`;
    // Words as an enumeration of the engine: found by hashing, however many there are, and rows keep their order, as a join does not.
    const words = this.#enumeration([...table.keys()]);
    if (words === enumeration && [...table].every(([word, name]) => word === name)) return `TRY_CAST(${text} AS ${identifier(words)})`;
    return `([${[...table.values()].map((name) => `${literal(name)}${cast}`).join(', ')}][enum_code(TRY_CAST(${text} AS ${identifier(words)})) + 1])`;
  }

  #enumeration(names: readonly string[]): string {
    const key = JSON.stringify(names);
    const known = this.enumerations.get(key);
    if (known !== undefined) return known;
    const name = `${this.context.prefix}_names_${this.enumerations.size}`;
    this.enumerations.set(key, name);
    return name;
  }

  #namesOf(declared: RecordField): readonly string[] | undefined {
    if (declared.type === 'word') return declared.words ?? [];
    if (declared.type !== 'reference' || declared.refersTo === undefined) return undefined;
    return namesOfType(this.context.model, declared.refersTo);
  }

  /** A record that has impact and urgency but no priority has the one that the declared priorities give it. */
  #derivePriority(): void {
    const kind = recordKinds[this.context.source.recordKind];
    const [impact, urgency] = [this.fields.get('impact'), this.fields.get('urgency')];
    if (kind?.fields['priority'] === undefined || this.fields.has('priority') || impact === undefined || urgency === undefined) return;
    if (this.context.source.mappings.some((mapping) => mapping.field === 'priority')) return;
    const priorities = this.context.model.all('Priority');
    const branches = priorities.flatMap((priority) => priority.conditions.map((condition) => `WHEN ${asText(impact.value)} = ${literal(condition.impact)} AND ${asText(urgency.value)} = ${literal(condition.urgency)} THEN ${literal(priority.name)}`));
    if (branches.length === 0) return;
    this.fields.set('priority', { field: 'priority', value: { type: 'name', sql: `(CASE ${branches.join(' ')} END)`, field: 'priority', names: new Set(priorities.map(({ name }) => name)) }, path: impact.path });
  }
}

/** Whether a piece of a query needs moments, which come after columns, look-ups and words. */
function isLate(sql: string): boolean {
  return /\b[iqw]\d+\b/u.test(withoutTexts(sql));
}

/** Whether a piece of a query needs what is computed from all rows of a record. */
export function ofWholeHistory(sql: string): boolean {
  return /\bw\d+\b/u.test(withoutTexts(sql));
}

/** The columns of one row that a piece of a query needs. */
function columnsIn(sql: string): readonly string[] {
  return withoutTexts(sql).match(/\b[cikq]\d+\b/gu) ?? [];
}

function withoutTexts(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'/gu, '');
}

/** What a database knows of a text, under the name of the text. */
function nativeColumns(native: Native | undefined, name: string): readonly string[] {
  return native === undefined ? [] : [`${native.sql} AS n${name}`, ...(native.oddity === undefined ? [] : [`${native.oddity} AS d${name}`])];
}

/** What is known of a text of {@link SourcePlan.recordColumns}. */
export function nativeOfRecord(native: Native | undefined, name: string): Pick<TypedSql, 'native'> {
  return native === undefined ? {} : { native: { type: native.type, sql: `r.n${name}`, ...(native.oddity === undefined ? {} : { oddity: `r.d${name}` }) } };
}

export function valueTypeOf(declared: RecordField | undefined): ValueType {
  switch (declared?.type) {
    case 'instant': case 'date': return 'instant';
    case 'number': return 'number';
    case 'boolean': return 'truth';
    case 'duration': return 'length';
    case 'reference': case 'word': return 'name';
    case 'text': case 'money': case undefined: return 'text';
  }
}

/** The names that a reference of a record may hold. */
export function namesOfType(model: Model, type: DeclarationType): readonly string[] {
  return model.all(type).flatMap((declaration) => ('name' in declaration ? declaration.name : []));
}
