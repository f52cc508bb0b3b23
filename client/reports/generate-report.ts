/** ITSMS: Generate Report… Asks which, for when, about whom, in which format and where to; then writes one file for each document. */
import * as vscode from 'vscode';
import type { GenerateReportParams, GenerateReportResult } from '../../server/protocol.ts';
import { chooseRevision } from '../changes/choose-revision.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { generateReport, reports } from '../server/requests.ts';
import { allTogether, pickAbout, pickFormat, pickPeriod, pickReport, type About, type LastChosen } from './report-picks.ts';

/** A caller that knows the answers already gives them; what is missing is asked. */
export interface ReportWish extends Partial<GenerateReportParams> {
  /** Where to write. Without it the person is asked. */
  readonly target?: vscode.Uri;
}

const lastChosenKey = 'itsms.reports.lastChosen';

/** Shows a page as a page, without scripts. */
export function showPage(title: string, content: string): void {
  const panel = vscode.window.createWebviewPanel('itsms.report', title, vscode.ViewColumn.Active, {
    enableScripts: false,
    localResourceRoots: [],
  });
  panel.webview.html = content;
}

/** Shows what was written: a page as a page (without scripts), text as text, the rest in the program of the machine. */
async function show(target: vscode.Uri, title: string, { content, encoding }: GenerateReportResult): Promise<void> {
  if (encoding !== undefined) {
    await vscode.env.openExternal(target);
  } else if (target.path.endsWith('.html')) {
    showPage(title, content);
  } else {
    await (target.path.endsWith('.md') ? vscode.commands.executeCommand('markdown.showPreview', target) : vscode.window.showTextDocument(target));
  }
}

/** The one file that a person names; undefined where the person left. */
async function chooseFile(title: string, folder: vscode.Uri | undefined, fileName: string): Promise<vscode.Uri | undefined> {
  return vscode.window.showSaveDialog({ title: vscode.l10n.t('Save {0}', title), ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, fileName) }) });
}

/** A folder for several files, none of which is overwritten unasked. */
async function chooseFolder(title: string, folder: vscode.Uri | undefined, fileNames: readonly string[]): Promise<vscode.Uri | undefined> {
  const [chosen] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Save {0}', title), canSelectFiles: false, canSelectFolders: true, openLabel: vscode.l10n.t('Save Here'), ...(folder === undefined ? {} : { defaultUri: folder }) })) ?? [];
  if (chosen === undefined) {
    return undefined;
  }
  const present = await Promise.all(fileNames.map((name) => exists(vscode.Uri.joinPath(chosen, name))));
  const count = present.filter((is) => is).length;
  if (count === 0) {
    return chosen;
  }
  const replace = vscode.l10n.t('Replace');
  const answer = await vscode.window.showWarningMessage(vscode.l10n.t('{0} of {1} files exist there already.', count, fileNames.length), { modal: true }, replace);
  return answer === replace ? chosen : undefined;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

export function registerGenerateReport(context: vscode.ExtensionContext, server: LanguageServer): vscode.Disposable {
  const make = (title: string, wishes: readonly GenerateReportParams[]): Thenable<readonly GenerateReportResult[] | undefined> =>
    vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: `ITSMS: ${title}`, cancellable: true }, async (progress, token) => {
      const made: GenerateReportResult[] = [];
      try {
        for (const [index, wish] of wishes.entries()) {
          progress.report(wishes.length === 1 ? {} : { message: vscode.l10n.t('{0} of {1}', index + 1, wishes.length), increment: 100 / wishes.length });
          made.push(await server.ask(generateReport, wish, token));
        }
      } catch (error) {
        if (token.isCancellationRequested) {
          return undefined;
        }
        throw error;
      }
      return made;
    });

  return vscode.commands.registerCommand('itsms.generateReport', async (wish: ReportWish = {}): Promise<vscode.Uri | undefined> => {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage(vscode.l10n.t('Reports are written in a trusted workspace only.'));
      return undefined;
    }
    const last = context.workspaceState.get<LastChosen>(lastChosenKey, {});
    const { reports: list } = await server.ask(reports, {});
    const report = wish.report === undefined ? await pickReport(list, last.report) : list.find(({ id }) => id === wish.report);
    if (report === undefined) {
      return undefined;
    }
    const period = wish.period ?? (await pickPeriod(report.periods));
    if (period === undefined && report.periods.length > 0) {
      return undefined;
    }
    // A caller who names the report knows what it is to be about.
    const named: About = Object.fromEntries(report.choices.flatMap(({ name }) => (wish[name] === undefined ? [] : [[name, wish[name]]])));
    const isKnown = report.choices.every(({ name, orAll }) => named[name] !== undefined || (wish.report !== undefined && orAll));
    const about = isKnown ? [named] : await pickAbout(report, last.report === report.id ? last.chosen : undefined);
    const since = about === undefined || !report.needsRevision ? undefined : (wish.since ?? (await chooseRevision(server)));
    if (about === undefined || (since === undefined && report.needsRevision)) {
      return undefined;
    }
    const format = wish.format ?? (await pickFormat(report.formats, last.format));
    if (format === undefined) {
      return undefined;
    }

    const made = await make(
      report.title,
      about.map((one) => ({
        report: report.id,
        format,
        ...(period === undefined ? {} : { period }),
        ...one,
        ...(since === undefined ? {} : { since }),
        ...(wish.narrowing === undefined ? {} : { narrowing: wish.narrowing }),
      })),
    );
    const [first, ...more] = made ?? [];
    if (made === undefined || first === undefined) {
      return undefined;
    }

    const folder = last.folder === undefined ? vscode.workspace.workspaceFolders?.[0]?.uri : vscode.Uri.parse(last.folder);
    const targets = await (async (): Promise<readonly vscode.Uri[] | undefined> => {
      if (more.length === 0) {
        const target = wish.target ?? (await chooseFile(report.title, folder, first.fileName));
        return target && [target];
      }
      const chosen = wish.target ?? (await chooseFolder(report.title, folder, made.map(({ fileName }) => fileName)));
      return chosen && made.map(({ fileName }) => vscode.Uri.joinPath(chosen, fileName));
    })();
    const [target] = targets ?? [];
    if (targets === undefined || target === undefined) {
      return undefined;
    }
    for (const [index, { content, encoding }] of made.entries()) {
      const uri = targets[index] ?? target;
      await vscode.workspace.fs.writeFile(uri, Buffer.from(content, encoding ?? 'utf8'));
      server.output.info(`wrote ${uri.fsPath}`);
    }
    if (wish.target === undefined) {
      const chosen = Object.fromEntries(report.choices.map(({ name }) => [name, [...new Set(about.map((one) => one[name] ?? allTogether))]]));
      const kept: LastChosen = { report: report.id, format, chosen, folder: vscode.Uri.joinPath(target, '..').toString() };
      await context.workspaceState.update(lastChosenKey, kept);
    }
    if (more.length === 0) {
      await show(target, report.title, first);
      return target;
    }
    const open = vscode.l10n.t('Show in Folder');
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} documents were written.', made.length), open).then((answer) => (answer === open ? vscode.commands.executeCommand('revealFileInOS', target) : undefined));
    return vscode.Uri.joinPath(target, '..');
  });
}
