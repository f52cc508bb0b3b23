/** ITSMS: Add Source from File… Proposes the declaration that reads exports, with the cursor at the first place that is left open. */
import * as vscode from 'vscode';
import type { ProposeSourceParams, ProposeSourceResult } from '../../server/protocol.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { proposeSource } from '../server/requests.ts';

/** Which files, and what they hold; what is left out is asked. */
export interface SourceWish {
  readonly files?: readonly string[];
  readonly kind?: string;
}

async function chooseFiles(): Promise<readonly string[] | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Exports with records of one kind, from the folder of the project'),
    openLabel: vscode.l10n.t('Add Source'),
    canSelectMany: true,
    ...(folder === undefined ? {} : { defaultUri: folder }),
    filters: { [vscode.l10n.t('Exports')]: ['csv', 'tsv', 'txt', 'jsonl', 'ndjson', 'json', 'parquet', 'xlsx', 'xes', 'gz'], [vscode.l10n.t('All files')]: ['*'] },
  });
  return chosen?.map((uri) => uri.toString());
}

/** Shows progress until there is an answer; undefined where it was stopped. */
async function ask(server: LanguageServer, params: ProposeSourceParams): Promise<ProposeSourceResult | undefined> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('ITSMS: looking into the files'), cancellable: true }, async (_progress, token) => {
    try {
      return await server.ask(proposeSource, params, token);
    } catch (error) {
      if (token.isCancellationRequested) {
        return undefined;
      }
      throw error;
    }
  });
}

/** @returns where it was added */
async function addSource(server: LanguageServer, wish: SourceWish): Promise<vscode.Uri | undefined> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Data is read in a trusted workspace only.'));
    return undefined;
  }
  const files = wish.files ?? (await chooseFiles());
  if (files === undefined || files.length === 0) {
    return undefined;
  }
  const kind = wish.kind ?? (await chooseKind(server, files));
  const found = kind === undefined ? undefined : await ask(server, { files, kind });
  if (found?.proposal === undefined) {
    return undefined;
  }
  const editor = await editorFor(vscode.Uri.parse(found.proposal.uri));
  await insertAtEnd(editor, found.proposal.snippet);
  return editor.document.uri;
}

async function chooseKind(server: LanguageServer, files: readonly string[]): Promise<string | undefined> {
  const found = await ask(server, { files });
  const items = found?.kinds.map(({ id, description, why }) => ({ label: id, description: why, detail: description }));
  const picked = items && (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('What do these files hold?'), placeHolder: vscode.l10n.t('The likeliest comes first'), matchOnDetail: true }));
  return picked?.label;
}

/** The text in front of the person, else the one that holds the other sources. */
async function editorFor(uri: vscode.Uri): Promise<vscode.TextEditor> {
  const active = vscode.window.activeTextEditor;
  if (active?.document.languageId === 'itsms') {
    return active;
  }
  const exists = await vscode.workspace.fs.stat(uri).then(() => true, () => false);
  if (!exists) {
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { ignoreIfExists: true });
    await vscode.workspace.applyEdit(edit);
  }
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

async function insertAtEnd(editor: vscode.TextEditor, snippet: string): Promise<void> {
  const text = editor.document.getText();
  const end = editor.document.positionAt(text.trimEnd().length);
  const rest = new vscode.Range(end, editor.document.positionAt(text.length));
  await editor.insertSnippet(new vscode.SnippetString(`${text.trim() === '' ? '' : '\n\n'}${snippet}`), rest);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

export function registerAddSource(server: LanguageServer): vscode.Disposable {
  return vscode.commands.registerCommand('itsms.addSource', (wish?: SourceWish | vscode.Uri, chosen?: readonly vscode.Uri[]): Promise<vscode.Uri | undefined> =>
    // From the explorer come the file that was pointed at and all that are marked.
    addSource(server, wish instanceof vscode.Uri ? { files: (chosen ?? [wish]).map((uri) => uri.toString()) } : (wish ?? {})),
  );
}
