import assert from 'node:assert/strict';
import fc from 'fast-check';
import { columnWidths, type ColumnNeed } from '../../../server/reports/renderers/column-widths.ts';
import { longestWordWidth, textWidth } from '../../../server/reports/renderers/text-width.ts';

const need: fc.Arbitrary<ColumnNeed> = fc.record({ least: fc.integer({ min: 1, max: 300 }), more: fc.integer({ min: 0, max: 3000 }), cells: fc.integer({ min: 1, max: 200 }), grows: fc.boolean() }).map(({ least, more, cells, grows }) => ({ least, wanted: least + more, weight: (least + more) ** 2 * cells, grows }));

describe('widths of columns', () => {
  it('fill the room where a column grows, never more than it, and leave no column less than it needs where there is enough', () => {
    fc.assert(
      fc.property(fc.array(need, { minLength: 1, maxLength: 12 }), fc.integer({ min: 200, max: 4000 }), (needs, room) => {
        const widths = columnWidths(needs, room);
        const sum = widths.reduce((total, width) => total + width, 0);
        assert.equal(widths.length, needs.length);
        assert.ok(sum <= room + 1e-6);
        const least = needs.reduce((total, one) => total + one.least, 0);
        if (needs.some(({ grows }) => grows) || least >= room) assert.ok(Math.abs(sum - room) < 1e-6, `${sum} of ${room}`);
        if (least <= room) for (const [index, one] of needs.entries()) assert.ok((widths[index] ?? 0) >= one.least - 1e-6);
      }),
      { seed: 20_000, numRuns: 500 },
    );
  });

  it('give more room to what holds more, and no more than a line needs', () => {
    const [short = 0, long = 0] = columnWidths([{ least: 40, wanted: 60, weight: 60 ** 2, grows: true }, { least: 60, wanted: 2000, weight: 2000 ** 2, grows: true }], 500);
    assert.ok(short >= 40 && short <= 60 && long >= 440);
  });

  it('give columns that do not grow what they want first', () => {
    assert.deepEqual(columnWidths([{ least: 30, wanted: 50, weight: 1, grows: false }, { least: 50, wanted: 900, weight: 900, grows: true }], 400), [50, 350]);
  });
});

describe('the width of text', () => {
  it('is that of the usual faces, and that of squares for what fills one', () => {
    assert.equal(textWidth('00'), 1.112);
    assert.equal(textWidth('服務'), 2);
    assert.ok(textWidth('illi') < textWidth('WMMW') / 3);
  });

  it('may be broken at spaces and hyphens, and between squares', () => {
    assert.equal(longestWordWidth('aa bbb-cc/d'), textWidth('bbb-'));
    assert.equal(longestWordWidth('Europe/London'), textWidth('Europe/London'));
    assert.equal(longestWordWidth('服務管理'), 1);
  });
});
