import * as vscode from 'vscode';
import { LanguageClient, TransportKind, WorkDoneProgress, type ServerOptions, type WorkspaceEdit } from 'vscode-languageclient/node';
import type { DatabaseCredentialsParams, InitializationOptions, PlainEdit } from '../../server/protocol.ts';
import { keptCredentials } from '../databases/passwords.ts';
import { newSealKey, sealed, sealVariable } from '../databases/seal.ts';
import { assessmentChanged, credentialsChanged, databaseCredentials, type Request } from './requests.ts';

/** The language server of this window, and what is asked of it. */
export class LanguageServer implements vscode.Disposable {
  readonly output: vscode.LogOutputChannel;
  readonly #client: LanguageClient;
  readonly #changed = new vscode.EventEmitter<void>();
  #started: Promise<void> | undefined;

  /** Fires when the answers to earlier requests may no longer hold. */
  readonly onDidChangeAssessment = this.#changed.event;

  constructor(context: vscode.ExtensionContext) {
    this.output = vscode.window.createOutputChannel('ITSMS', { log: true });
    const module = context.asAbsolutePath('dist/server.js');
    const sealKey = newSealKey();
    // Compiled code of the server, so that the next start is quicker; kept only where caches are.
    const env = { ...process.env, [sealVariable]: sealKey, ...(vscode.workspace.isTrusted ? { NODE_COMPILE_CACHE: vscode.Uri.joinPath(context.globalStorageUri, 'compiled').fsPath } : {}) };
    const serverOptions: ServerOptions = {
      run: { module, transport: TransportKind.ipc, options: { env } },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'], env } },
    };
    const initializationOptions = (): InitializationOptions => {
      const asOf = vscode.workspace.getConfiguration('itsms').get<string>('asOf', '');
      return {
        trusted: vscode.workspace.isTrusted,
        ...(vscode.workspace.isTrusted ? { keepsSecrets: true } : {}),
        // Nothing is kept of a workspace that is not trusted.
        ...(vscode.workspace.isTrusted && context.storageUri !== undefined ? { cacheFolder: context.storageUri.fsPath } : {}),
        ...(asOf === '' ? {} : { asOf }),
      };
    };
    this.#client = new LanguageClient('itsms', 'ITSMS', serverOptions, {
      documentSelector: [{ scheme: 'file', language: 'itsms' }],
      initializationOptions,
      // What changes on disk without being typed: the texts, the configuration, and the exports that sources read.
      synchronize: {
        fileEvents: ['**/*.itsms', '**/itsms.config.json', '**/*.{csv,tsv,jsonl,ndjson,parquet,gz}'].map((glob) =>
          vscode.workspace.createFileSystemWatcher(glob),
        ),
      },
      outputChannel: this.output,
    });
    this.#client.onNotification(assessmentChanged, () => this.#changed.fire());
    this.#client.onRequest(databaseCredentials, async (wanted: DatabaseCredentialsParams) => sealed(sealKey, await keptCredentials(context.secrets, wanted)));
  }

  start(): Promise<void> {
    this.#started ??= this.#client.start();
    return this.#started;
  }

  async restart(): Promise<void> {
    await this.start();
    await this.#client.restart();
    this.#changed.fire();
  }

  async stop(): Promise<void> {
    if (this.#client.needsStop()) {
      await this.#client.stop();
    }
  }

  /**
   * Asks the server, once it has started.
   *
   * @throws whatever the server answers with, and a cancellation when `token` is cancelled
   */
  async ask<Parameters, Result>(
    request: Request<Parameters, Result>,
    parameters: Parameters,
    token?: vscode.CancellationToken,
  ): Promise<Result> {
    await this.start();
    return token === undefined
      ? this.#client.sendRequest<Result>(request.method, parameters)
      : this.#client.sendRequest<Result>(request.method, parameters, token);
  }

  /** The same for what takes long, and says how far it is. */
  async askWithProgress<Parameters extends object, Result>(
    request: Request<Parameters, Result>,
    parameters: Parameters,
    token: vscode.CancellationToken,
    onProgress: (progress: { readonly percentage?: number; readonly message?: string }) => void,
  ): Promise<Result> {
    await this.start();
    const workDoneToken = `itsms-${this.#asked++}`;
    const listening = this.#client.onProgress(WorkDoneProgress.type, workDoneToken, (progress) => {
      if (progress.kind === 'report') {
        onProgress(progress);
      }
    });
    try {
      return await this.#client.sendRequest<Result>(request.method, { ...parameters, workDoneToken }, token);
    } finally {
      listening.dispose();
    }
  }
  #asked = 0;

  /** Tells the server that something else is kept of databases. */
  async credentialsChanged(): Promise<void> {
    await this.start();
    await this.#client.sendNotification(credentialsChanged);
  }

  /** A change as the server writes it, as the editor makes it: with placeholders where there are any. */
  workspaceEdit(edit: PlainEdit): Promise<vscode.WorkspaceEdit> {
    return this.#client.protocol2CodeConverter.asWorkspaceEdit(edit as WorkspaceEdit);
  }

  dispose(): void {
    this.#changed.dispose();
    this.output.dispose();
  }
}
