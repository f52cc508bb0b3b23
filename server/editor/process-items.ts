import type { Position } from 'vscode-languageserver';
import type { Process } from '../../language/model/declarations.ts';
import type { ExportedName, PlacedEntity } from '../../language/model/fragment.ts';
import type { KnownName } from '../../language/model/model.ts';
import type { Span } from '../../language/model/span.ts';
import type { EditorProject } from './editor-project.ts';
import type { NameAt, Occurrence } from './occurrences.ts';
import { spanRange, touches } from './positions.ts';

/** What passes between processes has no declaration of its own: an output is its declaration, inputs and steps refer to it. */
export const processItem = 'ProcessItem';

interface Mention {
  readonly id: string;
  readonly at: Span;
  readonly role: 'output' | 'input' | 'produced';
  readonly index: number;
}

function mentions(process: Process): Mention[] {
  return [
    ...process.outputs.map(({ name, $at }, index): Mention => ({ id: name, at: $at['name'] as Span, role: 'output', index })),
    ...process.inputs.map(({ name, $at }, index): Mention => ({ id: name, at: $at['name'] as Span, role: 'input', index })),
    ...process.nodes.flatMap((node) => (node.$type === 'Step' ? node.produces.map((id, index): Mention => ({ id, at: (node.$at['produces'] as readonly Span[])[index]!, role: 'produced', index })) : [])),
  ];
}

/** The input or output named at a position of a process. */
export function processItemAt(project: EditorProject, placed: PlacedEntity, position: Position): NameAt | undefined {
  const { node } = placed.entity;
  if (node.$type !== 'Process') return undefined;
  for (const { id, at, role } of mentions(node)) {
    const range = spanRange(placed, at);
    if (touches(range, position)) return { placed, range, type: processItem, id, known: declarationOf(project, id), isDeclaration: role === 'output' };
  }
  return undefined;
}

/** The output of that name; of what comes from outside, the first input. */
function declarationOf(project: EditorProject, id: string): KnownName | undefined {
  let input: KnownName | undefined;
  for (const process of project.model.all('Process')) {
    const entity = project.model.entity(process.$key);
    const mention = mentions(process).find((one) => one.id === id && one.role !== 'produced');
    if (!entity || !mention) continue;
    const name: ExportedName = { type: processItem, id, at: mention.at, path: [mention.role === 'output' ? 'outputs' : 'inputs', mention.index] };
    if (mention.role === 'output') return { name, entity };
    input ??= { name, entity };
  }
  return input;
}

/** Everywhere an item is named, in all processes. */
export function processItemOccurrences(project: EditorProject, id: string): Occurrence[] {
  const found: Occurrence[] = [];
  for (const file of project.model.files()) {
    for (const placed of project.model.fragment(file)?.declarations ?? []) {
      const { node } = placed.entity;
      if (node.$type !== 'Process') continue;
      for (const mention of mentions(node)) if (mention.id === id) found.push({ file, range: spanRange(placed, mention.at), isDeclaration: mention.role === 'output' });
    }
  }
  return found.some(({ isDeclaration }) => isDeclaration) ? found : found.map((one) => ({ ...one, isDeclaration: true }));
}

export function isProcessItem(project: EditorProject, id: string): boolean {
  return declarationOf(project, id) !== undefined;
}
