/** The assessment kept on disk, so that a start shows at once what was found, before anything is assessed. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { NamedFileState } from '../assessment/named-files.ts';
import type { PackedAssessment } from '../assessment/packed-assessment.ts';
import { cachePath } from './fragment-cache.ts';
import { writeWhole } from './write-whole.ts';

export interface KeptAssessment {
  /** The files that rules asked for, and what was found: it holds while they are the same. */
  readonly namedFiles: readonly (readonly [file: string, state: NamedFileState])[];
  readonly assessment: PackedAssessment;
}

/** Larger ones are not read: something is wrong with them. */
const largestKept = 256 * 1024 * 1024;

/** @param parts all that an assessment depends on, but for the files that the model names: program, day, configuration, texts */
export function assessmentKey(parts: { readonly stamp: string; readonly asOf: string; readonly configuration: unknown; readonly texts: readonly (readonly [file: string, hash: string])[] }): string {
  return createHash('sha256').update(JSON.stringify([parts.stamp, parts.asOf, parts.configuration, parts.texts])).digest('hex');
}

/** @returns undefined where none is kept under this key, or what is kept is not as it was written */
export async function readAssessment(folder: string, root: string, key: string): Promise<KeptAssessment | undefined> {
  try {
    const path = cachePath('assessment', folder, root);
    if ((await stat(path)).size > largestKept) return undefined;
    const content = await readFile(path, 'utf8');
    const end = content.indexOf('\n');
    const body = content.slice(end + 1);
    return content.slice(0, end) === headOf(key, body) ? (JSON.parse(body) as KeptAssessment) : undefined;
  } catch {
    return undefined;
  }
}

/** In place of the one kept so far, at once or not at all. That it cannot be written is no error. */
export async function writeAssessment(folder: string, root: string, key: string, kept: KeptAssessment): Promise<void> {
  const body = JSON.stringify(kept);
  await writeWhole(cachePath('assessment', folder, root), `${headOf(key, body)}\n${body}`, { isPrivate: true }).catch(() => undefined);
}

function headOf(key: string, body: string): string {
  return `${key} ${createHash('sha256').update(body).digest('hex')}`;
}
