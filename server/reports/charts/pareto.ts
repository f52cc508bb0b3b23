/** Pareto of causes: counts in falling order, with the share they make up together. */
import type { Drawing } from '../blocks.ts';
import { draw } from './draw.ts';
import { palette } from './palette.ts';

export interface Cause {
  readonly name: string;
  readonly count: number;
}

/** Causes in falling order of count (by name among equals), those beyond `most` summed up as *other*, always last. */
export function rankCauses(causes: readonly Cause[], most = 8): readonly Cause[] {
  const ranked = causes.filter((cause) => cause.count > 0).toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'en'));
  if (ranked.length <= most) return ranked;
  const rest = ranked.slice(most - 1);
  return [...ranked.slice(0, most - 1), { name: `other (${rest.length})`, count: rest.reduce((sum, cause) => sum + cause.count, 0) }];
}

/** @param causes as {@link rankCauses} returns them. */
export function pareto(causes: readonly Cause[], width = 720): Drawing {
  const total = causes.reduce((sum, cause) => sum + cause.count, 0) || 1;
  let running = 0;
  const cumulative = causes.map((cause) => ((running += cause.count) / total) * 100);
  const rowHeight = 24;
  return draw(width, causes.length * rowHeight + 30, {
    grid: { left: 240, right: 60, top: 22, bottom: 6 },
    xAxis: [
      { type: 'value', show: false, min: 0, max: total },
      {
        type: 'value',
        position: 'top',
        min: 0,
        max: 100,
        interval: 20,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: palette.quiet, fontSize: 11, formatter: '{value}%' },
        splitLine: { lineStyle: { color: palette.rule } },
      },
    ],
    yAxis: {
      type: 'category',
      inverse: true,
      // The count stands with the name: at the end of the bar the line would run through it.
      data: causes.map((cause) => `${cause.count}  ${cause.name}`),
      axisLine: { lineStyle: { color: palette.quiet } },
      axisTick: { show: false },
      axisLabel: { color: palette.ink, fontSize: 12, width: 205, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: 13,
        itemStyle: { color: palette.quiet },
        data: causes.map((cause) => cause.count),
      },
      {
        type: 'line',
        silent: true,
        clip: false,
        xAxisIndex: 1,
        symbol: 'circle',
        symbolSize: 5,
        itemStyle: { color: palette.ink },
        lineStyle: { color: palette.ink, width: 1.2, type: [3, 2] },
        data: cumulative.map((value, index) => [value, index]),
      },
    ],
  });
}
