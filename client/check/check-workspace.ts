/** ITSMS: Check Workspace. Assesses everything, shows the findings in Problems, and says how many there are. */
import * as vscode from 'vscode';
import type { CheckWorkspaceResult } from '../../server/protocol.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { checkWorkspace } from '../server/requests.ts';

function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}

/** What was found, and how much of the standard that says something about. No finding is no finding, not more. */
export function summary({ asOf, errors, files, informations, requirements, warnings }: CheckWorkspaceResult): string {
  const found =
    errors + warnings + informations === 0
      ? 'no finding'
      : `${count(errors, 'error')}, ${count(warnings, 'warning')}, ${count(informations, 'note')}`;
  const { applicable, checked, withGaps } = requirements;
  return [
    `${count(files, 'file')}, as of ${asOf}: ${found}.`,
    `${checked} of ${applicable} applicable catalogue rows checked, ${withGaps} with gaps.`,
  ].join(' ');
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
