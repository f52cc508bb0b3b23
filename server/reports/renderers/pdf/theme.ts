/** Sizes and colours of PDF documents: one typeface, few sizes, thin rules, colour for status only. Points. */
import type { Paper, Status } from '../../blocks.ts';
import { palette } from '../../charts/palette.ts';
import type { Sheet } from './strips.ts';

export const sizes = { tiny: 6.6, small: 8.2, normal: 9.4, heading: 10.2, section: 13, title: 22, cover: 30 } as const;

export const colours = { ...palette, link: '#0b4f94', white: '#ffffff' } as const;

export const statusColours: Readonly<Record<Status, string>> = { below: colours.below, warning: colours.warning, met: colours.met, 'too-small': colours.quiet, 'no-data': colours.quiet };

/** Paper, portrait; millimetres are not exact points. */
const paperSizes: Readonly<Record<Paper, { readonly width: number; readonly height: number }>> = { A4: { width: 595.28, height: 841.89 }, Letter: { width: 612, height: 792 } };

const margins: Sheet['margins'] = { top: 48, bottom: 58, left: 50, right: 50 };

export function sheetOf(paper: Paper): Sheet {
  return { ...paperSizes[paper], margins };
}

/** Sheets for what is too large for the paper: turned, and of twice and four times the area. The same object for the same paper. */
export function largerSheets(sheet: Sheet): readonly Sheet[] {
  let sheets = larger.get(sheet);
  if (sheets === undefined) {
    const grown = [1, Math.SQRT2, 2].map((factor) => ({ ...sheet, width: sheet.width * factor, height: sheet.height * factor }));
    const turned = (one: Sheet): Sheet => ({ ...one, width: one.height, height: one.width });
    sheets = grown.flatMap((one, index) => (index === 0 ? [turned(one)] : index === 1 ? [turned(one), one] : [turned(one), one]));
    larger.set(sheet, sheets);
  }
  return sheets;
}

const larger = new WeakMap<Sheet, readonly Sheet[]>();

/** Points per CSS pixel of drawings where they find room: their smallest letters stay as large as those of tables. */
export const drawingScale = 0.72;
/** Smaller than this, letters of a drawing are hard to read; a larger sheet is taken. */
export const leastDrawingScale = 0.55;

/** The colour of a share of one colour in white, as `#rrggbb`. */
export function tint(colour: string, share: number): string {
  const part = (at: number): string =>
    Math.round(255 - (255 - Number.parseInt(colour.slice(at, at + 2), 16)) * share)
      .toString(16)
      .padStart(2, '0');
  return `#${part(1)}${part(3)}${part(5)}`;
}
