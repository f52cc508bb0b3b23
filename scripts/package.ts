/**
 * Packs the extension for one platform into `itsms-<target>-<version>.vsix`: `npm run package [-- --target linux-x64 --out DIR]`.
 *
 * The bundles hold everything but the analytical engine, whose native library for the target is put beside them. What
 * goes into the package is copied into a folder of its own first, so that nothing else can slip in.
 */
import { createVSIX } from '@vscode/vsce';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { externalPackages } from './third-party-notices.ts';

/** VS Code's names of platforms, and the engine's. */
const engines: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'alpine-x64': 'linux-x64-musl',
  'alpine-arm64': 'linux-arm64-musl',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
};

const root = resolve(import.meta.dirname, '..');
const stage = join(root, 'out', 'vsix');
const { values } = parseArgs({
  options: {
    target: { type: 'string', default: `${process.platform}-${process.arch}` },
    out: { type: 'string', default: root },
  },
});
const { target } = values;

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

const engine = engines[target] ?? fail(`unknown target ${target}; there are ${Object.keys(engines).join(', ')}`);
const nativePackage = `@duckdb/node-bindings-${engine}`;
if (!existsSync(join(root, 'node_modules', nativePackage))) {
  fail(`${nativePackage} is not installed on this machine: pack for ${target} on such a machine`);
}
for (const program of ['dist/extension.cjs', 'dist/server.js', 'dist/measuring.js', 'dist/cli.js']) {
  if (!existsSync(join(root, program))) {
    fail(`${program} is missing: run npm run build first`);
  }
}

await rm(stage, { recursive: true, force: true });
await mkdir(stage, { recursive: true });

const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
const { scripts: _scripts, devDependencies: _dev, dependencies: _dependencies, private: _private, files: _files, ...published } = manifest;
const files = manifest['files'] as readonly string[];
await writeFile(join(stage, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`);
for (const path of [...files, 'README.md', 'LICENSE']) {
  if (existsSync(join(root, path))) {
    await cp(join(root, path), join(stage, path), { recursive: true, filter: (from) => !from.endsWith('.map') });
  }
}
for (const name of [...externalPackages, nativePackage, 'detect-libc']) {
  await cp(join(root, 'node_modules', name), join(stage, 'dist', 'node_modules', name), {
    recursive: true,
    filter: (from) => !/\.(?:d\.ts|map)$/.test(from),
  });
}

const packagePath = join(resolve(values.out), `itsms-${target}-${String(manifest['version'])}.vsix`);
// The packer wants to be told that somebody chose the files.
await writeFile(join(stage, '.vscodeignore'), '**/*.map\n');
// The dependencies that matter are in place already: the packer must not look for others. The documents that README.md links to are packed
// beside it, so its links stay relative.
await createVSIX({ cwd: stage, packagePath, target, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false, skipLicense: false });
