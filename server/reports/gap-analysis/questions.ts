/** What assessors ask, and what the model answers. */
import { countsOf, type Answer, type Shown } from '../../analysis/assessment-questions.ts';
import type { AxisState } from '../../assessment/assessment.ts';
import type { Block, Inline, Inlines } from '../blocks.ts';
import { at, list, paragraph, quiet, section, strong } from '../block-builders.ts';
import { titleById } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import type { ReportInput } from '../report.ts';

const stateInWords: Readonly<Record<AxisState, string>> = { yes: 'no gap found', no: 'a gap', unknown: 'unknown', notRequired: 'not required' };

export function questionSection(input: ReportInput, answers: readonly Answer[]): Block {
  const { withGap, unknown, clear } = countsOf(answers);
  const parts = [...new Set(answers.map(({ question }) => question.part))];
  return section(
    'Questions of assessors',
    [
      paragraph(`Of ${answers.length} questions ${withGap} meet a gap, ${unknown} something unknown; in the other ${clear} all was there.`),
      ...parts.map((part) => section(part, answers.filter(({ question }) => question.part === part).map((one) => answerSection(input, one)))),
    ],
    { anchor: 'questions' },
  );
}

function answerSection(input: ReportInput, { question, axes, shows, more, missing, unknown, notApplicable }: Answer): Block {
  const items: Inlines[] = [
    ...shows.map((one) => shownWords(input, one)),
    ...(more > 0 ? [[quiet(`and ${more} more`)]] : []),
    ...missing.map(({ row, message, place }): Inlines => [strong('Missing: '), at(sourcePlace(input.locator, place), message), quiet(` (${row})`)]),
    ...unknown.map((reason): Inlines => [strong('Not known: '), reason]),
    ...notApplicable.map((reason): Inlines => [strong('Does not apply: '), reason]),
  ];
  return section(
    `${question.number}. ${question.question}`,
    [
      paragraph(quiet(`${question.requirementIds.join(', ')} — declared: ${stateInWords[axes.declared]}; evidenced: ${stateInWords[axes.evidenced]}; effective: ${stateInWords[axes.effective]}`)),
      items.length === 0 ? paragraph('There is nothing to show.') : list(items),
    ],
    { together: true },
  );
}

const longest = 160;

function shownWords(input: ReportInput, { what, title, says, who, since, kept, records, place }: Shown): Inlines {
  const details = [who === undefined ? undefined : titleById(input.model, 'Party', who), since, records === undefined ? undefined : `${records} records`, kept].filter((one) => one !== undefined);
  const text: readonly Inline[] = says === undefined || says === title ? [] : [`: ${says.length > longest ? `${says.slice(0, longest)}…` : says}`];
  return [quiet(`${what} `), at(sourcePlace(input.locator, place), title), ...text, ...(details.length === 0 ? [] : [quiet(` (${details.join(', ')})`)])];
}
