import { Option } from 'commander';
import { nearest } from '../../../language/values/nearest.ts';
import { ratioPercent } from '../../../language/values/percent.ts';
import type { BackTest, CreditSum } from '../../analysis/back-test/back-test-result.ts';
import { backTestDocument, creditsInWords, dimensionInWords, tallyInWords, togetherOf, worstOf } from '../../reports/back-test/back-test-document.ts';
import { wordsIn } from '../../reports/words/words.ts';
import { valueInWords } from '../../reports/facts/figures.ts';
import { renderText } from '../../reports/render-document.ts';
import { textTable } from '../../reports/renderers/text-table.ts';
import { printedJson } from '../format-option.ts';
import { CannotRun, exitCodes } from '../io.ts';
import { openProject, withProjectOptions, type ProjectSelection } from '../open-project.ts';
import type { AddCommand } from '../run.ts';
import type { BackTestResult } from '../schemas/back-test.ts';
import { safeForTerminal, terminalStyle, type Style } from '../style.ts';

// The command line speaks English, whatever language documents are in.
const english = wordsIn('en');

interface BackTestCommandOptions extends ProjectSelection {
  readonly format: 'text' | 'json' | 'md' | 'html';
  readonly months?: string;
}

const mostMonths = 120;

/** `itsms back-test`: an agreement, a draft for instance, against the records of the last months. */
export const backTestCommand: AddCommand = (program, io, ended) => {
  withProjectOptions(program.command('back-test'))
    .description('Test an agreement on the past: would it have been kept in the last months, what would it have cost, and what if it promised otherwise')
    .argument('<agreement>', 'the id of an SLA, OLA or contract; a draft needs no dates')
    .option('--months <number>', 'how many months back (default: 12)')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'md', 'html']).default('text'))
    .action(async (agreement: string, options: BackTestCommandOptions) => {
      const months = options.months === undefined ? undefined : Number(options.months);
      if (months !== undefined && !(Number.isInteger(months) && months >= 1 && months <= mostMonths)) throw new CannotRun(`--months: “${options.months ?? ''}” is no number from 1 to ${mostMonths}.`);
      const project = await openProject(options, io);
      const all = project.model.all('Agreement').map(({ name }) => name);
      if (!all.includes(agreement)) {
        const suggestion = nearest(agreement, all);
        throw new CannotRun(`There is no agreement “${agreement}”${suggestion === undefined ? '.' : `; did you mean “${suggestion}”?`}`);
      }
      const test = await project.backTest(agreement, { ...(months === undefined ? {} : { months }), signal: io.signal }).catch((error: unknown) => {
        if (io.signal.aborted) throw new CannotRun('Interrupted.');
        throw error;
      });
      if (typeof test === 'string') throw new CannotRun(test);
      switch (options.format) {
        case 'text':
          io.out(backTestText(test, terminalStyle(io.colour)));
          break;
        case 'json':
          io.out(printedJson(backTestResult(project.asOf, test)));
          break;
        case 'md':
        case 'html':
          io.out(renderText(backTestDocument(await project.reportInput(), test), options.format));
          break;
      }
      ended(exitCodes.fine);
    });
};

function backTestText({ agreement, isDraft, months, promises, credits, creditSum }: BackTest, style: Style): string {
  const overview = textTable(
    [{ head: 'Promise' }, { head: 'Says' }, { head: 'Kept' }, { head: 'Worst period' }, { head: 'All together', right: true }],
    promises.map(({ name, says, tally, figures }) => {
      const [worst, together] = [worstOf(figures), togetherOf(figures)];
      return [name, says, tallyInWords({ tally }, english), worst === undefined ? (figures[0]?.reason ?? '–') : `${worst.period}: ${valueInWords(worst) ?? ''}`, together === undefined ? '' : `${ratioPercent(together) ?? '–'}%`].map(safeForTerminal);
    }),
  );
  const varied = promises.flatMap(({ name, varied: all }) => {
    if (all.every(({ figures }) => figures.every(({ value }) => value === undefined))) return [];
    const rows = all.map(({ dimension, says, isDeclared, tally, figures, credits: cost }) => {
      const together = togetherOf(figures);
      return [dimensionInWords[dimension], `${says}${isDeclared ? ' *' : ''}`, tallyInWords({ tally }, english), together === undefined ? '' : `${ratioPercent(together) ?? '–'}%`, ...(credits.length === 0 ? [] : [creditsInWords(cost, english)])].map(safeForTerminal);
    });
    return [`${style.strong(safeForTerminal(name))}\n${textTable([{ head: 'Varied' }, { head: 'If it said' }, { head: 'Kept' }, { head: 'All together', right: true }, ...(credits.length === 0 ? [] : [{ head: 'Service credits' }])], rows)}`];
  });
  return [
    `${style.strong(safeForTerminal(agreement))}${isDraft ? ' (draft)' : ''}, as if it had been in force from ${months[0] ?? ''} to ${months.at(-1) ?? ''}\n`,
    overview,
    ...(credits.length === 0 ? [] : [`Service credits: ${safeForTerminal(creditsInWords(creditSum, english))}.\n`]),
    ...varied,
    '* as the agreement says it. One thing is varied at a time.\n',
  ].join('\n');
}

function backTestResult(asOf: string, { agreement, isDraft, months, promises, credits, creditSum }: BackTest): BackTestResult {
  const sumOf = ({ due, periods, unknown, reason }: CreditSum): BackTestResult['credits'] => ({ due: [...due], months: periods, unknown, reason: reason ?? null });
  return {
    asOf, agreement, draft: isDraft, months: [...months],
    promises: promises.map(({ kind, name, says, tally, figures, varied }) => ({
      kind, name, says, tally: { ...tally },
      figures: figures.map(({ period, value, unit, numerator, denominator, verdict, reason }) => ({ period, value: value ?? null, unit, numerator: numerator ?? null, denominator: denominator ?? null, verdict, reason: reason ?? null })),
      varied: varied.map(({ dimension, says: said, isDeclared, tally: own, figures: of, credits: cost }) => {
        const together = togetherOf(of);
        return { dimension, says: said, declared: isDeclared, tally: { ...own }, numerator: together?.numerator ?? null, denominator: together?.denominator ?? null, credits: sumOf(cost) };
      }),
    })),
    credits: sumOf(creditSum),
    creditsByMonth: credits.map(({ month, due, isAtLeast, reason }) => ({ month, due: due ?? null, atLeast: isAtLeast, reason: reason ?? null })),
  };
}
