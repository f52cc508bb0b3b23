import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { requirementPage } from '../../scripts/requirement-page.ts';
import { pageOfCode, requirementsList } from '../../server/iso20000/requirements-list.ts';
import { rules } from '../../server/iso20000/rules.ts';
import { parseFixture } from './parse-fixture.ts';

const root = resolve(import.meta.dirname, '../..');

describe('the list of requirements', () => {
  it('holds every row of kind shall once', () => {
    const ids = requirementsList().map(({ id }) => id);
    assert.equal(ids.length, 401);
    assert.equal(new Set(ids).size, 401);
  });

  it('names files that exist, for the rows that have a rule and no others', () => {
    const listed = requirementsList().filter(({ rule }) => rule !== null);
    assert.deepEqual(new Set(listed.map(({ id }) => id)), new Set(rules.flatMap(({ row }) => (row.kind === 'shall' ? [row.id] : []))));
    for (const { rule, fixture } of listed) {
      assert.ok(rule !== null && existsSync(resolve(root, rule)), String(rule));
      assert.ok(fixture !== null && existsSync(resolve(root, fixture)), String(fixture));
    }
  });

  it('has a page for each code of a finding of a rule', () => {
    for (const { row } of rules) {
      assert.ok(pageOfCode(row.statementId ?? row.id), row.id);
      assert.ok(pageOfCode(row.clause), row.clause);
    }
    assert.equal(pageOfCode('unknown-name'), undefined);
  });

  it('makes pages that show what is asked, the example without its marks, and what breaks it', () => {
    for (const { row } of rules) {
      const page = requirementPage(catalogue.row(row.id)!, parseFixture(readFileSync(resolve(root, `test/rules/${row.id}.itsms`), 'utf8')));
      assert.ok(page.includes(row.requirement) && page.includes(`Confidence in this reading: ${row.confidence}`));
      assert.ok(page.includes('```itsms\n') && page.includes('```diff\n'));
      assert.doesNotMatch(page, /\/\/[-+<=]/);
      assert.doesNotMatch(page, /compliant|undefined|null/);
    }
  });
});
