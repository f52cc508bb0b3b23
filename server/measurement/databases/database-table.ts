import { rm } from 'node:fs/promises';
import type { Source } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import { inspectFile } from '../data-file.ts';
import { hashOf } from '../figure-cache.ts';
import type { ConvertedTables } from '../formats/converted-tables.ts';
import { Refusal } from '../formats/rows.ts';
import { TableWriter } from '../formats/table-writer.ts';
import type { SourceFile } from '../source-files.ts';
import type { SourceRemarks } from '../source-remarks.ts';
import { plain } from '../subjects.ts';
import { postgresConnection, type Environment } from './connection.ts';
import { neededColumns } from './needed-columns.ts';
import { readPostgres, usualLimits, type ReadLimits, type Selection } from './postgres.ts';
import { placeInWords } from './place-in-words.ts';
import { pushedTests } from './pushed-filter.ts';

export interface DatabaseOptions {
  readonly environment: Environment;
  readonly limits?: Partial<ReadLimits>;
}

/** The rows of a source that names a database, as a table of text; what is wrong with it is a finding where the source names it. */
export async function databaseTable(model: Model, source: Source, tables: ConvertedTables, remarks: SourceRemarks, options: DatabaseOptions, signal: AbortSignal): Promise<readonly SourceFile[]> {
  const { database, table, query } = source;
  if (database === undefined) return [];
  try {
    const connection = postgresConnection(database, options.environment);
    const select = (available: readonly string[]): Selection => {
      const columns = neededColumns(model, source, available);
      return { columns, tests: pushedTests(source, columns) };
    };
    // What the read depends on beside the data: a model that asks for other columns reads anew.
    const wanted = hashOf(database, table, query, plain(source), plain([...namesOfModel(model)]));
    const path = await tables.fetched(wanted, async (target) => {
      const writer = new TableWriter(target);
      try {
        await readPostgres(connection, { table, query }, select, writer, { ...usualLimits, ...options.limits }, signal);
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
  } catch (error) {
    signal.throwIfAborted();
    const message = error instanceof Refusal ? error.message : `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    remarks.file(0, 'error', `The database ${database} ${message}.`);
    return [];
  }
}

/** All that decides which columns are asked for. */
function* namesOfModel(model: Model): Generator<unknown> {
  for (const { mappings, filter, pauses, key, historyKey, historyAt } of model.all('Source')) yield [mappings, filter, pauses, key, historyKey, historyAt];
  for (const { targets, workloadLimits } of model.all('Agreement')) yield [targets, workloadLimits].flat().map(({ filter }) => filter);
  for (const { filter, value, groupings } of model.all('Metric')) yield [filter, value, groupings];
}
