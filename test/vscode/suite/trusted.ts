import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('in a trusted workspace', () => {
  it('trusts the workspace', () => {
    assert.equal(vscode.workspace.isTrusted, true);
  });
});
