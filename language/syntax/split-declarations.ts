/** A stretch of a file's text that holds one declaration, its documentation comment included. */
export interface DeclarationText {
  readonly offset: number;
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

const codes = { newline: 10, return: 13, quote: 34, star: 42, slash: 47, backslash: 92, open: 123, close: 125 } as const;

/**
 * Cuts a file into declarations by braces, quotes, comments and line starts, without parsing. Each is then parsed on
 * its own: an error stays inside its declaration, and an edit costs one declaration.
 *
 * A declaration ends at its closing brace, or, if it has no block, before the next line that begins with a declaration
 * keyword or stands as far left as the declaration itself. An unclosed block ends before the next line that begins as
 * far left as its declaration with a declaration keyword.
 */
export function splitDeclarations(text: string, keywords: ReadonlySet<string>): DeclarationText[] {
  const pieces = scan(text, 0, 0, 0, keywords, false);
  const last = pieces.at(-1);
  if (last?.unclosed) {
    pieces.pop();
    pieces.push(...scan(text, last.offset, last.line, last.column, keywords, true));
  }
  return pieces.map(({ offset, end, line, column }) => ({ offset, text: text.slice(offset, end), line, column }));
}

interface Piece {
  offset: number;
  end: number;
  line: number;
  column: number;
  /** Column of the first word, which a documentation comment before it does not shift. */
  indent: number;
  closed: boolean;
  unclosed: boolean;
}

function scan(text: string, from: number, fromLine: number, fromColumn: number, keywords: ReadonlySet<string>, breakOpenBlocks: boolean): Piece[] {
  const pieces: Piece[] = [];
  let piece: Piece | undefined;
  let documentation: { offset: number; line: number; column: number } | undefined;
  let depth = 0;
  let line = fromLine;
  let lineStart = from - fromColumn;
  let blankSoFar = true;
  let index = from;
  const length = text.length;

  const skipLines = (start: number, end: number): void => {
    for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
      line++;
      lineStart = at + 1;
    }
  };

  while (index < length) {
    const code = text.charCodeAt(index);
    if (code === codes.newline) {
      line++;
      index++;
      lineStart = index;
      blankSoFar = true;
      continue;
    }
    if (code <= 32 || code === 0xfeff || code === 0xa0) {
      index++;
      continue;
    }
    if (code === codes.slash && text.charCodeAt(index + 1) === codes.slash) {
      const end = text.indexOf('\n', index);
      index = end === -1 ? length : end;
      continue;
    }
    if (code === codes.slash && text.charCodeAt(index + 1) === codes.star) {
      const start = index;
      const close = text.indexOf('*/', index + 2);
      const end = close === -1 ? length : close + 2;
      if (depth === 0 && text.charCodeAt(index + 2) === codes.star && end - start > 4) {
        documentation = { offset: start, line, column: start - lineStart };
      }
      skipLines(start, end);
      index = end;
      continue;
    }

    const column = index - lineStart;
    const wordEnd = endOfWord(text, index);
    const word = wordEnd > index ? text.slice(index, wordEnd) : '';
    const startsHere: boolean =
      piece === undefined ||
      (depth === 0 && (piece.closed || (blankSoFar && word !== '' && (keywords.has(word) || column <= piece.indent)))) ||
      (breakOpenBlocks && depth > 0 && blankSoFar && column <= piece.indent && keywords.has(word) && isDeclarationHead(text, wordEnd));
    if (startsHere) {
      depth = 0;
      const start = documentation ?? { offset: index, line, column };
      piece = { ...start, end: index, indent: column, closed: false, unclosed: false };
      pieces.push(piece);
    }
    documentation = undefined;
    blankSoFar = false;
    if (piece === undefined) break;

    if (code === codes.quote) {
      const end = endOfText(text, index);
      skipLines(index, end);
      index = end;
    } else if (code === codes.open) {
      depth++;
      index++;
    } else if (code === codes.close) {
      if (depth > 0) depth--;
      index++;
      if (depth === 0) piece.closed = true;
    } else {
      index = wordEnd > index ? wordEnd : index + 1;
    }
    piece.end = index;
  }
  const last = pieces.at(-1);
  if (last && depth > 0) last.unclosed = true;
  return pieces;
}

function endOfWord(text: string, start: number): number {
  let index = start;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    const isWord = (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 45 || code >= 0xc0;
    if (!isWord) break;
    index++;
  }
  return index;
}

/** The end of a quoted text: a text block may span lines, a short text ends with its line if it is not closed. */
function endOfText(text: string, start: number): number {
  if (text.startsWith('"""', start)) {
    const close = text.indexOf('"""', start + 3);
    return close === -1 ? text.length : close + 3;
  }
  let index = start + 1;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === codes.newline || code === codes.return) return index;
    if (code === codes.backslash) index++;
    else if (code === codes.quote) return index + 1;
    index++;
  }
  return Math.min(index, text.length);
}

/** Whether a text after a complete declaration begins another: a declaration's keyword and something that may be a name. */
export function beginsDeclaration(text: string, keywords: ReadonlySet<string>): boolean {
  const match = /^([\w-]+)\s+[^\s{}"]/.exec(text.slice(0, 200));
  return match !== null && keywords.has(match[1] ?? '');
}

/** Whether a name follows, as it does after a declaration's keywords: `service email`, `management review first` but not `service hours always`. */
function isDeclarationHead(text: string, from: number): boolean {
  return /^(?:[ \t]+(?:review|requirement|report|incident[ \t]+criteria))?[ \t]+[A-Za-z\u00C0-\uFFFF][^\s{]*[ \t]*(?:"|\{|for\b|with\b|by\b|of\b|held\b|lead\b|when\b|until\b|\r?\n|$)/.test(text.slice(from, from + 200));
}
