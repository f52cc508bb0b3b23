import type { AnyDeclaration } from './declarations.ts';

/** The title that a declaration states; what stands in its place where it states none is the reader's choice. */
export function declaredTitle(node: AnyDeclaration): string | undefined {
  return 'title' in node && typeof node.title === 'string' ? node.title : undefined;
}
