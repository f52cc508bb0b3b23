import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Drawing, DrawingElement } from '../../server/reports/blocks.ts';
import { baselineMedian, findShift, median } from '../../server/reports/charts/run-rules.ts';
import { rankCauses } from '../../server/reports/charts/pareto.ts';
import { axisRange, runChart } from '../../server/reports/charts/run-chart.ts';
import { bulletBars } from '../../server/reports/charts/bullet-bar.ts';
import { sparkline } from '../../server/reports/charts/sparkline.ts';
import { readDrawing } from '../../server/reports/charts/svg-drawing.ts';

function elements(drawing: Drawing): DrawingElement[] {
  const all = (element: DrawingElement): DrawingElement[] => [element, ...element.children.flatMap((child) => (typeof child === 'string' ? [] : all(child)))];
  return drawing.children.flatMap(all);
}

function texts(drawing: Drawing): string[] {
  return elements(drawing).filter((element) => element.tag === 'text').map((element) => element.children.filter((child) => typeof child === 'string').join(''));
}

describe('run rules', () => {
  it('finds eight points on one side of the median of the months before', () => {
    const shift = findShift([90, 92, 91, 93, 89, 95, 96, 95, 97, 98, 96, 95, 99]);
    assert.deepEqual(shift, { from: 5, until: 12, side: 'above', points: 8, median: 91 });
  });

  it('finds none where one of the eight crosses the median', () => {
    assert.equal(findShift([90, 92, 91, 93, 89, 95, 96, 90, 97, 98, 96, 95, 99]), undefined);
  });

  it('lets points on the median and missing ones neither add to a run nor break it', () => {
    const shift = findShift([92, 92, 91, 93, 91, 90, 89, 88, 91, undefined, 88, 88, 88, 88, 88]);
    assert.deepEqual(shift, { from: 5, until: 14, side: 'below', points: 8, median: 91 }, 'the baseline is the first seven');
  });

  it('says nothing about a short series', () => {
    assert.equal(findShift([1, 2, 3, 9, 9, 9, 9, 9, 9, 9, 9, 9]), undefined, 'four months of baseline are too few');
    assert.equal(baselineMedian([]), undefined);
    assert.equal(median([]), undefined);
  });

  it('says nothing about a series that always is the same', () => {
    assert.equal(findShift(Array.from({ length: 20 }, () => 100)), undefined);
  });

  it('finds what a mirrored series mirrors', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 80, max: 100 }), { maxLength: 26 }), (values) => {
        const shift = findShift(values);
        const mirrored = findShift(values.map((value) => -value));
        assert.equal(mirrored?.from, shift?.from);
        assert.equal(mirrored?.side, shift === undefined ? undefined : shift.side === 'above' ? 'below' : 'above');
      }),
    );
  });
});

describe('charts', () => {
  const points = [
    { label: 'Jan 26', value: 93.5, status: 'below' as const },
    { label: 'Feb', value: undefined, status: 'no-data' as const },
    { label: '<Mar> & "x"', value: 100, status: 'met' as const },
  ];
  const chart = { points, target: { value: 95, label: 'target 95%' }, unit: '%', most: 100 };

  it('draws the same twice, whatever was drawn in between', () => {
    const first = JSON.stringify(runChart(chart));
    sparkline({ values: [1, 2], lastStatus: 'met' });
    assert.equal(JSON.stringify(runChart(chart)), first);
  });

  it('writes labels and the target as they are given', () => {
    assert.ok(texts(runChart(chart)).includes('<Mar> & "x"'));
    assert.ok(texts(runChart(chart)).includes('target 95%'));
  });

  it('needs no inline style and has a class for each colour of ours', () => {
    for (const element of elements(runChart(chart))) {
      assert.ok(!('style' in element.attributes));
      for (const name of Object.keys(element.attributes)) assert.doesNotMatch(name, /^(on|ecmeta|pointer)/);
    }
    assert.ok(elements(runChart(chart)).some((element) => /\bfill-below\b/.test(element.attributes['class'] ?? '')));
  });

  it('leaves a gap where there is no data', () => {
    const lines = elements(runChart({ ...chart, points: [...points, { label: 'Apr', value: 99, status: 'met' }] })).filter((element) => element.attributes['class'] === 'stroke-ink' && element.attributes['fill'] === 'none');
    assert.ok(lines.length > 0);
    assert.ok(lines.every((line) => (line.attributes['d']?.match(/M/g)?.length ?? 0) === 2), 'the line starts anew after the gap');
  });

  it('draws series without any data, and with one value', () => {
    assert.doesNotThrow(() => runChart({ points: [{ label: 'Jan', value: undefined, status: 'no-data' }], unit: '%' }));
    assert.doesNotThrow(() => sparkline({ values: [], lastStatus: 'no-data' }));
    assert.doesNotThrow(() => bulletBars([]));
    assert.ok(sparkline({ values: [5], lastStatus: 'met' }).children.length > 0);
  });

  it('shows every value within its axis', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1 }), (values) => {
        const range = axisRange(values, 100);
        assert.ok(range.min <= Math.min(...values) && range.max >= Math.max(...values) && range.max <= 100 && range.interval > 0);
      }),
    );
  });

  it('ranks causes by count and sums up the rest', () => {
    const ranked = rankCauses([{ name: 'b', count: 1 }, { name: 'c', count: 3 }, { name: 'a', count: 1 }, { name: 'none', count: 0 }], 2);
    assert.deepEqual(ranked, [{ name: 'c', count: 3 }, { name: 'other (2)', count: 2 }]);
  });

  it('refuses what is no picture', () => {
    assert.throws(() => readDrawing('<p>'));
    assert.throws(() => readDrawing(''));
  });
});
