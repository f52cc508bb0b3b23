/**
 * VS Code's own server and workbench, as the package `code-server` delivers it, for machines that cannot download VS Code.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { runCommand } from './run-command.ts';

/** Which version of `code-server`; it holds VS Code 1.139.1. */
const version = '4.139.1';

const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress'];

/**
 * Installs the server once per machine.
 *
 * @returns the folder that holds `out/server-main.js`
 * @throws Error when it cannot be installed, for example without a package registry
 */
export async function ensureCodeServer(): Promise<string> {
  const home = join(cacheFolder(), `code-server-${version}`);
  const vscode = join('node_modules', 'code-server', 'lib', 'vscode');
  // The mark is written last: an installation that was cut off is not taken for a whole one.
  const mark = 'installed';
  if (existsSync(join(home, mark))) {
    return join(home, vscode);
  }
  console.log(`installing code-server ${version} into ${home}`);
  await mkdir(dirname(home), { recursive: true });
  const work = await mkdtemp(`${home}-`);
  try {
    await writeFile(join(work, 'package.json'), '{ "private": true }\n');
    await runCommand('npm', ['install', ...quiet, `code-server@${version}`], { folder: work, limitSeconds: 300 });
    // Its own native modules are not compiled: without them the server works and logs that they are missing.
    await runCommand('npm', ['install', ...quiet, '--omit=dev'], { folder: join(work, vscode), limitSeconds: 300 });
    await writeFile(join(work, mark), '');
    await rm(home, { recursive: true, force: true });
    await rename(work, home);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    throw error;
  }
  return join(home, vscode);
}
