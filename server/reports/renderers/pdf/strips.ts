/**
 * A document as a sequence of strips, each of which stands whole on a page: a line of text, a row of a table, a drawing.
 * Where pages end follows from their heights and from what is to stay together; nothing is drawn to find it out.
 */
import type { Canvas } from './canvas.ts';

/** The size of a page and the room on it, in points. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly margins: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
}

/** How a strip holds to the next: not at all, where both find room on a page, or always. */
export type Hold = 'none' | 'if-it-fits' | 'always';

export interface Strip {
  readonly height: number;
  /** Empty room above, which vanishes at the head of a page. */
  readonly before: number;
  readonly hold: Hold;
  /** @param x, y the upper left corner of its place */
  readonly draw: (canvas: Canvas, x: number, y: number) => void;
  /** Names that can be jumped to, and what stands in the outline. */
  readonly marks?: readonly Mark[];
  /** Printed again at the head of a page that begins with this strip. */
  readonly repeated?: Repeated;
  /** Begins a new page. */
  readonly breaksBefore?: boolean;
  /** Of another size than the rest of the document. */
  readonly sheet?: Sheet;
}

export interface Repeated {
  readonly height: number;
  readonly draw: (canvas: Canvas, x: number, y: number) => void;
}

export interface Mark {
  readonly anchor?: string;
  readonly outline?: { readonly title: string; readonly level: number };
}

export interface PlacedStrip {
  readonly y: number;
  readonly draw: (canvas: Canvas, x: number, y: number) => void;
  readonly marks: readonly Mark[];
}

export interface Page {
  readonly sheet: Sheet;
  readonly placed: readonly PlacedStrip[];
}

export function roomOf({ height, margins }: Sheet): number {
  return height - margins.top - margins.bottom;
}

export function widthOf({ width, margins }: Sheet): number {
  return width - margins.left - margins.right;
}

/** Puts strips on pages. */
export function paginate(strips: readonly Strip[], sheet: Sheet): readonly Page[] {
  const pages: { sheet: Sheet; placed: PlacedStrip[] }[] = [];
  let page: { sheet: Sheet; placed: PlacedStrip[] } | undefined;
  let used = 0;
  const turn = (to: Sheet): { sheet: Sheet; placed: PlacedStrip[] } => {
    const next = { sheet: to, placed: [] };
    pages.push(next);
    used = 0;
    return next;
  };
  // Strips up to here were seen to fit on the page.
  let settled = 0;
  // Strips up to here would stay together if a page could hold them.
  let tooLong = 0;
  for (const [index, strip] of strips.entries()) {
    const wanted = strip.sheet ?? sheet;
    if (page === undefined || page.sheet !== wanted || (strip.breaksBefore === true && page.placed.length > 0)) {
      page = turn(wanted);
      settled = index;
    }
    const room = roomOf(wanted);
    if (index >= settled) {
      let group = groupFrom(strips, index, index < tooLong ? ['always'] : ['always', 'if-it-fits']);
      if (heightOnNewPage(group, strip) > room) {
        tooLong = Math.max(tooLong, group.end);
        group = groupFrom(strips, index, ['always']);
        if (heightOnNewPage(group, strip) > room) group = { end: index + 1, height: strip.before + strip.height };
      }
      if (page.placed.length > 0 && used + group.height > room + hair) page = turn(wanted);
      settled = group.end;
    }
    const isFirst = page.placed.length === 0;
    if (isFirst && strip.repeated !== undefined) {
      page.placed.push({ y: wanted.margins.top, draw: strip.repeated.draw, marks: [] });
      used = strip.repeated.height;
    }
    const before = isFirst ? 0 : strip.before;
    page.placed.push({ y: wanted.margins.top + used + before, draw: strip.draw, marks: strip.marks ?? [] });
    used += before + strip.height;
  }
  return pages;
}

/** Sums of lengths differ by the order of their parts. */
const hair = 0.01;

interface Group {
  /** The strip after the last. */
  readonly end: number;
  /** With the room above the first. */
  readonly height: number;
}

/** The strips from here that hold to one another in one of these ways. */
function groupFrom(strips: readonly Strip[], from: number, holds: readonly Hold[]): Group {
  let height = 0;
  let end = from;
  for (let strip = strips[end]; strip !== undefined; strip = strips[end]) {
    height += strip.before + strip.height;
    end++;
    const next = strips[end];
    if (!holds.includes(strip.hold) || next?.breaksBefore === true || next?.sheet !== strip.sheet) break;
  }
  return { end, height };
}

function heightOnNewPage(group: Group, first: Strip): number {
  return group.height - first.before + (first.repeated?.height ?? 0) - hair;
}
