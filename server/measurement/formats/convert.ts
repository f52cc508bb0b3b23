/** Turns every other format into the one that the engine reads, so that all of them go the same way from there. */
import { rm } from 'node:fs/promises';
import type { Format } from './format.ts';
import { readEventLog } from './event-log.ts';
import { readJson, readJsonLines } from './json.ts';
import { parquetToText } from './parquet.ts';
import { Refusal, type Row } from './rows.ts';
import { readSpreadsheet } from './spreadsheet.ts';
import { TableWriter } from './table-writer.ts';

export interface Conversion {
  readonly path: string;
  readonly format: Exclude<Format, 'delimited'>;
  readonly gzip: boolean;
  /** The sheet of a spreadsheet; its first where left out. */
  readonly sheet: string | undefined;
  readonly signal: AbortSignal;
}

export interface Converted {
  /** What could not be a row: how often, and the first of it. */
  readonly odd: readonly string[];
  readonly oddCount: number;
}

const shownOddities = 3;
/** More different names are keys of data, not columns. */
const mostColumns = 5_000;

/** Writes a table of text. @throws Refusal, or what the file system throws; nothing is left behind then */
export async function convert(conversion: Conversion, target: string): Promise<Converted> {
  try {
    return await write(conversion, target);
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
}

async function write({ path, format, gzip, sheet, signal }: Conversion, target: string): Promise<Converted> {
  switch (format) {
    case 'parquet':
      await parquetToText(path, target, signal);
      return { odd: [], oddCount: 0 };
    case 'spreadsheet': {
      const writer = new TableWriter(target);
      for (const row of await readSpreadsheet(path, sheet)) await writer.row(row);
      await writer.end();
      return { odd: [], oddCount: 0 };
    }
    case 'json-lines':
      return writeRows(() => readJsonLines(path, gzip, signal), target);
    case 'json':
      return writeRows(() => readJson(path, gzip), target);
    case 'event-log':
      return writeRows(() => readEventLog(path, gzip, signal), target);
  }
}

/** Reads twice: a column may first appear in the last row, and rows are not held in memory. */
async function writeRows(read: () => AsyncIterable<Row>, target: string): Promise<Converted> {
  const columns = new Map<string, number>();
  const odd: string[] = [];
  let oddCount = 0;
  for await (const row of read()) {
    if ('odd' in row) {
      if (oddCount++ < shownOddities) odd.push(row.odd);
      continue;
    }
    for (const name of row.cells.keys()) if (!columns.has(name)) columns.set(name, columns.size);
    if (columns.size > mostColumns) throw new Refusal(`has more than ${mostColumns} different names of columns: names are data there`);
  }
  const names = [...columns.keys()];
  const writer = new TableWriter(target);
  await writer.row(names);
  for await (const row of read()) if ('cells' in row) await writer.row(names.map((name) => row.cells.get(name) ?? ''));
  await writer.end();
  return { odd, oddCount };
}
