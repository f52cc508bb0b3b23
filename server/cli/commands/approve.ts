import { approve, canBeApproved, keepApproved } from '../../editor/approve.ts';
import { applyEdits } from '../../editor/apply-edits.ts';
import type { PlacedEntity } from '../../../language/model/fragment.ts';
import { isRefused } from '../../project/host.ts';
import type { Project } from '../../project/project.ts';
import { CannotRun, exitCodes, type CommandIo } from '../io.ts';
import { openProject, withProjectOptions, type ProjectSelection } from '../open-project.ts';
import type { AddCommand } from '../run.ts';

interface ApproveOptions extends ProjectSelection {
  readonly by: string;
}

/** `itsms approve`: writes somebody's approval of declarations as they read now, bound to what was approved. */
export const approveCommand: AddCommand = (program, io, ended) => {
  withProjectOptions(program.command('approve'))
    .description('Approve declarations (policies, plans, documents, …) as they read now: writes who, the day and the hash of what was approved')
    .argument('<name...>', 'the names of the declarations')
    .requiredOption('--by <name>', 'who approves: a person, a role or another party of the model')
    .action(async (names: readonly string[], options: ApproveOptions) => {
      const project = await openProject(options, io);
      // All are looked for before one is approved: a slip in a name changes nothing.
      const chosen = names.map((name) => declarationNamed(project, name));
      for (const placed of chosen) await approveOne(project, placed, options.by, io);
      ended(exitCodes.fine);
    });
};

function declarationNamed(project: Project, name: string): PlacedEntity {
  const found = project
    .files()
    .flatMap((file) => project.model.fragment(file)?.declarations ?? [])
    .filter(({ entity: { node } }) => 'name' in node && node.name === name);
  const [one, ...others] = found.filter(({ entity: { node } }) => canBeApproved(node));
  if (!one) throw new CannotRun(found.length > 0 ? `“${name}” has no approval among its facts.` : `Nothing in the model is called “${name}”.`);
  if (others.length > 0) throw new CannotRun(`“${name}” is declared more than once, in ${[one, ...others].map(({ file, line }) => `${file}:${line + 1}`).join(' and ')}.`);
  return one;
}

async function approveOne(project: Project, { entity, file }: PlacedEntity, by: string, io: CommandIo): Promise<void> {
  const approving = await approve(project, entity.key, by);
  if (typeof approving === 'string') throw new CannotRun(approving);
  const problem = await keepApproved(project, approving);
  if (problem !== undefined) throw new CannotRun(problem);
  const text = project.text(file);
  if (text === undefined) throw new CannotRun(`“${file}” cannot be read.`);
  const changed = applyEdits(text, approving.edits);
  const refused = await project.host.write(file, new TextEncoder().encode(changed));
  if (isRefused(refused)) throw new CannotRun(refused.message);
  // What is approved next stands in the changed text.
  await project.refresh([file]);
  io.out(`${file}: ${'name' in entity.node ? entity.node.name : entity.key} approved by ${by} on ${project.asOf} as sha256:${approving.hash}\n`);
}
