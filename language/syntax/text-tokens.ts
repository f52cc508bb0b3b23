import type { LangiumCoreServices } from 'langium';
import type { TextToken } from './expectation.ts';

/** A token with its place in the text that was read. */
export interface PlacedToken extends TextToken {
  readonly offset: number;
  /** From 0. */
  readonly column: number;
}

/** The tokens of a text; what is no token is left out. */
export function textTokens(text: string, services: LangiumCoreServices): PlacedToken[] {
  return services.parser.Lexer.tokenize(text).tokens.map((token) => ({
    text: token.image,
    type: token.tokenType.name,
    alsoA: (token.tokenType.CATEGORIES ?? []).map(({ name }) => name),
    line: (token.startLine ?? 1) - 1,
    column: (token.startColumn ?? 1) - 1,
    offset: token.startOffset,
  }));
}

/** Whether the end of a text lies within a quoted text or a comment. */
export function endsInTextOrComment(text: string): boolean {
  let index = 0;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    let end: number;
    if (text.startsWith('"""', index)) {
      end = text.indexOf('"""', index + 3);
      if (end === -1) return true;
      index = end + 3;
    } else if (code === 34) {
      end = index + 1;
      while (end < text.length && text.charCodeAt(end) !== 34 && text.charCodeAt(end) !== 10) end += text.charCodeAt(end) === 92 ? 2 : 1;
      if (end >= text.length) return true;
      index = end + 1;
    } else if (code === 47 && text.charCodeAt(index + 1) === 47) {
      end = text.indexOf('\n', index);
      if (end === -1) return true;
      index = end + 1;
    } else if (code === 47 && text.charCodeAt(index + 1) === 42) {
      end = text.indexOf('*/', index + 2);
      if (end === -1) return true;
      index = end + 2;
    } else {
      index++;
    }
  }
  return false;
}
