import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPackages } from './debian-packages.ts';

/** Where a program is, or undefined. */
export function findProgram(name: string): string | undefined {
  return (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/**
 * For a hook before tests: a program that they need. Where it is missing the tests are skipped, in sight; where changes
 * are accepted it is installed instead, and nothing is skipped.
 *
 * @param packages of Debian that hold it
 */
export function programOrSkip(hook: Mocha.Context, name: string, ...packages: readonly string[]): string {
  hook.timeout(900_000);
  const present = findProgram(name);
  if (present !== undefined) return present;
  if (process.env['CI'] !== undefined) {
    const installed = installPackages(...packages) ? findProgram(name) : undefined;
    if (installed !== undefined) return installed;
    throw new Error(`${name} is not installed, and could not be (packages ${packages.join(', ')})`);
  }
  console.log(`      skipped: no ${name} here (packages ${packages.join(', ')})`);
  return hook.skip();
}
