import type { Source } from '../../language/model/declarations.ts';
import { nearest } from '../../language/values/nearest.ts';
import { isRefused, type ProjectHost } from '../project/host.ts';
import { decodeWhole, headText, inspectFile, type Encoding, type FileFacts } from './data-file.ts';
import { columnNames } from './named-columns.ts';
import { parseDelimited, readHeader } from './delimited-text.ts';
import type { Engine } from './engine.ts';
import type { ConvertedTables } from './formats/converted-tables.ts';
import { Refusal } from './formats/rows.ts';
import type { SourcePlan } from './source-plan.ts';
import { SourceRemarks } from './source-remarks.ts';
import { isOneOf, literal } from './sql.ts';

/** What measuring asks of the machine: the project's data files and nothing else. */
export type DataFiles = Pick<ProjectHost, 'root' | 'listData' | 'resolve'>;

/** A data file of a source, with what its bytes tell. */
export interface SourceFile {
  /** Relative to the project's folder. */
  readonly file: string;
  /** Which of the source's patterns named it. */
  readonly pattern: number;
  readonly path: string;
  readonly facts: FileFacts;
  /** In bytes, and when it was changed, as it was found before it was read. */
  readonly size: number;
  readonly modified: number;
  /** It is a table that was made from a file of another format: the separator and encoding that the source states are not its own. */
  readonly isConverted: boolean;
}

/** A file whose rows can be read. */
export interface ReadableFile extends SourceFile {
  readonly encoding: Encoding;
  readonly separator: string;
  readonly columns: readonly string[];
}

/** Remembers what the bytes of a file told, as long as size and time of change stay the same. */
export class FactsMemory {
  readonly #known: Map<string, { readonly size: number; readonly modified: number; readonly facts: FileFacts }>;

  constructor(known: Iterable<readonly [string, { readonly size: number; readonly modified: number; readonly facts: FileFacts }]> = []) {
    this.#known = new Map(known);
  }

  async facts(path: string, size: number, modified: number, signal: AbortSignal): Promise<FileFacts> {
    const known = this.#known.get(path);
    if (known !== undefined && known.size === size && known.modified === modified) return known.facts;
    const facts = await inspectFile(path, signal);
    this.#known.set(path, { size, modified, facts });
    return facts;
  }

  entries(): [string, { readonly size: number; readonly modified: number; readonly facts: FileFacts }][] {
    return [...this.#known];
  }
}

const declaredEncodings: ReadonlyMap<string, Encoding> = new Map([
  ['utf-8', 'utf-8'], ['utf8', 'utf-8'], ['utf-16', 'utf-16le'], ['utf16', 'utf-16le'], ['utf-16le', 'utf-16le'], ['utf-16be', 'utf-16be'],
  ['latin-1', 'latin-1'], ['latin1', 'latin-1'], ['iso-8859-1', 'latin-1'], ['windows-1252', 'windows-1252'], ['cp1252', 'windows-1252'],
]);

/** Finds a source's files and looks at their bytes. Each that cannot be used is one finding at the text that names it. */
export async function findFiles(source: Source, data: DataFiles, memory: FactsMemory, tables: ConvertedTables, remarks: SourceRemarks, signal: AbortSignal): Promise<readonly SourceFile[]> {
  const files: SourceFile[] = [];
  const seen = new Set<string>();
  for (const [pattern, text] of source.files.entries()) {
    const listing = await data.listData([text]);
    for (const refused of listing.refused) remarks.file(pattern, 'error', refused.message);
    if (listing.files.length === 0 && listing.refused.length === 0) remarks.file(pattern, 'error', `No file matches “${text}”, so nothing is known of ${source.name}.`);
    for (const { file, size, modified } of listing.files) {
      if (seen.has(file)) continue;
      seen.add(file);
      const path = await data.resolve(file);
      if (isRefused(path)) {
        remarks.file(pattern, 'error', path.message);
        continue;
      }
      try {
        const facts = await memory.facts(path, size, modified, signal);
        if (facts.refusal !== undefined) remarks.file(pattern, 'error', `${file} ${facts.refusal}.`);
        else if (facts.format === 'delimited') files.push({ file, pattern, path, facts, size, modified, isConverted: false });
        else files.push(await converted(source, { file, pattern, path, facts, size, modified, isConverted: true }, tables, remarks, signal));
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof Refusal) remarks.file(pattern, 'error', `${file} ${error.message}.`);
        else remarks.file(pattern, 'error', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
      }
    }
  }
  return files;
}

/** The same file as a table of text. */
async function converted(source: Source, file: SourceFile, tables: ConvertedTables, remarks: SourceRemarks, signal: AbortSignal): Promise<SourceFile> {
  const { format, gzip, hash } = file.facts;
  if (format === 'delimited') return file;
  const made = await tables.table({ path: file.path, format, gzip, sheet: source.sheet, signal }, hash);
  if (made.converted && made.converted.oddCount > 0) {
    const { odd, oddCount } = made.converted;
    remarks.file(file.pattern, 'warning', `${oddCount} ${oddCount === 1 ? 'entry' : 'entries'} of ${file.file} could not be read as ${oddCount === 1 ? 'a record' : 'records'} and ${oddCount === 1 ? 'was' : 'were'} left out: ${odd.join('; ')}${oddCount > odd.length ? '; …' : ''}.`);
  }
  const table = await inspectFile(made.path, signal);
  // What was measured is told by the hash of the file itself.
  return { ...file, path: made.path, facts: { ...table, hash } };
}

/** Reads the header rows. */
export function readHeaders(source: Source, files: readonly SourceFile[], remarks: SourceRemarks): readonly ReadableFile[] {
  const declared = source.encoding === undefined ? undefined : declaredEncodings.get(source.encoding.toLowerCase());
  if (source.encoding !== undefined && declared === undefined) {
    const suggestion = nearest(source.encoding, declaredEncodings.keys());
    remarks.at(['encoding'], 'error', 'data-file', `The encoding “${source.encoding}” is not known: write utf-8, utf-16, latin-1 or windows-1252.`, suggestion);
    return [];
  }
  const readable: ReadableFile[] = [];
  const named = columnNames(source);
  for (const file of files) {
    const encoding = file.isConverted ? 'utf-8' : encodingOf(file, declared, remarks);
    if (encoding === undefined) continue;
    const head = headText(file.facts, encoding);
    const { separator, columns: written } = readHeader(head, file.isConverted ? ',' : source.separator === '\\t' ? '\t' : source.separator);
    const columns = distinctNames(written);
    const repeated = written.filter((column, index) => column !== '' && written.indexOf(column) !== index && named.has(column));
    if (written.every((column) => column === '')) remarks.file(file.pattern, 'error', `${file.file} has no header row.`);
    else if (repeated.length > 0) remarks.file(file.pattern, 'error', `${file.file} has the column “${repeated[0]}” more than once in its header row: which one is meant cannot be told. Further ones are called “${repeated[0]} (2)” and so on; name the first one by renaming it in the export.`);
    else readable.push({ ...file, encoding, separator, columns });
  }
  return readable;
}

/** Every column under a name of its own: a further one of a name is `name (2)`, the seventh without a name `column 7`. */
function distinctNames(written: readonly string[]): readonly string[] {
  const taken = new Set(written);
  const seen = new Map<string, number>();
  return written.map((column, index) => {
    const count = (seen.get(column) ?? 0) + 1;
    seen.set(column, count);
    if (column !== '' && count === 1) return column;
    const base = column === '' ? `column ${index + 1}` : `${column} (${count})`;
    let name = base;
    for (let more = 2; taken.has(name); more++) name = `${base} (${more})`;
    taken.add(name);
    return name;
  });
}

function encodingOf(file: SourceFile, declared: Encoding | undefined, remarks: SourceRemarks): Encoding | undefined {
  const { encoding } = file.facts;
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return encoding;
  if (declared === undefined) {
    if (encoding !== undefined) return encoding;
    const word = /[\p{L}-]*[\u0080-\uFFFF][\p{L}-]*/u.exec(headText(file.facts, 'latin-1'))?.[0];
    remarks.encodingMissing(file.pattern, `${file.file} is not UTF-8. It was read as Latin-1${word === undefined ? '' : ` (“${word}”)`}: say which encoding it has (“encoding latin-1”).`);
    return 'latin-1';
  }
  if (declared === 'utf-8' && encoding === undefined) {
    remarks.file(file.pattern, 'error', `${file.file} is not UTF-8, as “encoding utf-8” says: it may be “encoding latin-1”.`);
    return undefined;
  }
  return declared;
}

/**
 * Leaves out files whose header row lacks columns that the source needs, each with one finding. What no file has is for the
 * expression that names it, unless nothing of the header row is known.
 */
export function withNeededColumns(source: Source, files: readonly ReadableFile[], needed: ReadonlySet<string>, remarks: SourceRemarks): readonly ReadableFile[] {
  const somewhere = new Set(files.flatMap((file) => file.columns));
  return files.filter((file) => {
    const missing = [...needed].filter((column) => somewhere.has(column) && !file.columns.includes(column));
    if (missing.length === 0) return true;
    remarks.file(file.pattern, 'error', `${file.file} has no column ${listed(missing)}, which other files of ${source.name} have: it was left out.`);
    return false;
  });
}

/** Whether no file has any of the columns that the source names: then the header row is wrong, not the names. */
export function headerIsForeign(files: readonly ReadableFile[], named: ReadonlySet<string>): boolean {
  return named.size > 1 && files.length > 0 && !files.some((file) => file.columns.some((column) => named.has(column)));
}

function listed(columns: readonly string[]): string {
  return columns.map((column) => `“${column}”`).join(', ');
}

/**
 * A query over the rows of all files: the used columns as `c0`, `c1`, … without surrounding blanks, NULL where empty.
 * Rows that do not fit their header are left out and counted.
 */
export async function rowsOf(source: Source, files: readonly ReadableFile[], plan: Pick<SourcePlan, 'usedColumns' | 'columnCells'>, engine: Engine, remarks: SourceRemarks, name: string): Promise<string> {
  const parts: string[] = [];
  for (const [index, group] of groups(files).entries()) {
    const first = group[0]!;
    if (first.encoding === 'utf-8' || first.encoding === 'latin-1') {
      // By their places: the engine takes “Status” and “status” for one name.
      const columns = first.columns.map((_, index) => `'t${index}': 'VARCHAR'`).join(', ');
      parts.push(`SELECT ${plan.columnCells((column) => `t${first.columns.indexOf(column)}`, source.emptyTexts)} FROM read_csv([${group.map(({ path }) => literal(path)).join(', ')}], header = true, auto_detect = false, columns = {${columns}}, delim = ${literal(first.separator)}, quote = '"', escape = '"', encoding = ${literal(first.encoding)}, compression = ${first.facts.gzip ? "'gzip'" : "'none'"}, nullstr = [${['', ...source.emptyTexts].map(literal).join(', ')}], ignore_errors = true, store_rejects = true, rejects_table = ${literal(`rejects_${name}_${index}`)}, rejects_scan = ${literal(`scans_${name}_${index}`)})`);
      remarks.rejects.push({ errors: `rejects_${name}_${index}`, scans: `scans_${name}_${index}` });
    } else {
      for (const [position, file] of group.entries()) {
        const decoded = await decodeWhole(file.path, file.facts, file.encoding);
        if (typeof decoded === 'string') {
          remarks.file(file.pattern, 'error', `${file.file} ${decoded}.`);
          continue;
        }
        const table = `text_${name}_${index}_${position}`;
        await engine.createTextTable(table, file.columns.length, withoutHeader(parseDelimited(decoded.text.replace(/^\uFEFF/u, ''), file.separator)));
        parts.push(`SELECT ${plan.columnCells((column) => `(CASE WHEN ${isOneOf(`c${file.columns.indexOf(column)}`, ['', ...source.emptyTexts])} THEN NULL ELSE c${file.columns.indexOf(column)} END)`, source.emptyTexts)} FROM ${table}`);
      }
    }
  }
  return parts.length === 0 ? `SELECT ${[...plan.usedColumns.map((_, position) => `NULL::VARCHAR AS c${position}`), 'NULL AS c'].join(', ')} WHERE false` : parts.join(' UNION ALL ');
}

function* withoutHeader(rows: Generator<string[]>): Generator<string[]> {
  rows.next();
  yield* rows;
}

function groups(files: readonly ReadableFile[]): ReadableFile[][] {
  const byLayout = new Map<string, ReadableFile[]>();
  for (const file of files) {
    const layout = JSON.stringify([file.columns, file.separator, file.encoding, file.facts.gzip]);
    const group = byLayout.get(layout);
    if (group) group.push(file);
    else byLayout.set(layout, [file]);
  }
  return [...byLayout.values()];
}

/** One finding for each file that became another while it was read: what was read of it may be neither the one nor the other. */
export async function changedMeanwhile(source: Source, files: readonly SourceFile[], data: DataFiles): Promise<SourceRemarks['findings']> {
  const remarks = new SourceRemarks(source);
  // Rows of a database were all read at one moment of it, and so were those of the model.
  if (source.database !== undefined || source.declared !== undefined) return [];
  for (const { file, pattern, size, modified } of files) {
    const [now] = (await data.listData([file])).files;
    if (now?.size !== size || now.modified !== modified) remarks.file(pattern, 'warning', `${file} changed while it was read, so figures from it may be wrong: measure again.`);
  }
  return remarks.findings;
}
