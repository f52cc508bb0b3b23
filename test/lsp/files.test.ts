import assert from 'node:assert/strict';
import { isDataFile } from '../../server/editor/data-patterns.ts';
import { fileLinks } from '../../server/editor/document-links.ts';
import { Fixture } from './fixture.ts';

describe('files that a text names', () => {
  it('are links where they are within the project', () => {
    const fixture = new Fixture({
      'x.itsms': [
        'policy p "P" { file "docs/policy.md" version "2.0" }',
        'policy q "Q" { file "../../etc/passwd" }',
        'policy r "R" { file "/etc/passwd.txt" }',
        'evidence e "E" { file "evidence/e.pdf" }',
        'source s of incident from "data/a.csv", "data/*.csv" { key id }',
        'policy t "T" { file "https://example.com/x.md" }',
      ].join('\n'),
    });
    const links = fileLinks(fixture, 'x.itsms');
    assert.deepEqual(links.map(({ file }) => file).sort(), ['data/a.csv', 'docs/policy.md', 'evidence/e.pdf']);
    assert.deepEqual(links.find(({ file }) => file === 'docs/policy.md')?.range, { start: { line: 0, character: 20 }, end: { line: 0, character: 36 } });
  });

  it('are known as data by the patterns of sources', () => {
    const { model } = new Fixture({ 'x.itsms': 'source s of incident from "data/incident-*.csv", "./more/**/x.csv", "a.{csv,tsv}" { key id }' });
    for (const file of ['data/incident-1.csv', 'more/b/c/x.csv', 'more/x.csv', 'a.tsv']) assert.ok(isDataFile(model, file), file);
    for (const file of ['data/outage.csv', 'data/sub/incident-1.csv', 'x.csv', 'package.json']) assert.ok(!isDataFile(model, file), file);
  });
});
