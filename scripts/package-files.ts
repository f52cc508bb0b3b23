/** Files of packages that programs read at run time, and that are therefore put beside the bundles: `dist/packages/…`. */
import { cp, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rasterizerFiles } from '../server/reports/renderers/drawing-png-files.ts';
import { deliveredFontFiles } from '../server/reports/renderers/pdf/font-families.ts';

/** Their paths below `node_modules`. */
export async function deliveredPackageFiles(root: string): Promise<readonly string[]> {
  const fonts = await deliveredFontFiles(async (file) => JSON.parse(await readFile(join(root, 'node_modules', file), 'utf8')) as Readonly<Record<string, string>>);
  return [...fonts, ...rasterizerFiles];
}

/** The packages that files belong to. */
export function packagesOf(files: readonly string[]): readonly string[] {
  return [...new Set(files.map((file) => file.split('/').slice(0, file.startsWith('@') ? 2 : 1).join('/')))];
}

export async function copyPackageFiles(root: string, files: readonly string[], to: string): Promise<void> {
  for (const file of files) {
    const target = join(to, file);
    await mkdir(dirname(target), { recursive: true });
    await cp(join(root, 'node_modules', file), target);
  }
}
