import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { writeAuditPack } from '../../project/pack/write-audit-pack.ts';
import { documentFormats, isDocumentFormat, type DocumentFormat } from '../../reports/render-document.ts';
import { comparedWith } from '../compared-with.ts';
import { CannotRun, exitCodes } from '../io.ts';
import { measureProject, openProject, withProjectOptions, type ProjectSelection } from '../open-project.ts';
import { periodOption, periodsToMeasure } from '../period-option.ts';
import type { AddCommand } from '../run.ts';
import { counted, safeForTerminal } from '../style.ts';

interface AuditPackOptions extends ProjectSelection {
  readonly out: string;
  readonly format: readonly DocumentFormat[];
  readonly period?: string;
  readonly since?: string;
  readonly sampleSeed?: string;
  readonly data: boolean;
  readonly largest: number;
}

const megabyte = 1024 * 1024;

/** `itsms audit-pack`: everything an auditor asks for, in one place that can be checked. */
export const auditPackCommand: AddCommand = (program, io, ended) => {
  withProjectOptions(program.command('audit-pack'))
    .description('Write everything an auditor asks for into one zip file or folder: all reports, documents and evidence by clause, rows, the texts, and a manifest with hashes')
    .requiredOption('--out <place>', 'the zip file (its name ends in .zip) or the folder to write')
    .option('--format <formats>', `formats of the reports, one or more of ${documentFormats.join(',')}`, readFormats, ['html'] as readonly DocumentFormat[])
    .option('--period <period>', 'the period reported on, such as 2026-10 (default: the last completed month)')
    .option('--since <revision>', 'the baseline: the tag or commit that the report of changes compares with (default: that of the configuration)')
    .option('--sample-seed <text>', 'by what records are drawn for audits (default: the id of the audit programme)')
    .option('--data', 'put the data that sources read into the pack, too, with whatever it says of people', false)
    .addOption(new Option('--largest <megabytes>', 'files of the project that are larger are left out, and said').default(100).argParser(readMegabytes))
    .action(async (options: AuditPackOptions) => {
      const period = periodOption(options.period);
      const project = await openProject(options, io);
      const out = resolve(io.folder, options.out);
      try {
        io.error('Measuring …\n');
        await measureProject(project, io, periodsToMeasure(period, project.asOf), options.sampleSeed === undefined ? {} : { sampleSeed: options.sampleSeed });
        const packed = await writeAuditPack(project, out, {
          formats: options.format,
          period,
          changes: options.since === undefined ? undefined : await comparedWith(project, options.since, undefined, io),
          noBaseline: (why) => io.error(`itsms: ${safeForTerminal(why)}\n`),
          withData: options.data,
          largest: options.largest * megabyte,
          progress: (message) => io.error(`${message} …\n`),
          signal: io.signal,
        });
        for (const { file, reason } of packed.manifest.missing) io.error(`itsms: ${safeForTerminal(`“${file}” is not in the pack: ${reason}`)}\n`);
        const bytes = packed.manifest.files.reduce((sum, file) => sum + file.bytes, 0);
        io.out(`${out}\n${counted(packed.manifest.files.length, 'file')}, ${bytes.toLocaleString('en')} bytes before compression\nmanifest sha256 ${packed.manifestHash}\n`);
        ended(packed.manifest.missing.length === 0 ? exitCodes.fine : exitCodes.findings);
      } catch (error) {
        if (io.signal.aborted) throw new CannotRun('Interrupted.');
        throw error;
      }
    });
};

function readFormats(text: string): readonly DocumentFormat[] {
  const formats = [...new Set(text.split(',').map((format) => format.trim()))];
  for (const format of formats) if (!isDocumentFormat(format)) throw new InvalidArgumentError(`“${format}” is none of ${documentFormats.join(', ')}.`);
  return formats.filter(isDocumentFormat);
}

function readMegabytes(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 4000) throw new InvalidArgumentError(`“${text}” is no number from 1 to 4000.`);
  return number;
}
