import { z } from 'zod';

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

const figure = z.strictObject({
  kind: z.enum(['target', 'workload', 'metric']),
  name: z.string().min(1).meta({ description: 'Of the service level target, the workload limit or the metric' }),
  metric: z.string().nullable().meta({ description: 'The metric, where the figure is one' }),
  group: z.record(z.string(), z.string()).optional().meta({ description: 'What a grouped metric was computed for, such as { "service": "email" }' }),
  agreement: z.string().nullable(),
  period: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?|-Q[1-4]|-W\d{2})?$/),
  value: decimal.nullable().meta({ description: 'Exact decimal in the unit; null: unknown' }),
  unit: z.string(),
  numerator: decimal.nullable(),
  denominator: decimal.nullable(),
  excluded: z.array(z.strictObject({ reason: z.string(), amount: z.string(), unit: z.enum(['records', 'seconds', 'user-seconds']) })),
  sample: z.int().nonnegative().nullable().meta({ description: 'How many records the figure rests on' }),
  target: z.string().nullable().meta({ description: 'What is promised, such as ">= 99.8%"' }),
  met: z.boolean().nullable().meta({ description: 'null: no target, too few records, or unknown' }),
  verdict: z.enum(['met', 'warning', 'missed', 'tooFew', 'unknown', 'noTarget']),
  reason: z.string().nullable().meta({ description: 'Why it is unknown' }),
  source: z.string().nullable(),
  dataHash: z.string(),
});

/** What `itsms measure --format json` prints. */
export const measureResultSchema = z.array(figure).meta({ title: 'Result of itsms measure' });

/** What `itsms measure --rows … --format json` prints. */
export const measureRowsResultSchema = z.strictObject({
  figure: figure.nullable(),
  zone: z.string().meta({ description: 'By whose clocks moments are printed' }),
  total: z.int().nonnegative(),
  notes: z.array(z.string()),
  rows: z.array(z.strictObject({
    key: z.string(),
    began: z.string(),
    outcome: z.enum(['missed', 'met', 'numerator', 'denominator only', 'counted', 'left out']),
    why: z.string(),
    seconds: z.number().nullable().meta({ description: 'Of time: how much of it is counted or left out; times users where the figure is weighted by users' }),
  })),
}).meta({ title: 'Result of itsms measure --rows' });

export type MeasureRowsResult = z.infer<typeof measureRowsResultSchema>;

export type MeasureResult = z.infer<typeof measureResultSchema>;
export type MeasuredFigure = MeasureResult[number];
