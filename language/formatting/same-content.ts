import type { LangiumCoreServices } from 'langium';
import { splitDeclarations } from '../syntax/split-declarations.ts';
import type { Item } from './items.ts';

/** Whether a text holds the same declarations, word for word, and the same comments: it differs in white space only. */
export function sameContent(original: string, items: readonly Item[], text: string, services: LangiumCoreServices, keywords: ReadonlySet<string>): boolean {
  if (original.replace(/\s+/g, '') !== text.replace(/\s+/g, '')) return false;
  const before = items.flatMap((item) => (item.kind === 'comment' ? wordsOf(item.text, services) : [boundary, ...wordsOf(item.text, services), boundary]));
  const after: string[] = [];
  let end = text.startsWith('\uFEFF') ? 1 : 0;
  for (const piece of splitDeclarations(text, keywords)) {
    after.push(...wordsOf(text.slice(end, piece.offset), services), boundary, ...wordsOf(piece.text, services), boundary);
    end = piece.offset + piece.text.length;
  }
  after.push(...wordsOf(text.slice(end), services));
  return before.length === after.length && before.every((word, index) => word === after[index]);
}

const boundary = '\u0000';

function wordsOf(text: string, services: LangiumCoreServices): string[] {
  const { tokens, hidden, errors } = services.parser.Lexer.tokenize(text);
  return [
    ...tokens.map((token) => token.image),
    ...hidden.map((token) => withoutLayout(token.image)),
    ...errors.map((error) => text.slice(error.offset, error.offset + error.length)),
  ];
}

function withoutLayout(comment: string): string {
  return comment.split(/\r?\n/).map((line) => line.trim()).join('\n');
}
