import { CompletionItemKind } from 'vscode-languageserver';
import { describeType } from '../../../language/references/link-check.ts';
import type { Trail } from '../../../language/syntax/expectation.ts';
import type { EditorProject } from '../editor-project.ts';
import type { Candidate } from './candidates.ts';

/** The names a position may refer to: those of its type, and of parts that are local only the ones of this declaration. */
export function nameCandidates(project: EditorProject, type: string, trail: Trail | undefined, declaration = ''): Candidate[] {
  const observed = type === 'FlowNode' ? /\bsteps\s+of\s+([\w-]+)/u.exec(declaration)?.[1] : undefined;
  if (observed !== undefined) return stepsOf(project, observed);
  if (type === 'FlowNode') return localNames(declaration, /(?:^|[{\n])[ \t]*(?:step|decide|fork|join)[ \t]+([\w-]+)/g, type, trail);
  if (type === 'ServiceLevelTarget') return localNames(declaration, /(?:^|[{\n])[ \t]*target[ \t]+([\w-]+)/g, type, trail);
  const candidates: Candidate[] = [];
  const seen = new Set<string>();
  for (const { name } of project.model.namesOf(type)) {
    if (seen.has(`${name.type}:${name.id}`)) continue;
    seen.add(`${name.type}:${name.id}`);
    candidates.push({
      label: name.id,
      kind: kindOf(name.type),
      detail: describeType(name.type),
      ...(name.title !== undefined ? { description: name.title } : {}),
      subject: { kind: 'name', type: name.type, id: name.id },
    });
  }
  return candidates.sort((a, b) => collator.compare(a.label, b.label));
}

/** Of the process that a source shows, by their own names; those of others with the name of their process, after them. */
function stepsOf(project: EditorProject, process: string): Candidate[] {
  const all = [...project.model.namesOf('FlowNode')].map(({ name: { id, title } }): Candidate => ({
    label: id.startsWith(`${process}.`) ? id.slice(process.length + 1) : id,
    kind: kindOf('FlowNode'), detail: describeType('FlowNode'), ...(title === undefined ? {} : { description: title }), subject: { kind: 'name', type: 'FlowNode', id },
  }));
  return [...all.filter(({ label }) => !label.includes('.')), ...all.filter(({ label }) => label.includes('.'))];
}

/** Read from the text, because the line at the cursor is unfinished and the facts after it may not be known. */
function localNames(declaration: string, pattern: RegExp, type: string, trail: Trail | undefined): Candidate[] {
  const owner = declarationName(trail) ?? '';
  const names = new Set([...declaration.matchAll(pattern)].map((match) => match[1] ?? ''));
  return [...names].map((label) => ({ label, kind: kindOf(type), detail: describeType(type), subject: { kind: 'name', type, id: `${owner}.${label}` } }));
}

const collator = new Intl.Collator('en', { numeric: true });

/** The id of the declaration that is being written: the first name in it. */
export function declarationName(trail: Trail | undefined): string | undefined {
  let name: string | undefined;
  for (let at = trail; at; at = at.before) if (at.site.assignment?.feature === 'name') name = at.token.text;
  return name;
}

function kindOf(type: string): CompletionItemKind {
  switch (type) {
    case 'Person':
    case 'Role':
    case 'Team':
    case 'Customer':
    case 'Supplier':
      return CompletionItemKind.Interface;
    case 'Requirement':
      return CompletionItemKind.Reference;
    case 'ServiceLevelTarget':
    case 'FlowNode':
      return CompletionItemKind.Field;
    case 'Calendar':
    case 'Priority':
      return CompletionItemKind.Constant;
    default:
      return CompletionItemKind.Variable;
  }
}
