/** ITSMS: Generate Report… Asks which, for when and where to, then writes one file: the one the person chose. */
import * as vscode from 'vscode';
import type { GenerateReportParams } from '../../server/protocol.ts';
import { chooseRevision } from '../changes/choose-revision.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { generateReport, reports, type ReportChoice } from '../server/requests.ts';

/** A caller that knows the answers already gives them; what is missing is asked. */
export interface ReportWish extends Partial<GenerateReportParams> {
  /** Where to write. Without it the person is asked. */
  readonly target?: vscode.Uri;
}

async function choose(list: readonly string[], placeHolder: string): Promise<string | undefined> {
  return list.length <= 1 ? list[0] : vscode.window.showQuickPick([...list], { placeHolder });
}

async function chooseCustomer(list: ReportChoice['customers']): Promise<string | undefined> {
  if (list.length <= 1) {
    return list[0]?.id;
  }
  const items = list.map(({ id, title }) => ({ label: title, description: id, id }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'For which customer?' }))?.id;
}

async function chooseReport(list: readonly ReportChoice[]): Promise<ReportChoice | undefined> {
  const items = list.map((report) => ({ label: report.title, detail: report.description, report }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which report?', matchOnDetail: true }))?.report;
}

/** Shows a page as a page, without scripts. */
export function showPage(title: string, content: string): void {
  const panel = vscode.window.createWebviewPanel('itsms.report', title, vscode.ViewColumn.Active, {
    enableScripts: false,
    localResourceRoots: [],
  });
  panel.webview.html = content;
}

/** Shows what was written: a page as a page (without scripts), text as text. */
async function show(target: vscode.Uri, title: string, content: string): Promise<void> {
  if (target.path.endsWith('.html')) {
    showPage(title, content);
    return;
  }
  await (target.path.endsWith('.md')
    ? vscode.commands.executeCommand('markdown.showPreview', target)
    : vscode.window.showTextDocument(target));
}

export function registerGenerateReport(server: LanguageServer): vscode.Disposable {
  return vscode.commands.registerCommand('itsms.generateReport', async (wish: ReportWish = {}): Promise<vscode.Uri | undefined> => {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage('Reports are written in a trusted workspace only.');
      return undefined;
    }
    const { reports: list } = await server.ask(reports, {});
    const report = wish.report === undefined ? await chooseReport(list) : list.find(({ id }) => id === wish.report);
    if (report === undefined) {
      return undefined;
    }
    const period = wish.period ?? (await choose(report.periods, 'For which period?'));
    const customer = wish.customer ?? (await chooseCustomer(report.customers));
    const since = report.needsRevision ? (wish.since ?? (await chooseRevision(server))) : undefined;
    const format = wish.format ?? (await choose(report.formats, 'In which format?'));
    const unanswered =
      (period === undefined && report.periods.length > 0) ||
      (customer === undefined && report.customers.length > 0) ||
      (since === undefined && report.needsRevision) ||
      format === undefined;
    if (unanswered) {
      return undefined;
    }

    const made = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: `ITSMS: ${report.title}`, cancellable: true },
      async (_progress, token) => {
        try {
          return await server.ask(
            generateReport,
            {
              report: report.id,
              format,
              ...(period === undefined ? {} : { period }),
              ...(customer === undefined ? {} : { customer }),
              ...(since === undefined ? {} : { since }),
            },
            token,
          );
        } catch (error) {
          if (token.isCancellationRequested) {
            return undefined;
          }
          throw error;
        }
      },
    );
    if (made === undefined) {
      return undefined;
    }

    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const target =
      wish.target ??
      (await vscode.window.showSaveDialog({
        title: `Save ${report.title}`,
        ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, made.fileName) }),
      }));
    if (target === undefined) {
      return undefined;
    }
    await vscode.workspace.fs.writeFile(target, Buffer.from(made.content, made.encoding ?? 'utf8'));
    server.output.info(`wrote ${target.fsPath}`);
    await (made.encoding === undefined ? show(target, report.title, made.content) : vscode.env.openExternal(target));
    return target;
  });
}
