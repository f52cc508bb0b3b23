import assert from 'node:assert/strict';
import type { CodeAction, CodeLens, Hover, MarkupContent } from 'vscode-languageserver-protocol';
import type { GenerateReportResult } from '../../server/protocol.ts';
import { TestClient } from './test-client.ts';

const model = `
organization acme "ACME"
person anna "Anna Berg"
process incident "Incidents" {
  step log R anna A anna within 1h -> both
  fork both -> fix, news
  step fix R anna A anna within 2h -> end
  step news R anna A anna -> end
}
`;

describe('flows in the editor', () => {
  let client: TestClient;
  before(async () => {
    client = await TestClient.start({ files: { 'model.itsms': model } });
    await client.open('model.itsms', model);
  });
  after(() => client.stop());

  it('stand above the process and in the hover, with what is wrong', async () => {
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', 'model.itsms');
    assert.deepEqual(lenses.map(({ range, command }) => [range.start.line, command?.title]), [[3, 'not sound · longest way 3h at least'], [3, 'Show flow']]);
    const [wish] = (lenses[1]?.command?.arguments ?? []) as { readonly process: string; readonly project: string }[];
    assert.equal(wish?.process, 'incident');
    const { content } = await client.connection.sendRequest<GenerateReportResult>('itsms/generateReport', { report: 'process-flows', format: 'html', ...wish });
    assert.ok(/Incidents/.test(content) && /<svg/.test(content));
    const hover = await client.request<Hover>('textDocument/hover', 'model.itsms', { position: { line: 3, character: 10 } });
    assert.match((hover.contents as MarkupContent).value, /\*\*Flow of Incidents:\*\* not sound · longest way 3h[\s\S]*Shortest way there: log → both → fix[\s\S]*Longest way: log 1h → fix 2h/);
  });

  it('are mended by a fix that is proved', async () => {
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', 'model.itsms', { range: { start: { line: 6, character: 40 }, end: { line: 6, character: 40 } }, context: { diagnostics: [] } });
    const fix = actions.find(({ title }) => title === 'Let them meet in a join before the end');
    assert.ok(fix, JSON.stringify(actions.map(({ title }) => title)));
    assert.match(JSON.stringify(fix.edit), /join all-done -> end/);
  });
});
