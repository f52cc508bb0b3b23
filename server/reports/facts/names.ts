/** How declarations are called in documents: by their title, and by their id where they have none. */
import { catalogue } from '../../../language/catalogue/catalogue.ts';
import type { Model } from '../../../language/model/model.ts';
import { wordsIn, type Words } from '../words/words.ts';

interface Named {
  readonly name: string;
  readonly title?: string;
}

export function titleOf(declaration: Named): string {
  return declaration.title ?? declaration.name;
}

/** The title of whatever an id means at a position of the given type (`Party`, `Service`, …); the id where it means nothing. */
export function titleById(model: Model, type: string, id: string): string {
  return model.find(type, id)?.name.title ?? id;
}

export function titlesById(model: Model, type: string, ids: readonly string[]): string {
  return ids.map((id) => titleById(model, type, id)).join(', ');
}

/** `iso20000:8.4.2.b` as people say it: `clause 8.4.2, item b`, and `clause 8.6.1, row 7` where the number is the catalogue's own. */
export function clauseInWords(requirement: string, words: Words = wordsIn('en')): string {
  const id = requirement.replace(/^iso20000:/, '');
  // Rows are known by the catalogue: `4.1.1` is row 1 of clause 4.1, `8.3.1` a clause.
  const row = catalogue.row(id);
  const [, clause = id, last] = row ? [id, row.clause, id.slice(row.clause.length + 1)] : (/^(\d+(?:\.\d+){0,2})(?:\.([a-z]\d?|\d+))?$/.exec(id) ?? []);
  if (last === undefined) return words.say('clause {0}', clause);
  return /^[a-z]/.test(last) ? words.say('clause {0}, item {1}', clause, last) : words.say('clause {0}, row {1}', clause, last);
}
