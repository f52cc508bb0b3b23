/** Boxes with arrows between them. What a box is stands in it in words: neither its colour nor its shape alone says so. */
import type { Drawing, DrawingElement } from '../blocks.ts';
import { drawnOnce } from './draw.ts';
import { layeredLayout, type LayoutOptions, type Point } from './layered-layout.ts';
import { palette, paletteClass, type PaletteRole } from './palette.ts';

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
  const texts = new Map(nodes.map((node) => [node.id, wrapped(node.title)]));
  const boxes = nodes.map(({ id }) => ({ id, width: boxWidth, height: ((texts.get(id) ?? []).length + 1) * lineHeight + padding * 2 - 4 }));
  const placed = layeredLayout(boxes, edges, { direction, gaps: direction === 'right' ? { nodes: 14, layers: 52 } : { nodes: 18, layers: 40 } });
  const heights = new Map(boxes.map(({ id, height }) => [id, height]));
  return {
    width: Math.ceil(placed.width),
    height: Math.ceil(placed.height),
    children: [
      ...edges.flatMap(({ isDashed }, index) => arrow(placed.edges[index] ?? [], isDashed)),
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

function arrow(points: readonly Point[], isDashed: boolean): readonly DrawingElement[] {
  const [before, end] = points.slice(-2);
  if (!before || !end) return [];
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' ');
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const corner = (turn: number): string => `${tenth(end.x - 8 * Math.cos(angle + turn))},${tenth(end.y - 8 * Math.sin(angle + turn))}`;
  return [
    shape('path', { d: path, 'stroke-width': '1.2', ...(isDashed ? { 'stroke-dasharray': '5 4' } : {}) }, undefined, 'quiet'),
    shape('polygon', { points: `${end.x},${end.y} ${corner(0.4)} ${corner(-0.4)}` }, 'quiet', undefined),
  ];
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function shape(tag: DrawingElement['tag'], attributes: Readonly<Record<string, string>>, fill: PaletteRole | undefined, stroke: PaletteRole | undefined): DrawingElement {
  const colours = { fill: fill === undefined ? 'none' : palette[fill], stroke: stroke === undefined ? 'none' : palette[stroke] };
  const classes = (['fill', 'stroke'] as const).flatMap((property) => paletteClass(property, colours[property]) ?? []);
  return { tag, attributes: { ...attributes, ...colours, ...(classes.length > 0 ? { class: classes.join(' ') } : {}) }, children: [] };
}

function text(content: string, x: number, y: number, role: PaletteRole, size: string): DrawingElement {
  const name = paletteClass('fill', palette[role]);
  return { tag: 'text', attributes: { x: String(x), y: String(y), 'text-anchor': 'middle', 'font-size': size, fill: palette[role], ...(name === undefined ? {} : { class: name }) }, children: [content] };
}

/** A title on a few lines; what finds no room is cut, and told in full to those who point at the box. */
function wrapped(title: string): readonly string[] {
  const lines: string[] = [];
  let rest = title.replace(/\s+/g, ' ').trim();
  while (rest !== '' && lines.length < mostLines) {
    const isLast = lines.length === mostLines - 1;
    const letters = [...rest];
    if (letters.length <= lettersPerLine) {
      lines.push(rest);
      break;
    }
    const room = letters.slice(0, lettersPerLine + 1).join('');
    const blank = room.lastIndexOf(' ');
    const line = blank > 6 ? room.slice(0, blank) : letters.slice(0, lettersPerLine).join('');
    lines.push(isLast ? `${[...line].slice(0, lettersPerLine - 1).join('')}…` : line);
    rest = rest.slice(line.length).trim();
  }
  return lines;
}
