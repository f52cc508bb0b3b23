import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol/node';
import type { InitializationOptions } from '../../server/protocol.ts';

const root = resolve(import.meta.dirname, '../..');
/** A condition that has not come true by then never will. */
const deadline = 60_000;

const capabilities: ClientCapabilities = {
  textDocument: {
    completion: { completionItem: { snippetSupport: true } },
    codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
    publishDiagnostics: { relatedInformation: true, versionSupport: true },
  },
  workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true }, didChangeWatchedFiles: { dynamicRegistration: true }, workspaceFolders: true },
};

export interface TestClientOptions extends Partial<InitializationOptions> {
  /** Files of the workspace folder, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A client that talks to the server's process over its standard streams, with a folder of its own. */
export class TestClient {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'itsms-lsp-')));
  readonly connection: ProtocolConnection;
  readonly messages: string[] = [];
  readonly logged: string[] = [];
  initialized!: InitializeResult;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #published = new Map<string, PublishDiagnosticsParams>();
  readonly #waiting = new Set<() => void>();
  readonly #versions = new Map<string, number>();
  assessments = 0;

  private constructor(files: Readonly<Record<string, string>>) {
    for (const [file, text] of Object.entries(files)) this.write(file, text);
    this.#process = spawn(process.execPath, [join(root, 'server/main.ts'), '--stdio'], { cwd: this.folder });
    this.#process.stderr.on('data', (data: Buffer) => this.logged.push(data.toString()));
    this.#process.on('exit', (code, signal) => this.logged.push(`The server has ended: ${signal ?? code}.`));
    this.connection = createProtocolConnection(new StreamMessageReader(this.#process.stdout), new StreamMessageWriter(this.#process.stdin));
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#published.set(params.uri, params);
      this.#wake();
    });
    this.connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.messages.push(message);
      this.#wake();
    });
    this.connection.onNotification('window/logMessage', ({ message }: { message: string }) => void this.logged.push(message));
    this.connection.onNotification('itsms/assessmentChanged', () => {
      this.assessments++;
      this.#wake();
    });
    this.connection.onRequest(RegistrationRequest.type, () => {});
    this.connection.listen();
  }

  static async start({ files = {}, trusted = true, ...options }: TestClientOptions = {}): Promise<TestClient> {
    const client = new TestClient(files);
    client.initialized = await client.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities,
      workspaceFolders: [{ uri: pathToFileURL(client.folder).href, name: 'test' }],
      initializationOptions: { trusted, asOf: '2026-11-15', ...options },
    });
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    await new Promise((settle) => (this.#process.exitCode === null ? this.#process.once('exit', settle) : settle(undefined)));
    this.connection.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  uri(file: string): string {
    return pathToFileURL(join(this.folder, file)).href;
  }

  write(file: string, text: string): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  delete(file: string): void {
    rmSync(join(this.folder, file));
  }

  async open(file: string, text: string): Promise<void> {
    this.#versions.set(file, 1);
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri: this.uri(file), languageId: 'itsms', version: 1, text } });
  }

  /** Sends a change of a range, or of the whole text where no range is given. */
  async change(file: string, text: string, range?: { start: { line: number; character: number }; end: { line: number; character: number } }): Promise<number> {
    const version = (this.#versions.get(file) ?? 1) + 1;
    this.#versions.set(file, version);
    await this.connection.sendNotification('textDocument/didChange', { textDocument: { uri: this.uri(file), version }, contentChanges: [range ? { range, text } : { text }] });
    return version;
  }

  async close(file: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri(file) } });
  }

  async closeAll(): Promise<void> {
    for (const file of this.#versions.keys()) await this.close(file);
    this.#versions.clear();
  }

  async filesChanged(...changes: readonly { readonly file: string; readonly type: 1 | 2 | 3 }[]): Promise<void> {
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: changes.map(({ file, type }) => ({ uri: this.uri(file), type })) });
  }

  request<Result>(method: string, file: string, parameters: object = {}): Promise<Result> {
    return this.connection.sendRequest(method, { textDocument: { uri: this.uri(file) }, ...parameters });
  }

  diagnostics(file: string): readonly Diagnostic[] {
    return this.#published.get(this.uri(file))?.diagnostics ?? [];
  }

  publishedVersion(file: string): number | undefined {
    return this.#published.get(this.uri(file))?.version;
  }

  codes(file: string): string[] {
    return this.diagnostics(file).map(({ code }) => String(code));
  }

  /** Waits until a condition holds; whatever arrives makes it look again. */
  async until(what: string, condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((settle, fail) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        fail(new Error(`Not within ${deadline} ms: ${what}. Diagnostics: ${JSON.stringify([...this.#published.values()].map(({ uri, diagnostics }) => [uri, diagnostics.map(({ code, message }) => `${code}: ${message}`)]), null, 1)} Log: ${this.logged.join('\n')}`));
      }, deadline);
      const look = (): void => {
        if (!condition()) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        settle();
      };
      this.#waiting.add(look);
    });
  }

  #wake(): void {
    for (const look of [...this.#waiting]) look();
  }
}
