import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { rules } from '../../server/iso20000/rules.ts';

/** Clauses that the README says are checked. */
const stated = (/has rules for clauses ([^;]+);/.exec(readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8'))?.[1] ?? '')
  .replace(/\([^)]*\)/g, '').split(/,|\band\b/).map((clause) => clause.trim());

describe('clauses that the README says are checked', () => {
  it('are stated', () => {
    assert.ok(stated.length > 2, stated.join(' '));
  });

  for (const clause of stated) {
    it(`${clause} is, in every row`, () => {
      const rows = catalogue.demands.filter(({ id }) => id.startsWith(`${clause}.`)).map(({ id }) => id);
      assert.ok(rows.length > 0);
      const checked = new Set(rules.map(({ row }) => row.id));
      assert.deepEqual(rows.filter((id) => !checked.has(id)), []);
    });
  }
});
