/** The one place that runs the charting library: an option in, a drawing out. No document, no canvas, no animation. */
import * as echarts from 'echarts/core';
import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
import type { EChartsOption } from 'echarts';
import type { Drawing } from '../blocks.ts';
import { readDrawing } from './svg-drawing.ts';

echarts.use([LineChart, BarChart, CustomChart, GridComponent, MarkLineComponent, MarkAreaComponent, SVGRenderer]);

const remembered = new Map<string, Drawing>();
const mostRemembered = 2000;

/**
 * Remembers drawings by what they were drawn from: a live dashboard draws the same small charts at every change of the
 * text, and one takes some milliseconds. Drawings are immutable, so that sharing them is safe.
 */
export function drawnOnce<Input>(kind: string, make: (input: Input) => Drawing): (input: Input) => Drawing {
  return (input) => {
    const key = `${kind} ${JSON.stringify(input, (_, value: unknown) => (value === undefined ? null : value))}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const made = make(input);
    // The oldest goes first: a map keeps the order of insertion.
    if (remembered.size >= mostRemembered) remembered.delete(remembered.keys().next().value ?? '');
    remembered.set(key, made);
    return made;
  };
}

/** Draws a chart of the given size in CSS pixels. The same option gives the same drawing, byte for byte. */
export function draw(width: number, height: number, option: EChartsOption): Drawing {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    return readDrawing(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}
