import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReadPackageFile } from '../reports/package-files.ts';

/** A built program has them beside it (`scripts/build.ts` puts them there); run from its sources it reads the packages themselves. */
const here = fileURLToPath(import.meta.url);
const folder = here.endsWith('.ts') ? join(dirname(here), '..', '..', 'node_modules') : join(dirname(here), 'packages');

/** {@link ReadPackageFile} from the disk. */
export const readPackageFile: ReadPackageFile = (path) => readFile(join(folder, ...path.split('/')));
