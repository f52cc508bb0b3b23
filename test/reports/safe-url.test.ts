import assert from 'node:assert/strict';
import { fileUrl, safeUrl } from '../../server/reports/renderers/safe-url.ts';

describe('addresses in documents', () => {
  it('may lead to pages, to somebody who is written to, and to files beside the document', () => {
    for (const url of ['https://a.example/b?c=d#e', 'http://a.example', 'mailto:anna@a.example', 'index.html', '../model/a.itsms', fileUrl('evidence/Minutes of May (final)*.md'), fileUrl('ä/日本: 1%.txt')]) assert.ok(safeUrl(url), url);
  });

  it('may be nothing that runs, or that looks like something else', () => {
    for (const url of ['javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'java%0ascript:alert(1)', 'data:text/html,x', 'vbscript:x', '//evil.example/x', '/etc/passwd', 'file:///etc/passwd', 'a b', 'a\nb', '', '\\\\server\\share', 'command:workbench.action', 'a//b', 'x?y', 'x#y', '%zz']) assert.ok(!safeUrl(url), url);
  });

  it('name a file by its path, whatever characters that holds', () => {
    assert.equal(decodeURIComponent(fileUrl('a b/c:d?e#f%g.md')), 'a b/c:d?e#f%g.md');
  });
});
