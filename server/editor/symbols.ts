import { SymbolKind, type DocumentSymbol, type Position, type Range } from 'vscode-languageserver';
import type { PlacedEntity } from '../../language/model/fragment.ts';
import { describeType } from '../../language/references/link-check.ts';
import type { EditorProject } from './editor-project.ts';
import { declaredNames } from './occurrences.ts';
import { spanRange } from './positions.ts';

/** The outline of a file: its declarations and their named parts. What could not be read is left out. */
export function documentSymbols(project: EditorProject, file: string): DocumentSymbol[] {
  return (project.model.fragment(file)?.declarations ?? []).map((placed) => {
    const { node, exports } = placed.entity;
    const whole = wholeRange(placed);
    const [own, ...parts] = declaredNames(placed.entity);
    const selection = own ? within(spanRange(placed, own.at), whole) : { start: whole.start, end: whole.start };
    const title = exports[0]?.title;
    return {
      name: own?.id ?? unnamed(placed),
      detail: title ?? describeType(node.$type),
      kind: symbolKind(node.$type),
      range: whole,
      selectionRange: selection,
      children: parts.map((part) => {
        const range = within(spanRange(placed, part.at), whole);
        return { name: part.id.slice(part.id.lastIndexOf('.') + 1), detail: part.title ?? describeType(part.type), kind: symbolKind(part.type), range, selectionRange: range };
      }),
    };
  });
}

function unnamed({ entity: { node } }: PlacedEntity): string {
  return node.$type === 'Attestation' || node.$type === 'Waiver' ? `${node.$type === 'Waiver' ? 'waive' : 'attest'} ${node.requirement}` : describeType(node.$type);
}

/** From the first line of a declaration, its documentation included, to its last line. */
export function wholeRange({ line, column, entity }: PlacedEntity): Range {
  return { start: { line, character: column }, end: { line: line + entity.lines, character: 10_000 } };
}

function within(inner: Range, outer: Range): Range {
  const after = (a: Position, b: Position): boolean => a.line > b.line || (a.line === b.line && a.character >= b.character);
  return after(inner.start, outer.start) && after(outer.end, inner.end) ? inner : { start: outer.start, end: outer.start };
}

export interface NamedPlace {
  readonly name: string;
  readonly title?: string;
  readonly kind: SymbolKind;
  readonly type: string;
  readonly file: string;
  readonly range: Range;
}

const symbolLimit = 500;

/** Names of the project that hold the letters of a query in their order, best first. */
export function workspaceSymbols(project: EditorProject, query: string): NamedPlace[] {
  const typed = query.toLowerCase();
  const found: { place: NamedPlace; score: number }[] = [];
  for (const file of project.model.files()) {
    for (const placed of project.model.fragment(file)?.declarations ?? []) {
      for (const name of placed.entity.exports) {
        const score = fit(name.id.toLowerCase(), name.title?.toLowerCase() ?? '', typed);
        if (score === undefined) continue;
        found.push({ score, place: { name: name.id, type: name.type, kind: symbolKind(name.type), file, range: spanRange(placed, name.at), ...(name.title !== undefined ? { title: name.title } : {}) } });
      }
    }
  }
  return found.sort((a, b) => a.score - b.score).slice(0, symbolLimit).map(({ place }) => place);
}

function fit(name: string, title: string, typed: string): number | undefined {
  if (name.startsWith(typed)) return 0;
  if (name.includes(typed)) return 1;
  if (title.includes(typed)) return 2;
  let at = 0;
  for (const letter of typed) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return undefined;
  }
  return 3;
}

export function symbolKind(type: string): SymbolKind {
  switch (type) {
    case 'Organization':
      return SymbolKind.Namespace;
    case 'Person':
    case 'Role':
    case 'Team':
    case 'Customer':
    case 'Supplier':
      return SymbolKind.Interface;
    case 'Service':
    case 'ConfigurationItem':
      return SymbolKind.Module;
    case 'Agreement':
      return SymbolKind.Class;
    case 'ServiceLevelTarget':
    case 'Site':
      return SymbolKind.Field;
    case 'Process':
    case 'Procedure':
      return SymbolKind.Function;
    case 'FlowNode':
      return SymbolKind.Method;
    case 'Calendar':
    case 'Priority':
      return SymbolKind.Constant;
    case 'Source':
      return SymbolKind.File;
    case 'Metric':
      return SymbolKind.Number;
    case 'Audit':
    case 'ManagementReview':
    case 'ServiceReview':
      return SymbolKind.Event;
    default:
      return SymbolKind.Object;
  }
}
