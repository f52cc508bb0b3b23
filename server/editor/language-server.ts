import { basename } from 'node:path';
import { URI } from 'langium';
import {
  CodeLensRefreshRequest,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  FileChangeType,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
  WorkDoneProgress,
  type CancellationToken,
  type Connection,
  type FileEvent,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { configurationFile } from '../project/configuration-file.ts';
import type { Credentials } from '../measurement/databases/credentials.ts';
import { databasesOf, type NamedDatabase } from '../measurement/databases/named-databases.ts';
import { isInside } from '../project/node-host.ts';
import { toolVersion } from '../project/tool-version.ts';
import {
  approvableRequest,
  approvedDifferenceRequest,
  approveRequest,
  assessmentChangedNotification,
  auditPackRequest,
  checkWorkspaceRequest,
  credentialsChangedNotification,
  dashboardRequest,
  databasesRequest,
  agreementsRequest,
  backTestRequest,
  generateReportRequest,
  impactSubjectRequest,
  measureRequest,
  previewRequest,
  proposeSourceRequest,
  reportsRequest,
  revisionsRequest,
  rowsRequest,
  statusRequest,
  trustGrantedNotification,
  viewFixesRequest,
  viewRequest,
  type ApprovableParams,
  type ApprovedDifferenceParams,
  type ApproveParams,
  type AuditPackParams,
  type DashboardParams,
  type AgreementsParams,
  type BackTestParams,
  type GenerateReportParams,
  type ImpactSubjectParams,
  type InitializationOptions,
  type MeasureParams,
  type MeasureResult,
  type PreviewParams,
  type ProposeSourceParams,
  type RevisionsParams,
  type RowsParams,
  type StatusParams,
  type ViewFixesParams,
  type ViewParams,
} from '../protocol.ts';
import { isDataFile } from './data-patterns.ts';
import { abilitiesOf, serverCapabilities, type ClientAbilities } from './capabilities.ts';
import { databaseCredentials, knownDatabases } from './database-credentials.ts';
import { registerFeatures, type Place } from './features.ts';
import { figureRows } from './figure-rows.ts';
import { measureResult } from './figure-series.ts';
import { MeasuringThread } from '../measurement/thread/measuring-thread.ts';
import { Measuring, type ShownProgress } from './measuring.ts';
import { approvableAt, approveDeclaration, approvedDifference } from './approval-requests.ts';
import { agreementChoices, backTestPage } from './back-test-requests.ts';
import { auditPack } from './audit-pack.ts';
import { dashboardPage, previewPage } from './live-page.ts';
import { signalOf } from './signal-of.ts';
import { checkResult, generateReport, reportChoices, revisionChoices } from './project-requests.ts';
import { nodeAt } from './impact.ts';
import { Publisher } from './publisher.ts';
import { proposeSourceFor } from './source-requests.ts';
import { statusResult, viewFixes, viewResult } from './views/view-requests.ts';
import { Workspace, type OpenProject } from './workspace.ts';

/** Texts, the configuration, data of sources, and documents that people keep as evidence. */
const watchedFiles = ['**/*.itsms', `**/${configurationFile}`, '**/*.{csv,tsv,txt,jsonl,ndjson,json,parquet,xes}', '**/*.gz', '**/*.{md,pdf,doc,docx,xls,xlsx,ppt,pptx,odt,ods,odp,rtf,html,htm,eml,msg,png,jpg,jpeg,svg,xml,zip}', '**/.itsms/approved/*'];

/** Milliseconds: pages that show the assessment are made anew at most this often. */
const announceAfter = 200;
/** Milliseconds without a change after which what has been assessed is kept for the next start. */
const keepAfter = 30_000;

/** The language server: keeps the projects of one client's workspace, answers for them and publishes what is found. */
export class LanguageServer {
  readonly #connection: Connection;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #publisher: Publisher;
  readonly #measuring: Measuring;
  /** Typing never waits for what is measured. */
  readonly #thread = new MeasuringThread();
  #workspace = new Workspace([], { trusted: false }, () => {});
  #folders: string[] = [];
  #options: InitializationOptions = { trusted: false };
  #abilities: ClientAbilities = abilitiesOf({});
  #lastUsed: string | undefined;
  #saidUntrusted = false;
  #announcement: NodeJS.Timeout | undefined;
  readonly #keeping = new Map<OpenProject, NodeJS.Timeout>();
  /** Settles when every project of every folder has been opened. */
  #allOpened: Promise<unknown> = Promise.resolve();

  constructor(connection: Connection) {
    this.#connection = connection;
    const onFailure = (what: string, error: unknown): void => this.#failed(what, error);
    this.#publisher = new Publisher(connection, {
      versionOf: (uri) => this.#documents.get(uri)?.version,
      onPublished: () => this.#announce(),
      onFailure,
    });
    this.#measuring = new Measuring({
      onMeasured: (opened) => {
        this.#changed(opened);
        this.#announce();
        if (this.#abilities.refreshesLenses) this.#guard('lenses', this.#connection.sendRequest(CodeLensRefreshRequest.type));
      },
      onFailure,
      showProgress: (opened, onStop) => this.#showProgress(opened, onStop),
    });
  }

  listen(): void {
    const connection = this.#connection;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => this.#guard('start', this.#initialized()));
    connection.onShutdown(() => {
      clearTimeout(this.#announcement);
      for (const timer of this.#keeping.values()) clearTimeout(timer);
      this.#measuring.stop();
      this.#guard('stop', this.#thread.stop());
    });
    this.#documents.onDidChangeContent(({ document }) => this.#guard('text', this.#textChanged(document)));
    this.#documents.onDidClose(({ document }) => this.#guard('close', this.#closed(document)));
    connection.onDidChangeWatchedFiles(({ changes }) => this.#guard('files', this.#filesChanged(changes)));
    registerFeatures({
      connection,
      placeOf: (uri) => this.#placeOf(uri),
      projects: async () => (await this.#workspace.opened()).filter(({ isLoaded }) => isLoaded),
      versionOf: (uri) => this.#documents.get(uri)?.version ?? null,
      abilities: () => this.#abilities,
      answer: (feature, token, work) => this.#answer(feature, token, work),
    });
    this.#registerRequests();
    this.#documents.listen(connection);
    connection.listen();
  }

  #initialize(params: InitializeParams): InitializeResult {
    this.#options = readOptions(params.initializationOptions);
    this.#abilities = abilitiesOf(params.capabilities);
    const roots = params.workspaceFolders?.map(({ uri }) => uri) ?? (typeof params.rootUri === 'string' ? [params.rootUri] : []);
    this.#folders = roots.filter((uri) => uri.startsWith('file:')).map((uri) => URI.parse(uri).fsPath);
    this.#workspace = this.#newWorkspace();
    return { capabilities: serverCapabilities, serverInfo: { name: 'itsms', version: toolVersion } };
  }

  #newWorkspace(): Workspace {
    const { trusted, cacheFolder, asOf, keepsSecrets } = this.#options;
    const credentials = (databases: readonly NamedDatabase[]): Promise<Credentials | undefined> => databaseCredentials(databases, this.#connection, process.env);
    const options = { trusted, measurer: this.#thread, ...(trusted && keepsSecrets === true ? { credentials } : {}), ...(asOf !== undefined ? { asOf } : {}), ...(trusted && cacheFolder !== undefined ? { cacheFolder } : {}) };
    return new Workspace(this.#folders, options, (opened) => this.#opened(opened));
  }

  async #initialized(): Promise<void> {
    if (this.#abilities.watchesFiles) {
      const watchers = watchedFiles.map((globPattern) => ({ globPattern }));
      this.#guard('watching', this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).then(() => undefined));
    }
    if (this.#abilities.workspaceFolders) {
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => this.#guard('folders', this.#foldersChanged(added.map(({ uri }) => uri), removed.map(({ uri }) => uri))));
    }
    await this.#openAll();
  }

  #openAll(): Promise<unknown> {
    this.#allOpened = this.#workspace.openAll().catch((error: unknown) => this.#failed('start', error));
    return this.#allOpened;
  }

  /** A project has been opened: the open documents are read first, then everything else. */
  #opened(opened: OpenProject): void {
    opened.ready = (async () => {
      // Lets the documents that are opened in the same breath come first.
      await new Promise((resolve) => setImmediate(resolve));
      await opened.project.load();
      opened.isLoaded = true;
      this.#sayUntrusted();
      this.#changed(opened);
      this.#measuring.request(opened);
      this.#guard('prepare', this.#prepare(opened));
      // After a start from kept fragments nothing has been parsed yet: the parser is made before the first key waits for it.
      setImmediate(() => void opened.project.builder.services.parser.LangiumParser);
    })();
    this.#guard('load', opened.ready);
  }

  /** What was found may have been kept of an earlier start: makes ready what the first key is assessed with, then keeps what is new. */
  async #prepare(opened: OpenProject): Promise<void> {
    await opened.project.prepare();
    this.#changed(opened);
    await opened.project.keep();
  }

  /** Keeps for the next start what has changed, once nobody has changed anything for a while. */
  #keepLater(opened: OpenProject): void {
    clearTimeout(this.#keeping.get(opened));
    const keep = async (): Promise<void> => {
      this.#keeping.delete(opened);
      await opened.project.keep();
    };
    this.#keeping.set(opened, setTimeout(() => this.#guard('keep', keep()), keepAfter).unref());
  }

  async #textChanged(document: TextDocument): Promise<void> {
    if (!document.uri.startsWith('file:') && !document.uri.startsWith('untitled:')) return;
    const { version } = document;
    let opened = this.#workspace.knownProjectOf(document.uri);
    if (!opened) {
      opened = await this.#workspace.projectOf(document.uri);
      // A later change has arrived while the project was opened.
      if (this.#documents.get(document.uri)?.version !== version) return;
    }
    const file = opened.opened(document.uri);
    this.#lastUsed = document.uri;
    opened.project.setText(file, document.getText());
    if (opened.isLoaded) {
      this.#changed(opened);
      this.#measuring.modelChanged(opened);
      this.#keepLater(opened);
    } else {
      this.#publisher.publishAlone(opened, file);
    }
  }

  async #closed(document: TextDocument): Promise<void> {
    const opened = await this.#workspace.projectOf(document.uri);
    await opened.project.closeText(opened.fileOf(document.uri));
    this.#changed(opened);
  }

  async #filesChanged(changes: readonly FileEvent[]): Promise<void> {
    if (changes.some(({ uri, type }) => type !== FileChangeType.Changed && basename(URI.parse(uri).fsPath) === configurationFile)) {
      // Another division into projects.
      await this.#restart();
      return;
    }
    const files = new Map<OpenProject, string[]>();
    for (const { uri } of changes) {
      if (!uri.startsWith('file:')) continue;
      const opened = await this.#workspace.projectOf(uri);
      files.set(opened, [...(files.get(opened) ?? []), opened.fileOf(uri)]);
    }
    for (const [opened, changed] of files) {
      await opened.ready;
      const texts = changed.filter((file) => file.endsWith('.itsms') || file === configurationFile);
      if (texts.length > 0) await opened.project.refresh(texts);
      await opened.project.refreshNamedFiles(changed);
      this.#changed(opened);
      this.#keepLater(opened);
      if (changed.includes(configurationFile) || changed.some((file) => isDataFile(opened.project.model, file))) this.#measuring.request(opened);
      else this.#measuring.modelChanged(opened);
    }
  }

  async #foldersChanged(added: readonly string[], removed: readonly string[]): Promise<void> {
    for (const uri of removed) {
      const folder = URI.parse(uri).fsPath;
      this.#folders = this.#folders.filter((one) => one !== folder);
      for (const gone of await this.#workspace.removeFolder(folder)) {
        this.#measuring.forget(gone);
        this.#publisher.forget(gone);
      }
    }
    for (const uri of added) {
      if (!uri.startsWith('file:')) continue;
      const folder = URI.parse(uri).fsPath;
      this.#folders.push(folder);
      this.#workspace.addFolder(folder);
    }
    await this.#openAll();
    for (const document of this.#documents.all()) await this.#textChanged(document);
  }

  /** Opens everything anew: after a change of trust, or of what is a project. */
  async #restart(): Promise<void> {
    for (const opened of await this.#workspace.opened()) {
      this.#measuring.forget(opened);
      this.#publisher.forget(opened);
    }
    this.#workspace = this.#newWorkspace();
    for (const document of this.#documents.all()) await this.#textChanged(document);
    await this.#openAll();
  }

  #registerRequests(): void {
    const connection = this.#connection;
    connection.onRequest(dashboardRequest, (params: DashboardParams | undefined, token: CancellationToken) =>
      this.#ask(token, async () => dashboardPage(await this.#chosen(params?.project), params?.narrowing)),
    );
    connection.onRequest(previewRequest, (params: PreviewParams, token: CancellationToken) =>
      this.#ask(token, async () => {
        const place = await this.#placeOf(params.uri);
        return place ? previewPage(place.opened, place.file, params) : {};
      }),
    );
    connection.onRequest(reportsRequest, (_params: unknown, token: CancellationToken) => this.#ask(token, async () => reportChoices(await this.#chosen(undefined))));
    connection.onRequest(generateReportRequest, (params: GenerateReportParams, token: CancellationToken) =>
      this.#ask(token, async () => {
        const opened = await this.#chosen(params.project);
        await this.#measuring.settled(opened);
        return generateReport(opened, params);
      }),
    );
    connection.onRequest(auditPackRequest, (params: AuditPackParams, token: CancellationToken) =>
      this.#ask(token, async () => {
        const opened = await this.#chosen(params.project);
        await this.#measuring.settled(opened);
        return auditPack(opened, params, signalOf(token), (message) => {
          if (params.workDoneToken !== undefined) void connection.sendProgress(WorkDoneProgress.type, params.workDoneToken, { kind: 'report', message });
        });
      }),
    );
    connection.onRequest(checkWorkspaceRequest, (_params: unknown, token: CancellationToken) =>
      this.#ask(token, async () => {
        await this.#allOpened;
        const projects = await this.#workspace.opened();
        await Promise.all(projects.map(({ ready }) => ready));
        await Promise.all(projects.map((opened) => this.#measuring.settled(opened)));
        return checkResult(projects.map(({ project }) => project));
      }),
    );
    connection.onRequest(measureRequest, (params: MeasureParams | undefined, token: CancellationToken) => this.#ask(token, async () => this.#measureNow(params, token)));
    connection.onRequest(databasesRequest, (_params: unknown, token: CancellationToken) =>
      this.#ask(token, async () => {
        if (!this.#options.trusted) return { databases: [] };
        await this.#allOpened;
        const projects = await this.#workspace.opened();
        await Promise.all(projects.map(({ ready }) => ready));
        const databases = new Map(projects.flatMap(({ project }) => databasesOf(project.model)).map((one) => [`${one.kind} ${one.name}`, one]));
        return await knownDatabases([...databases.values()], this.#connection, process.env);
      }),
    );
    connection.onNotification(credentialsChangedNotification, () =>
      this.#guard('passwords', this.#workspace.opened().then((projects) => {
        for (const opened of projects) if (databasesOf(opened.project.model).length > 0) this.#measuring.request(opened);
      })),
    );
    connection.onRequest(rowsRequest, (params: RowsParams, token: CancellationToken) =>
      this.#ask(token, async () => {
        const controller = new AbortController();
        token.onCancellationRequested(() => controller.abort());
        return figureRows((await this.#chosen(params.project)).project, params, controller.signal);
      }),
    );
    connection.onRequest(proposeSourceRequest, (params: ProposeSourceParams, token: CancellationToken) =>
      this.#ask(token, async () => {
        const controller = new AbortController();
        token.onCancellationRequested(() => controller.abort());
        return proposeSourceFor(await this.#projectOfFiles(params.files), params, controller.signal);
      }),
    );
    connection.onRequest(approvableRequest, (params: ApprovableParams, token: CancellationToken) =>
      this.#ask(token, async () => {
        const { opened, file } = await this.#namedPlace(params.uri);
        return approvableAt(opened.project, file, params) ?? null;
      }),
    );
    connection.onRequest(approveRequest, (params: ApproveParams, token: CancellationToken) => this.#ask(token, async () => approveDeclaration((await this.#namedPlace(params.uri)).opened, params)));
    connection.onRequest(approvedDifferenceRequest, (params: ApprovedDifferenceParams, token: CancellationToken) =>
      this.#ask(token, async () => approvedDifference((await this.#namedPlace(params.uri)).opened.project, params.key)),
    );
    connection.onRequest(viewRequest, (params: ViewParams, token: CancellationToken) => this.#ask(token, async () => viewResult(await this.#loaded(), params)));
    connection.onRequest(viewFixesRequest, ({ project, id }: ViewFixesParams, token: CancellationToken) =>
      this.#ask(token, async () => viewFixes({ versionOf: (uri) => this.#documents.get(uri)?.version ?? null, abilities: () => this.#abilities }, await this.#chosen(project), id)),
    );
    connection.onRequest(impactSubjectRequest, ({ uri, line, character }: ImpactSubjectParams, token: CancellationToken) =>
      this.#ask(token, async () => {
        const { opened, file } = await this.#namedPlace(uri);
        const node = nodeAt(opened.project, file, { line, character });
        return node ? { project: opened.rootUri, key: node.key, title: node.title } : null;
      }),
    );
    connection.onRequest(revisionsRequest, (params: RevisionsParams | undefined, token: CancellationToken) => this.#ask(token, async () => revisionChoices(await this.#chosen(params?.project))));
    connection.onRequest(agreementsRequest, (params: AgreementsParams | undefined, token: CancellationToken) => this.#ask(token, async () => agreementChoices(await this.#chosen(params?.project))));
    connection.onRequest(backTestRequest, (params: BackTestParams, token: CancellationToken) => this.#ask(token, async () => backTestPage(await this.#chosen(params.project), params, token)));
    connection.onRequest(statusRequest, ({ document }: StatusParams, token: CancellationToken) =>
      this.#ask(token, async () => {
        const projects = await this.#loaded();
        const meant = document ?? this.#lastUsed;
        return statusResult(projects, meant === undefined ? undefined : await this.#workspace.projectOf(meant));
      }),
    );
    connection.onNotification(trustGrantedNotification, () => {
      this.#options = { ...this.#options, trusted: true };
      this.#guard('trust', this.#restart());
    });
  }

  async #measureNow({ project, workDoneToken }: MeasureParams = {}, token: CancellationToken): Promise<MeasureResult> {
    const opened = await this.#chosen(project);
    if (!opened.project.trusted) throw new ResponseError(LSPErrorCodes.RequestFailed, 'This workspace is not trusted: no data is read and nothing is measured.');
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    const outcome = await this.#measuring.now(opened, controller.signal, ({ done, total, message }) => {
      if (workDoneToken !== undefined) void this.#connection.sendProgress(WorkDoneProgress.type, workDoneToken, { kind: 'report', percentage: total > 0 ? Math.floor((100 * done) / total) : 0, message });
    });
    if (typeof outcome !== 'string') throw new ResponseError(LSPErrorCodes.RequestFailed, `Measuring failed: ${outcome.failure}`);
    return measureResult(opened.project, outcome === 'measured');
  }

  /** The project that files which are no texts lie in. */
  async #projectOfFiles(uris: readonly string[]): Promise<OpenProject> {
    await this.#allOpened;
    const outside = uris.find((uri) => !this.#folders.some((folder) => isInside(folder, URI.parse(uri).fsPath)));
    if (outside !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, `“${basename(URI.parse(outside).fsPath)}” lies outside the project's folder and is not read: copy it into the folder first.`);
    const [opened, ...others] = new Set(await Promise.all(uris.map((uri) => this.#workspace.projectOf(uri))));
    if (!opened || others.length > 0) throw new ResponseError(LSPErrorCodes.RequestFailed, 'These files do not all lie in one project.');
    await opened.ready;
    return opened;
  }

  async #namedPlace(uri: string): Promise<{ readonly opened: OpenProject; readonly file: string }> {
    const opened = await this.#workspace.projectOf(uri);
    await opened.ready;
    return { opened, file: opened.fileOf(uri) };
  }

  /** All projects, once every text has been read. */
  async #loaded(): Promise<readonly OpenProject[]> {
    await this.#allOpened;
    const projects = await this.#workspace.opened();
    await Promise.all(projects.map(({ ready }) => ready.catch(() => undefined)));
    return projects;
  }

  /** The project that is meant: by its folder's URI, else that of the document used last, else the largest. */
  async #chosen(uri: string | undefined): Promise<OpenProject> {
    await this.#allOpened;
    const projects = await this.#workspace.opened();
    const named = projects.find(({ rootUri }) => rootUri === uri);
    const used = this.#lastUsed === undefined ? undefined : await this.#workspace.projectOf(this.#lastUsed);
    await Promise.all(projects.map(({ ready }) => ready.catch(() => undefined)));
    const chosen = named ?? used ?? projects.toSorted((a, b) => b.project.files().length - a.project.files().length)[0];
    if (!chosen) throw new ResponseError(LSPErrorCodes.RequestFailed, 'No folder is open.');
    await chosen.ready;
    return chosen;
  }

  /** Where a document stands, once its project has been read; undefined for what is no text of a project. */
  async #placeOf(uri: string): Promise<Place | undefined> {
    if (!uri.startsWith('file:') && !uri.startsWith('untitled:')) return undefined;
    const opened = this.#workspace.knownProjectOf(uri) ?? (await this.#workspace.projectOf(uri));
    if (!opened.isLoaded) await opened.ready.catch(() => undefined);
    return { opened, project: opened.project, file: opened.fileOf(uri) };
  }

  #changed(opened: OpenProject): void {
    this.#publisher.schedule(opened);
  }

  async #showProgress(opened: OpenProject, onStop: () => void): Promise<ShownProgress | undefined> {
    if (!this.#abilities.progress) return undefined;
    const shown = await this.#connection.window.createWorkDoneProgress();
    shown.begin(`ITSMS: measuring ${basename(opened.folder)}`, 0, undefined, true);
    shown.token.onCancellationRequested(onStop);
    return {
      report: ({ done, total, message }) => shown.report(total > 0 ? Math.floor((100 * done) / total) : 0, message),
      done: () => shown.done(),
    };
  }

  /** Tells the client that answers may have changed: once for changes that follow each other closely, as in typing. */
  #announce(): void {
    this.#announcement ??= setTimeout(() => {
      this.#announcement = undefined;
      void this.#connection.sendNotification(assessmentChangedNotification, {});
    }, announceAfter);
  }

  #sayUntrusted(): void {
    if (this.#options.trusted || this.#saidUntrusted) return;
    this.#saidUntrusted = true;
    void this.#connection.sendNotification('window/showMessage', {
      type: 3,
      message: 'ITSMS: this workspace is not trusted. Its texts are checked; no data is read, nothing is measured and nothing is written.',
    });
  }

  /** A feature answers nothing rather than fail; what went wrong is in the log. */
  async #answer<Result>(feature: string, token: CancellationToken, work: () => Promise<Result> | Result): Promise<Result | null> {
    // A cancellation that has already arrived is seen before any work is done.
    await new Promise((resolve) => setImmediate(resolve));
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled');
    try {
      return await work();
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      this.#failed(feature, error);
      return null;
    }
  }

  /** A request of the client's commands: whoever asked is told why there is no answer. */
  async #ask<Result>(token: CancellationToken, work: () => Promise<Result>): Promise<Result> {
    try {
      const result = await work();
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled');
      return result;
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      this.#failed('request', error);
      throw new ResponseError(ErrorCodes.InternalError, error instanceof Error ? error.message : String(error));
    }
  }

  #guard(what: string, work: Promise<void>): void {
    work.catch((error: unknown) => this.#failed(what, error));
  }

  #failed(what: string, error: unknown): void {
    this.#connection.console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

/** Options come from the client: what has not the right type is left out. */
function readOptions(value: unknown): InitializationOptions {
  if (typeof value !== 'object' || value === null) return { trusted: false };
  const { trusted, cacheFolder, asOf, keepsSecrets } = value as Readonly<Record<string, unknown>>;
  return {
    trusted: trusted === true,
    ...(keepsSecrets === true ? { keepsSecrets } : {}),
    ...(typeof cacheFolder === 'string' && cacheFolder !== '' ? { cacheFolder } : {}),
    ...(typeof asOf === 'string' && asOf !== '' ? { asOf } : {}),
  };
}
