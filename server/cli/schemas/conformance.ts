import { z } from 'zod';

const whole = z.int().nonnegative();
const step = z.strictObject({ process: z.string(), node: z.string() });
const fit = z.strictObject({
  cases: whole,
  open: whole.meta({ description: 'Cases that are not finished' }),
  following: whole.meta({ description: 'Cases without a deviation' }),
  cost: whole.meta({ description: 'Of all alignments; fitness is 1 − cost ÷ worst' }),
  worst: whole,
  notCompared: whole,
});

const conformance = z.strictObject({
  source: z.string(),
  recordKind: z.string(),
  process: z.string(),
  from: z.string().meta({ description: 'The first month' }),
  to: z.string(),
  events: whole,
  clock: z.string().nullable().meta({ description: 'The calendar whose open hours measure the time between steps; null: elapsed time' }),
  finishedBy: z.string().nullable().meta({ description: 'What says that a case is finished: “condition” or a field; null: all are taken as finished' }),
  withoutStep: whole.nullable().meta({ description: 'Records of these months that show no step' }),
  fit,
  months: z.array(z.strictObject({ month: z.string(), ...fit.shape })),
  deviations: z.array(z.strictObject({ kind: z.enum(['skipped', 'extra', 'unknown', 'early', 'late']), step: step.nullable(), activity: z.string().nullable(), beside: step.nullable(), cases: whole, occurrences: whole, samples: z.array(z.string()) })),
  skippedControls: z.array(z.strictObject({ step, requirements: z.array(z.string()), cases: whole, samples: z.array(z.string()) })),
  variants: whole.meta({ description: 'How many different orders of steps there are' }),
  frequentVariants: z.array(z.strictObject({ activities: z.array(z.string()), finished: z.boolean(), cases: whole, cost: whole.nullable(), samples: z.array(z.string()) })),
  waits: z.array(z.strictObject({ from: z.array(step).meta({ description: 'Several where what the log says may stand for any of them' }), to: z.array(step), times: whole, median: z.int().meta({ description: 'Seconds, as all times' }), p90: z.int(), longest: z.int(), total: z.int() })),
  unseen: z.array(step).meta({ description: 'Steps that the log shows nothing of' }),
  unknownActivities: z.array(z.strictObject({ text: z.string(), events: whole })),
  notCompared: z.enum(['limit', 'noEnd']).nullable(),
});

/** What `itsms conformance --format json` prints. */
export const conformanceResultSchema = z.strictObject({ asOf: z.iso.date(), conformance: z.array(conformance) }).meta({ title: 'Result of itsms conformance' });

export type ConformanceResult = z.infer<typeof conformanceResultSchema>;
