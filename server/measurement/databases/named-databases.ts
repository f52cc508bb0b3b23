import type { Model } from '../../../language/model/model.ts';
import type { DatabaseKind } from './connection.ts';

/** A database by the name that sources of a model give it. */
export interface NamedDatabase {
  readonly name: string;
  readonly kind: DatabaseKind;
}

/** The databases that the sources of a model name, each once, in the order of the model. */
export function databasesOf(model: Model): readonly NamedDatabase[] {
  const found = new Map<string, NamedDatabase>();
  for (const { database, protocol = 'postgres' } of model.all('Source')) if (database !== undefined) found.set(`${protocol} ${database}`, { name: database, kind: protocol });
  return [...found.values()];
}
