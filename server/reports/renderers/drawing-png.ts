/** Drawings as pixels, for programs that show no vectors: drawn by Skia in the very process, with the fonts of the product. */
import skiaPackage, { type Canvas, type CanvasKit, type CanvasKitInitOptions, type Paint, type Path, type TypefaceFontProvider } from 'canvaskit-wasm';
import type { Drawing, DrawingElement } from '../blocks.ts';
import type { ReadPackageFile } from '../package-files.ts';
import { graphics } from './drawing-png-files.ts';
import { Fonts, printable } from './pdf/fonts.ts';
import { encodePng } from './png.ts';

/** Pixels for each of a screen at which the drawing is shown: sharp in print. */
const sharpness = 2;
/** Wider or higher pictures are drawn with fewer pixels. */
const mostPixels = 2600;

export interface Rasterizer {
  /**
   * @param width at which it will be shown, in pixels of a screen
   * @returns a PNG on white; the same drawing gives the same bytes
   */
  png(drawing: Drawing, width: number): Uint8Array;
}

/** @param drawings all that will be drawn: fonts are loaded for the characters in them */
export async function openRasterizer(drawings: readonly Drawing[], readPackageFile: ReadPackageFile): Promise<Rasterizer> {
  const texts = drawings.flatMap(({ children }) => children.flatMap(textsOf)).map(printable);
  const [fonts, skia] = await Promise.all([Fonts.for([...new Set(texts.join(''))].join(''), readPackageFile), graphicsLibrary(readPackageFile)]);
  const provider = skia.TypefaceFontProvider.Make();
  const families = { regular: register('regular'), semibold: register('semibold') };
  const fontsInWords = [...families.regular, ...families.semibold].join('\n');
  return {
    png(drawing, width) {
      const key = `${width}\n${fontsInWords}`;
      return remembered(drawing, key) ?? remember(drawing, key, new Painter(skia, provider, families).png(drawing, width));
    },
  };

  function register(style: 'regular' | 'semibold'): string[] {
    const names = new Set<string>();
    for (const text of texts) {
      for (const { face } of fonts.runs(text, style)) {
        const name = `${style} ${face.name}`;
        if (names.has(name)) continue;
        provider.registerFont(face.bytes, name);
        names.add(name);
      }
    }
    return [...names];
  }
}

/**
 * Pictures of drawings that several documents of one run share, by the drawing itself (charts are made once for what they show), its
 * width and the fonts: painting one takes longer than all else of a document. The oldest go first.
 */
const pictures = new Map<Drawing, Map<string, Uint8Array>>();
/** In bytes. */
const mostRemembered = 48 * 1024 * 1024;
let rememberedBytes = 0;

function remembered(drawing: Drawing, key: string): Uint8Array | undefined {
  return pictures.get(drawing)?.get(key);
}

function remember(drawing: Drawing, key: string, png: Uint8Array): Uint8Array {
  const known = pictures.get(drawing) ?? new Map<string, Uint8Array>();
  pictures.set(drawing, known.set(key, png));
  rememberedBytes += png.length;
  for (const [oldest, own] of pictures) {
    if (rememberedBytes <= mostRemembered || oldest === drawing) break;
    for (const { length } of own.values()) rememberedBytes -= length;
    pictures.delete(oldest);
  }
  return png;
}

// What the package gives is the function itself; its types say that it is one level further down.
const initialize = skiaPackage as unknown as typeof skiaPackage.default;

let loaded: Promise<CanvasKit> | undefined;

async function graphicsLibrary(readPackageFile: ReadPackageFile): Promise<CanvasKit> {
  loaded ??= readPackageFile(graphics).then((bytes) => {
    // The library's types do not say that it may be given its program, so that it looks for nothing on the disk.
    const options: CanvasKitInitOptions & { readonly wasmBinary: Uint8Array } = { wasmBinary: bytes, locateFile: (file) => file };
    return initialize(options);
  });
  return loaded;
}

function textsOf(drawn: DrawingElement | string): string[] {
  return typeof drawn === 'string' ? [drawn] : drawn.children.flatMap(textsOf);
}

/** What an element takes over from those around it. */
interface Style {
  readonly fill: string;
  readonly fillOpacity: number;
  readonly stroke: string;
  readonly strokeWidth: number;
  readonly strokeOpacity: number;
  readonly dashes: string;
  readonly cap: string;
  readonly join: string;
  readonly fontSize: number;
  readonly bold: boolean;
  readonly anchor: string;
  readonly baseline: string;
}

/** As SVG begins. */
const initial: Style = { fill: '#000000', fillOpacity: 1, stroke: 'none', strokeWidth: 1, strokeOpacity: 1, dashes: 'none', cap: 'butt', join: 'miter', fontSize: 12, bold: false, anchor: 'start', baseline: 'auto' };

function styleOf({ attributes }: DrawingElement, outer: Style): Style {
  const weight = attributes['font-weight'];
  return {
    fill: attributes['fill'] ?? outer.fill,
    fillOpacity: number(attributes['fill-opacity'], outer.fillOpacity),
    stroke: attributes['stroke'] ?? outer.stroke,
    strokeWidth: number(attributes['stroke-width'], outer.strokeWidth),
    strokeOpacity: number(attributes['stroke-opacity'], outer.strokeOpacity),
    dashes: attributes['stroke-dasharray'] ?? outer.dashes,
    cap: attributes['stroke-linecap'] ?? outer.cap,
    join: attributes['stroke-linejoin'] ?? outer.join,
    fontSize: number(attributes['font-size'], outer.fontSize),
    bold: weight === undefined ? outer.bold : weight === 'bold' || Number(weight) >= 600,
    anchor: attributes['text-anchor'] ?? outer.anchor,
    baseline: attributes['dominant-baseline'] ?? outer.baseline,
  };
}

function number(text: string | undefined, otherwise: number): number {
  const value = text === undefined ? Number.NaN : Number.parseFloat(text);
  return Number.isFinite(value) ? value : otherwise;
}

function numbers(text: string): number[] {
  return (text.match(/-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? []).map(Number);
}

class Painter {
  readonly #skia: CanvasKit;
  readonly #fonts: TypefaceFontProvider;
  readonly #families: Readonly<Record<'regular' | 'semibold', string[]>>;
  #clips: ReadonlyMap<string, DrawingElement> = new Map();

  constructor(skia: CanvasKit, fonts: TypefaceFontProvider, families: Readonly<Record<'regular' | 'semibold', string[]>>) {
    this.#skia = skia;
    this.#fonts = fonts;
    this.#families = families;
  }

  png({ width, height, children }: Drawing, shownWidth: number): Uint8Array {
    const scale = Math.min((sharpness * shownWidth) / width, mostPixels / width, mostPixels / height);
    const surface = this.#skia.MakeSurface(Math.max(1, Math.ceil(width * scale)), Math.max(1, Math.ceil(height * scale)));
    if (surface === null) throw new Error(`There is no room to draw ${width} by ${height} pixels`);
    try {
      this.#clips = new Map(children.flatMap(clipPathsOf));
      const canvas = surface.getCanvas();
      canvas.clear(this.#skia.WHITE);
      canvas.scale(scale, scale);
      for (const child of children) this.#draw(child, initial, canvas);
      const { ColorType, AlphaType, ColorSpace } = this.#skia;
      const [wide, high] = [surface.width(), surface.height()];
      const pixels = canvas.readPixels(0, 0, { width: wide, height: high, colorType: ColorType.RGBA_8888, alphaType: AlphaType.Unpremul, colorSpace: ColorSpace.SRGB });
      if (!(pixels instanceof Uint8Array)) throw new Error('The drawing cannot be read as pixels');
      return encodePng(pixels, wide, high);
    } finally {
      surface.delete();
    }
  }

  #draw(drawn: DrawingElement, outer: Style, canvas: Canvas): void {
    if (drawn.tag === 'defs' || drawn.tag === 'clipPath' || drawn.tag === 'title') return;
    const { attributes } = drawn;
    const style = styleOf(drawn, outer);
    const saved = canvas.getSaveCount();
    canvas.save();
    if (attributes['transform'] !== undefined) canvas.concat(matrixOf(attributes['transform']));
    this.#clip(attributes['clip-path'], canvas);
    const opacity = number(attributes['opacity'], 1);
    if (opacity < 1) {
      const layer = new this.#skia.Paint();
      layer.setAlphaf(opacity);
      canvas.saveLayer(layer);
      layer.delete();
    }
    if (drawn.tag === 'g' || drawn.tag === 'svg') {
      for (const child of drawn.children) if (typeof child !== 'string') this.#draw(child, style, canvas);
    } else if (drawn.tag === 'text' || drawn.tag === 'tspan') this.#text(drawn, style, canvas);
    else this.#shape(drawn, style, canvas);
    canvas.restoreToCount(saved);
  }

  #clip(reference: string | undefined, canvas: Canvas): void {
    const id = reference === undefined ? undefined : /^url\(#([^)]+)\)$/.exec(reference)?.[1];
    const clip = id === undefined ? undefined : this.#clips.get(id);
    const shape = clip?.children.find((child): child is DrawingElement => typeof child !== 'string');
    const path = shape === undefined ? undefined : this.#path(shape);
    if (path === undefined) return;
    canvas.clipPath(path, this.#skia.ClipOp.Intersect, true);
    path.delete();
  }

  #shape(drawn: DrawingElement, style: Style, canvas: Canvas): void {
    const path = this.#path(drawn);
    if (path === undefined) return;
    const fill = drawn.tag === 'line' ? undefined : this.#paint(style, 'fill');
    const stroke = this.#paint(style, 'stroke');
    for (const paint of [fill, stroke]) {
      if (paint === undefined) continue;
      canvas.drawPath(path, paint);
      paint.delete();
    }
    path.delete();
  }

  /** In SVG's own words, which Skia reads. */
  #path({ tag, attributes }: DrawingElement): Path | undefined {
    const at = (name: string): number => number(attributes[name], 0);
    const path = this.#skia.Path.MakeFromSVGString(
      ((): string => {
        switch (tag) {
          case 'path':
            return attributes['d'] ?? '';
          case 'rect':
            return roundedRectangle(at('x'), at('y'), at('width'), at('height'), number(attributes['rx'], at('ry')), number(attributes['ry'], at('rx')));
          case 'circle':
            return `M${at('cx') - at('r')} ${at('cy')}a${at('r')} ${at('r')} 0 1 0 ${2 * at('r')} 0a${at('r')} ${at('r')} 0 1 0 ${-2 * at('r')} 0Z`;
          case 'line':
            return `M${at('x1')} ${at('y1')}L${at('x2')} ${at('y2')}`;
          case 'polyline':
            return `M${numbers(attributes['points'] ?? '').join(' ')}`;
          case 'polygon':
            return `M${numbers(attributes['points'] ?? '').join(' ')}Z`;
          case 'svg':
          case 'g':
          case 'text':
          case 'tspan':
          case 'defs':
          case 'clipPath':
          case 'title':
            return '';
        }
      })(),
    );
    return path ?? undefined;
  }

  /** Undefined where nothing is to be seen. */
  #paint(style: Style, of: 'fill' | 'stroke'): Paint | undefined {
    const colour = of === 'fill' ? style.fill : style.stroke;
    if (colour === 'none' || colour === 'transparent' || (of === 'stroke' && style.strokeWidth <= 0)) return undefined;
    const paint = new this.#skia.Paint();
    paint.setAntiAlias(true);
    paint.setColor(this.#colour(colour, of === 'fill' ? style.fillOpacity : style.strokeOpacity));
    if (of === 'fill') return paint;
    paint.setStyle(this.#skia.PaintStyle.Stroke);
    paint.setStrokeWidth(style.strokeWidth);
    paint.setStrokeCap(style.cap === 'round' ? this.#skia.StrokeCap.Round : style.cap === 'square' ? this.#skia.StrokeCap.Square : this.#skia.StrokeCap.Butt);
    paint.setStrokeJoin(style.join === 'round' ? this.#skia.StrokeJoin.Round : style.join === 'bevel' ? this.#skia.StrokeJoin.Bevel : this.#skia.StrokeJoin.Miter);
    const dashes = style.dashes === 'none' ? [] : numbers(style.dashes);
    if (dashes.length > 0) paint.setPathEffect(this.#skia.PathEffect.MakeDash(dashes.length % 2 === 0 ? dashes : [...dashes, ...dashes], 0));
    return paint;
  }

  #colour(text: string, opacity: number): Float32Array {
    const [red = 0, green = 0, blue = 0, alpha = 1] = this.#skia.parseColorString(text);
    return this.#skia.Color4f(red, green, blue, alpha * opacity);
  }

  #text(drawn: DrawingElement, style: Style, canvas: Canvas): void {
    const { attributes } = drawn;
    const x = number(attributes['x'], 0) + number(attributes['dx'], 0);
    const y = number(attributes['y'], 0) + number(attributes['dy'], 0);
    const text = printable(drawn.children.filter((child) => typeof child === 'string').join(''));
    for (const child of drawn.children) {
      if (typeof child === 'string') continue;
      // A part without a place of its own would stand at the place of the whole.
      this.#draw({ ...child, attributes: { x: String(x), y: String(y), ...child.attributes } }, style, canvas);
    }
    if (text.trim() === '') return;
    const outlined = style.stroke !== 'none' && style.strokeWidth > 0;
    if (outlined) this.#line(text, x, y, style, 'stroke', canvas);
    this.#line(text, x, y, style, 'fill', canvas);
  }

  #line(text: string, x: number, y: number, style: Style, of: 'fill' | 'stroke', canvas: Canvas): void {
    const paint = this.#paint(style, of);
    if (paint === undefined) return;
    const textStyle = new this.#skia.TextStyle({ fontSize: style.fontSize, fontFamilies: this.#families[style.bold ? 'semibold' : 'regular'] });
    const builder = this.#skia.ParagraphBuilder.MakeFromFontProvider(new this.#skia.ParagraphStyle({ textStyle, textAlign: this.#skia.TextAlign.Left }), this.#fonts);
    const nothing = new this.#skia.Paint();
    nothing.setColor(this.#skia.TRANSPARENT);
    builder.pushPaintStyle(textStyle, paint, nothing);
    builder.addText(text);
    const paragraph = builder.build();
    paragraph.layout(100_000);
    const width = paragraph.getMaxIntrinsicWidth();
    const left = style.anchor === 'middle' ? x - width / 2 : style.anchor === 'end' ? x - width : x;
    const baseline = style.baseline === 'central' || style.baseline === 'middle' ? y + style.fontSize * middleOfLine : y;
    canvas.drawParagraph(paragraph, left, baseline - paragraph.getAlphabeticBaseline());
    for (const made of [paragraph, builder, nothing, paint]) made.delete();
  }
}

/** The middle between the tops of small and of large letters, above the line they stand on, in sizes of the font. */
const middleOfLine = 0.33;

function clipPathsOf(drawn: DrawingElement): (readonly [string, DrawingElement])[] {
  const inner = drawn.children.flatMap((child) => (typeof child === 'string' ? [] : clipPathsOf(child)));
  const id = drawn.attributes['id'];
  return drawn.tag === 'clipPath' && id !== undefined ? [[id, drawn], ...inner] : inner;
}

function roundedRectangle(x: number, y: number, width: number, height: number, rx: number, ry: number): string {
  const [a, b] = [Math.min(rx, width / 2), Math.min(ry, height / 2)];
  if (a <= 0 || b <= 0) return `M${x} ${y}h${width}v${height}h${-width}Z`;
  const [w, h] = [width - 2 * a, height - 2 * b];
  return `M${x + a} ${y}h${w}a${a} ${b} 0 0 1 ${a} ${b}v${h}a${a} ${b} 0 0 1 ${-a} ${b}h${-w}a${a} ${b} 0 0 1 ${-a} ${-b}v${-h}a${a} ${b} 0 0 1 ${a} ${-b}Z`;
}

/** Row by row, as Skia wants it. */
type Matrix = readonly [number, number, number, number, number, number, number, number, number];

function multiply(left: Matrix, right: Matrix): Matrix {
  const cell = (row: number, column: number): number => [0, 1, 2].reduce((sum, index) => sum + (left[row * 3 + index] ?? 0) * (right[index * 3 + column] ?? 0), 0);
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), cell(2, 0), cell(2, 1), cell(2, 2)];
}

function matrixOf(transform: string): number[] {
  let whole: Matrix = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  for (const [, name = '', parameters = ''] of transform.matchAll(/(\w+)\s*\(([^)]*)\)/g)) whole = multiply(whole, stepOf(name, numbers(parameters)));
  return [...whole];
}

function stepOf(name: string, [a = 0, b, c = 0, d = 0, e = 0, f = 0]: readonly number[]): Matrix {
  switch (name) {
    case 'matrix':
      return [a, c, e, b ?? 0, d, f, 0, 0, 1];
    case 'translate':
      return [1, 0, a, 0, 1, b ?? 0, 0, 0, 1];
    case 'scale':
      return [a, 0, 0, 0, b ?? a, 0, 0, 0, 1];
    case 'rotate': {
      const [sin, cos] = [Math.sin((a * Math.PI) / 180), Math.cos((a * Math.PI) / 180)];
      const turned: Matrix = [cos, -sin, 0, sin, cos, 0, 0, 0, 1];
      return b === undefined ? turned : multiply(multiply([1, 0, b, 0, 1, c, 0, 0, 1], turned), [1, 0, -b, 0, 1, -c, 0, 0, 1]);
    }
    default:
      return [1, 0, 0, 0, 1, 0, 0, 0, 1];
  }
}
