import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelVocabulary, vocabulary } from '../../language/catalogue/vocabulary.ts';
import { vocabularyPage } from '../../scripts/vocabulary-page.ts';

describe('the page of the vocabulary', () => {
  const page = vocabularyPage();
  /** The rows of each table by the heading above it. */
  const sections = new Map(page.split(/^#+ /m).map((section) => [section.slice(0, section.indexOf('\n')).trim(), section] as const));

  it('is in the documentation as it would be made today', () => {
    assert.equal(readFileSync(join(import.meta.dirname, '../../docs/vocabulary.md'), 'utf8'), page, 'run: npm run build');
  });

  it('has a row with a form for every attribute of every entity', () => {
    const tables: readonly (readonly [string, readonly string[]])[] = [['Common to all', modelVocabulary.commonAttributes], ...modelVocabulary.entities.map(({ entity, attributes }) => [entity, attributes] as const)];
    const missing = tables.flatMap(([heading, attributes]) => attributes.filter((attribute) => !/\S/.test(new RegExp(`^\\| ${attribute} \\|(.*)\\|$`, 'm').exec(sections.get(heading) ?? '')?.[1] ?? '')).map((attribute) => `${heading}.${attribute}`));
    assert.deepEqual(missing, []);
  });

  it('gives every reason for what is not of the standard', () => {
    const section = sections.get('Of the language, not of the standard') ?? '';
    assert.deepEqual(vocabulary.structure.filter(({ because }) => !section.includes(`| ${because} |`)), []);
  });

  it('shows facts as they are written', () => {
    assert.match(sections.get('Agreement') ?? '', /\| validTo \| `valid … to …` in `sla`, `ola` or `contract` \|/);
    assert.match(sections.get('Incident') ?? '', /\| resolvedOn \| field `restored` of `incident` records \|/);
    assert.match(sections.get('Risk') ?? '', /\| level \| \*derived: likelihood times impact\* \|/);
  });
});
