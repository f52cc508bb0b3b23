/** A source that reads the model itself: `source risks of declaration from model risk`. */
import { rm } from 'node:fs/promises';
import type { Source } from '../../language/model/declarations.ts';
import type { Model } from '../../language/model/model.ts';
import { declarationKind } from '../../language/model/record-kinds.ts';
import { nearest } from '../../language/values/nearest.ts';
import { inspectFile } from './data-file.ts';
import { hashOf } from './figure-cache.ts';
import type { ConvertedTables } from './formats/converted-tables.ts';
import { TableWriter } from './formats/table-writer.ts';
import { declaredRecords, declaredTypes } from './model-records.ts';
import type { SourceFile } from './source-files.ts';
import type { SourceRemarks } from './source-remarks.ts';

/** Its records as a table of text; what is wrong with it is a finding at the word that names the type. */
export async function modelTable(model: Model, source: Source, tables: ConvertedTables, remarks: SourceRemarks, signal: AbortSignal): Promise<readonly SourceFile[]> {
  const type = source.declared ?? '';
  if (source.recordKind !== declarationKind) {
    remarks.at(['recordKind'], 'error', 'model-source', `What the model declares is of kind ${declarationKind}, not ${source.recordKind}.`, declarationKind);
    return [];
  }
  if (!declaredTypes.has(type)) {
    const suggestion = nearest(type, declaredTypes.keys());
    remarks.at(['declared'], 'error', 'model-source', `The model declares nothing of a type “${type}”${suggestion === undefined ? '; types are risk, action, audit, nonconformity, service, agreement and the like' : `; did you mean “${suggestion}”?`}${suggestion === undefined ? '.' : ''}`, suggestion);
    return [];
  }
  const { columns, rows } = declaredRecords(model, type);
  const path = await tables.fetched(hashOf('model', columns, rows), async (target) => {
    const writer = new TableWriter(target);
    try {
      await writer.row(columns);
      for (const row of rows) await writer.row(row);
      await writer.end();
    } catch (error) {
      await writer.end().catch(() => undefined);
      await rm(target, { force: true });
      throw error;
    }
  });
  return [{ file: 'the model', pattern: 0, path, facts: await inspectFile(path, signal), size: 0, modified: 0, isConverted: true }];
}

/** The source as one over that table: its key, its one field, and dates as the model writes them. */
export function asTableSource(source: Source): Source {
  const mapping = { $type: 'Mapping', $at: source.$at, field: 'recorded', value: { $type: 'ColumnName', $at: source.$at, name: 'recorded' }, entries: [] };
  return { ...source, key: 'id', dateFormat: 'iso', dateZone: 'UTC', files: ['the model'], mappings: [...source.mappings.filter(({ field }) => field !== 'recorded'), mapping] as Source['mappings'] };
}
