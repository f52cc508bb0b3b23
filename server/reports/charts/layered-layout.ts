/** Where boxes and arrows of a diagram go: in layers, arrows from one layer to the next. The one place that runs the layout library. */
import { Graph, layout } from '@dagrejs/dagre';

export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
}

export interface LayoutOptions {
  /** Which way arrows run. */
  readonly direction?: 'down' | 'right';
  /** Between boxes of one layer, and between layers. */
  readonly gaps?: { readonly nodes: number; readonly layers: number };
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** The middle of each box. */
  readonly nodes: ReadonlyMap<string, Point>;
  /** In the order of the edges given; the first and last point lie on the border of their boxes. */
  readonly edges: readonly (readonly Point[])[];
}

const margin = 4;

/** The same graph gives the same layout, whatever the order in which its nodes are given. Circles are allowed: one of their arrows runs back. */
export function layeredLayout(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], { direction = 'down', gaps = { nodes: 22, layers: 46 } }: LayoutOptions = {}): GraphLayout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: direction === 'down' ? 'TB' : 'LR', nodesep: gaps.nodes, ranksep: gaps.layers, edgesep: 12, marginx: margin, marginy: margin });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1))) graph.setNode(id, { width, height });
  const named = edges.map((edge, index) => ({ ...edge, name: `${edge.from} ${edge.to} ${index}` }));
  for (const { from, to, name } of named.toSorted((a, b) => (a.name < b.name ? -1 : 1))) graph.setEdge(from, to, {}, name);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: round(width),
    height: round(height),
    nodes: new Map(nodes.map(({ id }) => [id, pointOf(graph.node(id))])),
    edges: named.map(({ from, to, name }) => betweenSides((graph.edge(from, to, name).points ?? []).map(pointOf), boxOf(graph.node(from)), boxOf(graph.node(to)), direction)),
  };
}

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

function boxOf({ x, y, width, height }: { readonly x?: number; readonly y?: number; readonly width?: number; readonly height?: number }): Box {
  return { ...pointOf({ ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }) }), width: width ?? 0, height: height ?? 0 };
}

/** From the side at which a layer ends to the side at which the next begins, so that no arrow runs along the boxes of a layer; one that runs back stays as it is. */
function betweenSides(points: readonly Point[], from: Box, to: Box, direction: 'down' | 'right'): readonly Point[] {
  const [start, end] = direction === 'right' ? [{ x: from.x + from.width / 2, y: from.y }, { x: to.x - to.width / 2, y: to.y }] : [{ x: from.x, y: from.y + from.height / 2 }, { x: to.x, y: to.y - to.height / 2 }];
  const isForward = direction === 'right' ? start.x < end.x : start.y < end.y;
  // Between neighbouring layers nothing stands in the way.
  const bends = points.length <= 3 ? [] : points.slice(1, -1);
  return isForward ? [start, ...bends, end].map(pointOf) : points;
}

function pointOf({ x, y }: { readonly x?: number; readonly y?: number }): Point {
  return { x: round(x ?? 0), y: round(y ?? 0) };
}

/** Nobody sees less than a tenth of a pixel. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
