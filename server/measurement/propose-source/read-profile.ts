/** Looks into files to find what a source could say of them. */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { entityKey, type Source } from '../../../language/model/declarations.ts';
import { Engine } from '../engine.ts';
import type { ConvertedTables } from '../formats/converted-tables.ts';
import { sheetNames } from '../formats/spreadsheet.ts';
import { FactsMemory, findFiles, readHeaders, rowsOf, type DataFiles, type ReadableFile } from '../source-files.ts';
import { SourceRemarks } from '../source-remarks.ts';
import { literal } from '../sql.ts';
import type { ColumnProfile, CountedText, KeyProfile, SourceProfile } from './profile.ts';
import { keyCandidates } from './records-in-rows.ts';
import { emptyTexts } from './empty-texts.ts';

const mostCommon = 60;
const mostShapes = 120;
const longestShape = 40;
/** More columns than a table has that people read. */
const mostColumns = 400;
/** Characters that come between columns where none of the usual ones does. */
const unusualSeparators = ['#', '^', '~', '§', '¦', '\u0001'] as const;

export interface ProfileRequest {
  readonly data: DataFiles;
  /** Relative to the project’s folder; may be patterns. */
  readonly patterns: readonly string[];
  readonly sheet?: string;
  readonly tables: ConvertedTables;
  readonly signal: AbortSignal;
}

/** A string says, as a sentence for people, why nothing can be proposed. */
export async function readProfile({ data, patterns, sheet, tables, signal }: ProfileRequest): Promise<SourceProfile | string> {
  const listing = await data.listData(patterns);
  if (listing.refused[0]) return listing.refused[0].message;
  if (listing.files.length === 0) return `No file matches ${patterns.map((pattern) => `“${pattern}”`).join(', ')}.`;
  const memory = new FactsMemory();
  let source = draft(patterns, { ...(sheet === undefined ? {} : { sheet }) });
  const found = new SourceRemarks(source);
  const files = await findFiles(source, data, memory, tables, found, signal);
  const refused = found.findings.find(({ severity }) => severity === 'error');
  if (refused) return refused.message;
  const encoding = await encodingOf(files.filter(({ facts, isConverted }) => !isConverted && facts.encoding === undefined).map(({ path, facts }) => ({ path, gzip: facts.gzip })), signal);
  if (encoding) source = draft(patterns, { ...(sheet === undefined ? {} : { sheet }), encoding: encoding.name });
  const remarks = new SourceRemarks(source);
  let readable = readHeaders(source, files, remarks);
  let separator: string | undefined;
  for (const unusual of unusualSeparators) {
    if (readable.length === 0 || readable.some(({ columns }) => columns.length > 1)) break;
    const trial = readHeaders(draft(patterns, { separator: unusual, ...(encoding ? { encoding: encoding.name } : {}) }), files, remarks);
    if (trial.every(({ columns, isConverted }) => columns.length > 1 && !isConverted)) [readable, separator] = [trial, unusual];
  }
  if (remarks.findings[0]) return remarks.findings[0].message;
  if (readable.length < files.length || readable.length === 0) return 'The header rows of these files cannot be read.';
  const all = [...new Set(readable.flatMap(({ columns }) => columns))];
  const columns = all.filter((column) => column !== '' && readable.every((file) => file.columns.includes(column)));
  if (columns.length === 0) return `${readable[0]!.file} and the other files have no column in common: they need a source each.`;
  if (columns.length > mostColumns) return `${readable[0]!.file} has ${columns.length} columns; at most ${mostColumns} are looked at.`;
  const sheets = await sheetOf(data, listing.files.map(({ file }) => file), sheet);
  const engine = await Engine.open(readable.map(({ path }) => path), signal);
  try {
    const read = new TableReader(engine, source, readable, columns);
    const first = await read.columns('raw', []);
    if (first.rows === 0) return `${readable[0]!.file} holds no rows below its header row, so nothing can be told of its columns.`;
    const empty = emptyTexts(first.columns);
    const table = empty.length === 0 ? first : await read.columns('filled', empty.map(({ text }) => text));
    const keys: KeyProfile[] = [];
    for (const key of keyCandidates(table).filter(({ different, filled }) => different < filled).slice(0, 3)) keys.push(await read.key(key.name));
    return {
      patterns, files: readable.map(({ file }) => file), rows: table.rows, columns: table.columns, uncommon: all.filter((column) => column !== '' && !columns.includes(column)), empty, keys,
      ...(separator === undefined ? {} : { separator }), ...(encoding ? { encoding } : {}), ...(sheets ? { sheet: sheets } : {}),
    };
  } finally {
    engine.close();
  }
}

function draft(files: readonly string[], facts: { readonly separator?: string; readonly encoding?: string; readonly sheet?: string }, empties: readonly string[] = []): Source {
  return { $type: 'Source', $key: entityKey('Source', 'draft'), $at: {}, name: 'draft', recordKind: 'incident', files: [...files], emptyTexts: [...empties], pauses: [], mappings: [], ...facts };
}

/** Counts over all rows of all files, by the engine. */
class TableReader {
  readonly #engine: Engine;
  readonly #source: Source;
  readonly #files: readonly ReadableFile[];
  readonly #columns: readonly string[];
  #table = '';

  constructor(engine: Engine, source: Source, files: readonly ReadableFile[], columns: readonly string[]) {
    this.#engine = engine;
    this.#source = source;
    this.#files = files;
    this.#columns = columns;
  }

  async columns(name: string, empties: readonly string[]): Promise<{ readonly rows: number; readonly columns: readonly ColumnProfile[] }> {
    const names = this.#columns;
    const nothing = ['', ...empties].map(literal).join(', ');
    const plan = {
      usedColumns: [...names],
      columnCells: (cell: (column: string) => string) => names.map((column, index) => `(CASE WHEN trim(${cell(column)}) IN (${nothing}) THEN NULL ELSE trim(${cell(column)}) END) AS c${index}`).join(', '),
    };
    const rows = await rowsOf(this.#source, this.#files, plan, this.#engine, new SourceRemarks(this.#source), name);
    this.#table = `table_${name}`;
    await this.#engine.run(`CREATE TEMP TABLE ${this.#table} AS ${rows}`);
    const facts = await this.#engine.row(`SELECT count(*)${names.map((_, index) => `, count(c${index}), count(DISTINCT c${index}), max(length(c${index})), count(TRY_CAST(c${index} AS DECIMAL(18,6)))`).join('')} FROM ${this.#table}`);
    const columns: ColumnProfile[] = [];
    for (const [index, column] of names.entries()) {
      const [filled, different, longest, numbers] = facts.slice(1 + index * 4, 5 + index * 4).map((cell) => Number(cell ?? 0));
      columns.push({ name: column, filled: filled!, different: different!, longest: longest!, numbers: numbers!, ...(await this.#values(`c${index}`)) });
    }
    return { rows: Number(facts[0] ?? 0), columns };
  }

  async #values(cell: string): Promise<Pick<ColumnProfile, 'common' | 'shapes' | 'dayMonth'>> {
    const common = await this.#engine.rows(`SELECT ${cell}, count(*) AS n FROM ${this.#table} WHERE ${cell} IS NOT NULL GROUP BY ${cell} ORDER BY n DESC, ${cell} LIMIT ${mostCommon}`);
    const shapes = await this.#engine.rows(`SELECT regexp_replace(${cell}, '[0-9]', '9', 'g') AS shape, count(*) AS n, min(${cell}) FROM ${this.#table} WHERE length(${cell}) <= ${longestShape} GROUP BY shape ORDER BY n DESC, shape LIMIT ${mostShapes}`);
    const numbers = `regexp_extract(${cell}, '^(\\d{1,2})[./-](\\d{1,2})[./-](?:\\d{4}|\\d{2})(?:\\D|$)', ['a', 'b'])`;
    const [greatestFirst, greatestSecond, firstAbove12, secondAbove12] = await this.#engine.row(
      `SELECT max(a), max(b), count(*) FILTER (WHERE a > 12), count(*) FILTER (WHERE b > 12) FROM (SELECT TRY_CAST(p.a AS INTEGER) AS a, TRY_CAST(p.b AS INTEGER) AS b FROM (SELECT ${numbers} AS p FROM ${this.#table} WHERE length(${cell}) <= ${longestShape}))`,
    );
    return {
      common: common.map(([text, n]): CountedText => ({ text: String(text), rows: Number(n) })),
      shapes: shapes.map(([shape, n, example]) => ({ shape: String(shape), rows: Number(n), example: String(example) })),
      ...(greatestFirst === null || greatestFirst === undefined ? {} : { dayMonth: { greatestFirst: Number(greatestFirst), greatestSecond: Number(greatestSecond), firstAbove12: Number(firstAbove12), secondAbove12: Number(secondAbove12) } }),
    };
  }

  /** What differs between rows of one key. */
  async key(key: string): Promise<KeyProfile> {
    const names = this.#columns;
    const own = `c${names.indexOf(key)}`;
    const inner = names.map((_, index) => `(min(c${index}) <> max(c${index}) OR (count(c${index}) > 0 AND count(c${index}) < count(*))) AS v${index}`).join(', ');
    const varying = await this.#engine.row(`SELECT ${names.map((_, index) => `count(*) FILTER (WHERE v${index})`).join(', ')} FROM (SELECT ${inner} FROM ${this.#table} WHERE ${own} IS NOT NULL GROUP BY ${own})`);
    const pairs = await this.#engine.row(`SELECT ${names.map((_, index) => `count(DISTINCT hash(${own}, c${index})) FILTER (WHERE c${index} IS NOT NULL)`).join(', ')} FROM ${this.#table} WHERE ${own} IS NOT NULL`);
    const byColumn = (cells: readonly unknown[]): ReadonlyMap<string, number> => new Map(names.map((name, index) => [name, Number(cells[index] ?? 0)]));
    return { key, varying: byColumn(varying), pairs: byColumn(pairs) };
  }
}

async function sheetOf(data: DataFiles, files: readonly string[], chosen: string | undefined): Promise<SourceProfile['sheet']> {
  const path = await data.resolve(files[0]!);
  if (typeof path !== 'string') return undefined;
  const names = await sheetNames(path);
  if (names === undefined || names.length < 2) return undefined;
  const name = chosen ?? names[0]!;
  return { name, others: names.filter((other) => other !== name) };
}

/** Bytes that only the larger of the two encodings has, and words that show how letters come out. */
async function encodingOf(files: readonly { readonly path: string; readonly gzip: boolean }[], signal: AbortSignal): Promise<SourceProfile['encoding']> {
  if (files.length === 0) return undefined;
  const words = new Set<string>();
  let isWindows = false;
  const decoder = new TextDecoder('windows-1252');
  for (const { path, gzip } of files) {
    const bytes = createReadStream(path);
    const unpacked: AsyncIterable<Buffer> = gzip ? bytes.pipe(createGunzip()) : bytes;
    for await (const chunk of unpacked) {
      signal.throwIfAborted();
      isWindows ||= chunk.some((byte) => byte >= 0x80 && byte <= 0x9f);
      if (words.size < 3) for (const [word] of decoder.decode(chunk).matchAll(/[\p{L}€’-]*[\u0080-\uFFFF][\p{L}€’-]*/gu)) if (words.size < 3 && /\p{L}/u.test(word)) words.add(word);
    }
  }
  return { name: isWindows ? 'windows-1252' : 'latin-1', words: [...words] };
}
