/** Which font draws which character, and how wide text is. Fonts are loaded for the characters that a document has, and no others. */
import { create, type Font } from 'fontkit';
import type { ReadPackageFile } from '../../package-files.ts';
import { unpackedFont } from './woff.ts';
import { familiesFor, fontFile, rangesFile, type FontFamily, type FontStyle } from './font-families.ts';

/** One font file. */
export class Face {
  /** Its file, which names it in a document. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly rightToLeft: boolean;
  readonly #font: Font;
  readonly #widths = new Map<string, number>();

  constructor(name: string, bytes: Uint8Array, rightToLeft: boolean) {
    const font = create(Buffer.from(bytes));
    if (!('layout' in font)) throw new Error(`${name} holds no single font`);
    this.name = name;
    this.bytes = bytes;
    this.rightToLeft = rightToLeft;
    this.#font = font;
  }

  has(codePoint: number): boolean {
    return this.#font.hasGlyphForCodePoint(codePoint);
  }

  /** Of a text without line ends, at size 1. */
  width(text: string): number {
    let width = this.#widths.get(text);
    if (width === undefined) {
      width = this.#font.layout(text).advanceWidth / this.#font.unitsPerEm;
      this.#widths.set(text, width);
    }
    return width;
  }
}

/** A piece of text that one font draws. */
export interface FontRun {
  readonly text: string;
  readonly face: Face;
}

/** What no font has is shown as this, so that nothing vanishes silently. */
export const replacement = '□';

/** Every document may need these: letters, digits, signs, and the shapes of a status. */
const always = `${String.fromCodePoint(...Array.from({ length: 95 }, (_, index) => 32 + index))}–—·…“”„‘’•■▲●○→${replacement}`;

const allStyles: readonly FontStyle[] = ['regular', 'semibold', 'italic', 'code'];

/** They join or vary what stands beside them, and are drawn by its font. */
const joiner = /^(?:\p{Mark}|\u200c|\u200d|[\u{e0020}-\u{e007f}])$/u;

export class Fonts {
  readonly #faces: Readonly<Record<FontStyle, ReadonlyMap<number, Face>>>;
  readonly #runs = new Map<string, readonly FontRun[]>();

  private constructor(faces: Readonly<Record<FontStyle, ReadonlyMap<number, Face>>>) {
    this.#faces = faces;
  }

  /** Loads what is needed to draw any of the characters of a text in any style. */
  static async for(text: string, readPackageFile: ReadPackageFile): Promise<Fonts> {
    const codePoints = [...new Set(always + printable(text))].map((character) => character.codePointAt(0) ?? 0);
    const library = libraryOf(readPackageFile);
    const faces = { regular: new Map<number, Face>(), semibold: new Map<number, Face>(), italic: new Map<number, Face>(), code: new Map<number, Face>() };
    for (const style of allStyles) {
      for (const codePoint of codePoints) {
        const face = await library.faceFor(codePoint, style);
        if (face !== undefined) faces[style].set(codePoint, face);
      }
    }
    return new Fonts(faces);
  }

  /** All that were loaded. */
  get faces(): ReadonlySet<Face> {
    return new Set(Object.values(this.#faces).flatMap((faces) => [...faces.values()]));
  }

  /** The text in runs, each drawn by one font. Characters that none has are replaced. */
  runs(text: string, style: FontStyle): readonly FontRun[] {
    const key = `${style} ${text}`;
    let runs = this.#runs.get(key);
    if (runs === undefined) {
      runs = this.#split(text, style);
      this.#runs.set(key, runs);
    }
    return runs;
  }

  #split(text: string, style: FontStyle): readonly FontRun[] {
    const faces = this.#faces[style];
    const known = faces.get(0x20) ?? fail();
    const runs: { text: string; face: Face }[] = [];
    for (const given of text) {
      // What kept a line from being broken is drawn like what does not.
      const character = given === '\u2011' ? '-' : given === '\u00a0' ? ' ' : given;
      const codePoint = character.codePointAt(0) ?? 0;
      const last = runs.at(-1);
      if (last !== undefined && joiner.test(character)) {
        // Without a font that has both, the letter is shown without its mark.
        if (last.face.has(codePoint)) last.text += character;
        continue;
      }
      const own = faces.get(codePoint);
      const face = own ?? faces.get(replacement.codePointAt(0) ?? 0) ?? known;
      const drawn = own === undefined ? replacement : character;
      // A space between words of another script stays with them.
      if (last !== undefined && (last.face === face || (drawn === ' ' && last.face.has(0x20)))) last.text += drawn;
      else runs.push({ text: drawn, face });
    }
    return runs;
  }
}

function fail(): never {
  throw new Error('The fonts have no space');
}

// Control characters, marks that turn the direction of text, and what is no character at all.
// eslint-disable-next-line no-control-regex -- they are taken out here
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufdd0-\ufdef\ufeff\ufff9-\uffff]/g;

/** Text as it can be drawn on a line: whatever ends lines is a space, and what has no shape of its own is taken out. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(unprintable, (character) => (character === '\ufffd' ? replacement : ''))
    .replace(/[\t\n\r\u2028\u2029\u00a0\u2000-\u200a\u202f\u205f]/g, (character) => (character === '\u00a0' || character === '\u202f' ? '\u00a0' : ' '));
}

/** Fonts are opened once for all documents of a program. */
const libraries = new WeakMap<ReadPackageFile, Library>();

function libraryOf(readPackageFile: ReadPackageFile): Library {
  let library = libraries.get(readPackageFile);
  if (library === undefined) {
    library = new Library(readPackageFile);
    libraries.set(readPackageFile, library);
  }
  return library;
}

/** Opens font files, each once. */
class Library {
  readonly #read: ReadPackageFile;
  readonly #ranges = new Map<FontFamily, readonly Subset[]>();
  readonly #faces = new Map<string, Face>();

  constructor(read: ReadPackageFile) {
    this.#read = read;
  }

  async faceFor(codePoint: number, style: FontStyle): Promise<Face | undefined> {
    for (const family of familiesFor(style)) {
      for (const subset of await this.#subsets(family)) {
        if (!subset.ranges.some(([first, last]) => codePoint >= first && codePoint <= last)) continue;
        const face = await this.#face(family, subset.name, style);
        // The ranges are those that are asked for; a font need not have all of them.
        if (face.has(codePoint)) return face;
      }
    }
    return undefined;
  }

  async #subsets(family: FontFamily): Promise<readonly Subset[]> {
    let subsets = this.#ranges.get(family);
    if (subsets === undefined) {
      const listed = JSON.parse(new TextDecoder().decode(await this.#read(rangesFile(family)))) as Readonly<Record<string, string>>;
      subsets = Object.entries(listed).flatMap(([name, ranges]) => (family.wanted?.(name, ranges) === false ? [] : [{ name, ranges: readRanges(ranges) }]));
      this.#ranges.set(family, subsets);
    }
    return subsets;
  }

  async #face(family: FontFamily, subset: string, style: FontStyle): Promise<Face> {
    const file = fontFile(family, subset, style);
    let face = this.#faces.get(file);
    if (face === undefined) {
      face = new Face(file, unpackedFont(await this.#read(file)), family.rightToLeft === true);
      this.#faces.set(file, face);
    }
    return face;
  }
}

interface Subset {
  readonly name: string;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

/** `U+0460-052F,U+20B4`. */
function readRanges(text: string): readonly (readonly [number, number])[] {
  return text.split(',').map((range) => {
    const [first = '', last = first] = range.trim().replace(/^U\+/i, '').split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
  });
}
