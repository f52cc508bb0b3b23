import type { Position, Range } from 'vscode-languageserver';
import { isBuiltIn } from '../../language/references/built-in.ts';
import { describeType } from '../../language/references/link-check.ts';
import type { EditorProject } from './editor-project.ts';
import { isProcessItem, processItem } from './process-items.ts';
import { nameAt, occurrencesOf, type NameAt } from './occurrences.ts';

/** Why a name cannot be changed, in the user's words. */
export class RenameRefusal extends Error {}

export interface FileEdit {
  readonly file: string;
  readonly range: Range;
  readonly newText: string;
}

const idPattern = /^[A-Za-z\u00C0-\u1FFF\u2C00-\uD7FF\uF900-\uFDFF][A-Za-z0-9_\u00C0-\u1FFF\u2C00-\uD7FF\uF900-\uFDFF]*(-[A-Za-z0-9_\u00C0-\u1FFF\u2C00-\uD7FF\uF900-\uFDFF]+)*$/;

/**
 * The name that would be changed at a position.
 *
 * @throws RenameRefusal where nothing can be renamed
 */
export function prepareRename(project: EditorProject, file: string, position: Position): { range: Range; placeholder: string } {
  const { range, id } = renamable(project, file, position);
  return { range, placeholder: localName(id) };
}

/**
 * The edits that give a declaration or part another name everywhere, in all files.
 *
 * @throws RenameRefusal if the name is no name, is taken, or cannot be changed
 */
export function rename(project: EditorProject, file: string, position: Position, newName: string): FileEdit[] {
  const { type, id } = renamable(project, file, position);
  if (!idPattern.test(newName)) throw new RenameRefusal(`“${newName}” is not a name: it begins with a letter and holds letters, digits, _ and inner -.`);
  if (newName === localName(id)) return [];
  const dot = id.lastIndexOf('.');
  const newId = dot === -1 ? newName : `${id.slice(0, dot + 1)}${newName}`;
  const { model } = project;
  const positions = new Set([type, ...model.referrers(type, id).map(({ reference }) => reference.type)]);
  for (const taken of positions) {
    const [other] = model.candidates(taken, newId);
    if (other) throw new RenameRefusal(`There is already a ${describeType(other.name.type)} “${newName}”.`);
  }
  if (type === processItem && isProcessItem(project, newId)) throw new RenameRefusal(`There is already an input or output “${newName}”.`);
  return occurrencesOf(project, type, id).map(({ file: where, range }) => ({ file: where, range, newText: newName }));
}

function renamable(project: EditorProject, file: string, position: Position): NameAt {
  const found = nameAt(project, file, position);
  if (!found) throw new RenameRefusal('There is no name here that can be changed.');
  if (!found.known) throw new RenameRefusal(`“${found.id}” is not declared.`);
  if (isBuiltIn(found.known.entity)) throw new RenameRefusal(`“${found.id}” is built in and keeps its name.`);
  return found;
}

function localName(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1);
}
