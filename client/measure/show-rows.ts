/** ITSMS: Show Rows Behind This Figure. The records of any figure as a read-only text, page by page. */
import * as vscode from 'vscode';
import type { RowsParams, RowsResult } from '../../server/protocol.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { rows } from '../server/requests.ts';

const rowsScheme = 'itsms-rows';
/** How many texts can be gone back to. */
const kept = 20;

/** The figure at the cursor, else one of the file's that somebody chooses: those whose lens leads here. */
async function chosen(): Promise<RowsParams | undefined> {
  const editor = vscode.window.activeTextEditor;
  const lenses = editor?.document.languageId === 'itsms' ? await vscode.commands.executeCommand<vscode.CodeLens[] | undefined>('vscode.executeCodeLensProvider', editor.document.uri) : undefined;
  const offered = (lenses ?? []).flatMap(({ range, command }) => (command?.command === 'itsms.showRows' ? [{ line: range.start.line, label: command.title, wish: command.arguments?.[0] as RowsParams }] : []));
  if (offered.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No figure of this file has rows to show: it has to be measured, and it has to be about records one by one.'));
    return undefined;
  }
  const here = offered.find(({ line }) => line === editor?.selection.active.line);
  const items = offered.map(({ label, wish }) => ({ label: wish.subject.kind === 'target' ? wish.subject.target : wish.subject.kind === 'workload' ? wish.subject.limit : wish.subject.metric, description: label, wish }));
  return here?.wish ?? (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('The rows behind which figure?'), matchOnDescription: true }))?.wish;
}

export function registerShowRows(server: LanguageServer): vscode.Disposable {
  const texts = new Map<string, string>();
  let asked = 0;
  const show = async (wish: RowsParams): Promise<vscode.Uri | undefined> => {
    const result = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('ITSMS: reading the records'), cancellable: true }, async (_progress, token): Promise<RowsResult | undefined> => {
      try {
        return await server.ask(rows, wish, token);
      } catch (error) {
        if (!token.isCancellationRequested) {
          void vscode.window.showWarningMessage(error instanceof Error ? error.message : String(error));
        }
        return undefined;
      }
    });
    if (result === undefined) {
      return undefined;
    }
    // Each time another document: what is open stays as it was when it was asked for.
    const uri = vscode.Uri.from({ scheme: rowsScheme, path: `/${result.title.replaceAll('/', '-')}.txt`, query: String(asked++) });
    texts.set(uri.toString(), result.text);
    for (const oldest of [...texts.keys()].slice(0, -kept)) {
      texts.delete(oldest);
    }
    // Beside a page that was clicked, not over it.
    const { viewColumn } = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0] ?? {};
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true, ...(viewColumn === undefined ? {} : { viewColumn }) });
    const { next } = result;
    if (next !== undefined) {
      const more = vscode.l10n.t('Show More');
      void vscode.window.showInformationMessage(vscode.l10n.t('{0} of {1} records are shown.', next, result.total), more).then((answer) => (answer === more ? show({ ...wish, skip: next }) : undefined));
    }
    return uri;
  };
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(rowsScheme, { provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '' }),
    vscode.commands.registerCommand('itsms.showRows', async (wish?: RowsParams): Promise<vscode.Uri | undefined> => {
      if (!vscode.workspace.isTrusted) {
        void vscode.window.showWarningMessage(vscode.l10n.t('Data is read in a trusted workspace only.'));
        return undefined;
      }
      const figure = wish ?? (await chosen());
      return figure && show(figure);
    }),
  );
}
