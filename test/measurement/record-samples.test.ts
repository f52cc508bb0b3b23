import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { sampleSize } from '../../server/measurement/record-samples.ts';
import { MeasuredProject, measured } from './measured-project.ts';

const model = `audit programme rounds { period 2026 }
source tickets of incident from "tickets.csv" { dates iso  key no  map opened = at }
`;

/** Tickets T1 to T60, one a day from 2026-05-01 on; one from long before, one from after the day. */
function tickets(order: (keys: readonly number[]) => readonly number[] = (keys) => keys): string {
  const keys = Array.from({ length: 60 }, (_, index) => index + 1);
  const rows = order(keys).map((key) => `T${key},${new Date(Date.UTC(2026, 4, key)).toISOString().slice(0, 10)}T09:00:00Z`);
  return `no,at\n${rows.join('\n')}\nOLD,2024-01-01T09:00:00Z\nNEW,2026-12-24T09:00:00Z\n`;
}

/** As the report says how: by nothing of the product. */
function byHand(seed: string, source: string, keys: readonly string[]): readonly string[] {
  const hashOf = (key: string): string => createHash('sha256').update(`${seed}\n${source}\n${key}`, 'utf8').digest('hex');
  return keys.toSorted((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1)).slice(0, sampleSize);
}

const all = Array.from({ length: 60 }, (_, index) => `T${index + 1}`);

describe('samples of records', () => {
  it('are what anybody draws who follows what the report says', async () => {
    const { samples } = await measured(model, { 'tickets.csv': tickets() }, '2026-11-10');
    assert.equal(samples?.length, 1);
    const [sample] = samples;
    assert.deepEqual([sample?.seed, sample?.population, sample?.withoutKey, sample?.from, sample?.to], ['rounds', 60, 0, '2025-11-10', '2026-11-10']);
    assert.deepEqual(sample?.drawn.map(({ key }) => key), byHand('rounds', 'tickets', all));
  });

  it('do not depend on the order of rows, only on the seed', async () => {
    const project = new MeasuredProject(model, { 'tickets.csv': tickets((keys) => keys.toReversed()) });
    try {
      const drawn = async (sampleSeed?: string): Promise<readonly string[]> => (await project.measure('2026-11-10', sampleSeed === undefined ? {} : { sampleSeed })).samples?.[0]?.drawn.map(({ key }) => key) ?? [];
      assert.deepEqual(await drawn(), byHand('rounds', 'tickets', all));
      assert.deepEqual(await drawn("it's ü"), byHand("it's ü", 'tickets', all));
      assert.notDeepEqual(byHand("it's ü", 'tickets', all), byHand('rounds', 'tickets', all));
    } finally {
      project.remove();
    }
  });

  it('say when each record began, by the clocks of its source', async () => {
    const text = model.replace('dates iso', 'dates iso in Pacific/Auckland');
    const { samples } = await measured(text, { 'tickets.csv': 'no,at\nA,2026-06-30T13:00:00Z\n' }, '2026-11-10');
    assert.deepEqual(samples?.[0]?.drawn, [{ key: 'A', on: '2026-07-01' }]);
  });

  it('are drawn from all records that have a key, once each, and count those that have none', async () => {
    const { samples } = await measured(model, { 'tickets.csv': 'no,at\nA,2026-06-30T13:00:00Z\n,2026-06-30T13:00:00Z\nB,2026-06-30T13:00:00Z\nB,2026-06-30T14:00:00Z\n' }, '2026-11-10');
    assert.deepEqual([samples?.[0]?.population, samples?.[0]?.withoutKey, samples?.[0]?.drawn.length], [2, 1, 2]);
  });

  it('are not drawn where nothing is audited, and say why they cannot be drawn', async () => {
    const source = model.split('\n')[1] ?? '';
    assert.equal((await measured(source, { 'tickets.csv': tickets() }, '2026-11-10')).samples, undefined);
    const reasons = async (text: string, files: Readonly<Record<string, string>>): Promise<string | undefined> => (await measured(text, files, '2026-11-10')).samples?.[0]?.reason;
    assert.equal(await reasons(model.replace('key no', ''), { 'tickets.csv': tickets() }), 'unkeyed');
    assert.equal(await reasons(model, {}), 'unread');
    assert.equal(await reasons(model.replace('map opened = at', ''), { 'tickets.csv': tickets() }), 'undated');
  });
});
