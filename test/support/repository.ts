import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Runs git in a folder of a test, as nobody in particular, on a day of the test's choice. */
export function gitIn(folder: string, day: string, ...command: readonly string[]): string {
  const when = `${day}T12:00:00+0000`;
  const env = { PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_DATE: when, GIT_COMMITTER_DATE: when };
  return execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'init.defaultBranch=main', ...command], { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** Writes files and commits all that is there, under a tag. */
export function commit(folder: string, day: string, tag: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  gitIn(folder, day, 'add', '--all');
  gitIn(folder, day, 'commit', '--quiet', '--message', `State ${tag}`);
  gitIn(folder, day, 'tag', tag);
}
