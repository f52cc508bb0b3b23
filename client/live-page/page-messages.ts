/** What pages say to the extension. Whatever comes from a page is data: what is not of these forms is nothing. */
import * as vscode from 'vscode';
import type { RowsParams } from '../../server/protocol.ts';

/** Choices of the page by the names the server gave them; none for what is not chosen. */
export type Choices = Readonly<Record<string, string>>;

export type PageMessage =
  /** The page stands, and may show something older than what was sent last. */
  | { readonly type: 'ready' }
  /** A file of the project, relative to its root with `/`, or a whole URI. Lines and columns count from 1. */
  | { readonly type: 'open'; readonly file: string; readonly line: number; readonly column: number }
  | { readonly type: 'rows'; readonly figure: RowsParams }
  | { readonly type: 'choose'; readonly choices: Choices }
  | { readonly type: 'export' };

export function readPageMessage(message: unknown): PageMessage | undefined {
  if (!isRecord(message)) {
    return undefined;
  }
  const { type, file, line, column, choices, figure } = message;
  switch (type) {
    case 'ready':
    case 'export':
      return { type };
    case 'open':
      return typeof file === 'string' && isCount(line) && isCount(column) ? { type, file, line, column } : undefined;
    case 'choose': {
      const read = readChoices(choices);
      return read && { type, choices: read };
    }
    case 'rows': {
      const read = readFigure(figure);
      return read && { type, figure: read };
    }
    default:
      return undefined;
  }
}

const longestId = 200;

export function readChoices(choices: unknown): Choices | undefined {
  if (!isRecord(choices)) {
    return undefined;
  }
  const entries = Object.entries(choices).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].length <= longestId && entry[0].length <= longestId);
  return Object.fromEntries(entries.slice(0, 10));
}

function readFigure(figure: unknown): RowsParams | undefined {
  if (!isRecord(figure) || typeof figure['period'] !== 'string' || !isRecord(figure['subject'])) {
    return undefined;
  }
  const { kind, agreement, target, limit, metric, group } = figure['subject'];
  const { period } = figure;
  if (kind === 'target' && typeof agreement === 'string' && typeof target === 'string') {
    return { period, subject: { kind, agreement, target } };
  }
  if (kind === 'workload' && typeof agreement === 'string' && typeof limit === 'string') {
    return { period, subject: { kind, agreement, limit } };
  }
  if (kind === 'metric' && typeof metric === 'string') {
    const groups = readChoices(group);
    return { period, subject: { kind, metric, ...(groups === undefined ? {} : { group: groups }) } };
  }
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}

/** Opens the place in the text, if it lies in the workspace. */
export async function openPlace(place: { readonly file: string; readonly line: number; readonly column: number }, root: vscode.Uri | undefined): Promise<void> {
  const base = root ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = /^[a-z][a-z0-9+.-]+:\/\//i.test(place.file)
    ? vscode.Uri.parse(place.file)
    : base === undefined
      ? undefined
      : vscode.Uri.joinPath(base, ...place.file.split('/'));
  if (uri === undefined || vscode.workspace.getWorkspaceFolder(uri) === undefined) {
    return;
  }
  const position = new vscode.Position(place.line - 1, place.column - 1);
  await vscode.window.showTextDocument(uri, {
    selection: new vscode.Range(position, position),
    // The page stays where it is; the text opens where the text is.
    viewColumn: vscode.window.visibleTextEditors[0]?.viewColumn ?? vscode.ViewColumn.One,
  });
}
