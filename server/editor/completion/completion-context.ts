import type { Position, Range } from 'vscode-languageserver';
import { declarationAt } from '../../../language/model/fragment-builder.ts';
import { ExpectationReader, type Expectation, type Trail } from '../../../language/syntax/expectation.ts';
import { automatonOf } from '../../../language/syntax/grammar-automaton.ts';
import { splitDeclarations, type DeclarationText } from '../../../language/syntax/split-declarations.ts';
import { endsInTextOrComment, textTokens } from '../../../language/syntax/text-tokens.ts';
import type { EditorProject } from '../editor-project.ts';
import { LineIndex } from '../positions.ts';

/** What may come at the cursor. */
export interface CompletionContext {
  readonly expected: readonly Expectation[];
  /** The beginning of a word before the cursor, and where it stands. */
  readonly prefix: string;
  readonly range: Range;
  /** What the declaration says in all, the text behind the cursor included. */
  readonly whole: Trail | undefined;
  /** Whether nothing but blanks stands before the word on its line. */
  readonly startsLine: boolean;
  /** The text of the declaration, without the word at the cursor. */
  readonly declaration: string;
  /** Whether a declaration may begin here. */
  readonly isTopLevel: boolean;
}

/** Nothing is offered in lines longer than this: nobody typed them. */
const longestLine = 20_000;

/** What the text before a position leads to; undefined where nothing is offered: in a text, in a comment. */
export function completionContext(project: EditorProject, file: string, position: Position): CompletionContext | undefined {
  const text = project.text(file);
  if (text === undefined) return undefined;
  const lines = new LineIndex(text);
  const offset = lines.offset(position);
  const lineStart = lines.offset({ line: position.line, character: 0 });
  if (offset - lineStart > longestLine) return undefined;
  const prefix = /[\p{L}\p{N}_.:/-]*$/u.exec(text.slice(lineStart, offset))?.[0] ?? '';
  const wordStart = offset - prefix.length;
  const startsLine = text.slice(lineStart, wordStart).trim() === '';
  const range = { start: { line: position.line, character: wordStart - lineStart }, end: position };

  const from = scanStart(project, file, position.line, lines);
  const before = text.slice(from, wordStart);
  if (endsInTextOrComment(text.slice(from, offset))) return undefined;
  const piece = splitDeclarations(before, project.builder.keywords).at(-1);
  const column = wordStart - lineStart;
  const services = project.builder.services;

  const isTopLevel = piece === undefined || endsBefore(piece, before, startsLine, column);
  const reader = new ExpectationReader(automatonOf(project.builder.services.Grammar), 'Declaration');
  const tokens = isTopLevel ? [] : textTokens(before.slice(piece.offset), services);
  reader.read(tokens);
  const lastLine = tokens.at(-1)?.line ?? 0;
  if (!startsLine && tokens.length > 0 && reader.isBroken(lastLine)) return { expected: [], prefix, range, whole: undefined, startsLine, isTopLevel, declaration: '' };

  let expected = reader.expected();
  const isNewLine = startsLine && tokens.length > 0;
  if (isNewLine && expected.some(({ takes }) => takes === '}')) {
    const { factStarts } = automatonOf(project.builder.services.Grammar);
    expected = expected.filter(({ site, takes }) => factStarts.has(site.element) || takes === '}');
  } else if (!startsLine && tokens.findLast(({ text }) => text === '{')?.line !== lastLine) {
    // One fact per line: as long as this one may go on, the next ones are not offered.
    const { factStarts } = automatonOf(project.builder.services.Grammar);
    const going = expected.filter(({ site, takes }) => !factStarts.has(site.element) && /\w/.test(takes));
    if (going.length > 0) expected = going;
  }
  let declaration = '';
  if (!isTopLevel && piece) {
    const rest = behind(text, offset);
    reader.read(textTokens(rest, services).map((token) => ({ ...token, line: token.line + lastLine + 1 })));
    declaration = `${before.slice(piece.offset)}${rest}`;
  }
  return { expected, prefix, range, whole: reader.trail, startsLine, isTopLevel, declaration };
}

/** Long files are read from a declaration a little before the cursor. */
function scanStart(project: EditorProject, file: string, line: number, lines: LineIndex): number {
  const fragment = project.model.fragment(file);
  if (!fragment || line < 200) return 0;
  const placed = declarationAt(fragment, line);
  const index = placed ? fragment.declarations.indexOf(placed) : -1;
  const start = fragment.declarations[Math.max(0, index - 2)];
  return index > 2 && start ? lines.offset({ line: start.line, character: start.column }) : 0;
}

function endsBefore(piece: DeclarationText, before: string, startsLine: boolean, column: number): boolean {
  const depth = braceDepth(before.slice(piece.offset));
  if (depth > 0) return false;
  if (/\}\s*$/.test(before)) return true;
  const head = piece.text.replace(/^\/\*\*[\s\S]*?\*\/\s*/, (comment) => ' '.repeat(comment.length - comment.lastIndexOf('\n') - 1));
  const indent = (piece.text === head ? piece.column : 0) + (/^\s*/.exec(head)?.[0].length ?? 0);
  return startsLine && column <= indent;
}

function braceDepth(text: string): number {
  let depth = 0;
  const plain = text.replace(/"""[\s\S]*?"""|"(?:\\.|[^"\\\r\n])*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g, '');
  for (const character of plain) {
    if (character === '{') depth++;
    else if (character === '}') depth--;
  }
  return depth;
}

/** The text behind the word at the cursor that belongs to the same declaration: up to the brace that closes it, at most 200 lines. */
function behind(text: string, offset: number): string {
  let end = offset;
  for (let line = 0; line < 200 && end < text.length; line++) {
    const next = text.indexOf('\n', end + 1);
    end = next === -1 ? text.length : next;
    // A line that is not indented and does not close the block begins another declaration.
    if (/^[^\s}/]/.test(text.slice(end + 1, end + 2))) break;
  }
  return text.slice(offset, end).replace(/^[\p{L}\p{N}_.:/-]*/u, (word) => ' '.repeat(word.length));
}
