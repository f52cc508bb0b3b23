/**
 * A document is data: metadata and a tree of blocks, plain, immutable and JSON-serialisable. Renderers turn the same
 * tree into HTML, Markdown and JSON, so what is seen in the editor is what is exported.
 *
 * Every string in here is text, never markup: a renderer escapes it by construction. Headings have no level of their
 * own, it follows from the nesting of sections, so that headings are always in order.
 */

import type { Subject } from '../measurement/figure.ts';
import type { DocumentLanguage } from './words/languages.ts';

/** A place in the text of the model: file relative to the project, line and column from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A figure whose records can be shown. */
export interface FigureReference {
  readonly subject: Subject;
  /** Id of the period, such as `2026-03`. */
  readonly period: string;
}

/**
 * How a figure stands against its target.
 * - `below`: the target is missed.
 * - `warning`: the target is met, the warning threshold is not.
 * - `met`: target and warning threshold are met.
 * - `too-small`: fewer records than the declared minimum sample, so no verdict.
 * - `no-data`: nothing is known.
 */
export type Status = 'below' | 'warning' | 'met' | 'too-small' | 'no-data';

/** A run of text with its emphasis; a bare string is plain text. */
export type Inline =
  | string
  | { readonly kind: 'strong'; readonly content: readonly Inline[] }
  | { readonly kind: 'emphasis'; readonly content: readonly Inline[] }
  | { readonly kind: 'quiet'; readonly content: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly url: string; readonly content: readonly Inline[] }
  | { readonly kind: 'jump'; readonly anchor: string; readonly content: readonly Inline[] }
  | { readonly kind: 'place'; readonly place: SourcePlace; readonly content: readonly Inline[] }
  | { readonly kind: 'status'; readonly status: Status; readonly words?: boolean };

export type Inlines = readonly Inline[];

/** What a column holds; decides alignment and how a renderer with typed cells (a sheet) writes it. */
export type ColumnType = 'text' | 'number' | 'percent' | 'date' | 'status' | 'drawing';

export interface Column {
  readonly head: string;
  readonly type: ColumnType;
  /** Shown in the head, so that cells hold bare numbers. */
  readonly unit?: string;
  /** `narrow` columns take the room they need, `wide` ones what is left. */
  readonly width?: 'narrow' | 'wide';
  /** Left out on pages, which are not wide enough for it; sheets and data hold it. */
  readonly detail?: boolean;
}

export type Cell =
  | { readonly kind: 'text'; readonly content: Inlines }
  /** An exact decimal, canonical and without separators, such as `20000` or `4.25`. Beside the text it leads to the records behind it, where it names its figure. */
  | { readonly kind: 'number'; readonly value: string; readonly rows?: FigureReference }
  /** An exact decimal in percent, such as `99.79`; never rounded up to a target by anybody. */
  | { readonly kind: 'percent'; readonly value: string }
  | { readonly kind: 'ratio'; readonly numerator: string; readonly denominator: string }
  /** ISO 8601 date or period, such as `2026-03-31`, `2026-03`. */
  | { readonly kind: 'date'; readonly value: string }
  | { readonly kind: 'status'; readonly status: Status }
  | { readonly kind: 'drawing'; readonly drawing: Drawing; readonly alternative: string }
  /** Nothing is known; printed as a dash, never as zero. */
  | { readonly kind: 'unknown'; readonly reason?: string };

export interface Row {
  readonly cells: readonly Cell[];
  readonly anchor?: string;
  /** Begins a group of rows under this heading, which holds until the next. */
  readonly group?: Inlines;
  /** Set for rows that sum up the others. */
  readonly total?: boolean;
}

export interface SortKey {
  readonly column: number;
  readonly descending?: boolean;
}

export interface Table {
  readonly kind: 'table';
  readonly caption?: Inlines;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** The column whose cells name their row; the first unless told. */
  readonly rowHead?: number;
  readonly sortedBy?: readonly SortKey[];
  /** `dense` for the numbers under a chart. */
  readonly density?: 'normal' | 'dense';
}

/** One element of a drawing: the part of SVG that charts need. Attributes are data and escaped like any other text. */
export interface DrawingElement {
  readonly tag: DrawingTag;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (DrawingElement | string)[];
}

export type DrawingTag = 'svg' | 'g' | 'path' | 'rect' | 'circle' | 'line' | 'polyline' | 'polygon' | 'text' | 'tspan' | 'defs' | 'clipPath' | 'title';

/** A drawing of a known size, in CSS pixels. Ids inside are made unique per page by the renderer. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly children: readonly DrawingElement[];
}

export interface Figure {
  readonly kind: 'figure';
  readonly anchor?: string;
  readonly drawing: Drawing;
  /** Says what the figure shows, not what it is. */
  readonly caption: Inlines;
  /** Read out instead of the drawing. */
  readonly alternative: string;
  /** The numbers of the drawing. */
  readonly table: Table;
}

export interface HeatCell {
  /** Counts by kind; the order is that of the legend. */
  readonly counts: readonly number[];
  /** The whole, which the counts add up to. */
  readonly total: number;
}

/** What a count in a heat map's cell means. `gap` colours the cell by its share of the whole. */
export interface HeatKind {
  readonly name: string;
  readonly mark: string;
  readonly tone: 'gap' | 'accepted' | 'fine' | 'unknown' | 'unchecked';
}

export interface HeatMap {
  readonly kind: 'heat-map';
  readonly caption: Inlines;
  readonly rowHead: string;
  readonly columns: readonly string[];
  readonly kinds: readonly HeatKind[];
  readonly rows: readonly { readonly name: Inlines; readonly level?: 1 | 2; readonly cells: readonly HeatCell[] }[];
}

export interface KeyFigure {
  readonly name: string;
  /** Large: a number, or a few words. */
  readonly value: string;
  /** Stands small after the value, such as `of 16`. */
  readonly whole?: string;
  readonly status?: Status;
  readonly note?: Inlines;
}

/** Who signs a document. */
export interface SigningParty {
  readonly name: string;
  readonly role?: string;
  readonly organization?: string;
}

export type Layout = 'flow' | 'two-columns' | 'three-columns' | 'wide-and-narrow';

export type Block =
  | { readonly kind: 'paragraph'; readonly content: Inlines; readonly lead?: boolean }
  | { readonly kind: 'list'; readonly ordered?: boolean; readonly items: readonly Inlines[] }
  | { readonly kind: 'definitions'; readonly items: readonly { readonly term: Inlines; readonly meaning: Inlines }[] }
  | Table
  | Figure
  | HeatMap
  | { readonly kind: 'key-figures'; readonly figures: readonly KeyFigure[] }
  | { readonly kind: 'status'; readonly status: Status; readonly content: Inlines }
  | { readonly kind: 'callout'; readonly tone: 'note' | 'attention'; readonly content: Inlines }
  /** Room to sign for each party: the line, who signs, and the date. */
  | { readonly kind: 'signatures'; readonly parties: readonly SigningParty[] }
  | { readonly kind: 'page-break' }
  | Section;

export interface Section {
  readonly kind: 'section';
  readonly heading?: Inlines;
  readonly anchor?: string;
  /** How the blocks stand on a wide screen; on paper and on narrow screens they follow one another. */
  readonly layout?: Layout;
  /** Kept on one page where it fits. */
  readonly together?: boolean;
  readonly blocks: readonly Block[];
}

/** Where every figure of the document comes from. Printed at the foot of each page. */
export interface Provenance {
  /** ISO date: what "today" means in this document. */
  readonly asOf: string;
  /** Absent where the project is not under version control. */
  readonly commit?: string;
  /** Whether the inputs (model and data, not the outputs) differ from the commit. */
  readonly commitDirty?: boolean;
  readonly catalogueVersion: string;
  /** Hash over the data files the figures were computed from; absent where none were read. */
  readonly dataHash?: string;
  readonly toolVersion: string;
}

export const papers = ['A4', 'Letter'] as const;
export type Paper = (typeof papers)[number];

/** How the documents of an organization look, beside what they say. */
export interface Look {
  /** The reader's choice where left out, and A4 in formats that have to know. */
  readonly paper?: Paper;
  /** The organization's name on its documents, in place of the title that the model gives it. */
  readonly name?: string;
  /** Of rules above sections, as `#rrggbb`; ink where left out. */
  readonly accent?: string;
  readonly logo?: Logo;
  /** Whether a document begins with a page of its own for its title; left out: long ones do. */
  readonly cover?: boolean;
  /** Stands at the foot of each page, before where the figures come from. */
  readonly footer?: string;
}

export interface Logo {
  readonly mediaType: 'image/png' | 'image/jpeg';
  readonly base64: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

export interface Document {
  readonly id: string;
  readonly title: string;
  readonly subtitle?: string;
  readonly audience?: string;
  readonly language: DocumentLanguage;
  readonly organization: string;
  readonly look?: Look;
  readonly provenance: Provenance;
  readonly blocks: readonly Block[];
}
