import { Bookmark, ExternalHyperlink, InternalHyperlink, TextRun, type ParagraphChild } from 'docx';
import type { Inlines, Status } from '../../blocks.ts';
import { statusText } from '../cell-text.ts';
import { officeText } from '../office/text.ts';
import { safeUrl } from '../safe-url.ts';
import type { Words } from '../../words/words.ts';
import type { Anchors } from './anchors.ts';
import { characterStyles } from './styles.ts';

export interface InlineContext {
  readonly words: Words;
  readonly anchors: Anchors;
}

/** What the words around a text say of it. A run has one style of characters; the innermost that has a say wins. */
interface Manner {
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly style?: string;
  /** A link inside a link would be a file that Word repairs. */
  readonly linked?: boolean;
  /** In half points, where the style of the paragraph says otherwise. */
  readonly size?: number;
}

export type TextManner = Pick<Manner, 'bold' | 'size' | 'style'>;

export function runsOf(content: Inlines, context: InlineContext, manner: Manner = {}): ParagraphChild[] {
  return content.flatMap((inline): ParagraphChild[] => {
    if (typeof inline === 'string') return textRuns(inline, manner);
    switch (inline.kind) {
      case 'strong':
        return runsOf(inline.content, context, { ...manner, bold: true });
      case 'emphasis':
        return runsOf(inline.content, context, { ...manner, italics: true });
      case 'quiet':
        return runsOf(inline.content, context, { style: characterStyles.quiet, ...manner });
      case 'code':
        return textRuns(inline.text, { ...manner, style: characterStyles.code });
      case 'link':
        if (manner.linked === true || !safeUrl(inline.url)) return runsOf(inline.content, context, manner);
        return [new ExternalHyperlink({ link: addressOf(inline.url), children: runsOf(inline.content, context, { ...manner, style: 'Hyperlink', linked: true }) })];
      case 'jump': {
        const name = context.anchors.name(inline.anchor);
        if (manner.linked === true || name === undefined) return runsOf(inline.content, context, manner);
        return [new InternalHyperlink({ anchor: name, children: runsOf(inline.content, context, { ...manner, style: 'Hyperlink', linked: true }) })];
      }
      case 'place':
        return runsOf(inline.content, context, manner);
      case 'status':
        return [statusRun(inline.status, context.words, inline.words === true, manner)];
    }
  });
}

export function textRuns(text: string, manner: Manner = {}): ParagraphChild[] {
  const { linked: _linked, ...options } = manner;
  return text === '' ? [] : [new TextRun({ ...options, text: officeText(text) })];
}

const statusStyles: Readonly<Record<Status, string>> = {
  below: characterStyles.below,
  warning: characterStyles.warning,
  met: characterStyles.met,
  'too-small': characterStyles.unknown,
  'no-data': characterStyles.unknown,
};

export function statusRun(status: Status, words: Words, worded: boolean, { size }: TextManner = {}): TextRun {
  return new TextRun({ text: statusText(status, words, worded), style: statusStyles[status], ...(size === undefined ? {} : { size }) });
}

/** The content as a place that can be jumped to, where it has an anchor. */
export function anchored(children: readonly ParagraphChild[], anchor: string | undefined, { anchors }: InlineContext): readonly ParagraphChild[] {
  const name = anchor === undefined ? undefined : anchors.name(anchor);
  return name === undefined ? children : [new Bookmark({ id: name, children })];
}

/** An address as an attribute of XML can hold it: to a page as it is understood, to a file beside the document as it stands. */
function addressOf(url: string): string {
  const text = officeText(url);
  return URL.canParse(text) ? new URL(text).href : text;
}
