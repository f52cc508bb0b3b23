import assert from 'node:assert/strict';
import { rowsBehind } from '../../server/measurement/measure.ts';
import type { FigureRows } from '../../server/measurement/figure-rows.ts';
import type { Subject } from '../../server/measurement/figure.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { MeasuredProject } from './measured-project.ts';

const model = `
service email "E-mail"
priority P1 "Critical"
customer retail "Retail"
calendar office { timezone Europe/London open Mon-Fri 08:00-18:00 }
sla gold "Gold" for email with retail {
  support hours office
  target restore restore within 4h for 90% per month from tickets
  target longer  restore within 8h for 90% per month from tickets since 2026-10-15
  target longer  restore within 2h for 90% per month from tickets
  workload tickets <= 900 per month from tickets
}
source tickets of incident from "tickets.csv" {
  dates "yyyy-MM-dd HH:mm" in Europe/London
  key number
  map opened = opened
  map restored = restored
  map closed = closed
}
`;

/** Every kind of record there is, over two months. */
const data = ['number,opened,restored,closed', ...Array.from({ length: 60 }, (_, index) => {
  const day = String(1 + (index % 28)).padStart(2, '0');
  const month = index < 30 ? '09' : '10';
  const opened = `2026-${month}-${day} 09:00`;
  const restored = ['2026-MM-DD 10:00', '2026-MM-DD 15:30', '', 'soon', '2026-MM-DD 08:00', ''][index % 6]!.replace('MM-DD', `${month}-${day}`);
  return `T${index},${opened},${restored},${index % 6 === 5 ? opened : ''}`;
}), 'LAST,2026-10-31 23:30,,'].join('\n');

describe('rows behind a figure', () => {
  const project = new MeasuredProject(model, { 'tickets.csv': data });
  after(() => project.remove());
  const rows = async (subject: Subject, period: string, skip = 0, limit = 1000): Promise<FigureRows> => {
    const found = await rowsBehind({ model: project.model, asOf: '2026-11-01', dataFiles: await openNodeHost(project.folder) }, subject, period, { skip, limit });
    assert.ok(typeof found !== 'string', JSON.stringify(found));
    return found;
  };

  it('are as many as its numerator, its denominator and what it leaves out say', async () => {
    const { figures } = await project.measure('2026-11-01');
    assert.ok(figures.length >= 6);
    for (const { subject, period, numerator, denominator, excluded, value, parts } of figures) {
      const all = await rows(subject, period);
      const count = (outcome: string): number => all.rows.filter((row) => row.outcome === outcome).length;
      assert.equal(all.rows.length, all.total);
      if (subject.kind === 'workload') {
        assert.equal(String(count('counted')), value);
        continue;
      }
      const sum = (numbers: readonly (string | undefined)[]): number => numbers.reduce((total, number) => total + Number(number ?? 0), 0);
      const whole = parts ?? [{ numerator, denominator, excluded }];
      assert.equal(count('met'), sum(whole.map((part) => part.numerator)), `${JSON.stringify(subject)} ${period}`);
      assert.equal(count('met') + count('missed'), sum(whole.map((part) => part.denominator)));
      assert.equal(count('left out'), sum(whole.flatMap((part) => part.excluded.map(({ amount }) => amount))));
    }
  });

  it('say why a record is left out', async () => {
    const { rows: found } = await rows({ kind: 'target', agreement: 'gold', target: 'restore' }, '2026-10');
    const why = new Set(found.filter(({ outcome }) => outcome === 'left out').map((row) => row.why.replace(/,? after .*/, '')));
    assert.deepEqual([...why].toSorted(), ['open, not yet due', '“restored” before “opened”', '“restored” cannot be read', 'closed without a time of “restored”'].toSorted());
  });

  it('are the same page by page', async () => {
    for (const target of ['restore', 'longer']) {
      const subject: Subject = { kind: 'target', agreement: 'gold', target };
      const all = await rows(subject, '2026-10');
      const pages = [];
      for (let skip = 0; skip < all.total; skip += 7) pages.push(...(await rows(subject, '2026-10', skip, 7)).rows);
      assert.deepEqual(pages, all.rows);
    }
  });
});
