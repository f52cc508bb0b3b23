import type { AnyDeclaration } from '../model/declarations.ts';
import type { LocalFinding } from '../model/finding.ts';
import { spanAtPath } from '../model/places.ts';

/** A service or configuration item cannot rest on itself: what was meant is another, or a part of it. */
export function selfDependencies(declaration: AnyDeclaration): LocalFinding[] {
  if (declaration.$type !== 'Service' && declaration.$type !== 'ConfigurationItem') return [];
  return declaration.dependencies.flatMap(({ on }, dependency) =>
    on.flatMap((id, position) =>
      id === declaration.name
        ? [{ code: 'self-dependency', severity: 'error' as const, message: `“${id}” depends on itself. Name what it really needs, or leave this out.`, at: spanAtPath(declaration, ['dependencies', dependency, 'on', position]) }]
        : []));
}
