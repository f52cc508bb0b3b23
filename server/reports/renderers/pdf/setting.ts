import type { Words } from '../../words/words.ts';
import type { Tag } from './canvas.ts';
import type { Fonts } from './fonts.ts';
import type { Sheet } from './strips.ts';
import type { TextLook } from './text.ts';
import { colours, sizes } from './theme.ts';

/** What blocks need to know of where they stand. */
export interface Setting {
  readonly fonts: Fonts;
  readonly words: Words;
  readonly sheet: Sheet;
  /** The width they have, and how far from the left margin they begin. */
  readonly width: number;
  readonly indent: number;
  /** The level of the next heading, from 1. */
  readonly level: number;
  /** What they are part of. */
  readonly tag: Tag;
  /** The colour of rules above sections. */
  readonly accent: string;
  /** Numbers sections without an anchor of their own. */
  readonly numbers: { section: number };
}

export const normalLook: TextLook = { style: 'regular', size: sizes.normal, colour: colours.ink };
export const smallLook: TextLook = { style: 'regular', size: sizes.small, colour: colours.ink };
export const quietLook: TextLook = { style: 'regular', size: sizes.small, colour: colours.quiet };

/** Room between blocks. */
export const gap = 7;
