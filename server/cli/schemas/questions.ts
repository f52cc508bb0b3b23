import { z } from 'zod';

const position = z.int().min(1);
const place = { file: z.string(), line: position, column: position };
const axis = z.enum(['yes', 'no', 'unknown', 'notRequired']);

const question = z.strictObject({
  number: position,
  part: z.string(),
  question: z.string(),
  requirements: z.array(z.string()),
  declared: axis.meta({ description: 'Of all its rows together: no where one has a gap, else unknown where one is' }),
  evidenced: axis,
  effective: axis,
  shows: z.array(
    z.strictObject({
      what: z.string(),
      title: z.string(),
      says: z.string().nullable(),
      who: z.string().nullable(),
      since: z.string().nullable(),
      kept: z.string().nullable().meta({ description: 'Where it is kept beside the model' }),
      records: z.int().nonnegative().nullable(),
      ...place,
    }),
  ),
  more: z.int().nonnegative().meta({ description: 'How much else there is to show' }),
  missing: z.array(z.strictObject({ row: z.string(), axis: z.enum(['declared', 'evidenced', 'effective']), message: z.string(), file: z.string().nullable(), line: position.nullable(), column: position.nullable() })),
  unknown: z.array(z.string()).meta({ description: 'Why something is not known' }),
  notApplicable: z.array(z.string()).meta({ description: 'Why rows do not apply, or only later' }),
});

/** What `itsms questions --format json` prints. */
export const questionsResultSchema = z.strictObject({ asOf: z.iso.date(), questions: z.array(question) }).meta({ title: 'Result of itsms questions' });

export type QuestionsResult = z.infer<typeof questionsResultSchema>;
