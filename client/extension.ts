/** The VS Code extension: starts the language server and offers its answers as commands. */
import * as vscode from 'vscode';
import { registerApprove } from './approve/approve.ts';
import { registerBackTest } from './back-test/back-test.ts';
import { registerCheckWorkspace } from './check/check-workspace.ts';
import { registerDashboard } from './dashboard/dashboard.ts';
import { registerDatabasePasswords } from './databases/passwords.ts';
import { registerMeasure } from './measure/measure.ts';
import { registerShowRows } from './measure/show-rows.ts';
import { registerWhatChanged } from './changes/what-changed.ts';
import { registerPreview } from './preview/preview.ts';
import { registerAuditPack } from './reports/audit-pack.ts';
import { registerGenerateReport } from './reports/generate-report.ts';
import { registerShowConformance } from './reports/show-conformance.ts';
import { registerShowFlow } from './reports/show-flow.ts';
import { LanguageServer } from './server/language-server.ts';
import { registerAddSource } from './sources/add-source.ts';
import { registerViews } from './views/views.ts';

let server: LanguageServer | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  server = new LanguageServer(context);
  context.subscriptions.push(
    server,
    registerDashboard(context, server),
    registerPreview(context, server),
    registerGenerateReport(context, server),
    registerAuditPack(server),
    registerCheckWorkspace(server),
    registerMeasure(server),
    registerShowRows(server),
    registerAddSource(server),
    registerDatabasePasswords(context, server),
    registerApprove(context, server),
    registerWhatChanged(server),
    registerShowConformance(server),
    registerShowFlow(server),
    registerBackTest(server),
    registerViews(context, server),
    // What the server may do, and the date it takes for today, is decided when it starts.
    vscode.workspace.onDidGrantWorkspaceTrust(() => server?.restart()),
    vscode.workspace.onDidChangeConfiguration((change) => (change.affectsConfiguration('itsms.asOf') ? server?.restart() : undefined)),
  );
  await server.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
