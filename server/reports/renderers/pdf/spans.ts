import type { Inlines, Status } from '../../blocks.ts';
import { statusMark } from '../../status.ts';
import type { Words } from '../../words/words.ts';
import type { Span, Target, TextLook } from './text.ts';
import { colours, statusColours } from './theme.ts';

/** Inline content as spans of text. */
export function spansOf(inlines: Inlines, look: TextLook, words: Words, target?: Target): readonly Span[] {
  return inlines.flatMap((inline): readonly Span[] => {
    if (typeof inline === 'string') return inline === '' ? [] : [spanOf(inline, look, target)];
    switch (inline.kind) {
      case 'strong':
        return spansOf(inline.content, { ...look, style: 'semibold' }, words, target);
      case 'emphasis':
        return spansOf(inline.content, { ...look, style: look.style === 'semibold' ? 'semibold' : 'italic' }, words, target);
      case 'quiet':
        return spansOf(inline.content, { ...look, style: look.style === 'semibold' ? 'regular' : look.style, colour: colours.quiet }, words, target);
      case 'code':
        return [spanOf(inline.text, { ...look, style: 'code', size: look.size * 0.9 }, target)];
      case 'link':
        return isSafe(inline.url) ? spansOf(inline.content, { ...look, colour: colours.link }, words, { kind: 'url', url: inline.url }) : spansOf(inline.content, look, words, target);
      case 'jump':
        return spansOf(inline.content, look, words, { kind: 'anchor', anchor: inline.anchor });
      case 'place':
        return spansOf(inline.content, look, words, target);
      case 'status':
        return statusSpans(inline.status, inline.words === true, look, words);
    }
  });
}

/** Shape and letter in the colour of the status, then what it means. */
export function statusSpans(status: Status, worded: boolean, look: TextLook, words: Words): readonly Span[] {
  const { shape, letter, words: meaning } = statusMark(status);
  const colour = statusColours[status];
  const sign = spanOf(letter === '' ? shape : `${shape}\u00a0${letter}`, { ...look, style: letter === '' ? 'regular' : 'semibold', colour });
  return worded ? [sign, spanOf(` ${words.say(meaning)}`, { ...look, style: 'semibold', colour })] : [sign];
}

export function spanOf(text: string, look: TextLook, target?: Target): Span {
  return { style: look.style, size: look.size, colour: look.colour, text, ...(target === undefined ? {} : { target }) };
}

function isSafe(url: string): boolean {
  return /^(?:https?:\/\/|mailto:)[!-~]+$/i.test(url);
}
