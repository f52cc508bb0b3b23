/** Bullet bars: a value as a bar, its limit as a mark across it. For workload against what was agreed. */
import type { Drawing, Status } from '../blocks.ts';
import { draw } from './draw.ts';
import { laneAxis } from './lane-axis.ts';
import { palette } from './palette.ts';

export interface Bullet {
  readonly label: string;
  /** Undefined where nothing is known: no bar is drawn. */
  readonly value: number | undefined;
  readonly limit: number;
  readonly status: Status;
  /** The value as printed beside the bar. */
  readonly printed: string;
}

function barColour(status: Status): string {
  switch (status) {
    case 'below':
      return palette.below;
    case 'warning':
      return palette.warning;
    case 'met':
    case 'too-small':
    case 'no-data':
      return palette.ink;
  }
}

export function bulletBars(bullets: readonly Bullet[], width = 720): Drawing {
  const rowHeight = 28;
  const most = Math.max(1, ...bullets.flatMap((bullet) => [bullet.value ?? 0, bullet.limit])) * 1.04;
  return draw(width, bullets.length * rowHeight + 8, {
    grid: { left: 190, right: 120, top: 4, bottom: 4 },
    xAxis: { type: 'value', show: false, min: 0, max: most },
    yAxis: laneAxis(bullets.map((bullet) => bullet.label)),
    series: [
      {
        type: 'custom',
        silent: true,
        data: bullets.map((_, index) => [0, index]),
        renderItem: (parameters, api) => {
          const index = parameters.dataIndex;
          const bullet = bullets[index];
          if (bullet === undefined) return null;
          const at = (value: number): number => api.coord([value, index])[0] ?? 0;
          const y = api.coord([0, index])[1] ?? 0;
          const bar = (value: number, height: number, fill: string) => ({ type: 'rect' as const, shape: { x: at(0), y: y - height / 2, width: at(value) - at(0), height }, style: { fill } });
          return {
            type: 'group',
            children: [
              bar(bullet.limit, 18, palette.band),
              ...(bullet.value === undefined ? [] : [bar(bullet.value, 8, barColour(bullet.status))]),
              { type: 'rect', shape: { x: at(bullet.limit) - 1, y: y - 9, width: 2, height: 18 }, style: { fill: palette.target } },
              { type: 'text', x: at(most) + 10, y, style: { text: bullet.printed, fill: palette.ink, fontSize: 12, verticalAlign: 'middle' } },
            ],
          };
        },
      },
    ],
  });
}
