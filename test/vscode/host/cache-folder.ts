import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the tests keep what they had to fetch: a folder of the user's cache, or the one named by `ITSMS_TEST_CACHE`. */
export function cacheFolder(): string {
  const named = process.env['ITSMS_TEST_CACHE'];
  if (named) {
    return named;
  }
  const base = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(base, 'itsms-test');
}
