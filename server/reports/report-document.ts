import type { Block, Document } from './blocks.ts';
import { titleOf } from './facts/names.ts';
import type { ReportInput } from './report.ts';

/** What a report says of itself; the rest of a document is the same for all. */
export interface DocumentParts {
  readonly id: string;
  readonly title: string;
  readonly subtitle?: string;
  readonly audience?: string;
  /** Those that are undefined have nothing to say, and are left out. */
  readonly blocks: readonly (Block | undefined)[];
}

/** The document of a report: what it says, under the organization's name, in its language, with where all of it comes from. */
export function reportDocument({ model, words, look, provenance }: Pick<ReportInput, 'model' | 'words' | 'look' | 'provenance'>, { blocks, ...parts }: DocumentParts): Document {
  const [organization] = model.all('Organization');
  return {
    ...parts,
    language: words.language,
    organization: look?.name ?? (organization === undefined ? words.say('Organization not declared') : titleOf(organization)),
    ...(look === undefined ? {} : { look }),
    provenance,
    blocks: blocks.filter((block) => block !== undefined),
  };
}
