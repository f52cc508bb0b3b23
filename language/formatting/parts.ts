import { isCompositeCstNode, isLeafCstNode, type CstNode, type GrammarAST, type LangiumCoreServices, type LeafCstNode } from 'langium';
import { automatonOf } from '../syntax/grammar-automaton.ts';

/** A word, mark or value of the text, exactly as written. */
export interface Word {
  readonly kind: 'word';
  readonly text: string;
  /** Line breaks between it and what stands before it. */
  readonly breaks: number;
  /** Where in the grammar it was expected. */
  readonly source: GrammarAST.AbstractElement | undefined;
}

export interface Comment {
  readonly kind: 'comment';
  readonly text: string;
  /** Line breaks between it and what stands before it. */
  readonly breaks: number;
}

/** What stands between `{` and `}`. */
export interface Block {
  readonly kind: 'block';
  /** A comment behind the opening brace, on its line. */
  readonly openComments: Comment[];
  readonly facts: Fact[];
  /** Comments between the last fact and the closing brace. */
  readonly closeComments: Comment[];
  /** Whether its facts were written over several lines. */
  broken: boolean;
}

/** A fact of a block, or a whole declaration. */
export interface Fact {
  /** Comments in front of it. */
  readonly comments: Comment[];
  /** Line breaks between it and what stands before it. */
  readonly breaks: number;
  readonly parts: (Word | Comment | Block)[];
}

/**
 * The words of a declaration's text sorted into facts and blocks; none where the text does not follow the grammar. `rest` is
 * where text begins that follows a complete declaration.
 */
export function readParts(text: string, services: LangiumCoreServices): { readonly parts?: Fact; readonly rest?: number } {
  const result = services.parser.LangiumParser.parse(text, { rule: 'Declaration' });
  const root = result.value.$cstNode;
  const error = result.parserErrors[0];
  if (error?.name === 'NotAllInputParsedException' && result.lexerErrors.length === 0) return { rest: error.token.startOffset };
  if (result.lexerErrors.length > 0 || error || !root) return {};
  const comments = services.parser.Lexer.tokenize(text).hidden.map((token) => ({ offset: token.startOffset, text: token.image }));
  return { parts: new PartReader(text, leavesOf(root), comments, automatonOf(services.Grammar).factStarts).read() };
}

interface Piece {
  readonly offset: number;
  readonly text: string;
  readonly leaf?: LeafCstNode;
}

class PartReader {
  readonly #pieces: readonly Piece[];
  readonly #breaks: readonly number[];
  readonly #starts: ReadonlySet<GrammarAST.AbstractElement>;
  #at = 0;

  constructor(text: string, leaves: readonly LeafCstNode[], comments: readonly Piece[], starts: ReadonlySet<GrammarAST.AbstractElement>) {
    const pieces = [...leaves.map((leaf): Piece => ({ offset: leaf.offset, text: leaf.text, leaf })), ...comments];
    this.#pieces = pieces.sort((a, b) => a.offset - b.offset);
    this.#starts = starts;
    let end = 0;
    this.#breaks = this.#pieces.map((piece) => {
      const between = text.slice(end, piece.offset);
      end = piece.offset + piece.text.length;
      return between.split('\n').length - 1;
    });
  }

  read(): Fact {
    return this.#fact(this.#leadingComments(), true);
  }

  #peek(): Piece | undefined {
    return this.#pieces[this.#at];
  }

  #leadingComments(): Comment[] {
    const comments: Comment[] = [];
    for (let piece = this.#peek(); piece && !piece.leaf; piece = this.#peek()) comments.push(this.#comment());
    return comments;
  }

  #comment(): Comment {
    const breaks = this.#breaks[this.#at] ?? 0;
    const piece = this.#pieces[this.#at++];
    return { kind: 'comment', text: piece?.text ?? '', breaks };
  }

  /** Reads up to the next fact, the closing brace or, for a declaration, the end. */
  #fact(comments: Comment[], whole: boolean): Fact {
    const fact: Fact = { comments, breaks: this.#breaks[this.#at] ?? 0, parts: [] };
    let first = true;
    for (let piece = this.#peek(); piece; piece = this.#peek()) {
      if (!piece.leaf) {
        if (!whole && this.#endsFact()) {
          if ((this.#breaks[this.#at] ?? 0) > 0) break;
        }
        fact.parts.push(this.#comment());
        continue;
      }
      if (isBrace(piece, '{')) {
        fact.parts.push(this.#block());
      } else if (isBrace(piece, '}') || (!first && !whole && this.#isStart(piece))) {
        break;
      } else {
        fact.parts.push({ kind: 'word', text: piece.text, breaks: this.#breaks[this.#at] ?? 0, source: piece.leaf.grammarSource });
        this.#at++;
      }
      first = false;
    }
    return fact;
  }

  /** Whether after the comments that stand here a fact begins or the block ends. */
  #endsFact(): boolean {
    let at = this.#at;
    while (this.#pieces[at] && !this.#pieces[at]?.leaf) at++;
    const next = this.#pieces[at];
    return !next || isBrace(next, '}') || this.#isStart(next);
  }

  #isStart(piece: Piece): boolean {
    return piece.leaf?.grammarSource !== undefined && this.#starts.has(piece.leaf.grammarSource);
  }

  #block(): Block {
    this.#at++;
    const block: Block = { kind: 'block', openComments: [], facts: [], closeComments: [], broken: false };
    while (this.#peek() && !this.#peek()?.leaf && this.#breaks[this.#at] === 0 && (this.#peek()?.text.startsWith('//') ?? false)) {
      block.openComments.push(this.#comment());
    }
    for (;;) {
      if ((this.#breaks[this.#at] ?? 0) > 0) block.broken = true;
      const comments = this.#leadingComments();
      if (comments.some(({ breaks }) => breaks > 0) || (this.#breaks[this.#at] ?? 0) > 0) block.broken = true;
      const next = this.#peek();
      if (!next || isBrace(next, '}')) {
        block.closeComments.push(...comments);
        break;
      }
      block.facts.push(this.#fact(comments, false));
    }
    this.#at++;
    return block;
  }
}

function isBrace(piece: Piece, brace: '{' | '}'): boolean {
  return piece.text === brace;
}

function leavesOf(root: CstNode): LeafCstNode[] {
  const leaves: LeafCstNode[] = [];
  const pending: CstNode[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (isLeafCstNode(node)) {
      if (!node.hidden) leaves.push(node);
    } else if (isCompositeCstNode(node)) {
      for (let index = node.content.length - 1; index >= 0; index--) {
        const child = node.content[index];
        if (child) pending.push(child);
      }
    }
  }
  return leaves;
}
