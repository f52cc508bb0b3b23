import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { nearest } from '../../../language/values/nearest.ts';
import { readPackageFile } from '../../project/package-files.ts';
import type { Project } from '../../project/project.ts';
import type { Document } from '../../reports/blocks.ts';
import { choiceNames, choices, choicesOf, chosenFor, type ChoiceName, type Chosen } from '../../reports/parameters.ts';
import { sinceBaseline } from '../../project/compare-revisions.ts';
import { findReport, reports } from '../../reports/registry.ts';
import { documentFileName, documentFormats, isDocumentFormat, isTextFormat, renderDocument, renderText, type DocumentFormat } from '../../reports/render-document.ts';
import type { ReportDefinition } from '../../reports/report.ts';
import { comparedWith } from '../compared-with.ts';
import { CannotRun, exitCodes, type CommandIo } from '../io.ts';
import { measureProject, openProject, withProjectOptions, type ProjectSelection } from '../open-project.ts';
import { periodOption, periodsToMeasure } from '../period-option.ts';
import type { AddCommand } from '../run.ts';
import { writeFiles } from '../write-files.ts';

interface ReportOptions extends ProjectSelection, Chosen {
  readonly out: string;
  readonly format: readonly DocumentFormat[];
  readonly period?: string;
  readonly since?: string;
  readonly sampleSeed?: string;
}

const everything = 'all';

/** `itsms report`: documents as files. */
export const reportCommand: AddCommand = (program, io, ended) => {
  withProjectOptions(program.command('report'))
    .description('Write reports as files')
    .argument('<name...>', `which reports: ${[...reports.map(({ id }) => id), everything].join(', ')}`)
    .option('--out <dir>', 'the folder to write to; “-” prints a single document instead', 'reports')
    .option('--format <formats>', `one or more of ${documentFormats.join(',')}`, readFormats, ['html'] as readonly DocumentFormat[])
    .option('--period <period>', 'the period reported on, such as 2026-10 (default: the last completed month)')
    .option('--customer <id>', 'the customer a report is for (default: none, and for “all” each customer, too)')
    .option('--process <id>', 'the process that a report is about (default: all)')
    .option('--agreement <id>', 'the agreement that the report “agreement” is about (default: each)')
    .option('--review <id>', 'the management review that the report “management-review” is about (default: the next one)')
    .option('--since <revision>', 'the tag or commit that the report “changes” compares with')
    .option('--sample-seed <text>', 'by what the report “internal-audit” draws records (default: the id of the audit programme)')
    .addHelpText('after', `\nReports:\n${reports.map(({ id, description }) => `  ${id.padEnd(16)} ${description}`).join('\n')}\n`)
    .action(async (names: readonly string[], options: ReportOptions) => {
      const definitions = readNames(names, options.since);
      const period = periodOption(options.period);
      const project = await openProject(options, io);
      for (const name of choiceNames) checkChoice(project, name, options[name]);
      await measureProject(project, io, periodsToMeasure(period, project.asOf), options.sampleSeed === undefined ? {} : { sampleSeed: options.sampleSeed });
      const documents: Document[] = [];
      const input = await project.reportInput(period);
      for (const definition of definitions) {
        const changes = definition.parameters.since === true && options.since !== undefined ? { changes: await comparedWith(project, options.since, undefined, io) } : {};
        const since = definition.parameters.baseline === true ? await sinceBaseline(project, io.signal) : {};
        for (const chosen of chosenFor(definition.parameters, options, project.model, names.includes(everything))) documents.push(definition.build({ ...input, ...chosen, ...changes, ...since }));
      }
      await write(documents, options, io);
      ended(exitCodes.fine);
    });
};

function readFormats(text: string): readonly DocumentFormat[] {
  const formats = [...new Set(text.split(',').map((format) => format.trim()))];
  for (const format of formats) if (!isDocumentFormat(format)) throw new InvalidArgumentError(`“${format}” is none of ${documentFormats.join(', ')}.`);
  return formats.filter(isDocumentFormat);
}

function readNames(names: readonly string[], since: string | undefined): readonly ReportDefinition[] {
  // Of all reports, those that can be made of what was asked for.
  if (names.includes(everything)) return reports.filter(({ parameters }) => parameters.since !== true || since !== undefined);
  return [...new Set(names)].map((name) => {
    const report = findReport(name);
    if (report?.parameters.since === true && since === undefined) throw new CannotRun(`The report “${name}” compares with an earlier state of the text: --since names a tag or commit.`);
    if (report) return report;
    const suggestion = nearest(name, reports.map(({ id }) => id));
    throw new CannotRun(`There is no report “${name}”${suggestion === undefined ? `; there are ${reports.map(({ id }) => id).join(', ')} and ${everything}.` : `; did you mean “${suggestion}”?`}`);
  });
}

function checkChoice({ model }: Project, name: ChoiceName, id: string | undefined): void {
  const { type, noun } = choices[name];
  if (id === undefined || model.get(type, id)) return;
  const suggestion = nearest(id, choicesOf(model, name).map((choice) => choice.id));
  throw new CannotRun(`No ${noun} is called “${id}”${suggestion === undefined ? '.' : `; did you mean “${suggestion}”?`}`);
}

async function write(documents: readonly Document[], options: ReportOptions, io: CommandIo): Promise<void> {
  const wanted = documents.flatMap((document) => options.format.map((format) => ({ document, format })));
  if (options.out === '-') {
    const [only, ...more] = wanted;
    if (!only || more.length > 0) throw new CannotRun(`--out - prints one document in one format, and these are ${wanted.length}.`);
    if (!isTextFormat(only.format)) throw new CannotRun(`--out - prints text, and ${only.format} is none: name a folder to write to.`);
    io.out(renderText(only.document, only.format));
    return;
  }
  const folder = resolve(io.folder, options.out);
  // One after the other: what is written need not be remembered.
  for (const { document, format } of wanted) {
    for (const path of await writeFiles(folder, [{ name: documentFileName(document, format), content: await renderDocument(document, format, readPackageFile) }])) io.out(`${path}\n`);
  }
}
