import type { Source } from '../../../language/model/declarations.ts';

/** Where a source's records are: its files, or what it reads of which database. */
export function placeInWords({ database, table, files }: Pick<Source, 'database' | 'table' | 'files'>): string {
  if (database === undefined) return files.join(', ');
  return table === undefined ? `a query of the database ${database}` : `${table} of the database ${database}`;
}
