import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { diagnosticsAt, eventually, fileIn, folder, open, rangeOf, replace, shown } from './support.ts';

const misspelt = 'owner anan';

describe('in a trusted workspace', () => {
  before(async () => {
    assert.equal(vscode.workspace.isTrusted, true);
    await vscode.extensions.getExtension('itsms.itsms')?.activate();
  });

  afterEach(async () => {
    // Each test starts from the text as it is on disk.
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });

  it('knows the language of an .itsms file', async () => {
    const { document } = await open('acme.itsms');
    assert.equal(document.languageId, 'itsms');
  });

  it('shows a finding as the text is edited, and takes it away again', async () => {
    const editor = await open('acme.itsms');
    await replace(editor, 'owner anna', misspelt);
    const range = rangeOf(editor.document, 'anan');
    // A rule about whoever is named there may have found something too.
    const finding = await eventually(
      'a finding at the misspelt name',
      () => diagnosticsAt(editor.document.uri, range).find(({ code }) => String(typeof code === 'object' ? code.value : code) === 'unknown-name'),
      () => shown(editor.document.uri),
    );
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
    assert.match(finding.message, /anan/);
    assert.match(finding.message, /anna/, 'it says what was probably meant');
    assert.deepEqual(finding.range, range, 'it marks the name and nothing more');
    await replace(editor, misspelt, 'owner anna');
    await eventually(
      'no finding at the name',
      () => diagnosticsAt(editor.document.uri, rangeOf(editor.document, 'owner anna')).every(({ message }) => !message.includes('anan')),
      () => shown(editor.document.uri),
    );
  });

  it('shows in one file what an edit of another broke', async () => {
    const other = fileIn('printing.itsms');
    const editor = await open('acme.itsms');
    await replace(editor, 'service network "Campus', 'service net-work "Campus');
    await eventually(
      'a finding in the other file',
      () => vscode.languages.getDiagnostics(other).some(({ message }) => message.includes('network')),
      () => shown(other),
    );
    await replace(editor, 'service net-work "Campus', 'service network "Campus');
    await eventually(
      'no finding in the other file',
      () => vscode.languages.getDiagnostics(other).every(({ message }) => !message.includes('network')),
      () => shown(other),
    );
  });

  it('offers names of the right kind, with documentation', async () => {
    const editor = await open('acme.itsms');
    await replace(editor, 'owner anna', 'owner a');
    const { end } = rangeOf(editor.document, 'owner a');
    const list = await eventually('completion', async () => {
      const answer = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        editor.document.uri,
        end,
        undefined,
        50,
      );
      return answer.items.length > 0 ? answer : undefined;
    });
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('anna'), labels.join(', '));
    assert.ok(!labels.includes('email'), 'a service owns nothing');
    const anna = list.items.find(({ label }) => (typeof label === 'string' ? label : label.label) === 'anna');
    assert.ok(anna?.documentation !== undefined || anna?.detail !== undefined, 'it says who that is');
  });

  it('offers keywords where a fact begins', async () => {
    const editor = await open('printing.itsms');
    await replace(editor, '  status live\n', '  \n  status live\n');
    const position = new vscode.Position(rangeOf(editor.document, '  \n').start.line, 2);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      editor.document.uri,
      position,
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(
      labels.some((label) => label.startsWith('criticality')),
      labels.join(', '),
    );
  });

  it('says on hover what a name stands for', async () => {
    const editor = await open('acme.itsms');
    const hovers = await eventually('a hover', async () => {
      const answer = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        editor.document.uri,
        rangeOf(editor.document, 'anna\n  customer retail').start,
      );
      return answer.length > 0 ? answer : undefined;
    });
    const text = hovers.flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value))).join('\n');
    assert.match(text, /Anna Berg/);
  });

  it('goes from a name to its declaration, across files', async () => {
    const editor = await open('printing.itsms');
    const places = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      editor.document.uri,
      rangeOf(editor.document, 'network').start,
    );
    const [place] = places;
    assert.ok(place);
    const uri = 'targetUri' in place ? place.targetUri : place.uri;
    assert.equal(uri.path, fileIn('acme.itsms').path);
  });

  it('goes from a requirement to the built-in catalogue', async () => {
    const editor = await open('acme.itsms');
    const [place] = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      editor.document.uri,
      rangeOf(editor.document, 'iso20000:8.6.1').start.translate(0, 12),
    );
    assert.ok(place);
    const [uri, range] = 'targetUri' in place ? [place.targetUri, place.targetRange] : [place.uri, place.range];
    assert.equal(uri.scheme, 'itsms');
    const document = await vscode.workspace.openTextDocument(uri);
    assert.match(document.lineAt(range.start.line).text, /iso20000:8\.6\.1/);
  });

  it('finds all references, across files', async () => {
    const editor = await open('acme.itsms');
    const places = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      editor.document.uri,
      rangeOf(editor.document, 'network "Campus').start,
    );
    const files = new Set(places.map(({ uri }) => uri.path));
    assert.deepEqual([...files].toSorted(), [fileIn('acme.itsms').path, fileIn('printing.itsms').path]);
  });

  it('renames in every file', async () => {
    const editor = await open('acme.itsms');
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      editor.document.uri,
      rangeOf(editor.document, 'network "Campus').start,
      'lan',
    );
    assert.deepEqual(
      edit
        .entries()
        .map(([uri]) => uri.path)
        .toSorted(),
      [fileIn('acme.itsms').path, fileIn('printing.itsms').path],
    );
    assert.ok(await vscode.workspace.applyEdit(edit));
    const other = await vscode.workspace.openTextDocument(fileIn('printing.itsms'));
    assert.match(other.getText(), /depends on lan\n/);
    assert.match(editor.document.getText(), /service lan "Campus/);
    assert.match(editor.document.getText(), /depends on lan, directory/);
    await vscode.commands.executeCommand('undo');
    for (const document of [other, editor.document]) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
  });

  it('measures on request, shows each last figure above its target and the records behind it', async () => {
    const editor = await open('acme.itsms');
    const result = await vscode.commands.executeCommand<{ readonly isMeasured: boolean; readonly sources: number; readonly records: number } | undefined>('itsms.measure');
    assert.ok(result?.isMeasured === true && result.sources === 3 && result.records > 0, JSON.stringify(result));
    const lens = await eventually(
      'a lens above a target',
      async () => {
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[] | undefined>('vscode.executeCodeLensProvider', editor.document.uri);
        return lenses?.find(({ range }) => range.start.line === rangeOf(editor.document, 'target p1-restore').start.line);
      },
    );
    assert.match(lens.command?.title ?? '', /^2026-10: [\d.]+% \(>= 95%\), missed · n \d+/);
    assert.equal(lens.command?.command, 'itsms.showRows');
    const uri = await vscode.commands.executeCommand<vscode.Uri | undefined>('itsms.showRows', ...(lens.command?.arguments ?? []) as unknown[]);
    const shownRows = vscode.window.activeTextEditor?.document;
    assert.equal(shownRows?.uri.toString(), uri?.toString());
    assert.match(shownRows?.getText() ?? '', /^missed +INC\d+ +2026-10-\d\d \d\d:\d\d +/m);
  });

  it('adds a source for a file, with the cursor at the first place that is left open', async () => {
    const editor = await open('printing.itsms');
    const before = editor.document.getText();
    const uri = await vscode.commands.executeCommand<vscode.Uri>('itsms.addSource', { files: [fileIn('data/incident-2026-10.csv').toString()], kind: 'service-request' });
    assert.equal(uri.toString(), editor.document.uri.toString());
    const text = editor.document.getText();
    assert.ok(text.startsWith(before.trimEnd()));
    assert.match(text.slice(before.trimEnd().length), /^\n\nsource incident of service-request from "data\/incident-2026-10\.csv" \{\n/);
    assert.equal(editor.document.getText(editor.selection).replace(/^"|"$/g, '').slice(0, 4), 'TODO', text);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), before, 'one undo takes it back');
  });

  it('gives an outline', async () => {
    const { document } = await open('acme.itsms');
    const symbols = await eventually('an outline', async () => {
      const answer = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>('vscode.executeDocumentSymbolProvider', document.uri);
      return answer !== undefined && answer.length > 0 ? answer : undefined;
    });
    const names = symbols.map(({ name }) => name);
    assert.ok(
      names.some((name) => name.includes('email-gold')),
      names.join(', '),
    );
  });

  it('formats', async () => {
    const editor = await open('printing.itsms');
    await replace(editor, '  owner anna\n', '      owner    anna\n');
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>('vscode.executeFormatDocumentProvider', editor.document.uri, {
      tabSize: 2,
      insertSpaces: true,
    });
    const change = new vscode.WorkspaceEdit();
    change.set(editor.document.uri, edits ?? []);
    assert.ok(await vscode.workspace.applyEdit(change));
    assert.match(editor.document.getText(), /\n {2}owner anna\n/);
  });

  it('checks the workspace on command', async () => {
    const result = await vscode.commands.executeCommand<{ asOf: string; files: number } | undefined>('itsms.checkWorkspace');
    assert.equal(result?.asOf, '2026-11-22');
    assert.equal(result?.files, 2);
  });

  it('writes a report where it was told to, and nowhere else', async () => {
    const before = await vscode.workspace.findFiles('**/*');
    const target = vscode.Uri.joinPath(folder(), 'reports', 'october.md');
    const written = await vscode.commands.executeCommand<vscode.Uri | undefined>('itsms.generateReport', {
      report: 'service-report',
      period: '2026-10',
      customer: 'retail',
      format: 'md',
      target,
    });
    assert.equal(written?.path, target.path);
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(target));
    assert.match(text, /ACME Retail/);
    const after = await vscode.workspace.findFiles('**/*');
    assert.deepEqual(
      after.map(({ path }) => path).filter((path) => before.every((one) => one.path !== path)),
      [target.path],
    );
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), 'reports'), { recursive: true });
  });

  it('makes an audit pack where it is asked to, and nothing else', async () => {
    const target = vscode.Uri.joinPath(folder(), 'audit-pack.zip');
    const written = await vscode.commands.executeCommand<vscode.Uri | undefined>('itsms.makeAuditPack', { target, formats: ['md'] });
    assert.equal(written?.path, target.path);
    const bytes = await vscode.workspace.fs.readFile(target);
    assert.deepEqual([...bytes.slice(0, 4)], [0x50, 0x4b, 0x03, 0x04], 'it is a zip file');
    await vscode.workspace.fs.delete(target);
  });

  it('approves a declaration as it reads, and sees the approval void once it is changed', async () => {
    const editor = await open('acme.itsms');
    const end = editor.document.positionAt(editor.document.getText().length);
    assert.ok(await editor.edit((edit) => edit.insert(end, '\nplan tryout "Tryout" {\n  kind first\n}\n')));
    const approved = await vscode.commands.executeCommand<boolean>('itsms.approve', { uri: editor.document.uri.toString(), key: 'Plan:tryout', by: 'anna' });
    assert.equal(approved, true);
    assert.match(editor.document.getText(), /kind first\n {2}approved by anna on 2026-11-22 as sha256:[0-9a-f]{64}\n/);
    await replace(editor, 'kind first', 'kind second');
    await eventually(
      'the approval to be void',
      () => shown(editor.document.uri).some((message) => message.includes('“kind first” was approved, “kind second” was not')),
      () => shown(editor.document.uri),
    );
    await vscode.commands.executeCommand('itsms.showChangedSinceApproval', { uri: editor.document.uri.toString(), key: 'Plan:tryout' });
    await eventually('the comparison', () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).some(({ input }) => input instanceof vscode.TabInputTextDiff && input.original.scheme === 'itsms-approved'));
    await vscode.workspace.fs.delete(fileIn('.itsms'), { recursive: true });
  });

  it('opens one dashboard', async () => {
    await open('acme.itsms');
    await vscode.commands.executeCommand('itsms.openDashboard');
    await vscode.commands.executeCommand('itsms.openDashboard');
    const dashboards = (): vscode.Tab[] =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('itsms.dashboard'));
    await eventually('a dashboard', () => dashboards().length > 0);
    assert.equal(dashboards().length, 1);
  });

  it('scaffolds all that a clause misses, with the cursor at the first placeholder, as one change', async () => {
    const editor = await open('acme.itsms');
    const before = editor.document.getText();
    assert.equal(await vscode.commands.executeCommand('itsms.fixClause', '4.1'), true);
    const after = editor.document.getText();
    assert.ok(after.length > before.length);
    assert.doesNotMatch(after, /\$\{\d/, 'placeholders are placeholders, not text');
    const active = vscode.window.activeTextEditor;
    assert.ok(active && !active.selection.isEmpty, 'the first placeholder is selected');
    const firstChange = [...before].findIndex((character, index) => after[index] !== character);
    assert.ok(editor.document.offsetAt(active.selection.start) >= firstChange, 'it is in what was added');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), before);
  });

  it('scaffolds in every file that something belongs to, and one undo takes it all back', async () => {
    const editor = await open('acme.itsms');
    const other = await vscode.workspace.openTextDocument(fileIn('printing.itsms'));
    const before = [editor.document.getText(), other.getText()];
    assert.equal(await vscode.commands.executeCommand('itsms.fixClause', '8.2'), true);
    const after = [editor.document.getText(), other.getText()];
    assert.ok(after.every((text, index) => text !== before[index]), 'both files are changed');
    await vscode.commands.executeCommand('undo');
    await eventually('both texts as they were', () => editor.document.getText() === before[0] && other.getText() === before[1], () => [editor.document.getText().length, other.getText().length, before.map(({ length }) => length)]);
  });

  it('offers to scaffold a clause at its findings', async () => {
    const editor = await open('acme.itsms');
    const actions = await eventually('an action for a clause', async () => {
      const answer = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', editor.document.uri, rangeOf(editor.document, 'service network'), undefined, 50);
      const found = answer.filter(({ title }) => title.startsWith('Scaffold all that is missing for clause'));
      return found.length > 0 ? found : undefined;
    });
    assert.ok(actions.every(({ edit }) => edit !== undefined), 'what it adds is put together when it is asked for');
  });

  it('filters and refreshes the views on command', async () => {
    await vscode.commands.executeCommand('itsms.compliance.focus');
    await vscode.commands.executeCommand('itsms.showOnlyGaps');
    await vscode.commands.executeCommand('itsms.showEverything');
    await vscode.commands.executeCommand('itsms.refreshViews');
  });
});
