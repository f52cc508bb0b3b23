/**
 * Bundles the programs of the product into `dist/`:
 *
 * - `extension.cjs`: the VS Code extension (CommonJS, because the editor injects the `vscode` module through `require`)
 * - `server.js`: the language server for Node
 * - `measuring.js`: the thread of the language server that measures
 * - `cli.js`: the command line
 *
 * The analytical engine stays outside the bundles because it is a native library, and files that are read when they are
 * needed, such as fonts, lie beside them in `dist/packages`; everything else is inside. The licences of all are written to `dist/THIRD-PARTY-NOTICES.txt`.
 */
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { copyPackageFiles, deliveredPackageFiles, packagesOf } from './package-files.ts';
import { externalPackages, thirdPartyNotices } from './third-party-notices.ts';

const root = resolve(import.meta.dirname, '..');

interface Program {
  readonly entry: string;
  readonly outfile: string;
  readonly options: BuildOptions;
}

// Bundled CommonJS packages call `require` for Node's own modules and ask for their folder, which an ES module does not have.
const requireForBundledCommonJs = [
  "import { createRequire as createRequireForBundle } from 'node:module';",
  'const require = createRequireForBundle(import.meta.url);',
  "import { dirname as dirnameForBundle } from 'node:path';",
  "import { fileURLToPath as pathForBundle } from 'node:url';",
  'const __dirname = dirnameForBundle(pathForBundle(import.meta.url));',
].join('\n');

// Evaluated before anything else in the bundle: Node 20 lacks what the parser needs.
const olderNode = 'server/older-node.ts';

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  external: [...externalPackages],
  metafile: true,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
};

const programs: readonly Program[] = [
  {
    entry: 'client/extension.ts',
    outfile: 'dist/extension.cjs',
    options: { format: 'cjs', external: ['vscode', ...externalPackages] },
  },
  {
    entry: 'server/main.ts',
    outfile: 'dist/server.js',
    options: { format: 'esm', inject: [olderNode], banner: { js: requireForBundledCommonJs } },
  },
  {
    entry: 'server/measurement/thread/worker.ts',
    outfile: 'dist/measuring.js',
    options: { format: 'esm', inject: [olderNode], banner: { js: requireForBundledCommonJs } },
  },
  {
    entry: 'server/cli/main.ts',
    outfile: 'dist/cli.js',
    options: {
      format: 'esm',
      inject: [olderNode],
      banner: { js: `#!/usr/bin/env node\n${requireForBundledCommonJs}` },
    },
  },
];

await mkdir(resolve(root, 'dist'), { recursive: true });

const metafiles: Metafile[] = [];
for (const program of programs) {
  if (!existsSync(resolve(root, program.entry))) {
    console.warn(`skipped ${program.outfile}: ${program.entry} does not exist yet`);
    continue;
  }
  const result = await build({ ...common, ...program.options, entryPoints: [program.entry], outfile: program.outfile });
  if (result.metafile) {
    metafiles.push(result.metafile);
  }
  console.log(`built ${program.outfile}`);
}

if (existsSync(resolve(root, 'dist/cli.js'))) {
  await chmod(resolve(root, 'dist/cli.js'), 0o755);
}
const packageFiles = await deliveredPackageFiles(root);
await rm(resolve(root, 'dist/packages'), { recursive: true, force: true });
await copyPackageFiles(root, packageFiles, resolve(root, 'dist/packages'));
await writeFile(resolve(root, 'dist/THIRD-PARTY-NOTICES.txt'), await thirdPartyNotices(root, metafiles, packagesOf(packageFiles)));
