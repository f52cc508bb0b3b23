import { palette } from './palette.ts';

/** An axis of named lanes, the first on top: one for each row of bars. */
export function laneAxis(labels: string[]) {
  return {
    type: 'category' as const,
    inverse: true,
    data: labels,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: palette.ink, fontSize: 12, width: 150, overflow: 'truncate' as const },
  };
}
