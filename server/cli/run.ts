import { Command, CommanderError } from 'commander';
import { toolVersion } from '../project/tool-version.ts';
import { approveCommand } from './commands/approve.ts';
import { auditPackCommand } from './commands/audit-pack.ts';
import { backTestCommand } from './commands/back-test.ts';
import { checkCommand } from './commands/check.ts';
import { conformanceCommand } from './commands/conformance.ts';
import { diffCommand } from './commands/diff.ts';
import { documentsCommand } from './commands/documents.ts';
import { feasibilityCommand } from './commands/feasibility.ts';
import { flowsCommand } from './commands/flows.ts';
import { impactCommand } from './commands/impact.ts';
import { initCommand } from './commands/init.ts';
import { lspCommand } from './commands/lsp.ts';
import { measureCommand } from './commands/measure.ts';
import { questionsCommand } from './commands/questions.ts';
import { reportCommand } from './commands/report.ts';
import { requirementsCommand } from './commands/requirements.ts';
import { sourceCommand } from './commands/source.ts';
import { verifyCommand } from './commands/verify.ts';
import { PackFault } from '../project/pack/pack-fault.ts';
import { CannotRun, exitCodes, type CommandIo, type ExitCode } from './io.ts';

/** What a command file exports: it adds itself to the program and says with which exit code it ended. */
export type AddCommand = (program: Command, io: CommandIo, ended: (code: ExitCode) => void) => void;

const commands: readonly AddCommand[] = [approveCommand, checkCommand, measureCommand, sourceCommand, conformanceCommand, backTestCommand, reportCommand, auditPackCommand, verifyCommand, feasibilityCommand, flowsCommand, diffCommand, impactCommand, documentsCommand, questionsCommand, requirementsCommand, initCommand, lspCommand];

/**
 * Runs one command.
 * @param argv the arguments after the program's name
 * @returns 0: nothing to complain about; 1: findings; 2: it cannot run
 */
export async function run(argv: readonly string[], io: CommandIo): Promise<ExitCode> {
  let code: ExitCode = exitCodes.fine;
  const program = new Command('itsms')
    .description('Checks, measures and reports an IT service management system that is written as text, against ISO/IEC 20000-1:2018.')
    .version(toolVersion, '-V, --version', 'Show the version')
    .helpOption('-h, --help', 'Show help')
    .helpCommand('help [command]', 'Show help for a command')
    .addHelpText('after', '\nExit codes: 0 nothing found at or above --fail-on, 1 findings, 2 cannot run.\n')
    .showHelpAfterError('(itsms --help shows what there is)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.error(text) });
  for (const add of commands) add(program, io, (ended) => (code = ended));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.cannotRun;
    if (error instanceof CannotRun || error instanceof PackFault) io.error(`itsms: ${error.message}\n`);
    else io.error(`itsms: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\nThis is a mistake of the program; please report it.\n`);
    return exitCodes.cannotRun;
  }
}
