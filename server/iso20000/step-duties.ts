/** Who carries out the steps of a process (R) and who answers for them (A). */
import type { FlowNode, Process } from '../../language/model/declarations.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { firstOf, listed, named } from '../assessment/wording.ts';

type DutifulNode = Extract<FlowNode, { $type: 'Step' | 'Decision' }>;

function hasDuties(node: FlowNode): node is DutifulNode {
  return node.$type === 'Step' || node.$type === 'Decision';
}

/**
 * Each step is carried out by somebody, and exactly one answers for it. A step that calls another process leaves that to the steps
 * there, and a decision belongs to the step before it unless it says otherwise.
 */
export function dutyRemarks(process: Process): readonly Remark[] {
  const steps = process.nodes.filter((node) => node.$type === 'Step' && node.calls === undefined);
  const isSilent = steps.length > 0 && !process.nodes.some((node) => hasDuties(node) && (someFilledIn(node.responsible) || someFilledIn(node.accountable)));
  const silent = isSilent
    ? [shortfall(`No step of ${named(process)} says who carries it out (R) and who answers for it (A): step ${steps[0]?.name ?? 'NAME'} R WHO A WHO.`, { place: placeOf(process, 'nodes', process.nodes.indexOf(steps[0]!), 'name') })]
    : [];
  return [...silent, ...process.nodes.flatMap((node, index): readonly Remark[] => {
    if (!hasDuties(node)) return [];
    const answering = [...new Set(node.accountable.filter(isFilledIn))];
    const several = answering.length > 1
      ? [shortfall(`${answering.length} parties answer for “${node.name}” of ${named(process)}: ${firstOf(answering)}. Exactly one does (A); who else takes part carries it out (R), is consulted (C) or is informed (I).`, {
          place: placeOf(process, 'nodes', index, 'accountable', node.accountable.lastIndexOf(answering.at(-1)!)),
          related: answering.slice(0, -1).map((party) => ({ place: placeOf(process, 'nodes', index, 'accountable', node.accountable.indexOf(party)), message: 'Answers for it, too' })),
        })]
      : [];
    if (node.$type === 'Decision' || node.calls !== undefined || isSilent) return several;
    const missing = [...(someFilledIn(node.responsible) ? [] : ['who carries it out (R)']), ...(answering.length > 0 ? [] : ['who answers for it (A)'])];
    return missing.length === 0 ? several : [...several, shortfall(`The step “${node.name}” of ${named(process)} does not say ${listed(missing, 'or')}.`, { place: placeOf(process, 'nodes', index, 'name') })];
  })];
}

/** Nodes of a process that somebody of the people carries out or answers for. */
export function nodesOf(process: Process, isOne: (party: string) => boolean): readonly number[] {
  return process.nodes.flatMap((node, index) => (hasDuties(node) && [...node.responsible, ...node.accountable].some(isOne) ? [index] : []));
}
