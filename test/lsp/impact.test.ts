import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall } from 'vscode-languageserver-protocol';
import type { GenerateReportResult, ImpactSubjectResult, ReportsResult, RevisionsResult, ViewNode, ViewResult } from '../../server/protocol.ts';
import { commit, gitIn } from '../support/repository.ts';
import { TestClient } from './test-client.ts';

const model = `organization acme "ACME"
person kate "Kate"
customer retail "Retail"
service network "Network" { owner kate  status live }
service email "E-mail" { owner kate  customer retail  depends on network }
`;
const agreements = `supplier skynet "SkyNet" { provides network }
sla gold "Gold" for email with retail { target uptime availability >= 99.9% per month  fee 100 EUR per month }
`;

describe('impact over the wire', () => {
  let client: TestClient;
  before(async () => {
    client = await TestClient.start({ files: { 'a.itsms': model, 'b.itsms': agreements } });
  });
  after(() => client.stop());

  const prepare = async (file: string, line: number, character: number): Promise<CallHierarchyItem | undefined> =>
    (await client.connection.sendRequest<CallHierarchyItem[] | null>('textDocument/prepareCallHierarchy', { textDocument: { uri: client.uri(file) }, position: { line, character } }))?.[0];

  it('shows as a hierarchy who rests on what stands at the cursor, and on whom that rests', async () => {
    // At the name in “depends on network”.
    const network = await prepare('a.itsms', 4, model.split('\n')[4]!.indexOf('network') + 2);
    assert.deepEqual([network?.name, network?.detail, network?.uri], ['Network', 'service network', client.uri('a.itsms')]);
    const callers = await client.connection.sendRequest<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item: network });
    assert.deepEqual(callers.map(({ from }) => from.name), ['E-mail']);
    const [range] = callers[0]!.fromRanges;
    assert.equal(model.split('\n')[range!.start.line]!.slice(range!.start.character, range!.end.character), 'network');
    const further = await client.connection.sendRequest<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item: callers[0]!.from });
    assert.deepEqual(further.map(({ from }) => from.name).toSorted(), ['Gold', 'Retail']);
    const callees = await client.connection.sendRequest<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item: network });
    assert.deepEqual(callees.map(({ to }) => to.name).toSorted(), ['Kate', 'SkyNet']);
  });

  it('takes the declaration around the cursor where that is on no name, and nothing outside', async () => {
    assert.equal((await prepare('a.itsms', 3, 0))?.name, 'Network');
    assert.equal(await prepare('a.itsms', 5, 0), undefined);
  });

  it('fills the Impact view with groups, ways, money and requirements', async () => {
    const subject = await client.connection.sendRequest<ImpactSubjectResult>('itsms/impactSubject', { uri: client.uri('a.itsms'), line: 3, character: 10 });
    assert.deepEqual([subject.key, subject.title], ['Service:network', 'Network']);
    const ask = async (parent?: string): Promise<readonly ViewNode[]> => (await client.connection.sendRequest<ViewResult>('itsms/view', { view: 'impact', project: subject.project, subject: subject.key, ...(parent === undefined ? {} : { parent }) })).nodes;
    assert.deepEqual((await ask()).map(({ label, description }) => `${label} | ${description}`), ['Network | service, touches 3 others']);
    assert.deepEqual((await ask('subject')).map(({ label }) => label), ['Services and components', 'Agreements and targets', 'Customers', 'Money', 'Requirements that would stand worse without it']);
    const [customer] = await ask('group customers');
    assert.deepEqual([customer?.label, customer?.description, customer?.spoken], ['Retail', 'customer, needs it', 'Retail, needs it, customer, needs it']);
    assert.match(customer?.tooltip ?? '', /“Retail” uses “E\\?-mail”, which depends on “Network”/);
    assert.equal(customer?.target?.uri, client.uri('a.itsms'));
    assert.deepEqual((await ask('money')).map(({ label, description }) => `${label}: ${description}`), ['Gold: fee 100 EUR per month']);
    assert.ok((await ask('requirements')).length > 0);
    // Nothing of that has changed the text or what is found.
    assert.deepEqual((await ask('subject')).length, 5);
    assert.deepEqual((await client.connection.sendRequest<ViewResult>('itsms/view', { view: 'impact', project: subject.project })).nodes, []);
    assert.deepEqual((await client.connection.sendRequest<ViewResult>('itsms/view', { view: 'impact' })).nodes, []);
  });
});

describe('what changed, over the wire', () => {
  it('offers tags and commits, and makes the report', async () => {
    const client = await TestClient.start({ files: { 'itsms.config.json': '{}', 'a.itsms': model } });
    try {
      gitIn(client.folder, '2026-05-01', 'init', '--quiet');
      commit(client.folder, '2026-05-01', 'v1', {});
      commit(client.folder, '2026-06-01', 'v2', { 'b.itsms': agreements });
      const { revisions } = await client.connection.sendRequest<RevisionsResult>('itsms/revisions', {});
      assert.deepEqual(revisions.map(({ name, on, subject, kind }) => (kind === 'tag' ? `${name} ${on} ${subject}` : `${kind} ${on} ${subject}`)), ['v2 2026-06-01 State v2', 'v1 2026-05-01 State v1', 'commit 2026-06-01 State v2', 'commit 2026-05-01 State v1']);
      assert.equal(revisions[2]?.name, execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: client.folder, encoding: 'utf8' }).trim());
      const { reports } = await client.connection.sendRequest<ReportsResult>('itsms/reports', {});
      assert.deepEqual(reports.filter(({ needsRevision }) => needsRevision).map(({ id }) => id), ['changes']);
      await client.open('a.itsms', model.replace('"Network"', '"Backbone"'));
      const { content } = await client.connection.sendRequest<GenerateReportResult>('itsms/generateReport', { report: 'changes', format: 'md', since: 'v2' });
      assert.match(content, /Network.*Backbone.*renamed/);
      await assert.rejects(client.connection.sendRequest('itsms/generateReport', { report: 'changes', format: 'md' }), /name a tag or commit/);
      await assert.rejects(client.connection.sendRequest('itsms/generateReport', { report: 'changes', format: 'md', since: 'v9' }), /no revision “v9”/);
    } finally {
      await client.stop();
    }
  });

  it('is refused where the workspace is not trusted', async () => {
    const client = await TestClient.start({ files: { 'itsms.config.json': '{}', 'a.itsms': model }, trusted: false });
    try {
      gitIn(client.folder, '2026-05-01', 'init', '--quiet');
      commit(client.folder, '2026-05-01', 'v1', {});
      assert.deepEqual(await client.connection.sendRequest<RevisionsResult>('itsms/revisions', {}), { revisions: [] });
      await assert.rejects(client.connection.sendRequest('itsms/generateReport', { report: 'changes', format: 'md', since: 'v1' }), /not trusted/);
    } finally {
      await client.stop();
    }
  });
});
