/** A document as JSON: the tree itself, with the version of its shape. */
import type { Document } from '../blocks.ts';
import { wordsIn } from '../words/words.ts';
import { disclaimer } from './provenance-line.ts';

export const documentFormatVersion = 1;

export function renderJson(document: Document): string {
  const words = wordsIn(document.language);
  // How it looks is no part of what it says.
  const { look: _, ...said } = document;
  return `${JSON.stringify({ format: 'itsms-document', version: documentFormatVersion, disclaimer: words.say(disclaimer), document: said }, undefined, 2)}\n`;
}
