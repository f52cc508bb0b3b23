import { z } from 'zod';

const whole = z.int().nonnegative();
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
const tally = z.strictObject({ met: whole, missed: whole, unknown: whole });
const credits = z.strictObject({ due: z.array(z.string()).meta({ description: 'Of all months, one amount for each currency' }), months: whole.meta({ description: 'In which credits would have been due' }), unknown: whole, reason: z.string().nullable() });
const figure = z.strictObject({ period: z.string(), value: decimal.nullable(), unit: z.string(), numerator: decimal.nullable(), denominator: decimal.nullable(), verdict: z.enum(['met', 'warning', 'missed', 'tooFew', 'unknown', 'noTarget']), reason: z.string().nullable() });

/** What `itsms back-test --format json` prints. */
export const backTestResultSchema = z
  .strictObject({
    asOf: z.iso.date(),
    agreement: z.string(),
    draft: z.boolean().meta({ description: 'Nobody has agreed it, or it is not in force yet' }),
    months: z.array(z.string()),
    promises: z.array(
      z.strictObject({
        kind: z.enum(['target', 'workload']),
        name: z.string(),
        says: z.string(),
        tally,
        figures: z.array(figure),
        varied: z.array(z.strictObject({ dimension: z.enum(['value', 'share', 'hours']), says: z.string(), declared: z.boolean(), tally, numerator: whole.nullable().meta({ description: 'Of all periods together' }), denominator: whole.nullable(), credits })),
      }),
    ),
    credits,
    creditsByMonth: z.array(z.strictObject({ month: z.string(), due: z.string().nullable(), atLeast: z.boolean(), reason: z.string().nullable() })),
  })
  .meta({ title: 'Result of itsms back-test' });

export type BackTestResult = z.infer<typeof backTestResultSchema>;
