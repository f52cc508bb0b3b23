import type { IToken } from 'chevrotain';
import type { AstNode, LangiumCoreServices } from 'langium';
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

const problemsPerDeclaration = 10;

/**
 * Parses one declaration. A line that does not follow the grammar is reported once and then left out, so that all other
 * facts of the declaration are still known.
 */
export function parseDeclaration(text: string, services: LangiumCoreServices): ParsedDeclaration {
  const parser = services.parser.LangiumParser;
  const problems: SyntaxProblem[] = [];
  let current = text;
  let node: AstNode | undefined;
  for (let round = 0; round < problemsPerDeclaration; round++) {
    const result = parser.parse(current, { rule: 'Declaration' });
    if (result.value.$type !== 'Declaration') node = result.value;
    const lexical = result.lexerErrors[0];
    const syntactic = result.parserErrors[0];
    if (!lexical && !syntactic) break;
    if (syntactic?.name === 'NotAllInputParsedException' && !lexical && round === 0) {
      return { node, problems, rest: syntactic.token.startOffset };
    }
    let line: number;
    if (lexical && (!syntactic || lexical.offset <= (validOffset(syntactic.token) ?? Infinity))) {
      line = (lexical.line ?? 1) - 1;
      const found = current.slice(lexical.offset, lexical.offset + Math.max(1, lexical.length));
      problems.push({ at: span(line, (lexical.column ?? 1) - 1, Math.max(1, firstLine(found).length)), message: lexical.message, found });
    } else if (syntactic) {
      const offset = validOffset(syntactic.token);
      const previous = 'previousToken' in syntactic ? (syntactic.previousToken as IToken | undefined) : undefined;
      if (offset === undefined) {
        // At the end of the text: show it behind the last word.
        line = (previous?.endLine ?? 1) - 1;
        const column = Math.max(0, (previous?.endColumn ?? 1) - 1);
        problems.push({ at: span(line, column, 1), message: syntactic.message, found: '' });
        break;
      }
      line = (syntactic.token.startLine ?? 1) - 1;
      problems.push({ at: span(line, (syntactic.token.startColumn ?? 1) - 1, firstLine(syntactic.token.image).length), message: syntactic.message, found: syntactic.token.image });
    } else {
      break;
    }
    const next = withoutLine(current, line);
    if (next === undefined || next === current) break;
    current = next;
  }
  return { node, problems };
}

function validOffset(token: IToken): number | undefined {
  return Number.isFinite(token.startOffset) ? token.startOffset : undefined;
}

function firstLine(text: string): string {
  return /^[^\r\n]*/.exec(text)?.[0] ?? '';
}

/** Replaces a line by blanks of the same length, keeping its braces, so that all other places stay where they are. */
function withoutLine(text: string, line: number): string | undefined {
  // Without its first line a declaration has no name, and nothing else of it can be told.
  let start = 0;
  for (let current = 0; current < line; current++) {
    const next = text.indexOf('\n', start);
    if (next === -1) return undefined;
    start = next + 1;
  }
  const newline = text.indexOf('\n', start);
  const end = newline === -1 ? text.length : newline;
  const content = text.slice(start, end);
  if (/^[ \t]*[\w-]+[ \t]+[\w-]+.*\{[ \t\r]*$/.test(content) && text.slice(0, start).trim() === '') return undefined;
  const opens = content.split('{').length - content.split('}').length;
  const braces = opens > 0 ? '{'.repeat(opens) : '}'.repeat(-opens);
  return text.slice(0, start) + ' '.repeat(Math.max(0, content.length - braces.length)) + braces + text.slice(end);
}
