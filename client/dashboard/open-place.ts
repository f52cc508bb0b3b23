import * as vscode from 'vscode';

/** What the page says when a link into the text is followed. Lines and columns count from 1. */
export interface OpenMessage {
  readonly type: 'open';
  /** A file of the project, relative to its root with `/`, or a whole URI. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** @returns the message, or undefined when it is not one: what a page sends is data */
export function readOpenMessage(message: unknown): OpenMessage | undefined {
  if (typeof message !== 'object' || message === null) {
    return undefined;
  }
  const { type, file, line, column } = message as Readonly<Record<string, unknown>>;
  const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
  return type === 'open' && typeof file === 'string' && isCount(line) && isCount(column) ? { type, file, line, column } : undefined;
}

/** Opens the place in the text, if it lies in the workspace. */
export async function openPlace(message: unknown, root: vscode.Uri | undefined): Promise<void> {
  const place = readOpenMessage(message);
  if (place === undefined) {
    return;
  }
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
