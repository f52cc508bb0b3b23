/** Text into lines of a width: pure, all lengths in points. */
import type { Fonts, FontRun } from './fonts.ts';
import { printable } from './fonts.ts';
import type { FontStyle } from './font-families.ts';

/** Where a click leads. */
export type Target = { readonly kind: 'url'; readonly url: string } | { readonly kind: 'anchor'; readonly anchor: string };

export interface TextLook {
  readonly style: FontStyle;
  readonly size: number;
  readonly colour: string;
}

export interface Span extends TextLook {
  readonly text: string;
  readonly target?: Target;
}

/** A stretch of text in one font at its place in the line. */
export interface Fragment extends FontRun {
  readonly x: number;
  readonly width: number;
  readonly span: Span;
}

export interface Line {
  readonly fragments: readonly Fragment[];
  readonly width: number;
  /** From the top of the line to the line that letters stand on. */
  readonly baseline: number;
  readonly height: number;
}

export type Align = 'start' | 'end' | 'middle';

const lineHeight = 1.36;
/** Where letters stand in the height of their line. */
const baselineShare = 0.98;

/** What is never broken but in need: a word, with what the line needs to know of it. */
interface Word {
  readonly parts: readonly { readonly run: FontRun; readonly span: Span; readonly width: number }[];
  readonly width: number;
  /** Spaces after it, which vanish at the end of a line. */
  readonly space: { readonly width: number; readonly span: Span } | undefined;
}

/** The height of a line of a size. */
export function heightOfLine(size: number): number {
  return size * lineHeight;
}

/** Lines no wider than `width`; a word that is wider is broken where it has to be. At least one line, if an empty one. */
export function linesOf(spans: readonly Span[], width: number, fonts: Fonts): readonly Line[] {
  const lines: Line[] = [];
  let words: Word[] = [];
  let used = 0;
  const end = (): void => {
    lines.push(lineOf(words, spans[0]));
    words = [];
    used = 0;
  };
  for (const whole of wordsOf(spans, fonts)) {
    for (const word of whole.width > width ? broken(whole, width, fonts) : [whole]) {
      // A thousandth of a point is none: sums of widths differ by their order.
      if (words.length > 0 && used + word.width > width + 0.001) end();
      words.push(word);
      used += word.width + (word.space?.width ?? 0);
    }
  }
  if (words.length > 0 || lines.length === 0) end();
  return lines;
}

/** How wide the text is on one line, and its widest word. */
export function widthsOf(spans: readonly Span[], fonts: Fonts): { readonly natural: number; readonly least: number } {
  const words = wordsOf(spans, fonts);
  const last = words.at(-1);
  return {
    natural: words.reduce((sum, word) => sum + word.width + (word === last ? 0 : (word.space?.width ?? 0)), 0),
    least: words.reduce((most, word) => Math.max(most, word.width), 0),
  };
}

// After a hyphen or slash within a word, between letters of scripts without spaces, and after spaces.
const breakAfter = /[-–—/](?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}][.:_](?=\p{L}{3}))|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u3002\uff01-\uff60](?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/gu;

function wordsOf(spans: readonly Span[], fonts: Fonts): readonly Word[] {
  const words: Word[] = [];
  let parts: { run: FontRun; span: Span; width: number }[] = [];
  const end = (space: Word['space']): void => {
    if (parts.length === 0 && space !== undefined) {
      // Spaces at the beginning, or after a break that needs none: they widen the last space.
      const last = words.at(-1);
      if (last !== undefined && last.space === undefined) words[words.length - 1] = { ...last, space };
      return;
    }
    if (parts.length === 0) return;
    words.push({ parts, width: parts.reduce((sum, part) => sum + part.width, 0), space });
    parts = [];
  };
  for (const span of spans) {
    const text = printable(span.text);
    for (const [token] of text.matchAll(/ +|[^ ]+/g)) {
      if (token.startsWith(' ')) {
        const [run] = fonts.runs(' ', span.style);
        end({ width: (run?.face.width(' ') ?? 0.2) * span.size, span });
        continue;
      }
      let from = 0;
      const add = (until: number): void => {
        for (const run of fonts.runs(token.slice(from, until), span.style)) parts.push({ run, span, width: run.face.width(run.text) * span.size });
        from = until;
      };
      for (const match of token.matchAll(breakAfter)) {
        const until = match.index + match[0].length;
        if (until >= token.length || until <= from) continue;
        add(until);
        end(undefined);
      }
      add(token.length);
    }
  }
  end(undefined);
  return words;
}

/** A word that no line can hold, in parts that one can. */
function broken(word: Word, width: number, fonts: Fonts): readonly Word[] {
  const pieces: Word[] = [];
  let parts: { run: FontRun; span: Span; width: number }[] = [];
  let used = 0;
  for (const { run, span } of word.parts) {
    let text = '';
    let textWidth = 0;
    const keep = (): void => {
      for (const one of text === '' ? [] : fonts.runs(text, span.style)) parts.push({ run: one, span, width: one.face.width(one.text) * span.size });
      text = '';
      textWidth = 0;
    };
    for (const { segment } of graphemes.segment(run.text)) {
      // Letter by letter, without what kerning takes: never wider than thought.
      const own = run.face.width(segment) * span.size;
      if (used + own > width && used > 0) {
        keep();
        pieces.push({ parts, width: parts.reduce((sum, part) => sum + part.width, 0), space: undefined });
        parts = [];
        used = 0;
      }
      text += segment;
      textWidth += own;
      used += own;
    }
    keep();
  }
  if (parts.length > 0) pieces.push({ parts, width: parts.reduce((sum, part) => sum + part.width, 0), space: word.space });
  return pieces;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function lineOf(words: readonly Word[], first: Span | undefined): Line {
  const size = words.reduce((most, { parts }) => parts.reduce((larger, { span }) => Math.max(larger, span.size), most), 0) || (first?.size ?? 10);
  const fragments: { text: string; face: FontRun['face']; x: number; width: number; span: Span }[] = [];
  let x = 0;
  for (const [index, word] of inVisualOrder(words).entries()) {
    for (const { run, span, width } of word.parts) {
      const last = fragments.at(-1);
      const continues = last !== undefined && last.face === run.face && last.span === span && !run.face.rightToLeft && Math.abs(last.x + last.width - x) < 0.001;
      if (continues) {
        last.text += run.text;
        last.width += width;
      } else {
        fragments.push({ text: run.text, face: run.face, x, width, span });
      }
      x += width;
    }
    if (word.space !== undefined && index < words.length - 1) {
      const last = fragments.at(-1);
      // A space is part of the text it follows, so that who copies the text has it.
      if (last !== undefined && last.span === word.space.span && !last.face.rightToLeft && last.face.has(0x20)) {
        last.text += ' ';
        last.width += word.space.width;
      }
      x += word.space.width;
    }
  }
  const height = heightOfLine(size);
  return { fragments, width: x, baseline: size * baselineShare, height };
}

/** Words that run from right to left stand in that order where several follow one another. */
function inVisualOrder(words: readonly Word[]): readonly Word[] {
  const turned = (word: Word): boolean => word.parts.some(({ run }) => run.face.rightToLeft);
  if (!words.some(turned)) return words;
  const ordered: Word[] = [];
  for (let from = 0; from < words.length; ) {
    let until = from;
    while (until < words.length && turned(words[until] as Word)) until++;
    if (until === from) {
      ordered.push(words[from] as Word);
      from++;
      continue;
    }
    const run = words.slice(from, until);
    const spaces = run.map(({ space }) => space);
    // The spaces stay where they are, between words.
    ordered.push(...run.toReversed().map((word, index) => ({ ...word, space: spaces[index] })));
    from = until;
  }
  return ordered;
}
