import type { AnyDeclaration } from '../model/declarations.ts';
import type { LocalFinding } from '../model/finding.ts';
import { selfDependencies } from './self-dependency.ts';

/** Well-formedness of one declaration by its own text: values, units, dates, words. Links are checked in the model. */
export function checkDeclaration(declaration: AnyDeclaration): LocalFinding[] {
  return selfDependencies(declaration);
}
