/** Asks which earlier state of the text is meant: a tag, one of the last commits, or any other name. */
import * as vscode from 'vscode';
import type { LanguageServer } from '../server/language-server.ts';
import { revisions } from '../server/requests.ts';

export async function chooseRevision(server: LanguageServer): Promise<string | undefined> {
  const { revisions: offered } = await server.ask(revisions, {});
  if (offered.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no earlier state to compare with: the folder is not under version control with Git, or nothing has been committed.'));
    return undefined;
  }
  const another = vscode.l10n.t('Another tag, branch or commit…');
  const separator = (label: string): vscode.QuickPickItem & { readonly name?: string } => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const of = (kind: 'tag' | 'commit'): readonly (vscode.QuickPickItem & { readonly name?: string })[] =>
    offered.flatMap(({ name, on, subject, kind: own }) => (own === kind ? [{ label: name, description: on, detail: subject, name, iconPath: new vscode.ThemeIcon(kind === 'tag' ? 'tag' : 'git-commit') }] : []));
  const [tags, commits] = [of('tag'), of('commit')];
  const items = [
    ...(tags.length === 0 ? [] : [separator(vscode.l10n.t('Tags')), ...tags]),
    ...(commits.length === 0 ? [] : [separator(vscode.l10n.t('Commits')), ...commits]),
    separator(''),
    { label: another },
  ];
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('What changed since?'), matchOnDescription: true, matchOnDetail: true });
  if (chosen?.label === another && chosen.name === undefined) {
    return vscode.window.showInputBox({ prompt: vscode.l10n.t('A tag, branch or commit'), placeHolder: 'HEAD~5' });
  }
  return chosen?.name;
}
