/** ITSMS: Check Workspace. Assesses everything, shows the findings in Problems, and says how many there are. */
import * as vscode from 'vscode';
import type { CheckWorkspaceResult } from '../../server/protocol.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { checkWorkspace } from '../server/requests.ts';

function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}

/** What was found. No finding is no finding, not more. */
function found({ asOf, errors, files, informations, warnings }: CheckWorkspaceResult): string {
  const findings =
    errors + warnings + informations === 0
      ? 'no finding'
      : `${count(errors, 'error')}, ${count(warnings, 'warning')}, ${count(informations, 'note')}`;
  return `${findings} in ${count(files, 'file')}, as of ${asOf}`;
}

/** How much of the standard the findings are about. */
function reach({ requirements: { applicable, checked, withGaps } }: CheckWorkspaceResult): string {
  return `${checked} of ${applicable} applicable catalogue rows checked, ${withGaps} with gaps`;
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
    server.output.info(`${found(result)}; ${reach(result)}.`);
    vscode.window.setStatusBarMessage(`ITSMS: ${found(result)}`, 15_000);
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    return result;
  });
}
