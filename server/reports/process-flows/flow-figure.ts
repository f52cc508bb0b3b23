/** The flow of a process as a figure: the drawing, and the table that says the same, with who does what and the time limits. */
import type { FlowNode, Process } from '../../../language/model/declarations.ts';
import type { Locator, Model } from '../../../language/model/model.ts';
import { flowOf, type Arrow, type Flow } from '../../analysis/flow/flow.ts';
import type { FlowFault } from '../../analysis/flow/flow-faults.ts';
import type { FlowStudy } from '../../analysis/flow/flow-study.ts';
import { limitInWords, limitOfStep, type LongestPath } from '../../analysis/flow/time-limits.ts';
import { placeOf } from '../../assessment/remark.ts';
import type { Block, Cell, Figure, Table } from '../blocks.ts';
import { at, column, note, table, unknown, words as text } from '../block-builders.ts';
import { flowDiagram, type DiagramArrow, type DiagramNode, type FlowDiagram, type WayMark } from '../charts/flow-diagram.ts';
import { titleById, titleOf, titlesById } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import type { ReportInput } from '../report.ts';
import type { Words } from '../words/words.ts';

/** With more nodes nobody reads a drawing: the table says the same. */
const mostNodes = 120;
/** More steps are not read out one by one: the table is there for that. */
const mostReadOut = 15;

export function flowBlocks(study: FlowStudy, { model, locator, words }: Pick<ReportInput, 'model' | 'locator' | 'words'>): readonly Block[] {
  const { process } = study;
  const steps = stepTable(process, model, locator, words);
  if (process.nodes.length > mostNodes) return [note(words.say('The flow has {0} nodes, and with more than {1} nobody reads its drawing; the table says the same.', process.nodes.length, mostNodes)), steps];
  const diagram = diagramOf(study, model, words);
  const figure: Figure = {
    kind: 'figure',
    anchor: `flow-${process.name}`,
    drawing: flowDiagram({ ...diagram, language: words.language }),
    caption: [caption(study, words)],
    alternative: alternative(process, model, diagram.lanes.length, words),
    table: steps,
  };
  return [figure];
}

function caption({ verdict, time }: FlowStudy, words: Words): string {
  const fault = shownFault(verdict);
  if (fault && fault.way.length > 0) return words.say('The flow, with the way to what goes wrong: a thick line, numbered.');
  if (fault) return words.say('The flow; what goes wrong has a thick border and “!”.');
  return time ? words.say('The flow, with its longest way ({0}): a thick dashed line.', limitInWords(time.limit)) : words.say('The flow.');
}

/** The fault whose way is drawn: the first that has one. */
function shownFault(verdict: FlowStudy['verdict']): FlowFault | undefined {
  return verdict.kind !== 'unsound' ? undefined : (verdict.faults.find(({ way }) => way.length > 0) ?? verdict.faults[0]);
}

/** The drawing as data. Whoever carries out a step names its lane; what nobody carries out stands in the lane of what leads to it. */
export function diagramOf({ process, verdict, time }: FlowStudy, model: Model, words: Words): FlowDiagram {
  const flow = flowOf(process);
  const lanes: string[] = [];
  const laneOf = lanesOf(process, flow).map((party) => {
    const title = party === undefined ? words.say('Nobody named') : titleById(model, 'Party', party);
    if (!lanes.includes(title)) lanes.push(title);
    return lanes.indexOf(title);
  });
  const fault = shownFault(verdict);
  const numbers = flow.nodes.map((): number[] => []);
  for (const [index, { node }] of (fault?.way ?? []).entries()) numbers[node]!.push(index + 1);
  const atFault = new Set(verdict.kind === 'unsound' ? verdict.faults.flatMap(({ path }) => (path[0] === 'nodes' && typeof path[1] === 'number' ? [path[1]] : [])) : []);
  const nodes: DiagramNode[] = [{ kind: 'start', title: '', words: words.say('start'), lane: laneOf[0] ?? 0, numbers: [], isAtFault: false }];
  // The start stands before the nodes, and each node that leads to the end has an end of its own behind them.
  for (const [index, node] of process.nodes.entries()) {
    nodes.push({ kind: node.$type === 'Step' && node.calls !== undefined ? 'call' : flow.nodes[index]!.kind, title: titleOfNode(node, model), words: wordsOf(node, words), lane: laneOf[index]!, numbers: numbers[index]!, isAtFault: atFault.has(index) });
  }
  const isOnWay = wayArrows(flow, fault, time?.way);
  const arrows: DiagramArrow[] = flow.nodes.length === 0 ? [] : [{ from: 0, to: 1, marks: startMarks(fault, time?.way) }];
  for (const [index, { kind, arrows: out }] of flow.nodes.entries()) {
    let end: number | undefined;
    for (const [position, { to, outcome }] of out.entries()) {
      if (to === 'missing' || to === 'unknown') continue;
      if (to === 'end') end ??= nodes.push({ kind: 'end', title: '', words: words.say('end'), lane: laneOf[index]!, numbers: [], isAtFault: false }) - 1;
      arrows.push({ from: index + 1, to: to === 'end' ? end! : to + 1, ...(kind === 'decision' && outcome !== undefined ? { label: outcome } : {}), marks: isOnWay(index, position) });
    }
  }
  return { lanes, nodes, arrows };
}

function startMarks(fault: FlowFault | undefined, longest: LongestPath | undefined): readonly WayMark[] {
  return [...(fault?.way[0]?.node === 0 ? ['fault' as const] : []), ...(longest?.steps[0]?.node === 0 ? ['longest' as const] : [])];
}

/** Which ways an arrow belongs to. On the way to what goes wrong all of a fork's arrows are taken. */
function wayArrows({ nodes }: Flow, fault: FlowFault | undefined, longest: LongestPath | undefined): (node: number, arrow: number) => readonly WayMark[] {
  const marks = new Map<string, Set<WayMark>>();
  const add = (node: number, arrow: number, mark: WayMark): void => {
    const key = `${node} ${arrow}`;
    marks.set(key, (marks.get(key) ?? new Set()).add(mark));
  };
  for (const { node, outcome } of fault?.way ?? []) {
    const { kind, arrows } = nodes[node]!;
    for (const [index, arrow] of arrows.entries()) if (kind !== 'decision' || (outcome !== undefined && arrow.outcome === outcome)) add(node, index, 'fault');
  }
  const steps = longest?.steps ?? [];
  for (const [index, { node, arrow }] of steps.entries()) {
    const next = steps[index + 1]?.node ?? 'end';
    const taken = arrow ?? nodes[node]!.arrows.findIndex(({ to }) => to === next);
    if (taken >= 0) add(node, taken, 'longest');
  }
  return (node, arrow) => [...(marks.get(`${node} ${arrow}`) ?? [])].sort();
}

/** Who carries out each node, or stands for what leads to it. */
function lanesOf({ nodes }: Process, flow: Flow): readonly (string | undefined)[] {
  const lanes = nodes.map((node) => (node.$type === 'Step' || node.$type === 'Decision' ? node.responsible[0] : undefined));
  const needsNone = (node: FlowNode): boolean => node.$type !== 'Step' || node.calls !== undefined;
  // Along the arrows from the start; what leads to none follows its successors.
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const [index, { arrows }] of flow.nodes.entries()) {
      for (const { to } of arrows) {
        if (typeof to !== 'number') continue;
        if (lanes[to] === undefined && lanes[index] !== undefined && needsNone(nodes[to]!)) [lanes[to], isChanged] = [lanes[index], true];
      }
    }
  }
  for (let index = nodes.length - 1; index >= 0; index--) {
    if (lanes[index] !== undefined || !needsNone(nodes[index]!)) continue;
    lanes[index] = flow.nodes[index]!.arrows.flatMap(({ to }) => (typeof to === 'number' ? (lanes[to] ?? []) : []))[0];
  }
  return lanes;
}

function titleOfNode(node: FlowNode, model: Model): string {
  if (node.title !== undefined) return node.title;
  if (node.$type === 'Step' && node.calls !== undefined) return titleById(model, 'Process', node.calls);
  return node.$type === 'Fork' || node.$type === 'Join' ? '' : node.name;
}

/** `step, 4h in office`. */
function wordsOf(node: FlowNode, words: Words): string {
  const limit = limitOfStep(node);
  return `${kindOf(node, words)}${limit ? `, ${limitInWords(limit)}` : ''}`;
}

function kindOf(node: FlowNode, words: Words): string {
  switch (node.$type) {
    case 'Step':
      return node.calls === undefined ? words.say('step') : words.say('calls');
    case 'Decision':
      return words.say('decision');
    case 'Fork':
      return words.say('side by side');
    case 'Join':
      return words.say('waits for all');
  }
}

/** `1. Log and classify (Service desk), then Major incident?; 2. …`. */
function alternative(process: Process, model: Model, lanes: number, words: Words): string {
  const what = words.say('{0} in {1}', words.count(process.nodes.length, '{0} node', '{0} nodes'), words.count(lanes, '{0} lane', '{0} lanes'));
  if (process.nodes.length > mostReadOut) return words.say('{0}, which the table lists in their order.', what);
  const flow = flowOf(process);
  const steps = process.nodes.map((node, index) => {
    const by = node.$type === 'Step' || node.$type === 'Decision' ? titlesById(model, 'Party', node.responsible) : '';
    return `${index + 1}. ${words.say('{0}, then {1}', `${namedNode(process, index)}${by === '' ? '' : ` (${by})`}`, flow.nodes[index]!.arrows.map((arrow) => thenInWords(process, arrow, words)).join(', '))}`;
  });
  return `${what}: ${steps.join('; ')}.`;
}

function namedNode({ nodes }: Process, index: number): string {
  return titleOf(nodes[index]!);
}

function thenInWords(process: Process, { to, outcome }: Arrow, words: Words): string {
  const target = typeof to === 'number' ? namedNode(process, to) : to === 'end' ? words.say('the end') : to === 'missing' ? words.say('nothing is said') : words.say('a name that leads nowhere');
  return outcome === undefined ? target : `${outcome}: ${target}`;
}

/** Who carries out (R), answers for (A), is asked (C) and is told (I) each step, how long it may take, and what follows. */
function stepTable(process: Process, model: Model, locator: Locator, words: Words): Table {
  const flow = flowOf(process);
  const parties = (ids: readonly string[]): Cell => text(ids.length === 0 ? '–' : titlesById(model, 'Party', ids));
  return table(
    [column(words.say('No.'), 'number', { width: 'narrow' }), column(words.say('What')), column(words.say('R: carries out')), column(words.say('A: answers for it')), column(words.say('C: is asked')), column(words.say('I: is told')), column(words.say('Within'), 'text', { width: 'narrow' }), column(words.say('Then'))],
    process.nodes.map((node, index): Cell[] => {
      const limit = limitOfStep(node);
      const [responsible, accountable] = node.$type === 'Step' || node.$type === 'Decision' ? [node.responsible, node.accountable] : [[], []];
      const [consulted, informed] = node.$type === 'Step' ? [node.consulted, node.informed] : [[], []];
      const calls = node.$type === 'Step' && node.calls !== undefined ? `, ${words.say('calls {0}', titleById(model, 'Process', node.calls))}` : node.$type === 'Step' ? '' : `, ${kindOf(node, words)}`;
      return [
        { kind: 'number', value: String(index + 1) },
        text(at(sourcePlace(locator, placeOf(process, 'nodes', index, 'name')), namedNode(process, index)), calls),
        parties(responsible), parties(accountable), parties(consulted), parties(informed),
        limit ? text(limitInWords(limit)) : node.$type === 'Step' ? unknown() : text('–'),
        text(flow.nodes[index]!.arrows.map((arrow) => thenInWords(process, arrow, words)).join('; ')),
      ];
    }),
    { density: 'dense', rowHead: 1 },
  );
}
