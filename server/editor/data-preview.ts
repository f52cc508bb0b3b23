/** What the files or the database of a source hold, looked at for the editor: columns, first rows and the values of a column. Always bounded. */
import type { Source } from '../../language/model/declarations.ts';
import type { DatabasePreview } from '../measurement/databases/database-preview.ts';
import { Engine } from '../measurement/engine.ts';
import { hashOf } from '../measurement/figure-cache.ts';
import { ConvertedTables } from '../measurement/formats/converted-tables.ts';
import { FactsMemory, findFiles, readHeaders, rowsOf, type DataFiles, type ReadableFile } from '../measurement/source-files.ts';
import { SourceRemarks } from '../measurement/source-remarks.ts';

export interface ColumnValue {
  readonly text: string;
  /** In how many of the rows that were looked at. */
  readonly count: number;
}

export interface ColumnValues {
  /** The most frequent first. */
  readonly values: readonly ColumnValue[];
  readonly rows: number;
  /** There are more rows, or more different values, than were looked at. */
  readonly isCut: boolean;
}

export interface FirstRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | undefined)[])[];
}

/** Nothing is looked into that is larger: reading it would take longer than anybody waits for a word. In bytes, of all files together. */
const sizeLimit = 256 * 1024 * 1024;
const rowLimit = 200_000;
export const valueLimit = 100;
const firstRows = 5;
/** How many answers are remembered. */
const remembered = 200;

/**
 * Looks into the data of one project, which has to be trusted. Remembers what it saw as long as the files stay the same. A signal stops
 * databases; of files little enough is read.
 */
export class DataPreview {
  readonly #data: DataFiles;
  readonly #databases: DatabasePreview | undefined;
  readonly #memory = new FactsMemory();
  readonly #answers = new Map<string, Promise<unknown>>();

  constructor(data: DataFiles, databases?: DatabasePreview) {
    this.#data = data;
    this.#databases = databases;
  }

  /** The columns of all files, in the order of the first; undefined where nothing can be read. */
  async columns(source: Source, signal?: AbortSignal): Promise<readonly string[] | undefined> {
    if (source.database !== undefined) return this.#databases?.columns(source, signal);
    return this.#reading(source, ['columns'], (files) => Promise.resolve([...new Set(files.flatMap(({ columns }) => columns))]));
  }

  /** The values of a column; undefined where no file has it. */
  async values(source: Source, column: string, signal?: AbortSignal): Promise<ColumnValues | undefined> {
    if (source.database !== undefined) {
      const found = await this.#databases?.values(source, column, rowLimit, valueLimit + 2, signal);
      return found && valuesOf(found.values, found.rows);
    }
    return this.#reading(source, ['values', column], async (all) => {
      const files = all.filter(({ columns }) => columns.includes(column));
      if (files.length === 0) return undefined;
      const rows = await query(source, files, [column], (table) => `SELECT c0, count(*) AS n, sum(n) OVER () FROM (SELECT c0 FROM ${table} LIMIT ${rowLimit}) GROUP BY c0 ORDER BY n DESC, c0 LIMIT ${valueLimit + 2}`);
      const values = rows.flatMap(([text, count]): ColumnValue[] => (typeof text === 'string' ? [{ text, count: Number(count) }] : []));
      return valuesOf(values, Number(rows[0]?.[2] ?? 0));
    });
  }

  /** The first rows of the files that a pattern names; of all where it is left out. */
  async firstRows(source: Source, pattern?: number, signal?: AbortSignal): Promise<FirstRows | undefined> {
    if (source.database !== undefined) return this.#databases?.firstRows(source, firstRows, signal);
    return this.#reading(source, ['first', pattern ?? -1], async (all) => {
      const file = all.find((one) => pattern === undefined || one.pattern === pattern);
      if (!file) return undefined;
      const rows = await query(source, [file], file.columns, (table) => `SELECT * FROM ${table} LIMIT ${firstRows}`);
      return { columns: file.columns, rows: rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : undefined))) };
    });
  }

  async #reading<Answer>(source: Source, question: readonly unknown[], read: (files: readonly ReadableFile[]) => Promise<Answer>): Promise<Answer | undefined> {
    const listing = await this.#data.listData(source.files);
    if (listing.files.length === 0 || listing.files.reduce((sum, { size }) => sum + size, 0) > sizeLimit) return undefined;
    // The same files, by size and time of change, give the same answer.
    const key = hashOf(listing.files, source.files, source.separator, source.encoding, source.sheet, source.emptyTexts, question);
    const known = this.#answers.get(key) as Promise<Answer | undefined> | undefined;
    if (known) return known;
    const tables = new ConvertedTables(undefined, this.#data.root);
    const answer = (async () => {
      try {
        const remarks = new SourceRemarks(source);
        const files = readHeaders(source, await findFiles(source, this.#data, this.#memory, tables, remarks, new AbortController().signal), remarks);
        return files.length === 0 ? undefined : await read(files);
      } finally {
        await tables.close();
      }
    })();
    this.#answers.set(key, answer);
    // What failed may be tried again: a file may have been busy.
    answer.catch(() => this.#answers.delete(key));
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= remembered) break;
      this.#answers.delete(oldest);
    }
    return answer;
  }
}

function valuesOf(values: readonly ColumnValue[], rows: number): ColumnValues {
  return { values: values.slice(0, valueLimit), rows, isCut: values.length > valueLimit || rows >= rowLimit };
}

async function query(source: Source, files: readonly ReadableFile[], columns: readonly string[], sql: (table: string) => string): Promise<Awaited<ReturnType<Engine['rows']>>> {
  const engine = await Engine.open(files.map(({ path }) => path), new AbortController().signal);
  try {
    const plan = { usedColumns: [...columns], columnCells: (cell: (name: string) => string) => columns.map((name, index) => `${cell(name)} AS c${index}`).join(', ') };
    return await engine.rows(sql(`(${await rowsOf(source, files, plan, engine, new SourceRemarks(source), 'preview')})`));
  } finally {
    engine.close();
  }
}
