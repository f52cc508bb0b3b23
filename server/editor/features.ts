import {
  CodeActionKind,
  DocumentHighlightKind,
  LSPErrorCodes,
  MarkupKind,
  ResponseError,
  SymbolInformation,
  type CallHierarchyItem,
  type CancellationToken,
  type CodeAction,
  type Connection,
  type Location,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { formatText } from '../../language/formatting/format.ts';
import type { Finding } from '../../language/model/finding.ts';
import { describeType } from '../../language/references/link-check.ts';
import { builtInFile, isBuiltIn } from '../../language/references/built-in.ts';
import { spanLine, type Span } from '../../language/model/span.ts';
import type { Project } from '../project/project.ts';
import { clauseOf } from '../reports/facts/gaps.ts';
import { namesContent } from '../assessment/approved-content.ts';
import { approvableIn } from './approval-requests.ts';
import { canBeApproved } from './approve.ts';
import { catalogueDocument } from './catalogue-document.ts';
import { fixAll, fixesAt, isSnippet } from './code-actions.ts';
import { complete, resolveCompletion, type CompletionData } from './completion/completion.ts';
import type { ClientAbilities } from './capabilities.ts';
import { dataCompletion } from './data-completion.ts';
import { dataHoverAt } from './data-hover.ts';
import { DataPreview } from './data-preview.ts';
import { signalOf } from './signal-of.ts';
import { DatabasePreview } from '../measurement/databases/database-preview.ts';
import { diagnosticOf } from './diagnostics.ts';
import { fileLinks } from './document-links.ts';
import { pageAddress } from './explaining-pages.ts';
import { feasibilityHoverAt, feasibilityLenses } from './feasibility-places.ts';
import { figureHoverAt } from './figure-hover.ts';
import { flowHoverAt, flowLenses } from './flow-places.ts';
import { foldingRanges } from './folding.ts';
import { hoverAt } from './hover.ts';
import { hierarchyData, hierarchyItem, incoming, nodeAt, outgoing, type Addressed } from './impact.ts';
import { figureLenses } from './lenses.ts';
import { nameAt, occurrencesOf } from './occurrences.ts';
import { prepareRename, rename, RenameRefusal } from './rename.ts';
import { selectionRange } from './selection.ts';
import { semanticTokens } from './semantic-tokens.ts';
import { documentSymbols, workspaceSymbols } from './symbols.ts';
import { lineEdits } from './text-edits.ts';
import { clauseFix, hasGapsBeside } from './views/clause-fixes.ts';
import { viewInput } from './views/view-requests.ts';
import type { OpenProject } from './workspace.ts';
import { workspaceEdit } from './workspace-edit.ts';

/** A document within its project. */
export interface Place {
  readonly opened: OpenProject;
  readonly project: Project;
  readonly file: string;
}

export interface FeatureHost {
  readonly connection: Connection;
  readonly placeOf: (uri: string) => Promise<Place | undefined>;
  readonly projects: () => Promise<readonly OpenProject[]>;
  readonly versionOf: (uri: string) => number | null;
  readonly abilities: () => ClientAbilities;
  readonly answer: <Result>(feature: string, token: CancellationToken, work: () => Promise<Result> | Result) => Promise<Result | null>;
}

interface OfDocument {
  readonly textDocument: { readonly uri: string };
}

/** Connects the features, which know nothing of the wire, with the requests of the protocol. */
export function registerFeatures(host: FeatureHost): void {
  const { connection, answer } = host;

  /** A handler about a document of a project. */
  const about =
    <Params extends OfDocument, Result>(feature: string, work: (place: Place, params: Params, signal: () => AbortSignal) => Promise<Result | null> | Result | null) =>
    (params: Params, token: CancellationToken): Promise<Result | null> =>
      answer(feature, token, async () => {
        const place = await host.placeOf(params.textDocument.uri);
        return place && place.project.text(place.file) !== undefined ? work(place, params, () => signalOf(token)) : null;
      });

  connection.onCompletion(
    about('completion', async ({ project, opened, file }, { position, context }, signal) => {
      const data = project.trusted ? await dataCompletion(project, previewOf(project), file, position, signal()) : [];
      // A quote asks for what the data holds, and elsewhere for nothing.
      if (context?.triggerCharacter === '"') return { isIncomplete: false, items: data };
      const list = complete(project, file, position, {
        snippets: host.abilities().snippets,
        ...(context?.triggerCharacter !== undefined ? { triggerCharacter: context.triggerCharacter } : {}),
      });
      for (const item of list.items) if (item.data !== undefined) item.data = { ...(item.data as CompletionData), uri: opened.uriOf(file) };
      return { ...list, items: [...data, ...list.items] };
    }),
  );
  connection.onCompletionResolve(async (item, token) => {
    const data = item.data as (CompletionData & { readonly uri: string }) | undefined;
    if (data === undefined) return item;
    const resolved = await answer('completion', token, async () => {
      const place = await host.placeOf(data.uri);
      return place ? resolveCompletion(place.project, item, data) : item;
    });
    return resolved ?? item;
  });

  connection.onHover(
    about('hover', async ({ project, file }, { position }, signal) => {
      const data = project.trusted ? await dataHoverAt(project, previewOf(project), file, position, signal()) : undefined;
      const said = [hoverAt(project, file, position), figureHoverAt(project, file, position), feasibilityHoverAt(project, file, position), flowHoverAt(project, file, position), data].filter((one) => one !== undefined);
      const hover = said[0] && { ...said[0], text: said.map(({ text }) => text).join('\n\n---\n\n') };
      return hover ? { contents: { kind: MarkupKind.Markdown, value: hover.text }, range: hover.range } : null;
    }),
  );

  connection.onCodeLens(about('lenses', ({ project, opened, file }) => [...figureLenses(project, file, opened.rootUri), ...feasibilityLenses(project, file), ...flowLenses(project, file, opened.rootUri)]));

  connection.onDefinition(
    about('definition', ({ project, opened, file }, { position }) => {
      const found = nameAt(project, file, position);
      if (!found?.known) return null;
      if (isBuiltIn(found.known.entity)) {
        const document = catalogueDocument();
        const range = document.rangeOf(found.known.name.id);
        return range ? [{ uri: document.uri, range }] : null;
      }
      return occurrencesOf(project, found.type, found.id)
        .filter(({ isDeclaration }) => isDeclaration)
        .map((place): Location => ({ uri: opened.uriOf(place.file), range: place.range }));
    }),
  );

  connection.onReferences(
    about('references', ({ project, opened, file }, { position, context }) => {
      const found = nameAt(project, file, position);
      if (!found) return null;
      return occurrencesOf(project, found.type, found.id)
        .filter(({ isDeclaration }) => context.includeDeclaration || !isDeclaration)
        .map((place): Location => ({ uri: opened.uriOf(place.file), range: place.range }));
    }),
  );

  connection.onDocumentHighlight(
    about('highlights', ({ project, file }, { position }) => {
      const found = nameAt(project, file, position);
      if (!found) return null;
      return occurrencesOf(project, found.type, found.id)
        .filter((place) => place.file === file)
        .map(({ range, isDeclaration }) => ({ range, kind: isDeclaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read }));
    }),
  );

  connection.onPrepareRename(about('rename', ({ project, file }, { position }) => refusable(() => prepareRename(project, file, position))));
  connection.onRenameRequest(
    about('rename', ({ project, opened, file }, { position, newName }): WorkspaceEdit => {
      const edits = refusable(() => rename(project, file, position, newName));
      return workspaceEdit(host, opened, edits.map(({ file: where, range, newText }) => ({ file: where, range, text: newText })), false);
    }),
  );

  connection.languages.callHierarchy.onPrepare(
    about('hierarchy', ({ project, opened, file }, { position }) => {
      const node = nodeAt(project, file, position);
      const item = node && hierarchyItem(addressed(opened), node);
      return item ? [item] : null;
    }),
  );
  const hierarchy = <Call>(item: CallHierarchyItem, token: CancellationToken, calls: (opened: Addressed, key: string) => Call[]): Promise<Call[] | null> =>
    answer('hierarchy', token, async () => {
      const data = hierarchyData(item);
      const opened = data && (await host.projects()).find(({ rootUri }) => rootUri === data.root);
      return opened && data ? calls(addressed(opened), data.key) : null;
    });
  connection.languages.callHierarchy.onIncomingCalls(({ item }, token) => hierarchy(item, token, incoming));
  connection.languages.callHierarchy.onOutgoingCalls(({ item }, token) => hierarchy(item, token, outgoing));

  connection.onDocumentSymbol(about('outline', ({ project, file }) => documentSymbols(project, file)));
  connection.onWorkspaceSymbol(({ query }, token) =>
    answer('symbols', token, async () => {
      const projects = await host.projects();
      return projects.flatMap((opened) =>
        workspaceSymbols(opened.project, query).map(({ name, title, kind, range, file, type }) =>
          SymbolInformation.create(title !== undefined ? `${name} ${title}` : name, kind, range, opened.uriOf(file), describeType(type)),
        ),
      );
    }),
  );

  connection.onFoldingRanges(about('folding', ({ project, file }) => foldingRanges(project.text(file) ?? '')));
  connection.onDocumentLinks(about('links', ({ project, opened, file }) => fileLinks(project, file).map((link) => ({ range: link.range, target: opened.uriOf(link.file) }))));
  connection.onSelectionRanges(about('selection', ({ project, file }, { positions }) => positions.map((position) => selectionRange(project, file, position))));

  connection.onDocumentFormatting(about('formatting', ({ project, file }): TextEdit[] => formatted(project, file)));
  connection.onDocumentRangeFormatting(
    about('formatting', ({ project, file }, { range }): TextEdit[] => formatted(project, file).filter((edit) => edit.range.end.line >= range.start.line && edit.range.start.line <= range.end.line)),
  );

  connection.onCodeAction(
    about('fixes', ({ project, opened, file }, { range, context }): CodeAction[] => {
      const wanted = (kind: CodeActionKind): boolean => !context.only || context.only.some((only) => kind.startsWith(only));
      const approving = project.trusted && wanted(CodeActionKind.RefactorRewrite) ? approvingActions(project, opened.uriOf(file), file, range.start.line) : [];
      if (!wanted(CodeActionKind.QuickFix)) return approving;
      const located = project.locatedFindingsOf(file);
      const offered = fixesAt(project, file, range);
      const together = [...new Set(offered.map(({ finding }) => finding))].flatMap((finding) => fixAll(project, offered.filter((one) => one.finding === finding)) ?? []);
      const fixes = [...offered, ...together].map(({ finding, fix, edits }): CodeAction => {
        const shown = located.find((one) => one.finding === finding);
        return {
          title: fix.title,
          kind: CodeActionKind.QuickFix,
          ...(shown ? { diagnostics: [diagnosticOf(shown, { uriOf: (other) => opened.uriOf(other), pageOf: pageAddress })] } : {}),
          isPreferred: finding.fixes.length === 1 && !edits.some(({ text }) => isSnippet(text)),
          edit: workspaceEdit(host, opened, edits, true),
        };
      });
      return [...fixes, ...clauseActions(host, opened, offered.map(({ finding }) => finding)), ...approving];
    }),
  );
  // What is missing for a whole clause is put together when somebody asks for it.
  connection.onCodeActionResolve((action, token) =>
    answer('fixes', token, async (): Promise<CodeAction> => {
      const { root, clause } = (action.data ?? {}) as Partial<ClauseActionData>;
      const opened = (await host.projects()).find(({ rootUri }) => rootUri === root);
      const all = opened && clause !== undefined ? clauseFix(opened.project, viewInput(opened.project), clause) : undefined;
      return opened && all ? { ...action, edit: workspaceEdit(host, opened, all.edits, true) } : action;
    }).then((resolved) => resolved ?? action),
  );

  connection.languages.semanticTokens.on(async (params, token) => (await about('tokens', ({ project, file }: Place) => ({ data: semanticTokens(project, file) }))(params, token)) ?? { data: [] });
  connection.languages.semanticTokens.onRange(
    async (params, token) => (await about('tokens', ({ project, file }: Place) => ({ data: semanticTokens(project, file, params.range.start.line, params.range.end.line) }))(params, token)) ?? { data: [] },
  );

  connection.workspace.textDocumentContent.on(({ uri }) => (uri.replace(/^itsms:\/+/, 'itsms:/') === builtInFile ? { text: catalogueDocument().text } : null));
}

function addressed(opened: OpenProject): Addressed {
  return { project: opened.project, rootUri: opened.rootUri, uriOf: (file) => opened.uriOf(file) };
}

const previews = new WeakMap<Project, DataPreview>();

/** What was seen of a project's data; only a trusted project's data is looked into. */
function previewOf(project: Project): DataPreview {
  let preview = previews.get(project);
  if (!preview) previews.set(project, (preview = new DataPreview(project.host, new DatabasePreview({ environment: process.env, credentials: () => project.databaseCredentials() }))));
  return preview;
}

/** Approving is a command, because it asks who does; it is offered where a declaration says its name or its approvals. */
function approvingActions(project: Project, uri: string, file: string, line: number): CodeAction[] {
  const placed = approvableIn(project, file, line);
  if (!placed || !canBeApproved(placed.entity.node)) return [];
  const { node, key } = placed.entity;
  const isAtApproval = node.approvals.some(({ $at }) => $at['$self'] !== undefined && placed.line + spanLine($at['$self'] as Span) === line);
  if (line !== placed.line && !isAtApproval) return [];
  const action = (title: string, command: string): CodeAction => ({ title, kind: CodeActionKind.RefactorRewrite, command: { title, command, arguments: [{ uri, key }] } });
  return [action('Approve as it reads now…', 'itsms.approve'), ...(namesContent(node) ? [action('Show what changed since it was approved', 'itsms.showChangedSinceApproval')] : [])];
}

/** Which clause of which project an action mends. */
interface ClauseActionData {
  readonly root: string;
  readonly clause: string;
}

/** Beside what is missing here, what is missing for the same clause elsewhere. */
function clauseActions(host: FeatureHost, { project, rootUri }: OpenProject, here: readonly Finding[]): CodeAction[] {
  const clauses = [...new Set(here.flatMap((finding) => clauseOf(finding) ?? []))];
  if (clauses.length === 0 || !host.abilities().resolvesActions) return [];
  const input = viewInput(project);
  return clauses.flatMap((clause): CodeAction[] => {
    const data: ClauseActionData = { root: rootUri, clause };
    return hasGapsBeside(input, clause, here) ? [{ title: `Scaffold all that is missing for clause ${clause}`, kind: CodeActionKind.QuickFix, data }] : [];
  });
}

function formatted(project: Project, file: string): TextEdit[] {
  const text = project.text(file) ?? '';
  return lineEdits(text, formatText(text, { services: project.builder.services }));
}

function refusable<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof RenameRefusal) throw new ResponseError(LSPErrorCodes.RequestFailed, error.message);
    throw error;
  }
}
