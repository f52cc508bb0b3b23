import type { Source } from '../../../language/model/declarations.ts';
import type { SourceSummary } from '../figure.ts';

/** Where a source's records are: its files, or what it reads of which database. */
export function placeInWords({ database, table, files }: Pick<Source, 'database' | 'table' | 'files'>): string {
  if (database === undefined) return files.join(', ');
  return table === undefined ? `a query of the database ${database}` : `${table} of the database ${database}`;
}

/** Where what rests on a source was computed; undefined where it is no question. */
export function computedInWords({ computedIn, readBecause }: Pick<SourceSummary, 'computedIn' | 'readBecause'>): string | undefined {
  if (computedIn === 'database') return 'computed in the database';
  return readBecause === undefined ? undefined : `computed here from its rows, because ${readBecause}`;
}
