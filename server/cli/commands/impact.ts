import { nearest } from '../../../language/values/nearest.ts';
import type { RowChange } from '../../analysis/comparison/change.ts';
import { rowInWords } from '../../analysis/comparison/words.ts';
import { dependencyGraph, type DependencyGraph, type GraphNode } from '../../analysis/impact/dependency-graph.ts';
import { impactGroups, impactSummary, namedIn, type ImpactSummary } from '../../analysis/impact/impact-summary.ts';
import { wayInWords, wayTo } from '../../analysis/impact/impact.ts';
import { feesInWords, groupInWords, stakeInWords, strengthInWords } from '../../analysis/impact/words.ts';
import type { Project } from '../../project/project.ts';
import { printedJson, textOrJson, type TextOrJson } from '../format-option.ts';
import { CannotRun, exitCodes } from '../io.ts';
import { shownPlace } from '../located.ts';
import { measureProject, openProject, withProjectOptions, type ProjectSelection } from '../open-project.ts';
import type { AddCommand } from '../run.ts';
import type { ImpactResult } from '../schemas/impact.ts';
import { safeForTerminal, terminalStyle, type Style } from '../style.ts';

interface ImpactOptions extends ProjectSelection {
  readonly format: TextOrJson;
  readonly measure: boolean;
}

/** `itsms impact`: whom a declaration touches. */
export const impactCommand: AddCommand = (program, io, ended) => {
  withProjectOptions(program.command('impact'))
    .description('Tell whom a declaration touches: services, agreements, customers, money, requirements, and why')
    .argument('<name>', 'the id of a declaration, of a site, component or target (email-gold.uptime); with its type where several share it (Service:email)')
    .addOption(textOrJson())
    .option('--no-measure', 'read no data: requirements that rest on records are unknown')
    .action(async (name: string, options: ImpactOptions) => {
      const project = await openProject(options, io);
      if (options.measure) await measureProject(project, io);
      const graph = dependencyGraph(project.model, project.model);
      const key = keyNamed(graph, name);
      const summary = impactSummary(project.model, graph, key, project.asOf);
      if (!summary) throw new CannotRun(`Nothing in the model is called “${name}”.`);
      // Of a part there is no saying without its whole.
      const resting = summary.subject.key === summary.subject.declaration.$key ? project.rowsRestingOn(summary.subject.declaration.$key) : [];
      io.out(options.format === 'json' ? printedJson(impactResult(project, summary, resting)) : impactText(project, summary, resting, terminalStyle(io.colour)));
      ended(exitCodes.fine);
    });
};

function keyNamed(graph: DependencyGraph, name: string): string {
  const [key, ...others] = namedIn(graph, name);
  if (key === undefined) {
    const suggestion = nearest(name, [...graph.nodes.values()].map(({ id }) => id));
    throw new CannotRun(`Nothing in the model is called “${name}”${suggestion === undefined ? '.' : `; did you mean “${suggestion}”?`}`);
  }
  if (others.length > 0) throw new CannotRun(`Several things are called “${name}”: say which, ${[key, ...others].join(' or ')}.`);
  return key;
}

function impactResult(project: Project, summary: ImpactSummary, resting: readonly RowChange[]): ImpactResult {
  const nodeOf = ({ key, typeWords, id, title, place }: GraphNode): ImpactResult['subject'] => {
    const { file, line, column } = shownPlace(place, project.model);
    return { key, type: typeWords, id, title, place: { file, line, column } };
  };
  return {
    asOf: project.asOf,
    subject: nodeOf(summary.subject),
    touched: impactGroups.flatMap((group) =>
      summary.groups[group].map((one) => ({ ...nodeOf(one.node), group, strength: one.strength, distance: one.distance, way: wayInWords(summary, one), through: [...wayTo(summary, one.node.key).map(({ node }) => node.key), summary.subject.key] })),
    ),
    money: summary.money.map(({ agreement, stake }) => ({ agreement: agreement.name, fee: stake.fee ?? null, greatestCredits: [...stake.credits], problems: [...stake.problems] })),
    feesOfCustomersPerYear: { amounts: [...summary.fees.amounts], left: summary.fees.left },
    names: [...summary.names],
    restingOnIt: resting.map(({ row, on, before, after, reasons }) => ({ row, on, before, after, reasons: [...reasons] })),
  };
}

function impactText(project: Project, summary: ImpactSummary, resting: readonly RowChange[], style: Style): string {
  const { subject } = summary;
  const place = shownPlace(subject.place, project.model);
  const blocks: string[][] = [[style.strong(safeForTerminal(`${subject.typeWords} “${subject.title}” (${subject.id})`)), style.quiet(safeForTerminal(`${place.file}:${place.line}`))]];
  for (const group of impactGroups) {
    const own = summary.groups[group];
    if (own.length > 0) blocks.push([style.strong(groupInWords(group)), ...own.flatMap((one) => [`  ${safeForTerminal(`${one.node.typeWords} “${one.node.title}” (${one.node.id})`)}: ${strengthInWords(one.strength)}`, ...(one.distance > 1 ? [style.quiet(`      ${safeForTerminal(wayInWords(summary, one))}`)] : [style.quiet(`      ${safeForTerminal(`“${one.node.title}” ${one.by.words} it`)}`)])])]);
  }
  if (summary.money.length > 0) {
    const fees = feesInWords(summary.fees);
    blocks.push([style.strong('Money'), ...summary.money.map(({ agreement, stake }) => `  ${safeForTerminal(`${agreement.title ?? agreement.name}: ${stakeInWords(stake)}`)}`), ...(fees === '' ? [] : [`  ${fees}.`])]);
  }
  if (summary.names.length > 0) blocks.push([style.strong('Requirements that it names'), `  ${summary.names.join(', ')}`]);
  blocks.push([style.strong('Requirements that would stand worse without it'), ...(resting.length === 0 ? ['  None.'] : resting.map((row) => `  ${safeForTerminal(rowInWords(row))}`))]);
  if (summary.reached.length === 0) blocks.splice(1, 0, ['Nothing else in the model rests on it.']);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
