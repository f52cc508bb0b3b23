/** ITSMS: What Changed Since… The report of what changed in meaning, beside the text. */
import * as vscode from 'vscode';
import { showPage } from '../reports/generate-report.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { generateReport } from '../server/requests.ts';
import { chooseRevision } from './choose-revision.ts';

export function registerWhatChanged(server: LanguageServer): vscode.Disposable {
  return vscode.commands.registerCommand('itsms.whatChanged', async (wish?: { readonly since?: string }): Promise<string | undefined> => {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage(vscode.l10n.t('The repository is read in a trusted workspace only.'));
      return undefined;
    }
    const since = wish?.since ?? (await chooseRevision(server));
    if (since === undefined) {
      return undefined;
    }
    return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('ITSMS: comparing with {0}', since), cancellable: true }, async (_progress, token): Promise<string | undefined> => {
      try {
        const { content } = await server.ask(generateReport, { report: 'changes', format: 'html', since }, token);
        showPage(vscode.l10n.t('What Changed Since {0}', since), content);
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
