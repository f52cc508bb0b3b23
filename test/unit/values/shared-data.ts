import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.env['ITSMS_SHARED'] ?? join(import.meta.dirname, '../../../../shared');

/** A file of the third-party inputs that are not part of the repository; undefined where they are not at hand. */
export function sharedJson(path: string): unknown {
  const file = join(root, 'data', path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
