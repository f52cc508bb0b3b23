/** Bullet bars: a value as a bar, its limit as a mark across it. For workload against what was agreed. */
import type { Drawing, Status } from '../blocks.ts';
import { draw } from './draw.ts';
import { palette } from './palette.ts';

export interface Bullet {
  readonly label: string;
  readonly value: number | undefined;
  readonly limit: number;
  readonly status: Status;
  /** The value as printed beside the bar. */
  readonly printed: string;
}

export function bulletBars(bullets: readonly Bullet[], width = 720): Drawing {
  const rowHeight = 30;
  const most = Math.max(...bullets.flatMap((bullet) => [bullet.value ?? 0, bullet.limit])) * 1.08 || 1;
  return draw(width, bullets.length * rowHeight + 8, {
    grid: { left: 190, right: 120, top: 4, bottom: 4 },
    xAxis: { type: 'value', show: false, min: 0, max: most },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bullets.map((bullet) => bullet.label),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: palette.ink, fontSize: 12, width: 176, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: 22,
        barGap: '-100%',
        itemStyle: { color: palette.band },
        data: bullets.map((bullet) => bullet.limit),
        z: 1,
      },
      {
        type: 'bar',
        silent: true,
        barWidth: 9,
        z: 2,
        label: { show: true, position: [0, 0], formatter: '' },
        data: bullets.map((bullet) => ({ value: bullet.value ?? '-', itemStyle: { color: bullet.status === 'below' ? palette.below : bullet.status === 'warning' ? palette.warning : palette.ink } })),
      },
      {
        type: 'custom',
        silent: true,
        z: 3,
        renderItem: (parameters, api) => {
          const index = parameters.dataIndex;
          const bullet = bullets[index];
          const [x = 0, y = 0] = api.coord([bullet?.limit ?? 0, index]);
          const [right = 0] = api.coord([most, index]);
          return {
            type: 'group',
            children: [
              { type: 'rect', shape: { x: x - 1, y: y - 11, width: 2, height: 22 }, style: { fill: palette.target } },
              { type: 'text', x: right + 8, y, style: { text: bullet?.printed ?? '', fill: palette.ink, fontSize: 12, verticalAlign: 'middle' } },
            ],
          };
        },
        data: bullets.map((bullet) => bullet.limit),
      },
    ],
  });
}
