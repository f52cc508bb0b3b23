import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder of real third-party data that is not part of this repository; undefined where it is absent. */
export function sharedData(name: string): string | undefined {
  const root = process.env['ITSMS_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url));
  const folder = join(root, 'data', name);
  return existsSync(folder) ? folder : undefined;
}
