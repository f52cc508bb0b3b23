import { reflection } from '../../generated/ast.ts';
import type { AnyDeclaration } from '../../model/declarations.ts';
import type { Path } from '../../model/fragment.ts';
import { spanColumn, spanLine, type Span } from '../../model/span.ts';
import type { Report } from '../report.ts';

/**
 * Line ends have no meaning, so a fact on the line behind an action goes on with the action if an action has such a fact too. Where it
 * stands in the column of the facts, it was probably meant for the declaration.
 */
export function checkActionFacts(action: object, path: () => Path, declaration: AnyDeclaration, report: Report): void {
  if (!('$at' in action) || typeof action.$at !== 'object' || action.$at === null) return;
  const places = action.$at as Readonly<Record<string, Span | readonly Span[]>>;
  const { text } = places;
  if (typeof text !== 'number') return;
  for (const [property, at] of Object.entries(places)) {
    if (typeof at !== 'number' || property === 'text' || spanLine(at) <= spanLine(text) || !hasFact(declaration.$type, property)) continue;
    const keyword = spanColumn(at) - property.length - 1;
    if (keyword > spanColumn(text) - shortestKeyword) continue;
    report.warning('part-of-action', [...path(), property], `This “${property}” belongs to the action before it. If the declaration’s own is meant, write it before the action.`);
  }
}

const shortestKeyword = 'action '.length;

function hasFact(type: string, property: string): boolean {
  return Object.hasOwn(reflection.getTypeMetaData(type).properties, property);
}
