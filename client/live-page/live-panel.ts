/** A page beside the text that follows it: the server makes it anew when the text changes, and the page keeps its place. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { LivePage } from '../../server/protocol.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { framedPage, messagePage } from './page-frame.ts';
import { openPlace, readChoices, readPageMessage, type Choices } from './page-messages.ts';

export interface LivePanelOptions {
  /** @returns undefined where the page that is there stays */
  readonly ask: (choices: Choices, token: vscode.CancellationToken) => Promise<LivePage | undefined>;
  /** Said on the page where there is none to show yet. */
  readonly nothing: string;
  /** Said on the page where it could not be made. */
  readonly failed: string;
  readonly export?: (choices: Choices) => void;
  /** What the page kept of an earlier window. */
  readonly state?: unknown;
}

export class LivePanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #server: LanguageServer;
  readonly #options: LivePanelOptions;
  /** One for the life of the page: what the server sends later is put into the page that is there. */
  readonly #nonce = randomBytes(16).toString('hex');
  readonly #disposables: vscode.Disposable[] = [];
  /** What the page was made of, and what it shows; they differ once it was brought up to date. */
  #framed: string | undefined;
  #shown: string | undefined;
  #choices: Choices;
  #loading: vscode.CancellationTokenSource | undefined;
  #stale = false;
  #root: vscode.Uri | undefined;

  constructor(panel: vscode.WebviewPanel, server: LanguageServer, options: LivePanelOptions) {
    this.#panel = panel;
    this.#server = server;
    this.#options = options;
    this.#choices = readChoices((options.state as { choices?: unknown } | undefined)?.choices) ?? {};
    // No local resource either: everything the page shows is in the page.
    panel.webview.options = { enableScripts: true, localResourceRoots: [] };
    this.#disposables.push(
      server.onDidChangeAssessment(() => void this.refresh()),
      panel.onDidChangeViewState(() => {
        if (this.#stale) {
          void this.refresh();
        }
      }),
      panel.webview.onDidReceiveMessage((message: unknown) => void this.#received(message)),
    );
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  /** What the person chose on the page. */
  get choices(): Choices {
    return this.#choices;
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
    if (!this.#panel.visible && this.#framed !== undefined) {
      this.#stale = true;
      return;
    }
    this.#stale = false;
    this.#loading?.cancel();
    const loading = new vscode.CancellationTokenSource();
    this.#loading = loading;
    try {
      const page = await this.#options.ask(this.#choices, loading.token);
      if (!loading.token.isCancellationRequested) {
        await this.#show(page);
      }
    } catch (error) {
      if (!loading.token.isCancellationRequested) {
        this.#server.output.error(error instanceof Error ? error : String(error));
        if (this.#framed === undefined) {
          this.#panel.webview.html = messagePage(this.#options.failed);
        }
      }
    } finally {
      loading.dispose();
      if (this.#loading === loading) {
        this.#loading = undefined;
      }
    }
  }

  async #show(page: LivePage | undefined): Promise<void> {
    if (page === undefined) {
      if (this.#framed === undefined) {
        this.#panel.webview.html = messagePage(this.#options.nothing);
      }
      return;
    }
    this.#panel.title = page.title;
    this.#root = page.root === undefined ? undefined : vscode.Uri.parse(page.root);
    this.#shown = page.html;
    if (this.#framed === undefined) {
      this.#framed = page.html;
      this.#panel.webview.html = framedPage(page, this.#nonce);
    } else {
      await this.#panel.webview.postMessage({ type: 'update', html: page.html });
    }
  }

  async #received(data: unknown): Promise<void> {
    const message = readPageMessage(data);
    switch (message?.type) {
      case undefined:
        return;
      case 'ready':
        // A page that was hidden begins again with what it was made of.
        if (this.#shown !== undefined && this.#shown !== this.#framed) {
          await this.#panel.webview.postMessage({ type: 'update', html: this.#shown });
        }
        return;
      case 'open':
        return openPlace(message, this.#root);
      case 'rows':
        await vscode.commands.executeCommand('itsms.showRows', { ...message.figure, ...(this.#root === undefined ? {} : { project: this.#root.toString() }) });
        return;
      case 'choose':
        this.#choices = message.choices;
        return this.refresh();
      case 'export':
        this.#options.export?.(this.#choices);
        return;
    }
  }
}
