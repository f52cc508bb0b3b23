/** Boxes with arrows between them. What a box is stands in it in words: neither its colour nor its shape alone says so. */
import type { Drawing, DrawingElement } from '../blocks.ts';
import { drawnOnce } from './draw.ts';
import { arrow, shape, text, wrapped } from './drawing-parts.ts';
import { layeredLayout, type LayoutOptions, type Point } from './layered-layout.ts';

export interface DrawnNode {
  readonly id: string;
  readonly title: string;
  /** What it is: `service`, `supplier`. Stands small above the title. */
  readonly kind: string;
  /** `plain`: a box; `round`: with round corners; `strong`: with a thick border; `band`: on a grey ground. */
  readonly look: 'plain' | 'round' | 'strong' | 'band';
}

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  /** Dashed: one of several that stand in for each other. */
  readonly isDashed: boolean;
}

export interface DrawnGraph {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly direction?: NonNullable<LayoutOptions['direction']>;
}

const boxWidth = 118;
const lineHeight = 14;
const padding = 8;
/** As many letters as fit into a box in 11 pixels, most of the time. */
const lettersPerLine = 19;
const mostLines = 3;

export const graphDrawing = drawnOnce('graph', ({ nodes, edges, direction = 'down' }: DrawnGraph): Drawing => {
  const texts = new Map(nodes.map((node) => [node.id, wrapped(node.title, lettersPerLine, mostLines)]));
  const boxes = nodes.map(({ id }) => ({ id, width: boxWidth, height: ((texts.get(id) ?? []).length + 1) * lineHeight + padding * 2 - 4 }));
  const placed = layeredLayout(boxes, edges, { direction, gaps: direction === 'right' ? { nodes: 14, layers: 52 } : { nodes: 18, layers: 40 } });
  const heights = new Map(boxes.map(({ id, height }) => [id, height]));
  return {
    width: Math.ceil(placed.width),
    height: Math.ceil(placed.height),
    children: [
      ...edges.flatMap(({ isDashed }, index) => arrow(placed.edges[index] ?? [], { role: 'quiet', width: 1.2, ...(isDashed ? { dashes: '5 4' } : {}) })),
      ...nodes.map((node) => box(node, placed.nodes.get(node.id) ?? { x: 0, y: 0 }, heights.get(node.id) ?? 0, texts.get(node.id) ?? [])),
    ],
  };
});

function box({ title, kind, look }: DrawnNode, { x, y }: Point, height: number, lines: readonly string[]): DrawingElement {
  const [left, top] = [x - boxWidth / 2, y - height / 2];
  return {
    tag: 'g',
    attributes: {},
    children: [
      { tag: 'title', attributes: {}, children: [`${kind}: ${title}`] },
      shape('rect', { x: String(left), y: String(top), width: String(boxWidth), height: String(height), rx: look === 'round' ? '12' : '2', 'stroke-width': look === 'strong' ? '2' : '1' }, look === 'band' ? 'band' : 'paper', look === 'strong' ? 'ink' : 'quiet'),
      text(kind, x, top + padding + 6, 'quiet', '9'),
      ...lines.map((line, index) => text(line, x, top + padding + 6 + (index + 1) * lineHeight, 'ink', '11')),
    ],
  };
}
