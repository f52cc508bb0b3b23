import { z } from 'zod';

const place = z.strictObject({ file: z.string(), line: z.int().min(1), column: z.int().min(1) });
const limit = z.strictObject({
  amount: z.number().nonnegative(),
  unit: z.enum(['seconds', 'working days', 'months']),
  calendar: z.string().nullable().meta({ description: 'The calendar that must be open; null: time that passes' }),
  words: z.string(),
});

const process = z.strictObject({
  id: z.string(),
  title: z.string(),
  place,
  nodes: z.int().nonnegative(),
  verdict: z.enum(['sound', 'unsound', 'unknown', 'incomplete', 'none']).meta({ description: 'Sound: from every state it can come to its end, nothing is left over then, and no node is never carried out. Of its own flow, taking what it calls as steps that get done' }),
  restsOn: z.array(z.string()).meta({ description: 'Processes that it calls, also through others, and that are not proved sound' }),
  circle: z.array(z.string()).meta({ description: 'Calls by which every way through it comes back to it, so that it never ends' }),
  faults: z.array(z.strictObject({ kind: z.string(), message: z.string(), place, way: z.array(z.strictObject({ place, words: z.string() })), mends: z.array(z.string()).meta({ description: 'Changes after which the flow is proved sound' }) })),
  longestWay: z
    .strictObject({ limit, nodes: z.array(z.string()), notCounted: z.array(z.string()) })
    .nullable()
    .meta({ description: 'The way that takes longest by the limits of its steps; null where no step states one' }),
  promises: z.array(
    z.strictObject({
      agreement: z.string(),
      target: z.string(),
      promised: limit,
      takes: limit.nullable().meta({ description: 'By the limits of the steps; null where no step says that it keeps the promise (reaches …), or no limit can be compared' }),
      kept: z.boolean().nullable().meta({ description: 'null: not known, also where steps of the way state no limit' }),
    }),
  ),
});

/** What `itsms flows --format json` prints. */
export const flowsResultSchema = z.strictObject({ asOf: z.iso.date(), processes: z.array(process) }).meta({ title: 'Result of itsms flows' });

export type FlowsResult = z.infer<typeof flowsResultSchema>;
