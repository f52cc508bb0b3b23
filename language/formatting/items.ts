import type { LangiumCoreServices } from 'langium';
import { beginsDeclaration, splitDeclarations } from '../syntax/split-declarations.ts';
import { readParts, type Fact } from './parts.ts';

/** A declaration or a comment between declarations, in the order of the file. */
export interface Item {
  readonly kind: 'declaration' | 'comment';
  readonly text: string;
  /** Line breaks between it and what stands before it. */
  readonly breaks: number;
  /** A declaration's words, where it follows the grammar. */
  readonly parts?: Fact;
}

/** Cuts a file into declarations and the comments between them. */
export function itemsOf(text: string, services: LangiumCoreServices, keywords: ReadonlySet<string>): Item[] {
  const items: Item[] = [];
  let end = text.startsWith('\uFEFF') ? 1 : 0;
  let last = end;
  const add = (offset: number, item: Omit<Item, 'breaks'>): void => {
    items.push({ ...item, breaks: breaksIn(text, last, offset) });
    last = offset + item.text.length;
  };
  const addComments = (to: number): void => {
    if (to <= end) return;
    const between = text.slice(end, to);
    const { tokens, hidden, errors } = services.parser.Lexer.tokenize(between);
    const comments = hidden.map((token) => ({ offset: token.startOffset, text: token.image }));
    // A comment that is not closed is no comment to the lexer.
    const unread = tokens.length > 0 || errors.length > 0 ? [{ offset: between.search(/\S/), text: between.trim() }] : undefined;
    for (const { offset, text: content } of unread ?? comments) add(end + offset, { kind: 'comment', text: content });
  };
  for (const piece of splitDeclarations(text, keywords)) {
    addComments(piece.offset);
    let offset = piece.offset;
    let rest = piece.text;
    for (;;) {
      const read = readParts(rest, services);
      // Declarations without a block may follow each other on one line.
      if (read.rest !== undefined && read.rest > 0 && beginsDeclaration(rest.slice(read.rest), keywords)) {
        const head = rest.slice(0, read.rest).trimEnd();
        add(offset, { kind: 'declaration', text: head, ...readParts(head, services) });
        offset += read.rest;
        rest = rest.slice(read.rest);
        continue;
      }
      add(offset, { kind: 'declaration', text: rest, ...(read.parts ? { parts: read.parts } : {}) });
      break;
    }
    end = piece.offset + piece.text.length;
  }
  addComments(text.length);
  return items;
}

function breaksIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
