import { z } from 'zod';
import questionsData from './assessment-questions.json' with { type: 'json' };

const text = z.string().min(1);

const question = z.object({
  number: z.int().positive(),
  part: text,
  question: text,
  requirementIds: z.array(text).min(1),
  shows: z.array(z.string().regex(/^(?:records [a-z-]+|[A-Z][A-Za-z]*(?:\.[a-z][A-Za-z]*)?(?: [a-z][A-Za-z]*=[a-z][a-z -]*)?)$/)).min(1),
});

/** What answers a question first: declarations of a type, or records of a kind. */
export type Answering =
  | { readonly kind: 'records'; readonly recordKind: string }
  | {
      readonly kind: 'declarations';
      readonly type: string;
      /** The fact that says it. */
      readonly fact?: string;
      /** The fact that tells which of them. */
      readonly which?: { readonly fact: string; readonly value: string };
    };

/** A question of an assessor that a service provider must be able to answer, in our own words. */
export interface AssessmentQuestion {
  /** From 1. */
  readonly number: number;
  /** The part of the list it stands in: `Clause 4: context`. */
  readonly part: string;
  readonly question: string;
  /** Rows of the catalogue that it is about. */
  readonly requirementIds: readonly string[];
  readonly shows: readonly Answering[];
}

let questions: readonly AssessmentQuestion[] | undefined;

/** All questions in their order. Read when they are first asked for. */
export function assessmentQuestions(): readonly AssessmentQuestion[] {
  return (questions ??= z
    .object({ questions: z.array(question) })
    .parse(questionsData)
    .questions.map((one) => ({ ...one, shows: one.shows.map(answering) })));
}

function answering(words: string): Answering {
  const [first = '', ...rest] = words.split(' ');
  if (first === 'records') return { kind: 'records', recordKind: rest.join(' ') };
  const [type = '', fact] = first.split('.');
  const [name, value] = rest.join(' ').split('=');
  return { kind: 'declarations', type, ...(fact === undefined ? {} : { fact }), ...(name === undefined || value === undefined ? {} : { which: { fact: name, value } }) };
}
