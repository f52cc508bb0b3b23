/** What the library that writes workbooks leaves out: filters, links between sheets, printing, and what the file says of itself. */
import { strFromU8 } from 'fflate';
import type { Document } from '../../blocks.ts';
import type { Words } from '../../words/words.ts';
import { escapeText } from '../markup.ts';
import { officeText } from '../office/text.ts';
import { provenanceLine } from '../provenance-line.ts';

export interface SheetMarkup {
  readonly name: string;
  /** Set where the sheet is a table, with its head in the first row. */
  readonly filter?: { readonly lastCell: string };
  /** Whether all columns are printed side by side on one page. */
  readonly fitsOnPage: boolean;
  /** Cells that lead to other sheets. */
  readonly links: readonly { readonly address: string; readonly sheet: string }[];
}

type Parts = Readonly<Record<string, Uint8Array>>;

/** @param sheets in the order of the workbook */
export function completed(parts: Parts, sheets: readonly SheetMarkup[], document: Document, words: Words): Record<string, Uint8Array | string> {
  const text = (name: string): string => strFromU8(parts[name] ?? new Uint8Array());
  const foot = printed(provenanceLine(document, words));
  return {
    ...parts,
    ...Object.fromEntries(sheets.map((sheet, index) => [`xl/worksheets/sheet${index + 1}.xml`, completedSheet(text(`xl/worksheets/sheet${index + 1}.xml`), sheet, foot, document)])),
    'xl/workbook.xml': text('xl/workbook.xml').replace('<definedNames/>', () => definedNames(sheets)),
    'docProps/core.xml': coreProperties(document),
    '_rels/.rels': text('_rels/.rels').replace('</Relationships>', '<Relationship Id="rIdCore" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'),
    '[Content_Types].xml': text('[Content_Types].xml').replace('</Types>', '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'),
  };
}

/** The parts of a sheet stand in a fixed order. */
function completedSheet(xml: string, { filter, links, fitsOnPage }: SheetMarkup, foot: string, document: Document): string {
  const paper = document.look?.paper === 'Letter' ? 1 : 9;
  const linked = links.map(({ address, sheet }) => `<hyperlink ref="${address}" location="${escapeText(`${quotedName(sheet)}!A1`)}" display="${escapeText(sheet)}"/>`).join('');
  const after = [
    linked === '' ? '' : `<hyperlinks>${linked}</hyperlinks>`,
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>',
    `<pageSetup paperSize="${paper}" orientation="landscape"${fitsOnPage ? ' fitToWidth="1" fitToHeight="0"' : ''}/>`,
    `<headerFooter><oddFooter>${escapeText(`&L&7${foot}&R&7&P / &N`)}</oddFooter></headerFooter>`,
  ].join('');
  return xml
    .replace(/(<worksheet\b[^>]*>)/, fitsOnPage ? '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' : '$1')
    .replace('activePane="bottomRight"', 'activePane="bottomLeft"')
    .replace('</sheetData>', () => `</sheetData>${filter === undefined ? '' : `<autoFilter ref="A1:${filter.lastCell}"/>`}`)
    .replace('</worksheet>', () => `${after}</worksheet>`);
}

/** In the foot of a page `&` begins a code; more than 255 characters are not taken. */
function printed(text: string): string {
  return [...officeText(text)].slice(0, 200).join('').replaceAll('&', '&&');
}

function definedNames(sheets: readonly SheetMarkup[]): string {
  const names = sheets.flatMap(({ name, filter }, index) => {
    if (filter === undefined) return [];
    const sheet = escapeText(quotedName(name));
    const absolute = filter.lastCell.replace(/^([A-Z]+)(\d+)$/, '$$$1$$$2');
    return [
      `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${sheet}!$A$1:${absolute}</definedName>`,
      `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${sheet}!$1:$1</definedName>`,
    ];
  });
  return names.length === 0 ? '' : `<definedNames>${names.join('')}</definedNames>`;
}

function quotedName(sheet: string): string {
  return `'${sheet.replaceAll("'", "''")}'`;
}

function coreProperties({ title, subtitle, organization, provenance }: Document): string {
  const part = (name: string, text: string): string => `<${name}>${escapeText(officeText(text))}</${name}>`;
  const day = (name: string): string => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${escapeText(provenance.asOf)}T00:00:00Z</dcterms:${name}>`;
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    part('dc:title', title),
    subtitle === undefined ? '' : part('dc:subject', subtitle),
    part('dc:creator', organization),
    day('created'),
    day('modified'),
    '</cp:coreProperties>',
  ].join('');
}
