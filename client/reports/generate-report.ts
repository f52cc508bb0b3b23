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

type Choice = ReportChoice['choices'][number];

/** One of them, or undefined for all in one document; `false` where the person left. */
async function chooseOne({ noun, several, orAll, items }: Choice): Promise<string | undefined | false> {
  if (items.length === 0 || (items.length === 1 && !orAll)) {
    return items[0]?.id ?? (orAll ? undefined : false);
  }
  const picks: (vscode.QuickPickItem & { readonly id?: string })[] = [
    ...(orAll ? [{ label: `All ${several} in one document` }] : []),
    ...items.map(({ id, title }) => ({ label: title, description: id, id })),
  ];
  const picked = await vscode.window.showQuickPick(picks, { placeHolder: `For which ${noun}?`, matchOnDescription: true });
  return picked === undefined ? false : picked.id;
}

/** What the report is about; undefined where the person left. */
async function chooseAll(report: ReportChoice, wish: ReportWish): Promise<Partial<Record<Choice['name'], string>> | undefined> {
  const chosen: Partial<Record<Choice['name'], string>> = {};
  for (const choice of report.choices) {
    // A caller who names the report knows what it is to be about.
    const id = wish[choice.name] ?? (wish.report !== undefined && choice.orAll ? undefined : await chooseOne(choice));
    if (id === false) {
      return undefined;
    }
    if (id !== undefined) {
      chosen[choice.name] = id;
    }
  }
  return chosen;
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
    const chosen = period === undefined && report.periods.length > 0 ? undefined : await chooseAll(report, wish);
    if (chosen === undefined) {
      return undefined;
    }
    const since = report.needsRevision ? (wish.since ?? (await chooseRevision(server))) : undefined;
    const format = wish.format ?? (await choose(report.formats, 'In which format?'));
    const unanswered =
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
              ...chosen,
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
