import type { Locator } from '../../../language/model/model.ts';
import { answeredQuestions, countsOf, type Answer, type Shown } from '../../analysis/assessment-questions.ts';
import type { AxisState } from '../../assessment/assessment.ts';
import { printedJson, textOrJson, type TextOrJson } from '../format-option.ts';
import { exitCodes } from '../io.ts';
import { shownPlace } from '../located.ts';
import { measureProject, openProject, withProjectOptions, type ProjectSelection } from '../open-project.ts';
import type { AddCommand } from '../run.ts';
import type { QuestionsResult } from '../schemas/questions.ts';
import { safeForTerminal, terminalStyle, type Style } from '../style.ts';

interface QuestionsOptions extends ProjectSelection {
  readonly format: TextOrJson;
  readonly measure: boolean;
}

/** `itsms questions`: what assessors ask, and what the model answers. */
export const questionsCommand: AddCommand = (program, io, ended) => {
  withProjectOptions(program.command('questions'))
    .description('Answer the questions of assessors from the model: what we would show, where it is, what is missing')
    .addOption(textOrJson())
    .option('--no-measure', 'read no data: what rests on it is unknown')
    .action(async (options: QuestionsOptions) => {
      const project = await openProject(options, io);
      if (options.measure) await measureProject(project, io);
      const documents = await project.documentedInformation();
      const answers = answeredQuestions({ model: project.model, assessment: project.assessment(), remarks: project.remarks(), documents, measurements: project.measurements, asOf: project.asOf });
      io.out(options.format === 'json' ? printedJson(questionsResult(project.asOf, answers, project.model)) : questionsText(project.asOf, answers, project.model, terminalStyle(io.colour)));
      ended(exitCodes.fine);
    });
};

function questionsResult(asOf: string, answers: readonly Answer[], locator: Locator): QuestionsResult {
  return {
    asOf,
    questions: answers.map(({ question, axes, shows, more, missing, unknown, notApplicable }) => ({
      number: question.number,
      part: question.part,
      question: question.question,
      requirements: [...question.requirementIds],
      ...axes,
      shows: shows.map(({ what, title, says, who, since, kept, records, place }) => {
        const { file, line, column } = shownPlace(place, locator);
        return { what, title, says: says ?? null, who: who ?? null, since: since ?? null, kept: kept ?? null, records: records ?? null, file, line, column };
      }),
      more,
      missing: missing.map(({ row, axis, message, place }) => {
        const { file, line, column } = place === undefined ? { file: null, line: null, column: null } : shownPlace(place, locator);
        return { row, axis, message, file, line, column };
      }),
      unknown: [...unknown],
      notApplicable: [...notApplicable],
    })),
  };
}

/** The strongest word is that no gap was found. */
const stateInWords: Readonly<Record<AxisState, string>> = { yes: 'no gap found', no: 'a gap', unknown: 'unknown', notRequired: 'not required' };

function questionsText(asOf: string, answers: readonly Answer[], locator: Locator, style: Style): string {
  let part = '';
  const lines = answers.flatMap((answer) => {
    const heading = answer.question.part === part ? [] : [style.strong(answer.question.part), ''];
    part = answer.question.part;
    return [...heading, ...answerLines(answer, locator, style), ''];
  });
  const { withGap, unknown, clear } = countsOf(answers);
  return `${lines.join('\n')}\nOf ${answers.length} questions, as of ${asOf}: ${withGap} with a gap, ${unknown} with something unknown, ${clear} in which no gap was found.\n`;
}

function answerLines({ question, axes, shows, more, missing, unknown, notApplicable }: Answer, locator: Locator, style: Style): readonly string[] {
  const under = (heading: string, items: readonly string[]): readonly string[] => (items.length === 0 ? [] : [`    ${heading}`, ...items.map((item) => `      ${safeForTerminal(item)}`)]);
  return [
    `${String(question.number).padStart(3)}. ${question.question} ${style.quiet(`(${question.requirementIds.join(', ')})`)}`,
    `    declared: ${stateInWords[axes.declared]}; evidenced: ${stateInWords[axes.evidenced]}; effective: ${stateInWords[axes.effective]}`,
    ...under('We would show:', [...shows.map((one) => shownLine(one, locator)), ...(more > 0 ? [`and ${more} more`] : [])]),
    ...(shows.length === 0 ? ['    There is nothing to show.'] : []),
    ...under('Missing:', missing.map(({ row, message, place }) => `${message} (${row}${place === undefined ? '' : `, ${placeInWords(shownPlace(place, locator))}`})`)),
    ...under('Not known:', unknown),
    ...under('Does not apply:', notApplicable),
  ];
}

const longest = 120;

function shownLine({ what, title, says, who, since, kept, records, place }: Shown, locator: Locator): string {
  const text = says === undefined || says === title ? '' : `: ${says.length > longest ? `${says.slice(0, longest)}…` : says}`;
  const more = [who, since, records === undefined ? undefined : `${records} records`, kept].filter((one) => one !== undefined);
  return `${what} “${title}”${text}${more.length > 0 ? `; ${more.join(', ')}` : ''} (${placeInWords(shownPlace(place, locator))})`;
}

function placeInWords({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${line}`;
}
