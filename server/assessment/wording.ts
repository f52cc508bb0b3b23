import { catalogue, type RequirementRow } from '../../language/catalogue/catalogue.ts';

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}

/** The first few of many, and how many more there are. */
export function firstOf(items: readonly string[], most = 5): string {
  return items.length <= most ? listed(items) : `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
}

/** A declaration as people know it: its title, else its id. */
export function named(declaration: { readonly name: string; readonly title?: string | undefined }): string {
  return `“${declaration.title ?? declaration.name}”`;
}

/** `3 of 1,200 incidents`. */
export function quantityOf(part: number, whole: number, plural: string): string {
  return `${part.toLocaleString('en')} of ${whole.toLocaleString('en')} ${plural}`;
}

/** `1 gap`, `2 gaps`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? singular : plural}`;
}

/** The last part of a row's id. The catalogue's running numbers are its own, so they are called items. */
export function itemOf(row: RequirementRow): string {
  return row.id.slice(row.clause.length + 1);
}

/** `clause 8.3.3, items a and b`, and how sure the catalogue is of its reading, where it is not sure. */
export function clauseAndItems(rows: readonly string[]): string {
  const known = rows.flatMap((id) => catalogue.row(id) ?? []);
  const byClause = new Map<string, RequirementRow[]>();
  for (const row of known) byClause.set(row.clause, [...(byClause.get(row.clause) ?? []), row]);
  const parts = [...byClause].map(([clause, items]) => `clause ${clause}, ${items.length === 1 ? 'item' : 'items'} ${listed(items.map(itemOf))}`);
  const unsure = known.filter(({ confidence }) => confidence !== 'high').map(({ confidence }) => confidence);
  const confidence = unsure.length === 0 ? '' : `; confidence in our reading: ${unsure.includes('low') ? 'low' : 'medium'}`;
  return `${parts.join('; ')}${confidence}`;
}

/** Orders rows and clauses as the standard does: numbers by value, letters after them. */
export function compareIds(a: string, b: string): number {
  const [left, right] = [a.split(/[.#]/), b.split(/[.#]/)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [x, y] = [left[index], right[index]];
    if (x === undefined) return -1;
    if (y === undefined) return 1;
    if (x === y) continue;
    const [numberX, numberY] = [Number(x), Number(y)];
    if (!Number.isNaN(numberX) && !Number.isNaN(numberY)) return numberX - numberY;
    if (!Number.isNaN(numberX)) return -1;
    if (!Number.isNaN(numberY)) return 1;
    return x < y ? -1 : 1;
  }
  return 0;
}
