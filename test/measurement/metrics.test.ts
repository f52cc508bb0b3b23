import assert from 'node:assert/strict';
import type { Figure } from '../../server/measurement/figure.ts';
import { figureOf, findingsOf, measured } from './measured-project.ts';

const frame = (metrics: string): string => `
service mail
service web
customer retail
priority P1
calendar office { timezone Europe/London  open Mon-Fri 08:00-18:00 }
source tickets of incident from "tickets.csv" {
  dates iso in Europe/London
  key id
  map opened = opened
  map restored = restored
  map service = service
  map reassignments = moves
}
${metrics}
`;
const rows = {
  'tickets.csv': `id,opened,restored,service,moves
A,2026-03-02 09:00,2026-03-02 10:00,mail,0
B,2026-03-02 09:00,2026-03-02 12:00,mail,1
C,2026-03-06 17:30,2026-03-09 08:30,web,0
D,2026-03-03 09:00,,web,2
E,2026-02-03 09:00,2026-02-03 09:20,web,x
`,
};
const asOf = '2026-04-10';

describe('metrics', () => {
  const values: Readonly<Record<string, readonly [string, string | undefined, string]>> = {
    count: ['value count', '4', 'count'],
    'count of some': ['value count where reassignments > 0', '2', 'count'],
    'a share': ['value share of reassignments = 0', '50', 'percent'],
    'a share in office time': ['value share of restored - opened <= 1h in office', '66.66', 'percent'],
    'a mean': ['value mean of reassignments', '0.75', 'count'],
    'a mean of time': ['value mean of restored - opened in office', '6000', 'seconds'],
    'a median of time': ['value median of restored - opened', '10800', 'seconds'],
    'a median of an even number of values': ['value median of reassignments', '0.5', 'count'],
    p90: ['value p90 of reassignments', '2', 'count'],
    p95: ['value p95 of reassignments', '2', 'count'],
    min: ['value min of restored - opened in office', '3600', 'seconds'],
    max: ['value max of restored - opened in office', '10800', 'seconds'],
    sum: ['value sum of reassignments', '3', 'count'],
    'one count over another': ['value (count where reassignments > 0) / count\n unit percent', '50', 'percent'],
    'arithmetic over metrics': ['value all + 2 * some', '8', 'count'],
    'a difference': ['value all - 10', '-6', 'count'],
    'a part of records': ['value count\n for web', '2', 'count'],
    'time without interruption': ['value availability of opened to restored\n unit percent', undefined, 'percent'],
  };
  for (const [name, [facts, value, unit]] of Object.entries(values)) {
    it(`computes ${name}`, async () => {
      const result = await measured(frame(`metric all { from tickets value count }\nmetric some { from tickets value count where reassignments > 0 }\nmetric m { from tickets\n ${facts}\n every month }`), rows, asOf);
      const figure = figureOf(result, 'm', '2026-03');
      assert.equal(figure.unit, unit);
      if (value !== undefined) assert.equal(figure.value, value);
      else assert.ok(Number(figure.value) > 0 && Number(figure.value) < 100, JSON.stringify(figure));
      assert.equal(figure.verdict, 'noTarget');
    });
  }

  it('does not take what ended before it began for quick', async () => {
    const data = { 'tickets.csv': `${rows['tickets.csv']}F,2026-03-04 09:00,2026-03-03 09:00,mail,0\n` };
    const text = frame('metric m { from tickets value share of restored - opened <= 90min in office target >= 60% every month }\nmetric n { from tickets value min of restored - opened }');
    const result = await measured(text, data, asOf);
    const figure = figureOf(result, 'm', '2026-03');
    assert.deepEqual([figure.numerator, figure.denominator, figure.verdict], ['2', '3', 'unknown']);
    assert.equal(figureOf(result, 'n', '2026-03').value, '3600');
    const [finding, ...others] = result.findings.filter(({ code }) => code === 'data-order');
    assert.deepEqual(others, []);
    assert.equal(finding!.message, '1 of 6 records of tickets have “restored” before “opened”: F (2026-03-03 09:00 before 2026-03-04 09:00). It is unknown how long they took.');
  });

  it('holds nothing against a target of another kind', async () => {
    const text = frame(`
metric a { from tickets value count target <= 4h }
metric b { from tickets value mean of restored - opened target <= 70% }
metric c { from tickets value share of reassignments = 0 target >= 70 }
metric d { from tickets value median of reassignments target <= 4h }
metric e { from tickets value mean of restored - opened target <= 4 }`);
    const result = await measured(text, rows, asOf);
    assert.deepEqual('abcde'.split('').map((name) => figureOf(result, name, '2026-03').verdict), ['unknown', 'unknown', 'unknown', 'unknown', 'unknown']);
    assert.equal(figureOf(result, 'a', '2026-03').reason, 'A number of records cannot be held against 4h: the target has to be a number');
    assert.deepEqual(findingsOf(result, text).filter(({ code }) => code === 'expression').map(({ at }) => at), ['4h', '70%', '70', '4h', '4']);
  });

  it('holds figures against target and warning, whatever the unit', async () => {
    const result = await measured(frame(`
metric a { from tickets where restored is not empty value mean of restored - opened in office target <= 90min }
metric b { from tickets where restored is not empty value mean of restored - opened in office target <= 2h warn 90min }
metric c { from tickets value share of reassignments = 0 target >= 50% }
metric d { from tickets value share of reassignments = 0 target >= 50.1% }
metric e { from tickets value count target <= 3 }
metric f { from tickets value count target <= 3 minimum sample 10 }
metric g { from tickets value share of reassignments = 0 target >= 50% minimum sample 10 }`), rows, asOf);
    assert.deepEqual('abcdeg'.split('').map((name) => figureOf(result, name, '2026-03').verdict), ['missed', 'warning', 'met', 'missed', 'missed', 'tooFew']);
  });

  it('leaves missing values out and says how many', async () => {
    const result = await measured(frame('metric m { from tickets value mean of restored - opened in office every month }'), rows, asOf);
    const figure = figureOf(result, 'm', '2026-03');
    assert.deepEqual([figure.sample, figure.excluded], [3, [{ reason: 'value missing', amount: '1' }]]);
    assert.equal(figure.computation, 'm in 2026-03: 6000 seconds over 3 incidents. 1 left out because a value is missing.');
  });

  it('judges numbers with missing values only if they do not decide', async () => {
    const verdicts = async (...metrics: string[]): Promise<unknown> => {
      const result = await measured(frame(metrics.map((facts, index) => `metric m${index} { from tickets ${facts} }`).join('\n')), rows, asOf);
      return metrics.map((_, index) => figureOf(result, `m${index}`, '2026-03').verdict);
    };
    // One, two and two hours in the office; one ticket is still open.
    assert.deepEqual(await verdicts('value mean of restored - opened in office target <= 3h', 'value mean of restored - opened in office target <= 1h', 'value mean of restored - opened in office target >= 1h'), ['unknown', 'missed', 'met']);
    // The median of four values is between 1.5 and 2.5 hours, whatever the fourth is.
    assert.deepEqual(await verdicts('value median of restored - opened in office target <= 3h', 'value median of restored - opened in office target <= 30min', 'value median of restored - opened in office target <= 100min'), ['met', 'missed', 'unknown']);
    assert.deepEqual(await verdicts('value min of restored - opened in office target <= 1h', 'value max of restored - opened in office target <= 1h', 'value max of restored - opened in office target <= 5h', 'value p95 of restored - opened in office target <= 5h'), ['met', 'missed', 'unknown', 'unknown']);
    const result = await measured(frame('metric m { from tickets value mean of restored - opened in office target <= 3h }'), rows, asOf);
    assert.equal(figureOf(result, 'm', '2026-03').reason, 'It depends on 1 whose value is missing');
  });

  it('says of how many it is not known whether they belong', async () => {
    const odd = { 'tickets.csv': `${rows['tickets.csv']}F,2026-03-04 09:00,2026-03-04 09:30,mail,?\n` };
    const figure = figureOf(await measured(frame('metric m { from tickets where reassignments = 0 value count }'), odd, asOf), 'm', '2026-03');
    assert.deepEqual([figure.value, figure.excluded, figure.computation], ['2', [{ reason: 'of which it is not known whether they belong', amount: '1' }], 'm in 2026-03: 2 incidents. Of 1 it is not known whether they belong.']);
  });

  it('computes rolling windows: each figure over so much time to the end of its period', async () => {
    const result = await measured(frame(`metric r { from tickets value count every month over 2mo }
metric d { from tickets value median of reassignments every month over 60d target <= 1 }
metric w { from tickets value count every month over 90min }
metric s { from tickets value r + 1 every month over 2mo }
sla gold for mail with retail { target held r <= 4 per month }`), { 'tickets.csv': rows['tickets.csv'].replace(',x', ',0') }, '2026-05-10');
    assert.deepEqual(['2026-02', '2026-03', '2026-04'].map((period) => [figureOf(result, 'r', period).value, figureOf(result, 'r', period).over]), [['1', '2mo'], ['5', '2mo'], ['4', '2mo']]);
    assert.equal(figureOf(result, 'r', '2026-03').computation, 'r over 2\u00a0mo to the end of 2026-03: 5 incidents.');
    assert.deepEqual([figureOf(result, 'd', '2026-03').value, figureOf(result, 'd', '2026-03').verdict], ['0', 'met']);
    assert.match(figureOf(result, 'w', '2026-04').reason!, /no rolling window/);
    assert.equal(figureOf(result, 's', '2026-03').value, '6');
    assert.deepEqual([figureOf(result, 'held', '2026-03').value, figureOf(result, 'held', '2026-03').verdict, figureOf(result, 'held', '2026-04').verdict], ['5', 'missed', 'met']);
  });

  it('counts downtime in each period that it reaches into', async () => {
    const text = 'source outages of outage from "o.csv" { key id dates iso in UTC map started = down map ended = up }\nmetric m { from outages value availability of started to ended target >= 50% every month }';
    const result = await measured(text, { 'o.csv': 'id,down,up\nA,2026-01-31T12:00:00Z,2026-02-02T00:00:00Z\nB,2026-03-02T00:00:00Z,2026-03-01T00:00:00Z\n' }, '2026-04-10');
    assert.deepEqual(['2026-01', '2026-02', '2026-03'].map((period) => [figureOf(result, 'm', period).numerator, figureOf(result, 'm', period).verdict]), [[String(31 * 86400 - 43200), 'met'], [String(27 * 86400), 'met'], [String(31 * 86400), 'unknown']]);
    assert.equal(figureOf(result, 'm', '2026-03').reason, 'It depends on 1 whose end is not known');
  });

  it('gives formulas over other metrics by group, too, and does not lose records of no known group', async () => {
    const odd = { 'tickets.csv': `${rows['tickets.csv']}F,2026-03-04 09:00,2026-03-04 09:30,phone,0\n` };
    const result = await measured(frame('metric all { from tickets value count }\nmetric moved { from tickets value count where reassignments > 0 by service }\nmetric m { from tickets value moved / all unit percent by service }'), odd, asOf);
    assert.deepEqual(['mail', 'web', 'not known'].map((group) => figureOf(result, 'm', '2026-03', group).value), ['50', '50', '0']);
    assert.equal(figureOf(result, 'm', '2026-03').value, '40');
  });

  it('does not know what happens after the day', async () => {
    const metric = 'metric m { from tickets  value count where restored is not empty  every month }';
    const later = { 'tickets.csv': `${rows['tickets.csv']}F,2026-03-30 09:00,2026-04-12 09:00,mail,0\n` };
    assert.equal(figureOf(await measured(frame(metric), later, '2026-04-10'), 'm', '2026-03').value, '3');
    assert.equal(figureOf(await measured(frame(metric), later, '2026-04-20'), 'm', '2026-03').value, '4');
  });

  it('groups', async () => {
    const result = await measured(frame('metric m { from tickets value count by service }'), rows, asOf);
    assert.deepEqual([figureOf(result, 'm', '2026-03', 'mail').value, figureOf(result, 'm', '2026-03', 'web').value, figureOf(result, 'm', '2026-02', 'web').value], ['2', '2', '1']);
  });

  it('computes per quarter and per year', async () => {
    const result = await measured(frame('metric q { from tickets value count every quarter }\nmetric y { from tickets value count every year }'), rows, '2027-02-01');
    assert.deepEqual([figureOf(result, 'q', '2026-Q1').value, figureOf(result, 'y', '2026').value], ['5', '5']);
  });

  it('takes recorded values, and lets an agreement hold them', async () => {
    const result = await measured(frame(`metric csat { unit score target >= 4.2 every quarter record 2025-Q4 = 4.3 of 120, 2026-Q1 = 4.1 }
sla gold for mail with retail { target happy csat >= 4 per quarter }`), rows, asOf);
    assert.deepEqual([figureOf(result, 'csat', '2025-Q4').verdict, figureOf(result, 'csat', '2026-Q1').verdict], ['met', 'missed']);
    assert.deepEqual([figureOf(result, 'csat', '2025-Q4').sample, figureOf(result, 'csat', '2026-Q1').unit], [120, 'score']);
    const happy = figureOf(result, 'happy', '2026-Q1');
    assert.deepEqual([happy.value, happy.verdict, happy.target], ['4.1', 'met', { comparison: '>=', value: '4' }]);
  });

  it('does not compute a metric from itself', async () => {
    const result = await measured(frame('metric a { from tickets value b + 1 }\nmetric b { from tickets value a + 1 }'), rows, asOf);
    assert.match(figureOf(result, 'a', '2026-03').reason!, /computed from itself/);
  });

  it('does not divide by nothing', async () => {
    const result = await measured(frame('metric a { from tickets value count / count where reassignments > 5 }'), rows, asOf);
    assert.deepEqual([figureOf(result, 'a', '2026-03').verdict, figureOf(result, 'a', '2026-03').reason], ['unknown', 'There is nothing to divide by']);
  });

  it('lists the records that a share would rather not have', async () => {
    const result = await measured(frame('metric m { from tickets value share of reassignments = 0 }'), rows, asOf);
    assert.deepEqual(figureOf(result, 'm', '2026-03').missed.map(({ key }) => key), ['B', 'D']);
  });

  it('takes a month without outages for one in which all was there, as far as the data reaches', async () => {
    const text = (complete: string): string => `service mail\nsource outages of outage from "outages.csv" { key id ${complete} dates "yyyy-MM-dd HH:mm" in UTC map started = down map ended = up }\nmetric m { from outages value availability of started to ended target >= 99.9% every month }`;
    const data = { 'outages.csv': 'id,down,up\n1,2026-01-10 00:00,2026-01-10 07:26\n' };
    const said = (result: { figures: readonly Figure[] }): unknown => result.figures.map(({ period, value, verdict, sample }) => [period, value, verdict, sample]);
    assert.deepEqual(said(await measured(text('complete until 2026-03-31'), data, '2026-04-10')), [['2026-01', '99', 'missed', 1], ['2026-02', '100', 'met', 0], ['2026-03', '100', 'met', 0]]);
    assert.deepEqual(said(await measured(text('complete until 2026-03-30'), data, '2026-04-10')), [['2026-01', '99', 'missed', 1], ['2026-02', '100', 'met', 0], ['2026-03', undefined, 'unknown', undefined]]);
    const silent = await measured(text(''), data, '2026-04-10');
    assert.deepEqual(said(silent), [['2026-01', '99', 'missed', 1], ['2026-02', undefined, 'unknown', undefined], ['2026-03', undefined, 'unknown', undefined]]);
    assert.equal(figureOf(silent, 'm', '2026-03').reason, 'The last record of outages is of 2026-01-10');
  });

  it('knows of a month that the records reach, and in which there were none, that there was nothing to count', async () => {
    const data = { 'tickets.csv': `${rows['tickets.csv']}F,2026-05-04 09:00,2026-05-04 10:00,mail,0\n` };
    const result = await measured(frame('metric m { from tickets value share of reassignments = 0 every month }'), data, '2026-07-02');
    assert.deepEqual(['2026-04', '2026-05', '2026-06'].map((period) => [figureOf(result, 'm', period).verdict, figureOf(result, 'm', period).sample]), [['unknown', 0], ['noTarget', 1], ['unknown', undefined]]);
  });

  it('groups by a column that is no field, and says what is neither', async () => {
    const text = `risk a { treat reduce }\nrisk b { treat accept }\nrisk c { treat reduce }\nsource risks of declaration from model risk\nmetric many { from risks value count every month by treatment, treatmnt }`;
    const result = await measured(text, {}, '2026-04-10');
    assert.deepEqual(['reduce', 'accept'].map((group) => figureOf(result, 'many', '2026-03', group).value), ['2', '1']);
    assert.deepEqual(result.findings.map(({ message }) => message), ['risks maps no “treatmnt”.']);
  });
});
