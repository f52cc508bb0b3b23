/** What drawings of boxes and arrows are made of. */
import type { DrawingElement } from '../blocks.ts';
import type { Point } from './layered-layout.ts';
import { palette, paletteClass, type PaletteRole } from './palette.ts';

export function shape(tag: DrawingElement['tag'], attributes: Readonly<Record<string, string>>, fill: PaletteRole | undefined, stroke: PaletteRole | undefined): DrawingElement {
  const colours = { fill: fill === undefined ? 'none' : palette[fill], stroke: stroke === undefined ? 'none' : palette[stroke] };
  const classes = (['fill', 'stroke'] as const).flatMap((property) => paletteClass(property, colours[property]) ?? []);
  return { tag, attributes: { ...attributes, ...colours, ...(classes.length > 0 ? { class: classes.join(' ') } : {}) }, children: [] };
}

export function text(content: string, x: number, y: number, role: PaletteRole, size: string, anchor: 'middle' | 'start' = 'middle'): DrawingElement {
  const name = paletteClass('fill', palette[role]);
  return { tag: 'text', attributes: { x: String(x), y: String(y), 'text-anchor': anchor, 'font-size': size, fill: palette[role], ...(name === undefined ? {} : { class: name }) }, children: [content] };
}

export interface ArrowLook {
  readonly role: PaletteRole;
  readonly width: number;
  /** As `stroke-dasharray`; drawn through where left out. */
  readonly dashes?: string;
}

/** A line along points with a head at the last. */
export function arrow(points: readonly Point[], { role, width, dashes }: ArrowLook): readonly DrawingElement[] {
  const [before, end] = points.slice(-2);
  if (!before || !end) return [];
  // A thick line has a larger head, and ends within it, so that the head stays pointed.
  const head = 8 + (width - 1.2) * 1.6;
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const behind = (length: number, turn = 0): Point => ({ x: tenth(end.x - length * Math.cos(angle + turn)), y: tenth(end.y - length * Math.sin(angle + turn)) });
  const stop = width > 2 && Math.hypot(end.x - before.x, end.y - before.y) > head ? behind(head / 2) : end;
  const path = [...points.slice(0, -1), stop].map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' ');
  const corner = (turn: number): string => `${behind(head, turn).x},${behind(head, turn).y}`;
  return [
    shape('path', { d: path, 'stroke-width': String(width), ...(dashes === undefined ? {} : { 'stroke-dasharray': dashes }) }, undefined, role),
    shape('polygon', { points: `${end.x},${end.y} ${corner(0.4)} ${corner(-0.4)}` }, role, undefined),
  ];
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A title on a few lines; what finds no room is cut. */
export function wrapped(title: string, lettersPerLine: number, mostLines: number): readonly string[] {
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
    const line = blank > lettersPerLine / 3 ? room.slice(0, blank) : letters.slice(0, lettersPerLine).join('');
    lines.push(isLast ? `${[...line].slice(0, lettersPerLine - 1).join('')}…` : line);
    rest = rest.slice(line.length).trim();
  }
  return lines;
}
