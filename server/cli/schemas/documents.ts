import { z } from 'zod';

const position = z.int().min(1);

const place = z.strictObject({
  form: z.enum(['document', 'evidence', 'records', 'declaration']).meta({ description: 'A declared document, an evidence, a source of records, or a declaration that says it itself' }),
  type: z.string(),
  id: z.string(),
  title: z.string(),
  file: z.string().meta({ description: 'Where it is declared, relative to the project' }),
  line: position,
  column: position,
  kept: z.string().nullable().meta({ description: 'Where it is kept beside the model: a file, a location, a link' }),
  version: z.string().nullable(),
  owner: z.string().nullable(),
  approval: z.strictObject({ by: z.string(), on: z.string(), stands: z.boolean().meta({ description: 'false: what was approved has changed since' }) }).nullable(),
  dated: z.string().nullable().meta({ description: 'The day that a record tells of' }),
  nextReview: z.string().nullable(),
  reviewOverdue: z.boolean(),
  records: z.int().nonnegative().nullable().meta({ description: 'How many were read from the source; null: none were' }),
  fault: z.string().nullable().meta({ description: 'What keeps it from counting' }),
});

const document = z.strictObject({
  id: z.string().startsWith('di.'),
  kind: z.string().meta({ description: 'As the fact “kind” of a document names it' }),
  name: z.string(),
  mode: z.enum(['maintain', 'retain']).meta({ description: 'A document kept current, or a record kept as evidence' }),
  obligation: z.enum(['explicit', 'implied']).meta({ description: 'Whether the standard asks for it in words, or it is the usual proof of what it asks for' }),
  listedIn754: z.string().nullable().meta({ description: 'The letter under which clause 7.5.4 lists it' }),
  requirements: z.array(z.string()),
  state: z.enum(['noGap', 'gap', 'notRequired', 'unknown']),
  reasons: z.array(z.string()),
  places: z.array(place),
});

/** What `itsms documents --format json` prints: every item of documented information that the standard asks for. */
export const documentsResultSchema = z.strictObject({ asOf: z.iso.date(), documents: z.array(document) }).meta({ title: 'Result of itsms documents' });

export type DocumentsResult = z.infer<typeof documentsResultSchema>;
