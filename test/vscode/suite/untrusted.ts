import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('in a workspace that is not trusted', () => {
  it('does not trust the workspace', () => {
    assert.equal(vscode.workspace.isTrusted, false);
  });
});
