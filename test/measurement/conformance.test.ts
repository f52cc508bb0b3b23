import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../language/model/finding.ts';
import type { Conformance } from '../../server/analysis/conformance/conformance-result.ts';
import { fitness } from '../../server/analysis/conformance/conformance.ts';
import { deviationInWords } from '../../server/analysis/conformance/in-words.ts';
import { measured, MeasuredProject } from './measured-project.ts';
import { sharedData } from './shared-data.ts';

const flow = `
process change "Changes" {
  step record "Record" -> approve
  step approve "Approve" satisfies iso20000:8.5.1.3 -> implement
  step implement "Implement" -> review
  step review "Review" -> end
}
calendar office { timezone Europe/London open Mon-Fri 09:00-17:00 }
`;

async function conformanceOf(source: string, csv: string, asOf = '2026-03-01'): Promise<{ readonly conformance: Conformance; readonly messages: readonly string[]; readonly words: readonly string[] }> {
  const result = await measured(flow + source, { 'x.csv': csv }, asOf);
  const conformance = result.conformance?.[0];
  assert.ok(conformance, result.findings.map(({ message }) => message).join('\n'));
  return { conformance, messages: result.findings.map(({ message }) => message), words: conformance.comparison.deviations.map((deviation) => deviationInWords(deviation, result.project.model)) };
}

describe('conformance of records', () => {
  const history = [
    'number,state,at',
    'C1,New,2026-01-05 10:00', 'C1,Approved,2026-01-05 12:00', 'C1,Approved,2026-01-05 13:00', 'C1,Done,2026-01-06 10:00', 'C1,Reviewed,2026-01-07 10:00',
    'C2,New,2026-01-09 10:00', 'C2,Done,2026-01-12 10:00', 'C2,Approved,2026-01-12 11:00', 'C2,Reviewed,2026-01-12 12:00',
    'C3,New,2026-02-02 10:00', 'C3,Comment,2026-02-02 10:30', 'C3,New,2026-02-02 11:00', 'C3,Lost,2026-02-02 12:00',
  ].join('\n');
  const source = (how: string, more = ''): string => `
source changes of change from "x.csv" {
  dates "yyyy-MM-dd HH:mm" in Europe/London
  history by number at at
  map opened = first time state = "New"
  map reviewed = last time state = "Reviewed"
  steps of change ${how} { "New" = record "Approved" = approve "Done" = implement "Reviewed" = review ${more} }
}`;

  it('takes each row for an event, or each change of a state', async () => {
    const rows = await conformanceOf(source('by state'), history);
    assert.deepEqual([rows.conformance.comparison.variants, rows.conformance.events, rows.conformance.comparison.whole], [3, 13, { cases: 3, open: 1, following: 0, cost: 6, worst: 5 + 4 + 4 + 4 + 4, notCompared: 0 }]);
    const changes = await conformanceOf(source('by changes of state', 'leave out "Comment"'), history);
    assert.deepEqual(changes.conformance.comparison.byPeriod.slice(-2).map(({ cases, open, following, cost, worst }) => [cases, open, following, cost, worst]), [[2, 0, 1, 2, 16], [1, 1, 0, 1, 2]]);
    assert.deepEqual(changes.words, ['1 × “Approve” was done too late, mostly after “Implement”', '1 × “Lost”, which the flow does not have'].toSorted((a, b) => changes.words.indexOf(a) - changes.words.indexOf(b)));
    assert.equal(changes.conformance.finishedBy, 'reviewed');
  });

  it('says which activities stand for no step, and which control was done without, with the first cases', async () => {
    const { messages } = await conformanceOf(source('by changes of state', 'leave out "Comment"'), history.replace('C2,Done', 'C2,Tried,2026-01-10 10:00\nC2,Done'));
    assert.deepEqual(messages, [
      '2 rows of changes say what stands for no step of change: “Lost” (1), “Tried” (1). They count as done outside the flow: name their steps, or leave them out.',
      '“Approve” meets 8.5.1.3 and was left out or done too late in 1 of 3 cases of 2025-02 to 2026-02: 1 × “Approve” was done too late, mostly after “Implement”. First: C2.',
      'The flow of change is followed with a fitness of 78.94% (15 of 19) by the cases of 2025-02 to 2026-02: below 80%, the default of this product. 1 of 3 compared cases follow it wholly. Most often: 1 × “Approve” was done too late, mostly after “Implement”; 1 × “Lost”, which the flow does not have; 1 × “Tried”, which the flow does not have.',
    ]);
  });

  it('finds a flow that is followed worse than its source asks for, and a skipped control with the rows that it satisfies', async () => {
    const findingsOf = async (more: string): Promise<readonly Finding[]> => (await measured(flow + source('by changes of state', `leave out "Comment" ${more}`), { 'x.csv': history }, '2026-03-01')).findings;
    const byDefault = await findingsOf('');
    assert.deepEqual(byDefault.map(({ code }) => code), ['data-unknown-value', 'control-skipped']);
    assert.ok(byDefault[1]!.requirements.includes('8.5.1.3.1') && byDefault[1]!.requirements.every((row) => row.startsWith('8.5.1.3')));
    // 3 of 18 deviate.
    assert.ok((await findingsOf('fitness >= 83.33%')).every(({ code }) => code !== 'fitness-low'));
    const low = (await findingsOf('fitness >= 83.34%')).find(({ code }) => code === 'fitness-low');
    assert.deepEqual([low?.requirements, 'path' in low!.place && low!.place.path], [['8.1.b'], ['flow', 'fitness']]);
    assert.match(low!.message, /^The flow of change is followed with a fitness of 83\.33% \(15 of 18\) by the cases of 2025-02 to 2026-02: below 83\.34%, which changes asks for\. 1 of 3 compared cases follow it wholly\. Most often: 1 × “Approve” was done too late, mostly after “Implement”; 1 × “Lost”, which the flow does not have\./);
  });

  it('finds a flow that is hardly followed, where nobody says how well it has to be', async () => {
    const { findings } = await measured(flow + source('by changes of state', 'leave out "Comment"').replace('"New" = record', '"New" = review').replace('"Reviewed" = review', '"Reviewed" = record'), { 'x.csv': history }, '2026-03-01');
    assert.match(findings.find(({ code }) => code === 'fitness-low')?.message ?? findings.map(({ message }) => message).join('\n'), /: below 80%, the default of this product\./);
  });

  it('measures the time between steps, elapsed or on a calendar', async () => {
    const waitsOf = ({ conformance }: { readonly conformance: Conformance }): unknown[] => conformance.waits.map(({ from, to, times, median, longest, total }) => [from.map(({ node }) => node).join(), to.map(({ node }) => node).join(), times, median, longest, total]);
    const more = 'leave out "Comment", "Lost"';
    const elapsed = await conformanceOf(source('by changes of state', more), history);
    const hour = 3600;
    assert.deepEqual(waitsOf(elapsed), [
      ['record', 'implement', 1, 72 * hour, 72 * hour, 72 * hour],
      ['implement', 'review', 1, 24 * hour, 24 * hour, 24 * hour],
      ['approve', 'implement', 1, 22 * hour, 22 * hour, 22 * hour],
      ['record', 'approve', 1, 2 * hour, 2 * hour, 2 * hour],
      ['approve', 'review', 1, hour, hour, hour],
      ['implement', 'approve', 1, hour, hour, hour],
    ]);
    const open = await conformanceOf(source('in office by changes of state', more), history);
    assert.deepEqual(waitsOf(open).slice(0, 3), [
      ['record', 'implement', 1, 8 * hour, 8 * hour, 8 * hour],
      ['implement', 'review', 1, 8 * hour, 8 * hour, 8 * hour],
      ['approve', 'implement', 1, 6 * hour, 6 * hour, 6 * hour],
    ]);
  });

  it('reads steps from moments in columns, and takes what happened in one moment in the order of the flow', async () => {
    const columns = ['number,opened,approved,implemented,reviewed', 'C1,2026-01-05 10:00,2026-01-06 10:00,2026-01-06 10:00,2026-01-08 10:00', 'C2,2026-01-05 10:00,2026-01-09 10:00,2026-01-07 10:00,2026-01-10 10:00', 'C3,2026-01-30 10:00,,,', 'C4,,,,'].join('\n');
    const { conformance, words } = await conformanceOf(`
source changes of change from "x.csv" {
  dates "yyyy-MM-dd HH:mm" in Europe/London
  key number
  map opened, approved, implemented, reviewed
  steps of change { reviewed = review  implemented = implement  approved = approve  opened = record  finished when reviewed is not empty }
}`, columns);
    assert.deepEqual(conformance.comparison.whole, { cases: 3, open: 1, following: 2, cost: 2, worst: 8 + 8 + 1, notCompared: 0 });
    assert.deepEqual(words, ['1 × “Approve” was done too late, mostly after “Implement”']);
    assert.deepEqual([conformance.finishedBy, conformance.withoutStep], ['condition', 0]);
  });

  it('keeps what it found for as long as data and flow are the same', async () => {
    const project = new MeasuredProject(flow + source('by state'), { 'x.csv': history });
    const cacheFolder = join(project.folder, 'cache');
    try {
      const first = await project.measure('2026-03-01', { cacheFolder });
      assert.deepEqual(await project.measure('2026-03-01', { cacheFolder }), first);
      project.setText((flow + source('by state')).replace('"Record" -> approve', '"Record" -> implement'));
      const other = await project.measure('2026-03-01', { cacheFolder });
      assert.notDeepEqual(other.conformance, first.conformance);
    } finally {
      project.remove();
    }
  });
});

/** Cases as lists of activities in the order of time, counted in plain code; rows of one moment in the order of the file. */
function variantsOf(rows: readonly (readonly [key: string, at: number, activity: string])[]): ReadonlyMap<string, number> {
  const cases = new Map<string, (readonly [at: number, activity: string])[]>();
  for (const [key, at, activity] of rows) cases.set(key, [...(cases.get(key) ?? []), [at, activity]]);
  const counts = new Map<string, number>();
  for (const events of cases.values()) {
    const variant = events.toSorted(([a], [b]) => a - b).map(([, activity]) => activity).join(' > ');
    counts.set(variant, (counts.get(variant) ?? 0) + 1);
  }
  return counts;
}

/** The flow that is nothing but one variant: a step for each activity, each in its turn. */
function flowOfVariant(variant: readonly string[], activities: readonly string[]): { readonly process: string; readonly entries: string } {
  const steps = variant.map((activity, index) => ({ activity, step: `s${index}` }));
  return {
    process: `process walk { ${steps.map(({ step }, index) => `step ${step} -> ${steps[index + 1]?.step ?? 'end'}`).join('\n')} }`,
    entries: activities.flatMap((activity) => steps.filter((one) => one.activity === activity).slice(0, 1).map(({ step }) => `"${activity}" = ${step}`)).join(' '),
  };
}

describe('conformance of real logs', () => {
  const logs = [
    {
      folder: 'tickets-helpdesk-italian-minimal', file: 'helpdesk.csv', asOf: '2015-01-01', encoding: 'utf8' as const,
      source: (process: string, entries: string) => `${process}\nsource log of incident from "x.csv" { dates iso in UTC history by CaseID at CompleteTimestamp steps of walk by ActivityID { ${entries} } }`,
      rows: (text: string) => text.trim().split(/\r?\n/).slice(1).map((line) => line.split(',')).map(([key = '', activity = '', at = '']) => [key, Date.parse(`${at.replace(' ', 'T')}Z`), activity] as const),
    },
    {
      folder: 'tickets-bpic2013-closed-problems', file: 'VINST cases closed problems.csv', asOf: '2013-01-01', encoding: 'latin1' as const,
      source: (process: string, entries: string) => `${process}\nsource log of problem from "x.csv" { dates iso encoding latin-1 separator ";" history by "Problem Number" at "Problem Change Date+Time" steps of walk by "Problem Sub Status" { ${entries} } }`,
      rows: (text: string) => text.trim().split(/\r?\n/).slice(1).map((line) => line.split(';')).map(([key = '', at = '', activity = '']) => [key, Date.parse(at), activity] as const),
    },
  ];
  for (const { folder, file, asOf, encoding, source, rows } of logs) {
    it(`${folder}: variants and counts as counted independently; the most frequent one's own flow fits it wholly, less a step it does not`, async function () {
      const data = sharedData(folder);
      if (data === undefined) return this.skip();
      const bytes = readFileSync(join(data, file));
      const events = rows(bytes.toString(encoding));
      const independent = variantsOf(events);
      const activities = [...new Set(events.map(([, , activity]) => activity))];
      const sorted = [...independent].toSorted(([, a], [, b]) => b - a);
      const frequent = sorted.find(([variant]) => new Set(variant.split(' > ')).size === variant.split(' > ').length)!;
      const own = flowOfVariant(frequent[0].split(' > '), activities);
      const project = new MeasuredProject(source(own.process, own.entries), { 'x.csv': bytes });
      try {
        const result: Conformance | undefined = (await project.measure(asOf, { periods: 120 })).conformance?.[0];
        assert.ok(result);
        const { whole, variants, frequentVariants } = result.comparison;
        assert.equal(whole.cases, [...independent.values()].reduce((a, b) => a + b));
        assert.equal(variants, independent.size);
        assert.deepEqual(frequentVariants.map(({ cases }) => cases), sorted.slice(0, frequentVariants.length).map(([, count]) => count));
        for (const { activities: trace, cases } of frequentVariants) assert.equal(cases, independent.get(trace.join(' > ')), trace.join(' > '));
        assert.equal(whole.notCompared, 0);
        assert.equal(frequentVariants.find(({ activities: trace }) => trace.join(' > ') === frequent[0])?.cost, 0);
        assert.equal(whole.following, frequent[1]);

        // Only the cases of that variant: 1, and less than 1 of a flow from which a step is gone.
        const keys = new Set([...Map.groupBy(events, ([key]) => key)].filter(([, some]) => variantsOf(some).has(frequent[0])).map(([key]) => key));
        const lines = bytes.toString('latin1').split(/(?<=\n)/);
        project.write('x.csv', Buffer.from([lines[0]!, ...lines.slice(1).filter((line) => keys.has(line.split(/[,;]/)[0]!))].join(''), 'latin1'));
        const fits = async (): Promise<number> => {
          const { numerator, denominator } = fitness((await project.measure(asOf, { periods: 120 })).conformance![0]!.comparison.whole)!;
          return numerator / denominator;
        };
        assert.equal(await fits(), 1);
        const shorter = flowOfVariant(frequent[0].split(' > ').slice(0, -1), activities);
        project.setText(source(shorter.process, shorter.entries));
        assert.ok((await fits()) < 1);
      } finally {
        project.remove();
      }
    });
  }
});
