/** Where in a declaration each of its references stands, by property. */
import type { Entity, NameReference, Path } from '../../../language/model/fragment.ts';
import type { Span } from '../../../language/model/span.ts';

export interface PlacedReference {
  readonly reference: NameReference;
  readonly path: Path;
}

/** Iterative: an expression may nest deeply. References that stand in no fact of the model (a word of a value table) have an empty path. */
export function placedReferences(entity: Entity): readonly PlacedReference[] {
  if (entity.references.length === 0) return [];
  const wanted = new Map<Span, NameReference>();
  for (const reference of entity.references) wanted.set(reference.at, reference);
  const found: PlacedReference[] = [];
  const waiting: { readonly value: unknown; readonly at: unknown; readonly path: Path }[] = [{ value: entity.node, at: undefined, path: [] }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, at, path } = next;
    if (typeof value === 'string') {
      const reference = typeof at === 'number' ? wanted.get(at as Span) : undefined;
      if (!reference) continue;
      found.push({ reference, path });
      wanted.delete(reference.at);
    } else if (Array.isArray(value)) {
      value.forEach((item: unknown, index) => waiting.push({ value: item, at: Array.isArray(at) ? (at as readonly unknown[])[index] : at, path: [...path, index] }));
    } else if (typeof value === 'object' && value !== null) {
      const spans = '$at' in value ? (value.$at as Readonly<Record<string, unknown>>) : {};
      for (const [property, inner] of Object.entries(value)) if (!property.startsWith('$') && (typeof inner === 'string' || typeof inner === 'object')) waiting.push({ value: inner, at: spans[property], path: [...path, property] });
    }
  }
  return [...found.toReversed(), ...[...wanted.values()].map((reference) => ({ reference, path: [] }))];
}
