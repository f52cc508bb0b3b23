/** ITSMS: Back-Test an Agreement… Whether it would have been kept in the last months, as a page. */
import * as vscode from 'vscode';
import { showPage } from '../reports/generate-report.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { agreements, backTest } from '../server/requests.ts';

async function chooseAgreement(server: LanguageServer): Promise<string | undefined> {
  const { agreements: offered } = await server.ask(agreements, {});
  if (offered.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No agreement promises anything that is measured.'));
    return undefined;
  }
  const items = offered.map(({ id, title, isDraft }) => ({ label: title, description: isDraft ? vscode.l10n.t('{0}, draft', id) : id, id }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which agreement is to be tested on the last months?'), matchOnDescription: true }))?.id;
}

export function registerBackTest(server: LanguageServer): vscode.Disposable {
  return vscode.commands.registerCommand('itsms.backTest', async (wish?: { readonly agreement?: string }): Promise<string | undefined> => {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage(vscode.l10n.t('Data is read in a trusted workspace only.'));
      return undefined;
    }
    const agreement = wish?.agreement ?? (await chooseAgreement(server));
    if (agreement === undefined) {
      return undefined;
    }
    return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('ITSMS: testing {0} on the last months', agreement), cancellable: true }, async (_progress, token): Promise<string | undefined> => {
      try {
        const { title, html } = await server.ask(backTest, { agreement }, token);
        showPage(title, html);
        return html;
      } catch (error) {
        if (!token.isCancellationRequested) {
          void vscode.window.showWarningMessage(error instanceof Error ? error.message : String(error));
        }
        return undefined;
      }
    });
  });
}
