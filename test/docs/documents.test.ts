import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { agreementDocument } from '../../server/reports/agreement/agreement.ts';
import { renderMarkdown } from '../../server/reports/renderers/markdown.ts';
import { inputOf } from '../reports/example-input.ts';

describe('the page on documents', () => {
  it('quotes what the document of its example says', () => {
    const page = readFileSync(resolve(import.meta.dirname, '../../docs/documents.md'), 'utf8');
    const [, model = ''] = /^```itsms complete\n([^]*?)^```$/m.exec(page) ?? [];
    const [, quoted = ''] = /^```text\n([^]*?)^```$/m.exec(page) ?? [];
    const text = renderMarkdown(agreementDocument.build(inputOf(model, { agreement: 'till-gold' })));
    const lines = quoted.trim().split('\n');
    assert.ok(lines.length > 5);
    for (const line of lines) assert.ok(text.includes(line), line);
  });
});
