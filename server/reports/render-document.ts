/** Documents as files. */
import type { Document } from './blocks.ts';
import { renderHtml } from './renderers/html.ts';
import { renderJson } from './renderers/json.ts';
import { renderMarkdown } from './renderers/markdown.ts';

export const documentFormats = ['html', 'md', 'json'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

export function isDocumentFormat(text: string): text is DocumentFormat {
  return (documentFormats as readonly string[]).includes(text);
}

export function renderDocument(document: Document, format: DocumentFormat): string {
  switch (format) {
    case 'html':
      return renderHtml(document);
    case 'md':
      return renderMarkdown(document);
    case 'json':
      return renderJson(document);
  }
}

/** `service-report-2026-10-retail.html`: the document's id, which holds what it was made for. Only letters, digits and hyphens. */
export function documentFileName(document: Document, format: DocumentFormat): string {
  const name = document.id
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${name === '' ? 'document' : name.slice(0, 120)}.${format}`;
}
