/** ITSMS: Make Audit Pack… Everything an auditor asks for in one zip file, with hashes. */
import * as vscode from 'vscode';
import type { LanguageServer } from '../server/language-server.ts';
import { auditPack } from '../server/requests.ts';

/** What a caller knows already is not asked. */
export interface AuditPackWish {
  readonly target?: vscode.Uri;
  readonly formats?: readonly string[];
}

const formatsOffered = ['html', 'pdf', 'docx', 'xlsx'];

export function registerAuditPack(server: LanguageServer): vscode.Disposable {
  return vscode.commands.registerCommand('itsms.makeAuditPack', async (wish: AuditPackWish = {}): Promise<vscode.Uri | undefined> => {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage(vscode.l10n.t('Reports are written in a trusted workspace only.'));
      return undefined;
    }
    const formats =
      wish.formats ??
      (await vscode.window.showQuickPick(formatsOffered.map((label) => ({ label, picked: label === 'html' })), { canPickMany: true, placeHolder: vscode.l10n.t('In which formats are its reports?') }))?.map(({ label }) => label);
    if (formats === undefined || formats.length === 0) {
      return undefined;
    }
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const target = wish.target ?? (await vscode.window.showSaveDialog({ title: vscode.l10n.t('Save the Audit Pack'), filters: { Zip: ['zip'] }, ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, '..', 'audit-pack.zip') }) }));
    if (target === undefined) {
      return undefined;
    }
    const made = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('ITSMS: audit pack'), cancellable: true }, async (progress, token) => {
      try {
        return await server.askWithProgress(auditPack, { target: target.toString(), formats }, token, ({ message }) => progress.report(message === undefined ? {} : { message }));
      } catch (error) {
        if (!token.isCancellationRequested) {
          void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
        }
        return undefined;
      }
    });
    if (made === undefined) {
      return undefined;
    }
    server.output.info(`wrote ${target.fsPath}: manifest sha256 ${made.manifestHash}`);
    for (const { file, reason } of made.missing) {
      server.output.warn(`“${file}” is not in the pack: ${reason}`);
    }
    const reveal = vscode.l10n.t('Show in Folder');
    const said = made.missing.length === 0 ? vscode.l10n.t('The audit pack holds {0} files.', made.files) : vscode.l10n.t('The audit pack holds {0} files; {1} that the model names are not in it. The output channel ITSMS says why.', made.files, made.missing.length);
    void vscode.window.showInformationMessage(said, reveal).then((answer) => (answer === reveal ? vscode.commands.executeCommand('revealFileInOS', target) : undefined));
    return target;
  });
}
