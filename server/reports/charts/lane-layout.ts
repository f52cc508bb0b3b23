/**
 * Where boxes and arrows of a diagram with lanes go. Arrows run down from layer to layer, as the layered layout has them; each lane is a
 * strip of columns. Arrows run level only between layers and upright only between columns, or where a column is empty: so none runs
 * through a box.
 */
import { layeredLayout, type Point } from './layered-layout.ts';

export interface LaneNode {
  readonly width: number;
  readonly height: number;
  /** By its position, from the left. */
  readonly lane: number;
}

export interface LaneEdge {
  /** Positions of nodes. */
  readonly from: number;
  readonly to: number;
  /** Room for words where it begins. */
  readonly labelHeight?: number;
}

export interface LaneLayout {
  readonly width: number;
  readonly height: number;
  /** From the left. */
  readonly lanes: readonly { readonly left: number; readonly right: number }[];
  /** The middle of each box, in the order given. */
  readonly nodes: readonly Point[];
  /** In the order given, from the lower side of a box to the upper side of another. */
  readonly edges: readonly (readonly Point[])[];
}

const trackGap = 7;
const besideColumn = 15;
/** From a column to the border of its lane, which no arrow runs along. */
const besideLane = 8;
const underBox = 6;
const aboveBox = 15;

export function laneLayout(nodes: readonly LaneNode[], edges: readonly LaneEdge[], laneCount: number): LaneLayout {
  const layers = layersOf(nodes, edges);
  const grid = columnsOf(nodes, edges, layers, laneCount);
  const layerOf = (node: number): number => layers.layer[node]!;
  const columnOf = (node: number): number => grid.column[node]!;
  const ways = channelsOf(edges, layerOf, columnOf, grid.columnCount);

  // From the left: a strip between columns for what runs upright, then the column.
  const widths = Array.from({ length: grid.columnCount }, () => 0);
  for (const [index, { width }] of nodes.entries()) widths[columnOf(index)] = Math.max(widths[columnOf(index)]!, width);
  const stripLeft: number[] = [];
  const middle: number[] = [];
  let x = 0;
  for (let column = 0; column <= grid.columnCount; column++) {
    stripLeft.push(x);
    x += besideColumn * 2 + Math.max(0, ways.tracks[column]! - 1) * trackGap;
    if (column === grid.columnCount) break;
    middle.push(tenth(x + widths[column]! / 2));
    x += widths[column]!;
  }
  const width = x;
  const uprightAt = (way: Way): number | undefined => {
    switch (way.kind) {
      case 'next':
        return undefined;
      case 'column':
        return middle[way.column]!;
      case 'strip':
        return stripLeft[way.strip]! + besideColumn + way.track * trackGap;
    }
  };

  const ports = portsOf(nodes, edges, (node) => middle[columnOf(node)]!, (edge) => uprightAt(ways.ways[edge]!) ?? middle[columnOf(edges[edge]!.to)]!);
  // What runs level, by the gap it runs in: gap i is above layer i.
  const levels = new Map<number, Level[]>();
  const addLevel = (gap: number, edge: number, above: number | undefined, below: number | undefined, to: number, from: number): void => {
    levels.set(gap, [...(levels.get(gap) ?? []), { edge, above, below, left: Math.min(from, to), right: Math.max(from, to) }]);
  };
  for (const [edge, { from, to }] of edges.entries()) {
    const [start, end, upright] = [ports[edge]!, middle[columnOf(to)]!, uprightAt(ways.ways[edge]!)];
    const [out, into] = [layerOf(from) + 1, layerOf(to)];
    if (upright === undefined) addLevel(out, edge, start, end, start, end);
    else if (into > out) {
      addLevel(out, edge, start, upright, start, upright);
      addLevel(into, edge, upright, end, upright, end);
    } else {
      addLevel(out, edge, start, undefined, start, upright);
      addLevel(into, edge, undefined, end, upright, end);
    }
  }
  const trackOf = new Map<string, number>();
  const trackCount = new Map<number, number>();
  for (const [gap, all] of levels) {
    const tracks = levelTracks(all);
    for (const [index, { edge }] of all.entries()) trackOf.set(`${gap} ${edge}`, tracks[index]!);
    trackCount.set(gap, Math.max(0, ...tracks.map((track) => track + 1)));
  }

  const labelRoom = Array.from({ length: layers.count + 1 }, () => 0);
  for (const { from, labelHeight = 0 } of edges) labelRoom[layerOf(from) + 1] = Math.max(labelRoom[layerOf(from) + 1]!, labelHeight);
  const heights = Array.from({ length: layers.count }, () => 0);
  for (const [index, { height }] of nodes.entries()) heights[layerOf(index)] = Math.max(heights[layerOf(index)]!, height);
  const firstTrack: number[] = [];
  const level: number[] = [];
  let y = 0;
  for (let layer = 0; layer <= layers.count; layer++) {
    y += underBox + labelRoom[layer]!;
    firstTrack.push(y + trackGap);
    y += Math.max(1, trackCount.get(layer) ?? 0) * trackGap;
    if (layer === layers.count) break;
    y += aboveBox;
    level.push(tenth(y + heights[layer]! / 2));
    y += heights[layer]!;
  }
  const levelAt = (gap: number, edge: number): number => firstTrack[gap]! + trackOf.get(`${gap} ${edge}`)! * trackGap;

  const places = nodes.map((_, index): Point => ({ x: middle[columnOf(index)]!, y: level[layerOf(index)]! }));
  return {
    width: Math.ceil(width),
    height: Math.ceil(y),
    lanes: grid.lanes.map(({ first, last }) => ({ left: first === 0 ? 0 : stripLeft[first]! + besideLane, right: last === grid.columnCount - 1 ? width : stripLeft[last + 1]! + besideLane })),
    nodes: places,
    edges: edges.map(({ from, to }, edge) => {
      const [start, end] = [{ x: ports[edge]!, y: places[from]!.y + nodes[from]!.height / 2 }, { x: places[to]!.x, y: places[to]!.y - nodes[to]!.height / 2 }];
      const upright = uprightAt(ways.ways[edge]!);
      const out = levelAt(layerOf(from) + 1, edge);
      if (upright === undefined) return withoutRepeats([start, { x: start.x, y: out }, { x: end.x, y: out }, end]);
      const into = levelAt(layerOf(to), edge);
      return withoutRepeats([start, { x: start.x, y: out }, { x: upright, y: out }, { x: upright, y: into }, { x: end.x, y: into }, end]);
    }),
  };
}

interface Layers {
  readonly count: number;
  readonly layer: readonly number[];
  /** Where the layered layout has it, from the left. */
  readonly order: readonly number[];
}

function layersOf(nodes: readonly LaneNode[], edges: readonly LaneEdge[]): Layers {
  // Ids in the order of the nodes: what runs back is then seen from the first.
  const id = (node: number): string => String(node).padStart(6, '0');
  const placed = layeredLayout(nodes.map(({ width, height }, index) => ({ id: id(index), width, height })), edges.flatMap(({ from, to }) => (from === to ? [] : [{ from: id(from), to: id(to) }])));
  const at = nodes.map((_, index) => placed.nodes.get(id(index))!);
  const levels = [...new Set(at.map(({ y }) => Math.round(y)))].sort((a, b) => a - b);
  return { count: levels.length, layer: at.map(({ y }) => levels.indexOf(Math.round(y))), order: at.map((point) => point.x) };
}

interface Columns {
  readonly columnCount: number;
  readonly column: readonly number[];
  readonly lanes: readonly { readonly first: number; readonly last: number }[];
}

/** A lane has as many columns as boxes side by side in it; a box stands below one that leads to it where it can. */
function columnsOf(nodes: readonly LaneNode[], edges: readonly LaneEdge[], { count, layer, order }: Layers, laneCount: number): Columns {
  const column: number[] = nodes.map(() => 0);
  const lanes: { first: number; last: number }[] = [];
  let first = 0;
  for (let lane = 0; lane < laneCount; lane++) {
    const rows = Array.from({ length: count }, (): number[] => []);
    for (const [index, node] of nodes.entries()) if (node.lane === lane) rows[layer[index]!]!.push(index);
    const size = Math.max(1, ...rows.map((row) => row.length));
    for (const row of rows) {
      row.sort((a, b) => order[a]! - order[b]! || a - b);
      let next = 0;
      for (const [position, node] of row.entries()) {
        const above = edges.find(({ from, to }) => to === node && nodes[from]!.lane === lane && layer[from]! < layer[node]!);
        const wished = above === undefined ? next : column[above.from]! - first;
        const taken = Math.max(next, Math.min(wished, size - (row.length - position)));
        column[node] = first + taken;
        next = taken + 1;
      }
    }
    lanes.push({ first, last: first + size - 1 });
    first += size;
  }
  return { columnCount: first, column, lanes };
}

/** How an edge comes from its layer to another: it is the next, down an empty column, or between two columns. */
type Way = { readonly kind: 'next' } | { readonly kind: 'column'; readonly column: number } | { readonly kind: 'strip'; readonly strip: number; readonly track: number };

function channelsOf(edges: readonly LaneEdge[], layerOf: (node: number) => number, columnOf: (node: number) => number, columnCount: number): { readonly ways: readonly Way[]; readonly tracks: readonly number[] } {
  const taken = new Set(edges.flatMap(({ from, to }) => [from, to].map((node) => `${columnOf(node)} ${layerOf(node)}`)));
  const strips: { readonly from: number; readonly to: number }[][][] = Array.from({ length: columnCount + 1 }, () => []);
  const ways = edges.map(({ from, to }): Way => {
    const [out, into] = [layerOf(from) + 1, layerOf(to)];
    if (into === out) return { kind: 'next' };
    const between = Array.from({ length: Math.max(0, into - out) }, (_, index) => out + index);
    const free = into > out ? [columnOf(to), columnOf(from)].find((column) => between.every((layer) => !taken.has(`${column} ${layer}`))) : undefined;
    if (free !== undefined) {
      for (const layer of between) taken.add(`${free} ${layer}`);
      return { kind: 'column', column: free };
    }
    const side = columnOf(from) - columnOf(to);
    const strip = columnOf(to) + (side > 0 || (side === 0 && into > out) ? 1 : 0);
    const span = { from: Math.min(out, into), to: Math.max(out, into) };
    const tracks = strips[strip]!;
    const found = tracks.findIndex((track) => track.every((other) => other.to < span.from || other.from > span.to));
    const track = found < 0 ? tracks.push([]) - 1 : found;
    tracks[track]!.push(span);
    return { kind: 'strip', strip, track };
  });
  return { ways, tracks: strips.map((tracks) => tracks.length) };
}

/** Where edges leave their boxes: side by side, in the order in which they turn. */
function portsOf(nodes: readonly LaneNode[], edges: readonly LaneEdge[], middleOf: (node: number) => number, turnsTo: (edge: number) => number): readonly number[] {
  const ports = edges.map(() => 0);
  for (const node of nodes.keys()) {
    const own = edges.flatMap(({ from }, edge) => (from === node ? [edge] : [])).sort((a, b) => turnsTo(a) - turnsTo(b) || a - b);
    const room = nodes[node]!.width / Math.max(1, own.length);
    for (const [index, edge] of own.entries()) ports[edge] = tenth(middleOf(node) + (index - (own.length - 1) / 2) * room);
  }
  return ports;
}

/** What an edge runs level, and where it comes from above and goes on below. */
interface Level {
  readonly edge: number;
  readonly above: number | undefined;
  readonly below: number | undefined;
  readonly left: number;
  readonly right: number;
}

/** Tracks from above, on which no two overlap; one that comes from above stays above another that goes on below at the same place. */
function levelTracks(levels: readonly Level[]): readonly number[] {
  const before = levels.map((one) => levels.flatMap((other, index) => (other !== one && other.above !== undefined && one.below !== undefined && Math.abs(other.above - one.below) < 1 && other.left !== other.right ? [index] : [])));
  const tracks: (number | undefined)[] = levels.map(() => undefined);
  const open = new Set(levels.keys());
  while (open.size > 0) {
    // Where they wait for each other in a circle, the first goes first.
    const next = [...open].find((index) => before[index]!.every((other) => !open.has(other))) ?? [...open][0]!;
    open.delete(next);
    const { left, right } = levels[next]!;
    let track = Math.max(0, ...before[next]!.map((other) => (tracks[other] ?? -1) + 1));
    if (left !== right) while (levels.some((other, index) => tracks[index] === track && other.left !== other.right && other.left <= right + 4 && other.right >= left - 4)) track++;
    tracks[next] = track;
  }
  return tracks.map((track) => track ?? 0);
}

/** Points at which the line turns. */
function withoutRepeats(points: readonly Point[]): readonly Point[] {
  const rounded = points.map(({ x, y }) => ({ x: tenth(x), y: tenth(y) }));
  return rounded.filter(({ x, y }, index) => {
    const [before, after] = [rounded[index - 1], rounded[index + 1]];
    if (!before || !after) return true;
    return !(before.x === x && after.x === x) && !(before.y === y && after.y === y);
  });
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
