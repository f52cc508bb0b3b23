import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export interface ModelText {
  readonly name: string;
  readonly text: string;
}

/** Real texts of the language: the examples and the models kept with the tests. */
export function modelTexts(): ModelText[] {
  const files = ['examples', 'test'].flatMap((folder) => globSync(`${folder}/**/*.itsms`, { cwd: root })).sort();
  const texts = files.map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));
  const design = join(process.env['ITSMS_SHARED'] ?? join(root, '..', 'shared'), 'design', 'example.itsms');
  return existsSync(design) ? [...texts, { name: 'example.itsms of the design', text: readFileSync(design, 'utf8') }] : texts;
}
