import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs packages where this user may: on Debian and its like, as root. @returns whether they were installed */
export function installPackages(...names: readonly string[]): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const options = { stdio: 'ignore', env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  try {
    execFileSync('apt-get', ['update', '-q'], options);
    execFileSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...names], options);
    return true;
  } catch {
    return false;
  }
}
