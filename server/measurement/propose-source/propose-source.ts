/**
 * A `source` declaration for files, from what was counted in them. What the data decides is written with the evidence beside it; what it
 * does not decide is left open as `TODO`, with the reason. Nothing is guessed that would change a figure.
 */
import type { DeclarationType } from '../../../language/model/declarations.ts';
import { recordKinds, type RecordField } from '../../../language/model/record-kinds.ts';
import { formatText } from '../../../language/formatting/format.ts';
import { groupDigits } from '../../../language/values/group-digits.ts';
import { openName } from '../../../language/values/open.ts';
import { quoteShortText } from '../../../language/values/text.ts';
import { columnText, isPlainColumn } from '../column-text.ts';
import { falseTexts, trueTexts } from '../typed-sql.ts';
import { nameScore, wordsOf } from './column-words.ts';
import { isEpoch, readDates, type DateReading } from './date-shapes.ts';
import { fieldNames } from './field-names.ts';
import { historyFields, holderColumn, isOneOf, otherStates, stateColumn, waitingStates } from './history-fields.ts';
import type { ColumnProfile, SourceProfile } from './profile.ts';
import { fits, recordTypes } from './record-kind.ts';
import { recordsInRows, type RecordsInRows } from './records-in-rows.ts';
import { tableOf, type DeclaredName, type TableEntry } from './value-tables.ts';

export interface ProposalRequest {
  /** One of the kinds of records. */
  readonly kind: string;
  readonly name: string;
  /** What the model declares of a type. */
  readonly declared: (type: DeclarationType) => readonly DeclaredName[];
}

/** A longer table of values is data, not text. */
const longestTable = 40;
/** Texts of a comment. */
const longestShown = 40;

/** The declaration in canonical form. It parses, and every name in it is declared, a column, or `TODO`. */
export function proposeSource(profile: SourceProfile, request: ProposalRequest): string {
  return formatText(new Proposal(profile, request).text());
}

class Proposal {
  readonly #profile: SourceProfile;
  readonly #request: ProposalRequest;
  readonly #lines: string[] = [];
  readonly #records: RecordsInRows;
  readonly #dates: ReadonlyMap<string, DateReading>;
  readonly #format: DateReading | undefined;
  /** Columns by the field they fill. */
  readonly #columns: ReadonlyMap<string, ColumnProfile>;

  constructor(profile: SourceProfile, request: ProposalRequest) {
    this.#profile = profile;
    this.#request = request;
    this.#records = recordsInRows(profile);
    this.#dates = new Map(profile.columns.flatMap((column) => {
      const reading = readDates(column, profile.columns);
      return reading === undefined ? [] : [[column.name, reading]];
    }));
    this.#format = this.#chooseFormat();
    this.#columns = this.#assign();
  }

  text(): string {
    const { patterns, rows, columns, files, separator, encoding, sheet, empty, uncommon } = this.#profile;
    const { kind, name } = this.#request;
    this.#comment(`Proposed from ${count(files.length, 'file')} with ${count(rows, 'row')} and ${count(columns.length, 'column')}. Whatever is ${openName} is for you to decide.`);
    if (uncommon.length > 0) this.#comment(`Not in all files, and so not used: ${listed(uncommon)}.`);
    if (sheet) this.#fact(`sheet ${quoteShortText(sheet.name)}`, `there are also ${listed(sheet.others)}`);
    if (separator !== undefined) this.#fact(`separator ${quoteShortText(separator)}`);
    if (encoding) this.#fact(`encoding ${encoding.name}`, `the bytes are no UTF-8; read like this they say ${listed(encoding.words)}`);
    this.#writeDates();
    if (empty.length > 0) this.#fact(`empty ${empty.map(({ text }) => quoteShortText(text)).join(', ')}`, empty.map(({ text, rows: cells }) => `“${shown(text)}” stands in ${count(cells, 'cell')}`).join(', '));
    this.#writeRecords();
    this.#writeType();
    this.#writeFields();
    this.#writeUnused();
    return `source ${name} of ${kind} from ${patterns.map(quoteShortText).join(', ')} {\n${this.#lines.join('\n')}\n}\n`;
  }

  #comment(text: string): void {
    this.#lines.push(`// ${text}`);
  }

  #fact(text: string, why?: string): void {
    if (why !== undefined) this.#comment(`${why[0]!.toUpperCase()}${why.slice(1)}.`);
    this.#lines.push(text);
  }

  /** The way in which most of the columns that matter write dates: a source reads one. */
  #chooseFormat(): DateReading | undefined {
    const weights = new Map<string, { reading: DateReading; weight: number }>();
    const { columns } = this.#profile;
    const { kind } = this.#request;
    const fields = Object.keys(recordKinds[kind]?.fields ?? {});
    for (const column of columns) {
      const reading = this.#dates.get(column.name);
      if (!reading) continue;
      const matters = column.name === this.#records.at ? 100 : Math.max(0, ...fields.filter((field) => fits(kind, field, column, columns)).map((field) => (field === recordKinds[kind]?.counted ? 10 : 3)));
      const key = reading.formats.join('|');
      const known = weights.get(key) ?? { reading, weight: 0 };
      weights.set(key, { reading: known.reading, weight: known.weight + matters + 1 });
    }
    return [...weights.values()].toSorted((a, b) => b.weight - a.weight)[0]?.reading;
  }

  #isReadable(column: ColumnProfile): boolean {
    const reading = this.#dates.get(column.name);
    return reading !== undefined && reading.formats.join('|') === this.#format?.formats.join('|');
  }

  /** The column of each field: what fits best first, no column twice. */
  #assign(): ReadonlyMap<string, ColumnProfile> {
    const { columns } = this.#profile;
    const { kind } = this.#request;
    const { key, at } = this.#records;
    const pairs = Object.entries(recordKinds[kind]?.fields ?? {}).flatMap(([field, { type }], order) =>
      columns.flatMap((column) => {
        if (column.name === key || column.name === at) return [];
        const speaks = type === 'reference' && this.#speaksOf(column, field);
        if (!fits(kind, field, column, columns)) return speaks ? [{ field, column, order, score: 0.6 }] : [];
        if ((type === 'instant' || type === 'date') && !this.#isReadable(column)) return [];
        // A text is taken only where it is called just so: what nobody asks for is no help.
        const named = nameScore(column.name, fieldNames[field] ?? [field.replaceAll('-', ' ')]);
        // What the values name says more than what the column is called.
        const score = type !== 'reference' ? named : speaks ? named + 0.5 : named / 2;
        return type === 'text' && score < 0.6 ? [] : [{ field, column, order, score: score - 0.2 * (1 - column.filled / Math.max(1, this.#profile.rows)) }];
      }),
    );
    const taken = new Map<string, ColumnProfile>();
    for (const { field, column } of pairs.toSorted((a, b) => b.score - a.score || a.order - b.order)) {
      if (!taken.has(field) && ![...taken.values()].includes(column)) taken.set(field, column);
    }
    return taken;
  }

  /** Whatever the column is called, most of its values are names of what the field refers to. */
  #speaksOf(column: ColumnProfile, field: string): boolean {
    const declared = recordKinds[this.#request.kind]?.fields[field];
    if (declared?.type !== 'reference' || declared.refersTo === undefined || column.different === 0 || column.different > longestTable) return false;
    const names = this.#request.declared(declared.refersTo);
    // Numbers alone may be anything’s.
    if (names.length === 0 || column.numbers > 0 || this.#dates.has(column.name)) return false;
    return tableOf(column, declared, names).filter(({ value }) => value === openName).length < column.different / 2;
  }

  #writeDates(): void {
    const format = this.#format;
    if (!format) {
      this.#comment('No column holds dates that can be read.');
      return;
    }
    const used = this.#profile.columns.filter((column) => this.#isReadable(column));
    const [only, ...others] = format.formats;
    const written = others.length > 0 ? quoteShortText(`${openName}: ${format.formats.join(' or ')}`) : only === 'iso' ? 'iso' : quoteShortText(only!);
    if (others.length > 0 || only !== 'iso') this.#comment(`Dates: ${format.evidence}.`);
    const readings = used.map(({ name }) => this.#dates.get(name)!);
    const saysZone = readings.every(({ offsets }) => offsets === 'all');
    if (!saysZone) this.#comment(readings.some(({ offsets }) => offsets !== 'none') ? 'Only some of the dates say how far they are from UTC: the zone of the others is not in the data.' : 'No date says its time zone: it is not in the data.');
    this.#lines.push(`dates ${written}${saysZone ? '' : ` in ${openName}`}`);
    const odd = used.flatMap(({ name }) => ((this.#dates.get(name)?.others ?? 0) > 0 ? [`${shown(name)} (${this.#dates.get(name)!.others})`] : []));
    if (odd.length > 0) this.#comment(`Values that are written in another way: ${odd.join(', ')}.`);
    const elsewise = [...this.#dates].filter(([name]) => !used.some((column) => column.name === name));
    if (elsewise.length > 0) this.#comment(`Dates that are written in another way, and so not used: ${elsewise.map(([name, { formats }]) => `${shown(name)} (${formats.join(' or ')})`).join(', ')}.`);
    const epochs = this.#profile.columns.filter(isEpoch);
    if (epochs.length > 0) this.#comment(`Seconds since 1970 cannot be read as dates: ${listed(epochs.map(({ name }) => name))}. Export dates instead.`);
  }

  #writeRecords(): void {
    const { key, at, others, repeated, rowsPerKey } = this.#records;
    const { rows, columns } = this.#profile;
    if (key === undefined) {
      this.#comment('No column tells records apart: each row is one.');
      return;
    }
    const different = columns.find(({ name }) => name === key)?.different ?? 0;
    if (at !== undefined) {
      this.#comment(`${count(rows, 'row')} of ${count(different, 'record')}, ${rowsPerKey.toFixed(1)} each: every row is a change.`);
      this.#lines.push(`history by ${columnText(key)} at ${columnText(at)}`);
      this.#writeKeep();
      return;
    }
    if (repeated) this.#comment(`${openName}: ${count(rows - different, 'row')} repeat a key, and no column says when a row was changed. Say keep first, keep last or keep all.`);
    else if (others.length > 0) this.#comment(`${listed(others)} ${others.length === 1 ? 'is' : 'are'} different in every row too.`);
    this.#lines.push(`key ${columnText(key)}`);
  }

  #writeKeep(): void {
    const { varying, at } = this.#records;
    const taken = new Set(this.#columns.values());
    const changing = this.#profile.columns.filter((column) => taken.has(column)).filter(({ name }) => name !== at && (varying.get(name) ?? 0) > 0);
    this.#fact('keep last', changing.length === 0 ? undefined : `of some records these differ from row to row, and the last one counts: ${changing.map(({ name }) => `${shown(name)} (${varying.get(name)})`).join(', ')}`);
  }

  /** Only the rows of this kind, where the file holds several. */
  #writeType(): void {
    const types = recordTypes(this.#profile);
    const own = types.find(({ kind }) => kind === this.#request.kind);
    if (!own) return;
    const others = types.filter((one) => one !== own);
    this.#fact(`where ${this.#named(own.column)} ${isOneOf(own.values)}`, `${count(own.rows, 'row')}; others are ${others.map(({ values, rows }) => `${values.map((value) => `“${shown(value)}”`).join(', ')} (${rows})`).join(', ')}`);
  }

  #writeFields(): void {
    const { kind } = this.#request;
    const { columns } = this.#profile;
    const { key, at, varying } = this.#records;
    const fields = recordKinds[kind]?.fields ?? {};
    const state = at === undefined ? undefined : stateColumn(columns, varying);
    const byState = new Map(state ? historyFields(kind, state).map((one) => [one.field, one]) : []);
    const holder = at === undefined ? undefined : holderColumn(columns, varying);
    if (state) {
      const beside = otherStates(columns, state);
      this.#comment(`States are taken from ${shown(state.name)}: ${listed(state.common.map(({ text }) => text))}.${beside.length > 0 ? ` There is also ${beside.map((other) => `${shown(other.name)}: ${listed(other.common.map(({ text }) => text))}`).join('; ')}.` : ''}`);
    }
    for (const [field, declared] of Object.entries(fields)) {
      const column = this.#columns.get(field);
      const reached = byState.get(field);
      if (column) this.#writeField(field, declared, column);
      else if (at !== undefined && field === recordKinds[kind]?.counted && declared.type === 'instant') this.#lines.push(`map ${field} = first time ${this.#named(key!)} is not empty`);
      else if (state && reached && reached.states.length > 0) this.#lines.push(`map ${field} = ${reached.which} time ${this.#named(state.name)} ${isOneOf(reached.states)}`);
      else if (state && reached) this.#fact(`map ${field} = ${reached.which} time ${this.#named(state.name)} = ${quoteShortText(`${openName}: the state in which it is ${field}`)}`, `no state says by its name that the record is ${field}`);
      else if (field === 'reassignments' && holder) this.#lines.push(`map ${field} = changes of ${this.#named(holder.name)}`);
      else if (field === recordKinds[kind]?.counted) this.#writeMissing(field);
    }
    const waiting = state ? waitingStates(state) : [];
    if (state && waiting.length > 0) this.#comment(`If your agreements stop the clock then: pause while ${this.#named(state.name)} ${isOneOf(waiting).replaceAll('\n', ' ')}`);
  }

  #writeUnused(): void {
    const text = this.#lines.filter((line) => !line.startsWith('//')).join('\n');
    const unused = this.#profile.columns.filter(({ name, filled }) => filled > 0 && !text.includes(isPlainColumn(name) ? name : quoteShortText(name)));
    if (unused.length > 0) this.#comment(`Not used: ${listed(unused.map(({ name }) => name), 40)}.`);
  }

  /** Without the field that records are counted by there are no figures. */
  #writeMissing(field: string): void {
    const dates = this.#profile.columns.filter((column) => this.#isReadable(column) && ![...this.#columns.values()].includes(column)).map(({ name }) => name);
    if (dates.length === 0) this.#comment(`${openName}: nothing holds “${field}”, so records count in no period.`);
    else this.#fact(`map ${field} = ${quoteShortText(`${openName}: ${dates.join(' or ')}`)}`, `no column is called “${field}”; dates are in ${listed(dates)}`);
  }

  #writeField(field: string, declared: RecordField, column: ColumnProfile): void {
    const { varying, at } = this.#records;
    // What changes within a history is no time of the record’s beginning.
    if (at !== undefined && field === recordKinds[this.#request.kind]?.counted && (varying.get(column.name) ?? 0) > column.different / 2) {
      this.#lines.push(`map ${field} = first time ${this.#named(this.#records.key!)} is not empty`);
      return;
    }
    const mapped = `map ${field} = ${this.#mapped(column.name, field)}`;
    switch (declared.type) {
      case 'boolean': return this.#writeTruth(mapped, field, declared, column);
      case 'word': return this.#writeTable(mapped, column, tableOf(column, declared, []));
      case 'reference': return this.#writeReference(mapped, field, declared, column);
      case 'instant': case 'date': case 'text': case 'number': case 'money': case 'duration':
        this.#lines.push(mapped);
    }
  }

  #writeTruth(mapped: string, field: string, declared: RecordField, column: ColumnProfile): void {
    const entries = tableOf(column, declared, []).filter(({ text }) => ![...trueTexts, ...falseTexts].some((known) => known === text.toLowerCase()));
    // A word that is neither yes nor no: the column is something else.
    if (entries.some(({ value }) => value === openName)) this.#comment(`${shown(column.name)} is neither yes nor no (${listed(column.common.map(({ text }) => text))}), and so not “${field}”.`);
    else this.#writeTable(mapped, column, entries);
  }

  #writeReference(mapped: string, field: string, declared: RecordField, column: ColumnProfile): void {
    const names = declared.refersTo === undefined ? [] : this.#request.declared(declared.refersTo);
    const entries = tableOf(column, declared, names);
    const decided = entries.filter(({ value }) => value !== openName).length;
    // Hundreds of open lines help nobody, nor do names that cannot be filled in yet: except for priorities, of which everybody has some.
    const isShort = column.different <= longestTable && (names.length > 0 || declared.refersTo === 'Priority');
    if (isShort || decided > entries.length / 2) this.#writeTable(mapped, column, entries);
    else this.#comment(`${shown(column.name)} may be “${field}”: it has ${count(column.different, 'different value')} (${listed(column.common.map(({ text }) => text))})${names.length === 0 ? ', and none is declared' : ''}.`);
  }

  #writeTable(mapped: string, column: ColumnProfile, entries: readonly TableEntry[]): void {
    if (entries.length === 0) {
      this.#lines.push(mapped);
      return;
    }
    const kept = entries.slice(0, longestTable);
    const missing = column.different - (column.common.length - entries.length) - kept.length;
    if (missing > 0) this.#comment(`${openName}: ${shown(column.name)} has ${count(missing, 'further value')}.`);
    this.#lines.push(`${mapped} {`, ...kept.map(({ text, value, rows }) => `${quoteShortText(text)} = ${value}${value === openName ? ` // ${count(rows, 'row')}` : ''}`), '}');
  }

  /** A column alone on the right of a mapping. */
  #mapped(column: string, field: string): string {
    const isField = column !== field && Object.hasOwn(recordKinds[this.#request.kind]?.fields ?? {}, column);
    return isField ? `column ${quoteShortText(column)}` : columnText(column);
  }

  /** A column within a computation, where a name may be a field. */
  #named(column: string): string {
    return isPlainColumn(column) && !Object.hasOwn(recordKinds[this.#request.kind]?.fields ?? {}, column) ? column : `column ${quoteShortText(column)}`;
  }
}

/** A name for a source of files: what their names share, without dates; never one that is taken. */
export function sourceName(files: readonly string[], kind: string, taken: ReadonlySet<string>): string {
  const [first = ''] = files;
  const stem = first.slice(first.lastIndexOf('/') + 1).replace(/\.(?:gz|csv|tsv|txt|jsonl|ndjson|json|parquet|xlsx|xes)(?=\.|$)/gi, '').replace(/[*?{}[\]()!]+/g, ' ');
  const words = wordsOf(stem).filter((word) => !/^\d+$/.test(word) && /^[a-z0-9\u00C0-\u1FFF]+$/.test(word)).slice(0, 5);
  const base = words.length > 0 && /^[a-z\u00C0-\u1FFF]/.test(words[0]!) ? words.join('-') : `${kind}s`;
  let name = base;
  for (let number = 2; taken.has(name) || name.toUpperCase() === openName; number++) name = `${base}-${number}`;
  return name;
}

function count(number: number, what: string): string {
  return `${groupDigits(String(number))} ${what}${number === 1 ? '' : 's'}`;
}

/** Text from data in a comment: on one line, and not long. */
function shown(text: string): string {
  const flat = text.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim();
  return flat.length > longestShown ? `${flat.slice(0, longestShown)}…` : flat;
}

function listed(texts: readonly string[], most = 8): string {
  return `${texts.slice(0, most).map((text) => `“${shown(text)}”`).join(', ')}${texts.length > most ? ` and ${texts.length - most} more` : ''}`;
}
