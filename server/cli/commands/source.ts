import { relative, resolve, sep } from 'node:path';
import { recordKinds } from '../../../language/model/record-kinds.ts';
import { nearest } from '../../../language/values/nearest.ts';
import { proposalFor, proposalProfile, withDeclaration } from '../../measurement/propose-source/proposal.ts';
import { openPoints } from '../../measurement/propose-source/open-points.ts';
import { isRefused } from '../../project/host.ts';
import type { Project } from '../../project/project.ts';
import { CannotRun, exitCodes, type CommandIo } from '../io.ts';
import { openProject, withProjectOptions, type ProjectSelection } from '../open-project.ts';
import type { AddCommand } from '../run.ts';
import { safeForTerminal } from '../style.ts';

interface SourceOptions extends ProjectSelection {
  readonly kind?: string;
  readonly name?: string;
  readonly sheet?: string;
  readonly add?: string;
}

/** `itsms source`: the declaration that reads an export, as far as the export tells. */
export const sourceCommand: AddCommand = (program, io, ended) => {
  withProjectOptions(program.command('source'))
    .description('Propose a source for exports: look into files of one kind and print the declaration that reads them, with what they do not tell left open')
    .argument('<file...>', 'exports in the project’s folder, or quoted patterns such as "data/incident-*.csv"')
    .option('--kind <kind>', `what the records are: ${Object.keys(recordKinds).join(', ')}`)
    .option('--name <name>', 'the name of the source (default: from the name of the file)')
    .option('--sheet <name>', 'the sheet of a spreadsheet (default: its first)')
    .option('--add <file>', 'append the declaration to this .itsms file of the project, in place of printing it')
    .action(async (files: readonly string[], options: SourceOptions) => {
      if (options.kind !== undefined && !Object.hasOwn(recordKinds, options.kind)) {
        const near = nearest(options.kind, Object.keys(recordKinds));
        throw new CannotRun(`--kind: “${options.kind}” is no kind of record${near === undefined ? `; those are ${Object.keys(recordKinds).join(', ')}.` : `; did you mean ${near}?`}`);
      }
      const project = await openProject(options, io);
      const patterns = files.map((file) => inProject(project, io, file));
      const profile = await proposalProfile(project, { patterns, ...(options.sheet === undefined ? {} : { sheet: options.sheet }), signal: io.signal });
      if (typeof profile === 'string') throw new CannotRun(profile);
      const proposal = proposalFor(project, profile, { ...(options.kind === undefined ? {} : { kind: options.kind }), ...(options.name === undefined ? {} : { name: options.name }) });
      if (typeof proposal === 'string') throw new CannotRun(proposal);
      if (options.add === undefined) io.out(proposal.text.split('\n').map(safeForTerminal).join('\n'));
      else io.out(`${await append(project, inProject(project, io, options.add), proposal)}\n`);
      const open = openPoints(proposal.text).length;
      io.error(`${open === 0 ? 'Nothing is left open' : `${open} ${open === 1 ? 'place is' : 'places are'} left open as TODO`}; the comments say why. Next: itsms measure\n`);
      ended(exitCodes.fine);
    });
};

/** Paths come as the user sees them, from the current folder; the model names them from the project’s. */
function inProject(project: Project, io: CommandIo, path: string): string {
  return relative(project.root, resolve(io.folder, path)).split(sep).join('/');
}

async function append(project: Project, file: string, proposal: { readonly name: string; readonly text: string }): Promise<string> {
  if (!file.endsWith('.itsms')) throw new CannotRun(`--add: “${file}” is no .itsms file.`);
  const before = project.text(file);
  if (before === undefined && !isRefused(await project.host.resolve(file))) throw new CannotRun(`--add: “${file}” is there, but is no text of this project.`);
  const { text, line } = withDeclaration(before ?? '', proposal.text);
  const refused = await project.host.write(file, new TextEncoder().encode(text));
  if (isRefused(refused)) throw new CannotRun(refused.message);
  return `${file}:${line + 1}: source ${proposal.name}`;
}
