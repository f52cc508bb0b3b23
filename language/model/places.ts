import type { Path, PlacedEntity } from './fragment.ts';
import { spanColumn, spanLength, spanLine, type Range, type Span } from './span.ts';

/**
 * The span of a fact: of the value at the end of the path; where the path does not lead to text (an absent fact), of
 * the nearest thing before it, in the end the declaration's name.
 */
export function spanAtPath(declaration: object, path: Path): Span {
  let node: unknown = declaration;
  let best = ownSpan(declaration);
  for (let index = 0; index < path.length; index++) {
    const step = path[index]!;
    if (typeof node !== 'object' || node === null) return best;
    if (Array.isArray(node)) {
      node = node[Number(step)];
      const own = ownSpan(node);
      if (own !== undefined) best = own;
      continue;
    }
    const at = spansOf(node)?.[String(step)];
    const next = path[index + 1];
    if (typeof at === 'number') best = at;
    else if (Array.isArray(at)) best = (typeof next === 'number' ? at[next] : at[0]) ?? best;
    node = (node as Record<string, unknown>)[String(step)];
    if (typeof node === 'object' && node !== null && !Array.isArray(node) && index === path.length - 1) best = ownSpan(node) ?? best;
  }
  return best ?? (0 as Span);
}

function spansOf(node: unknown): Record<string, Span | Span[]> | undefined {
  return typeof node === 'object' && node !== null && '$at' in node ? (node.$at as Record<string, Span | Span[]>) : undefined;
}

/** The name of a node, or its first line where it has none. */
function ownSpan(node: unknown): Span {
  const spans = spansOf(node);
  const name = spans?.['name'];
  const self = spans?.['$self'];
  return (typeof name === 'number' ? name : typeof self === 'number' ? self : undefined) as Span;
}

/** A span of a placed declaration as a range of its file. */
export function rangeOf(placed: Pick<PlacedEntity, 'line' | 'column'>, at: Span): Range {
  const relative = spanLine(at);
  const line = placed.line + relative;
  const column = spanColumn(at) + (relative === 0 ? placed.column : 0);
  return { line, column, endLine: line, endColumn: column + spanLength(at) };
}
