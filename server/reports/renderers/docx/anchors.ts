/** Names of places in a document for Word, which allows letters, digits and underscores, and no more than 40 of them. */
import type { Block } from '../../blocks.ts';

export class Anchors {
  readonly #names = new Map<string, string>();

  constructor(blocks: readonly Block[]) {
    this.#collect(blocks);
  }

  /** The bookmark of an anchor; undefined where nothing in the document has it, so that a jump to it would lead nowhere. */
  name(anchor: string): string | undefined {
    return this.#names.get(anchor);
  }

  #collect(blocks: readonly Block[]): void {
    for (const block of blocks) {
      if (block.kind === 'section') {
        this.#add(block.anchor);
        this.#collect(block.blocks);
      } else if (block.kind === 'figure') {
        this.#add(block.anchor);
        for (const row of block.table.rows) this.#add(row.anchor);
      } else if (block.kind === 'table') {
        for (const row of block.rows) this.#add(row.anchor);
      }
    }
  }

  /** The number keeps apart what reads the same without its other signs. */
  #add(anchor: string | undefined): void {
    if (anchor === undefined || this.#names.has(anchor)) return;
    const readable = anchor.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 28);
    this.#names.set(anchor, `place_${this.#names.size + 1}${readable === '' ? '' : `_${readable}`}`);
  }
}
