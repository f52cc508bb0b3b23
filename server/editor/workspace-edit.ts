import type { TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { ClientAbilities } from './capabilities.ts';
import { isSnippet, withoutPlaceholders, type FixEdit } from './code-actions.ts';
import type { OpenProject } from './workspace.ts';

/** What edits depend on beside themselves. */
export interface EditHost {
  /** The version of a document that is open, by its URI. */
  readonly versionOf: (uri: string) => number | null;
  readonly abilities: () => ClientAbilities;
}

/** A workspace edit that changes texts and nothing else. */
export interface TextChanges extends WorkspaceEdit {
  readonly documentChanges: TextDocumentEdit[];
}

/** Edits as the protocol has them: placeholders where they are wanted and the client knows them, plain words elsewhere. */
export function workspaceEdit(host: EditHost, opened: OpenProject, edits: readonly FixEdit[], mayHoldPlaceholders: boolean): TextChanges {
  const byFile = new Map<string, TextDocumentEdit['edits']>();
  for (const { file, range, text } of edits) {
    const list = byFile.get(file) ?? [];
    byFile.set(file, list);
    if (!mayHoldPlaceholders) list.push({ range, newText: text });
    else if (host.abilities().snippetEdits && isSnippet(text)) list.push({ range, snippet: { kind: 'snippet', value: text } });
    else list.push({ range, newText: withoutPlaceholders(text) });
  }
  return {
    documentChanges: [...byFile].map(([file, list]) => {
      const uri = opened.uriOf(file);
      return { textDocument: { uri, version: host.versionOf(uri) }, edits: list };
    }),
  };
}
