import type { IToken } from 'chevrotain';
import type { AstNode, LangiumCoreServices, ParseResult } from 'langium';
import { span, type Span } from '../model/span.ts';

/** A place where the text does not follow the grammar. */
export interface SyntaxProblem {
  readonly at: Span;
  readonly message: string;
  /** The text found there; empty at the end. */
  readonly found: string;
}

export interface ParsedDeclaration {
  /** The syntax node, or undefined if not even the kind of declaration could be told. */
  readonly node: AstNode | undefined;
  readonly problems: readonly SyntaxProblem[];
  /** Offset of text after a complete declaration, where another may begin. */
  readonly rest?: number;
}

/** After this many lines at fault the rest of a declaration is not looked at. */
const problemsPerDeclaration = 20;
const roundsPerDeclaration = 60;

/**
 * Parses one declaration. A line that does not follow the grammar is reported once and then left out, so that all other
 * facts of the declaration are still known. Of the first line, which names the declaration, only the words at fault are
 * left out.
 */
export function parseDeclaration(text: string, services: LangiumCoreServices): ParsedDeclaration {
  const parser = services.parser.LangiumParser;
  const problems: SyntaxProblem[] = [];
  const faultyLines = new Set<number>();
  let current = text;
  let node: AstNode | undefined;
  for (let round = 0; round < roundsPerDeclaration && problems.length < problemsPerDeclaration; round++) {
    const result = parser.parse(current, { rule: 'Declaration' });
    const fault = firstFault(current, result);
    if (result.value.$type !== 'Declaration' && (fault?.kind !== 'first-word' || !node)) node = result.value;
    if (!fault) break;
    if (fault.kind === 'rest' && round === 0) return { node, problems, rest: fault.offset };
    if (!faultyLines.has(fault.line)) {
      faultyLines.add(fault.line);
      problems.push({ at: span(fault.line, fault.column, Math.max(1, firstLine(fault.found).length)), message: fault.message, found: fault.found });
    }
    if (fault.kind === 'end' || fault.kind === 'first-word') break;
    current = isHead(current, fault.offset) ? withoutText(current, fault.offset, Math.max(1, fault.found.length)) : withoutLine(current, fault.offset);
  }
  return { node, problems };
}

interface Fault {
  /** `rest`: a complete declaration with more text after it; `end`: the text ends too soon; `first-word`: no declaration at all. */
  readonly kind: 'text' | 'rest' | 'end' | 'first-word';
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly found: string;
  readonly message: string;
}

function firstFault(text: string, result: ParseResult): Fault | undefined {
  const lexical = result.lexerErrors[0];
  const syntactic = result.parserErrors[0];
  const offset = syntactic ? validOffset(syntactic.token) : undefined;
  if (lexical && (!syntactic || lexical.offset <= (offset ?? Infinity))) {
    return { kind: 'text', ...positionOf(text, lexical.offset), found: text.slice(lexical.offset, lexical.offset + Math.max(1, lexical.length)), message: lexical.message };
  }
  if (!syntactic) return undefined;
  if (offset === undefined) return { kind: 'end', ...positionOf(text, Math.max(0, text.trimEnd().length - 1)), found: '', message: syntactic.message };
  const kind = syntactic.name === 'NotAllInputParsedException' ? 'rest' : result.value.$type === 'Declaration' ? 'first-word' : 'text';
  return { kind, ...positionOf(text, offset), found: syntactic.token.image, message: syntactic.message };
}

function positionOf(text: string, offset: number): { offset: number; line: number; column: number } {
  let line = 0;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { offset, line, column: offset - lineStart };
}

function validOffset(token: IToken): number | undefined {
  return Number.isFinite(token.startOffset) ? token.startOffset : undefined;
}

function firstLine(text: string): string {
  return /^[^\r\n]*/.exec(text)?.[0] ?? '';
}

/** Whether an offset is on the line that names the declaration: the first that is not a comment. */
function isHead(text: string, offset: number): boolean {
  const before = text.slice(0, offset).replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/[^\n]*/g, '').trimStart();
  return !before.includes('\n');
}

function withoutText(text: string, offset: number, length: number): string {
  return text.slice(0, offset) + text.slice(offset, offset + length).replace(/[^\r\n]/g, ' ') + text.slice(offset + length);
}

/** Replaces the line of an offset by blanks, keeping its braces, so that all other places stay where they are. */
function withoutLine(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  const end = newline === -1 ? text.length : newline;
  const content = text.slice(start, end);
  const opens = content.split('{').length - content.split('}').length;
  const braces = opens > 0 ? '{'.repeat(opens) : '}'.repeat(-opens);
  return text.slice(0, start) + ' '.repeat(Math.max(0, content.length - braces.length)) + braces + text.slice(end);
}
