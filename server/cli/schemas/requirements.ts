import { z } from 'zod';

const row = z.strictObject({
  id: z.string(),
  clause: z.string(),
  title: z.string(),
  checkKind: z.enum(['structure', 'data', 'attestation']).nullable(),
  rule: z.string().nullable().meta({ description: 'The rule that checks the row; null: none yet' }),
  fixture: z.string().nullable().meta({ description: 'The model that shows the rule at work; null: none yet' }),
  page: z.string().nullable().meta({ description: 'The page that explains the row; null: none yet' }),
  area2005: z.string().nullable().meta({ description: 'The area of the 2005 edition in which its subject stood' }),
  elsewhere: z
    .strictObject({
      itil4: z.array(z.string()).meta({ description: 'Practices of ITIL 4' }),
      iso27001: z.array(z.string()).meta({ description: 'Clauses of ISO/IEC 27001:2022' }),
      iso9001: z.array(z.string()).meta({ description: 'Clauses of ISO 9001:2015' }),
    })
    .meta({ description: 'Where the subject of its clause is found elsewhere; no proof of conformity with any of these' }),
});

/** What `itsms requirements --format json` prints: every row of kind *shall*. */
export const requirementsResultSchema = z.array(row).meta({ title: 'Result of itsms requirements' });

export type RequirementsResult = z.infer<typeof requirementsResultSchema>;
