/**
 * A document as PDF: tagged, with an outline, links and charts as vectors, its fonts embedded. The same document gives the
 * same bytes. Nothing but the blocks decides what stands in it.
 */
import PDFDocument from 'pdfkit';
import type { Document, Logo, Look } from '../../blocks.ts';
import type { ReadPackageFile } from '../../package-files.ts';
import { wordsIn, type Words } from '../../words/words.ts';
import { disclaimer, footLine } from '../provenance-line.ts';
import { blockStrips, textStrips } from './block-strips.ts';
import { Canvas, Tag, type Pdf } from './canvas.ts';
import { Fonts, printable } from './fonts.ts';
import { normalLook, quietLook, type Setting } from './setting.ts';
import { spanOf } from './spans.ts';
import { paginate, roomOf, widthOf, type Page, type Sheet, type Strip } from './strips.ts';
import { linesOf, type Line, type TextLook } from './text.ts';
import { colours, sheetOf, sizes } from './theme.ts';

/** A document of more pages has a cover unless it is told otherwise. */
const pagesWithoutCover = 8;
/** A document of as many sections, on more than two pages, lists them. */
const sectionsToList = 4;
const mostEntries = 44;

export async function renderPdf(document: Document, readPackageFile: ReadPackageFile): Promise<Uint8Array> {
  const words = wordsIn(document.language);
  const foot = footLine(document, words);
  // Every character that may be drawn stands in the document, in the words around it, or among those that all documents have.
  const fonts = await Fonts.for(JSON.stringify(document.blocks, unescaped) + [document.title, document.subtitle, document.audience, document.organization, foot, ...frame(document, words)].join(' '), readPackageFile);
  const look = document.look ?? {};
  const sheet = sheetOf(look.paper ?? 'A4');
  const root = new Tag('Document');
  const setting: Setting = { fonts, words, sheet, width: widthOf(sheet), indent: 0, level: 1, tag: root, accent: look.accent ?? colours.ink, numbers: { section: 0 } };

  const body = [...heldToNext(blockStrips(document.blocks, setting)), ...textStrips([spanOf(words.say(disclaimer), quietLook)], setting, new Tag('P', root), 16)];
  const bodyPages = paginate(body, sheet).length;
  const hasCover = look.cover ?? bodyPages > pagesWithoutCover;
  const contents = new Contents(body, setting);
  const listed = bodyPages > 2 && contents.sections >= sectionsToList ? contents.strips : [];
  const front = hasCover ? [coverStrip(document, words, look, setting), ...startingOnNewPage(listed)] : [...titleStrips(document, words, look, setting), ...listed];
  const pages = paginate([...front, ...(hasCover ? startingOnNewPage(body) : body)], sheet);
  contents.learn(pages);
  return await draw(document, pages, fonts, words, foot);
}

/** JSON escapes nothing that matters here; base64 of pictures is no text. */
function unescaped(key: string, value: unknown): unknown {
  return key === 'base64' ? undefined : value;
}

/** Fixed texts around the blocks. */
function frame(document: Document, words: Words): readonly string[] {
  return [words.say('Contents'), words.say('For {0}', document.audience ?? ''), words.say(disclaimer), words.say('Signature'), words.say('Place and date'), words.say('Page {0} of {1}', 1, 2)];
}

/** The last words of a document do not stand on a page of their own. */
function heldToNext(strips: readonly Strip[]): readonly Strip[] {
  return strips.map((strip, index) => (index === strips.length - 1 && strip.hold === 'none' ? { ...strip, hold: 'if-it-fits' } : strip));
}

function startingOnNewPage([first, ...more]: readonly Strip[]): readonly Strip[] {
  return first === undefined ? [] : [{ ...first, breaksBefore: true }, ...more];
}

const aboutLook: TextLook = { ...normalLook, colour: colours.quiet };

function titleStrips(document: Document, words: Words, look: Look, setting: Setting): readonly Strip[] {
  const logo = look.logo === undefined ? undefined : fittedLogo(look.logo, 130, 44);
  const narrower: Setting = { ...setting, width: setting.width - (logo === undefined ? 0 : logo.width + 20) };
  const strips = [
    ...textStrips([spanOf(document.organization, quietLook)], narrower, new Tag('P', setting.tag), 0),
    ...textStrips([spanOf(document.title, { style: 'semibold', size: sizes.title, colour: colours.ink })], narrower, new Tag('H1', setting.tag), 0),
    ...(document.subtitle === undefined ? [] : textStrips([spanOf(document.subtitle, normalLook)], narrower, new Tag('P', setting.tag), 1)),
    ...(document.audience === undefined ? [] : textStrips([spanOf(words.say('For {0}', document.audience), quietLook)], narrower, new Tag('P', setting.tag), 1)),
  ];
  const [first, ...more] = strips;
  if (first === undefined || logo === undefined) return strips;
  const withLogo: Strip = {
    ...first,
    draw: (canvas, x, y) => {
      drawLogo(canvas, logo, x + setting.width - logo.width, y, new Tag('Figure', setting.tag, { alt: document.organization }));
      first.draw(canvas, x, y);
    },
  };
  const height = strips.reduce((sum, strip) => sum + strip.before + strip.height, 0);
  const missing = logo.height + 4 - height;
  return [withLogo, ...more, ...(missing > 0 ? [{ height: missing, before: 0, hold: 'none' as const, draw: () => undefined }] : [])];
}

/** One strip as high as the page. */
function coverStrip(document: Document, words: Words, look: Look, setting: Setting): Strip {
  const { fonts, sheet, tag, width } = setting;
  const logo = look.logo === undefined ? undefined : fittedLogo(look.logo, 200, 80);
  const title = linesOf([spanOf(document.title, { style: 'semibold', size: sizes.cover, colour: colours.ink })], width * 0.9, fonts);
  const subtitle = document.subtitle === undefined ? [] : linesOf([spanOf(document.subtitle, { ...normalLook, size: 13 })], width * 0.9, fonts);
  const audience = document.audience === undefined ? [] : linesOf([spanOf(words.say('For {0}', document.audience), { ...aboutLook, size: 11 })], width * 0.9, fonts);
  const organization = linesOf([spanOf(document.organization, { style: 'semibold', size: 13, colour: colours.ink })], width * 0.9, fonts);
  const asOf = linesOf([spanOf(words.say('As of {0}', words.dateInWords(document.provenance.asOf)), { ...aboutLook, size: 11 })], width * 0.9, fonts);
  return {
    height: roomOf(sheet),
    before: 0,
    hold: 'none',
    draw: (canvas, x, y) => {
      if (logo !== undefined) drawLogo(canvas, logo, x, y, new Tag('Figure', tag, { alt: document.organization }));
      let top = y + roomOf(sheet) * 0.3;
      canvas.artifact(() => canvas.area(x, top, 56, 3, setting.accent));
      top += 16;
      const put = (lines: readonly Line[], lineTag: Tag, after: number): void => {
        for (const line of lines) {
          canvas.line(line, x, top, lineTag);
          top += line.height;
        }
        top += after;
      };
      put(title, new Tag('H1', tag), 6);
      put(subtitle, new Tag('P', tag), 4);
      put(audience, new Tag('P', tag), 0);
      top = Math.max(top + 30, y + roomOf(sheet) - 90);
      put(organization, new Tag('P', tag), 2);
      put(asOf, new Tag('P', tag), 0);
    },
  };
}

interface FittedLogo {
  readonly logo: Logo;
  readonly width: number;
  readonly height: number;
}

/** As large as finds room, never larger than at 96 pixels to the inch. */
function fittedLogo(logo: Logo, mostWidth: number, mostHeight: number): FittedLogo {
  const scale = Math.min(0.75, mostWidth / logo.width, mostHeight / logo.height);
  return { logo, width: logo.width * scale, height: logo.height * scale };
}

function drawLogo(canvas: Canvas, { logo, width, height }: FittedLogo, x: number, y: number, tag: Tag): void {
  canvas.tagged(tag, () => canvas.pdf.image(Buffer.from(logo.base64, 'base64'), x, y, { width, height }));
}

/** The sections with their pages, which are known when all strips stand on theirs. */
class Contents {
  readonly sections: number;
  readonly strips: readonly Strip[];
  readonly #pages = new Map<string, number>();

  constructor(body: readonly Strip[], setting: Setting) {
    const { fonts, words, width, tag } = setting;
    const all = body.flatMap(({ marks = [] }) => marks.flatMap(({ anchor, outline }) => (anchor === undefined || outline === undefined ? [] : [{ anchor, ...outline }])));
    this.sections = all.filter(({ level }) => level === 1).length;
    const most = all.filter(({ level }) => level <= 2).length > mostEntries ? 1 : 2;
    const list = new Tag('TOC', tag);
    const heading = textStrips([spanOf(words.say('Contents'), { ...normalLook, style: 'semibold', size: sizes.heading })], setting, new Tag('P', tag), 20).map((strip) => ({ ...strip, hold: 'always' as const }));
    const entries = all
      .filter(({ level }) => level <= most)
      .map(({ anchor, title, level }): Strip => {
        const inset = (level - 1) * 12;
        const look: TextLook = level === 1 ? normalLook : { ...normalLook, colour: colours.quiet };
        const lines = linesOf([spanOf(title, look, { kind: 'anchor', anchor })], width - inset - 40, fonts);
        const height = lines.reduce((sum, line) => sum + line.height, 0);
        const entry = new Tag('TOCI', list);
        return {
          height,
          before: level === 1 ? 3 : 0,
          hold: 'none',
          draw: (canvas, x, y) => {
            let top = y;
            for (const line of lines) {
              canvas.line(line, x + inset, top, entry);
              top += line.height;
            }
            const [number] = linesOf([spanOf(String(this.#pages.get(anchor) ?? ''), look, { kind: 'anchor', anchor })], 40, fonts);
            if (number !== undefined) canvas.line(number, x + width - number.width, top - number.height, entry);
          },
        };
      });
    this.strips = [...heading, ...entries];
  }

  learn(pages: readonly Page[]): void {
    for (const [index, { placed }] of pages.entries()) {
      for (const { anchor } of placed.flatMap(({ marks }) => marks)) if (anchor !== undefined && !this.#pages.has(anchor)) this.#pages.set(anchor, index + 1);
    }
  }
}

async function draw(document: Document, pages: readonly Page[], fonts: Fonts, words: Words, foot: string): Promise<Uint8Array> {
  const title = printable(document.title);
  const created = new Date(`${document.provenance.asOf}T00:00:00Z`);
  const tool = `itsms ${document.provenance.toolVersion}`;
  const pdf = new PDFDocument({
    autoFirstPage: false,
    tagged: true,
    lang: document.language,
    displayTitle: true,
    pdfVersion: '1.7',
    // No font of the library's own: those have no letters beyond Western Europe.
    font: null as unknown as string,
    info: { Title: title, Author: printable(document.organization), Creator: tool, Producer: tool, CreationDate: created, ModDate: created },
  });
  for (const face of fonts.faces) pdf.registerFont(face.name, Buffer.from(face.bytes));
  const destinations = new Map<string, string>();
  for (const { anchor } of pages.flatMap(({ placed }) => placed.flatMap(({ marks }) => marks))) if (anchor !== undefined && !destinations.has(anchor)) destinations.set(anchor, `a${destinations.size + 1}`);
  const canvas = new Canvas(pdf, destinations);
  const outline = new Outline(pdf);
  for (const [index, { sheet, placed }] of pages.entries()) {
    pdf.addPage({ size: [sheet.width, sheet.height], margin: 0 });
    for (const strip of placed) {
      for (const mark of strip.marks) {
        if (mark.anchor !== undefined) canvas.destination(mark.anchor, sheet.margins.left, strip.y);
        if (mark.outline !== undefined) outline.add(printable(mark.outline.title), mark.outline.level, strip.y, sheet.width);
      }
      strip.draw(canvas, sheet.margins.left, strip.y);
    }
    canvas.artifact(() => drawFoot(canvas, sheet, [`${document.organization} · ${document.title}`, foot], words.say('Page {0} of {1}', index + 1, pages.length), fonts), 'Pagination');
  }
  pdf.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of pdf as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** At the foot of every page: whose document it is, where its figures come from, and which page of how many. */
function drawFoot(canvas: Canvas, sheet: Sheet, texts: readonly string[], page: string, fonts: Fonts): void {
  const look: TextLook = { style: 'regular', size: sizes.tiny, colour: colours.quiet };
  const width = widthOf(sheet);
  const x = sheet.margins.left;
  let y = sheet.height - sheet.margins.bottom + 14;
  canvas.rule(x, y, width, 0.4, colours.rule);
  y += 4;
  const [number] = linesOf([spanOf(page, look)], width, fonts);
  if (number !== undefined) canvas.line(number, x + width - number.width, y, undefined);
  const room = width - (number?.width ?? 0) - 16;
  // A long foot is cut: it is whole in the document's own data, and the page has no more room.
  const lines = texts.flatMap((text) => linesOf([spanOf(text, look)], room, fonts).slice(0, 2)).slice(0, 3);
  for (const line of lines) {
    canvas.line(line, x, y, undefined);
    y += line.height;
  }
}

/** The outline beside the pages, by the levels of headings. */
class Outline {
  readonly #open: Pdf['outline'][];

  constructor(pdf: Pdf) {
    this.#open = [pdf.outline];
  }

  add(title: string, level: number, top: number, width: number): void {
    const depth = Math.min(level, this.#open.length);
    const parent = this.#open[depth - 1];
    if (parent === undefined) return;
    // The library counts `left` from the right edge.
    const item = parent.addItem(title, { expanded: depth === 1, top, left: width } as { expanded: boolean });
    this.#open.splice(depth, this.#open.length, item);
  }
}
