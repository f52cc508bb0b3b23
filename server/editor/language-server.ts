import { URI } from 'langium';
import {
  TextDocuments,
  TextDocumentSyncKind,
  type Connection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { InitializationOptions } from '../protocol.ts';
import { diagnosticOf } from './diagnostics.ts';
import { loadSimpleProject, type SimpleProject } from './simple-project.ts';

/** The language server: keeps the projects of one client's workspace, answers for them and publishes what is found. */
export class LanguageServer {
  readonly #connection: Connection;
  readonly #documents = new TextDocuments(TextDocument);
  #folder: string | undefined;
  #options: InitializationOptions = { trusted: false };
  #project: Promise<SimpleProject> | undefined;
  readonly #published = new Map<string, string>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  listen(): void {
    this.#connection.onInitialize((params) => this.#initialize(params));
    this.#documents.onDidChangeContent(({ document }) => void this.#changed(document));
    this.#documents.listen(this.#connection);
    this.#connection.listen();
  }

  #initialize(params: InitializeParams): InitializeResult {
    this.#options = { trusted: false, ...(params.initializationOptions as Partial<InitializationOptions> | undefined) };
    this.#folder = params.workspaceFolders?.[0]?.uri;
    return { capabilities: { textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental } }, serverInfo: { name: 'itsms' } };
  }

  #load(): Promise<SimpleProject> {
    this.#project ??= loadSimpleProject(this.#folder === undefined ? '' : URI.parse(this.#folder).fsPath, this.#options.asOf ?? '2026-01-01');
    return this.#project;
  }

  #file(uri: string): string {
    const root = this.#folder === undefined ? '' : `${URI.parse(this.#folder).path}/`;
    const path = URI.parse(uri).path;
    return path.startsWith(root) ? path.slice(root.length) : path;
  }

  #uri(file: string): string {
    const root = this.#folder === undefined ? '' : `${this.#folder}/`;
    return file.startsWith('/') ? URI.file(file).toString() : URI.parse(root + file).toString();
  }

  async #changed(document: TextDocument): Promise<void> {
    const project = await this.#load();
    project.setText(this.#file(document.uri), document.getText());
    this.#publish(project);
  }

  #publish(project: SimpleProject): void {
    for (const file of project.files()) {
      const context = { model: project.model, uriOf: (name: string) => this.#uri(name), pageOf: () => undefined };
      const diagnostics = project.findingsOf(file).flatMap((finding): Diagnostic[] => { const one = diagnosticOf(finding, context); return one ? [one] : []; });
      const content = JSON.stringify(diagnostics);
      const uri = this.#uri(file);
      if ((this.#published.get(uri) ?? '[]') === content) continue;
      this.#published.set(uri, content);
      void this.#connection.sendDiagnostics({ uri, diagnostics });
    }
  }
}
