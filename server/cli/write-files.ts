import { basename, join } from 'node:path';
import { writeWhole } from '../project/write-whole.ts';
import { CannotRun } from './io.ts';

export interface FileToWrite {
  /** A bare name, without a folder. */
  readonly name: string;
  readonly content: string | Uint8Array;
}

/**
 * Writes files into a folder, which is made where it does not exist. Each file appears whole or not at all.
 * @returns the paths written
 * @throws CannotRun where the folder cannot be written to
 */
export async function writeFiles(folder: string, files: readonly FileToWrite[]): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const { name, content } of files) {
    const path = join(folder, basename(name));
    try {
      await writeWhole(path, content);
    } catch (error) {
      throw new CannotRun(`“${path}” cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    }
    paths.push(path);
  }
  return paths;
}
