import type { FlowNode, Process } from '../../../language/model/declarations.ts';
import type { Edit, Fix } from '../../../language/model/finding.ts';
import type { Path } from '../../../language/model/fragment.ts';
import { spanColumn, spanLength, spanLine, type Span } from '../../../language/model/span.ts';
import { placeOf, shortfall, unknown, type Remark } from '../../assessment/remark.ts';
import { collection, query, type RuleContext } from '../../assessment/rule.ts';
import { named } from '../../assessment/wording.ts';
import { callingFlow, neverEndingProcesses, type NeverEnding } from './calls.ts';
import { flowOf } from './flow.ts';
import { flowVerdict, type FlowFault, type FlowVerdict, type Repair } from './flow-faults.ts';

const verdicts = new WeakMap<Process['nodes'], FlowVerdict>();

/** The verdict on a process's own flow; it is kept as long as the text is the same. */
export function verdictOf(process: Process): FlowVerdict {
  let verdict = verdicts.get(process.nodes);
  if (!verdict) verdicts.set(process.nodes, (verdict = flowVerdict(flowOf(process))));
  return verdict;
}

const callingFlows = collection('flows that call others', ['Process'], (process) => {
  const flow = callingFlow(flowOf(process));
  return flow ? [['all', flow]] : [];
});

/** Processes that can never end, because of what they call. */
export const neverEnding = query('processes that never end', ({ collected }): readonly NeverEnding[] => neverEndingProcesses(collected(callingFlows, 'all')));

/** What keeps a process from running as it is written. */
export function flowRemarks(process: Process, context: RuleContext): readonly Remark[] {
  const verdict = verdictOf(process);
  switch (verdict.kind) {
    case 'incomplete':
      return [];
    case 'unknown':
      return [unknown('declared', `the flow of ${named(process)} has more than ${verdict.states.toLocaleString('en')} states, so whether it can always end is not known`)];
    case 'unsound':
      return verdict.faults.map((fault) => faultRemark(process, fault));
    case 'sound':
      return callRemarks(process, context);
  }
}

function faultRemark(process: Process, fault: FlowFault): Remark {
  return shortfall(`${named(process)}: ${fault.message}`, {
    place: placeOf(process, ...fault.path),
    related: fault.related.map(({ path, message }) => ({ place: placeOf(process, ...path), message })),
    fixes: fault.kind === 'no arrow' ? arrowFixes(process, fault.path) : fault.repairs.map((repair) => fixOf(process, repair)),
  });
}

function fixOf(process: Process, { title, redirect, add, remove }: Repair): Fix {
  return {
    title,
    edits: [
      ...redirect.map(({ path, to }): Edit => ({ kind: 'replace', place: placeOf(process, ...path), text: to })),
      ...(remove === undefined ? [] : [{ kind: 'remove' as const, place: placeOf(process, 'nodes', remove, 'name') }]),
      ...(add === undefined ? [] : [{ kind: 'addFact' as const, place: placeOf(process), text: add }]),
    ],
  };
}

/** Behind the last word of a step, what may follow: the next node of the text, or the end. */
function arrowFixes(process: Process, path: Path): readonly Fix[] {
  const index = Number(path[1]);
  const node = process.nodes[index];
  const last = node && lastWritten(node);
  if (!last) return [];
  const place = placeOf(process, 'nodes', index, ...last.path);
  const next = process.nodes[index + 1];
  const leading = (title: string, to: string): Fix => ({ title, edits: [{ kind: 'replace', place, text: `${last.text} -> ${to}` }] });
  return [...(next ? [leading(`Go on with “${next.name}”`, next.name)] : []), leading('End the process here', 'end')];
}

/** The last value of a node and its text; undefined where it is not known as it is written. */
function lastWritten(node: FlowNode): { readonly path: Path; readonly text: string } | undefined {
  let found: { path: Path; text: unknown; at: Span } | undefined;
  const behind = (one: Span, other: Span): boolean => spanLine(one) > spanLine(other) || (spanLine(one) === spanLine(other) && spanColumn(one) > spanColumn(other));
  for (const [property, at] of Object.entries(node.$at)) {
    if (property.startsWith('$')) continue;
    const value = (node as unknown as Readonly<Record<string, unknown>>)[property];
    const values = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    for (const [index, one] of (typeof at === 'number' ? [at] : (at as readonly Span[])).entries()) {
      if (!found || behind(one, found.at)) found = { path: Array.isArray(value) ? [property, index] : [property], text: values[index], at: one };
    }
  }
  if (typeof found?.text !== 'string') return undefined;
  const length = spanLength(found.at);
  if (length === found.text.length) return { path: found.path, text: found.text };
  return length === found.text.length + 2 && !/["\\\n]/.test(found.text) ? { path: found.path, text: `"${found.text}"` } : undefined;
}

/** Calls of processes that come back to this one on every way. */
function callRemarks(process: Process, context: RuleContext): readonly Remark[] {
  const never = context.read(neverEnding);
  const own = never.find((one) => one.process === process.name);
  if (!own || own.circle.length === 0) return [];
  const after = own.circle[1] ?? process.name;
  return process.nodes.flatMap((node, index): readonly Remark[] => {
    if (node.$type !== 'Step' || node.calls !== after) return [];
    const others = own.circle.slice(1).flatMap((id) => context.model.get('Process', id) ?? []);
    return [
      shortfall(`${named(process)} can never end: each way through it calls ${after === process.name ? 'itself again' : `${named(others[0] ?? { name: after })}, and that comes back to it`} (${[...own.circle, process.name].join(' → ')}). Let a decision lead past the call.`, {
        place: placeOf(process, 'nodes', index, 'calls'),
        related: others.map((other) => ({ place: placeOf(other), message: 'Is called, and comes back to it' })),
      }),
    ];
  });
}
