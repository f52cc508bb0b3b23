/**
 * A place in a declaration's text, packed into one number so that a model of 200,000 lines stays small:
 * line (relative to the declaration's first line), column and length, of which the length ends at the line's end.
 *
 * Nearly all places fit into 31 bits, which JavaScript engines keep without a heap object; the rest take the range above.
 */
export type Span = number & { readonly brand: 'Span' };

const small = { lines: 2 ** 11, columns: 2 ** 11, lengths: 2 ** 8 } as const;
const large = { columns: 2 ** 17, lengths: 2 ** 14 } as const;
const firstLarge = small.lines * small.columns * small.lengths;

export function span(line: number, column: number, length: number): Span {
  if (line < small.lines && column < small.columns && length < small.lengths) {
    return ((line * small.columns + column) * small.lengths + length) as Span;
  }
  const cutColumn = Math.min(column, large.columns - 1);
  const cutLength = Math.min(length, large.lengths - 1);
  return (firstLarge + (line * large.columns + cutColumn) * large.lengths + cutLength) as Span;
}

export function spanLine(place: Span): number {
  return place < firstLarge ? Math.floor(place / (small.columns * small.lengths)) : Math.floor((place - firstLarge) / (large.columns * large.lengths));
}

export function spanColumn(place: Span): number {
  return place < firstLarge ? Math.floor(place / small.lengths) % small.columns : Math.floor((place - firstLarge) / large.lengths) % large.columns;
}

export function spanLength(place: Span): number {
  return place < firstLarge ? place % small.lengths : (place - firstLarge) % large.lengths;
}

/** Where each property of a node stands; `$self` is the first line of a node without a name. A list property has one span per element. */
export type Spans = Readonly<Record<string, Span | readonly Span[]>>;

/** A range in a file: lines and columns from 0, UTF-16 code units, the end exclusive. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}
