/** A map of who rests on whom, as a figure with its table. */
import type { Dependency, DependencyGraph, GraphNode } from '../../analysis/impact/dependency-graph.ts';
import type { Locator } from '../../../language/model/model.ts';
import type { Block, Cell, Figure } from '../blocks.ts';
import { at, column, note, paragraph, table, words as text } from '../block-builders.ts';
import { graphDrawing, type DrawnNode } from '../charts/graph-drawing.ts';
import { sourcePlace } from '../parts/places.ts';
import type { ReportInput } from '../report.ts';
import type { Words } from '../words/words.ts';

/** With more boxes nobody reads a map: the table says the same. */
const mostBoxes = 80;

/** Whom one of the shown rests on, past those that are not shown. */
export interface MapTie {
  readonly from: string;
  readonly to: string;
  /** One of several that stand in for each other, at some step of the way. */
  readonly isOneOfSeveral: boolean;
  /** The steps in words. */
  readonly how: string;
}

/** Each pair once: by a way on which it is needed, where there is one. */
export function tiesBetween(graph: DependencyGraph, keys: ReadonlySet<string>): readonly MapTie[] {
  return [...keys].toSorted().flatMap((from) => {
    const found = new Map<string, MapTie>();
    // First along ways on which all is needed.
    for (const takesAlternatives of [false, true]) {
      const visited = new Set([from]);
      const waiting: { readonly key: string; readonly steps: readonly Dependency[] }[] = [{ key: from, steps: [] }];
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        for (const step of graph.dependencies.get(next.key) ?? []) {
          if (step.kind !== 'work' || visited.has(step.on) || (step.alternative !== undefined && !takesAlternatives)) continue;
          visited.add(step.on);
          const steps = [...next.steps, step];
          if (!keys.has(step.on)) waiting.push({ key: step.on, steps });
          else if (!found.has(step.on)) found.set(step.on, { from, to: step.on, isOneOfSeveral: steps.some(({ alternative }) => alternative !== undefined), how: stepsInWords(graph, steps) });
        }
      }
    }
    return [...found.values()].toSorted((a, b) => (a.to < b.to ? -1 : 1));
  });
}

/** `runs on “Mail store cluster”, which depends on`. */
function stepsInWords(graph: DependencyGraph, steps: readonly Dependency[]): string {
  return steps.map(({ words: how, on }, index) => (index === steps.length - 1 ? how : `${how} “${graph.nodes.get(on)?.title ?? on}”, which`)).join(' ');
}

export interface MapOptions {
  readonly caption: string;
  readonly anchor?: string;
  /** Drawn with a thick border. */
  readonly strong?: string;
}

export function mapBlocks(graph: DependencyGraph, { locator, words }: Pick<ReportInput, 'locator' | 'words'>, keys: ReadonlySet<string>, options: MapOptions): readonly Block[] {
  const ties = tiesBetween(graph, keys);
  const nodes = [...keys].toSorted().flatMap((key) => graph.nodes.get(key) ?? []);
  if (nodes.length === 0) return [paragraph(words.say('Nothing is declared that could be drawn.'))];
  const own = tieTable(graph, locator, ties, words);
  if (nodes.length > mostBoxes) return [note(words.say('The map would have {0} boxes, and with more than {1} nobody reads it; the table says the same. A map for one customer, or of what one declaration touches, is smaller.', nodes.length, mostBoxes)), own];
  const figure: Figure = {
    kind: 'figure',
    ...(options.anchor === undefined ? {} : { anchor: options.anchor }),
    drawing: graphDrawing({ nodes: nodes.map((node) => drawnNode(node, options.strong)), edges: ties.map(({ from, to, isOneOfSeveral }) => ({ from, to, isDashed: isOneOfSeveral })), direction: 'right' }),
    caption: [options.caption],
    alternative: words.say('{0} and {1}, which the table lists.', words.count(nodes.length, '{0} box', '{0} boxes'), words.count(ties.length, '{0} arrow', '{0} arrows')),
    table: own,
  };
  return [figure];
}

function drawnNode({ key, title, typeWords, type }: GraphNode, strong: string | undefined): DrawnNode {
  return { id: key, title, kind: typeWords, look: key === strong ? 'strong' : type === 'Customer' ? 'round' : type === 'Service' ? 'plain' : 'band' };
}

function tieTable(graph: DependencyGraph, locator: Locator, ties: readonly MapTie[], words: Words): Extract<Block, { kind: 'table' }> {
  const name = (key: string): Cell => {
    const node = graph.nodes.get(key);
    return node ? text(at(sourcePlace(locator, node.place), `${node.typeWords} “${node.title}”`)) : text(key);
  };
  return table([column(words.say('Who')), column(words.say('How')), column(words.say('On whom'))], ties.map(({ from, to, how }): Cell[] => [name(from), text(how), name(to)]), { density: 'dense' });
}
