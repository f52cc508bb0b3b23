/**
 * The flow of a process: a lane for each who carries out steps, arrows from one to the next. What a box is stands in it in words; a way
 * that is shown is told by the thickness of its line, its dashes and its numbers, never by colour.
 */
import type { Drawing, DrawingElement } from '../blocks.ts';
import { drawnOnce } from './draw.ts';
import { arrow, shape, text, wrapped, type ArrowLook } from './drawing-parts.ts';
import { laneLayout, type LaneNode } from './lane-layout.ts';
import type { DocumentLanguage } from '../words/languages.ts';
import { wordsIn, type Words } from '../words/words.ts';
import type { Point } from './layered-layout.ts';

export interface DiagramNode {
  readonly kind: 'start' | 'end' | 'step' | 'call' | 'decision' | 'fork' | 'join';
  readonly title: string;
  /** Small above the title: what it is, how long it may take. */
  readonly words: string;
  /** The position of its lane. */
  readonly lane: number;
  /** Where on a way that is shown it comes, counted from 1. */
  readonly numbers: readonly number[];
  /** Something is wrong here. */
  readonly isAtFault: boolean;
}

/** Which way an arrow belongs to. */
export type WayMark = 'fault' | 'longest';

export interface DiagramArrow {
  /** Positions of nodes. */
  readonly from: number;
  readonly to: number;
  /** Of a decision: when it is taken. */
  readonly label?: string;
  readonly marks: readonly WayMark[];
}

export interface FlowDiagram {
  readonly lanes: readonly string[];
  readonly nodes: readonly DiagramNode[];
  readonly arrows: readonly DiagramArrow[];
  /** Of what stands beside the lines of the legend; English where left out. */
  readonly language?: DocumentLanguage;
}

const boxWidth = 122;
const lineHeight = 13;
const lettersPerLine = 20;
const mostLines = 6;
const branchWidth = 62;
const branchLetters = 12;
const branchLine = 10;
const eventSize = 36;
const leastLaneHead = 34;
const laneHeadLine = 14;
const mostLaneHeadLines = 4;
/** Between the name of a lane and its borders. */
const besideLaneName = 8;
const legendLine = 18;
/** So that the legend finds room beside a narrow flow. */
const leastWidth = 340;

const looks = {
  plain: { role: 'quiet', width: 1.2 },
  longest: { role: 'ink', width: 2.4, dashes: '7 3' },
  fault: { role: 'ink', width: 3.4 },
} as const satisfies Record<string, ArrowLook>;

interface Measured extends LaneNode {
  readonly lines: readonly string[];
}

export const flowDiagram = drawnOnce('flow', ({ lanes, nodes, arrows, language = 'en' }: FlowDiagram): Drawing => {
  const branches = nodes.map((_, index) => arrows.filter(({ from, label }) => from === index && label !== undefined).length);
  const boxes = nodes.map((node, index) => measured(node, branches[index]!));
  const labels = arrows.map(({ label }) => (label === undefined ? [] : wrapped(label, branchLetters, 3)));
  const placed = laneLayout(boxes, arrows.map(({ from, to }, index) => ({ from, to, labelHeight: labels[index]!.length === 0 ? 0 : labels[index]!.length * branchLine + 4 })), lanes.length);
  const legend = legendOf(nodes, arrows, wordsIn(language));
  const top = legend.length * legendLine + (legend.length > 0 ? 8 : 0);
  const heads = placed.lanes.map(({ left, right }, lane) => wrapped(lanes[lane]!, Math.max(4, Math.floor((right - left - besideLaneName * 2) / 6)), mostLaneHeadLines));
  const laneHead = Math.max(leastLaneHead, ...heads.map((lines) => lines.length * laneHeadLine + 8));
  const height = top + laneHead + placed.height;
  const width = Math.max(leastWidth, placed.width + 2);
  const down = ({ x, y }: Point): Point => ({ x: x + 1, y: y + top + laneHead });
  // What is shown lies above what is not.
  const order = [...arrows.keys()].sort((a, b) => weight(arrows[a]!) - weight(arrows[b]!) || a - b);
  return {
    width: Math.ceil(width),
    height: Math.ceil(height + 1),
    children: [
      ...legend.flatMap((entry, index) => legendEntry(entry, index * legendLine + 9)),
      ...placed.lanes.flatMap(({ left, right }, lane) => laneOf(heads[lane]!, left + 1, right + 1, top, height, laneHead)),
      ...order.flatMap((index) => arrow(placed.edges[index]!.map(down), lookOf(arrows[index]!))),
      ...arrows.flatMap((_, index) => branchLabel(labels[index]!, placed.edges[index]!.slice(0, 1).map(down))),
      ...nodes.map((node, index) => nodeOf(node, boxes[index]!, down(placed.nodes[index]!))),
    ],
  };
});

function weight({ marks }: DiagramArrow): number {
  return marks.includes('fault') ? 2 : marks.length;
}

function lookOf({ marks }: DiagramArrow): ArrowLook {
  return marks.includes('fault') ? looks.fault : marks.includes('longest') ? looks.longest : looks.plain;
}

function measured({ kind, title, lane }: DiagramNode, branches: number): Measured {
  if (kind === 'start' || kind === 'end') return { width: eventSize, height: eventSize, lane, lines: [] };
  const width = Math.max(boxWidth, branches * branchWidth);
  // A decision has less room, for its sides are pointed.
  const lines = wrapped(title, lettersPerLine - (kind === 'decision' ? 3 : 0), mostLines);
  return { width, height: lines.length * lineHeight + 24, lane, lines };
}

function nodeOf(node: DiagramNode, { width, height, lines }: Measured, { x, y }: Point): DrawingElement {
  const [left, top] = [x - width / 2, y - height / 2];
  const isShown = node.numbers.length > 0;
  const border = node.isAtFault ? '3' : isShown ? '2' : '1';
  const stroke = node.isAtFault || isShown ? 'ink' : 'quiet';
  const numbers = isShown ? `${shortNumbers(node.numbers)}. ` : '';
  const words = `${node.isAtFault ? '! ' : ''}${numbers}${node.words}`;
  return {
    tag: 'g',
    attributes: {},
    children: [
      { tag: 'title', attributes: {}, children: [node.title === '' ? words : `${words}: ${node.title}`] },
      ...outline(node.kind, { left, top, width, height, border, stroke }),
      ...(node.kind === 'start' || node.kind === 'end'
        ? [text(node.words, x, y + 3.5, 'ink', '10')]
        : [text([...words].length > 24 ? `${[...words].slice(0, 23).join('')}…` : words, x, top + 13, node.isAtFault ? 'ink' : 'quiet', '9'), ...lines.map((line, index) => text(line, x, top + 13 + (index + 1) * lineHeight, 'ink', '11'))]),
    ],
  };
}

function shortNumbers(numbers: readonly number[]): string {
  return numbers.length > 3 ? `${numbers.slice(0, 2).join(', ')}, …` : numbers.join(', ');
}

interface Outline {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly border: string;
  readonly stroke: 'ink' | 'quiet';
}

function outline(kind: DiagramNode['kind'], { left, top, width, height, border, stroke }: Outline): readonly DrawingElement[] {
  const [right, bottom, middle] = [left + width, top + height, top + height / 2];
  const box = (attributes: Readonly<Record<string, string>>, fill: 'paper' | 'band' = 'paper'): DrawingElement =>
    shape('rect', { x: String(left), y: String(top), width: String(width), height: String(height), 'stroke-width': border, ...attributes }, fill, stroke);
  const line = (x1: number, y1: number, x2: number, y2: number, width_: string): DrawingElement => shape('line', { x1: String(x1), y1: String(y1), x2: String(x2), y2: String(y2), 'stroke-width': width_ }, undefined, stroke);
  switch (kind) {
    case 'start':
    case 'end':
      return [shape('circle', { cx: String(left + width / 2), cy: String(middle), r: String(width / 2 - 1), 'stroke-width': kind === 'end' ? '3' : border }, 'paper', kind === 'end' ? 'ink' : stroke)];
    case 'step':
      return [box({ rx: '4' })];
    case 'call':
      return [box({ rx: '4' }), line(left + 5, top, left + 5, bottom, '1'), line(right - 5, top, right - 5, bottom, '1')];
    case 'decision':
      return [shape('polygon', { points: `${left},${middle} ${left + 12},${top} ${right - 12},${top} ${right},${middle} ${right - 12},${bottom} ${left + 12},${bottom}`, 'stroke-width': border }, 'paper', stroke)];
    case 'fork':
      return [box({}, 'band'), line(left, bottom, right, bottom, '4')];
    case 'join':
      return [box({}, 'band'), line(left, top, right, top, '4')];
  }
}

function branchLabel(lines: readonly string[], [start]: readonly Point[]): readonly DrawingElement[] {
  if (!start || lines.length === 0) return [];
  const width = Math.min(branchWidth - 2, Math.max(...lines.map((line) => [...line].length)) * 5 + 6);
  return [
    shape('rect', { x: String(start.x - width / 2), y: String(start.y + 3), width: String(width), height: String(lines.length * branchLine + 2) }, 'paper', undefined),
    ...lines.map((line, index) => text(line, start.x, start.y + 3 + (index + 1) * branchLine - 1, 'ink', '9')),
  ];
}

function laneOf(lines: readonly string[], left: number, right: number, top: number, bottom: number, laneHead: number): readonly DrawingElement[] {
  // The lines stand in the middle of the head; letters reach about four fifths of a line above where they stand.
  const first = top + (laneHead - (lines.length - 1) * laneHeadLine) / 2 + 4;
  return [
    shape('rect', { x: String(left), y: String(top), width: String(right - left), height: String(bottom - top), 'stroke-width': '1' }, 'paper', 'rule'),
    shape('rect', { x: String(left), y: String(top), width: String(right - left), height: String(laneHead), 'stroke-width': '1' }, 'band', 'rule'),
    ...lines.map((line, index) => text(line, (left + right) / 2, first + index * laneHeadLine, 'ink', '11')),
  ];
}

interface LegendEntry {
  readonly look: ArrowLook | undefined;
  readonly words: string;
}

function legendOf(nodes: readonly DiagramNode[], arrows: readonly DiagramArrow[], words: Words): readonly LegendEntry[] {
  // Where both ways run, the one to what goes wrong is seen.
  const seen = new Set(arrows.map(lookOf));
  const hasFault = seen.has(looks.fault);
  return [
    ...(hasFault ? [{ look: looks.fault, words: words.say('the way to what goes wrong, numbered') }] : []),
    ...(seen.has(looks.longest) ? [{ look: looks.longest, words: hasFault ? words.say('the longest way by the limits of its steps, where it is another') : words.say('the longest way by the limits of its steps') }] : []),
    ...(nodes.some(({ isAtFault }) => isAtFault) ? [{ look: undefined, words: words.say('with a thick border: where it goes wrong') }] : []),
  ];
}

function legendEntry({ look, words }: LegendEntry, y: number): readonly DrawingElement[] {
  return [...(look ? arrow([{ x: 2, y }, { x: 44, y }], look) : [text('!', 23, y + 4, 'ink', '12')]), text(words, 54, y + 4, 'ink', '11', 'start')];
}
