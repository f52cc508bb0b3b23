/** Files that are zips of parts: documents of Office, folders of tables. */
import { strToU8, zipSync, type Zippable } from 'fflate';

/** The first day that a zip can name, in whatever zone the program runs: the date of a part says nothing. */
const noDate = new Date(1980, 0, 1);

/** Parts that are compressed already. */
const compressed = /\.(?:png|jpe?g)$/;

/**
 * A zip whose bytes follow from its parts alone: they stand in the order of their names, with no date of their own.
 *
 * @param first the parts that have to come before all others, such as the list of types of an Office document
 */
export function zipPackage(parts: Readonly<Record<string, Uint8Array | string>>, first: readonly string[] = []): Uint8Array {
  const names = [...first.filter((name) => Object.hasOwn(parts, name)), ...Object.keys(parts).filter((name) => !first.includes(name)).toSorted()];
  const files: Zippable = {};
  for (const name of names) {
    const part = parts[name] ?? '';
    files[name] = [typeof part === 'string' ? strToU8(part) : part, { level: compressed.test(name) ? 0 : 6, mtime: noDate }];
  }
  return zipSync(files);
}

/** What has to stand at the beginning of an Office document. */
export const officeFirst = ['[Content_Types].xml', '_rels/.rels'] as const;
