import type { Path } from '../../../language/model/fragment.ts';
import { nearest } from '../../../language/values/nearest.ts';
import { flowOf } from '../../analysis/flow/flow.ts';
import { inWords, isKept, notCounted, type PromiseCheck } from '../../analysis/flow/flow-times.ts';
import { isProvedSound, studyInWords, type PromisedFlow } from '../../analysis/flow/flow-study.ts';
import { limitInWords, type TimeLimit } from '../../analysis/flow/time-limits.ts';
import { placeOf } from '../../assessment/remark.ts';
import { counted } from '../../assessment/wording.ts';
import type { Project } from '../../project/project.ts';
import { printedJson, textOrJson, type TextOrJson } from '../format-option.ts';
import { CannotRun, exitCodes } from '../io.ts';
import { shownPlace } from '../located.ts';
import { openProject, withProjectOptions, type ProjectSelection } from '../open-project.ts';
import type { AddCommand } from '../run.ts';
import type { FlowsResult } from '../schemas/flows.ts';
import { safeForTerminal } from '../style.ts';
import { textTable } from '../../reports/renderers/text-table.ts';

interface FlowsOptions extends ProjectSelection {
  readonly format: TextOrJson;
}

/** `itsms flows`: whether the flows of processes can run, and how long they may take. */
export const flowsCommand: AddCommand = (program, io, ended) => {
  withProjectOptions(program.command('flows'))
    .description('Prove that the flows of processes can run, show the way to what is wrong, and compare their time limits with what agreements promise')
    .argument('[process]', 'the id of one process (default: all)')
    .addOption(textOrJson())
    .action(async (id: string | undefined, options: FlowsOptions) => {
      const project = await openProject(options, io);
      const all = project.flows();
      const chosen = id === undefined ? all : all.filter(({ process }) => process.name === id);
      if (id !== undefined && chosen.length === 0) {
        const suggestion = nearest(id, all.map(({ process }) => process.name));
        throw new CannotRun(`No process is called “${id}”${suggestion === undefined ? '.' : `; did you mean “${suggestion}”?`}`);
      }
      io.out(options.format === 'json' ? printedJson(result(project, chosen)) : textOf(project, chosen, id !== undefined));
      const isAtFault = (flow: PromisedFlow): boolean => flow.verdict.kind === 'unsound' || flow.neverEnds !== undefined || flow.promises.some((promise) => isKept(promise) === false);
      ended(chosen.some(isAtFault) ? exitCodes.findings : exitCodes.fine);
    });
};

function result(project: Project, flows: readonly PromisedFlow[]): FlowsResult {
  return {
    asOf: project.asOf,
    processes: flows.map(({ process, verdict, neverEnds, restsOn, time, promises }) => {
      const at = (path: Path): { file: string; line: number; column: number } => {
        const { file, line, column } = shownPlace(placeOf(process, ...path), project.model);
        return { file, line, column };
      };
      return {
        id: process.name,
        title: process.title ?? process.name,
        place: at([]),
        nodes: process.nodes.length,
        verdict: process.nodes.length === 0 ? 'none' : verdict.kind,
        restsOn: [...restsOn],
        circle: [...(neverEnds?.circle ?? [])],
        faults: verdict.kind === 'unsound' ? verdict.faults.map(({ kind, message, path, related, repairs }) => ({ kind, message, place: at(path), way: related.map((one) => ({ place: at(one.path), words: one.message })), mends: repairs.map(({ title }) => title) })) : [],
        longestWay: time ? { limit: limitOf(time.limit), nodes: time.way.steps.map(({ node }) => process.nodes[node]!.name), notCounted: [...notCounted(flowOf(process), time)] } : null,
        promises: promises.map((check) => ({ agreement: check.promise.agreementName, target: check.promise.target, promised: limitOf(check.promised), takes: check.time ? limitOf(check.time.limit) : null, kept: isKept(check) ?? null })),
      };
    }),
  };
}

function limitOf(limit: TimeLimit): { amount: number; unit: TimeLimit['unit']; calendar: string | null; words: string } {
  return { amount: limit.amount, unit: limit.unit, calendar: limit.clock ?? null, words: limitInWords(limit) };
}

function textOf(project: Project, flows: readonly PromisedFlow[], isOne: boolean): string {
  const table = textTable([{ head: 'Process' }, { head: 'Flow' }, { head: 'Where' }], flows.map((flow) => {
    const { file, line } = shownPlace(placeOf(flow.process), project.model);
    return [flow.process.title ?? flow.process.name, studyInWords(flow), `${file}:${line}`].map(safeForTerminal);
  }));
  const details = flows.flatMap((flow) => detailsOf(project, flow, isOne));
  const proved = flows.filter(isProvedSound).length;
  const unsound = flows.filter(({ verdict, neverEnds }) => verdict.kind === 'unsound' || neverEnds !== undefined).length;
  const none = flows.filter(({ process }) => process.nodes.length === 0).length;
  return `${table}\n${details.map((line) => `${line}\n`).join('')}${details.length > 0 ? '\n' : ''}Of ${counted(flows.length, 'process', 'processes')}: ${proved} proved sound, ${unsound} not sound, ${flows.length - proved - unsound - none} not proved, ${none} without a flow.\n`;
}

/** What is wrong with a flow; where it is asked for alone, all that is known. */
function detailsOf(project: Project, { process, verdict, neverEnds, time, promises }: PromisedFlow, isOne: boolean): readonly string[] {
  const where = (path: Path): string => {
    const { file, line, column } = shownPlace(placeOf(process, ...path), project.model);
    return `${file}:${line}:${column}`;
  };
  const faults = verdict.kind === 'unsound' ? verdict.faults.flatMap(({ message, path, repairs }) => [`${where(path)} ${process.title ?? process.name}: ${message}`, ...repairs.map(({ title }) => `    to mend: ${title}`)]) : [];
  const circle = neverEnds ? [`${where([])} ${process.title ?? process.name}: can never end, for what it calls comes back to it: ${[...neverEnds.circle, process.name].join(' → ')}`] : [];
  const broken = promises.filter((promise) => isOne || isKept(promise) === false).map((promise) => promiseInWords(promise));
  const longest = isOne && time ? [inWords(process, time)] : [];
  return [...faults, ...circle, ...longest, ...broken].map(safeForTerminal);
}

function promiseInWords({ promise, promised, time, ...rest }: PromiseCheck): string {
  const what = `${promise.target} of ${promise.agreementName} promises ${limitInWords(promised)}`;
  if (!time) return `${what}: not compared, as ${rest.reachedBy.size === 0 && promise.measure !== 'close' ? `no step says that it reaches it (reaches ${promise.measure})` : 'no limit on the way can be compared'}`;
  const kept = isKept({ promise, promised, time, ...rest });
  return `${what}: the way there may take ${limitInWords(time.limit)}${kept === false ? ', which is too long' : kept ? ', which fits' : ' at least, as not all of it states a limit'}`;
}
