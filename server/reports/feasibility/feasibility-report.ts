/** Whether what agreements promise can be kept by what their services rest on (8.3.4), with the arithmetic. */
import type { Agreement } from '../../../language/model/declarations.ts';
import type { FeasibilityCheck } from '../../analysis/feasibility/check.ts';
import { placeOf } from '../../assessment/remark.ts';
import { at, lead, list, paragraph, quiet, section } from '../block-builders.ts';
import type { Block, Document, Inlines } from '../blocks.ts';
import { titleById, titleOf } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import { heldInWords, heldPromises, heldTable, type HeldPromise } from '../parts/promise-feasibility.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import { message, type Words } from '../words/words.ts';

export const feasibilityReport: ReportDefinition = {
  id: 'feasibility',
  title: 'Feasibility of promises',
  description: 'Whether what agreements promise can be kept by what their services rest on: what is left or lacks in minutes, the arithmetic, and what would close the gap.',
  clause: '8.3.4',
  parameters: { agreement: 'optional' },
  build,
};

function build(input: ReportInput): Document {
  const { words } = input;
  const held = heldPromises(input);
  const agreements = [...new Set(held.map(({ agreement }) => agreement))];
  return reportDocument(input, {
    id: input.agreement === undefined ? 'feasibility' : `feasibility-${input.agreement}`,
    title: words.say('Feasibility of promises'),
    ...(input.agreement === undefined ? {} : { subtitle: titleById(input.model, 'Agreement', input.agreement) }),
    blocks: held.length === 0
      ? [paragraph(words.say('No agreement in force promises anything that could be held against what it rests on.'))]
      : [
          lead(heldInWords(held, words)),
          heldTable(held, input, words.say('What cannot be kept comes first, then what cannot be told, then what has least to spare.')),
          ...agreements.map((agreement) => agreementSection(agreement, held, input)),
          section(words.say('What the figures mean'), [
            list([
              [words.say('What is left, or lacks, is what remains for what you do yourselves: of availability in one period, of hours in the month in which most is not covered, of times for a single record at the worst moment of the year to come.')],
              [words.say('Everything is counted from what is promised, not from what was measured. A part that nobody promises is never taken to be always there: then it cannot be told.')],
            ]),
          ], { anchor: 'method' }),
        ],
  });
}

function agreementSection(agreement: Agreement, held: readonly HeldPromise[], { locator, words }: ReportInput): Block {
  const checks = held.flatMap((one) => (one.agreement === agreement ? [one.check] : []));
  return section(
    titleOf(agreement),
    checks.flatMap((check): readonly Block[] => {
      const steps = check.steps.map((step): Inlines => [step]);
      const ways = check.remedies.map(({ message, agreement: key, path }): Inlines => [words.say('To close the gap:'), ' ', at(sourcePlace(locator, { entity: key, path }), message)]);
      const apart = check.notComparable.map((reason): Inlines => [quiet(words.say('Not compared:'), ' ', reason)]);
      const items = [...steps, ...ways, ...apart];
      return [paragraph(at(sourcePlace(locator, placeOf(agreement, ...check.path)), sentence(check, words)), ' ', check.summary), ...(items.length === 0 ? [] : [list(items)])];
    }),
    { anchor: `agreement-${agreement.name}` },
  );
}

const verdicts: Readonly<Record<FeasibilityCheck['verdict'], string>> = { kept: message('{0}: can be kept.'), notKept: message('{0}: cannot be kept.'), unknown: message('{0}: cannot be told.') };

function sentence({ promise, verdict }: FeasibilityCheck, words: Words): string {
  return words.say(verdicts[verdict], `${promise.slice(0, 1).toUpperCase()}${promise.slice(1)}`);
}
