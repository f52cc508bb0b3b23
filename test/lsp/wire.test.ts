import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CodeAction, CompletionItem, CompletionList, Definition, DocumentSymbol, Hover, Location, TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { openPack } from '../../server/project/pack/opened-pack.ts';
import { verifyPack } from '../../server/project/pack/verify-pack.ts';
import type { AuditPackResult, CheckWorkspaceResult, LivePage, GenerateReportResult, ReportsResult } from '../../server/protocol.ts';
import { baseModel } from './fixture.ts';
import { TestClient } from './test-client.ts';

const at = (line: number, character: number): { position: { line: number; character: number } } => ({ position: { line, character } });
const unknown = (client: TestClient, file: string): number => client.codes(file).filter((code) => code === 'unknown-name').length;

describe('language server over the wire', () => {
  let client: TestClient;
  const texts = {
    'people.itsms': 'person anna "Anna Berg"\nperson omar "Omar Said"\n',
    'services/email.itsms': 'service email "E-mail" {\n  owner anna\n  depends on network\n}\n',
    'services/network.itsms': 'service network "Network" { owner omar }\n',
  };

  // One process for all: starting one takes longer than any test. Each test closes what it opened.
  before(async () => {
    client = await TestClient.start({ files: texts });
  });
  afterEach(() => client.closeAll());
  after(() => client.stop());

  it('names itself and what it can do', () => {
    assert.equal(client.initialized.serverInfo?.name, 'itsms');
    assert.deepEqual(client.initialized.capabilities.textDocumentSync, { openClose: true, change: 2 });
  });

  it('reports a name that vanishes in another file, and takes it back when the name returns', async () => {
    await client.open('people.itsms', texts['people.itsms']);
    await client.until('the first assessment', () => client.assessments > 0);
    assert.equal(unknown(client, 'services/email.itsms'), 0);
    const version = await client.change('people.itsms', 'ann', { start: { line: 0, character: 7 }, end: { line: 0, character: 11 } });
    await client.until('anna is unknown', () => unknown(client, 'services/email.itsms') === 1);
    const [diagnostic] = client.diagnostics('services/email.itsms').filter(({ code }) => code === 'unknown-name');
    assert.deepEqual(diagnostic?.range, { start: { line: 1, character: 8 }, end: { line: 1, character: 12 } });
    assert.equal(diagnostic?.source, 'itsms');
    assert.equal(version, 2);
    await client.change('people.itsms', 'anna', { start: { line: 0, character: 7 }, end: { line: 0, character: 10 } });
    await client.until('anna is known again', () => unknown(client, 'services/email.itsms') === 0);
  });

  it('notices that a file is deleted, and that it comes back', async () => {
    await client.until('the first assessment', () => client.assessments > 0);
    client.delete('services/network.itsms');
    await client.filesChanged({ file: 'services/network.itsms', type: 3 });
    await client.until('network is unknown', () => unknown(client, 'services/email.itsms') === 1);
    await client.until('nothing is said of what is gone', () => client.diagnostics('services/network.itsms').length === 0);
    client.write('services/network.itsms', texts['services/network.itsms']);
    await client.filesChanged({ file: 'services/network.itsms', type: 1 });
    await client.until('network is known again', () => unknown(client, 'services/email.itsms') === 0);
  });

  it('believes the editor rather than the disk while a document is open', async () => {
    await client.open('services/network.itsms', 'service net "Network" { owner omar }\n');
    await client.until('network is unknown', () => unknown(client, 'services/email.itsms') === 1);
    await client.close('services/network.itsms');
    await client.until('network is known again', () => unknown(client, 'services/email.itsms') === 0);
  });

  it('reports two declarations of one name at both, each leading to the other', async () => {
    await client.open('more.itsms', 'service email "Another" { owner anna }\n');
    const duplicates = (file: string): number => client.codes(file).filter((code) => code === 'duplicate-name').length;
    await client.until('duplicates', () => duplicates('more.itsms') === 1 && duplicates('services/email.itsms') === 1);
    const [diagnostic] = client.diagnostics('more.itsms').filter(({ code }) => code === 'duplicate-name');
    assert.equal(diagnostic?.relatedInformation?.[0]?.location.uri, client.uri('services/email.itsms'));
  });

  it('says nothing of closed documents outside the folder', async () => {
    await client.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: 'file:///nowhere/alone.itsms', languageId: 'itsms', version: 1, text: 'service alone "Alone" { owner nobody }\n' },
    });
    const list: CompletionList = await client.connection.sendRequest('textDocument/completion', { textDocument: { uri: 'file:///nowhere/alone.itsms' }, ...at(0, 30) });
    assert.ok(!list.items.some(({ label }) => label === 'anna'));
  });

  it('completes, and explains an item when it is looked at', async () => {
    await client.open('x.itsms', 'service x "X" {\n  owner \n}\n');
    const list = await client.request<CompletionList>('textDocument/completion', 'x.itsms', at(1, 8));
    assert.deepEqual(list.items.map(({ label }) => label), ['anna', 'omar']);
    assert.ok(list.items.every(({ documentation }) => documentation === undefined));
    const item: CompletionItem = await client.connection.sendRequest('completionItem/resolve', list.items[0]!);
    assert.match(JSON.stringify(item.documentation), /Anna Berg.*people\.itsms/);
  });

  it('explains, finds and renames across files', async () => {
    await client.open('services/email.itsms', texts['services/email.itsms']);
    const hover = await client.request<Hover>('textDocument/hover', 'services/email.itsms', at(1, 9));
    assert.match(JSON.stringify(hover.contents), /Anna Berg/);
    const definition = await client.request<Definition>('textDocument/definition', 'services/email.itsms', at(1, 9));
    assert.deepEqual(definition, [{ uri: client.uri('people.itsms'), range: { start: { line: 0, character: 7 }, end: { line: 0, character: 11 } } }]);
    const references = await client.request<Location[]>('textDocument/references', 'services/email.itsms', { ...at(2, 15), context: { includeDeclaration: true } });
    assert.deepEqual(references.map(({ uri }) => uri).sort(), [client.uri('services/email.itsms'), client.uri('services/network.itsms')]);
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', 'services/email.itsms', { ...at(1, 9), newName: 'anne' });
    assert.equal(edit.documentChanges?.length, 2);
    await assert.rejects(client.request('textDocument/rename', 'services/email.itsms', { ...at(1, 9), newName: 'omar' }), /already a person “omar”/);
  });

  it('leads from a requirement to the catalogue, which it serves as a document', async () => {
    await client.open('x.itsms', 'process p "P" { satisfies iso20000:8.6.1 }\n');
    const [place] = await client.request<Location[]>('textDocument/definition', 'x.itsms', at(0, 30));
    assert.ok(place);
    const content: { text: string } = await client.connection.sendRequest('workspace/textDocumentContent', { uri: place.uri });
    assert.ok(content.text.split('\n')[place.range.start.line]?.includes('iso20000:8.6.1 '));
  });

  it('gives outline, folds, tokens and completion for a broken text', async () => {
    await client.open('broken.itsms', 'service ok "OK" { owner anna }\nsrvice bad {\n  {{{ "never closed\n\nservice also "Also" {\n  ownr anna\n  status live\n  \n');
    const outline = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', 'broken.itsms');
    assert.deepEqual(outline.map(({ name }) => name), ['ok', 'also']);
    assert.ok((await client.request<unknown[]>('textDocument/foldingRange', 'broken.itsms')).length >= 0);
    assert.ok((await client.request<{ data: number[] }>('textDocument/semanticTokens/full', 'broken.itsms')).data.length > 0);
    const list = await client.request<CompletionList>('textDocument/completion', 'broken.itsms', at(7, 2));
    assert.ok(list.items.some(({ label }) => label === 'owner'));
    await client.until('findings', () => client.diagnostics('broken.itsms').length > 0);
  });

  it('survives a line of 50 MB and answers afterwards', async function () {
    this.timeout(60_000);
    await client.open('huge.itsms', `service huge "${'x'.repeat(50 * 1024 * 1024)}`);
    await client.until('a finding', () => client.codes('huge.itsms').includes('file-too-large'));
    await client.open('x.itsms', 'service x "X" {\n  owner \n}\n');
    const list = await client.request<CompletionList>('textDocument/completion', 'x.itsms', at(1, 8));
    assert.equal(list.items.length, 2);
  });

  it('answers a cancelled request with its cancellation', async () => {
    const source = new CancellationTokenSource();
    // The server has something to read first, so that the request and its cancellation wait together.
    const read = client.open('long.itsms', '// nothing\n'.repeat(300_000));
    const asked = client.connection.sendRequest('textDocument/completion', { textDocument: { uri: client.uri('people.itsms') }, ...at(0, 0) }, source.token);
    source.cancel();
    await assert.rejects(asked, ({ code }: { code: number }) => code === -32800);
    await read;
  });

  it('formats with few edits', async () => {
    await client.open('x.itsms', 'person kate "Kate"\nservice x "X" {\n owner   kate\n  status live\n}\n');
    const edits = await client.request<TextEdit[]>('textDocument/formatting', 'x.itsms', { options: { tabSize: 2, insertSpaces: true } });
    assert.deepEqual(edits, [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, newText: '\n' }, { range: { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } }, newText: '  owner kate\n' }].slice(edits.length === 1 ? 1 : 0));
  });

  it('offers a fix for a misspelt name', async () => {
    await client.open('x.itsms', 'service x "X" {\n  owner anan\n}\n');
    await client.until('a finding', () => unknown(client, 'x.itsms') === 1);
    const range = { start: { line: 1, character: 8 }, end: { line: 1, character: 12 } };
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', 'x.itsms', { range, context: { diagnostics: [] } });
    const action = actions.find(({ title }) => title.includes('anna'));
    assert.deepEqual(action?.edit?.documentChanges, [{ textDocument: { uri: client.uri('x.itsms'), version: 1 }, edits: [{ range, newText: 'anna' }] }]);
  });

  it('serves the dashboard, the reports and the check', async () => {
    const dashboard: LivePage = await client.connection.sendRequest('itsms/dashboard', {});
    assert.equal(dashboard.asOf, '2026-11-15');
    assert.match(dashboard.html, /<main/);
    const { reports }: ReportsResult = await client.connection.sendRequest('itsms/reports', {});
    assert.ok(reports.length >= 2);
    const report: GenerateReportResult = await client.connection.sendRequest('itsms/generateReport', { report: 'dashboard', format: 'md' });
    assert.match(report.fileName, /\.md$/);
    await assert.rejects(client.connection.sendRequest('itsms/generateReport', { report: 'nonsense', format: 'md' }), /no report “nonsense”/);
    const check: CheckWorkspaceResult = await client.connection.sendRequest('itsms/checkWorkspace', {});
    assert.ok(check.files >= 3);
    assert.ok(check.requirements.checked <= check.requirements.applicable);
  });
});

describe('language server and its projects', () => {
  let client: TestClient | undefined;
  afterEach(() => client?.stop());

  it('keeps two projects of one folder apart', async () => {
    client = await TestClient.start({
      files: {
        'one/itsms.config.json': '{}',
        'one/a.itsms': 'person anna "Anna"\n',
        'two/itsms.config.json': '{}',
        'two/b.itsms': 'service b "B" { owner anna }\n',
      },
    });
    await client.until('anna is unknown in the other project', () => unknown(client!, 'two/b.itsms') === 1);
  });

  it('writes an audit pack that is what its manifest says, and nothing in a workspace that is not trusted', async function () {
    this.timeout(60_000);
    const folder = await mkdtemp(join(tmpdir(), 'itsms-pack-'));
    try {
      const target = pathToFileURL(join(folder, 'pack.zip')).toString();
      client = await TestClient.start({ files: { 'a.itsms': baseModel } });
      await client.open('a.itsms', baseModel);
      const made: AuditPackResult = await client.connection.sendRequest('itsms/auditPack', { target, formats: ['md'] });
      const pack = await openPack(join(folder, 'pack.zip'));
      const { faults, manifestHash, intact } = await verifyPack(pack, new AbortController().signal);
      pack.close();
      assert.deepEqual([faults, manifestHash, intact], [[], made.manifestHash, made.files]);
      await assert.rejects(client.connection.sendRequest('itsms/auditPack', { target: pathToFileURL(join(folder, 'pack.txt')).toString(), formats: ['md'] }), /zip file/);
      await client.stop();
      client = await TestClient.start({ trusted: false, files: { 'a.itsms': baseModel } });
      await client.open('a.itsms', baseModel);
      await assert.rejects(client.connection.sendRequest('itsms/auditPack', { target, formats: ['md'] }), /not trusted/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('measures what it may read, and shows the figures on hover', async function () {
    this.timeout(60_000);
    const model = `organization acme "ACME" { scope "All" }
person anna "Anna"
customer retail "Retail"
service email "E-mail" { owner anna }
priority P1 "Critical"
source tickets of incident from "data/tickets.csv" {
  dates iso
  key id
  map opened = opened_at
  map restored = restored_at
  map priority = prio { "1" = P1 }
}
metric calls "Calls" {
  from tickets
  value count
  every month
}
`;
    const rows = ['id,opened_at,restored_at,prio', 'A,2026-10-01T09:00:00Z,2026-10-01T10:00:00Z,1', 'B,2026-10-02T09:00:00Z,2026-10-02T10:00:00Z,1', ''];
    const folder = { 'm.itsms': model, 'data/tickets.csv': rows.join('\n') };
    client = await TestClient.start({ files: folder });
    await client.open('m.itsms', model);
    await client.connection.sendRequest('itsms/checkWorkspace', {});
    const line = model.split('\n').findIndex((text) => text.startsWith('metric'));
    const calls = async (): Promise<string> => JSON.stringify((await client!.request<Hover>('textDocument/hover', 'm.itsms', at(line, 8))).contents);
    assert.match(await calls(), /2026-10: \*\*2\*\*/);
    client.write('data/tickets.csv', [...rows.slice(0, -1), 'C,2026-10-03T09:00:00Z,2026-10-03T10:00:00Z,1', ''].join('\n'));
    const before = client.assessments;
    await client.filesChanged({ file: 'data/tickets.csv', type: 2 });
    await client.until('an answer to the change', () => client!.assessments > before);
    // The text is answered for first, the figures come after.
    for (let seen = client.assessments; !/2026-10: \*\*3\*\*/.test(await calls()); seen = client.assessments) await client.until('new figures', () => client!.assessments > seen);
  });

  it('says once that it reads no data in a workspace that is not trusted', async () => {
    client = await TestClient.start({ trusted: false, files: { 'a.itsms': baseModel } });
    await client.until('the message', () => client!.messages.length > 0);
    assert.equal(client.messages.length, 1);
    assert.match(client.messages[0] ?? '', /not trusted/);
  });
});
