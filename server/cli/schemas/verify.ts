import { z } from 'zod';
import { manifestSchema } from '../../reports/audit-pack/manifest.ts';

/** What `itsms verify --format json` prints. */
export const verifyResultSchema = z
  .strictObject({
    pack: z.string(),
    isIntact: z.boolean().meta({ description: 'Whether the pack is what its manifest says; not who made it' }),
    manifestHash: z.string().nullable().meta({ description: 'SHA-256 of manifest.json: it stands for the whole pack. null: there is none' }),
    intact: z.int().nonnegative().meta({ description: 'Files that are there as the manifest says' }),
    listed: z.int().nonnegative().meta({ description: 'Files that the manifest lists' }),
    faults: z.array(z.strictObject({ kind: z.enum(['manifest', 'sums', 'missing', 'extra', 'changed', 'size', 'path', 'duplicate', 'link', 'unreadable', 'bomb']), path: z.string(), message: z.string() })),
    manifest: manifestSchema.omit({ files: true }).nullable(),
  })
  .meta({ title: 'Result of itsms verify' });

export type VerifyResult = z.infer<typeof verifyResultSchema>;
