/** ITSMS: Approve Declaration… and ITSMS: Show What Changed Since Approval. */
import * as vscode from 'vscode';
import type { LanguageServer } from '../server/language-server.ts';
import { approvable, approve, approvedDifference } from '../server/requests.ts';

/** Which declaration; a caller that has asked already says who. */
export interface ApproveWish {
  readonly uri: string;
  readonly key?: string;
  readonly by?: string;
}

/** The scheme of what was approved and what stands there now, side by side. */
const comparedScheme = 'itsms-approved';
const lastApprover = 'approve.lastApprover';

function atCursor(): { readonly uri: string; readonly line: number } | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.languageId === 'itsms' ? { uri: editor.document.uri.toString(), line: editor.selection.active.line } : undefined;
}

export function registerApprove(context: vscode.ExtensionContext, server: LanguageServer): vscode.Disposable {
  const texts = new Map<string, string>();
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(comparedScheme, { provideTextDocumentContent: ({ path, query }) => texts.get(`${query}${path}`) ?? '' }),
    vscode.commands.registerCommand('itsms.approve', (wish?: ApproveWish) => approveDeclaration(context, server, wish)),
    vscode.commands.registerCommand('itsms.showChangedSinceApproval', async (wish?: ApproveWish) => {
      const found = await chosen(server, wish);
      if (found === undefined) {
        return;
      }
      const { title, approved, present } = await server.ask(approvedDifference, { uri: found.uri, key: found.key });
      const uri = (side: string, content: string): vscode.Uri => {
        const made = vscode.Uri.from({ scheme: comparedScheme, path: `/${title}`, query: side });
        texts.set(`${made.query}${made.path}`, content);
        return made;
      };
      await vscode.commands.executeCommand('vscode.diff', uri('approved', approved), uri('now', present), vscode.l10n.t('{0}: approved and now', title));
    }),
  );
}

async function chosen(server: LanguageServer, wish: ApproveWish | undefined): Promise<{ readonly uri: string; readonly key: string } | undefined> {
  if (wish?.key !== undefined) {
    return { uri: wish.uri, key: wish.key };
  }
  const place = atCursor();
  const found = place && (await server.ask(approvable, place));
  if (!place || !found) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Put the cursor into a declaration that can be approved: a policy, a plan, a document, a procedure …'));
    return undefined;
  }
  return { uri: place.uri, key: found.key };
}

/** @returns whether it was approved */
async function approveDeclaration(context: vscode.ExtensionContext, server: LanguageServer, wish: ApproveWish | undefined): Promise<boolean> {
  const found = await chosen(server, wish);
  if (found === undefined) {
    return false;
  }
  const by = wish?.by ?? (await askWho(context, server, found));
  if (by === undefined) {
    return false;
  }
  const { edits } = await server.ask(approve, { ...found, by });
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, line, character, endLine, endCharacter, text } of edits) {
    edit.replace(vscode.Uri.parse(uri), new vscode.Range(line, character, endLine, endCharacter), text);
  }
  return vscode.workspace.applyEdit(edit);
}

/** People and roles of the model; whoever approved last comes first. */
async function askWho(context: vscode.ExtensionContext, server: LanguageServer, { uri, key }: { readonly uri: string; readonly key: string }): Promise<string | undefined> {
  const found = await server.ask(approvable, { uri, key });
  if (!found) {
    return undefined;
  }
  const last = context.workspaceState.get<string>(lastApprover);
  const items = found.people
    .map(({ id, title, kind }) => ({ label: title, description: `${id} · ${kind}`, id }))
    .sort((a, b) => Number(b.id === last) - Number(a.id === last));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Approve {0}', found.title), placeHolder: vscode.l10n.t('Who approves it as it reads now?'), matchOnDescription: true });
  if (picked !== undefined) {
    await context.workspaceState.update(lastApprover, picked.id);
  }
  return picked?.id;
}
