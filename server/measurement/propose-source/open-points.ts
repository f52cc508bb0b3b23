import { openName } from '../../../language/values/open.ts';

/** A place of a proposed text that people decide. */
export interface OpenPoint {
  readonly offset: number;
  readonly length: number;
}

/** Where a text leaves something open: the name `TODO` and texts that begin with `TODO:`, outside comments. */
export function openPoints(text: string): readonly OpenPoint[] {
  const points: OpenPoint[] = [];
  for (const { 0: found, index } of text.matchAll(/\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|[\p{L}\p{N}_-]+/gu)) {
    if (found === openName || found.startsWith(`"${openName}:`)) points.push({ offset: index, length: found.length });
  }
  return points;
}
