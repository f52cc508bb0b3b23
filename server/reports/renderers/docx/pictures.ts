import { ImageRun } from 'docx';
import type { Block, Drawing, Logo, Table } from '../../blocks.ts';
import { officeText } from '../office/text.ts';
import { standaloneSvg } from '../standalone-svg.ts';

/** Draws as pixels what a program cannot show as lines. @param width at which it is shown, in pixels of a screen @returns a PNG */
export type Rasterize = (drawing: Drawing, width: number) => Uint8Array;

/** Longer descriptions are cut by some readers of screens. In characters. */
const longestDescription = 2000;

/** The drawings of a document: as vectors, and as pixels for programs that know no better. */
export class Pictures {
  readonly #rasterize: Rasterize;
  #count = 0;

  constructor(rasterize: Rasterize) {
    this.#rasterize = rasterize;
  }

  /** @param size in pixels of a screen, 96 to the inch */
  run(drawing: Drawing, alternative: string, size: { readonly width: number; readonly height: number }): ImageRun {
    this.#count += 1;
    const text = [...officeText(alternative)].slice(0, longestDescription).join('');
    return new ImageRun({
      type: 'svg',
      data: new TextEncoder().encode(standaloneSvg(drawing, alternative)),
      transformation: size,
      fallback: { type: 'png', data: this.#rasterize(drawing, size.width) },
      altText: { id: String(this.#count), name: `drawing ${this.#count}`, description: text, title: '' },
    });
  }

  /** @param most in pixels of a screen */
  logo({ mediaType, base64, width, height }: Logo, most: { readonly width: number; readonly height: number }, alternative: string): ImageRun {
    this.#count += 1;
    const scale = Math.min(1, most.width / width, most.height / height);
    return new ImageRun({
      type: mediaType === 'image/png' ? 'png' : 'jpg',
      data: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
      transformation: { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) },
      altText: { id: String(this.#count), name: `logo ${this.#count}`, description: officeText(alternative), title: '' },
    });
  }
}

/** Every drawing of a document. */
export function drawingsOf(blocks: readonly Block[]): Drawing[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'section':
        return drawingsOf(block.blocks);
      case 'figure':
        return [block.drawing, ...drawingsInCells(block.table)];
      case 'table':
        return drawingsInCells(block);
      case 'paragraph':
      case 'list':
      case 'definitions':
      case 'heat-map':
      case 'key-figures':
      case 'status':
      case 'callout':
      case 'signatures':
      case 'page-break':
        return [];
    }
  });
}

function drawingsInCells({ rows }: Table): Drawing[] {
  return rows.flatMap(({ cells }) => cells.flatMap((cell) => (cell.kind === 'drawing' ? [cell.drawing] : [])));
}
