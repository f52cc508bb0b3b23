/**
 * The fonts of PDF documents. Each family comes in files by ranges of characters (`unicode.json` of its package says
 * which), so that a document loads and embeds only what its text needs.
 */

/** How text stands out; a family without such a style lends its regular one. */
export type FontStyle = 'regular' | 'semibold' | 'italic' | 'code';

export interface FontFamily {
  readonly package: string;
  /** The end of the names of its files by style. */
  readonly styles: Readonly<Partial<Record<FontStyle, string>>> & { readonly regular: string };
  /** Which of its files are wanted, by their names and by the ranges they hold; all where left out. */
  readonly wanted?: (subset: string, ranges: string) => boolean;
  /** Text in it runs from right to left. */
  readonly rightToLeft?: boolean;
}

const only =
  (...names: readonly string[]) =>
  (subset: string): boolean =>
    names.includes(subset);

/** Files that are named by a number hold what the family is for; the named ones Latin letters, which others have. */
const numbered = (subset: string): boolean => subset.startsWith('[');

const hangul = /U\+(?:a[cdef]|b[0-9a-f]|c[0-9a-f]|d[0-7])[0-9a-f]{2}/i;

/** Letters with a fixed width, for code. */
const codeFamily: FontFamily = { package: '@fontsource/source-code-pro', styles: { regular: '400-normal', code: '400-normal' }, wanted: only('latin', 'latin-ext') };

const textFamily: FontFamily = { package: '@fontsource/source-sans-3', styles: { regular: '400-normal', semibold: '600-normal', italic: '400-italic' } };

const regular = { regular: '400-normal' } as const;

/** Asked in this order for a character that the family of the text has not. */
const otherFamilies: readonly FontFamily[] = [
  { package: '@fontsource/noto-sans-math', styles: regular },
  { package: '@fontsource/noto-sans-symbols-2', styles: regular, wanted: only('symbols', 'math') },
  { package: '@fontsource/noto-sans-hebrew', styles: regular, wanted: only('hebrew'), rightToLeft: true },
  { package: '@fontsource/noto-sans-arabic', styles: regular, wanted: only('arabic'), rightToLeft: true },
  { package: '@fontsource/noto-sans-devanagari', styles: regular, wanted: only('devanagari') },
  { package: '@fontsource/noto-sans-thai', styles: regular, wanted: only('thai') },
  { package: '@fontsource/noto-sans-sc', styles: regular, wanted: numbered },
  { package: '@fontsource/noto-sans-kr', styles: regular, wanted: (subset, ranges) => numbered(subset) && hangul.test(ranges) },
  { package: '@fontsource/noto-emoji', styles: regular },
];

/** The families that are asked for a character in a style, the first that has it counts. */
export function familiesFor(style: FontStyle): readonly FontFamily[] {
  return style === 'code' ? [codeFamily, textFamily, ...otherFamilies] : [textFamily, ...otherFamilies];
}

const allFamilies: readonly FontFamily[] = [codeFamily, textFamily, ...otherFamilies];

/** The file of a family that says which of its files holds which characters. */
export function rangesFile(family: FontFamily): string {
  return `${family.package}/unicode.json`;
}

/** The name of a font file within its package's folder. */
export function fontFile(family: FontFamily, subset: string, style: FontStyle): string {
  const name = family.package.slice(family.package.indexOf('/') + 1);
  return `${family.package}/files/${name}-${subset.replaceAll(/[[\]]/g, '')}-${family.styles[style] ?? family.styles.regular}.woff`;
}

/** All files that documents may ask for, and are therefore delivered. `ranges` reads the {@link rangesFile} of a family. */
export async function deliveredFontFiles(ranges: (file: string) => Promise<Readonly<Record<string, string>>>): Promise<readonly string[]> {
  const files = await Promise.all(
    allFamilies.map(async (family) => {
      const held = Object.entries(await ranges(rangesFile(family))).filter(([subset, text]) => family.wanted?.(subset, text) ?? true);
      const styles = Object.keys(family.styles) as FontStyle[];
      return [rangesFile(family), ...held.flatMap(([subset]) => styles.map((style) => fontFile(family, subset, style)))];
    }),
  );
  return [...new Set(files.flat())];
}
