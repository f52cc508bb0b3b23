/** The dependency map: services, on which others these depend, and which suppliers provide them. What lies between is told in the table. */
import { dependencyGraph, type DependencyGraph } from '../../analysis/impact/dependency-graph.ts';
import type { Document } from '../blocks.ts';
import { lead, list, section } from '../block-builders.ts';
import { titleById } from '../facts/names.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import type { Words } from '../words/words.ts';
import { mapBlocks } from './map-figure.ts';

export const dependencyMap: ReportDefinition = {
  id: 'dependency-map',
  title: 'Dependency map',
  description: 'Services, on which others they depend and which suppliers provide them, as a map and a table; redundancy that shares what fails.',
  clause: '8.2.2',
  parameters: { customer: 'each-too' },
  build,
};

function build(input: ReportInput): Document {
  const { customer, words } = input;
  const graph = graphOf(input);
  const keys = customer === undefined ? wholeMap(graph) : below(graph, `Customer:${customer}`);
  const shared = sharedByAlternatives(graph, keys, words);
  const caption = words.say('An arrow leads to what something rests on; where any of several is enough the arrows are dashed.');
  return reportDocument(input, {
    id: customer === undefined ? 'dependency-map' : `dependency-map-${customer}`,
    title: words.say('Dependency map'),
    ...(customer === undefined ? {} : { subtitle: words.say('What {0} relies on', titleById(input.model, 'Customer', customer)), audience: titleById(input.model, 'Customer', customer) }),
    blocks: [
      lead(shared.length === 0 ? caption : words.count(shared.length, '{0} redundant dependency has something in common that takes all of its alternatives down at once.', '{0} redundant dependencies have something in common that takes all of their alternatives down at once.')),
      section(words.say('Map'), mapBlocks(graph, input, keys, { caption, anchor: 'map-figure' }), { anchor: 'map' }),
      ...(shared.length === 0 ? [] : [section(words.say('Redundancy with something in common'), [list(shared.map((text) => [text]))], { anchor: 'shared' })]),
    ],
  });
}

const graphs = new WeakMap<ReportInput['ask'], { readonly model: ReportInput['model']; readonly graph: DependencyGraph }>();

/** The graph of a model, made once for all maps that are made of one input: there may be a map for each of many customers. */
function graphOf({ ask, model, locator }: ReportInput): DependencyGraph {
  const known = graphs.get(ask);
  if (known?.model === model) return known.graph;
  const graph = dependencyGraph(model, locator);
  graphs.set(ask, { model, graph });
  return graph;
}

const shownTypes: ReadonlySet<string> = new Set(['Service', 'Supplier']);

/** Every service that is not over, and the suppliers that one of them rests on. */
function wholeMap(graph: DependencyGraph): ReadonlySet<string> {
  const services = [...graph.nodes.values()].flatMap(({ key, declaration }) => (declaration.$type === 'Service' && key === declaration.$key && declaration.status !== 'retired' ? [key] : []));
  return new Set(services.flatMap((key) => [...below(graph, key)]));
}

/** What one rests on, and nothing of others who rest on the same. */
function below(graph: DependencyGraph, from: string): ReadonlySet<string> {
  const found = new Set([from]);
  const waiting = [from];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    for (const { kind, on } of graph.dependencies.get(key) ?? []) {
      if (kind !== 'work' || found.has(on) || on.startsWith('Customer:')) continue;
      found.add(on);
      waiting.push(on);
    }
  }
  return new Set([...found].filter((key) => key === from || shownTypes.has(graph.nodes.get(key)?.type ?? '')));
}

/** Alternatives of which all rest on one and the same. */
function sharedByAlternatives(graph: DependencyGraph, keys: ReadonlySet<string>, words: Words): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const key of keys) for (const { alternative, on } of graph.dependencies.get(key) ?? []) if (alternative !== undefined) groups.set(alternative, [...(groups.get(alternative) ?? []), on]);
  const title = (key: string): string => `“${graph.nodes.get(key)?.title ?? key}”`;
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([alternative, members]) => {
    const dependent = alternative.slice(0, alternative.lastIndexOf(' '));
    const [first, ...rest] = members.map((member) => restsOn(graph, member));
    const common = [...(first ?? [])].filter((key) => rest.every((other) => other.has(key)));
    return common.length === 0 ? [] : [words.say('{0} can do with any of {1}; all of these rest on {2}.', title(dependent), members.map(title).join(', '), common.toSorted().map(title).join(', '))];
  });
}

/** What something cannot do without, itself among it; where any of several is enough none of them. */
function restsOn(graph: DependencyGraph, from: string): ReadonlySet<string> {
  const found = new Set([from]);
  const waiting = [from];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    for (const { kind, alternative, on } of graph.dependencies.get(key) ?? []) {
      if (kind !== 'work' || alternative !== undefined || found.has(on)) continue;
      found.add(on);
      waiting.push(on);
    }
  }
  return found;
}
