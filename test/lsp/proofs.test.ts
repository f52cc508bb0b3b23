import assert from 'node:assert/strict';
import type { CompletionList } from 'vscode-languageserver-protocol';
import type { AgreementsResult, BackTestPage, GenerateReportResult } from '../../server/protocol.ts';
import { TestClient } from './test-client.ts';

const model = `organization us "Us"
customer shop "Shop"
service mail "Mail" { customer shop }
process change "Changes" {
  step record -> approve
  step approve satisfies iso20000:8.5.1.3 -> end
}
source changes of change from "changes.csv" {
  dates "yyyy-MM-dd" in UTC
  key number
  map opened, approved, implemented
  steps of change { opened = record  approved = approve  finished when implemented is not empty }
}
sla gold "Gold" for mail with shop { valid 2027-01-01 to 2027-12-31  workload changes <= 1 per month from changes }
sla bare for mail with shop
`;
const files = { 'itsms.config.json': '{ "asOf": "2026-11-10" }', 'a.itsms': model, 'changes.csv': 'number,opened,approved,implemented\nC1,2026-10-01,2026-10-02,2026-10-03\nC2,2026-10-04,,2026-10-05\n' };

describe('proofs over the wire', () => {
  it('shows how a process was followed, and tests an agreement on the past', async () => {
    const client = await TestClient.start({ files });
    try {
      await client.open('a.itsms', model);
      const { content } = await client.connection.sendRequest<GenerateReportResult>('itsms/generateReport', { report: 'conformance', format: 'md' });
      assert.match(content, /1 of 2 cases of 2025-10 to 2026-10 follow it wholly; fitness 85\.71%/);
      assert.match(content, /A control was left out or came too late in 1 case/);
      const { agreements } = await client.connection.sendRequest<AgreementsResult>('itsms/agreements', {});
      assert.deepEqual(agreements, [{ id: 'gold', title: 'Gold', isDraft: true }]);
      const { title, html } = await client.connection.sendRequest<BackTestPage>('itsms/backTest', { agreement: 'gold', months: 3 });
      assert.equal(title, 'Back-test: Gold');
      assert.match(html, /as if it had been in force/);
      await assert.rejects(client.connection.sendRequest('itsms/backTest', { agreement: 'bare' }), /promises nothing that is measured/);
    } finally {
      await client.stop();
    }
  });

  it('reads no data where the workspace is not trusted', async () => {
    const client = await TestClient.start({ files, trusted: false });
    try {
      await client.open('a.itsms', model);
      await assert.rejects(client.connection.sendRequest('itsms/backTest', { agreement: 'gold' }), /not trusted/);
      assert.match((await client.connection.sendRequest<GenerateReportResult>('itsms/generateReport', { report: 'conformance', format: 'md' })).content, /No data was read/);
    } finally {
      await client.stop();
    }
  });

  it('offers the steps of the process where a source says what stands for them', async () => {
    const client = await TestClient.start({ files });
    try {
      const text = model.replace('approved = approve', 'approved = ');
      await client.open('a.itsms', text);
      const line = text.split('\n').findIndex((one) => one.includes('steps of change'));
      const list = await client.connection.sendRequest<CompletionList>('textDocument/completion', { textDocument: { uri: client.uri('a.itsms') }, position: { line, character: text.split('\n')[line]!.indexOf('approved = ') + 'approved = '.length } });
      assert.deepEqual(list.items.map(({ label }) => label).filter((label) => ['record', 'approve'].includes(label)), ['record', 'approve']);
    } finally {
      await client.stop();
    }
  });
});
