/**
 * The product in a minute: checks the example organization, measures it from its exports, and writes the dashboard and the
 * service reports of its last month, one for each customer, into `out/demo`, for a browser.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const project = join(root, 'examples', 'acme');
const out = join(root, 'out', 'demo');

/** Runs the command line as a user would. Findings (1) are what a check is for; only "cannot run" (2) ends the demo. */
function itsms(...parameters: readonly string[]): void {
  console.log(`\n> itsms ${parameters.map((one) => (one.startsWith(root) ? relative(root, one) : one)).join(' ')}\n`);
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), ...parameters], { stdio: ['ignore', 'inherit', 'inherit'] });
  console.log(`\n(${((performance.now() - start) / 1000).toFixed(1)} s)`);
  if (status !== 0 && status !== 1) {
    process.exit(status ?? 2);
  }
}

await mkdir(out, { recursive: true });
itsms('check', '--project', project);
// The last month that is over on the day that the example is told as of.
itsms('measure', '--project', project, '--period', '2026-10');
itsms('report', 'all', '--project', project, '--format', 'html,md', '--out', out);

const pages = (await readdir(out, { recursive: true })).filter((file) => file.endsWith('.html')).toSorted();
console.log(`\nOpen in a browser:\n${pages.map((file) => `  ${join(out, file)}`).join('\n')}`);
