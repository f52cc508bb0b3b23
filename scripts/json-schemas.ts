/** Writes the JSON Schema of everything that is read or printed as JSON into `dist/schemas/`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { jsonSchemas } from '../server/cli/schemas/schemas.ts';

const folder = resolve(import.meta.dirname, '../dist/schemas');
await mkdir(folder, { recursive: true });
for (const [name, schema] of Object.entries(jsonSchemas())) {
  await writeFile(resolve(folder, name), `${JSON.stringify(schema, undefined, 2)}\n`);
  console.log(`wrote dist/schemas/${name}`);
}
