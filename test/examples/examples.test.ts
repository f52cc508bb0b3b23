import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { makeFiles } from '../../examples/acme/make-data.ts';
import { readModel } from '../language/read-model.ts';

const examples = join(import.meta.dirname, '../../examples');

function readExample(name: string) {
  const files = globSync('**/*.itsms', { cwd: join(examples, name) }).sort();
  return readModel(Object.fromEntries(files.map((file) => [file, readFileSync(join(examples, name, file), 'utf8')])));
}

for (const name of ['first-hour', 'acme']) {
  describe(`the example ${name}`, () => {
    const { model, findings } = readExample(name);

    it('is read without a finding', () => {
      assert.deepEqual(findings, []);
    });

    it('names only files that are there', () => {
      const named = [
        ...model.all('Policy').map(({ file }) => file), ...model.all('Procedure').map(({ file }) => file), ...model.all('Process').map(({ file }) => file),
        ...model.all('Evidence').map(({ file }) => file), ...model.all('ControlledDocument').map(({ file }) => file), ...model.all('ServiceManagementPlan').map(({ file }) => file), ...model.all('Audit').map(({ file }) => file), ...model.all('Source').flatMap(({ files }) => files),
      ].filter((file) => file !== undefined);
      assert.ok(named.length > 0);
      for (const file of named) assert.ok(globSync(file, { cwd: join(examples, name) }).length > 0, file);
    });
  });
}

describe('the example acme', () => {
  const { model } = readExample('acme');

  it('is as large as it says', () => {
    assert.ok(model.all('Service').filter(({ status }) => status === 'live').length >= 12);
    assert.ok(model.all('Supplier').length >= 3);
    assert.ok(model.all('Customer').length >= 2);
    assert.equal(model.all('Process').length, 35);
    assert.ok(new Set(model.all('Calendar').map(({ timeZone }) => timeZone)).size >= 2);
  });

  it('keeps the records that its script makes', () => {
    const made = makeFiles();
    const folder = join(examples, 'acme/data');
    assert.deepEqual(globSync('*', { cwd: folder }).sort(), [...made.keys()].map((file) => (file.startsWith('incidents') ? `${file}.gz` : file)).sort());
    for (const [file, text] of made) {
      const kept = file.startsWith('incidents') ? gunzipSync(readFileSync(join(folder, `${file}.gz`))).toString() : readFileSync(join(folder, file), 'utf8');
      assert.ok(kept === text, `${file} differs: run node examples/acme/make-data.ts`);
    }
  }).timeout(60_000);

  it('has thirteen months of more than 20,000 incidents', () => {
    const made = [...makeFiles()].filter(([file]) => file.startsWith('incidents') && file < 'incidents-2026-11');
    assert.equal(made.length, 13);
    const numbers = new Set(made.flatMap(([, text]) => text.split('\n').slice(1, -1).map((row) => row.slice(0, row.indexOf(',')))));
    assert.ok(numbers.size > 20_000, `${numbers.size} incidents`);
  }).timeout(60_000);
});
