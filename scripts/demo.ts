/**
 * Shows the whole way on the example `examples/acme`: checks it, measures it from its ticket exports, and writes the
 * dashboard and the service reports into `demo/`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '..');
const example = 'examples/acme';
const folder = 'demo';

function itsms(...command: readonly string[]): void {
  console.log(`\n$ itsms ${command.join(' ')}\n`);
  const started = performance.now();
  const { status } = spawnSync(process.execPath, ['dist/cli.js', ...command], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  console.log(`\n(${((performance.now() - started) / 1000).toFixed(1)} s)`);
  // Findings are part of the example; not being able to run is not.
  if (status !== 0 && status !== 1) process.exit(status ?? 2);
}

itsms('check', '--project', example, '--fail-on', 'never');
itsms('measure', '--project', example, '--period', '2026-10');
itsms('report', 'all', '--project', example, '--out', folder, '--format', 'html,md');

const dashboard = resolve(root, folder, 'dashboard.html');
if (existsSync(dashboard)) console.log(`\nOpen the dashboard in a browser: ${pathToFileURL(dashboard).href}`);
else console.log(`\nThe documents are in ${resolve(root, folder)}`);
