/** Short names for the blocks that reports are written in. */
import type { Block, Cell, Column, ColumnType, Inline, Inlines, KeyFigure, Section, SigningParty, SourcePlace, Status, Table } from './blocks.ts';

export function strong(...content: Inline[]): Inline {
  return { kind: 'strong', content };
}

export function emphasis(...content: Inline[]): Inline {
  return { kind: 'emphasis', content };
}

/** Text that matters less than what it stands beside. */
export function quiet(...content: Inline[]): Inline {
  return { kind: 'quiet', content };
}

export function code(text: string): Inline {
  return { kind: 'code', text };
}

export function link(url: string, ...content: Inline[]): Inline {
  return { kind: 'link', url, content };
}

/** A link inside the document. */
export function jump(anchor: string, ...content: Inline[]): Inline {
  return { kind: 'jump', anchor, content };
}

/** A link into the text of the model; plain content where the place is not known. */
export function at(place: SourcePlace | undefined, ...content: Inline[]): Inline {
  if (place === undefined) return content.length === 1 ? (content[0] ?? '') : { kind: 'quiet', content };
  return { kind: 'place', place, content };
}

export function mark(status: Status, words = false): Inline {
  return words ? { kind: 'status', status, words } : { kind: 'status', status };
}

export function paragraph(...content: Inline[]): Block {
  return { kind: 'paragraph', content };
}

/** The first sentence of a section, a little stronger than the rest. */
export function lead(...content: Inline[]): Block {
  return { kind: 'paragraph', content, lead: true };
}

export function list(items: readonly Inlines[]): Block {
  return { kind: 'list', items };
}

export function definitions(items: readonly (readonly [term: string, meaning: Inlines])[]): Block {
  return { kind: 'definitions', items: items.map(([term, meaning]) => ({ term: [term], meaning })) };
}

export function note(...content: Inline[]): Block {
  return { kind: 'callout', tone: 'note', content };
}

export function attention(...content: Inline[]): Block {
  return { kind: 'callout', tone: 'attention', content };
}

export function keyFigures(figures: readonly KeyFigure[]): Block {
  return { kind: 'key-figures', figures };
}

/** Room to sign for each party. */
export function signatures(parties: readonly SigningParty[]): Block {
  return { kind: 'signatures', parties };
}

export function section(heading: string, blocks: readonly Block[], more: Omit<Section, 'kind' | 'heading' | 'blocks'> = {}): Section {
  return { kind: 'section', heading: [heading], blocks, ...more };
}

/** Blocks that stand side by side on a wide screen, without a heading of their own. */
export function columns(layout: NonNullable<Section['layout']>, blocks: readonly Block[]): Section {
  return { kind: 'section', layout, blocks };
}

export function column(head: string, type: ColumnType = 'text', more: Omit<Column, 'head' | 'type'> = {}): Column {
  return { head, type, ...more };
}

export function table(columnsOfTable: readonly Column[], rows: readonly (readonly Cell[])[], more: Omit<Table, 'kind' | 'columns' | 'rows'> = {}): Table {
  return { kind: 'table', columns: columnsOfTable, rows: rows.map((cells) => ({ cells })), ...more };
}

export function words(...content: Inline[]): Cell {
  return { kind: 'text', content };
}

export function count(value: number): Cell {
  return { kind: 'number', value: String(value) };
}

/** An exact decimal, given as text so that nothing is rounded on the way. */
export function decimal(value: string | undefined): Cell {
  return value === undefined ? unknown() : { kind: 'number', value };
}

export function percent(value: string | undefined): Cell {
  return value === undefined ? unknown() : { kind: 'percent', value };
}

export function ratio(numerator: number | string, denominator: number | string): Cell {
  return { kind: 'ratio', numerator: String(numerator), denominator: String(denominator) };
}

export function date(value: string | undefined): Cell {
  return value === undefined ? unknown() : { kind: 'date', value };
}

export function statusCell(status: Status): Cell {
  return { kind: 'status', status };
}

export function unknown(reason?: string): Cell {
  return reason === undefined ? { kind: 'unknown' } : { kind: 'unknown', reason };
}

/**
 * The words of inline content, without any emphasis: for text alternatives and formats without it.
 *
 * @param statusText what stands for a mark of status; nothing where left out
 */
export function plain(content: Inlines, statusText: (inline: Extract<Inline, { kind: 'status' }>) => string = () => ''): string {
  return content
    .map((inline): string => {
      if (typeof inline === 'string') return inline;
      switch (inline.kind) {
        case 'code':
          return inline.text;
        case 'status':
          return statusText(inline);
        case 'strong':
        case 'emphasis':
        case 'quiet':
        case 'link':
        case 'jump':
        case 'place':
          return plain(inline.content, statusText);
      }
    })
    .join('');
}
