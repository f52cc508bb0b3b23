/** Asks git, without a shell, without its network and without what a repository's own configuration could have it run. */
import { execFile } from 'node:child_process';

export interface GitOptions {
  /** In bytes; what is longer is no answer. */
  readonly limit?: number;
  /** Given to its standard input. */
  readonly input?: string;
}

const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.untrackedCache=false', '-c', 'protocol.allow=never'];
const defaultLimit = 4 * 1024 * 1024;
const timeout = 30_000;

/** What git says; undefined where there is no git, no repository, no such thing, or no answer in time. */
export function gitBytes(folder: string, command: readonly string[], { limit = defaultLimit, input }: GitOptions = {}): Promise<Uint8Array | undefined> {
  // What is not here is not fetched, and what is asked for is what is stored, not what replaces it.
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', GIT_NO_REPLACE_OBJECTS: '1' };
  return new Promise((resolve) => {
    const child = execFile('git', [...safe, ...command], { cwd: folder, timeout, maxBuffer: limit, encoding: 'buffer', env }, (error, output) => {
      resolve(error ? undefined : output);
    });
    // A program that does not listen is told by its exit code.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}

/** The same as text, trimmed. */
export async function git(folder: string, command: readonly string[], options?: GitOptions): Promise<string | undefined> {
  const bytes = await gitBytes(folder, command, options);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes).trim();
}
