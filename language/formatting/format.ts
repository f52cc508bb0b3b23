import type { LangiumCoreServices } from 'langium';
import { declarationKeywords } from '../syntax/declaration-keywords.ts';
import { syntaxServices } from '../syntax/services.ts';
import { layOutFile } from './file-layout.ts';
import { itemsOf } from './items.ts';
import { sameContent } from './same-content.ts';

export interface FormatOptions {
  /** The language's services, where the caller has them already: they are costly to make. */
  readonly services?: LangiumCoreServices;
  /** Columns that a line keeps to where it can; 100 if not given. */
  readonly width?: number;
}


/**
 * A file's text in canonical form: one fact per line, indented by two; a blank line between blocks; short blocks may stay on the
 * line they were written on. Comments, texts in quotes and the file's line ends stay. A declaration that does not follow the
 * grammar stays as it is. Formatting twice changes nothing more.
 */
export function formatText(text: string, options: FormatOptions = {}): string {
  const services = options.services ?? syntaxServices();
  const keywords = declarationKeywords(services.Grammar);
  const items = itemsOf(text, services, keywords);
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const formatted = mark + layOutFile(items, { width: options.width ?? 100, lineEnd: /\r?\n/.exec(text)?.[0] ?? '\n' });
  // Nobody's text may be lost to a fault of ours: what does not hold the same words in the same declarations is not used.
  return sameContent(text, items, formatted, services, keywords) ? formatted : text;
}
