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

for (const name of ['first-hour', 'acme', 'small-provider']) {
  describe(`the example ${name}`, () => {
    const { model, findings } = readExample(name);

    it('is read without a finding', () => {
      assert.deepEqual(findings, []);
    });

    it('names only files that are there', () => {
      const named = [
        ...model.all('Policy').map(({ file }) => file), ...model.all('Procedure').map(({ file }) => file), ...model.all('Process').map(({ file }) => file),
        ...model.all('Evidence').map(({ file }) => file), ...model.all('Audit').map(({ file }) => file), ...model.all('AuditProgramme').map(({ file }) => file),
        ...model.all('ControlledDocument').map(({ file }) => file), ...model.all('ServiceManagementPlan').map(({ file }) => file),
        ...model.all('RiskMethod').map(({ file }) => file), ...model.all('RiskAssessment').map(({ file }) => file), ...model.all('Agreement').map(({ file }) => file),
        ...model.all('ContinuityPlan').map(({ file }) => file), ...model.all('ContinuityTest').map(({ file }) => file), ...model.all('Awareness').map(({ file }) => file),
        ...model.all('ManagementReview').map(({ minutesFile }) => minutesFile), ...model.all('Source').flatMap(({ files }) => files),
      ].filter((file) => file !== undefined);
      assert.ok(named.length > 0);
      for (const file of named) assert.ok(globSync(file, { cwd: join(examples, name) }).length > 0, file);
    });
  });
}

describe('the example acme', () => {
  const { model } = readExample('acme');

  it('is as large as it says', () => {
    const live = model.all('Service').filter(({ status }) => status === 'live');
    assert.deepEqual([live.filter(({ customers }) => customers.length > 0).length, live.filter(({ customers }) => customers.length === 0).length], [10, 8]);
    assert.equal(model.all('Service').filter(({ status }) => status === 'planned').length, 1);
    assert.equal(model.all('Supplier').length, 4);
    assert.equal(model.all('Customer').length, 3);
    assert.equal(model.all('Process').length, 35);
    assert.ok(new Set(model.all('Calendar').map(({ timeZone }) => timeZone)).size >= 2);
  });

  it('explains each of its files in its README, and no others', () => {
    const readme = readFileSync(join(examples, 'acme/README.md'), 'utf8');
    const explained = [...readme.matchAll(/^\| `([^`]+\.itsms)`/gm)].flatMap(([, pattern = '']) => globSync(pattern, { cwd: join(examples, 'acme') }));
    assert.deepEqual(explained.toSorted(), globSync('*.itsms', { cwd: join(examples, 'acme') }).toSorted());
  });

  it('hands on between processes what the others take, under the same name', () => {
    const processes = model.all('Process');
    const given = processes.flatMap(({ name, outputs }) => outputs.filter(({ to }) => processes.some((other) => other.name === to)).map((output) => `${name} -> ${output.to}: ${output.name}`));
    const taken = processes.flatMap(({ name, inputs }) => inputs.filter(({ from }) => processes.some((other) => other.name === from)).map((input) => `${input.from} -> ${name}: ${input.name}`));
    assert.ok(given.length > 100);
    assert.deepEqual(given.toSorted(), taken.toSorted());
  });

  it('says in which step each output is made', () => {
    for (const { name, nodes, outputs } of model.all('Process')) {
      const produced = new Set(nodes.flatMap((node) => (node.$type === 'Step' ? node.produces : [])));
      for (const output of outputs) assert.ok(produced.has(output.name), `${name}: ${output.name}`);
      for (const item of produced) assert.ok(outputs.some((output) => output.name === item), `${name}: ${item}`);
    }
  });

  it('has exactly one who is accountable for each step, and somebody who does it', () => {
    for (const { name, nodes } of model.all('Process')) {
      for (const node of nodes) {
        if (node.$type !== 'Step' && node.$type !== 'Decision') continue;
        assert.equal(node.accountable.length, 1, `${name}.${node.name}`);
        assert.ok(node.responsible.length > 0, `${name}.${node.name}`);
      }
    }
  });

  it('keeps the records that its script makes', () => {
    const made = makeFiles();
    const folder = join(examples, 'acme/data');
    const files = [...made.keys()].map((file) => (file.startsWith('incidents') ? `${file}.gz` : file));
    const kept = globSync('*', { cwd: folder });
    assert.deepEqual(files.filter((file) => !kept.includes(file)), []);
    // The others are kept by hand: few records, which a source reads.
    const read = model.all('Source').flatMap((source) => source.files);
    for (const file of kept.filter((name) => !files.includes(name))) {
      assert.ok(read.includes(`data/${file}`), `${file} is read by a source`);
      assert.ok(readFileSync(join(folder, file), 'utf8').split('\n').length < 200, `${file} is small`);
    }
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
