/** Columns of a source's files and the values in them, where its mapping asks for these. */
import { CompletionItemKind, type CompletionItem, type Position } from 'vscode-languageserver';
import { quoteText } from '../../language/values/text.ts';
import { isPlainColumn } from '../measurement/column-text.ts';
import { dataPlaceAt } from './data-places.ts';
import type { DataPreview } from './data-preview.ts';
import type { EditorProject } from './editor-project.ts';

/** A longer text is no name of anything. */
const longestText = 200;
const itemLimit = 500;

/** Nothing where no data is meant at the position, or none can be read. */
export async function dataCompletion(project: EditorProject, preview: DataPreview, file: string, position: Position, signal?: AbortSignal): Promise<CompletionItem[]> {
  const place = dataPlaceAt(project, file, position);
  if (!place) return [];
  const texts = place.wanted === 'columns' ? await columnTexts(preview, place.source, signal) : await valueTexts(preview, place.source, place.wanted.valuesOf, signal);
  return texts
    .filter(({ text }) => text !== '' && text.length <= longestText && !/[\r\n]/.test(text))
    .slice(0, itemLimit)
    .map(({ text, detail }, index): CompletionItem => {
      const newText = place.isQuoted ? quoteText(text) : isPlainColumn(text) ? text : `${place.needsColumnWord ? 'column ' : ''}${quoteText(text)}`;
      return {
        label: text,
        kind: place.wanted === 'columns' ? CompletionItemKind.Field : CompletionItemKind.Value,
        detail,
        // What stands in the text is held against this, the quote included.
        filterText: place.isQuoted ? `"${text}` : text,
        // Before everything that the language offers there.
        sortText: `!${String(index).padStart(4, '0')}`,
        textEdit: { range: place.range, newText },
      };
    });
}

type Source = Parameters<DataPreview['columns']>[0];

async function columnTexts(preview: DataPreview, source: Source, signal: AbortSignal | undefined): Promise<{ text: string; detail: string }[]> {
  return ((await preview.columns(source, signal)) ?? []).map((text) => ({ text, detail: 'column' }));
}

async function valueTexts(preview: DataPreview, source: Source, column: string, signal: AbortSignal | undefined): Promise<{ text: string; detail: string }[]> {
  const found = await preview.values(source, column, signal);
  return (found?.values ?? []).map(({ text, count }) => ({ text, detail: `in ${count} of ${found!.isCut ? 'the first ' : ''}${found!.rows} rows` }));
}
