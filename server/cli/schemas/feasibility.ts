import { z } from 'zod';

const place = z.strictObject({ file: z.string(), line: z.int().min(1), column: z.int().min(1) });
const link = z.strictObject({ agreement: z.string(), place, words: z.string() });

const check = z.strictObject({
  kind: z.enum(['availability', 'time', 'support-hours', 'service-hours', 'validity', 'workload']),
  promise: z.string().meta({ description: 'What is promised, in words' }),
  place,
  verdict: z.enum(['kept', 'notKept', 'unknown']).meta({ description: 'Whether it can be kept by what it rests on; unknown: something that is needed is promised by nobody, or cannot be compared' }),
  summary: z.string(),
  steps: z.array(z.string()).meta({ description: 'The arithmetic, step by step' }),
  marginSeconds: z.string().regex(/^-?\d+(\.\d+)?$/).nullable().meta({ description: 'What remains, or negative what lacks: per period for availability and hours, in the worst case for times' }),
  figures: z
    .strictObject({ target: z.string(), atLeast: z.string(), atMost: z.string(), exact: z.boolean().meta({ description: 'false: the structure is too large, and atLeast and atMost are bounds of it' }), period: z.string(), agreedSeconds: z.int().nonnegative() })
    .nullable(),
  links: z.array(link).meta({ description: 'Agreements underneath: all that take part in an availability, else those that fall short; the weakest first' }),
  remedies: z.array(z.strictObject({ ...link.shape, wanted: z.string().meta({ description: 'Completes “it would have to …”' }) })),
  unsupported: z.array(z.string()).meta({ description: 'Ids of services and configuration items for which nobody promises what is needed' }),
  notComparable: z.array(z.string()),
});

/** What `itsms feasibility --format json` prints. */
export const feasibilityResultSchema = z
  .strictObject({
    asOf: z.iso.date(),
    agreements: z.array(z.strictObject({ id: z.string(), title: z.string(), type: z.enum(['sla', 'ola', 'contract']), checks: z.array(check) })),
  })
  .meta({ title: 'Result of itsms feasibility' });

export type FeasibilityResult = z.infer<typeof feasibilityResultSchema>;
