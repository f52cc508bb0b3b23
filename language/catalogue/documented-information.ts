import { z } from 'zod';
import documentedInformationData from './documented-information.json' with { type: 'json' };

const text = z.string().min(1);

const item = z.object({
  id: z.string().startsWith('di.'),
  name: text,
  mode: z.enum(['maintain', 'retain']),
  obligation: z.enum(['explicit', 'implied']),
  suggestedReviewMonths: z.number().int().positive().nullable(),
  requirementIds: z.array(text),
  listedIn754: z.string().nullable(),
});

/** Documented information that the standard asks for: a document kept current (maintain) or a record kept as evidence (retain). */
export interface DocumentedInformation {
  /** `di.scope`, as rows of the catalogue name it. */
  readonly id: string;
  /** `scope`, as `kind` of a document names it. */
  readonly kind: string;
  readonly name: string;
  readonly mode: 'maintain' | 'retain';
  /** Whether the standard asks for it in words, or it is the usual proof of what it asks for. */
  readonly obligation: 'explicit' | 'implied';
  readonly suggestedReviewMonths: number | null;
  readonly requirementIds: readonly string[];
  /** The letter under which clause 7.5.4 lists it. */
  readonly listedIn754: string | null;
}

/** All kinds of documented information, by the id that rows name. */
export const documentedInformation: ReadonlyMap<string, DocumentedInformation> = new Map(
  z
    .object({ documents: z.array(item) })
    .parse(documentedInformationData)
    .documents.map((entry) => [entry.id, { ...entry, kind: entry.id.slice('di.'.length) }]),
);
