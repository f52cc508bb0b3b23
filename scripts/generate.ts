/**
 * Makes what follows from the grammar: the parser's tables and syntax tree types in `language/generated`, and the TextMate grammar.
 *
 * The generator warns wherever a fact could be written twice. Facts come in any order in this language, so that is everywhere,
 * and the language finds a fact that is stated twice by itself: those warnings are left out, all others are shown.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

function run(program: string, ...parameters: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(root, program), ...parameters], { cwd: root, encoding: 'utf8' });
  const lines = `${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !line.includes('Found multiple assignments to'));
  console.log(lines.join('\n'));
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

run('node_modules/langium-cli/bin/langium.js', 'generate');
run('scripts/generate-textmate.ts');
