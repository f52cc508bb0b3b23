/** What assessors ask, and what the model answers. */
import { countsOf, type Answer, type Shown } from '../../analysis/assessment-questions.ts';
import type { AxisState } from '../../assessment/assessment.ts';
import type { Block, Inline, Inlines } from '../blocks.ts';
import { at, list, paragraph, quiet, section, strong } from '../block-builders.ts';
import { titleById } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import type { ReportInput } from '../report.ts';
import { message } from '../words/words.ts';

const stateInWords: Readonly<Record<AxisState, string>> = { yes: message('no gap found'), no: message('a gap'), unknown: message('unknown'), notRequired: message('not required') };

export function questionSection(input: ReportInput, answers: readonly Answer[]): Block {
  const { words } = input;
  const { withGap, unknown, clear } = countsOf(answers);
  const parts = [...new Set(answers.map(({ question }) => question.part))];
  return section(
    words.say('Questions of assessors'),
    [
      paragraph(words.say('Of {0} questions {1} meet a gap, {2} something unknown; in the other {3} all was there.', answers.length, withGap, unknown, clear)),
      ...parts.map((part) => section(part, answers.filter(({ question }) => question.part === part).map((one) => answerSection(input, one)))),
    ],
    { anchor: 'questions' },
  );
}

function answerSection(input: ReportInput, { question, axes, shows, more, missing, unknown, notApplicable }: Answer): Block {
  const { words } = input;
  const stood = (state: AxisState): string => words.say(stateInWords[state]);
  const items: Inlines[] = [
    ...shows.map((one) => shownWords(input, one)),
    ...(more > 0 ? [[quiet(words.say('and {0} more', more))]] : []),
    ...missing.map(({ row, message, place }): Inlines => [strong(words.say('Missing:')), ' ', at(sourcePlace(input.locator, place), message), quiet(` (${row})`)]),
    ...unknown.map((reason): Inlines => [strong(words.say('Not known:')), ' ', reason]),
    ...notApplicable.map((reason): Inlines => [strong(words.say('Does not apply:')), ' ', reason]),
  ];
  return section(
    `${question.number}. ${question.question}`,
    [
      paragraph(quiet(words.say('{0} — declared: {1}; evidenced: {2}; effective: {3}', question.requirementIds.join(', '), stood(axes.declared), stood(axes.evidenced), stood(axes.effective)))),
      items.length === 0 ? paragraph(words.say('There is nothing to show.')) : list(items),
    ],
    { together: true },
  );
}

const longest = 160;

function shownWords(input: ReportInput, { what, title, says, who, since, kept, records, place }: Shown): Inlines {
  const details = [who === undefined ? undefined : titleById(input.model, 'Party', who), since, records === undefined ? undefined : input.words.count(records, '{0} record', '{0} records'), kept].filter((one) => one !== undefined);
  const text: readonly Inline[] = says === undefined || says === title ? [] : [`: ${says.length > longest ? `${says.slice(0, longest)}…` : says}`];
  return [quiet(`${what} `), at(sourcePlace(input.locator, place), title), ...text, ...(details.length === 0 ? [] : [quiet(` (${details.join(', ')})`)])];
}
