/** A drawing as an SVG file of its own, in the part of SVG that word processors and small renderers know. */
import type { Drawing, DrawingElement } from '../blocks.ts';
import { bareText, element, serialize, type Markup } from './markup.ts';

/** Of the usual sans-serif faces, by which text is centred: the middle between ascender and descender, in sizes of the font. */
const middleOfLine = 0.35;

/** The same drawing gives the same text. @param fonts names as in CSS, the best first */
export function standaloneSvg(drawing: Drawing, alternative: string, fonts = 'Arial, Helvetica, sans-serif'): string {
  const { width, height } = drawing;
  const svg = element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': fonts },
    element('title', {}, bareText(alternative)),
    drawing.children.map((child) => renderElement(child, undefined)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${serialize(svg)}\n`;
}

function renderElement(drawn: DrawingElement, fontSize: string | undefined): Markup | readonly Markup[] {
  const { class: _class, 'dominant-baseline': baseline, 'paint-order': paintOrder, ...kept } = drawn.attributes;
  const size = kept['font-size'] ?? fontSize;
  const attributes: Record<string, string> = { ...kept };
  // Word puts text on its baseline whatever it is told.
  if (baseline === 'central' || baseline === 'middle') attributes['y'] = String(round(Number(kept['y'] ?? 0) + middleOfLine * Number(size ?? 12)));
  const made = (own: Readonly<Record<string, string>>): Markup =>
    element(drawn.tag, own, drawn.children.map((child) => (typeof child === 'string' ? bareText(child) : renderElement(child, size))));
  if (paintOrder !== 'stroke' || attributes['stroke'] === undefined) return made(attributes);
  // And it does not know that an outline may lie behind the letters: so it is drawn first, on its own.
  const { stroke: _stroke, 'stroke-width': _strokeWidth, ...filled } = attributes;
  return [made({ ...attributes, fill: 'none' }), made(filled)];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
