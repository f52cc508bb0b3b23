import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { eventually, fileIn, folder, open, rangeOf, replace } from './support.ts';

/** What a client's git says in the folder that is open; as nobody in particular. */
function git(...command: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...command], { cwd: folder().fsPath, stdio: 'pipe' });
}

/** A page stands in a tab of its own, which comes a little later. */
async function shownInTab(label: RegExp): Promise<void> {
  const labels = (): readonly string[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
  await eventually(`a tab ${label}`, () => labels().some((one) => label.test(one)), labels);
}

describe('proofs', () => {
  before(async () => {
    await vscode.extensions.getExtension('itsms.itsms')?.activate();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });

  it('shows whom the declaration at the cursor touches', async () => {
    const editor = await open('acme.itsms');
    const at = rangeOf(editor.document, 'service network').end;
    editor.selection = new vscode.Selection(at, at);
    const subject = await vscode.commands.executeCommand<{ readonly key: string; readonly title: string } | undefined>('itsms.showImpact');
    assert.equal(subject?.key, 'Service:network');
    assert.match(subject.title, /^Campus/);
  });

  it('tells what changed since a tag, also what is not saved yet', async () => {
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'First state');
    git('tag', 'approved-1');
    const editor = await open('acme.itsms');
    await replace(editor, 'availability >= 99.8% per month from outages', 'availability >= 99.5% per month from outages');
    const page = await eventually('the loosened promise', async () => {
      const content = await vscode.commands.executeCommand<string | undefined>('itsms.whatChanged', { since: 'approved-1' });
      return content !== undefined && /99\.8%[\s\S]*99\.5%[\s\S]*loosened: less is promised/.test(content) ? content : undefined;
    });
    assert.match(page, /approved-1/);
    await shownInTab(/^What Changed Since approved-1$/);
  });

  it('tests an agreement on the last months', async () => {
    const page = await vscode.commands.executeCommand<string | undefined>('itsms.backTest', { agreement: 'email-gold' });
    assert.match(page ?? '', /E-mail, gold/);
    assert.match(page ?? '', /<svg/);
    await shownInTab(/E-mail, gold/);
  });

  it('compares what records show with flows, once a source says which steps they stand for', async () => {
    const editor = await open('acme.itsms');
    const source = rangeOf(editor.document, 'source tickets of incident from "data/incident-*.csv" {');
    assert.ok(await editor.edit((edit) => edit.insert(source.end, '\n  steps of incident { opened = log  restored = fix }')));
    const page = await eventually('the fitness of the flow', async () => {
      const content = await vscode.commands.executeCommand<string | undefined>('itsms.showConformance');
      return content !== undefined && /fitness/i.test(content) ? content : undefined;
    });
    assert.match(page, /Incident management/);
    await shownInTab(/^How Processes Were Followed$/);
  });

  it('draws the flow of the process whose lens is used', async () => {
    await open('acme.itsms');
    const lens = await eventually('a lens above the process', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', fileIn('acme.itsms'));
      return lenses.find(({ command }) => command?.command === 'itsms.showFlow');
    });
    const page = await vscode.commands.executeCommand<string | undefined>('itsms.showFlow', ...((lens.command?.arguments ?? []) as unknown[]));
    assert.match(page ?? '', /Incident management/);
    assert.match(page ?? '', /<svg/);
    assert.doesNotMatch(page ?? '', /process-problem/);
  });
});
