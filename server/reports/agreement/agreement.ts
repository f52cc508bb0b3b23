/**
 * An agreement as a document to sign (8.3.3, 8.3.4): who promises what to whom, for how long, how it is computed, and what
 * else was agreed. Only what the model declares is in it; what it lacks against the standard stands on a page of its own
 * behind the signatures. A document names no customer but the one who signs it.
 */
import type { Agreement } from '../../../language/model/declarations.ts';
import type { Block, Document, Inlines } from '../blocks.ts';
import { attention, definitions, list, paragraph, section, signatures, strong } from '../block-builders.ts';
import { agreementTypeInWords } from '../facts/declared-words.ts';
import { remarksOf } from '../facts/remarks-of.ts';
import { titleById, titleOf } from '../facts/names.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import { agreedSections } from './agreed-sections.ts';
import { partiesOf, withoutOtherCustomers, type ContractParties } from './parties.ts';
import { promiseSections } from './promise-sections.ts';

export const agreementDocument: ReportDefinition = {
  id: 'agreement',
  title: 'Agreement to sign',
  description: 'A service level agreement, operational level agreement or contract as a document to sign: parties, services, hours, targets and how each is computed, limits, exceptions, reviews, credits, signatures.',
  clause: '8.3.3',
  parameters: { agreement: 'each' },
  build,
};

/** What the sections of the document are made from. */
export interface AgreementContext {
  readonly input: ReportInput;
  readonly agreement: Agreement;
  readonly parties: ContractParties;
}

/** A section without its number; undefined where nothing is declared for it. */
export type Clause = { readonly heading: string; readonly blocks: readonly Block[] } | undefined;

function build(input: ReportInput): Document {
  const { model, words } = input;
  const agreement = model.get('Agreement', input.agreement);
  if (agreement === undefined) return reportDocument(input, { id: 'agreement', title: words.say('Agreement'), blocks: [attention(words.say('No agreement is declared.'))] });
  const context: AgreementContext = { input, agreement, parties: partiesOf(input, agreement) };
  const clauses = [...agreedSections(context, 'before'), ...promiseSections(context), ...agreedSections(context, 'after')].filter((clause) => clause !== undefined);
  return reportDocument(input, {
    id: `agreement-${agreement.name}`,
    title: titleOf(agreement),
    subtitle: agreementTypeInWords(words, agreement.type),
    blocks: [
      ...standing(context),
      definitions(opening(context)),
      ...clauses.map(({ heading, blocks }, index) => section(`${index + 1}. ${heading}`, blocks, { anchor: `agreed-${index + 1}` })),
      section(`${clauses.length + 1}. ${words.say('Signatures')}`, [paragraph(words.say('By signing, both parties agree to the sections above.')), signatures([context.parties.provider, context.parties.other])], { anchor: 'signatures', together: true }),
      ...internalNote(context),
    ],
  });
}

/** What a signatory has to know first: that it is a draft, has ended or does not hold yet. */
function standing({ input: { words, asOf }, agreement }: AgreementContext): readonly Block[] {
  const { validFrom, validTo, agreed } = agreement;
  if (validTo !== undefined && validTo < asOf) return [attention(words.say('This agreement ended on {0}.', words.dateInWords(validTo)))];
  if (!agreed.some(({ on }) => on <= asOf)) return [attention(words.say('Draft: nobody is recorded as having agreed to it.'))];
  if (validFrom !== undefined && validFrom > asOf) return [attention(words.say('This agreement comes into force on {0}.', words.dateInWords(validFrom)))];
  return [];
}

function opening({ input: { words, model }, agreement, parties }: AgreementContext): readonly (readonly [string, Inlines])[] {
  const { validFrom, validTo, version } = agreement;
  const validity =
    validFrom === undefined ? (validTo === undefined ? undefined : words.say('to {0}', words.dateInWords(validTo))) : validTo === undefined ? words.say('from {0}, without an end', words.dateInWords(validFrom)) : words.say('from {0} to {1}', words.dateInWords(validFrom), words.dateInWords(validTo));
  return [
    [words.say('Between'), [words.list([parties.provider.name, parties.other.name])]],
    ...(validity === undefined ? [] : [[words.say('Valid'), [validity]] as const]),
    ...agreement.agreed.map(({ by, on, parties: named }) => {
      const person = titleById(model, 'Party', by);
      const day = words.dateInWords(on);
      const others = withoutOtherCustomers(model, agreement, named);
      return [words.say('Agreed'), [others.length === 0 ? words.say('by {0} on {1}', person, day) : words.say('with {2} by {0} on {1}', person, day, words.list(others.map((id) => titleById(model, 'Party', id))))]] as const;
    }),
    ...(version === undefined ? [] : [[words.say('Version'), [version]] as const]),
  ];
}

/** What the agreement lacks, for whoever prepares it; no part of what is signed. */
function internalNote({ input: { words, remarks }, agreement }: AgreementContext): readonly Block[] {
  const gaps = new Map(remarksOf(remarks, agreement.$key).flatMap(({ row, remark }) => (remark.kind === 'shortfall' && remark.axis === 'declared' ? [[remark.message, words.say('{0} (clause {1})', remark.message, row)] as const] : [])));
  const isOfNothing = agreement.fee === undefined && [...agreement.credits.map(({ amount }) => amount), agreement.creditCap ?? ''].some((amount) => amount.endsWith('%'));
  const lacks = [...gaps.values(), ...(isOfNothing ? [words.say('Credits are a percentage of the fee, and no fee is declared: what is due cannot be computed.')] : [])];
  if (lacks.length === 0) return [];
  // Without a heading: tables of contents do not list what is taken out.
  return [{ kind: 'page-break' }, attention(strong(words.say('Internal note')), ' – ', words.say('Not a part of the agreement: take this page out before it is passed on.')), list(lacks.map((one) => [one]))];
}
