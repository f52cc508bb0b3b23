/** A word-sized run chart for a table cell: the line, the target, and the last point by its status. */
import type { Drawing, Status } from '../blocks.ts';
import { draw, drawnOnce } from './draw.ts';
import { palette } from './palette.ts';

export interface Sparkline {
  readonly values: readonly (number | undefined)[];
  readonly target?: number;
  readonly lastStatus: Status;
  readonly width?: number;
  readonly height?: number;
}

export const sparkline = drawnOnce('sparkline', ({ values, target, lastStatus, width = 112, height = 22 }: Sparkline): Drawing => {
  const known = values.filter((value): value is number => value !== undefined);
  const shown = target === undefined ? known : [...known, target];
  if (shown.length === 0) return { width, height, children: [] };
  const low = Math.min(...shown);
  const high = Math.max(...shown);
  const air = (high - low || Math.abs(high) * 0.01 || 1) * 0.12;
  const colour = lastStatus === 'below' ? palette.below : lastStatus === 'warning' ? palette.warning : palette.ink;
  const shape = lastStatus === 'below' ? 'rect' : lastStatus === 'warning' ? 'triangle' : 'circle';
  const last = values.length - 1;
  return draw(width, height, {
    grid: { left: 4, right: 6, top: 3, bottom: 3 },
    xAxis: { type: 'category', show: false, boundaryGap: false, data: values.map((_, index) => index) },
    yAxis: { type: 'value', show: false, min: low - air, max: high + air },
    series: [
      {
        type: 'line',
        silent: true,
        clip: false,
        showSymbol: true,
        lineStyle: { color: palette.quiet, width: 1.2 },
        data: values.map((value, index) => ({
          value: value ?? '-',
          symbol: index === last ? shape : 'none',
          symbolSize: index === last ? 6 : 0,
          itemStyle: { color: colour, borderWidth: 0 },
        })),
        markLine:
          target === undefined
            ? { data: [] }
            : { silent: true, symbol: 'none', animation: false, label: { show: false }, lineStyle: { color: palette.target, type: [2, 2], width: 0.8 }, data: [{ yAxis: target }] },
      },
    ],
  });
});
