/** The one place that runs the charting library: an option in, a drawing out. No document, no canvas, no animation. */
import * as echarts from 'echarts/core';
import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
import type { EChartsOption } from 'echarts';
import type { Drawing } from '../blocks.ts';
import { readDrawing } from './svg-drawing.ts';

echarts.use([LineChart, BarChart, CustomChart, GridComponent, MarkLineComponent, MarkAreaComponent, SVGRenderer]);

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
