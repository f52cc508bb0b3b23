/** Draws on the pages of a PDF document, and says what is drawn: the tags that screen readers go by. Points, from the upper left corner. */
import type PDFDocument from 'pdfkit';
import type { Face } from './fonts.ts';
import type { Line, Target } from './text.ts';

/** The document, with what its types do not say yet. */
export type Pdf = InstanceType<typeof PDFDocument>;
export type StructureElement = ReturnType<Pdf['struct']>;

/** What a stretch of content is: `P`, `H1`, `Table`, … as PDF names it (ISO 32000-1, 14.8.4). */
export class Tag {
  readonly type: string;
  readonly parent: Tag | undefined;
  readonly options: TagOptions;
  #element: StructureElement | undefined;

  constructor(type: string, parent?: Tag, options: TagOptions = {}) {
    this.type = type;
    this.parent = parent;
    this.options = options;
  }

  /** The element in the document, put after all that its parent holds already when it is first drawn. */
  in(pdf: Pdf): StructureElement {
    if (this.#element === undefined) {
      this.#element = pdf.struct(this.type, this.options);
      if (this.parent === undefined) pdf.addStructure(this.#element);
      else this.parent.in(pdf).add(this.#element);
    }
    return this.#element;
  }
}

export interface TagOptions {
  /** Read out instead of the content. */
  readonly alt?: string;
  readonly scope?: 'Column' | 'Row';
}

export class Canvas {
  readonly pdf: Pdf;
  readonly #destinations: ReadonlyMap<string, string>;

  /** @param destinations the names in the PDF of the anchors that exist */
  constructor(pdf: Pdf, destinations: ReadonlyMap<string, string>) {
    this.pdf = pdf;
    this.#destinations = destinations;
  }

  /** Content that is read out. */
  tagged(tag: Tag, draw: () => void): void {
    const element = tag.in(this.pdf);
    // Only the library's own types lack this method.
    const content = (this.pdf as Pdf & { markStructureContent(type: string): Parameters<StructureElement['add']>[0] }).markStructureContent(tag.type);
    draw();
    this.pdf.endMarkedContent();
    element.add(content);
  }

  /** What only decorates, or repeats what has been read. */
  artifact(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.pdf.markContent('Artifact', { type });
    draw();
    this.pdf.endMarkedContent();
  }

  /** A line of text with its links. Without a tag it is part of what is being drawn. */
  line(line: Line, x: number, y: number, tag: Tag | undefined): void {
    for (const fragment of line.fragments) {
      const { span, face, text, width } = fragment;
      const draw = (): void => this.text(text, face, span.size, span.colour, x + fragment.x, y + line.baseline);
      const target = span.target === undefined ? undefined : this.#reachable(span.target);
      if (tag === undefined) {
        draw();
      } else if (target === undefined) {
        this.tagged(tag, draw);
      } else {
        const link = new Tag('Link', tag);
        this.tagged(link, draw);
        const structParent = { structParent: link.in(this.pdf) } as object;
        const box = [x + fragment.x, y, width, line.height] as const;
        if (target.kind === 'url') this.pdf.link(...box, target.url, structParent);
        else this.pdf.goTo(...box, target.anchor, structParent);
      }
    }
  }

  /** @param baseline where letters stand */
  text(text: string, face: Face, size: number, colour: string, x: number, baseline: number): void {
    this.pdf.font(face.name, size).fillColor(colour).text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
  }

  rule(x: number, y: number, width: number, thickness: number, colour: string): void {
    this.pdf.lineWidth(thickness).moveTo(x, y).lineTo(x + width, y).stroke(colour);
  }

  area(x: number, y: number, width: number, height: number, colour: string): void {
    this.pdf.rect(x, y, width, height).fill(colour);
  }

  /** Makes a place on the page known by the name of an anchor. */
  destination(anchor: string, x: number, y: number): void {
    const name = this.#destinations.get(anchor);
    if (name !== undefined) this.pdf.addNamedDestination(name, 'XYZ', x, y, null as unknown as number);
  }

  #reachable(target: Target): Target | undefined {
    if (target.kind === 'url') return target;
    const name = this.#destinations.get(target.anchor);
    return name === undefined ? undefined : { kind: 'anchor', anchor: name };
  }
}
