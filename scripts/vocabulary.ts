/** Writes the table from the vocabulary of the standard to the language into `docs/vocabulary.md`. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { vocabularyPage } from './vocabulary-page.ts';

await writeFile(resolve(import.meta.dirname, '../docs/vocabulary.md'), vocabularyPage());
console.log('wrote docs/vocabulary.md');
