/** Where in a source the text speaks of its data: columns and their values. */
import { AstUtils, GrammarAST } from 'langium';
import type { Position, Range } from 'vscode-languageserver';
import type { Source } from '../../language/model/declarations.ts';
import { declarationAt } from '../../language/model/fragment-builder.ts';
import { lastValueOf, type Expectation } from '../../language/syntax/expectation.ts';
import { textValue } from '../../language/values/text.ts';
import { completionContext } from './completion/completion-context.ts';
import type { EditorProject } from './editor-project.ts';

/** What of the data may be written at a position. */
export interface DataPlace {
  readonly source: Source;
  /** Columns, or the values of one. */
  readonly wanted: 'columns' | { readonly valuesOf: string };
  /** What stands there already, quotes included. */
  readonly range: Range;
  /** It was begun as a quoted text, or has to be one. */
  readonly isQuoted: boolean;
  /** A quoted text alone would be a text there, not a column. */
  readonly needsColumnWord: boolean;
}

const columnPlaces: ReadonlySet<string> = new Set(['Source.key', 'Source.historyKey', 'Source.historyAt', 'LiteralOrName.name', 'LiteralOrName.value', 'PrimaryExpression.name']);

export function dataPlaceAt(project: EditorProject, file: string, position: Position): DataPlace | undefined {
  const source = sourceAt(project, file, position.line);
  if (!source || (source.files.length === 0 && source.database === undefined)) return undefined;
  const line = (project.text(file) ?? '').split(/\r\n|\r|\n/, position.line + 1)[position.line] ?? '';
  const quote = openQuote(line.slice(0, position.character));
  const context = completionContext(project, file, quote === undefined ? position : { line: position.line, character: quote });
  if (!context) return undefined;
  const closes = quote !== undefined && line[position.character] === '"' ? 1 : 0;
  const range = quote === undefined ? context.range : { start: { line: position.line, character: quote }, end: { line: position.line, character: position.character + closes } };
  for (const expectation of context.expected) {
    const place = placeOf(expectation);
    const make = (wanted: DataPlace['wanted'], isQuoted: boolean, needsColumnWord = false): DataPlace => ({ source, wanted, range, isQuoted: isQuoted || quote !== undefined, needsColumnWord: needsColumnWord && quote === undefined });
    if (place === 'ValueTableEntry.text') {
      const field = lastValueOf(expectation.trail, 'field');
      if (field !== undefined) return make({ valuesOf: columnOfMapping(context.declaration, field) }, true);
    }
    if (!columnPlaces.has(place)) continue;
    const compared = place.startsWith('LiteralOrName') || place.startsWith('PrimaryExpression') ? comparedColumn(expectation, context.declaration) : undefined;
    if (compared !== undefined) return make({ valuesOf: compared }, true);
    const isAlone = !place.startsWith('LiteralOrName') || (expectation.trail !== undefined && isRuleOf(expectation.trail.site.element, 'Mapping'));
    return make('columns', place === 'PrimaryExpression.name', !isAlone);
  }
  return undefined;
}

/** The source that is declared around a line. */
export function sourceAt(project: EditorProject, file: string, line: number): Source | undefined {
  const fragment = project.model.fragment(file);
  const node = fragment && declarationAt(fragment, line)?.entity.node;
  return node?.$type === 'Source' ? node : undefined;
}

function isRuleOf(element: GrammarAST.AbstractElement, rule: string): boolean {
  return AstUtils.getContainerOfType(element, GrammarAST.isParserRule)?.name === rule;
}

function placeOf({ site, callers }: Expectation): string {
  const ruleOf = (element: GrammarAST.AbstractElement): string => AstUtils.getContainerOfType(element, GrammarAST.isParserRule)?.name ?? '';
  const own = site.assignment;
  if (own) return `${ruleOf(site.element)}.${own.feature}`;
  const caller = callers.find(({ assignment }) => assignment !== undefined);
  return caller ? `${ruleOf(caller.element)}.${caller.assignment?.feature ?? ''}` : '';
}

/** The column that the value at the cursor is held against; undefined where none is. */
function comparedColumn({ trail }: Expectation, declaration: string): string | undefined {
  const operator = trail?.token.text;
  const left = trail?.before?.token.text;
  if (left === undefined || trail === undefined) return undefined;
  const feature = (trail.site.assignment ?? trail.frame?.site.assignment)?.feature;
  const compares = feature === 'operator' && (operator === '=' || operator === '!=' || operator === 'with' || operator === 'contains');
  // “x starts with” has a word more between the column and the text.
  const name = operator === 'with' ? trail.before?.before?.token.text : left;
  if (!compares || name === undefined || !/^[\p{L}_"]/u.test(name)) return undefined;
  return name.startsWith('"') ? textValue(name) : columnOfMapping(declaration, name);
}

/** The one column that a field is mapped from, from the text: what is being typed may not be understood yet. Else a column of that name. */
function columnOfMapping(declaration: string, field: string): string {
  const escaped = field.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(String.raw`\bmap[ \t]+${escaped}[ \t]*=[ \t]*("(?:\\.|[^"\\\r\n])*"|[\p{L}_][\p{L}\p{N}_.-]*)`, 'u').exec(declaration)?.[1];
  return found === undefined ? field : found.startsWith('"') ? textValue(found) : found;
}

/** Where a quoted text begins that is not closed before the end of a piece of a line. */
function openQuote(text: string): number | undefined {
  let open: number | undefined;
  for (let index = 0; index < text.length; index++) {
    if (open !== undefined && text[index] === '\\') index++;
    else if (text[index] === '"') open = open === undefined ? index : undefined;
    else if (open === undefined && text.startsWith('//', index)) return undefined;
  }
  return open;
}
