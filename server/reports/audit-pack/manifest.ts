/** What an audit pack holds, as data: every file with its size and hash, and where all of it comes from. */
import { z } from 'zod';

export const manifestName = 'manifest.json';
/** As `sha256sum -c` of the GNU core utilities reads it. */
export const sumsName = 'SHA256SUMS';

export const fileKinds = ['index', 'report', 'register', 'rows', 'evidence', 'model', 'data'] as const;

const packFile = z.strictObject({
  path: z.string().min(1).meta({ description: 'Relative to the pack, with / as separator' }),
  kind: z.enum(fileKinds),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export const manifestSchema = z
  .strictObject({
    format: z.literal('itsms-audit-pack'),
    version: z.literal(1),
    organization: z.string(),
    asOf: z.iso.date(),
    period: z.string().meta({ description: 'The period of reports that speak of one, such as 2026-10' }),
    provenance: z.strictObject({
      commit: z.string().nullable().meta({ description: 'null: the project is not under version control' }),
      commitDirty: z.boolean().nullable().meta({ description: 'Whether the inputs (texts and data) differ from the commit; null: not known' }),
      catalogueVersion: z.string(),
      dataHash: z.string().nullable().meta({ description: 'Over the data that was measured; null: none was' }),
      toolVersion: z.string(),
    }),
    baseline: z.strictObject({ asked: z.string(), commit: z.string(), on: z.string() }).nullable().meta({ description: 'The revision that the report of changes compares with' }),
    files: z.array(packFile).meta({ description: 'All files but this one and SHA256SUMS, by path' }),
    missing: z.array(z.strictObject({ file: z.string(), namedBy: z.array(z.string()), reason: z.string() })).meta({ description: 'Files that the model names and that are not in the pack' }),
  })
  .meta({ title: 'Manifest of an audit pack' });

export type Manifest = z.infer<typeof manifestSchema>;
export type PackFile = Manifest['files'][number];
export type FileKind = (typeof fileKinds)[number];

export function printManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** A line for each file; a name with a backslash or a line break is escaped as `sha256sum` does. */
export function printSums(files: readonly Pick<PackFile, 'path' | 'sha256'>[]): string {
  return files.map(({ path, sha256 }) => (/[\\\n\r]/.test(path) ? `\\${sha256}  ${path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}\n` : `${sha256}  ${path}\n`)).join('');
}

const longestPath = 1000;

/**
 * Why a path cannot stand in a pack, as words that complete “its name …”; undefined where it can. What is unpacked anywhere must stay where it
 * is put, on every system.
 */
export function pathFault(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.length > longestPath) return `has more than ${longestPath} characters`;
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(path) || /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(path)) return 'holds characters that are not printed';
  if (path.includes('\\')) return 'holds a backslash';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute';
  if (path.split('/').some((part) => part === '' || part === '.' || part === '..')) return 'leads elsewhere';
  return undefined;
}

/** What file systems that do not tell large letters from small, or forms of one letter apart take for one name. */
export function sameName(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
