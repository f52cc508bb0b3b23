import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeAction } from 'vscode-languageserver-protocol';
import type { ApprovableResult, ApprovedDifferenceResult, ApproveResult } from '../../server/protocol.ts';
import { TestClient } from './test-client.ts';

const before = 'organization us "Us"\nperson anna "Anna"\nrole manager "Manager"\nplan audit-plan "Audit plan" {\n  kind audit\n}\n';

describe('approving over the wire', function () {
  this.timeout(60_000);
  let client: TestClient;

  afterEach(() => client.stop());

  const actions = (line: number): Promise<readonly CodeAction[]> =>
    client.request('textDocument/codeAction', 'x.itsms', { range: { start: { line, character: 0 }, end: { line, character: 0 } }, context: { diagnostics: [] } });

  it('is offered at a declaration that can be approved, writes who and what, and shows what changed since', async () => {
    client = await TestClient.start({ files: { 'x.itsms': before }, asOf: '2026-11-10' });
    await client.open('x.itsms', before);
    const titles = async (line: number): Promise<string[]> => (await actions(line)).map(({ title }) => title).filter((title) => /pprove/.test(title));
    assert.deepEqual(await titles(1), []);
    assert.deepEqual(await titles(3), ['Approve as it reads now…']);
    const found = await client.connection.sendRequest<ApprovableResult>('itsms/approvable', { uri: client.uri('x.itsms'), line: 4 });
    assert.deepEqual(found, {
      key: 'Plan:audit-plan',
      title: 'Audit plan',
      people: [
        { id: 'anna', title: 'Anna', kind: 'person' },
        { id: 'manager', title: 'Manager', kind: 'role' },
      ],
    });
    const { edits } = await client.connection.sendRequest<ApproveResult>('itsms/approve', { uri: client.uri('x.itsms'), key: found.key, by: 'anna' });
    const [edit, ...others] = edits;
    assert.deepEqual(others, []);
    const hash = /^\n {2}approved by anna on 2026-11-10 as sha256:([0-9a-f]{64})$/.exec(edit!.text)?.[1];
    assert.ok(hash !== undefined, edit!.text);
    assert.equal(readFileSync(join(client.folder, '.itsms', 'approved', hash), 'utf8'), 'plan audit-plan "Audit plan" {\n  kind audit\n}\n');
    const changed = before.replace('kind audit\n', `kind audits${edit!.text}\n`);
    await client.change('x.itsms', changed);
    await client.until('the approval to be void', () => client.codes('x.itsms').includes('approval-void'));
    assert.deepEqual(await titles(5), ['Approve as it reads now…', 'Show what changed since it was approved']);
    assert.deepEqual(await client.connection.sendRequest<ApprovedDifferenceResult>('itsms/approvedDifference', { uri: client.uri('x.itsms'), key: found.key }), {
      title: 'Audit plan',
      approved: 'plan audit-plan "Audit plan" {\n  kind audit\n}\n',
      present: 'plan audit-plan "Audit plan" {\n  kind audits\n}\n',
    });
  });

  it('is refused in a workspace that is not trusted, and nothing is kept', async () => {
    client = await TestClient.start({ files: { 'x.itsms': before }, trusted: false });
    await client.open('x.itsms', before);
    assert.deepEqual((await actions(3)).filter(({ title }) => /pprove/.test(title)), []);
    await assert.rejects(client.connection.sendRequest('itsms/approve', { uri: client.uri('x.itsms'), key: 'Plan:audit-plan', by: 'anna' }), /trusted workspace/);
    assert.equal(existsSync(join(client.folder, '.itsms')), false);
  });
});
