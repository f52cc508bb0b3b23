/**
 * Reads the SVG text that the charting library writes into a {@link Drawing}: only the elements and attributes that a
 * still picture needs. Style sheets, inline styles, hover classes and event attributes are left behind, and colours get
 * classes, so that a drawing needs no inline style (a strict content security policy forbids it) and follows the theme.
 * The counters that the library puts into ids are renumbered per drawing, so that two renders are identical.
 */
import type { Drawing, DrawingElement, DrawingTag } from '../blocks.ts';
import { paletteClass } from './palette.ts';

const tags: ReadonlySet<string> = new Set<DrawingTag>(['svg', 'g', 'path', 'rect', 'circle', 'line', 'polyline', 'polygon', 'text', 'tspan', 'defs', 'clipPath', 'title']);

const attributeNames: ReadonlySet<string> = new Set([
  'd', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'width', 'height', 'points', 'transform', 'fill', 'fill-opacity',
  'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'text-anchor',
  'dominant-baseline', 'paint-order', 'clip-path', 'id', 'font-size', 'font-weight',
]);

/** Text properties that the library writes as inline style and that exist as attributes. */
const styleAttributes: ReadonlySet<string> = new Set(['font-size', 'font-weight']);

interface OpenElement {
  readonly tag: string;
  readonly attributes: Record<string, string>;
  readonly children: (DrawingElement | string)[];
}

/**
 * @param svg SVG as the library writes it: well-formed, no entities but the five of XML and numeric ones.
 * @throws Error when the text is not such SVG, which would be a change in the library and no fault of a user.
 */
export function readDrawing(svg: string): Drawing {
  const root: OpenElement = { tag: '', attributes: {}, children: [] };
  const open: OpenElement[] = [root];
  const ids = new Map<string, string>();
  const token = /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<\/([A-Za-z]+)\s*>|<([A-Za-z]+)((?:\s+[\w:.-]+="[^"]*")*)\s*(\/?)>|([^<]+)/gy;
  for (let match = token.exec(svg), end = 0; match !== null; match = token.exec(svg)) {
    end = token.lastIndex;
    const [, closing, opening, attributeText = '', selfClosing, text] = match;
    const parent = open.at(-1) ?? root;
    if (text !== undefined) {
      if (parent.tag === 'text' || parent.tag === 'tspan') parent.children.push(unescapeXml(text));
    } else if (opening !== undefined) {
      const element: OpenElement = { tag: opening, attributes: readAttributes(attributeText, ids), children: [] };
      if (selfClosing === '/') finish(element, parent);
      else open.push(element);
    } else if (closing !== undefined) {
      const element = open.pop();
      if (element === undefined || element.tag !== closing) throw new Error(`The charting library wrote <${element?.tag ?? ''}> closed by </${closing}>`);
      finish(element, open.at(-1) ?? root);
    }
    if (end === svg.length) break;
  }
  const picture = root.children.find((child): child is DrawingElement => typeof child !== 'string');
  if (picture === undefined || open.length !== 1) throw new Error('The charting library wrote no picture');
  return {
    width: Number(picture.attributes['width']),
    height: Number(picture.attributes['height']),
    children: picture.children.filter((child): child is DrawingElement => typeof child !== 'string'),
  };
}

function finish(element: OpenElement, parent: OpenElement): void {
  if (!tags.has(element.tag)) return;
  const { tag, attributes, children } = element;
  if (tag === 'rect' && attributes['fill'] === 'none' && attributes['stroke'] === undefined) return;
  if ((tag === 'g' || tag === 'defs' || tag === 'text') && children.length === 0) return;
  const classes = (['fill', 'stroke'] as const).flatMap((property) => {
    const colour = attributes[property];
    const name = colour === undefined ? undefined : paletteClass(property, colour);
    return name === undefined ? [] : [name];
  });
  if (classes.length > 0) attributes['class'] = classes.join(' ');
  parent.children.push({ tag: tag as DrawingTag, attributes, children });
}

function readAttributes(text: string, ids: Map<string, string>): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', raw = ''] of text.matchAll(/([\w:.-]+)="([^"]*)"/g)) {
    const value = unescapeXml(raw);
    if (name === 'style') {
      for (const declaration of value.split(';')) {
        const [property = '', setting = ''] = declaration.split(':');
        if (styleAttributes.has(property.trim())) attributes[property.trim()] = setting.trim().replace(/px$/, '');
      }
    } else if (name === 'id') {
      attributes['id'] = stableId(value, ids);
    } else if (name === 'clip-path') {
      attributes['clip-path'] = value.replace(/url\(#([^)]+)\)/, (_, id: string) => `url(#${stableId(id, ids)})`);
    } else if (attributeNames.has(name)) {
      attributes[name] = value;
    }
  }
  return attributes;
}

function stableId(id: string, ids: Map<string, string>): string {
  const known = ids.get(id) ?? `c${ids.size}`;
  ids.set(id, known);
  return known;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/gi, (whole, hex: string | undefined, dec: string | undefined, name: string | undefined) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (dec !== undefined) return String.fromCodePoint(Number.parseInt(dec, 10));
    return entities[name ?? ''] ?? whole;
  });
}
