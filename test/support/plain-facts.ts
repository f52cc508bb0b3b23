import type { Fragment } from '../../language/model/fragment.ts';

/** The declarations of a fragment without places, so that texts of different layout can be compared. */
export function factsOf(fragment: Fragment): unknown[] {
  return fragment.declarations.map(({ entity }) => withoutPlaces(entity.node));
}

/** A declaration or a part of one without places. A key is its name again, or tells the text of what has none. */
export function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== '$at' && name !== '$key').map(([name, inner]) => [name, withoutPlaces(inner)]));
}
