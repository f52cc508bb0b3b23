import { z } from 'zod';
import requirementsData from './requirements.json' with { type: 'json' };
import vocabularyData from './vocabulary.json' with { type: 'json' };

const text = z.string().min(1);

/** A property of a kind of declaration or of a part of one, by its name in the syntax tree; the type `*` is every declaration. */
const property = z.strictObject({ type: text, property: text });
/** A standard field of a kind of record that a source brings. */
const field = z.strictObject({ record: text, field: text });
/** Not written anywhere: it follows from what is, in this way. */
const derived = z.strictObject({ derived: text });

const places = z.array(property.or(field).or(derived)).min(1).readonly();
const because = { because: text };

const vocabularySchema = z.strictObject({
  commonAttributes: z.record(text, places),
  entities: z.record(text, z.record(text, places)),
  structure: z.array(property.extend(because).or(field.extend(because))).readonly(),
});

const modelVocabularySchema = z.object({
  commonAttributes: z.array(text).readonly(),
  entities: z.array(z.object({ entity: text, purpose: text, attributes: z.array(text).readonly() })).readonly(),
});

/** Where an attribute of the catalogue's vocabulary is expressed. */
export type VocabularyPlace = z.infer<typeof property> | z.infer<typeof field> | z.infer<typeof derived>;

export interface Vocabulary {
  /** Attributes that every entity may have. */
  readonly commonAttributes: Readonly<Record<string, readonly VocabularyPlace[]>>;
  /** Each entity of the catalogue with each of its attributes. */
  readonly entities: Readonly<Record<string, Readonly<Record<string, readonly VocabularyPlace[]>>>>;
  /** What the language has beyond the vocabulary of the standard, and why; the property `*` is every property of a type. */
  readonly structure: z.infer<typeof vocabularySchema>['structure'];
}

/** The entities and attributes in which the catalogue says what is checked: the terms of its model checks. */
export const modelVocabulary = modelVocabularySchema.parse(requirementsData.modelVocabulary);

/** Where each of them is expressed: as a fact in text, as a field of a record, or derived from others. */
export const vocabulary: Vocabulary = vocabularySchema.parse(vocabularyData);
