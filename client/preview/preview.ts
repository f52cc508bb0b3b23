/** ITSMS: Open Preview to the Side. The process or agreement under the cursor as its document prints it; it follows cursor and text. */
import * as vscode from 'vscode';
import { LivePanel } from '../live-page/live-panel.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { preview } from '../server/requests.ts';

const viewType = 'itsms.preview';
/** The cursor rests that long, in milliseconds, before the preview follows it. */
const rest = 150;

export function registerPreview(context: vscode.ExtensionContext, server: LanguageServer): vscode.Disposable {
  let current: LivePanel | undefined;
  /** Where the cursor was last in a text of the model: the page itself takes the focus when it is clicked. */
  let place: { readonly uri: string; readonly line: number } | undefined;
  let shown: string | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const notePlace = (editor: vscode.TextEditor | undefined): void => {
    if (editor?.document.languageId === 'itsms') {
      place = { uri: editor.document.uri.toString(), line: editor.selection.active.line };
    }
  };
  const follow = (editor: vscode.TextEditor | undefined): void => {
    notePlace(editor);
    clearTimeout(waiting);
    waiting = setTimeout(() => void current?.refresh(), rest);
  };
  const show = async (panel: vscode.WebviewPanel): Promise<void> => {
    const opened = new LivePanel(panel, server, {
      ask: async (_choices, token) => {
        if (place === undefined) {
          return undefined;
        }
        const { page, subject } = await server.ask(preview, { ...place, ...(shown === undefined ? {} : { shown }) }, token);
        shown = subject ?? shown;
        return page;
      },
      nothing: vscode.l10n.t('Put the cursor into a process or an agreement: it is shown here as its document prints it.'),
      failed: vscode.l10n.t('The preview could not be made. The reason is in the output channel ITSMS.'),
    });
    current = opened;
    opened.onDidDispose(() => {
      if (current === opened) {
        current = undefined;
        shown = undefined;
      }
    });
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'client', 'icons', 'itsms.svg');
    notePlace(vscode.window.activeTextEditor);
    await opened.refresh();
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('itsms.openPreview', async () => {
      notePlace(vscode.window.activeTextEditor);
      if (current !== undefined) {
        current.reveal();
        return current.refresh();
      }
      return show(vscode.window.createWebviewPanel(viewType, vscode.l10n.t('Preview'), { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }));
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      if (current !== undefined && textEditor.document.languageId === 'itsms' && selections[0]?.active.line !== place?.line) {
        follow(textEditor);
      }
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => (current === undefined ? undefined : follow(editor))),
    new vscode.Disposable(() => clearTimeout(waiting)),
  );
}
