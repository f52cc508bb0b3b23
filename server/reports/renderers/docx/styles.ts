/** The styles of documents for Word: who edits one there changes it in one place. */
import { AlignmentType, BorderStyle, LevelFormat, LineRuleType, type INumberingOptions, type IParagraphStyleOptions, type IPropertiesOptions } from 'docx';
import { palette, type PaletteRole } from '../../charts/palette.ts';
import type { Words } from '../../words/words.ts';
import { type } from './measures.ts';

export const fonts = { text: 'Arial', code: 'Consolas' } as const;

/** Without the sign that CSS puts before it. */
export function colour(role: PaletteRole): string {
  return palette[role].slice(1);
}

/** Ids of the styles of paragraphs, beside Word's own. */
export const paragraphStyles = {
  organization: 'DocumentOrganization',
  subtitle: 'Subtitle',
  about: 'DocumentAbout',
  contentsHeading: 'TOCHeading',
  coverTitle: 'CoverTitle',
  coverText: 'CoverText',
  lead: 'Lead',
  picture: 'Picture',
  note: 'Note',
  attention: 'Attention',
  tableText: 'TableText',
  tableNumber: 'TableNumber',
  tableHead: 'TableHead',
  tableHeadNumber: 'TableHeadNumber',
  tableGroup: 'TableGroup',
  afterTable: 'AfterTable',
  legend: 'Legend',
  figureName: 'KeyFigureName',
  figureValue: 'KeyFigureValue',
  figureNote: 'KeyFigureNote',
  term: 'Term',
  signing: 'Signing',
  signingLine: 'SigningLine',
  disclaimer: 'Disclaimer',
  code: 'Code',
} as const;

export const characterStyles = { quiet: 'Quiet', code: 'CodeText', below: 'StatusBelow', warning: 'StatusWarning', met: 'StatusMet', unknown: 'StatusUnknown' } as const;

export const tableStyle = 'ReportTable';

const flush = { spacing: { before: 0, after: 0, line: 252, lineRule: LineRuleType.AUTO } } as const;

const styles: readonly IParagraphStyleOptions[] = [
  { id: paragraphStyles.organization, name: 'Document organization', basedOn: 'Normal', run: { size: type.small, color: colour('quiet') }, paragraph: { spacing: { before: 0, after: 40 } } },
  { id: paragraphStyles.subtitle, name: 'Subtitle', basedOn: 'Normal', quickFormat: true, run: { size: type.subheading }, paragraph: { spacing: { before: 0, after: 60 } } },
  { id: paragraphStyles.about, name: 'Document audience', basedOn: 'Normal', run: { size: type.small, color: colour('quiet') }, paragraph: { spacing: { before: 0, after: 60 } } },
  { id: paragraphStyles.coverTitle, name: 'Cover title', basedOn: 'Title', run: { size: type.cover }, paragraph: { spacing: { before: 160, after: 160 } } },
  { id: paragraphStyles.coverText, name: 'Cover text', basedOn: 'Normal', run: { size: 24 }, paragraph: { spacing: { before: 0, after: 80 } } },
  { id: paragraphStyles.contentsHeading, name: 'TOC Heading', basedOn: 'Normal', run: { size: type.subheading, bold: true }, paragraph: { spacing: { before: 280, after: 80 }, keepNext: true } },
  { id: 'TOC1', name: 'toc 1', basedOn: 'Normal', paragraph: { spacing: { before: 20, after: 20 } } },
  { id: 'TOC2', name: 'toc 2', basedOn: 'Normal', run: { size: type.small, color: colour('quiet') }, paragraph: { spacing: { before: 0, after: 0 }, indent: { left: 280 } } },
  { id: paragraphStyles.lead, name: 'Lead', basedOn: 'Normal', next: 'Normal', quickFormat: true, run: { bold: true } },
  { id: paragraphStyles.picture, name: 'Picture', basedOn: 'Normal', paragraph: { spacing: { before: 40, after: 80 }, keepNext: true } },
  { id: paragraphStyles.note, name: 'Note', basedOn: 'Normal', quickFormat: true, paragraph: { border: { left: { style: BorderStyle.SINGLE, size: 18, color: colour('rule'), space: 8 } }, indent: { left: 200 }, spacing: { before: 60, after: 140 } } },
  { id: paragraphStyles.attention, name: 'Attention', basedOn: 'Normal', quickFormat: true, paragraph: { border: { left: { style: BorderStyle.SINGLE, size: 18, color: colour('below'), space: 8 } }, indent: { left: 200 }, spacing: { before: 60, after: 140 } } },
  { id: paragraphStyles.tableText, name: 'Table text', basedOn: 'Normal', quickFormat: true, paragraph: flush },
  { id: paragraphStyles.tableNumber, name: 'Table number', basedOn: paragraphStyles.tableText, paragraph: { ...flush, alignment: AlignmentType.RIGHT } },
  { id: paragraphStyles.tableHead, name: 'Table head', basedOn: paragraphStyles.tableText, run: { size: type.small, color: colour('quiet') }, paragraph: { ...flush, keepNext: true } },
  { id: paragraphStyles.tableHeadNumber, name: 'Table head of numbers', basedOn: paragraphStyles.tableHead, paragraph: { ...flush, alignment: AlignmentType.RIGHT, keepNext: true } },
  { id: paragraphStyles.tableGroup, name: 'Table group', basedOn: paragraphStyles.tableText, run: { bold: true }, paragraph: { spacing: { before: 100, after: 0 }, keepNext: true } },
  { id: paragraphStyles.afterTable, name: 'After table', basedOn: 'Normal', run: { size: 8 }, paragraph: { spacing: { before: 0, after: 0, line: 150, lineRule: LineRuleType.EXACT } } },
  { id: paragraphStyles.legend, name: 'Legend', basedOn: 'Normal', run: { size: type.small, color: colour('quiet') }, paragraph: { spacing: { before: 60, after: 160 } } },
  { id: paragraphStyles.figureName, name: 'Key figure name', basedOn: paragraphStyles.tableText, run: { size: type.small, color: colour('quiet') }, paragraph: { spacing: { before: 40, after: 20 }, keepNext: true } },
  { id: paragraphStyles.figureValue, name: 'Key figure', basedOn: paragraphStyles.tableText, paragraph: { spacing: { before: 0, after: 20 }, keepNext: true } },
  { id: paragraphStyles.figureNote, name: 'Key figure note', basedOn: paragraphStyles.tableText, run: { size: type.small }, paragraph: flush },
  { id: paragraphStyles.term, name: 'Term', basedOn: paragraphStyles.tableText, run: { color: colour('quiet') }, paragraph: flush },
  { id: paragraphStyles.signing, name: 'Signing party', basedOn: paragraphStyles.tableText, paragraph: { ...flush, keepNext: true } },
  { id: paragraphStyles.signingLine, name: 'Signing line', basedOn: paragraphStyles.tableText, run: { size: type.small, color: colour('quiet') }, paragraph: { border: { top: { style: BorderStyle.SINGLE, size: 6, color: colour('ink'), space: 2 } }, spacing: { before: 760, after: 40 }, keepNext: true } },
  { id: paragraphStyles.disclaimer, name: 'Disclaimer', basedOn: 'Normal', run: { size: type.small, color: colour('quiet') }, paragraph: { border: { top: { style: BorderStyle.SINGLE, size: 4, color: colour('rule'), space: 6 } }, spacing: { before: 400, after: 0 } } },
];

const headings = { color: colour('ink'), bold: true, font: fonts.text } as const;

/** Sizes, spaces and colours of everything, in the language of the document for Word's spelling and hyphenation. */
export function stylesOf(words: Words, accent: string): NonNullable<IPropertiesOptions['styles']> {
  const lower = { run: { ...headings, size: type.normal }, paragraph: { spacing: { before: 140, after: 50 }, keepNext: true, keepLines: true } };
  return {
    default: {
      document: { run: { font: fonts.text, size: type.normal, color: colour('ink'), language: { value: languageTags[words.language] } }, paragraph: { spacing: { before: 0, after: 110, line: 264, lineRule: LineRuleType.AUTO } } },
      title: { run: { size: type.large, bold: true, color: colour('ink'), font: fonts.text }, paragraph: { spacing: { before: 0, after: 60 }, keepNext: true } },
      heading1: { run: { ...headings, size: type.heading }, paragraph: { spacing: { before: 300, after: 100 }, keepNext: true, keepLines: true, border: { top: { style: BorderStyle.SINGLE, size: 6, color: accent, space: 6 } } } },
      heading2: { run: { ...headings, size: type.subheading }, paragraph: { spacing: { before: 180, after: 70 }, keepNext: true, keepLines: true } },
      heading3: lower,
      heading4: lower,
      heading5: lower,
      heading6: lower,
      caption: { run: { size: type.normal, color: colour('ink'), bold: false, italics: false }, paragraph: { spacing: { before: 120, after: 70 }, keepNext: true, keepLines: true } },
      listParagraph: { paragraph: { spacing: { before: 0, after: 40 }, contextualSpacing: false } },
      hyperlink: { run: { color: '0b4f94', underline: {} } },
    },
    paragraphStyles: [...styles],
    characterStyles: [
      { id: characterStyles.quiet, name: 'Quiet', run: { color: colour('quiet'), bold: false } },
      { id: characterStyles.code, name: 'Code text', run: { font: fonts.code } },
      { id: characterStyles.below, name: 'Status below target', run: { color: colour('below'), bold: true } },
      { id: characterStyles.warning, name: 'Status past the warning threshold', run: { color: colour('warning'), bold: true } },
      { id: characterStyles.met, name: 'Status on target', run: { color: colour('met'), bold: true } },
      { id: characterStyles.unknown, name: 'Status not known', run: { color: colour('quiet') } },
    ],
  };
}

/** As Word names languages: with a country, by which it chooses its dictionary. */
const languageTags: Readonly<Record<Words['language'], string>> = { en: 'en-GB', de: 'de-DE' };

export const bullets = 'bullets';
export const numbers = 'numbers';

const indent = { left: 284, hanging: 284 } as const;

export const numbering: INumberingOptions = {
  config: [
    { reference: bullets, levels: [{ level: 0, format: LevelFormat.BULLET, text: '•', alignment: AlignmentType.LEFT, style: { paragraph: { indent } } }] },
    { reference: numbers, levels: [{ level: 0, format: LevelFormat.DECIMAL, text: '%1.', alignment: AlignmentType.LEFT, style: { paragraph: { indent: { left: 397, hanging: 397 } } } }] },
  ],
};

/**
 * The style of tables: thin rules between rows, a darker one under the heads. The library has no words for styles of
 * tables, so this is put into its part as it is.
 */
export const tableStyleXml = [
  `<w:style w:type="table" w:customStyle="1" w:styleId="${tableStyle}"><w:name w:val="Report table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>`,
  '<w:tblPr><w:tblStyleRowBandSize w:val="1"/>',
  `<w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="${colour('rule')}"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="${colour('rule')}"/></w:tblBorders>`,
  '<w:tblCellMar><w:top w:w="45" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="45" w:type="dxa"/><w:right w:w="130" w:type="dxa"/></w:tblCellMar></w:tblPr>',
  `<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="${colour('quiet')}"/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>`,
  '</w:style>',
].join('');
