/** What several parts of the handbook say of a process. */
import { catalogue } from '../../../language/catalogue/catalogue.ts';
import type { FlowNode, Process } from '../../../language/model/declarations.ts';
import { compareRows } from '../../assessment/wording.ts';

/** Clauses and rows that a process and its steps satisfy, in the order of the standard: `8.6.1`, `8.6.3.a`. */
export function requirementsOf(process: Process): readonly string[] {
  const named = [...process.satisfies, ...process.nodes.flatMap((node) => (node.$type === 'Step' ? node.satisfies : []))];
  return [...new Set(named.map((id) => id.replace(/^iso20000:/, '')))].toSorted((a, b) => compareRows(positionOf(a), positionOf(b)) || a.length - b.length);
}

/** A clause stands where its first row does. */
export function positionOf(requirement: string): string {
  return catalogue.row(requirement)?.id ?? catalogue.rowsUnder(requirement)[0]?.id ?? requirement;
}

/** Who has a part in a step or decision, by letter. Several parties may share one; one party may have several. */
export interface Raci {
  readonly R: readonly string[];
  readonly A: readonly string[];
  readonly C: readonly string[];
  readonly I: readonly string[];
}

export const raciLetters = ['R', 'A', 'C', 'I'] as const satisfies readonly (keyof Raci)[];

/** Undefined for what nobody carries out: forks, joins, and steps that only call another process. */
export function raciOf(node: FlowNode): Raci | undefined {
  switch (node.$type) {
    case 'Step':
      return node.calls !== undefined && node.responsible.length + node.accountable.length + node.consulted.length + node.informed.length === 0 ? undefined : { R: node.responsible, A: node.accountable, C: node.consulted, I: node.informed };
    case 'Decision':
      return { R: node.responsible, A: node.accountable, C: [], I: [] };
    case 'Fork':
    case 'Join':
      return undefined;
  }
}
