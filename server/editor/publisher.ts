import type { Connection, Diagnostic } from 'vscode-languageserver';
import { findingOfLocal, locateFinding, type LocatedFinding } from '../assessment/located-findings.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { pageAddress } from './explaining-pages.ts';
import type { OpenProject } from './workspace.ts';

export interface PublisherHost {
  /** The version of a document that is open, by its URI. */
  readonly versionOf: (uri: string) => number | undefined;
  readonly onPublished: (opened: OpenProject) => void;
  readonly onFailure: (what: string, error: unknown) => void;
}

/** Milliseconds after which others get their turn. */
const turn = 15;

/** Sends what is found to the client: of each file when its findings have changed, of open documents first. */
export class Publisher {
  readonly #connection: Connection;
  readonly #host: PublisherHost;
  readonly #scheduled = new Set<OpenProject>();
  readonly #forgotten = new WeakSet<OpenProject>();
  /** What the client was last told, as text; files without findings are left out. */
  readonly #shown = new Map<string, string>();

  constructor(connection: Connection, host: PublisherHost) {
    this.#connection = connection;
    this.#host = host;
  }

  /** Publishes soon: changes that have already arrived are taken together. */
  schedule(opened: OpenProject): void {
    if (this.#scheduled.has(opened)) return;
    this.#scheduled.add(opened);
    setImmediate(() => {
      this.#scheduled.delete(opened);
      void this.#publish(opened).catch((error: unknown) => this.#host.onFailure('diagnostics', error));
    });
  }

  /** Publishes what the text of one document alone tells, before the others have been read. */
  publishAlone(opened: OpenProject, file: string): void {
    const { model } = opened.project;
    const fragment = model.fragment(file);
    if (!fragment) return;
    const findings = fragment.declarations.flatMap(({ entity }) =>
      entity.findings.flatMap((local): LocatedFinding[] => {
        const finding = findingOfLocal(local, entity.key, 0);
        const location = model.locate(finding.place);
        return location?.file === file ? [locateFinding(finding, location, model)] : [];
      }),
    );
    this.#send(opened, file, findings);
  }

  /** Takes back everything that was said about a project's files. */
  forget(opened: OpenProject): void {
    this.#forgotten.add(opened);
    for (const uri of this.#shown.keys()) {
      if (!uri.startsWith(`${opened.rootUri}/`)) continue;
      this.#shown.delete(uri);
      void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
    }
  }

  /** Whether the last findings of every project have been sent. */
  get isIdle(): boolean {
    return this.#scheduled.size === 0;
  }

  async #publish(opened: OpenProject): Promise<void> {
    if (!opened.isLoaded) return;
    const { project } = opened;
    // Of a large project that takes a while, in which others get their turn.
    await project.settle();
    if (this.#forgotten.has(opened)) return;
    const changed = [...project.changedFiles()];
    const isOpen = (file: string): boolean => this.#host.versionOf(opened.uriOf(file)) !== undefined;
    const ordered = [...changed.filter(isOpen), ...changed.filter((file) => !isOpen(file)).sort()];
    let since = performance.now();
    for (const file of ordered) {
      if (performance.now() - since > turn) {
        await new Promise((resolve) => setImmediate(resolve));
        await project.settle();
        if (this.#forgotten.has(opened)) return;
        since = performance.now();
      }
      this.#send(opened, file, project.locatedFindingsOf(file));
    }
    if (ordered.length > 0) this.#host.onPublished(opened);
  }

  #send(opened: OpenProject, file: string, findings: readonly LocatedFinding[]): void {
    const uri = opened.uriOf(file);
    const diagnostics: Diagnostic[] = diagnosticsOf(findings, { uriOf: (other) => opened.uriOf(other), pageOf: pageAddress });
    const content = JSON.stringify(diagnostics);
    if ((this.#shown.get(uri) ?? '[]') === content) return;
    if (diagnostics.length === 0) this.#shown.delete(uri);
    else this.#shown.set(uri, content);
    const version = this.#host.versionOf(uri);
    void this.#connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined ? { version } : {}) });
  }
}
