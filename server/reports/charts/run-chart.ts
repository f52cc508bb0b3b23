/** A run chart: one figure per period against its target, with the median of the baseline. */
import type { Drawing, Status } from '../blocks.ts';
import { draw, drawnOnce } from './draw.ts';
import { palette } from './palette.ts';

export interface RunPoint {
  /** Below the axis, such as `Mar` or `Jan 2026`. */
  readonly label: string;
  /** Undefined where there is no data: the line has a gap there. */
  readonly value: number | undefined;
  readonly status: Status;
}

export interface RunChart {
  readonly points: readonly RunPoint[];
  readonly target?: { readonly value: number; readonly label: string };
  readonly median?: { readonly value: number; readonly label: string };
  /** After each number of the axis, such as `%`. */
  readonly unit: string;
  /** The greatest value the unit allows, such as 100 for a percentage. */
  readonly most?: number;
  readonly width?: number;
  readonly height?: number;
}

/** Shape by status, so that the drawing survives greyscale. */
function symbol(status: Status): { symbol: string; symbolSize: number; itemStyle: { color: string; borderColor: string; borderWidth: number } } {
  switch (status) {
    case 'below':
      return { symbol: 'rect', symbolSize: 8, itemStyle: { color: palette.below, borderColor: palette.below, borderWidth: 0 } };
    case 'warning':
      return { symbol: 'triangle', symbolSize: 9, itemStyle: { color: palette.warning, borderColor: palette.warning, borderWidth: 0 } };
    case 'met':
      return { symbol: 'circle', symbolSize: 6, itemStyle: { color: palette.ink, borderColor: palette.ink, borderWidth: 0 } };
    case 'too-small':
    case 'no-data':
      return { symbol: 'circle', symbolSize: 6, itemStyle: { color: palette.paper, borderColor: palette.quiet, borderWidth: 1.2 } };
  }
}

/** The ends of an axis that shows every value, the target and the median with a little air. */
export function axisRange(values: readonly number[], most: number | undefined): { min: number; max: number; interval: number } {
  if (values.length === 0) return { min: 0, max: most ?? 1, interval: most ?? 1 };
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span = Math.max(high - low, Math.abs(high) * 0.01, 1e-6);
  const rough = (span * 1.2) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const tidy = (value: number): number => Number(value.toPrecision(12));
  const min = tidy(Math.floor((low - span * 0.05) / step) * step);
  const unbounded = tidy(Math.ceil((high + span * 0.05) / step) * step);
  return { min: low >= 0 ? Math.max(0, min) : min, max: most === undefined ? unbounded : Math.min(most, unbounded), interval: tidy(step) };
}

export const runChart = drawnOnce('run chart', (chart: RunChart): Drawing => {
  const { points, target, unit, width = 720, height = 190 } = chart;
  const known = points.flatMap((point) => (point.value === undefined ? [] : [point.value]));
  const range = axisRange([...known, ...(target === undefined ? [] : [target.value]), ...(chart.median === undefined ? [] : [chart.median.value])], chart.most);
  return draw(width, height, {
    grid: { left: 46, right: 104, top: 12, bottom: 24 },
    xAxis: {
      type: 'category',
      data: points.map((point) => point.label),
      axisLine: { lineStyle: { color: palette.quiet, width: 1 } },
      axisTick: { show: false },
      axisLabel: { color: palette.quiet, fontSize: 11, interval: 0 },
    },
    yAxis: {
      type: 'value',
      ...range,
      splitLine: { lineStyle: { color: palette.rule, width: 1 } },
      axisLabel: { color: palette.quiet, fontSize: 11, formatter: (value: number) => `${Number(value.toPrecision(12))}${unit}` },
    },
    series: [
      {
        type: 'line',
        silent: true,
        clip: false,
        z: 5,
        lineStyle: { color: palette.ink, width: 1.6 },
        data: points.map((point) => ({ value: point.value ?? '-', ...symbol(point.status) })),
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          data: [
            ...(target === undefined
              ? []
              : [
                  {
                    yAxis: target.value,
                    lineStyle: { color: palette.target, type: 'solid' as const, width: 1 },
                    label: { formatter: target.label, color: palette.ink, fontSize: 11, textBorderWidth: 0, position: 'end' as const },
                  },
                ]),
            ...(chart.median === undefined
              ? []
              : [
                  {
                    yAxis: chart.median.value,
                    lineStyle: { color: palette.quiet, type: [2, 3], width: 1 },
                    label: { formatter: medianLabel(chart, range), color: palette.quiet, fontSize: 11, textBorderWidth: 0, position: 'end' as const },
                  },
                ]),
          ],
        },
      },
    ],
  });
});

/** Left out where it would be printed over the label of the target. */
function medianLabel(chart: RunChart, range: { min: number; max: number }): string {
  if (chart.median === undefined) return '';
  const height = (chart.height ?? 190) - 36;
  const apart = chart.target === undefined ? height : (Math.abs(chart.median.value - chart.target.value) / (range.max - range.min || 1)) * height;
  return apart < 13 ? '' : chart.median.label;
}
