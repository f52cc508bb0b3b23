/** ITSMS: Show Flow. The flow of one process as a page: drawn, with what is wrong, who does what and how long it may take. */
import * as vscode from 'vscode';
import type { LanguageServer } from '../server/language-server.ts';
import { generateReport, reports } from '../server/requests.ts';
import { showPage } from './generate-report.ts';

/** What the lens above a process asks for. */
interface FlowWish {
  readonly process: string;
  readonly title?: string;
  readonly project?: string;
}

const flowReport = 'process-flows';

async function chooseProcess(server: LanguageServer): Promise<FlowWish | undefined> {
  const { reports: offered } = await server.ask(reports, {});
  const items = offered.find(({ id }) => id === flowReport)?.choices.find(({ name }) => name === 'process')?.items ?? [];
  const chosen = await vscode.window.showQuickPick(items.map(({ id, title }) => ({ label: title, description: id, id })), { placeHolder: vscode.l10n.t('The flow of which process?'), matchOnDescription: true });
  return chosen && { process: chosen.id, title: chosen.label };
}

export function registerShowFlow(server: LanguageServer): vscode.Disposable {
  return vscode.commands.registerCommand('itsms.showFlow', async (asked?: FlowWish): Promise<string | undefined> => {
    const wish = asked ?? (await chooseProcess(server));
    if (wish === undefined) {
      return undefined;
    }
    try {
      const { process, title, project } = wish;
      const { content } = await server.ask(generateReport, { report: flowReport, format: 'html', process, ...(project === undefined ? {} : { project }) });
      showPage(title ?? process, content);
      return content;
    } catch (error) {
      void vscode.window.showWarningMessage(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  });
}
