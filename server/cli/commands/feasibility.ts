import { Option } from 'commander';
import type { Agreement } from '../../../language/model/declarations.ts';
import { nearest } from '../../../language/values/nearest.ts';
import type { FeasibilityCheck, FeasibilityVerdict, Link } from '../../analysis/feasibility/check.ts';
import { idOf } from '../../analysis/feasibility/support-graph.ts';
import { placeOf } from '../../assessment/remark.ts';
import type { Project } from '../../project/project.ts';
import { feasibilityReport } from '../../reports/feasibility/feasibility-report.ts';
import { renderText } from '../../reports/render-document.ts';
import { printedJson } from '../format-option.ts';
import { CannotRun, exitCodes } from '../io.ts';
import { shownPlace } from '../located.ts';
import { openProject, withProjectOptions, type ProjectSelection } from '../open-project.ts';
import type { AddCommand } from '../run.ts';
import type { FeasibilityResult } from '../schemas/feasibility.ts';
import { safeForTerminal, terminalStyle, type Style } from '../style.ts';

interface FeasibilityOptions extends ProjectSelection {
  readonly format: 'text' | 'json' | 'md';
}

/** `itsms feasibility`: whether what agreements promise can be kept by what they rest on. */
export const feasibilityCommand: AddCommand = (program, io, ended) => {
  withProjectOptions(program.command('feasibility'))
    .description('Tell whether what agreements promise can be kept by what their services rest on, with the arithmetic')
    .argument('[agreement]', 'the id of one agreement (default: all that are in force)')
    .addOption(new Option('--format <format>', 'how to print; “md” is Markdown').choices(['text', 'json', 'md']).default('text'))
    .action(async (id: string | undefined, options: FeasibilityOptions) => {
      const project = await openProject(options, io);
      const study = project.feasibilityStudy();
      const inForce = study.agreements();
      const chosen = id === undefined ? inForce : inForce.filter(({ name }) => name === id);
      if (id !== undefined && chosen.length === 0) throw new CannotRun(noneNamed(project, id));
      const held = chosen.map((agreement): Held => ({ agreement, checks: study.withWorkload(agreement.name)?.checks ?? [] }));
      switch (options.format) {
        case 'text':
          io.out(textOf(project, held, terminalStyle(io.colour), id !== undefined));
          break;
        case 'json':
          io.out(printedJson(result(project, held)));
          break;
        case 'md':
          io.out(renderText(feasibilityReport.build({ ...(await project.reportInput()), ...(id === undefined ? {} : { agreement: id }) }), 'md'));
          break;
      }
      ended(held.some(({ checks }) => checks.some(({ verdict }) => verdict === 'notKept')) ? exitCodes.findings : exitCodes.fine);
    });
};

interface Held {
  readonly agreement: Agreement;
  readonly checks: readonly FeasibilityCheck[];
}

function noneNamed({ model, asOf }: Project, id: string): string {
  if (model.get('Agreement', id)) return `The agreement “${id}” is not in force on ${asOf}; --as-of names another day.`;
  const suggestion = nearest(id, model.all('Agreement').map(({ name }) => name));
  return `No agreement is called “${id}”${suggestion === undefined ? '.' : `; did you mean “${suggestion}”?`}`;
}

function result(project: Project, held: readonly Held[]): FeasibilityResult {
  const at = (link: Pick<Link, 'path'> & { readonly agreement: Agreement['$key'] }): { file: string; line: number; column: number } => {
    const { file, line, column } = shownPlace({ entity: link.agreement, path: link.path }, project.model);
    return { file, line, column };
  };
  const linkOf = (link: Link): FeasibilityResult['agreements'][number]['checks'][number]['links'][number] => ({ agreement: idOf(link.agreement), place: at(link), words: link.message });
  return {
    asOf: project.asOf,
    agreements: held.map(({ agreement, checks }) => ({
      id: agreement.name,
      title: agreement.title ?? agreement.name,
      type: agreement.type,
      checks: checks.map((check) => ({
        kind: check.kind,
        promise: check.promise,
        place: at({ agreement: agreement.$key, path: check.path }),
        verdict: check.verdict,
        summary: check.summary,
        steps: [...check.steps],
        marginSeconds: check.marginSeconds,
        figures: check.figures ?? null,
        links: check.links.map(linkOf),
        remedies: check.remedies.map((remedy) => ({ ...linkOf(remedy), wanted: remedy.wanted })),
        unsupported: check.unsupported.map(idOf),
        notComparable: [...check.notComparable],
      })),
    })),
  };
}

const verdicts: Readonly<Record<FeasibilityVerdict, string>> = { kept: 'can be kept', notKept: 'CANNOT BE KEPT', unknown: 'cannot be told' };

/** With the arithmetic of what cannot be kept; of one agreement with all of it. */
function textOf(project: Project, held: readonly Held[], style: Style, isWhole: boolean): string {
  const blocks = held.flatMap(({ agreement, checks }) => {
    if (checks.length === 0) return isWhole ? ['It rests on nothing that its promises could be held against.'] : [];
    const { file, line } = shownPlace(placeOf(agreement), project.model);
    const head = [style.strong(safeForTerminal(`${agreement.type} ${agreement.title ?? agreement.name} (${agreement.name})`)), style.quiet(safeForTerminal(`${file}:${line}`))];
    return [[...head, ...checks.flatMap((check) => checkLines(check, style, isWhole))].join('\n')];
  });
  if (blocks.length === 0) return `No agreement in force on ${project.asOf} promises anything that could be held against what it rests on.\n`;
  const count = (wanted: FeasibilityVerdict): number => held.reduce((sum, { checks }) => sum + checks.filter(({ verdict }) => verdict === wanted).length, 0);
  return `${blocks.join('\n\n')}\n\nAs of ${project.asOf}: ${count('kept')} can be kept, ${count('notKept')} cannot, of ${count('unknown')} it cannot be told.\n`;
}

function checkLines(check: FeasibilityCheck, style: Style, isWhole: boolean): string[] {
  const verdict = check.verdict === 'notKept' ? style.severity('error', verdicts.notKept) : check.verdict === 'unknown' ? style.severity('warning', verdicts.unknown) : verdicts.kept;
  const isDetailed = isWhole || check.verdict === 'notKept';
  return [
    `  ${verdict}: ${safeForTerminal(check.promise)}`,
    `      ${safeForTerminal(check.summary)}`,
    ...(isDetailed ? [...check.steps.map((step) => style.quiet(`      • ${safeForTerminal(step)}`)), ...check.remedies.map(({ message }) => `      → ${safeForTerminal(message)}`), ...check.notComparable.map((reason) => `      not compared: ${safeForTerminal(reason)}`)] : []),
  ];
}
