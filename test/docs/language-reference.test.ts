import assert from 'node:assert/strict';
import { declarationDocumentation } from '../../language/documentation/declarations.ts';
import { recordKinds } from '../../language/model/record-kinds.ts';
import { languageReference } from '../../scripts/language-reference.ts';
import { builder } from '../language/read-model.ts';

describe('the language reference', () => {
  const page = languageReference(builder.services.Grammar);
  const sections = page.split(/^## /m).slice(1);

  it('has a section with a scaffold for each declaration', () => {
    for (const words of Object.keys(declarationDocumentation)) {
      const section = sections.find((text) => text.startsWith(`${words}\n`));
      assert.ok(section?.includes('```'), words);
    }
  });

  it('explains the facts of agreements', () => {
    const section = sections.find((text) => text.startsWith('sla\n')) ?? '';
    for (const words of ['service hours', 'support hours', 'target', 'workload', 'credit', 'except', 'valid']) assert.ok(section.includes(`| \`${words}\` |`), words);
  });

  it('lists each field of each kind of record', () => {
    for (const [kind, { fields }] of Object.entries(recordKinds)) {
      const section = sections.filter((text) => text.startsWith(`${kind}\n`)).at(-1) ?? '';
      for (const field of Object.keys(fields)) assert.ok(section.includes(`| \`${field}\` |`), `${kind} ${field}`);
    }
  });

  it('leaves no placeholder of a scaffold', () => {
    assert.ok(!/\$\{?\d/.test(page));
  });
});
