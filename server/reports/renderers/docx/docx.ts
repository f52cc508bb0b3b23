/**
 * A document for Word: real styles, headings, lists and tables, so that it can be edited on; drawings as vectors. The
 * same document gives the same bytes.
 */
import { AlignmentType, BorderStyle, Document as WordDocument, Footer, Header, LeaderType, Packer, PageBreak, PageNumber, PageOrientation, Paragraph, SectionType, Tab, TableOfContents, TabStopType, TextRun, type FileChild, type ISectionOptions } from 'docx';
import type { Block, Document, Look } from '../../blocks.ts';
import { officeText, shortened } from '../office/text.ts';
import { disclaimer, provenanceLine } from '../provenance-line.ts';
import { openRasterizer } from '../drawing-png.ts';
import { wordsIn, type Words } from '../../words/words.ts';
import type { ReadPackageFile } from '../../package-files.ts';
import { Anchors } from './anchors.ts';
import { renderBody, type Run } from './body.ts';
import { textRuns } from './inlines.ts';
import { margin, sheetOf, textHeight, textRoom, type, type Orientation, type Sheet } from './measures.ts';
import { drawingsOf, Pictures } from './pictures.ts';
import { sameBytes } from './same-bytes.ts';
import { characterStyles, colour, numbering, paragraphStyles, stylesOf } from './styles.ts';
import type { TableContext } from './tables.ts';

/** A table of contents is for documents of so many sections. */
const sectionsForContents = 4;
/** It takes one page: where it would be longer, it lists sections only. */
const mostEntries = 44;

export async function renderDocx(document: Document, readPackageFile: ReadPackageFile): Promise<Uint8Array> {
  const words = wordsIn(document.language);
  const drawings = drawingsOf(document.blocks);
  const rasterizer = drawings.length === 0 ? undefined : await openRasterizer(drawings, readPackageFile);
  const look = document.look ?? {};
  const pictures = new Pictures((drawing, width) => rasterizer?.png(drawing, width) ?? new Uint8Array());
  const context = { words, anchors: new Anchors(document.blocks), pictures, sheet: sheetOf(look.paper ?? 'A4') };
  const body = renderBody(document.blocks, context);
  const hasCover = look.cover ?? body.lines > linesWithoutCover;
  const opening = [...(hasCover ? cover(document, look, context) : titleBlock(document, look, pictures, words)), ...contents(document, words)];
  const runs = withEnds(body.runs, opening, [new Paragraph({ style: paragraphStyles.disclaimer, children: textRuns(words.say(disclaimer)) })]);
  const made = new WordDocument({
    title: officeText(document.title),
    creator: officeText(document.organization),
    lastModifiedBy: officeText(document.organization),
    ...(document.subtitle === undefined ? {} : { subject: officeText(document.subtitle) }),
    description: provenanceLine(document, words),
    styles: stylesOf(words, look.accent?.slice(1) ?? colour('ink')),
    numbering,
    sections: runs.map((run, index) => sectionOf(run, index === 0, { document, words, sheet: context.sheet, hasCover })),
  });
  return sameBytes(await Packer.toBuffer(made), document.provenance.asOf);
}

/** About eight pages: longer documents have a cover unless they are told otherwise. */
const linesWithoutCover = 8 * 46;

/** What begins and what ends every document. */
function withEnds(runs: readonly Run[], before: readonly FileChild[], after: readonly FileChild[]): Run[] {
  const [first, ...others] = runs[0]?.orientation === 'portrait' ? runs : [{ orientation: 'portrait' as const, children: [] }, ...runs];
  const all = [{ orientation: 'portrait' as const, children: [...before, ...(first?.children ?? [])] }, ...others];
  const last = all.at(-1);
  return [...all.slice(0, -1), ...(last === undefined ? [] : [{ ...last, children: [...last.children, ...after] }])];
}

/** In pixels of a screen. */
const logoInTitle = { width: 170, height: 56 } as const;
const logoOnCover = { width: 260, height: 105 } as const;

function titleBlock({ organization, title, subtitle, audience }: Document, { logo }: Look, pictures: Pictures, words: Words): FileChild[] {
  return [
    ...(logo === undefined ? [] : [new Paragraph({ alignment: AlignmentType.RIGHT, children: [pictures.logo(logo, logoInTitle, organization)] })]),
    new Paragraph({ style: paragraphStyles.organization, children: textRuns(organization) }),
    new Paragraph({ style: 'Title', children: textRuns(title) }),
    ...(subtitle === undefined ? [] : [new Paragraph({ style: paragraphStyles.subtitle, children: textRuns(subtitle) })]),
    ...(audience === undefined ? [] : [new Paragraph({ style: paragraphStyles.about, children: textRuns(words.say('For {0}', audience)) })]),
  ];
}

/** A page of its own: the logo, the title a third down the page, and whose it is and of when below. */
function cover({ organization, title, subtitle, audience, provenance }: Document, { logo, accent }: Look, { words, sheet, pictures }: TableContext): FileChild[] {
  const third = Math.round(textHeight(sheet, 'portrait') * 0.26);
  return [
    new Paragraph({ spacing: { after: 0 }, children: logo === undefined ? [] : [pictures.logo(logo, logoOnCover, organization)] }),
    new Paragraph({ spacing: { before: logo === undefined ? third : Math.round(third * 0.6), after: 0 }, border: { top: { style: BorderStyle.SINGLE, size: 24, color: accent?.slice(1) ?? colour('ink'), space: 1 } }, indent: { right: textRoom(sheet, 'portrait') - 1130 } }),
    new Paragraph({ style: paragraphStyles.coverTitle, children: textRuns(title) }),
    ...(subtitle === undefined ? [] : [new Paragraph({ style: paragraphStyles.coverText, children: textRuns(subtitle) })]),
    ...(audience === undefined ? [] : [new Paragraph({ style: paragraphStyles.coverText, children: textRuns(words.say('For {0}', audience), { style: characterStyles.quiet }) })]),
    new Paragraph({ style: paragraphStyles.coverText, spacing: { before: third }, children: textRuns(organization, { bold: true }) }),
    new Paragraph({ style: paragraphStyles.coverText, children: textRuns(words.say('As of {0}', words.dateInWords(provenance.asOf)), { style: characterStyles.quiet }) }),
    new Paragraph({ style: paragraphStyles.afterTable, children: [new PageBreak()] }),
  ];
}

/** How many headings stand at a level, from 1. */
function headingsAt(blocks: readonly Block[], level: number): number {
  return blocks.reduce((sum, block) => {
    if (block.kind !== 'section') return sum;
    if (block.heading === undefined) return sum + headingsAt(block.blocks, level);
    return sum + (level === 1 ? 1 : headingsAt(block.blocks, level - 1));
  }, 0);
}

function contents(document: Document, words: Words): FileChild[] {
  const [sections, below] = [headingsAt(document.blocks, 1), headingsAt(document.blocks, 2)];
  if (sections < sectionsForContents) return [];
  const heading = words.say('Contents');
  const levels = sections + below > mostEntries ? '1-1' : '1-2';
  // Only Word knows its pages. Until it is asked to update the table, this is a list of links; marked as out of date, it would ask everybody who opens the file.
  return [
    new Paragraph({ style: paragraphStyles.contentsHeading, children: textRuns(heading) }),
    new TableOfContents(heading, { hyperlink: true, headingStyleRange: levels, beginDirty: false, tabLeader: LeaderType.NONE }),
  ];
}

interface Frame {
  readonly document: Document;
  readonly words: Words;
  readonly sheet: Sheet;
  readonly hasCover: boolean;
}

function sectionOf({ orientation, children }: Run, isFirst: boolean, frame: Frame): ISectionOptions {
  const { hasCover, sheet } = frame;
  return {
    properties: {
      type: SectionType.NEXT_PAGE,
      titlePage: isFirst,
      page: { size: { ...sheet, orientation: orientation === 'portrait' ? PageOrientation.PORTRAIT : PageOrientation.LANDSCAPE }, margin },
    },
    headers: { default: new Header({ children: [headLine(frame, orientation)] }), ...(isFirst ? { first: new Header({ children: [new Paragraph({ style: 'Header' })] }) } : {}) },
    footers: { default: new Footer({ children: [footLine(frame, orientation)] }), ...(isFirst ? { first: new Footer({ children: [hasCover ? new Paragraph({ style: 'Footer' }) : footLine(frame, orientation)] }) } : {}) },
    children,
  };
}

const longestInHead = 70;

function headLine({ document: { organization, title }, sheet }: Frame, orientation: Orientation): Paragraph {
  const small = { size: type.small, color: colour('quiet') };
  return new Paragraph({
    style: 'Header',
    tabStops: [{ type: TabStopType.RIGHT, position: textRoom(sheet, orientation) }],
    children: [new TextRun({ ...small, text: shortened(officeText(organization), longestInHead) }), new TextRun({ ...small, children: [new Tab(), shortened(officeText(title), longestInHead)] })],
  });
}

function footLine({ document, words, sheet }: Frame, orientation: Orientation): Paragraph {
  const small = { size: 14, color: colour('quiet') };
  return new Paragraph({
    style: 'Footer',
    tabStops: [{ type: TabStopType.RIGHT, position: textRoom(sheet, orientation) }],
    children: [new TextRun({ ...small, text: officeText([document.look?.footer, provenanceLine(document, words)].filter((part) => part !== undefined && part !== '').join(' · ')) }), new TextRun({ ...small, children: [new Tab(), PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })],
  });
}
