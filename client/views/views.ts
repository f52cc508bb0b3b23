/** The ITSMS container of the activity bar: Compliance, Services, Processes, Calendar; and the status bar item. */
import * as vscode from 'vscode';
import type { ImpactSubjectResult, ViewName, ViewNode } from '../../server/protocol.ts';
import { registerShowImpact } from '../impact/show-impact.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { applyFix, fixClause } from './fixes.ts';
import { StatusBar } from './status-bar.ts';
import { explain, ViewTree } from './tree.ts';

const viewNames: readonly ViewName[] = ['compliance', 'services', 'processes', 'calendar', 'impact'];
/** Where the filter of this workspace is kept. */
const onlyGapsKey = 'views.onlyGaps';

/** The trees, for tests that want to see what people see. */
export interface ShownViews {
  readonly [name: string]: { readonly tree: ViewTree; readonly shown: vscode.TreeView<ViewNode> };
}

export function registerViews(context: vscode.ExtensionContext, server: LanguageServer): vscode.Disposable & { readonly shown: ShownViews } {
  let onlyGaps = context.workspaceState.get<boolean>(onlyGapsKey, false);
  let subject: ImpactSubjectResult | undefined;
  const shown = Object.fromEntries(
    viewNames.map((name) => {
      const tree = new ViewTree(name, server, () => (name === 'impact' ? (subject === undefined ? {} : { project: subject.project, subject: subject.key }) : { onlyGaps }));
      return [name, { tree, shown: vscode.window.createTreeView(`itsms.${name}`, { treeDataProvider: tree, showCollapseAll: true }) }];
    }),
  );
  const setOnlyGaps = async (value: boolean): Promise<void> => {
    onlyGaps = value;
    await Promise.all([context.workspaceState.update(onlyGapsKey, value), vscode.commands.executeCommand('setContext', 'itsms.onlyGaps', value)]);
    shown['compliance']?.tree.refresh();
  };
  const status = new StatusBar(server, ({ projects }) => {
    // Words for an empty view depend on whether there are texts at all, and wait until that is known.
    void vscode.commands.executeCommand('setContext', 'itsms.hasTexts', projects > 0);
    void vscode.commands.executeCommand('setContext', 'itsms.isRead', true);
    sayWhatIsMeasured(shown, projects > 0);
  });
  const refresh = (): void => {
    for (const { tree } of Object.values(shown)) {
      tree.refresh();
    }
    void status.refresh();
  };
  void vscode.commands.executeCommand('setContext', 'itsms.onlyGaps', onlyGaps);

  const disposable = vscode.Disposable.from(
    ...Object.values(shown).flatMap(({ tree, shown: treeView }) => [tree, treeView]),
    status,
    server.onDidChangeAssessment(refresh),
    vscode.window.onDidChangeActiveTextEditor(() => void status.refresh()),
    vscode.commands.registerCommand('itsms.refreshViews', refresh),
    vscode.commands.registerCommand('itsms.showOnlyGaps', () => setOnlyGaps(true)),
    vscode.commands.registerCommand('itsms.showEverything', () => setOnlyGaps(false)),
    registerShowImpact(server, async (chosen) => {
      subject = chosen;
      shown['impact']?.tree.refresh();
      // The view takes no room until it is asked for.
      await vscode.commands.executeCommand('setContext', 'itsms.hasImpact', true);
      await vscode.commands.executeCommand('itsms.impact.focus');
    }),
    vscode.commands.registerCommand('itsms.applyFix', (node?: ViewNode) => applyFix(server, node)),
    vscode.commands.registerCommand('itsms.fixClause', (wish?: ViewNode | string) => fixClause(server, wish)),
    vscode.commands.registerCommand('itsms.explainRequirement', async (node?: ViewNode) => {
      if (node?.page !== undefined) {
        const { command, arguments: parameters = [] } = explain(node.page);
        await vscode.commands.executeCommand(command, ...(parameters as unknown[]));
      }
    }),
  );
  void status.refresh();
  return { shown, dispose: () => disposable.dispose() };
}

/** Where nothing is measured the views that show figures say why. */
function sayWhatIsMeasured(shown: ShownViews, hasTexts: boolean): void {
  for (const name of ['services', 'processes']) {
    const tree = shown[name]?.shown;
    if (tree !== undefined) {
      tree.message = hasTexts && !vscode.workspace.isTrusted ? vscode.l10n.t('No figures: nothing is measured in a workspace that is not trusted.') : undefined;
    }
  }
}
