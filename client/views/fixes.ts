/** Scaffolds what is missing: of a requirement what the person chooses, of a clause everything as one change that one undo takes back. */
import * as vscode from 'vscode';
import type { ViewFixesResult, ViewNode } from '../../server/protocol.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { view, viewFixes } from '../server/requests.ts';

type OfferedFix = ViewFixesResult['fixes'][number];

/** @returns whether something was changed */
export async function applyFix(server: LanguageServer, node: ViewNode | undefined): Promise<boolean> {
  if (node === undefined) {
    return false;
  }
  const { fixes } = await server.ask(viewFixes, { project: node.project, id: node.id });
  const fix = await choose(fixes);
  return fix !== undefined && apply(server, fix);
}

async function choose(fixes: readonly OfferedFix[]): Promise<OfferedFix | undefined> {
  if (fixes.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing can be scaffolded here: what is missing is for people to decide.'));
    return undefined;
  }
  if (fixes.length === 1) {
    return fixes[0];
  }
  const items = fixes.map((fix) => ({ label: fix.title, fix }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('What do you want to add?') }))?.fix;
}

/** @param wish a line of the Compliance view, a clause such as `8.3.3`, or nothing: then that of the finding at the cursor */
export async function fixClause(server: LanguageServer, wish: ViewNode | string | undefined): Promise<boolean> {
  const clause = typeof wish === 'object' ? wish.id.replace(/^clause /, '') : (wish ?? (await askWhichClause(server)));
  if (clause === undefined) {
    return false;
  }
  const { fixes } = await server.ask(viewFixes, { id: `clause ${clause}`, ...(typeof wish === 'object' ? { project: wish.project } : {}) });
  const [fix] = fixes;
  if (fix === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing can be scaffolded for clause {0}: no gap was found in it, or what is missing is for people to decide.', clause));
    return false;
  }
  return apply(server, fix);
}

/** The clause of the finding at the cursor; of several, or where there is none, the person chooses. */
async function askWhichClause(server: LanguageServer): Promise<string | undefined> {
  const here = clausesAtCursor();
  if (here.length === 1) {
    return here[0];
  }
  const items = (await clausesToFix(server, undefined)).filter(({ clause }) => here.length === 0 || here.includes(clause));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Scaffold what is missing for which clause?'), matchOnDescription: true }))?.clause;
}

function clausesAtCursor(): readonly string[] {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'itsms') {
    return [];
  }
  const codes = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter(({ range, source }) => source === 'itsms' && range.contains(editor.selection.active))
    .map(({ code }) => String(typeof code === 'object' ? code.value : code));
  return [...new Set(codes.flatMap((code) => /^(\d+(?:\.\d+)*)(?:#|$)/.exec(code)?.[1] ?? []))];
}

/** The innermost clauses for which something can be scaffolded. */
async function clausesToFix(server: LanguageServer, parent: ViewNode | undefined): Promise<readonly { readonly label: string; readonly description: string; readonly clause: string }[]> {
  const { nodes } = await server.ask(view, { view: 'compliance', onlyGaps: true, ...(parent === undefined ? {} : { project: parent.project, ...(parent.id === '' ? {} : { parent: parent.id }) }) });
  const found = await Promise.all(
    nodes
      .filter(({ context }) => context.startsWith('project') || /^clause fix\b/.test(context))
      .map(async (node) => {
        const inner = await clausesToFix(server, node);
        return inner.length > 0 || node.id === '' ? inner : [{ label: node.label, description: node.description ?? '', clause: node.id.replace(/^clause /, '') }];
      }),
  );
  return found.flat();
}

/** Makes the change in the open texts, and puts the cursor at the first placeholder. */
async function apply(server: LanguageServer, { edit }: OfferedFix): Promise<boolean> {
  const { documentChanges: changes } = edit;
  const first = changes.find(({ edits }) => edits.some((one) => 'snippet' in one)) ?? changes[0];
  if (first === undefined) {
    return false;
  }
  // Placeholders are offered in the editor that is active; in other files their words are left to be found by the findings about them.
  await vscode.window.showTextDocument(vscode.Uri.parse(first.textDocument.uri), { preview: false });
  return vscode.workspace.applyEdit(await server.workspaceEdit(edit));
}
