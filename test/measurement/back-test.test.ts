import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { backTest } from '../../server/measurement/back-test/back-test.ts';
import type { BackTest } from '../../server/analysis/back-test/back-test-result.ts';
import { tallyOf } from '../../server/analysis/back-test/back-test-result.ts';
import { measure } from '../../server/measurement/measure.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { MeasuredProject } from './measured-project.ts';

const asOf = '2026-05-10';

/** Ten incidents a month from January to April; in the month m, m of them took six hours, the others two. */
const incidents = ['number,opened,restored', ...[1, 2, 3, 4].flatMap((month) => Array.from({ length: 10 }, (_, index) => {
  const day = `2026-0${month}-${String(index + 5).padStart(2, '0')}`;
  return `I${month}-${index},${day} 15:00,${day} ${index < month ? '21:00' : '17:00'}`;
}))].join('\n');
/** Five hours in February, half an hour in March. */
const outages = 'number,from,to\nO1,2026-02-03 10:00,2026-02-03 15:00\nO2,2026-03-03 10:00,2026-03-03 10:30\nO3,2026-04-30 10:00,2026-04-30 10:01\n';

const model = (facts = ''): string => `
customer shop
service mail
priority P1
calendar office { timezone Europe/London open Mon-Fri 09:00-17:00 }
source incidents of incident from "incidents.csv" { dates "yyyy-MM-dd HH:mm" in Europe/London  key number  map opened, restored }
source outages of outage from "outages.csv" { dates "yyyy-MM-dd HH:mm" in Europe/London  key number  map started = from  map ended = to }
sla draft for mail with shop {
  valid 2027-01-01 to 2027-12-31
  ${facts}
}
`;

const promised = `
  target restoration restore within 4h for 75% per month from incidents
  target uptime availability >= 99.9% per month from outages
  workload calls <= 9 per month from incidents
  fee 1000 EUR per month
  credit 5% when uptime < 99.9%
  credit 10% when uptime < 99.5%
  credit 2% when restoration < 75%
`;

async function tested(text: string, use: (test: BackTest, project: MeasuredProject) => void | Promise<void>, months = 4): Promise<void> {
  const project = new MeasuredProject(text, { 'incidents.csv': incidents, 'outages.csv': outages });
  try {
    const test = await backTest({ model: project.model, asOf, dataFiles: await openNodeHost(project.folder) }, 'draft', { months });
    assert.ok(typeof test === 'object', String(test));
    await use(test, project);
  } finally {
    project.remove();
  }
}

const kept = (test: BackTest, name: string, dimension: string): unknown => test.promises.find((one) => one.name === name)!.varied.filter((one) => one.dimension === dimension).map(({ says, isDeclared, tally }) => `${says}${isDeclared ? '*' : ''} ${tally.met}/${tally.met + tally.missed}`);

describe('testing an agreement on the past', () => {
  it('tells of a draft whether it would have been kept, month by month, although it is not in force', async () => {
    await tested(model(promised), (test) => {
      assert.equal(test.isDraft, true);
      assert.deepEqual(test.months, ['2026-01', '2026-02', '2026-03', '2026-04']);
      assert.deepEqual(test.promises.map(({ name, says, tally, figures }) => [name, says, tally, figures.map(({ verdict }) => verdict)]), [
        ['restoration', 'restore within 4h for 75% per month', { met: 2, missed: 2, unknown: 0 }, ['met', 'met', 'missed', 'missed']],
        ['uptime', 'availability >= 99.9% per month', { met: 2, missed: 1, unknown: 0 }, ['missed', 'met', 'met']],
        ['calls', '<= 9 per month', { met: 0, missed: 4, unknown: 0 }, ['missed', 'missed', 'missed', 'missed']],
      ]);
    });
  });

  it('tells what it would have cost, by month and with promises varied', async () => {
    await tested(model(promised), (test) => {
      assert.deepEqual(test.credits.map(({ month, due, isAtLeast }) => [month, due, isAtLeast]), [['2026-01', undefined, true], ['2026-02', '100 EUR', false], ['2026-03', '20 EUR', false], ['2026-04', '20 EUR', false]]);
      assert.deepEqual(test.creditSum, { due: ['140 EUR'], periods: 3, unknown: 1 });
      const [restoration] = test.promises;
      const costs = Object.fromEntries(restoration!.varied.filter(({ dimension }) => dimension === 'value').map(({ says, credits }) => [says, credits.due.join()]));
      assert.deepEqual([costs['4h'], costs['6h'], costs['1h']], ['140 EUR', '100 EUR', '180 EUR']);
    });
  });

  it('shows how much depends on the value, the share and the hours', async () => {
    await tested(model(promised), (test) => {
      assert.deepEqual(kept(test, 'restoration', 'value'), ['1h 0/4', '2h 2/4', '3h 2/4', '4h* 2/4', '6h 4/4', '8h 4/4', '16h 4/4']);
      assert.deepEqual(kept(test, 'restoration', 'share'), ['75%* 2/4', '80% 2/4', '85% 1/4', '90% 1/4', '95% 0/4', '98% 0/4', '99% 0/4']);
      assert.deepEqual(kept(test, 'restoration', 'hours'), ['always* 2/4']);
      assert.deepEqual(kept(test, 'uptime', 'value'), ['98% 3/3', '99% 3/3', '99.5% 2/3', '99.8% 2/3', '99.9%* 2/3', '99.95% 1/3', '99.99% 1/3']);
      assert.deepEqual(kept(test, 'calls', 'value'), ['7 0/4', '8 0/4', '9* 0/4', '10 4/4', '11 4/4', '14 4/4']);
    });
    // Within office hours nothing took more than two of them.
    await tested(model(`support hours office ${promised}`), (test) => {
      assert.deepEqual(kept(test, 'restoration', 'hours'), ['office* 4/4', 'always 2/4']);
    });
  });

  it('finds for every variation what the ordinary way finds where the text says so', async () => {
    await tested(model(promised), async (test, project) => {
      for (const { name, says, varied } of test.promises.filter(({ kind }) => kind === 'target')) {
        for (const { dimension, says: other, tally, figures } of varied.filter((_, index) => index % 2 === 0)) {
          const line = promised.split('\n').find((one) => one.includes(`target ${name} `))!;
          const changed = dimension === 'hours' ? `${line} in ${other}` : dimension === 'share' ? line.replace(/for [\d.]+%/, `for ${other}`) : line.replace(/within \w+|>= [\d.]+%/, (match) => match.replace(/\S+$/, other));
          project.setText(model(promised.replace(line, changed)).replace(/valid .*/, ''));
          const ordinary = (await project.measure(asOf, { periods: 4 })).figures.filter(({ subject }) => subject.kind === 'target' && subject.target === name);
          assert.deepEqual(tallyOf(ordinary), tally, `${name}: ${says}, ${dimension} ${other}`);
          assert.deepEqual(ordinary.map(({ period, numerator, denominator }) => [period, numerator, denominator]), figures.map(({ period, numerator, denominator }) => [period, numerator, denominator]));
        }
      }
    });
  });

  it('takes each promise as it was stated last', async () => {
    await tested(model('target restoration restore within 4h for 75% per month from incidents target restoration restore within 8h for 75% per month from incidents since 2027-06-01'), (test) => {
      assert.deepEqual(test.promises.map(({ says, tally }) => [says, tally.met]), [['restore within 8h for 75% per month', 4]]);
    });
  });

  it('keeps its results beside those of the project, takes them up again, and never those of other data or of another promise', async () => {
    const project = new MeasuredProject(model(promised), { 'incidents.csv': incidents, 'outages.csv': outages });
    try {
      const cacheFolder = join(project.folder, '.cache');
      const request = { model: project.model, asOf, dataFiles: await openNodeHost(project.folder), cacheFolder };
      const bytes = (): Promise<readonly string[]> => readdir(cacheFolder).then((names) => Promise.all(names.toSorted().map(async (name) => `${name} ${await readFile(join(cacheFolder, name), 'utf8')}`)));
      const whole = await measure(request);
      const [own] = await bytes();
      const first = await backTest(request, 'draft', { months: 4 });
      const kept = await bytes();
      assert.equal(kept.length, 2);
      assert.ok(kept.includes(own!));
      assert.deepEqual(await backTest(request, 'draft', { months: 4 }), first);
      assert.deepEqual(await measure(request), whole);
      assert.deepEqual(await bytes(), kept);
      const { cacheFolder: _cacheFolder, ...uncached } = request;
      // What is in the cache is taken from there.
      for (const name of await readdir(cacheFolder)) await writeFile(join(cacheFolder, name), (await readFile(join(cacheFolder, name), 'utf8')).replaceAll('"met"', '"warning"'));
      assert.notDeepEqual(await backTest(request, 'draft', { months: 4 }), first);
      await writeFile(join(project.folder, 'incidents.csv'), incidents.replaceAll('17:00', '22:00'));
      const other = await backTest(uncached, 'draft', { months: 4 });
      const again = await backTest(request, 'draft', { months: 4 });
      assert.notDeepEqual(other, first);
      const restoration = (test: BackTest | string): unknown => typeof test === 'object' && test.promises.find(({ name }) => name === 'restoration');
      assert.deepEqual(restoration(again), restoration(other));
    } finally {
      project.remove();
    }
  });

  it('says why there is nothing to test, and what is not known', async () => {
    const project = new MeasuredProject(model('target restoration restore within 4h for 75% per month').replace('sla draft', 'sla other for mail with shop\nsla draft'), {});
    try {
      const request = { model: project.model, asOf, dataFiles: await openNodeHost(project.folder) };
      assert.equal(await backTest(request, 'none'), 'There is no agreement “none”.');
      assert.equal(await backTest(request, 'other'), 'other promises nothing that is measured: it has no target and no workload limit.');
      const test = await backTest(request, 'draft');
      assert.ok(typeof test === 'object');
      assert.deepEqual(test.promises[0]!.figures.map(({ verdict, reason }) => [verdict, reason]), [['unknown', 'The target names no source']]);
      await assert.rejects(backTest({ ...request, signal: AbortSignal.abort(new Error('enough')) }, 'draft'), /enough/);
    } finally {
      project.remove();
    }
  });
});
