import type { AnyDeclaration } from '../../language/model/declarations.ts';
import type { Finding } from '../../language/model/finding.ts';
import { isFilledIn } from './filled-in.ts';
import type { NamedFileState } from './named-files.ts';
import { placeOf } from './remark.ts';

/** Rules about documented information and evidence say it of these themselves, with the requirement. */
const saidByRules: ReadonlySet<string> = new Set(['Evidence', 'ControlledDocument']);

/** A file that is named and is not there, or may not be read: what is said to stand in it cannot be shown. */
export function missingFile(declaration: AnyDeclaration, file: (path: string) => NamedFileState | undefined): readonly Finding[] {
  if (saidByRules.has(declaration.$type) || !('file' in declaration) || typeof declaration.file !== 'string' || !isFilledIn(declaration.file)) return [];
  const state = file(declaration.file);
  if (state?.kind !== 'refused') return [];
  return [{ code: 'missing-file', severity: 'warning', message: state.message, place: placeOf(declaration, 'file'), requirements: [], related: [], fixes: [] }];
}
