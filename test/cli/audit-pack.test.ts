import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { run } from '../../server/cli/run.ts';
import { namedFiles } from '../../server/reports/audit-pack/named-files.ts';
import { manifestSchema, type Manifest } from '../../server/reports/audit-pack/manifest.ts';
import { itsms } from '../support/command.ts';
import { commit, gitIn } from '../support/repository.ts';
import { inFolder } from '../support/temporary-folder.ts';
import { exampleInput } from '../reports/example-input.ts';

const model = `organization o "Nord <b>IT</b>" { standard iso20000:2018 scope "Mail" }
person anna "Anna Berg"
customer retail "Retail"
customer bank "Bank"
service mail "Mail" { owner anna customer retail status live }
sla gold "Gold" for mail with retail { target up availability >= 99% per month }
policy p "Policy" { kind service-management file "docs/policy.md" owner anna approved by anna on 2026-01-05 }
evidence minutes "Minutes" { for iso20000:5.1 file "./evidence/minutes.md" dated 2026-06-01 by anna }
evidence gone "Gone" { for iso20000:7.2 file "evidence/gone.md" dated 2026-06-01 by anna }
evidence outside "Outside" { for iso20000:7.2 file "../secret.txt" dated 2026-06-01 by anna }
audit a "Audit" { covers iso20000:8 auditor anna held 2026-05-01 file "docs/audit.md" }
source tickets of incident from "data/tickets.csv" { dates iso key no map opened = at map assigned-to = who }
process incident "Incident management" { owner anna satisfies iso20000:8.6.1 }
`;

const files = { 'model.itsms': model, 'itsms.config.json': '{"asOf":"2026-11-10"}', 'docs/policy.md': '# Policy', 'docs/audit.md': '# Audit', 'evidence/minutes.md': '# Minutes', 'data/tickets.csv': 'no,at,who\nT1,2026-10-01T09:00:00Z,Petra Quill\nT2,2026-10-02T09:00:00Z,\n' };

describe('itsms audit-pack', function () {
  this.timeout(240_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'itsms-pack-'));
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, 'project', name)), { recursive: true });
      writeFileSync(join(folder, 'project', name), content);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const project = (): string => join(folder, 'project');
  const inPack = (...path: string[]): string => join(folder, 'pack', ...path);
  const read = (...path: string[]): string => readFileSync(inPack(...path), 'utf8');
  const manifest = (): Manifest => manifestSchema.parse(JSON.parse(read('manifest.json')));

  it('writes a folder that holds what its manifest says, and names what is missing', async () => {
    const { code, out, error } = await itsms(project(), 'audit-pack', '--out', inPack());
    assert.equal(code, 1, error);
    const { missing, files: listed, period, asOf, organization } = manifest();
    assert.deepEqual(missing.map(({ file, namedBy }) => [file, namedBy]), [['../secret.txt', ['evidence outside']], ['evidence/gone.md', ['evidence gone']]]);
    assert.match(error, /“evidence\/gone\.md” is not in the pack: There is no file/);
    assert.match(error, /“\.\.\/secret\.txt” is not in the pack: .*outside/);
    assert.deepEqual([period, asOf, organization], ['2026-10', '2026-11-10', 'Nord <b>IT</b>']);
    const paths = listed.map(({ path }) => path);
    for (const path of ['index.html', 'clauses/8.6.1.html', 'reports/dashboard.html', 'reports/internal-audit.html', 'registers/register-risks.html', 'rows/rows-samples.html', 'evidence/evidence/minutes.md', 'evidence/docs/policy.md', 'evidence/docs/audit.md', 'model/model.itsms', 'model/itsms.config.json']) assert.ok(paths.includes(path), path);
    assert.ok(paths.every((path) => !path.includes('secret') && !path.startsWith('data/')));
    assert.deepEqual(paths, paths.toSorted());
    assert.equal((await itsms(folder, 'verify', 'pack')).code, 0);
    assert.match(out, /manifest sha256 [0-9a-f]{64}\n$/);
  });

  it('leads from clause to statement, document, evidence and rows, by links that lead somewhere', () => {
    const index = read('index.html');
    assert.match(index, /<a href="clauses\/8\.6\.1\.html"/);
    const clause = read('clauses', '5.2.2.html');
    assert.match(clause, /<a href="\.\.\/evidence\/docs\/policy\.md"[^>]*>Policy<\/a>/);
    assert.match(read('clauses', '5.1.html'), /<a href="\.\.\/evidence\/evidence\/minutes\.md"[^>]*>Minutes<\/a>/);
    assert.match(read('clauses', '8.6.1.html'), /process <strong>Incident management<\/strong>.*<a href="\.\.\/model\/model\.itsms"/);
    assert.match(read('clauses', '8.6.1.html'), /8\.6\.1\.a\/recorded/);
    for (const page of ['index.html', ...readdirSync(inPack('clauses')).map((name) => `clauses/${name}`)]) {
      for (const [, href = ''] of read(page).matchAll(/<a href="([^"#]+)"/g)) {
        if (!/^https?:/.test(href)) assert.ok(existsSync(resolve(dirname(inPack(page)), decodeURIComponent(href))), `${page}: ${href}`);
      }
    }
  });

  it('says what is personal, and keeps the data out unless it is asked for', async () => {
    assert.match(read('index.html'), /tickets\.assigned-to/);
    assert.match(read('index.html'), /The data itself is not in this pack/);
    assert.equal((await itsms(project(), 'audit-pack', '--data', '--out', join(folder, 'with-data'))).code, 1);
    assert.equal(readFileSync(join(folder, 'with-data/data/tickets.csv'), 'utf8'), files['data/tickets.csv']);
    assert.match(readFileSync(join(folder, 'with-data/index.html'), 'utf8'), /The data itself is in this pack/);
    rmSync(join(folder, 'with-data'), { recursive: true });
  });

  it('is the same bytes each time, as a zip that others can read', async () => {
    for (const name of ['one.zip', 'two.zip']) assert.equal((await itsms(project(), 'audit-pack', '--out', join(folder, name))).code, 1);
    assert.ok(readFileSync(join(folder, 'one.zip')).equals(readFileSync(join(folder, 'two.zip'))));
    assert.equal((await itsms(folder, 'verify', 'one.zip')).code, 0);
    if (spawnSync('unzip', ['-v']).status === 0) {
      execFileSync('unzip', ['-tq', join(folder, 'one.zip')]);
      execFileSync('unzip', ['-q', join(folder, 'one.zip'), '-d', join(folder, 'unpacked')]);
      assert.equal(readFileSync(join(folder, 'unpacked/manifest.json'), 'utf8'), read('manifest.json'));
      if (spawnSync('sha256sum', ['--version']).status === 0) execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: join(folder, 'unpacked') });
    }
    assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith('.tmp')), []);
  });

  it('replaces an earlier pack, and nothing else', async () => {
    assert.equal((await itsms(project(), 'audit-pack', '--out', inPack())).code, 1);
    assert.equal((await itsms(folder, 'verify', 'pack')).code, 0);
    mkdirSync(join(folder, 'mine'));
    writeFileSync(join(folder, 'mine/letter.txt'), 'dear');
    const { code, error } = await itsms(project(), 'audit-pack', '--out', join(folder, 'mine'));
    assert.equal(code, 2);
    assert.match(error, /is there already and is no audit pack/);
    assert.equal(readFileSync(join(folder, 'mine/letter.txt'), 'utf8'), 'dear');
  });

  it('tells what changed since a revision that is named, else since the baseline of the configuration', async () => {
    await inFolder({ 'readme.md': 'x' }, async (repository) => {
      gitIn(repository, '2026-03-01', 'init', '--quiet');
      commit(repository, '2026-03-01', 'v1', { 'itsms.config.json': '{ "asOf": "2026-11-10", "baseline": "v1" }', 'a.itsms': 'organization o "O"\nperson anna "Anna"\nrisk r "R" { likelihood 1 impact 1 owner anna }\n' });
      commit(repository, '2026-09-01', 'v2', { 'a.itsms': 'organization o "O"\nperson anna "Anna"\nrisk r "R" { likelihood 3 impact 1 owner anna }\n' });
      for (const [argv, asked] of [[[], 'v1'], [['--since', 'v2'], 'v2']] as const) {
        const { error } = await itsms(repository, 'audit-pack', ...argv, '--out', join(folder, 'changed'));
        const { baseline, files: listed, provenance } = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'changed/manifest.json'), 'utf8')));
        assert.deepEqual([baseline?.asked, provenance.commitDirty], [asked, false], error);
        assert.ok(listed.some(({ path }) => path === 'reports/changes.html'));
      }
      writeFileSync(join(repository, 'itsms.config.json'), '{ "asOf": "2026-11-10", "baseline": "v9" }');
      const { error } = await itsms(repository, 'audit-pack', '--out', join(folder, 'changed'));
      assert.match(error, /“v9”/);
      const { baseline, provenance } = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'changed/manifest.json'), 'utf8')));
      assert.deepEqual([baseline, provenance.commitDirty], [null, true]);
    });
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const interrupted = new AbortController();
    let error = '';
    const code = await run(['audit-pack', '--out', join(folder, 'stopped.zip')], {
      out: () => undefined,
      error: (text) => {
        error += text;
        if (text.startsWith('Reports')) interrupted.abort();
      },
      folder: project(),
      colour: false,
      cacheFolder: undefined,
      signal: interrupted.signal,
    });
    assert.equal(code, 2);
    assert.match(error, /Interrupted\.\n$/);
    assert.deepEqual(readdirSync(folder).filter((name) => name.startsWith('stopped')), []);
  });

  it('leaves out files that are too large, and says so', async () => {
    cpSync(project(), join(folder, 'large'), { recursive: true });
    writeFileSync(join(folder, 'large/evidence/minutes.md'), Buffer.alloc(1024 * 1024 + 1));
    const { error } = await itsms(join(folder, 'large'), 'audit-pack', '--largest', '1', '--out', join(folder, 'large.zip'));
    assert.match(error, /“evidence\/minutes\.md” is not in the pack: It has 1,048,577 bytes, more than --largest allows\./);
    assert.equal((await itsms(folder, 'verify', 'large.zip')).code, 0);
  });

  it('writes hostile titles as text', () => {
    for (const page of ['index.html', 'clauses/5.1.html']) assert.doesNotMatch(read(page), /<b>IT/);
  });

  it('knows every file that the example names, wherever a declaration names it', () => {
    const { model: example, locator } = exampleInput('acme');
    const named = new Map(namedFiles(example, locator).map(({ file, namedBy }) => [file, namedBy]));
    assert.deepEqual(named.get('docs/audit-2026-h2.md'), ['audit second-half-2026', 'evidence audit-reports']);
    assert.ok(named.has('docs/management-review-2026-h2.md'));
    assert.ok([...named.keys()].every((file) => !file.startsWith('data/')));
  });
});
