/** The Processes view: process → owner, steps, metrics with their last figure. */
import type { FlowNode, Metric, Process } from '../../../language/model/declarations.ts';
import { compareStatus } from '../../reports/status.ts';
import type { Figure } from '../../measurement/figure.ts';
import { statusOf } from '../../reports/facts/figures.ts';
import { clauseInWords, titleById, titleOf, titlesById } from '../../reports/facts/names.ts';
import { plain } from '../markdown.ts';
import { figureInWords, figuresOf, figureTooltip, joined, statedLimit, line, lines, marked, markOf, shownPeriod, type ViewInput, type ViewItem } from './view-item.ts';

/** Ids are paths: `process:incident`, `process:incident/steps`, `process:incident/steps/step:log`, … */
export function processesView(input: ViewInput, parent: string | undefined): readonly ViewItem[] {
  const { model } = input;
  if (parent === undefined) return model.all('Process').map((process) => processItem(input, process));
  const [first, second, third] = parent.split('/');
  const process = model.get('Process', first?.replace(/^process:/, ''));
  if (!process || third !== undefined) return [];
  switch (second) {
    case undefined:
      return inProcess(input, process, parent);
    case 'steps':
      return process.nodes.map((node, index) => stepItem(input, process, node, index, parent));
    case 'metrics':
      return process.metrics.map((id, index) => metricItem(input, process, id, index, parent));
    default:
      return [];
  }
}

function processItem(input: ViewInput, process: Process): ViewItem {
  const figure = worstFigure(input, process);
  const owner = process.owner === undefined ? 'no owner' : titleById(input.model, 'Party', process.owner);
  const item = {
    id: `process:${process.name}`,
    label: titleOf(process),
    description: joined(owner, process.satisfies.map((requirement) => clauseInWords(requirement))[0]),
    tooltip: lines(`**${plain(titleOf(process))}**`, process.purpose && plain(process.purpose), process.satisfies.length > 0 ? `Satisfies ${plain(process.satisfies.map((requirement) => clauseInWords(requirement)).join(', '))}` : undefined),
    context: 'process',
    hasChildren: process.owner !== undefined || process.nodes.length > 0 || process.metrics.length > 0,
    place: { entity: process.$key, path: ['name'] },
  };
  return figure ? marked({ ...markOf(figure), words: `worst of its metrics: ${markOf(figure).words}` }, item) : line('git-branch', item);
}

function worstFigure(input: ViewInput, process: Process): Figure | undefined {
  return process.metrics.flatMap((id) => lastFigure(input, id) ?? []).toSorted((a, b) => compareStatus(statusOf(a), statusOf(b)))[0];
}

function lastFigure(input: ViewInput, metric: string): Figure | undefined {
  return figuresOf(input).series({ kind: 'metric', metric }, shownPeriod(input)).last;
}

function inProcess({ model }: ViewInput, process: Process, parent: string): ViewItem[] {
  const owner = process.owner === undefined ? undefined : model.find('Actor', process.owner);
  const ownerItem = line('account', {
    id: `${parent}/owner`,
    label: owner?.name.title ?? process.owner ?? '',
    description: 'owner',
    context: 'party',
    hasChildren: false,
    place: owner ? { entity: owner.entity.key, path: owner.name.path } : { entity: process.$key, path: ['owner'] },
  });
  const group = (icon: string, id: string, label: string, count: number): ViewItem[] => (count === 0 ? [] : [line(icon, { id: `${parent}/${id}`, label, description: String(count), context: 'group', hasChildren: true })]);
  return [...(process.owner === undefined ? [] : [ownerItem]), ...group('list-ordered', 'steps', 'Steps', process.nodes.length), ...group('graph', 'metrics', 'Metrics', process.metrics.length)];
}

const stepIcons: Readonly<Record<FlowNode['$type'], string>> = { Step: 'circle-large-outline', Decision: 'question', Fork: 'split-horizontal', Join: 'merge' };

function stepItem({ model }: ViewInput, process: Process, node: FlowNode, index: number, parent: string): ViewItem {
  const people = (letter: string, ids: readonly string[]): string | undefined => (ids.length === 0 ? undefined : `${letter} ${titlesById(model, 'Party', ids)}`);
  const raci = node.$type === 'Step' || node.$type === 'Decision' ? joined(people('R', node.responsible), people('A', node.accountable)) : '';
  const within = node.$type === 'Step' && node.within !== undefined ? `within ${node.within}` : undefined;
  return line(stepIcons[node.$type], {
    id: `${parent}/step:${node.name}`,
    label: titleOf(node),
    description: joined(node.$type === 'Step' ? undefined : node.$type.toLowerCase(), raci, within),
    context: 'step',
    hasChildren: false,
    place: { entity: process.$key, path: ['nodes', index] },
  });
}

function metricItem(input: ViewInput, process: Process, id: string, index: number, parent: string): ViewItem {
  const metric: Metric | undefined = input.model.get('Metric', id);
  const figure = lastFigure(input, id);
  const isMeasured = input.measurements !== undefined;
  const item = {
    id: `${parent}/metric:${id}`,
    label: metric ? titleOf(metric) : id,
    description: joined(metric ? undefined : 'not declared', statedLimit(metric?.comparison, metric?.target), figureInWords(figure, isMeasured)),
    tooltip: lines(figureTooltip(metric ? titleOf(metric) : id, figure, isMeasured), metric?.purpose && plain(metric.purpose)),
    context: 'metric',
    hasChildren: false,
    place: metric ? { entity: metric.$key, path: ['name'] } : { entity: process.$key, path: ['metrics', index] },
  };
  return figure ? marked(markOf(figure), item) : line('graph', item);
}
