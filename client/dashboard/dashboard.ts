/** ITSMS: Open Dashboard. One live page beside the text; the server makes it, every figure and finding leads into the text. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { LanguageServer } from '../server/language-server.ts';
import { dashboard } from '../server/requests.ts';
import { dashboardPage, messagePage } from './dashboard-page.ts';
import { openPlace } from './open-place.ts';

const viewType = 'itsms.dashboard';

class DashboardPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #server: LanguageServer;
  /** One for the life of the page: what the server sends later is put into the page that is there. */
  readonly #nonce = randomBytes(16).toString('hex');
  readonly #disposables: vscode.Disposable[] = [];
  #loaded = false;
  #loading: vscode.CancellationTokenSource | undefined;
  #stale = false;
  #root: vscode.Uri | undefined;

  constructor(panel: vscode.WebviewPanel, server: LanguageServer) {
    this.#panel = panel;
    this.#server = server;
    // No local resource either: everything the page shows is in the page.
    panel.webview.options = { enableScripts: true, localResourceRoots: [] };
    this.#disposables.push(
      server.onDidChangeAssessment(() => void this.refresh()),
      panel.onDidChangeViewState(() => {
        if (this.#stale) {
          void this.refresh();
        }
      }),
      panel.webview.onDidReceiveMessage((message: unknown) => void openPlace(message, this.#root)),
    );
  }

  onDidDispose(listener: () => void): void {
    this.#panel.onDidDispose(() => {
      this.#loading?.cancel();
      vscode.Disposable.from(...this.#disposables).dispose();
      listener();
    });
  }

  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  /** Asks for the page and shows it. A page nobody sees is fetched when it is seen again. */
  async refresh(): Promise<void> {
    if (!this.#panel.visible && this.#loaded) {
      this.#stale = true;
      return;
    }
    this.#stale = false;
    this.#loading?.cancel();
    const loading = new vscode.CancellationTokenSource();
    this.#loading = loading;
    try {
      const page = await this.#server.ask(dashboard, {}, loading.token);
      if (loading.token.isCancellationRequested) {
        return;
      }
      this.#panel.title = page.title;
      this.#root = page.root === undefined ? undefined : vscode.Uri.parse(page.root);
      if (this.#loaded) {
        await this.#panel.webview.postMessage({ type: 'update', html: page.html });
      } else {
        this.#panel.webview.html = dashboardPage(page, this.#nonce);
        this.#loaded = true;
      }
    } catch (error) {
      if (!loading.token.isCancellationRequested) {
        this.#server.output.error(error instanceof Error ? error : String(error));
        if (!this.#loaded) {
          this.#panel.webview.html = messagePage('The dashboard could not be made. The reason is in the output channel ITSMS.');
        }
      }
    } finally {
      loading.dispose();
      if (this.#loading === loading) {
        this.#loading = undefined;
      }
    }
  }
}

export function registerDashboard(context: vscode.ExtensionContext, server: LanguageServer): vscode.Disposable {
  let current: DashboardPanel | undefined;
  const show = async (panel: vscode.WebviewPanel): Promise<void> => {
    const shown = new DashboardPanel(panel, server);
    current = shown;
    shown.onDidDispose(() => {
      if (current === shown) {
        current = undefined;
      }
    });
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'client', 'icons', 'itsms.svg');
    await shown.refresh();
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('itsms.openDashboard', async () => {
      if (current !== undefined) {
        current.reveal();
        return current.refresh();
      }
      return show(
        vscode.window.createWebviewPanel(viewType, 'Dashboard', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }),
      );
    }),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: (panel) => show(panel),
    }),
  );
}
