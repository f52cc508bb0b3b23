/** ITSMS: Show How Processes Were Followed. The report of what records show of the flows, as a page. */
import * as vscode from 'vscode';
import type { LanguageServer } from '../server/language-server.ts';
import { generateReport } from '../server/requests.ts';
import { showPage } from './generate-report.ts';

export function registerShowConformance(server: LanguageServer): vscode.Disposable {
  return vscode.commands.registerCommand('itsms.showConformance', async (): Promise<string | undefined> => {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage(vscode.l10n.t('Data is read in a trusted workspace only.'));
      return undefined;
    }
    return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('ITSMS: comparing records with flows'), cancellable: true }, async (_progress, token): Promise<string | undefined> => {
      try {
        const { content } = await server.ask(generateReport, { report: 'conformance', format: 'html' }, token);
        showPage(vscode.l10n.t('How Processes Were Followed'), content);
        return content;
      } catch (error) {
        if (!token.isCancellationRequested) {
          void vscode.window.showWarningMessage(error instanceof Error ? error.message : String(error));
        }
        return undefined;
      }
    });
  });
}
