/** ITSMS: Check Workspace. Assesses everything, shows the findings in Problems, and says how many there are. */
import * as vscode from 'vscode';
import type { CheckWorkspaceResult } from '../../server/protocol.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { checkWorkspace } from '../server/requests.ts';

function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}

/** One sentence. No finding is no finding: it says nothing about what is not checked. */
export function summary(result: CheckWorkspaceResult): string {
  const found =
    result.findings === 0
      ? 'No finding'
      : `${count(result.findings, 'finding')} (${count(result.errors, 'error')}, ${count(result.warnings, 'warning')})`;
  return `${found} in ${count(result.files, 'file')}, as of ${result.asOf}.`;
}

export function registerCheckWorkspace(server: LanguageServer): vscode.Disposable {
  return vscode.commands.registerCommand('itsms.checkWorkspace', async (): Promise<CheckWorkspaceResult | undefined> => {
    const result = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'ITSMS: checking the workspace', cancellable: true },
      async (_progress, token) => {
        try {
          return await server.ask(checkWorkspace, {}, token);
        } catch (error) {
          if (token.isCancellationRequested) {
            return undefined;
          }
          throw error;
        }
      },
    );
    if (result === undefined) {
      return undefined;
    }
    const sentence = summary(result);
    server.output.info(sentence);
    vscode.window.setStatusBarMessage(`ITSMS: ${sentence}`, 15_000);
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    return result;
  });
}
