import { CodeActionKind, TextDocumentSyncKind, type ClientCapabilities, type ServerCapabilities } from 'vscode-languageserver';
import { semanticTokenModifiers, semanticTokenTypes } from './semantic-tokens.ts';

/** What the client can take, as far as answers depend on it. */
export interface ClientAbilities {
  readonly snippets: boolean;
  readonly snippetEdits: boolean;
  /** Whether it asks for the edit of an action when somebody chooses it. */
  readonly resolvesActions: boolean;
  readonly watchesFiles: boolean;
  readonly workspaceFolders: boolean;
  /** Whether it shows the progress of work that the server begins. */
  readonly progress: boolean;
  /** Whether it asks for lenses anew when the server says so. */
  readonly refreshesLenses: boolean;
}

export function abilitiesOf(capabilities: ClientCapabilities): ClientAbilities {
  return {
    snippets: capabilities.textDocument?.completion?.completionItem?.snippetSupport === true,
    snippetEdits: capabilities.workspace?.workspaceEdit?.snippetEditSupport === true,
    resolvesActions: capabilities.textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true && capabilities.textDocument.codeAction.dataSupport === true,
    watchesFiles: capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: capabilities.workspace?.workspaceFolders === true,
    progress: capabilities.window?.workDoneProgress === true,
    refreshesLenses: capabilities.workspace?.codeLens?.refreshSupport === true,
  };
}

export const serverCapabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  completionProvider: { triggerCharacters: [' ', '.', ':', '"'], resolveProvider: true, completionItem: { labelDetailsSupport: true } },
  hoverProvider: true,
  codeLensProvider: { resolveProvider: false },
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  callHierarchyProvider: true,
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentLinkProvider: { resolveProvider: false },
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix], resolveProvider: true },
  semanticTokensProvider: { legend: { tokenTypes: [...semanticTokenTypes], tokenModifiers: [...semanticTokenModifiers] }, full: true, range: true },
  workspace: {
    workspaceFolders: { supported: true, changeNotifications: true },
    textDocumentContent: { schemes: ['itsms'] },
  },
};
