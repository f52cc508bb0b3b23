/** ITSMS: Show Impact. Whom the declaration at the cursor touches, in the Impact view. */
import * as vscode from 'vscode';
import type { ImpactSubjectResult } from '../../server/protocol.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { impactSubject } from '../server/requests.ts';

/** @param show makes the view speak of a subject */
export function registerShowImpact(server: LanguageServer, show: (subject: ImpactSubjectResult) => Promise<void>): vscode.Disposable {
  return vscode.commands.registerCommand('itsms.showImpact', async (wish?: { readonly uri: string; readonly line: number; readonly character: number }): Promise<ImpactSubjectResult | undefined> => {
    const editor = vscode.window.activeTextEditor;
    const place = wish?.line !== undefined ? wish : editor?.document.languageId === 'itsms' ? { uri: editor.document.uri.toString(), ...plain(editor.selection.active) } : undefined;
    const subject = place && (await server.ask(impactSubject, place));
    if (!subject) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Put the cursor on a name or into a declaration of an .itsms file.'));
      return undefined;
    }
    await show(subject);
    return subject;
  });
}

function plain({ line, character }: vscode.Position): { readonly line: number; readonly character: number } {
  return { line, character };
}
