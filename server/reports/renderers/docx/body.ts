/** The blocks of a document as what stands in a file for Word, and on which way round of the page. */
import { HeadingLevel, PageBreak, Paragraph, type FileChild } from 'docx';
import type { Block, Drawing, Figure, Section } from '../../blocks.ts';
import { inlinesText } from '../cell-text.ts';
import { anchored, runsOf, statusRun, textRuns } from './inlines.ts';
import { isWideTable, perPixel, textHeight, textRoom, type Orientation, type Sheet } from './measures.ts';
import { bullets, numbers, paragraphStyles } from './styles.ts';
import { dataTable, definitionsTable, heatMapTable, keyFiguresTable, signaturesTable, type TableContext } from './tables.ts';

/** What is decided together whether the page is turned for it: a heading and all up to the next. */
interface Passage {
  readonly blocks: PlacedBlock[];
  wide: boolean;
  /** About how many lines it takes. */
  lines: number;
}

interface PlacedBlock {
  readonly block: Exclude<Block, Section> | { readonly kind: 'heading'; readonly section: Section; readonly level: number };
}

/** What the blocks of a document become, and about how many lines they take. */
export interface Body {
  readonly runs: readonly Run[];
  readonly lines: number;
}

/** Blocks that follow each other on pages turned the same way. */
export interface Run {
  readonly orientation: Orientation;
  readonly children: readonly FileChild[];
}

export function renderBody(blocks: readonly Block[], context: TableContext): Body {
  const passages = passagesOf(blocks, context);
  turnWhatIsBetween(passages);
  const runs: { orientation: Orientation; children: FileChild[] }[] = [];
  const writer = new BlockWriter(context);
  for (const { blocks: placed, wide } of passages) {
    const orientation = wide ? 'landscape' : 'portrait';
    let run = runs.at(-1);
    if (run?.orientation !== orientation) {
      run = { orientation, children: [] };
      runs.push(run);
    }
    // What leads to a picture or to signatures stands on its page, where it is little.
    const held = placed.findIndex(({ block }) => block.kind === 'figure' || block.kind === 'signatures');
    const leading = held > 0 && held <= mostLeading && placed.slice(0, held).every(({ block }) => block.kind === 'heading' || block.kind === 'paragraph') ? held : 0;
    for (const [index, { block }] of placed.entries()) run.children.push(...writer.write(block, orientation, index < leading));
  }
  return { runs, lines: passages.reduce((sum, { lines }) => sum + lines, 0) };
}

/** Headings and paragraphs before a picture or signatures. */
const mostLeading = 5;

function passagesOf(blocks: readonly Block[], context: TableContext): Passage[] {
  const passages: Passage[] = [{ blocks: [], wide: false, lines: 0 }];
  const visit = (inner: readonly Block[], level: number): void => {
    for (const block of inner) {
      let current = passages.at(-1) ?? { blocks: [], wide: false, lines: 0 };
      if (block.kind === 'section') {
        if (block.heading !== undefined) {
          // Headings that follow each other at once belong together.
          if (current.blocks.length > 0 && current.blocks.at(-1)?.block.kind !== 'heading') {
            current = { blocks: [], wide: false, lines: 0 };
            passages.push(current);
          }
          current.blocks.push({ block: { kind: 'heading', section: block, level } });
          current.lines += 2;
        }
        visit(block.blocks, block.heading === undefined ? level : Math.min(6, level + 1));
        continue;
      }
      current.blocks.push({ block });
      current.wide ||= isWide(block, context);
      current.lines += linesOf(block, context.words);
    }
  };
  visit(blocks, 1);
  return passages.filter((passage) => passage.blocks.length > 0);
}

function isWide(block: Exclude<Block, Section>, { words, sheet }: TableContext): boolean {
  switch (block.kind) {
    case 'table':
      return isWideTable(block, words, sheet);
    case 'figure':
      return scaleOf(block.drawing, sheet, 'portrait') < smallestScale || isWideTable(block.table, words, sheet);
    case 'heat-map':
      return block.columns.length > 7;
    case 'paragraph':
    case 'list':
    case 'definitions':
    case 'key-figures':
    case 'status':
    case 'callout':
    case 'signatures':
    case 'page-break':
      return false;
  }
}

const charactersInLine = 100;

function linesOf(block: Exclude<Block, Section>, words: TableContext['words']): number {
  switch (block.kind) {
    case 'table':
      return block.rows.length * 1.6 + 2;
    case 'figure':
      return block.drawing.height / 18 + block.table.rows.length + 3;
    case 'heat-map':
      return block.rows.length * 1.4 + 4;
    case 'list':
      return block.items.length * 1.3;
    case 'definitions':
      return block.items.length * 1.3;
    case 'key-figures':
      return 6;
    case 'signatures':
      return block.parties.length * 5;
    case 'paragraph':
    case 'status':
    case 'callout':
      return Math.ceil(inlinesText(block.content, words).length / charactersInLine) + 0.5;
    case 'page-break':
      return 0;
  }
}

/** So few lines between turned pages do not get an upright page of their own. */
const fewLines = 16;

function turnWhatIsBetween(passages: readonly Passage[]): void {
  for (let start = 0; start < passages.length; start += 1) {
    if (passages[start]?.wide !== false || passages[start - 1]?.wide !== true) continue;
    let end = start;
    let lines = 0;
    while (end < passages.length && passages[end]?.wide === false) lines += passages[end++]?.lines ?? 0;
    const isLast = end === passages.length;
    if (lines <= fewLines && !isLast) for (let index = start; index < end; index += 1) (passages[index] as Passage).wide = true;
  }
}

const headings = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3, HeadingLevel.HEADING_4, HeadingLevel.HEADING_5, HeadingLevel.HEADING_6] as const;

/** Below the last item of a list, in twentieths of a point: as below a paragraph. */
const afterList = 110;

/** What is drawn smaller than this can hardly be read. */
const smallestScale = 0.8;

/** The part of a page's height that a drawing may take, so that its heading, what is said before it and its caption stand with it. */
const tallest = 0.72;

function scaleOf({ width, height }: Drawing, sheet: Sheet, orientation: Orientation): number {
  return Math.min(1, textRoom(sheet, orientation) / (width * perPixel), (textHeight(sheet, orientation) * tallest) / (height * perPixel));
}

class BlockWriter {
  readonly #context: TableContext;
  #orderedLists = 0;
  #pageBreak = false;

  constructor(context: TableContext) {
    this.#context = context;
  }

  write(block: PlacedBlock['block'], orientation: Orientation, keepNext: boolean): FileChild[] {
    const context = this.#context;
    const room = textRoom(context.sheet, orientation);
    switch (block.kind) {
      case 'heading': {
        const pageBreakBefore = this.#takePageBreak();
        return [new Paragraph({ heading: headings[block.level - 1] ?? HeadingLevel.HEADING_6, pageBreakBefore, children: anchored(runsOf(block.section.heading ?? [], context), block.section.anchor, context) })];
      }
      case 'page-break':
        this.#pageBreak = true;
        return [];
      case 'paragraph':
        return this.#after([new Paragraph({ ...(block.lead === true ? { style: paragraphStyles.lead } : {}), keepNext, children: runsOf(block.content, context) })]);
      case 'list': {
        if (block.ordered === true) this.#orderedLists += 1;
        const list = block.ordered === true ? { reference: numbers, level: 0, instance: this.#orderedLists } : { reference: bullets, level: 0 };
        return this.#after(block.items.map((item, index) => new Paragraph({ style: 'ListParagraph', numbering: list, ...(index === block.items.length - 1 ? { spacing: { after: afterList } } : {}), children: runsOf(item, context) })));
      }
      case 'definitions':
        return this.#after(block.items.length === 0 ? [] : [definitionsTable(block.items, context, room), afterTable()]);
      case 'table':
        return this.#after([...(block.caption === undefined ? [] : [new Paragraph({ style: 'Caption', children: runsOf(block.caption, context) })]), dataTable(block, context, room), afterTable()]);
      case 'figure':
        return this.#after(this.#figure(block, orientation));
      case 'heat-map':
        return this.#after([
          new Paragraph({ style: 'Caption', children: runsOf(block.caption, context) }),
          heatMapTable(block, context, room),
          new Paragraph({ style: paragraphStyles.legend, children: textRuns(block.kinds.map(({ mark, name }) => `${mark}\u00a0${name}`).join('    ')) }),
        ]);
      case 'key-figures':
        return this.#after(block.figures.length === 0 ? [] : [keyFiguresTable(block.figures, context, room), afterTable()]);
      case 'status':
        return this.#after([new Paragraph({ children: [statusRun(block.status, context.words, true), ...textRuns(' '), ...runsOf(block.content, context)] })]);
      case 'callout':
        return this.#after([new Paragraph({ style: block.tone === 'attention' ? paragraphStyles.attention : paragraphStyles.note, children: runsOf(block.content, context) })]);
      case 'signatures':
        return this.#after(block.parties.length === 0 ? [] : [signaturesTable(block.parties, context, room), afterTable()]);
    }
  }

  #figure({ drawing, caption, alternative, anchor, table }: Figure, orientation: Orientation): FileChild[] {
    const context = this.#context;
    const scale = scaleOf(drawing, context.sheet, orientation);
    const picture = context.pictures.run(drawing, alternative, { width: Math.round(drawing.width * scale), height: Math.round(drawing.height * scale) });
    return [
      new Paragraph({ style: 'Caption', children: anchored(runsOf(caption, context), anchor, context) }),
      new Paragraph({ style: paragraphStyles.picture, children: [picture] }),
      ...(table.rows.length === 0 ? [] : [dataTable(table, context, textRoom(context.sheet, orientation)), afterTable()]),
    ];
  }

  /** A heading carries the break itself; before anything else it stands on its own. */
  #after(children: FileChild[]): FileChild[] {
    if (children.length === 0 || !this.#takePageBreak()) return children;
    return [new Paragraph({ style: paragraphStyles.afterTable, children: [new PageBreak()] }), ...children];
  }

  #takePageBreak(): boolean {
    const due = this.#pageBreak;
    this.#pageBreak = false;
    return due;
  }
}

/** Tables that follow each other at once would become one. */
function afterTable(): Paragraph {
  return new Paragraph({ style: paragraphStyles.afterTable });
}
