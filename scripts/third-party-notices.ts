/** Which third-party packages are delivered with the product, and the text of their licences. */
import type { Metafile } from 'esbuild';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Delivered beside the bundles instead of inside them, because they are native. */
export const externalPackages: readonly string[] = ['@duckdb/node-bindings'];

interface PackageFacts {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string | undefined;
}

/** The folder of the package that a bundled file belongs to: the last `node_modules/name` (or `node_modules/@scope/name`) of its path. */
function packageFolder(path: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

async function readPackage(folder: string): Promise<PackageFacts> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  // A NOTICE has to be passed on where there is one (Apache-2.0, section 4); some packages keep several licences in a folder.
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => /^(?:licen[cs]e|copying|notice)/i.test(name));
  const files = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? (await readdir(path)).map((name) => join(path, name)) : [path];
    }),
  );
  const texts = await Promise.all(files.flat().toSorted().map((file) => readFile(file, 'utf8')));
  return {
    name: manifest.name,
    version: manifest.version,
    license: manifest.license ?? 'see below',
    text: texts.length === 0 ? undefined : texts.map((text) => text.trim()).join('\n\n'),
  };
}

/** The notices of every package that contributed to a bundle, of the external packages and of those `beside` the bundles. */
export async function thirdPartyNotices(root: string, metafiles: readonly Metafile[], beside: readonly string[]): Promise<string> {
  const folders = new Set<string>();
  for (const metafile of metafiles) {
    for (const output of Object.values(metafile.outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
        const folder = packageFolder(input);
        if (folder !== undefined && bytesInOutput > 0) {
          folders.add(join(root, folder));
        }
      }
    }
  }
  for (const name of [...externalPackages, ...beside]) {
    const folder = join(root, 'node_modules', name);
    if (existsSync(folder)) {
      folders.add(folder);
    }
  }
  const packages = await Promise.all([...folders].map(readPackage));
  const sections = packages
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'))
    .map((one) => `${one.name} ${one.version}\nLicence: ${one.license}\n\n${(one.text ?? 'The package holds no licence file.').trim()}\n`);
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return `This product contains the following third-party software.\n${rule}${sections.join(rule)}`;
}
