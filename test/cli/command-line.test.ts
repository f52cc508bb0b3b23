import assert from 'node:assert/strict';
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkResultSchema } from '../../server/cli/schemas/check.ts';
import { measureResultSchema } from '../../server/cli/schemas/measure.ts';
import { requirementsResultSchema } from '../../server/cli/schemas/requirements.ts';
import { jsonSchemas } from '../../server/cli/schemas/schemas.ts';
import { itsms } from '../support/command.ts';
import { inFolder } from '../support/temporary-folder.ts';

const configuration = '{ "asOf": "2026-11-10" }';
const good = 'organization us "Us"\nperson anna "Anna"\n';
const broken = `${good}service email "E-mail" {\n  owner ana\n}\nservice email "Again"\n`;

describe('itsms', () => {
  it('shows help, its version, and help for each command', async () => {
    for (const argv of [['--help'], ['help'], ['check', '--help'], ['measure', '--help'], ['report', '--help'], ['requirements', '--help'], ['init', '--help'], ['lsp', '--help']]) {
      const { code, out } = await itsms('/', ...argv);
      assert.equal(code, 0, argv.join(' '));
      assert.match(out, /Usage: itsms/);
    }
    assert.match((await itsms('/', '--version')).out, /^\d+\.\d+\.\d+\n$/);
  });

  it('ends with 2, one sentence and nothing on the standard output when it cannot run', async () => {
    await inFolder({ 'empty/readme.txt': 'x', 'model/a.itsms': good }, async (folder) => {
      const cases: readonly (readonly string[])[] = [
        ['chekc'],
        ['check', '--format', 'xml'],
        ['check', '--project', 'none'],
        ['check', '--project', 'empty'],
        ['check', '--project', 'model/a.itsms'],
        ['check', '--project', 'model', '--as-of', '2026-02-30'],
        ['check', '--project', 'model', '--as-of', 'today'],
        ['check', '--project', 'model', '--fail-on', 'hint'],
        ['measure', '--project', 'model', '--period', '2026-13'],
        ['report', '--project', 'model'],
        ['report', 'dashbord', '--project', 'model'],
        ['report', 'dashboard', '--project', 'model', '--format', 'odt'],
        ['report', 'service-report', '--project', 'model', '--customer', 'nobody'],
        ['lsp'],
      ];
      for (const argv of cases) {
        const { code, out, error } = await itsms(folder, ...argv);
        assert.equal(code, 2, argv.join(' '));
        assert.equal(out, '', argv.join(' '));
        assert.notEqual(error, '', argv.join(' '));
        assert.doesNotMatch(error, /\n\s+at /, 'no stack trace');
      }
      assert.match((await itsms(folder, 'report', 'dashbord', '--project', 'model')).error, /did you mean “dashboard”/);
    });
  });
});

describe('itsms check', () => {
  it('prints findings as a compiler does, and fails as told', async () => {
    await inFolder({ 'itsms.config.json': configuration, 'sub/a.itsms': broken }, async (folder) => {
      const { code, out, error } = await itsms(folder, 'check');
      assert.equal(error, '');
      assert.equal(code, 1);
      assert.match(out, /^sub\/a\.itsms:4:9 error No person, role or team is called “ana”; did you mean “anna”\? \(unknown-name\)$/m);
      assert.match(out, /^ {4}to mend: Change to “anna”$/m);
      assert.match(out, /^\d+ errors, .* in 1 file, as of 2026-11-10$/m);
      assert.equal((await itsms(folder, 'check', '--fail-on', 'never')).code, 0);
      assert.equal((await itsms(join(folder, 'sub'), 'check', '--as-of', '2026-01-01')).out.includes('as of 2026-01-01'), true);
    });
  });

  it('tells warnings from errors', async () => {
    const warned = { 'itsms.config.json': '{ "asOf": "2026-11-10", "severity": { "8.2.4": "warning" } }', 'a.itsms': `${good}service email "E-mail" { owner anna  status live }\n` };
    await inFolder(warned, async (folder) => {
      const result = checkResultSchema.parse(JSON.parse((await itsms(folder, 'check', '--format', 'json')).out));
      const severities = new Set(result.findings.filter(({ requirements }) => requirements.some((id) => id.startsWith('8.2.4'))).map(({ severity }) => severity));
      assert.deepEqual([...severities], ['warning']);
      const only = result.findings.every(({ severity }) => severity !== 'error');
      assert.equal((await itsms(folder, 'check')).code, only ? 0 : 1);
      assert.equal((await itsms(folder, 'check', '--fail-on', 'warning')).code, 1);
    });
  });

  it('prints JSON of the published form, with lines and columns from 1', async () => {
    await inFolder({ 'itsms.config.json': configuration, 'a.itsms': broken }, async (folder) => {
      const { code, out, error } = await itsms(folder, 'check', '--format', 'json');
      assert.deepEqual([code, error], [1, '']);
      const result = checkResultSchema.parse(JSON.parse(out));
      assert.equal(result.asOf, '2026-11-10');
      const finding = result.findings.find(({ code: name }) => name === 'unknown-name');
      assert.deepEqual(finding && [finding.file, finding.line, finding.column, finding.endLine, finding.endColumn], ['a.itsms', 4, 9, 4, 12]);
      assert.deepEqual(finding?.fixes, [{ title: 'Change to “anna”', edits: [{ kind: 'replace', file: 'a.itsms', line: 4, column: 9, endLine: 4, endColumn: 12, text: 'anna' }] }]);
      const double = result.findings.filter(({ code: name }) => name === 'duplicate-name');
      assert.deepEqual(double.map(({ line, related }) => [line, related.map((one) => one.line)]), [[3, [6]], [6, [3]]]);
      assert.equal(result.requirements.length, 401);
    });
  });

  it('gives the same answer twice', async () => {
    await inFolder({ 'itsms.config.json': configuration, 'b.itsms': broken, 'a.itsms': good.replace('us', 'them').replaceAll('anna', 'bea') }, async (folder) => {
      assert.deepEqual(await itsms(folder, 'check', '--format', 'json'), await itsms(folder, 'check', '--format', 'json'));
    });
  });

  it('survives a file that is not what it should be, and says so where it is', async () => {
    const files = { 'good.itsms': good, 'image.itsms': Buffer.from([0x89, 0x50, 0, 1]), 'latin.itsms': Buffer.from('person b "Bj\u00f6rn"', 'latin1'), 'itsms.config.json': '{ "asOf": 3 }' };
    await inFolder(files, async (folder) => {
      const { code, out } = await itsms(folder, 'check', '--as-of', '2026-11-10');
      assert.equal(code, 1);
      for (const line of [/^image\.itsms:1:1 error .*\(not-text\)$/m, /^latin\.itsms:1:13 error .*\(wrong-encoding\)$/m, /^itsms\.config\.json:1:11 error .*\(configuration\)$/m]) assert.match(out, line);
    });
  });

  it('lets no text of a model command the terminal', async () => {
    await inFolder({ 'a.itsms': 'person \u001b[2J\u0007x\nservice s "S" { owner "\u001b]0;owned\u0007" }\n' }, async (folder) => {
      const { out } = await itsms(folder, 'check', '--as-of', '2026-11-10');
      // oxlint-disable-next-line no-control-regex -- these are what must not come out
      assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    });
  });
});

describe('itsms requirements', () => {
  it('lists every row of kind shall', async () => {
    const { code, out } = await itsms('/', 'requirements', '--format', 'json');
    const rows = requirementsResultSchema.parse(JSON.parse(out));
    assert.equal(code, 0);
    assert.equal(rows.length, 401);
    assert.equal(new Set(rows.map(({ id }) => id)).size, 401);
    for (const { rule, fixture } of rows) {
      assert.equal(rule === null, fixture === null);
      if (fixture !== null) await access(join(import.meta.dirname, '../..', fixture));
    }
    for (const clause of ['8.2.4', '8.3.3', '8.6.1']) assert.ok(rows.every((row) => row.clause !== clause || row.rule !== null), clause);
    assert.match((await itsms('/', 'requirements')).out, /401 catalogue rows/);
  });
});

describe('itsms report', () => {
  it('writes what was asked for where it was asked, and nothing else', async () => {
    await inFolder({ 'itsms.config.json': configuration, 'a.itsms': good }, async (folder) => {
      const { code, out, error } = await itsms(folder, 'report', 'all', '--out', 'made/here', '--format', 'html,md,json');
      assert.deepEqual([code, error], [0, '']);
      const written = await readdir(join(folder, 'made/here'));
      assert.deepEqual(out.trim().split('\n').toSorted(), written.map((name) => join(folder, 'made/here', name)).toSorted());
      assert.ok(written.includes('dashboard.html') && written.includes('dashboard.md') && written.includes('dashboard.json'), written.join());
      assert.deepEqual((await readdir(folder)).toSorted(), ['a.itsms', 'itsms.config.json', 'made']);
      assert.match(await readFile(join(folder, 'made/here/dashboard.html'), 'utf8'), /^<!DOCTYPE html>/i);
    });
  });

  it('prints a single document', async () => {
    await inFolder({ 'itsms.config.json': configuration, 'a.itsms': good }, async (folder) => {
      assert.match((await itsms(folder, 'report', 'dashboard', '--out', '-', '--format', 'md')).out, /^# /);
      assert.equal((await itsms(folder, 'report', 'dashboard', '--out', '-', '--format', 'md,html')).code, 2);
    });
  });

  it('writes documents that are no text, and does not print them', async () => {
    await inFolder({ 'itsms.config.json': '{ "asOf": "2026-11-10", "documents": { "language": "de", "footer": "Vertraulich" } }', 'a.itsms': good }, async (folder) => {
      const { code, error } = await itsms(folder, 'report', 'dashboard', '--out', 'made', '--format', 'pdf,md');
      assert.deepEqual([code, error], [0, '']);
      assert.equal((await readFile(join(folder, 'made/dashboard.pdf'))).subarray(0, 5).toString('latin1'), '%PDF-');
      const text = await readFile(join(folder, 'made/dashboard.md'), 'utf8');
      assert.match(text, /^## Was nicht in Ordnung ist$/m);
      assert.match(text, /^Vertraulich · Stand 10\.11\.2026 · /m);
      const printed = await itsms(folder, 'report', 'dashboard', '--out', '-', '--format', 'pdf');
      assert.equal(printed.code, 2);
      assert.match(printed.error, /pdf is none/);
    });
  });

  it('says when it cannot write', async () => {
    await inFolder({ 'itsms.config.json': configuration, 'a.itsms': good }, async (folder) => {
      const { code, error } = await itsms(folder, 'report', 'dashboard', '--out', 'a.itsms');
      assert.equal(code, 2);
      assert.match(error, /cannot be written/);
    });
  });
});

describe('itsms init', () => {
  it('writes a model that parses and links, once', async () => {
    await inFolder({}, async (folder) => {
      assert.equal((await itsms(folder, 'init', 'new')).code, 0);
      const result = checkResultSchema.parse(JSON.parse((await itsms(folder, 'check', '--project', 'new', '--format', 'json', '--as-of', '2026-11-10')).out));
      assert.deepEqual(result.findings.filter(({ requirements }) => requirements.length === 0).map(({ message }) => message), []);
      const again = await itsms(folder, 'init', 'new');
      assert.equal(again.code, 2);
      assert.match(again.error, /exists already/);
    });
  });
});

describe('itsms measure', () => {
  it('prints JSON of the published form also where there is nothing to measure', async () => {
    await inFolder({ 'itsms.config.json': configuration, 'a.itsms': good }, async (folder) => {
      const { code, out } = await itsms(folder, 'measure', '--format', 'json');
      assert.equal(code, 0);
      assert.deepEqual(measureResultSchema.parse(JSON.parse(out)), []);
      assert.match((await itsms(folder, 'measure')).out, /Nothing was measured/);
    });
  });
});

describe('the published JSON Schemas', () => {
  it('are there for the configuration and every command that prints JSON', () => {
    const schemas = jsonSchemas();
    assert.deepEqual(Object.keys(schemas).toSorted(), ['audit-pack-manifest', 'back-test', 'check', 'conformance', 'diff', 'documents', 'feasibility', 'flows', 'impact', 'itsms.config', 'measure', 'measure-rows', 'questions', 'requirements', 'verify'].map((name) => `${name}.schema.json`).toSorted());
    for (const schema of Object.values(schemas)) assert.match(JSON.stringify(schema), /"\$schema":"https:\/\/json-schema\.org\/draft\/2020-12\/schema"/);
  });
});
