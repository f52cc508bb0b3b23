/** Documents as files. */
import type { Document } from './blocks.ts';
import type { ReadPackageFile } from './package-files.ts';
import { csvEnding, renderCsv } from './renderers/csv.ts';
import { renderHtml } from './renderers/html.ts';
import { renderJson } from './renderers/json.ts';
import { renderMarkdown } from './renderers/markdown.ts';
import { forPages } from './renderers/page-columns.ts';

/** Formats that are text, and can thus be printed. */
const textFormats = {
  html: (document: Document): string => renderHtml(document),
  md: renderMarkdown,
  json: renderJson,
} as const;

/** Formats that are bytes. Large libraries are loaded when the first such document is made. */
const binaryFormats = {
  pdf: async (document: Document, readPackageFile: ReadPackageFile): Promise<Uint8Array> => (await import('./renderers/pdf/pdf.ts')).renderPdf(document, readPackageFile),
  docx: async (document: Document, readPackageFile: ReadPackageFile): Promise<Uint8Array> => (await import('./renderers/docx/docx.ts')).renderDocx(document, readPackageFile),
  xlsx: async (document: Document): Promise<Uint8Array> => (await import('./renderers/xlsx/xlsx.ts')).renderXlsx(document),
  csv: async (document: Document): Promise<Uint8Array> => renderCsv(document).content,
} as const;

export type TextFormat = keyof typeof textFormats;
export type DocumentFormat = TextFormat | keyof typeof binaryFormats;

/** All formats, in the order in which they are offered; the name of each is the ending of its files (several tables as CSV are a zip). */
export const documentFormats = [...Object.keys(textFormats), ...Object.keys(binaryFormats)] as readonly DocumentFormat[];

export function isDocumentFormat(text: string): text is DocumentFormat {
  return Object.hasOwn(textFormats, text) || Object.hasOwn(binaryFormats, text);
}

export function isTextFormat(format: DocumentFormat): format is TextFormat {
  return Object.hasOwn(textFormats, format);
}

/** The whole file. The same document gives the same bytes. */
export async function renderDocument(document: Document, format: DocumentFormat, readPackageFile: ReadPackageFile): Promise<string | Uint8Array> {
  return isTextFormat(format) ? renderText(document, format) : await binaryFormats[format](shownIn(document, format), readPackageFile);
}

export function renderText(document: Document, format: TextFormat): string {
  return textFormats[format](shownIn(document, format));
}

/** Formats that are no pages and hold every column. */
const dataFormats: ReadonlySet<string> = new Set(['json', 'xlsx', 'csv']);

function shownIn(document: Document, format: DocumentFormat): Document {
  return dataFormats.has(format) ? document : forPages(document);
}

/** `service-report-2026-10-retail.html`: the document's id, which holds what it was made for. Only letters, digits and hyphens. */
export function documentFileName(document: Document, format: DocumentFormat): string {
  const name = document.id
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${name === '' ? 'document' : name.slice(0, 120)}.${format === 'csv' ? csvEnding(document) : format}`;
}
