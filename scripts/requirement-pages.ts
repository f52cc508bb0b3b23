/** Writes a page for each row of the catalogue that has a rule into `dist/docs/requirements/`, from the catalogue and the rule's fixture. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { catalogue } from '../language/catalogue/catalogue.ts';
import { requirementsList } from '../server/iso20000/requirements-list.ts';
import { parseFixture } from '../test/rules/parse-fixture.ts';
import { requirementPage } from './requirement-page.ts';

const root = resolve(import.meta.dirname, '..');
await rm(resolve(root, 'dist/docs/requirements'), { recursive: true, force: true });
let written = 0;
for (const { id, fixture, page } of requirementsList()) {
  const row = catalogue.row(id);
  if (!row || fixture === null || page === null) continue;
  await mkdir(dirname(resolve(root, page)), { recursive: true });
  await writeFile(resolve(root, page), requirementPage(row, parseFixture(await readFile(resolve(root, fixture), 'utf8'))));
  written++;
}
console.log(`wrote dist/docs/requirements/: ${written} pages`);
