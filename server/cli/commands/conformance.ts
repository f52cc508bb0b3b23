import { Option } from 'commander';
import { secondsInWords } from '../../../language/values/duration.ts';
import { nearest } from '../../../language/values/nearest.ts';
import type { Model } from '../../../language/model/model.ts';
import { skippedControls, type Conformance } from '../../analysis/conformance/conformance-result.ts';
import { deviationInWords, finishedInWords, stepInWords, stepsInWords } from '../../analysis/conformance/in-words.ts';
import { conformanceReport } from '../../reports/conformance/conformance-report.ts';
import { conformanceInWords, fitnessInPercent } from '../../reports/parts/process-conformance.ts';
import { wordsIn } from '../../reports/words/words.ts';
import { renderText } from '../../reports/render-document.ts';
import { textTable } from '../../reports/renderers/text-table.ts';
import { printedJson } from '../format-option.ts';
import { CannotRun, exitCodes } from '../io.ts';
import { measureProject, openProject, withProjectOptions, type ProjectSelection } from '../open-project.ts';
import type { AddCommand } from '../run.ts';
import type { ConformanceResult } from '../schemas/conformance.ts';
import { safeForTerminal, terminalStyle, type Style } from '../style.ts';

interface ConformanceOptions extends ProjectSelection {
  readonly format: 'text' | 'json' | 'md' | 'html';
  readonly months?: string;
}

const mostMonths = 600;

/** `itsms conformance`: how the flows of processes were followed, as records show it. */
export const conformanceCommand: AddCommand = (program, io, ended) => {
  withProjectOptions(program.command('conformance'))
    .description('Tell how the flows of processes were followed: what records show of their steps, deviations, controls left out, time between steps')
    .argument('[process]', 'the id of a process (default: every process that a source shows the steps of)')
    .option('--months <number>', 'how many months back (default: 13)')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'md', 'html']).default('text'))
    .action(async (process: string | undefined, options: ConformanceOptions) => {
      const months = options.months === undefined ? undefined : Number(options.months);
      if (months !== undefined && !(Number.isInteger(months) && months >= 1 && months <= mostMonths)) throw new CannotRun(`--months: “${options.months ?? ''}” is no number from 1 to ${mostMonths}.`);
      const project = await openProject(options, io);
      const observed = project.model.all('Source').flatMap(({ flow }) => flow?.process ?? []);
      if (process !== undefined && !observed.includes(process)) {
        const suggestion = nearest(process, observed);
        throw new CannotRun(`No source shows the steps of a process “${process}”${suggestion === undefined ? ': say so in a source with “steps of”.' : `; did you mean “${suggestion}”?`}`);
      }
      if (observed.length === 0) throw new CannotRun('No source shows the steps of a process: say so in a source with “steps of”.');
      await measureProject(project, io, months);
      const all = (project.measurements?.conformance ?? []).filter((one) => process === undefined || one.process === process);
      switch (options.format) {
        case 'text':
          io.out(all.length === 0 ? 'Nothing was compared: the data of no source could be read, or the flow has no steps. “itsms measure” says why.\n' : all.map((one) => conformanceText(one, project.model, terminalStyle(io.colour))).join('\n'));
          break;
        case 'json':
          io.out(printedJson({ asOf: project.asOf, conformance: all.map(conformanceResult) } satisfies ConformanceResult));
          break;
        case 'md':
        case 'html': {
          const input = await project.reportInput();
          io.out(renderText(conformanceReport.build(input.measurements === undefined ? input : { ...input, measurements: { ...input.measurements, conformance: all } }), options.format));
          break;
        }
      }
      ended(all.some((one) => skippedControls(one).length > 0) ? exitCodes.findings : exitCodes.fine);
    });
};

function conformanceText(conformance: Conformance, model: Model, style: Style): string {
  const { comparison, waits, periods, unseen, withoutStep, finishedBy } = conformance;
  const title = model.get('Process', conformance.process)?.title ?? conformance.process;
  const sections: string[] = [`${style.strong(safeForTerminal(`${title} (${conformance.process}), by ${conformance.source}`))}\n${conformanceInWords(conformance, wordsIn('en'))}\n`];
  for (const { control, cases, deviations, samples } of skippedControls(conformance)) {
    sections.push(`${style.severity('warning', 'control')} ${safeForTerminal(`${stepInWords(control.step, model)}, which meets ${control.requirements.join(', ')}, was left out or came too late in ${cases} cases: ${deviations.map((deviation) => deviationInWords(deviation, model)).join('; ')}. First: ${samples.join(', ')}.`)}\n`);
  }
  const months = comparison.byPeriod.flatMap((fit, index) => (fit.cases === 0 ? [] : [[periods[index]!, String(fit.cases), String(fit.open), `${fit.following} / ${fit.cases - fit.notCompared}`, fitnessInPercent(fit) ?? '–', `${fit.cost} / ${fit.worst}`]]));
  if (months.length > 0) sections.push(textTable([{ head: 'Month' }, { head: 'Cases', right: true }, { head: 'Not finished', right: true }, { head: 'Follow it', right: true }, { head: 'Fitness %', right: true }, { head: 'Cost / worst', right: true }], months));
  if (comparison.deviations.length > 0) {
    sections.push(textTable([{ head: 'Deviation' }, { head: 'Times', right: true }, { head: 'First cases' }], comparison.deviations.slice(0, 15).map((deviation) => [safeForTerminal(deviationInWords(deviation, model)), String(deviation.occurrences), safeForTerminal(deviation.samples.slice(0, 3).join(', '))])));
  }
  if (waits.length > 0) {
    const share = waits.reduce((sum, { total }) => sum + total, 0) || 1;
    sections.push(textTable([{ head: 'From' }, { head: 'To' }, { head: 'Times', right: true }, { head: 'Median', right: true }, { head: '9 of 10 within', right: true }, { head: 'Of all time', right: true }], waits.slice(0, 10).map((wait) => [safeForTerminal(stepsInWords(wait.from, model)), safeForTerminal(stepsInWords(wait.to, model)), String(wait.times), secondsInWords(wait.median), secondsInWords(wait.p90), `${Math.floor((wait.total / share) * 100)}%`])));
  }
  const notes = [
    finishedInWords(finishedBy),
    ...(unseen.length === 0 ? [] : [`Not shown by the records: ${unseen.map((step) => stepInWords(step, model)).join(', ')}.`]),
    ...(withoutStep === undefined || withoutStep === 0 ? [] : [`${withoutStep} records show no step at all.`]),
    ...(comparison.whole.notCompared === 0 ? [] : [`${comparison.whole.notCompared} cases were not compared: ${comparison.notCompared === 'noEnd' ? 'no run of the flow comes to its end' : 'the search came to its limit'}.`]),
  ];
  return `${sections.join('\n')}\n${notes.map(safeForTerminal).join('\n')}\n`;
}

function conformanceResult({ source, recordKind, process, periods, events, clock, finishedBy, withoutStep, comparison, waits, unseen, unknownActivities, ...rest }: Conformance): ConformanceResult['conformance'][number] {
  return {
    source, recordKind, process, from: periods[0] ?? '', to: periods.at(-1) ?? '', events,
    clock: clock ?? null, finishedBy: finishedBy ?? null, withoutStep: withoutStep ?? null,
    fit: { ...comparison.whole },
    months: comparison.byPeriod.map((fit, index) => ({ month: periods[index]!, ...fit })),
    deviations: comparison.deviations.map(({ kind, step, activity, beside, cases, occurrences, samples }) => ({ kind, step: step ?? null, activity: activity ?? null, beside: beside ?? null, cases, occurrences, samples: [...samples] })),
    skippedControls: skippedControls({ controls: rest.controls, comparison }).map(({ control: { step, requirements }, cases, samples }) => ({ step, requirements: [...requirements], cases, samples: [...samples] })),
    variants: comparison.variants,
    frequentVariants: comparison.frequentVariants.map(({ activities, isFinished, cases, cost, samples }) => ({ activities: [...activities], finished: isFinished, cases, cost: cost ?? null, samples: [...samples] })),
    waits: waits.map(({ from, to, ...wait }) => ({ from: [...from], to: [...to], ...wait })),
    unseen: [...unseen],
    unknownActivities: unknownActivities.map((one) => ({ ...one })),
    notCompared: comparison.notCompared ?? null,
  };
}
