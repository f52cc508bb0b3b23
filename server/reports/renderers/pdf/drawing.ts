/** Drawings as vectors: the part of SVG that charts are made of, drawn with the operators of PDF. */
import type { Drawing, DrawingElement } from '../../blocks.ts';
import type { Canvas } from './canvas.ts';
import { printable, type Fonts } from './fonts.ts';
import { linesOf, type Span } from './text.ts';

/** What children take over from what they stand in. */
interface Inherited {
  readonly fill: string | undefined;
  readonly stroke: string | undefined;
  readonly strokeWidth: number;
  readonly opacity: number;
  readonly fillOpacity: number;
  readonly strokeOpacity: number;
  readonly dashes: readonly number[];
  readonly size: number;
  readonly bold: boolean;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly clips: ReadonlyMap<string, DrawingElement>;
}

/** Draws it with its upper left corner at a place; `scale` is points per pixel. */
export function paintDrawing(canvas: Canvas, drawing: Drawing, x: number, y: number, scale: number, fonts: Fonts): void {
  const { pdf } = canvas;
  const clips = new Map<string, DrawingElement>();
  const note = (element: DrawingElement): void => {
    const id = element.attributes['id'];
    if (element.tag === 'clipPath' && id !== undefined) clips.set(id, element);
    for (const child of element.children) if (typeof child !== 'string') note(child);
  };
  drawing.children.forEach(note);
  const inherited: Inherited = { fill: '#000000', stroke: undefined, strokeWidth: 1, opacity: 1, fillOpacity: 1, strokeOpacity: 1, dashes: [], size: 12, bold: false, anchor: 'start', clips };
  pdf.save();
  pdf.translate(x, y).scale(scale);
  pdf.rect(0, 0, drawing.width, drawing.height).clip();
  for (const child of drawing.children) paint(child, inherited, canvas, fonts);
  pdf.restore();
}

function paint(element: DrawingElement, above: Inherited, canvas: Canvas, fonts: Fonts): void {
  const { attributes } = element;
  if (element.tag === 'defs' || element.tag === 'clipPath' || element.tag === 'title') return;
  const { pdf } = canvas;
  const own = inherit(attributes, above);
  const clip = /^url\(#(.+)\)$/.exec(attributes['clip-path'] ?? '')?.[1];
  const isTurned = attributes['transform'] !== undefined || clip !== undefined;
  if (isTurned) pdf.save();
  transform(attributes['transform'], canvas);
  if (clip !== undefined) {
    const shapes = above.clips.get(clip)?.children.filter((child) => typeof child !== 'string') ?? [];
    if (shapes.some((shape) => outline(shape, canvas))) pdf.clip();
  }
  switch (element.tag) {
    case 'g':
    case 'svg':
    case 'tspan':
      for (const child of element.children) if (typeof child !== 'string') paint(child, own, canvas, fonts);
      break;
    case 'text':
      paintText(element, own, canvas, fonts);
      break;
    case 'path':
    case 'rect':
    case 'circle':
    case 'line':
    case 'polyline':
    case 'polygon':
      paintShape(element, own, canvas);
      break;
  }
  if (isTurned) pdf.restore();
}

function inherit(attributes: Readonly<Record<string, string>>, above: Inherited): Inherited {
  const number = (name: string, fallback: number): number => {
    const value = Number.parseFloat(attributes[name] ?? '');
    return Number.isFinite(value) ? value : fallback;
  };
  const dashes = attributes['stroke-dasharray'];
  const anchor = attributes['text-anchor'];
  return {
    ...above,
    fill: colourOf(attributes['fill'], above.fill),
    stroke: colourOf(attributes['stroke'], above.stroke),
    strokeWidth: number('stroke-width', above.strokeWidth),
    // An opacity of its own multiplies what it stands in; groups of ours never overlap.
    opacity: above.opacity * number('opacity', 1),
    fillOpacity: number('fill-opacity', above.fillOpacity),
    strokeOpacity: number('stroke-opacity', above.strokeOpacity),
    dashes: dashes === undefined ? above.dashes : numbersIn(dashes).filter((dash) => dash > 0),
    size: number('font-size', above.size),
    bold: attributes['font-weight'] === undefined ? above.bold : /^(?:bold|[6-9]00)$/.test(attributes['font-weight']),
    anchor: anchor === 'start' || anchor === 'middle' || anchor === 'end' ? anchor : above.anchor,
  };
}

function colourOf(value: string | undefined, above: string | undefined): string | undefined {
  if (value === undefined) return above;
  if (/^#[0-9a-f]{6}$/i.test(value)) return value;
  if (/^#[0-9a-f]{3}$/i.test(value)) return value.replaceAll(/[0-9a-f]/gi, '$&$&');
  return value === 'none' || value === 'transparent' ? undefined : above;
}

function numbersIn(text: string): readonly number[] {
  return [...text.matchAll(/-?\d*\.?\d+(?:e[-+]?\d+)?/gi)].map(([number]) => Number(number));
}

function transform(text: string | undefined, { pdf }: Canvas): void {
  for (const [, name, values] of (text ?? '').matchAll(/([a-z]+)\(([^)]*)\)/gi)) {
    const [a = 0, b, c, d, e, f] = numbersIn(values ?? '');
    if (name === 'translate') pdf.translate(a, b ?? 0);
    else if (name === 'scale') pdf.scale(a, b ?? a);
    else if (name === 'rotate') pdf.rotate(a, { origin: [b ?? 0, c ?? 0] });
    else if (name === 'matrix') pdf.transform(a, b ?? 0, c ?? 0, d ?? 1, e ?? 0, f ?? 0);
  }
}

/** Begins a path along the shape. @returns whether there is one */
function outline({ tag, attributes }: DrawingElement, { pdf }: Canvas): boolean {
  const number = (name: string): number => Number.parseFloat(attributes[name] ?? '') || 0;
  switch (tag) {
    case 'path': {
      const data = attributes['d'] ?? '';
      if (data.trim() === '') return false;
      pdf.path(data);
      return true;
    }
    case 'rect': {
      const [width, height] = [number('width'), number('height')];
      if (width <= 0 || height <= 0) return false;
      const radius = Math.min(number('rx') || number('ry'), width / 2, height / 2);
      if (radius > 0) pdf.roundedRect(number('x'), number('y'), width, height, radius);
      else pdf.rect(number('x'), number('y'), width, height);
      return true;
    }
    case 'circle':
      if (number('r') <= 0) return false;
      pdf.circle(number('cx'), number('cy'), number('r'));
      return true;
    case 'line':
      pdf.moveTo(number('x1'), number('y1')).lineTo(number('x2'), number('y2'));
      return true;
    case 'polyline':
    case 'polygon': {
      const points = numbersIn(attributes['points'] ?? '');
      if (points.length < 4) return false;
      for (let index = 0; index + 1 < points.length; index += 2) {
        const [x, y] = [points[index] ?? 0, points[index + 1] ?? 0];
        if (index === 0) pdf.moveTo(x, y);
        else pdf.lineTo(x, y);
      }
      if (tag === 'polygon') pdf.closePath();
      return true;
    }
    default:
      return false;
  }
}

function paintShape(element: DrawingElement, own: Inherited, canvas: Canvas): void {
  const { pdf } = canvas;
  const fill = element.tag === 'line' ? undefined : own.fill;
  const stroke = own.strokeWidth > 0 ? own.stroke : undefined;
  if ((fill === undefined && stroke === undefined) || !outline(element, canvas)) return;
  const { attributes } = element;
  pdf.save();
  if (stroke !== undefined) {
    pdf.lineWidth(own.strokeWidth);
    pdf.lineCap(attributes['stroke-linecap'] === 'round' ? 'round' : 'butt').lineJoin(attributes['stroke-linejoin'] === 'round' ? 'round' : 'miter');
    if (own.dashes.length > 0) pdf.dash([...own.dashes] as unknown as number, {});
  }
  pdf.fillOpacity(own.opacity * own.fillOpacity).strokeOpacity(own.opacity * own.strokeOpacity);
  if (fill !== undefined && stroke !== undefined) pdf.fillAndStroke(fill, stroke);
  else if (fill !== undefined) pdf.fill(fill);
  else if (stroke !== undefined) pdf.stroke(stroke);
  pdf.restore();
}

function paintText(element: DrawingElement, own: Inherited, canvas: Canvas, fonts: Fonts): void {
  const text = printable(textOf(element)).trim();
  if (text === '' || own.fill === undefined) return;
  const span: Span = { text, style: own.bold ? 'semibold' : 'regular', size: own.size, colour: own.fill };
  const [line] = linesOf([span], Number.POSITIVE_INFINITY, fonts);
  if (line === undefined) return;
  const x = (Number.parseFloat(element.attributes['x'] ?? '') || 0) - (own.anchor === 'middle' ? line.width / 2 : own.anchor === 'end' ? line.width : 0);
  const baseline = element.attributes['dominant-baseline'];
  // Capital letters are two thirds of the size high.
  const shift = baseline === 'central' || baseline === 'middle' ? own.size * 0.33 : baseline === 'hanging' || baseline === 'text-before-edge' ? own.size * 0.75 : 0;
  const y = (Number.parseFloat(element.attributes['y'] ?? '') || 0) + shift;
  canvas.pdf.fillOpacity(own.opacity * own.fillOpacity);
  canvas.line(line, x, y - line.baseline, undefined);
}

function textOf({ children }: DrawingElement): string {
  return children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}
