import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { requirementsList } from '../../server/iso20000/requirements-list.ts';

const root = join(import.meta.dirname, '..', '..');

describe('what the README says of the requirements', () => {
  it('is as many as there are', () => {
    const stated = /has a rule for each of the (\d+) requirements/.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1];
    assert.equal(Number(stated), catalogue.demands.length);
  });

  for (const { id, rule, fixture } of requirementsList()) {
    it(`${id} has a rule and a fixture`, () => {
      assert.ok(rule !== null && existsSync(join(root, rule)), String(rule));
      assert.ok(fixture !== null && existsSync(join(root, fixture)), String(fixture));
    });
  }
});
