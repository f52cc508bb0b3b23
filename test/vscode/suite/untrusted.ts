import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { diagnosticsAt, eventually, fileIn, open, rangeOf, replace, shown } from './support.ts';

describe('in a workspace that is not trusted', () => {
  before(async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await vscode.extensions.getExtension('itsms.itsms')?.activate();
  });

  it('checks what is typed', async () => {
    const editor = await open('acme.itsms');
    await replace(editor, 'owner anna', 'owner anan');
    await eventually(
      'a finding at the misspelt name',
      () => diagnosticsAt(editor.document.uri, rangeOf(editor.document, 'anan')).length > 0,
      () => shown(editor.document.uri),
    );
    await replace(editor, 'owner anan', 'owner anna');
  });

  it('measures nothing from exports', async () => {
    await vscode.commands.executeCommand('itsms.checkWorkspace');
    const messages = shown(fileIn('acme.itsms'));
    assert.ok(messages.length > 0, 'the text itself is checked');
    assert.deepEqual(
      messages.filter((message) => /p1-restore” was missed|11 of 12/.test(message)),
      [],
    );
  });

  it('measures nothing when it is asked to, and shows no rows', async () => {
    assert.equal(await vscode.commands.executeCommand('itsms.measure'), undefined);
    assert.equal(await vscode.commands.executeCommand('itsms.showRows', { subject: { kind: 'target', agreement: 'email-gold', target: 'p1-restore' }, period: '2026-10' }), undefined);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[] | undefined>('vscode.executeCodeLensProvider', fileIn('acme.itsms'));
    assert.deepEqual((lenses ?? []).filter(({ command }) => command?.title.includes('2026-') === true), []);
  });

  it('writes no report', async () => {
    const target = fileIn('reports/october.md');
    await vscode.commands.executeCommand('itsms.generateReport', { report: 'service-report', format: 'md', target });
    assert.equal(existsSync(target.fsPath), false);
  });

  it('keeps nothing in the workspace', async () => {
    const files = await vscode.workspace.findFiles('**/*');
    assert.deepEqual(files.map(({ path }) => path.split('/').at(-1)).toSorted(), [
      'acme.itsms',
      'changes.csv',
      'incident-2026-10.csv',
      'itsms.config.json',
      'outages.csv',
      'printing.itsms',
      'settings.json',
    ]);
  });
});
