import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { CommandIo } from './io.ts';

/** The process's own terminal. */
export function processIo(): CommandIo {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  // A reader such as `head` that has seen enough is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
    folder: process.cwd(),
    // https://no-color.org: set and not empty.
    colour: process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
    cacheFolder: cacheFolder(),
    signal: interrupted.signal,
  };
}

/** The user's cache folder: `XDG_CACHE_HOME`, else as the operating system has it. */
function cacheFolder(): string {
  const configured = process.env['XDG_CACHE_HOME'];
  if (configured !== undefined && isAbsolute(configured)) return join(configured, 'itsms');
  switch (process.platform) {
    case 'win32':
      return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'itsms', 'Cache');
    case 'darwin':
      return join(homedir(), 'Library', 'Caches', 'itsms');
    default:
      return join(homedir(), '.cache', 'itsms');
  }
}
