import type { Span } from '../../language/model/span.ts';
import { textTokens } from '../../language/syntax/text-tokens.ts';
import type { EditorProject } from './editor-project.ts';
import { declaredNames, referencesOf } from './occurrences.ts';
import { LineIndex, spanRange } from './positions.ts';

export const semanticTokenTypes = ['keyword', 'class', 'interface', 'namespace', 'variable', 'property', 'enumMember', 'function', 'number', 'string'] as const;
export const semanticTokenModifiers = ['declaration', 'defaultLibrary'] as const;
type TokenType = (typeof semanticTokenTypes)[number];

interface Mark {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly type: TokenType;
  readonly modifiers: number;
}

/**
 * What each word is: a name that is declared, a name that refers, a field, a word of the language. Any word of the language
 * may be a name, so colours by words alone mislead; these are by meaning.
 */
export function semanticTokens(project: EditorProject, file: string, firstLine = 0, lastLine = Infinity): number[] {
  const fragment = project.model.fragment(file);
  const text = project.text(file);
  if (!fragment || text === undefined) return [];
  const lines = new LineIndex(text);
  const marks: Mark[] = [];
  for (const [index, placed] of fragment.declarations.entries()) {
    const { entity } = placed;
    if (placed.line + entity.lines < firstLine || placed.line > lastLine) continue;
    const names = new Map<string, Mark>();
    const put = (at: Span, type: TokenType, modifiers: number): void => {
      const { start, end } = spanRange(placed, at);
      names.set(`${start.line}:${start.character}`, { line: start.line, column: start.character, length: end.character - start.character, type, modifiers });
    };
    for (const at of otherWords(entity.node)) put(at, 'property', 0);
    for (const reference of referencesOf(project, entity)) {
      const known = project.model.find(reference.type, reference.id);
      put(reference.at, tokenType(known?.name.type ?? reference.type), known?.entity.hash === 'built-in' ? 2 : 0);
    }
    for (const name of declaredNames(entity)) put(name.at, tokenType(name.type), 1);

    const start = lines.offset({ line: placed.line, character: placed.column });
    const next = fragment.declarations[index + 1];
    // Another declaration may begin on the last line of this one.
    const end = Math.min(lines.offset({ line: placed.line + entity.lines + 1, character: 0 }), next ? lines.offset({ line: next.line, character: next.column }) : Infinity);
    const covered: Mark[] = [];
    for (const token of textTokens(text.slice(start, end), project.builder.services)) {
      const line = placed.line + token.line;
      const column = token.column + (token.line === 0 ? placed.column : 0);
      const name = names.get(`${line}:${column}`);
      if (name) {
        // A free word may be a number or a quoted text, which are coloured as such.
        if (name.type !== 'property' || name.modifiers > 0 || /^\p{L}/u.test(token.text)) covered.push(name);
      } else if (/^[A-Za-z][\w-]*$/.test(token.text) && token.type === token.text && !covered.some((mark) => mark.line === line && column >= mark.column && column < mark.column + mark.length)) {
        covered.push({ line, column, length: token.text.length, type: 'keyword', modifiers: 0 });
      }
      if (covered.length > 50) marks.push(...covered.splice(0, 40));
    }
    marks.push(...covered);
  }
  return encode(marks.filter(({ line }) => line >= firstLine && line <= lastLine));
}

/** Words that name neither a declaration nor refer to one: fields of records, outputs, units. */
function otherWords(root: unknown): Span[] {
  const found: Span[] = [];
  const pending: unknown[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const spans = '$at' in node ? (node.$at as Readonly<Record<string, Span | readonly Span[]>>) : undefined;
    for (const [key, value] of Object.entries(node)) {
      if (key.startsWith('$')) continue;
      if (typeof value === 'object') pending.push(value);
      if (!wordFacts.has(key) || spans === undefined) continue;
      const at = spans[key];
      if (typeof at === 'number') found.push(at);
      else if (at) found.push(...at);
    }
  }
  return found;
}

/** Facts whose value is a free word, by property. */
const wordFacts: ReadonlySet<string> = new Set([
  'name', 'field', 'recordKind', 'groupings', 'produces', 'key', 'historyKey', 'historyAt', 'regions', 'impact', 'urgency', 'unit', 'type', 'subject', 'exceptions', 'outcome', 'encoding', 'kind', 'value',
]);

function tokenType(type: string): TokenType {
  switch (type) {
    case 'Person':
    case 'Role':
    case 'Team':
    case 'Customer':
    case 'Supplier':
    case 'Party':
    case 'Actor':
      return 'interface';
    case 'Organization':
    case 'Requirement':
      return 'namespace';
    case 'ServiceLevelTarget':
    case 'Site':
      return 'property';
    case 'FlowNode':
    case 'Process':
    case 'Procedure':
      return 'function';
    case 'Priority':
    case 'Calendar':
      return 'enumMember';
    case 'Service':
    case 'Agreement':
    case 'ConfigurationItem':
      return 'class';
    default:
      return 'variable';
  }
}

function encode(marks: readonly Mark[]): number[] {
  const data: number[] = [];
  let line = 0;
  let column = 0;
  for (const mark of marks.toSorted((a, b) => a.line - b.line || a.column - b.column)) {
    const sameLine = mark.line === line;
    if (sameLine && data.length > 0 && mark.column < column) continue;
    data.push(mark.line - line, sameLine ? mark.column - column : mark.column, mark.length, semanticTokenTypes.indexOf(mark.type), mark.modifiers);
    line = mark.line;
    column = mark.column;
  }
  return data;
}
