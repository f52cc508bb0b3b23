/** Samples: those that auditors took, and records drawn at random in a way that anybody can repeat. */
import type { Audit } from '../../iso20000/internal-audits.ts';
import { isFilledIn } from '../../assessment/filled-in.ts';
import { sampledMonths, type RecordSample } from '../../measurement/record-samples.ts';
import type { Block, Inlines } from '../blocks.ts';
import { code, column, count, list, paragraph, quiet, section, strong, table, unknown, words as text } from '../block-builders.ts';
import { titleOf } from '../facts/names.ts';
import type { ReportInput } from '../report.ts';
import { message } from '../words/words.ts';

const reasons: Readonly<Record<NonNullable<RecordSample['reason']>, string>> = {
  elsewhere: message('Its records stay in their database.'),
  unkeyed: message('Its records have no key.'),
  unread: message('Its data could not be read.'),
  undated: message('Nothing says when its records began.'),
};

export function sampleSection(input: ReportInput, audits: readonly Audit[]): Block {
  const { words } = input;
  const taken = audits.flatMap((audit) => audit.samples.filter(isFilledIn).map((sample): Inlines => [strong(`${titleOf(audit)}: `), sample]));
  return section(
    words.say('Samples'),
    [
      ...(taken.length === 0 ? [paragraph(quiet(words.say('No audit says which records it looked at.')))] : [section(words.say('What auditors looked at'), [list(taken)])]),
      drawnSection(input),
    ],
    { anchor: 'samples' },
  );
}

function drawnSection({ measurements, words }: ReportInput): Block {
  const heading = words.say('Records drawn for the next audit');
  const samples = measurements?.samples ?? [];
  if (samples.length === 0) return section(heading, [paragraph(measurements === undefined ? words.say('No records were read, so none are drawn.') : words.say('No source of records is declared, so none are drawn.'))]);
  const [{ seed }] = samples as readonly [RecordSample, ...RecordSample[]];
  const drawn = samples.filter((sample) => sample.drawn.length > 0);
  return section(heading, [
    paragraph(...words.inlines('Seed: {0}. Records are put in the order of {1}, as UTF-8 and in hexadecimal, and the first are taken: whoever has the same records draws the same ones, in whatever order they stand.', code(seed), code('sha256(seed + "\\n" + source + "\\n" + key)'))),
    table(
      [column(words.say('Source')), column(words.say('Records drawn from'), 'number'), column(words.say('Drawn'), 'number'), column(words.say('Keys'), 'text', { width: 'wide' })],
      samples.map((sample) => [text(code(sample.source)), sample.reason === undefined ? count(sample.population) : unknown(), count(sample.drawn.length), text(sample.reason === undefined ? sample.drawn.map(({ key }) => key).join(', ') : quiet(words.say(reasons[sample.reason])))]),
      {
        density: 'dense',
        caption: [words.say('From {0} of {1} sources, of records that began in the {2} months up to {3}; of registers, all. Records without a key cannot be drawn: {4}.', drawn.length, samples.length, sampledMonths, words.dateInWords(samples[0]?.to ?? ''), samples.reduce((sum, { withoutKey }) => sum + withoutKey, 0))],
      },
    ),
  ]);
}
