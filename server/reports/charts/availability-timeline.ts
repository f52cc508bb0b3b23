/** Availability over a period: one lane per service, outages as marks where and as long as they were. */
import type { Drawing } from '../blocks.ts';
import { draw } from './draw.ts';
import { laneAxis } from './lane-axis.ts';
import { palette } from './palette.ts';

/** From and until as share of the period, 0 to 1. */
export interface Outage {
  readonly from: number;
  readonly until: number;
  /** Agreed not to count, such as maintenance. */
  readonly excluded: boolean;
}

export interface Lane {
  readonly label: string;
  readonly outages: readonly Outage[];
}

export interface AvailabilityTimeline {
  readonly lanes: readonly Lane[];
  /** Labels along the period, with their position as share of it. */
  readonly ticks: readonly { readonly label: string; readonly position: number }[];
  readonly width?: number;
}

const leastWidth = 2.5;

export function availabilityTimeline({ lanes, ticks, width = 720 }: AvailabilityTimeline): Drawing {
  const rowHeight = 26;
  return draw(width, lanes.length * rowHeight + 30, {
    grid: { left: 190, right: 12, top: 4, bottom: 24 },
    xAxis: { type: 'value', show: false, min: 0, max: 1 },
    yAxis: laneAxis(lanes.map((lane) => lane.label)),
    series: [
      {
        type: 'custom',
        silent: true,
        data: lanes.map((_, index) => [0, index]),
        renderItem: (parameters, api) => {
          const index = parameters.dataIndex;
          const at = (position: number): number => api.coord([position, index])[0] ?? 0;
          const y = api.coord([0, index])[1] ?? 0;
          return {
            type: 'group',
            children: [
              { type: 'rect' as const, shape: { x: at(0), y: y - 7, width: at(1) - at(0), height: 14 }, style: { fill: palette.band } },
              ...(lanes[index]?.outages ?? []).map((outage) => ({
                type: 'rect' as const,
                shape: { x: at(outage.from), y: outage.excluded ? y - 3 : y - 10, width: Math.max(leastWidth, at(outage.until) - at(outage.from)), height: outage.excluded ? 6 : 20 },
                style: { fill: outage.excluded ? palette.quiet : palette.below },
              })),
            ],
          };
        },
      },
      {
        type: 'custom',
        silent: true,
        data: ticks.map((tick) => [tick.position, Math.max(0, lanes.length - 1)]),
        renderItem: (parameters, api) => {
          const tick = ticks[parameters.dataIndex];
          const [x = 0, y = 0] = api.coord([tick?.position ?? 0, Math.max(0, lanes.length - 1)]);
          return {
            type: 'group',
            children: [
              { type: 'line', shape: { x1: x, y1: y + 13, x2: x, y2: y + 17 }, style: { stroke: palette.quiet, lineWidth: 1 } },
              { type: 'text', x, y: y + 25, style: { text: tick?.label ?? '', fill: palette.quiet, fontSize: 11, align: 'center', verticalAlign: 'middle' } },
            ],
          };
        },
      },
    ],
  });
}
