import { rm } from 'node:fs/promises';
import type { Source } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import { inspectFile } from '../data-file.ts';
import { NotComputedThere } from '../dialect.ts';
import { hashOf } from '../figure-cache.ts';
import type { ConvertedTables } from '../formats/converted-tables.ts';
import { Refusal } from '../formats/rows.ts';
import { TableWriter } from '../formats/table-writer.ts';
import type { SourceFile } from '../source-files.ts';
import type { SourceRemarks } from '../source-remarks.ts';
import { plain } from '../subjects.ts';
import { askedPostgres } from './asked-postgres.ts';
import { askedTrino } from './asked-trino.ts';
import { connectionOf, type Connection, type Environment } from './connection.ts';
import type { Credentials } from './credentials.ts';
import { neededColumns } from './needed-columns.ts';
import { readPostgres } from './postgres.ts';
import { usualLimits, type ReadLimits } from './read-limits.ts';
import { saysOrder, type Selection } from './reading-query.ts';
import { readTrino } from './trino.ts';
import { placeInWords } from './place-in-words.ts';
import { pushedTests } from './pushed-filter.ts';
import { PushedTable, type Answered } from './pushed-table.ts';

export interface DatabaseOptions {
  readonly environment: Environment;
  readonly credentials?: Credentials | undefined;
  readonly limits?: Partial<ReadLimits>;
  /** Told of each question that a database has answered. */
  readonly observe?: (answered: Answered) => void;
}

/** Where the records of a source are: in their database, or in a table of text that was read from it. */
export interface DatabaseRecords {
  readonly files: readonly SourceFile[];
  readonly elsewhere?: PushedTable;
}

/** How one run reads databases. */
export interface DatabaseReading {
  /** Why rows are read although their database could be asked, by source; what is found out is added. */
  readonly because: Map<string, string>;
  /** What was seen a short time ago is not looked at again. */
  readonly mayRemember: boolean;
}

/** The records of a source that names a database; what is wrong with it is a finding where the source names it. */
export async function databaseRecords(model: Model, source: Source, tables: ConvertedTables, remarks: SourceRemarks, options: DatabaseOptions, reading: DatabaseReading, signal: AbortSignal): Promise<DatabaseRecords> {
  const { database } = source;
  if (database === undefined) return { files: [] };
  const kind = source.protocol ?? 'postgres';
  const limits = { ...usualLimits, ...options.limits };
  try {
    const connection = connectionOf(kind, database, options.environment, options.credentials);
    // What the records depend on beside the data: a model that asks for other columns looks anew.
    const wanted = hashOf(kind, database, source.table, source.query, plain(source), plain([...namesOfModel(model)]));
    if (kind === 'trino' && saysOrder(source) && (source.keep === 'first' || source.keep === 'last')) throw new Refusal(`cannot be read with “keep ${source.keep}”: Trino keeps no order of rows in a query that is asked about. Let the query pick the rows, such as with row_number(), or say “history by … at …”`);
    if (!reading.because.has(source.name)) {
      try {
        return { files: [], elsewhere: await PushedTable.see(asked[kind], model, source, connection, hashOf(wanted, connection), reading.mayRemember, limits, signal, options.observe) };
      } catch (error) {
        if (!(error instanceof NotComputedThere)) throw error;
        reading.because.set(source.name, error.reason);
      }
    }
    return { files: await readRows(model, source, connection, tables, wanted, limits, signal) };
  } catch (error) {
    signal.throwIfAborted();
    const message = error instanceof Refusal ? error.message : `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    remarks.file(0, 'error', `The database ${database} ${message}.`);
    return { files: [] };
  }
}

const asked = { postgres: askedPostgres, trino: askedTrino } as const;
const readers = { postgres: readPostgres, trino: readTrino } as const;

/** The rows as a table of text. */
async function readRows(model: Model, source: Source, connection: Connection, tables: ConvertedTables, wanted: string, limits: ReadLimits, signal: AbortSignal): Promise<readonly SourceFile[]> {
  const select = (available: readonly string[]): Selection => {
    const columns = neededColumns(model, source, available);
    return { columns, tests: pushedTests(source, columns) };
  };
  const path = await tables.fetched(wanted, async (target) => {
    const writer = new TableWriter(target);
    try {
      await readers[source.protocol ?? 'postgres'](connection, source, select, writer, limits, signal);
      await writer.end();
    } catch (error) {
      await writer.end().catch(() => undefined);
      await rm(target, { force: true });
      throw error;
    }
  });
  const facts = await inspectFile(path, signal);
  if (facts.refusal !== undefined) throw new Refusal(facts.refusal);
  return [{ file: placeInWords(source), pattern: 0, path, facts, size: 0, modified: 0, isConverted: true }];
}

/** All that decides which columns are asked for. */
function* namesOfModel(model: Model): Generator<unknown> {
  for (const { mappings, filter, pauses, key, historyKey, historyAt } of model.all('Source')) yield [mappings, filter, pauses, key, historyKey, historyAt];
  for (const { targets, workloadLimits } of model.all('Agreement')) yield [targets, workloadLimits].flat().map(({ filter }) => filter);
  for (const { filter, value, groupings } of model.all('Metric')) yield [filter, value, groupings];
}
