import { z } from 'zod';

const row = z.strictObject({
  id: z.string(),
  clause: z.string(),
  title: z.string(),
  checkKind: z.enum(['structure', 'data', 'attestation']).nullable(),
  rule: z.string().nullable().meta({ description: 'The rule that checks the row; null: none yet' }),
  fixture: z.string().nullable().meta({ description: 'The model that shows the rule at work; null: none yet' }),
  page: z.string().nullable().meta({ description: 'The page that explains the row; null: none yet' }),
});

/** What `itsms requirements --format json` prints: every row of kind *shall*. */
export const requirementsResultSchema = z.array(row).meta({ title: 'Result of itsms requirements' });

export type RequirementsResult = z.infer<typeof requirementsResultSchema>;
