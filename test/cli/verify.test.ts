import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { VerifyResult } from '../../server/cli/schemas/verify.ts';
import { verifyResultSchema } from '../../server/cli/schemas/verify.ts';
import { manifestName, pathFault, printManifest, printSums, sumsName, type Manifest } from '../../server/reports/audit-pack/manifest.ts';
import { itsms } from '../support/command.ts';

type Files = Readonly<Record<string, string>>;

const hashOf = (content: string): string => createHash('sha256').update(content).digest('hex');
const honest: Files = { 'index.html': '<p>index</p>', 'evidence/minutes.md': '# Minutes', 'rows/rows-ü.csv': 'a,b\n1,2\n' };

function manifestOf(files: Files, more: Partial<Manifest> = {}): Manifest {
  return {
    format: 'itsms-audit-pack',
    version: 1,
    organization: 'Acme',
    asOf: '2026-11-10',
    period: '2026-10',
    provenance: { commit: null, commitDirty: null, catalogueVersion: '2026-11-22', dataHash: null, toolVersion: '0.1.0' },
    baseline: null,
    files: Object.entries(files).map(([path, content]) => ({ path, kind: 'report' as const, bytes: Buffer.byteLength(content), sha256: hashOf(content) })),
    missing: [],
    ...more,
  };
}

/** The files of a pack with manifest and sums. */
function packOf(files: Files, manifest: Manifest = manifestOf(files)): Files {
  const text = printManifest(manifest);
  return { ...files, [manifestName]: text, [sumsName]: printSums([...manifest.files, { path: manifestName, sha256: hashOf(text) }]) };
}

interface ZipEntry {
  readonly name: string;
  readonly content: string | Buffer;
  readonly mode?: number;
}

/** A zip with any names, also such that no honest program writes: they take the place of others of the same length. */
async function zipOf(path: string, entries: readonly ZipEntry[]): Promise<void> {
  const zip = new ZipFile();
  const stand: [string, string][] = [];
  entries.forEach(({ name, content, mode }, index) => {
    const harmless = `${String(index).padStart(3, '0')}${'x'.repeat(Math.max(0, Buffer.byteLength(name) - 3))}`;
    stand.push([harmless, name]);
    zip.addBuffer(Buffer.from(content as string), harmless, { mtime: new Date(1980, 0, 1), mode: mode ?? 0o100644 });
  });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  const bytes = readFileSync(path);
  for (const [harmless, name] of stand) for (let at = bytes.indexOf(harmless); at !== -1; at = bytes.indexOf(harmless, at + 1)) bytes.write(name, at);
  writeFileSync(path, bytes);
}

describe('itsms verify', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'itsms-verify-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const entriesOf = (files: Files): ZipEntry[] => Object.entries(files).map(([name, content]) => ({ name, content }));

  async function verifyZip(entries: readonly ZipEntry[]): Promise<VerifyResult & { readonly code: number }> {
    await zipOf(join(folder, 'pack.zip'), entries);
    return await verify('pack.zip');
  }

  async function verify(name: string): Promise<VerifyResult & { readonly code: number }> {
    const { code, out, error } = await itsms(folder, 'verify', name, '--format', 'json');
    assert.equal(error, '');
    return { ...verifyResultSchema.parse(JSON.parse(out)), code };
  }

  const kinds = ({ faults }: VerifyResult): readonly string[] => faults.map(({ kind, path }) => `${kind} ${path}`).toSorted();

  function writeFolder(files: Files): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, 'pack', name)), { recursive: true });
      writeFileSync(join(folder, 'pack', name), content);
    }
  }

  it('finds nothing wrong with a pack that is what it was, and prints the hash that stands for it', async () => {
    const files = packOf(honest);
    const result = await verifyZip(entriesOf(files));
    assert.deepEqual([result.code, result.isIntact, result.intact, result.listed, kinds(result)], [0, true, 3, 3, []]);
    assert.equal(result.manifestHash, hashOf(files[manifestName] ?? ''));
    writeFolder(files);
    assert.deepEqual(kinds(await verify('pack')), []);
    const { out } = await itsms(folder, 'verify', 'pack');
    assert.match(out, new RegExp(`3 of 3 files as the manifest says\nmanifest sha256 ${result.manifestHash}\nThe pack is what its manifest says`));
  });

  it('says of each file what is wrong with it: changed, longer, shorter, missing, added', async () => {
    const files = { ...packOf(honest), 'index.html': '<p>inDex</p>', 'evidence/minutes.md': '# Minutes, and more', 'added.txt': 'x' };
    delete (files as Record<string, string>)['rows/rows-ü.csv'];
    const result = await verifyZip(entriesOf(files));
    assert.equal(result.code, 1);
    assert.deepEqual(kinds(result), ['changed index.html', 'extra added.txt', 'missing rows/rows-ü.csv', 'size evidence/minutes.md']);
    assert.deepEqual(kinds(await verifyZip(entriesOf({ ...packOf(honest), 'index.html': '' }))), ['size index.html']);
    writeFolder(files);
    assert.deepEqual(kinds(await verify('pack')), kinds(result));
  });

  it('does not take a manifest that was changed along with a file for the one that was told', async () => {
    const [before, after] = [packOf(honest), packOf({ ...honest, 'index.html': '<p>other</p>' })];
    const result = await verifyZip(entriesOf(after));
    assert.deepEqual(kinds(result), []);
    assert.notEqual(result.manifestHash, hashOf(before[manifestName] ?? ''));
    assert.deepEqual(kinds(await verifyZip(entriesOf({ ...after, [sumsName]: before[sumsName] ?? '' }))), ['sums SHA256SUMS']);
  });

  it('refuses names that lead out of the folder where it is unpacked', async () => {
    for (const name of ['../evil.sh', 'a/../../evil.sh', '/etc/evil', 'C:/evil.exe', 'a\\..\\evil', 'a//b', './a', 'a\u0000b', 'a\nb']) {
      const result = await verifyZip([...entriesOf(packOf(honest)), { name, content: 'x' }]);
      assert.deepEqual(kinds(result), [`path ${name}`], name);
      const listed = manifestOf({ ...honest, [name]: 'x' });
      assert.ok((await verifyZip(entriesOf(packOf(honest, listed)))).faults.some(({ kind, path }) => kind === 'path' && path === name), name);
    }
  });

  it('finds names that are there twice, also for systems that take two names for one', async () => {
    const twice = await verifyZip([...entriesOf(packOf(honest)), { name: 'index.html', content: 'other' }]);
    assert.deepEqual(kinds(twice), ['duplicate index.html']);
    assert.deepEqual(kinds(await verifyZip([...entriesOf(packOf(honest)), { name: 'INDEX.html', content: 'other' }])), ['duplicate INDEX.html']);
    assert.deepEqual(kinds(await verifyZip([...entriesOf(packOf(honest)), { name: 'rows/rows-u\u0308.csv', content: 'other' }])), ['duplicate rows/rows-u\u0308.csv']);
    const manifest = manifestOf(honest);
    assert.deepEqual(kinds(await verifyZip(entriesOf(packOf(honest, { ...manifest, files: [...manifest.files, ...manifest.files.slice(0, 1)] })))), ['duplicate index.html']);
  });

  it('follows no links, in zip files and folders', async () => {
    const files = packOf(honest);
    const entries = entriesOf(files).map((entry) => (entry.name === 'index.html' ? { ...entry, content: '/etc/passwd', mode: 0o120777 } : entry));
    assert.deepEqual(kinds(await verifyZip(entries)), ['link index.html', 'missing index.html']);
    writeFolder(files);
    rmSync(join(folder, 'pack/index.html'));
    writeFileSync(join(folder, 'outside.html'), honest['index.html'] ?? '');
    symlinkSync(join(folder, 'outside.html'), join(folder, 'pack/index.html'));
    assert.deepEqual(kinds(await verify('pack')), ['link index.html', 'missing index.html']);
  });

  it('does not unpack what was made to fill a disk', async () => {
    const bomb = Buffer.alloc(64 * 1024 * 1024);
    const manifest = manifestOf(honest);
    const listed: Manifest = { ...manifest, files: [...manifest.files, { path: 'bomb.bin', kind: 'evidence', bytes: bomb.length, sha256: createHash('sha256').update(bomb).digest('hex') }] };
    assert.deepEqual(kinds(await verifyZip([...entriesOf(packOf(honest, listed)), { name: 'bomb.bin', content: bomb }])), ['bomb bomb.bin']);
    assert.deepEqual(kinds(await verifyZip([{ name: manifestName, content: bomb }])), ['bomb manifest.json']);
    const small = manifestOf({ 'index.html': honest['index.html'] ?? '' });
    const huge: Manifest = { ...small, files: [{ path: 'large', kind: 'data', bytes: 9_000_000_000, sha256: hashOf('') }, ...small.files] };
    assert.ok((await verifyZip(entriesOf({ ...packOf({ 'index.html': honest['index.html'] ?? '' }, huge), large: '' }))).faults.some(({ kind }) => kind === 'bomb'));
  });

  it('says of what is no pack that it is none', async () => {
    const without = packOf(honest);
    delete (without as Record<string, string>)[manifestName];
    assert.deepEqual(kinds(await verifyZip(entriesOf(without))), ['manifest manifest.json']);
    for (const text of ['', '{', '[]', '{"format":"itsms-audit-pack"}', JSON.stringify({ ...manifestOf(honest), version: 2 }), JSON.stringify({ ...manifestOf(honest), files: [{ path: 'a', kind: 'report', bytes: -1, sha256: 'x' }] })]) {
      assert.deepEqual(kinds(await verifyZip(entriesOf({ ...packOf(honest), [manifestName]: text }))), ['manifest manifest.json'], text);
    }
    writeFileSync(join(folder, 'no.zip'), 'not a zip');
    for (const [name, message] of [['no.zip', /is no zip file that can be read/], ['gone.zip', /There is no file or folder/]] as const) {
      const { code, error } = await itsms(folder, 'verify', name);
      assert.equal(code, 2);
      assert.match(error, message);
    }
  });

  it('finds damaged bytes in a zip', async () => {
    const content = 'evidence '.repeat(5000) + Array.from({ length: 4000 }, (_, index) => hashOf(String(index))).join('');
    await zipOf(join(folder, 'pack.zip'), entriesOf(packOf({ 'big.txt': content })));
    const bytes = readFileSync(join(folder, 'pack.zip'));
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff;
    writeFileSync(join(folder, 'pack.zip'), bytes);
    const result = await verify('pack.zip');
    assert.equal(result.code, 1);
    assert.match(kinds(result).join(), /^(?:changed|unreadable|size) big\.txt$/);
  });

  it('writes hostile names to a terminal without what could command it', async () => {
    await zipOf(join(folder, 'pack.zip'), [...entriesOf(packOf(honest)), { name: 'a\u001b[31mred', content: 'x' }]);
    const { out } = await itsms(folder, 'verify', 'pack.zip');
    assert.ok(!out.includes('\u001b'));
  });

  it('writes sums that other programs can check', function () {
    if (spawnSync('sha256sum', ['--version']).status !== 0) this.skip();
    const files = packOf({ ...honest, 'with space.txt': 'x', 'with\\back.txt': 'y' });
    writeFolder(files);
    const said = execFileSync('sha256sum', ['-c', '--strict', sumsName], { cwd: join(folder, 'pack'), encoding: 'utf8' });
    assert.equal(said.split('\n').filter((line) => line.endsWith(': OK')).length, 6);
    writeFileSync(join(folder, 'pack/index.html'), 'other');
    assert.equal(spawnSync('sha256sum', ['-c', '--quiet', sumsName], { cwd: join(folder, 'pack') }).status, 1);
  });

  it('knows names that may stand in a pack', () => {
    for (const name of ['a', 'a/b.c', 'ä/日本.txt', 'with space', '..a', 'a..b/c', '-x']) assert.equal(pathFault(name), undefined, name);
    for (const name of ['', '..', 'a/..', '/a', 'a/', 'a\u2028b', '\ud800', 'x'.repeat(1001)]) assert.notEqual(pathFault(name), undefined, JSON.stringify(name));
  });
});
