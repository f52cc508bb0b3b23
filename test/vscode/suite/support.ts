import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** The one folder that is open: a copy of `test/vscode/workspace`. */
export function folder(): vscode.Uri {
  const first = vscode.workspace.workspaceFolders?.[0];
  assert.ok(first, 'no folder is open');
  return first.uri;
}

export function fileIn(name: string): vscode.Uri {
  return vscode.Uri.joinPath(folder(), ...name.split('/'));
}

/**
 * Asks again and again until there is an answer.
 *
 * @throws AssertionError when there is none within the deadline, with what was seen last
 */
export async function eventually<Answer>(
  what: string,
  ask: () => Answer | undefined | Promise<Answer | undefined>,
  seen: () => unknown = () => undefined,
  deadlineSeconds = 30,
): Promise<Answer> {
  const deadline = performance.now() + deadlineSeconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (performance.now() > deadline) {
      assert.fail(`${what}: not within ${deadlineSeconds} s; seen: ${JSON.stringify(seen())}`);
    }
    await new Promise((settle) => setTimeout(settle, 50));
  }
}

export async function open(name: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(fileIn(name));
  return vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.One });
}

/** The range of the first occurrence of a text in a document; `|` in it marks a place inside. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `${JSON.stringify(text)} is not in ${document.uri.path}`);
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + text.length));
}

/** Replaces the first occurrence of a text, as one edit of the open document. */
export async function replace(editor: vscode.TextEditor, text: string, by: string): Promise<void> {
  const range = rangeOf(editor.document, text);
  assert.ok(await editor.edit((edit) => edit.replace(range, by)));
}

export function diagnosticsAt(uri: vscode.Uri, range: vscode.Range): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((one) => one.range.intersection(range) !== undefined);
}

export function shown(uri: vscode.Uri): string[] {
  return vscode.languages.getDiagnostics(uri).map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}
