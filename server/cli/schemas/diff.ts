import { z } from 'zod';
import { topics } from '../../analysis/comparison/change.ts';

const effect = z.enum(['added', 'removed', 'tightened', 'loosened', 'extended', 'reduced', 'raised', 'lowered', 'retired', 'reinstated', 'given', 'withdrawn', 'voided', 'restored', 'expired', 'renewed', 'gained', 'lost', 'gap opened', 'gap closed', 'renamed', 'unbound', 'changed']);

const revision = z.strictObject({ asked: z.string(), commit: z.string(), on: z.iso.date().meta({ description: 'The day of the commit' }), subject: z.string() });

const state = z.enum(['yes', 'no', 'unknown', 'notRequired', 'applicable', 'notApplicable', 'later', 'accepted', 'notAccepted']);

const row = z.strictObject({
  row: z.string(),
  on: z.enum(['declared', 'evidenced', 'effective', 'applicability', 'waiver']),
  before: state,
  after: state,
  effect: effect.meta({ description: '“gained” and “lost”: to or from no gap found; “gap opened” and “gap closed”: from or to what is unknown or not required' }),
  reasons: z.array(z.string()).meta({ description: 'What is missing in the state that has the gap' }),
});

const subject = z.strictObject({ type: z.string(), id: z.string(), title: z.string() }).nullable();
const place = z.strictObject({ file: z.string(), line: z.int().min(1), column: z.int().min(1) }).nullable().meta({ description: 'Where it stands in the later state' });

const change = z.strictObject({
  topic: z.enum(topics),
  effect,
  before: subject.meta({ description: 'null: it was not there' }),
  after: subject.meta({ description: 'null: it is there no more' }),
  place,
  details: z.array(
    z.strictObject({ what: z.string(), before: z.string().nullable(), after: z.string().nullable(), effect, from: z.string().nullable().meta({ description: 'The day from which it holds, where it is not the beginning' }) }),
  ),
});

/** What `itsms diff --format json` prints. */
export const diffResultSchema = z
  .strictObject({
    asOf: z.iso.date().meta({ description: 'The day that both states are assessed on' }),
    from: revision,
    to: revision.nullable().meta({ description: 'null: the text as it is now' }),
    isMeasured: z.boolean(),
    requirements: z.array(row),
    changes: z.array(change),
    passed: z.array(z.strictObject({ kind: z.string(), on: z.iso.date(), subject: z.string(), event: z.string(), place })).meta({ description: 'What ran out between the day of the first state and today, by the passing of time alone' }),
  })
  .meta({ title: 'Result of itsms diff' });

export type DiffResult = z.infer<typeof diffResultSchema>;
