/**
 * A provider of the size of the example, with as many records as a large one has: each record of some exports stands there many times
 * over, each time under a key of its own.
 */
import { createWriteStream } from 'node:fs';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** How often the records of which exports are repeated, by the beginning of their file's name: a million incidents, and 200,000 each. */
export const manyRecords: Readonly<Record<string, number>> = { incidents: 48, changes: 1640, requests: 1493 };

/** Copies a project with its records repeated, unpacked. The key is the first column of each export, and no text of theirs holds a line end. */
export async function growExample(from: string, to: string, times: Readonly<Record<string, number>> = manyRecords): Promise<void> {
  await cp(from, to, { recursive: true });
  const data = join(to, 'data');
  for (const file of await readdir(to)) {
    if (!file.endsWith('.itsms')) continue;
    const text = await readFile(join(to, file), 'utf8');
    // Only those exports are packed that are repeated.
    await writeFile(join(to, file), text.replaceAll('.csv.gz"', '.csv"'));
  }
  for (const file of await readdir(data)) {
    const many = Object.entries(times).find(([name]) => file.startsWith(name))?.[1];
    if (many === undefined) continue;
    const bytes = await readFile(join(data, file));
    const [header = '', ...rows] = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trimEnd().split('\n');
    await rm(join(data, file));
    const out = createWriteStream(join(data, basename(file, '.gz')));
    out.write(`${header}\n`);
    for (let copy = 0; copy < many; copy++) {
      const part = rows.map((row) => row.replace(',', `-${copy},`)).join('\n');
      if (!out.write(`${part}\n`)) await once(out, 'drain');
    }
    out.end();
    await once(out, 'finish');
  }
}
