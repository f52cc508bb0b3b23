/** A document as JSON: the tree itself, with the version of its shape. */
import { disclaimer } from '../blocks.ts';
import type { Document } from '../blocks.ts';

export const documentFormatVersion = 1;

export function renderJson(document: Document): string {
  return `${JSON.stringify({ format: 'itsms-document', version: documentFormatVersion, disclaimer, document }, undefined, 2)}\n`;
}
