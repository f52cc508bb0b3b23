import type { AstNode, LangiumCoreServices, ParseResult } from 'langium';
import { span, type Span } from '../model/span.ts';
import { beginsDeclaration } from './split-declarations.ts';
import { beforeMisreadFact, readStrictly, type StrictReading } from './strict-reading.ts';
import { textTokens, type PlacedToken } from './text-tokens.ts';

/** A place where the text does not follow the grammar. */
export interface SyntaxProblem {
  readonly at: Span;
  readonly message: string;
  /** The text found there; empty at the end. */
  readonly found: string;
  /** What was read up to there, and what may follow. */
  readonly reading: FaultyReading;
}

export interface FaultyReading {
  /** The text that was read: earlier faults are blanked out. */
  readonly text: string;
  readonly tokens: readonly PlacedToken[];
  readonly reading: StrictReading;
  /** Where characters begin that make no word. */
  readonly strange?: number;
}

export interface ParsedDeclaration {
  /** The syntax node, or undefined if not even the kind of declaration could be told. */
  readonly node: AstNode | undefined;
  readonly problems: readonly SyntaxProblem[];
  /** Offset of text after a complete declaration, where another begins. */
  readonly rest?: number;
}

/** After this many lines at fault the rest of a declaration is not looked at. */
const problemsPerDeclaration = 20;
const roundsPerDeclaration = 60;
/** Each round reads the whole declaration: of a long one fewer faults are told. */
const charactersPerDeclaration = 600_000;

/**
 * Parses one declaration. A line that does not follow the grammar is reported once and then left out, so that all other
 * facts of the declaration are still known. Of the first line, which names the declaration, only the words at fault are
 * left out.
 */
export function parseDeclaration(text: string, services: LangiumCoreServices, keywords: ReadonlySet<string>): ParsedDeclaration {
  const parser = services.parser.LangiumParser;
  const problems: SyntaxProblem[] = [];
  const faultyLines = new Set<number>();
  let current = text;
  let node: AstNode | undefined;
  const rounds = Math.min(roundsPerDeclaration, Math.max(3, Math.floor(charactersPerDeclaration / (text.length + 1))));
  for (let round = 0; round < rounds && problems.length < problemsPerDeclaration; round++) {
    const result = parser.parse(current, { rule: 'Declaration' });
    const fault = firstFault(current, result, services);
    if (result.value.$type !== 'Declaration' && (fault?.kind !== 'first-word' || !node)) node = result.value;
    if (!fault) break;
    if (fault.kind === 'rest' && round === 0 && beginsDeclaration(current.slice(fault.offset), keywords)) return { node, problems, rest: fault.offset };
    if (!faultyLines.has(fault.line) || fault.kind === 'unclosed') {
      if (fault.kind !== 'unclosed') faultyLines.add(fault.line);
      problems.push({ at: span(fault.line, fault.column, Math.max(1, firstLine(fault.found).length)), message: fault.message, found: fault.found, reading: fault.reading });
    }
    if (fault.kind === 'end' || fault.kind === 'first-word') break;
    if (fault.kind === 'unclosed') current += ' }'.repeat(openBlocks(fault.reading.tokens));
    else current = isHead(current, fault.offset) ? withoutText(current, fault.offset, Math.max(1, fault.found.length)) : withoutLine(current, fault.offset);
  }
  return { node, problems };
}

interface Fault {
  /**
   * `text`: words that are not expected; `rest`: more text after a complete declaration; `unclosed`: a closing brace is missing at
   * the end; `end`: the text ends too soon; `first-word`: no declaration at all.
   */
  readonly kind: 'text' | 'rest' | 'unclosed' | 'end' | 'first-word';
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly found: string;
  readonly message: string;
  readonly reading: FaultyReading;
}

function firstFault(text: string, result: ParseResult, services: LangiumCoreServices): Fault | undefined {
  const lexical = result.lexerErrors[0];
  const syntactic = result.parserErrors[0];
  if (!lexical && !syntactic) return undefined;
  const tokens = textTokens(text, services);
  const reading = beforeMisreadFact(readStrictly(tokens, services.Grammar), tokens, services.Grammar);
  const token = tokens[reading.index];
  if (lexical && lexical.offset <= (token?.offset ?? Infinity)) {
    const found = text.slice(lexical.offset, lexical.offset + Math.max(1, lexical.length));
    return { kind: 'text', ...positionOf(text, lexical.offset), found, message: lexical.message, reading: { text, tokens, reading, strange: lexical.offset } };
  }
  const fault = (kind: Fault['kind'], place: PlacedToken | undefined): Fault => ({
    kind, ...positionOf(text, place?.offset ?? 0), found: place?.text ?? '', message: syntactic?.message ?? '', reading: { text, tokens, reading },
  });
  const before = tokens[reading.index - 1];
  if (!token) {
    // The parser may see a fault where the grammar does not: then it says where.
    if (reading.complete) return syntactic ? fault('text', tokens.findLast(({ offset }) => offset <= syntactic.token.startOffset) ?? before) : undefined;
    if (reading.expected.some(({ takes }) => takes === '}')) return fault('unclosed', before);
    return fault(openBlocks(tokens) > 0 ? 'text' : 'end', before);
  }
  if (reading.complete) return fault('rest', token);
  const blamed = isMissingBefore(reading, tokens) ? before : token;
  return fault(blamed === undefined || blamed === tokens[0] ? 'first-word' : 'text', blamed ?? token);
}

/** Whether something is missing after the last word that could be read, rather than something else standing in its place. */
export function isMissingBefore(reading: StrictReading, tokens: readonly PlacedToken[]): boolean {
  const before = tokens[reading.index - 1];
  const token = tokens[reading.index];
  if (!before) return false;
  if (reading.complete || reading.expected.some(({ takes }) => takes === '}')) return !token;
  return !token || token.text === '}' || token.text === '{' || token.line > before.line;
}

function openBlocks(tokens: readonly PlacedToken[]): number {
  return tokens.reduce((depth, { text }) => (text === '{' ? depth + 1 : text === '}' ? depth - 1 : depth), 0);
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
