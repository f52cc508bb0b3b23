/** ITSMS: Open Dashboard. One live page beside the text, narrowed as its reader likes; every figure and finding leads into the text. */
import * as vscode from 'vscode';
import { LivePanel } from '../live-page/live-panel.ts';
import type { Choices } from '../live-page/page-messages.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { dashboard } from '../server/requests.ts';

const viewType = 'itsms.dashboard';

export function registerDashboard(context: vscode.ExtensionContext, server: LanguageServer): vscode.Disposable {
  let current: LivePanel | undefined;
  const exported = (choices: Choices): void => void vscode.commands.executeCommand('itsms.generateReport', { report: 'dashboard', narrowing: choices });
  const show = async (panel: vscode.WebviewPanel, state?: unknown): Promise<void> => {
    const shown = new LivePanel(panel, server, {
      ask: (narrowing, token) => server.ask(dashboard, { narrowing }, token),
      nothing: vscode.l10n.t('There is nothing to show yet.'),
      failed: vscode.l10n.t('The dashboard could not be made. The reason is in the output channel ITSMS.'),
      export: exported,
      state,
    });
    current = shown;
    shown.onDidDispose(() => {
      if (current === shown) {
        current = undefined;
      }
    });
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'client', 'icons', 'itsms.svg');
    await shown.refresh();
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('itsms.openDashboard', async () => {
      if (current !== undefined) {
        current.reveal();
        return current.refresh();
      }
      return show(vscode.window.createWebviewPanel(viewType, 'Dashboard', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }));
    }),
    vscode.commands.registerCommand('itsms.exportDashboard', () => exported(current?.choices ?? {})),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: (panel, state: unknown) => show(panel, state),
    }),
  );
}
