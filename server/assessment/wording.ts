import { catalogue, type RequirementRow } from '../../language/catalogue/catalogue.ts';

const numbers = new Intl.NumberFormat('en');

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
  return `${numbers.format(part)} of ${numbers.format(whole)} ${plural}`;
}

/** `1 gap`, `2 gaps`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${numbers.format(count)} ${count === 1 ? singular : plural}`;
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

const positions = new Map(catalogue.requirements.map(({ id }, index) => [id, index]));

/** Orders rows as the catalogue does, which is the order of the standard's text. */
export function compareRows(a: string, b: string): number {
  return (positions.get(a) ?? Infinity) - (positions.get(b) ?? Infinity) || (a < b ? -1 : a > b ? 1 : 0);
}

/** Orders clauses by their numbers. */
export function compareClauses(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? -1) - (right[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** How long ago or how long: `a month`, `3 months`. */
export function monthsInWords(months: number): string {
  return months === 1 ? 'a month' : `${months} months`;
}
