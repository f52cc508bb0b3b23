import assert from 'node:assert/strict';
import { figureOf, measured } from './measured-project.ts';

const frame = (facts: string, targets: string, complete = ''): string => `
customer retail
service mail
service web
service other
calendar office { timezone Europe/London  open Mon-Fri 08:00-18:00  holidays GB-ENG  maintenance Tue 08:00-09:00 }
source outages of outage from "outages.csv" {
  dates iso in Europe/London
  key id
  map started = down
  map ended = up
  map service = service
  map planned = planned
  map cause = cause
  ${complete}
}
sla gold for mail, web with retail {
  ${facts}
  ${targets}
}
`;
const header = 'id,down,up,service,planned,cause\n0,2025-01-01 00:00,2025-01-01 00:01,mail,no,\n';
const outages = (...rows: string[]): Record<string, string> => ({ 'outages.csv': header + rows.join('\n') });
const asOf = '2026-04-10';
const target = 'target up availability >= 99.8% per month from outages';

describe('availability', () => {
  it('takes downtime, overlaps once, from the agreed service time of the month', async () => {
    const result = await measured(frame('service hours always', target), outages(
      'A,2026-02-10 10:00,2026-02-10 10:30,mail,no,disk',
      'B,2026-02-10 10:20,2026-02-10 11:00,web,no,net',
      // Of a service that the agreement does not promise.
      'C,2026-02-11 10:00,2026-02-12 10:00,other,no,',
      // From January into February.
      'D,2026-01-31 23:30,2026-02-01 00:30,mail,no,',
    ), asOf);
    const february = figureOf(result, 'up', '2026-02');
    assert.deepEqual([february.numerator, february.denominator, february.value, february.verdict], [String(28 * 86400 - 5400), String(28 * 86400), '99.77', 'missed']);
    assert.deepEqual(february.missed.map(({ key, detail }) => [key, detail]), [
      ['D', 'from 2026-01-31 23:30: 30\u00a0min of service time'], ['A', 'from 2026-02-10 10:00: 30\u00a0min of service time'], ['B', 'from 2026-02-10 10:20: 40\u00a0min of service time'],
    ]);
    assert.deepEqual([figureOf(result, 'up', '2026-01').value, figureOf(result, 'up', '2026-01').verdict], ['99.93', 'met']);
    // Nothing is recorded after February: nobody knows whether there was nothing, or whether the export ends there.
    assert.deepEqual([figureOf(result, 'up', '2026-03').value, figureOf(result, 'up', '2026-03').verdict, figureOf(result, 'up', '2026-03').reason], [undefined, 'unknown', 'The last record of outages is of 2026-02-11']);
  });

  it('takes a month without any incident for one that the export does not reach', async () => {
    const text = `customer c\nservice mail\nsla gold for mail with c { target up availability >= 99% per month from tickets }\nsource tickets of incident from "tickets.csv" { dates iso in UTC  map opened = from  map restored = to }`;
    const result = await measured(text, { 'tickets.csv': 'from,to\n2026-01-10 10:00,2026-01-10 10:30\n' }, asOf);
    assert.deepEqual(['2026-01', '2026-02'].map((period) => [figureOf(result, 'up', period).verdict, figureOf(result, 'up', period).reason]), [['met', undefined], ['unknown', 'The last record of tickets is of 2026-01-10']]);
  });

  it('takes months without outages for good ones up to the day to which the data is complete', async () => {
    const rows = outages('A,2026-02-10 10:00,2026-02-10 11:00,mail,no,', 'B,2026-02-11 10:00,2026-02-12 10:00,mail,no,');
    const until = async (day: string, period: string): Promise<unknown> => {
      const { value, verdict, reason } = figureOf(await measured(frame('', target, `complete until ${day}`), rows, asOf), 'up', period);
      return [value, verdict, reason];
    };
    assert.deepEqual(await until('2026-03-31', '2026-03'), ['100', 'met', undefined]);
    assert.deepEqual(await until('2026-03-30', '2026-03'), [undefined, 'unknown', 'outages is complete until 2026-03-30 only']);
    // What is missed already stays missed, whatever the rest of the month brought.
    assert.deepEqual((await until('2026-02-20', '2026-02') as unknown[])[1], 'missed');
  });

  it('is exact at the target', async () => {
    // 0.2% of February's 2,419,200 seconds are 4,838.4.
    const at = (seconds: number): Record<string, string> => outages(`A,2026-02-10T10:00:00Z,${new Date(Date.UTC(2026, 1, 10, 10) + seconds * 1000).toISOString()},mail,no,`);
    assert.equal(figureOf(await measured(frame('', target), at(4838), asOf), 'up', '2026-02').verdict, 'met');
    const over = figureOf(await measured(frame('', target), at(4839), asOf), 'up', '2026-02');
    assert.equal(over.verdict, 'missed');
    assert.ok(Number(over.value) < 99.8);
  });

  it('counts only service hours', async () => {
    const result = await measured(frame('service hours office', target), outages('A,2026-02-10 17:00,2026-02-11 08:30,mail,no,', 'B,2026-02-14 10:00,2026-02-15 10:00,mail,no,'), asOf);
    const figure = figureOf(result, 'up', '2026-02');
    assert.deepEqual([figure.numerator, figure.denominator], [String(20 * 36000 - 5400), String(20 * 36000)]);
  });

  it('takes excepted maintenance and causes out of both sides', async () => {
    const rows = outages('A,2026-02-10 07:30,2026-02-10 09:30,mail,no,', 'B,2026-02-11 10:00,2026-02-11 11:00,mail,yes,patch', 'C,2026-02-12 10:00,2026-02-12 12:00,mail,no,Force majeure');
    const result = await measured(frame('service hours office\n except maintenance, "force majeure"', target), rows, asOf);
    const figure = figureOf(result, 'up', '2026-02');
    // Four Tuesdays with an hour of announced maintenance; the hour of planned work and two of force majeure.
    assert.deepEqual([figure.numerator, figure.denominator], [String(20 * 36000 - 4 * 3600 - 3 * 3600 - 1800), String(20 * 36000 - 4 * 3600 - 3 * 3600)]);
    assert.deepEqual(figure.excluded, [
      { reason: 'of announced maintenance', amount: '14400', unit: 'seconds' }, { reason: 'of planned maintenance', amount: '3600', unit: 'seconds' }, { reason: 'of force majeure', amount: '7200', unit: 'seconds' },
    ]);
    const without = figureOf(await measured(frame('service hours office', target), rows, asOf), 'up', '2026-02');
    assert.deepEqual([without.numerator, without.denominator, without.excluded], [String(20 * 36000 - 5400 - 3 * 3600), String(20 * 36000), []]);
  });

  it('takes the windows of the support hours where the service hours announce none', async () => {
    const result = await measured(frame('service hours always\n support hours office\n except maintenance', target, 'complete until 2026-03-31'), outages(), asOf);
    assert.deepEqual(figureOf(result, 'up', '2026-02').denominator, String(28 * 86400 - 4 * 3600));
  });

  it('takes only the windows of the support hours, not their holidays', async () => {
    const result = await measured(frame('service hours always\n support hours office\n except maintenance', target), outages('A,2026-02-10 10:00,2026-02-10 10:10,mail,no,'), asOf);
    // December 2025 had two holidays, which are no matter here, and five Tuesdays with an hour of maintenance each.
    assert.equal(figureOf(result, 'up', '2025-12').denominator, String(31 * 86_400 - 5 * 3600));
  });

  it('lets an outage that is not over last until the day, and an unreadable end be unknown', async () => {
    const lasting = figureOf(await measured(frame('', target), outages('A,2026-03-31 12:00,,mail,no,'), asOf), 'up', '2026-03');
    assert.equal(lasting.numerator, String(31 * 86400 - 3600 - 12 * 3600));
    assert.match(lasting.missed[0]!.detail, /not over yet/);
    const unreadable = figureOf(await measured(frame('', target), outages('A,2026-03-31 12:00,soon,mail,no,'), asOf), 'up', '2026-03');
    assert.deepEqual([unreadable.verdict, unreadable.reason, unreadable.excluded], ['unknown', 'It is not known when outage A ended', [{ reason: 'outage whose end is not known', amount: '1' }]]);
  });

  it('says nothing of months before the first record', async () => {
    const result = await measured(frame('', target), { 'outages.csv': 'id,down,up,service,planned,cause\nA,2026-02-10 10:00,2026-02-10 11:00,mail,no,\n' }, asOf);
    assert.deepEqual(result.figures.map(({ period }) => period), ['2026-02', '2026-03']);
  });

  it('lists outages for reports', async () => {
    const result = await measured(frame('', target), outages('A,2026-02-10 10:00,2026-02-10 11:00,mail,no,disk'), asOf);
    assert.deepEqual(result.records, [{ source: 'outages', recordKind: 'outage', key: 'A', fields: { started: '2026-02-10T10:00:00Z', ended: '2026-02-10T11:00:00Z', service: 'mail', planned: 'false', cause: 'disk' } }]);
  });
});

describe('availability weighted by users', () => {
  const model = (facts: string, services = 'service mail { number of users 900 }\nservice web { number of users 100 }'): string => `customer retail\n${services}
source outages of outage from "outages.csv" { dates iso in UTC  key id  map started, ended, service, users  complete until 2026-03-31 }
sla gold for mail, web with retail { ${facts} target up availability >= 99.8% weighted by users per month from outages }`;
  const files = { 'outages.csv': `id,started,ended,service,users
0,2025-01-01 00:00,2025-01-01 00:01,mail,
A,2026-02-10 10:00,2026-02-10 11:00,mail,
B,2026-02-10 10:30,2026-02-10 11:30,web,
C,2026-02-11 10:00,2026-02-11 12:00,mail,300
D,2026-02-11 11:00,2026-02-11 13:00,mail,700
` };

  it('counts each service for its users, and an outage for those it reached, nobody twice', async () => {
    const figure = figureOf(await measured(model(''), files, asOf), 'up', '2026-02');
    // In minutes: an hour of 900 and one of 100; an hour of 300, one of all 900, one of 700.
    const down = 60 * (900 + 100) + 60 * (300 + 900 + 700);
    assert.deepEqual([figure.denominator, figure.numerator, figure.weightedBy], [String(28 * 86_400 * 1000), String(28 * 86_400 * 1000 - down * 60), 'users']);
    assert.equal(figure.verdict, 'missed');
    assert.match(figure.computation.replaceAll('\u00a0', ' '), /^1 − 174,000 user-minutes down of 40,320,000 user-minutes in 2026-02, all of the time, for mail, web, weighted by users \(mail 900, web 100\): 4 outages/);
    assert.deepEqual(figure.missed.map(({ key, detail }) => `${key} ${detail.replace(/.*: /, '')}`), ['A 54,000 user-minutes of service time', 'B 6,000 user-minutes of service time', 'C 36,000 user-minutes of service time', 'D 84,000 user-minutes of service time']);
  });

  it('takes the number of the agreement before that of the service', async () => {
    const figure = figureOf(await measured(model('number of users 10 for web\n'), files, asOf), 'up', '2026-02');
    assert.equal(figure.denominator, String(28 * 86_400 * 910));
    assert.equal(figureOf(await measured(model('number of users 5\n'), files, asOf), 'up', '2026-02').denominator, String(28 * 86_400 * 10));
  });

  it('takes what is excepted out for all users of its service', async () => {
    const rows = { 'outages.csv': 'id,started,ended,service,users,cause\n0,2025-01-01 00:00,2025-01-01 00:01,mail,,\nA,2026-02-10 10:00,2026-02-10 11:00,mail,20,Flood\n' };
    const figure = figureOf(await measured(model('except flood\n').replace('service, users', 'service, users, cause'), rows, asOf), 'up', '2026-02');
    assert.deepEqual([figure.numerator, figure.denominator], [String(28 * 86_400 * 1000 - 3600 * 900), String(28 * 86_400 * 1000 - 3600 * 900)]);
    assert.deepEqual(figure.excluded, [{ reason: 'of flood', amount: String(3600 * 900), unit: 'user-seconds' }]);
  });

  it('is not known where a service says no number, or one that is none', async () => {
    const without = figureOf(await measured(model('', 'service mail { number of users 900 }\nservice web'), files, asOf), 'up', '2026-03');
    assert.match(`${without.verdict} ${without.reason}`, /^unknown Neither gold nor the service web says how many users it has/);
    const nobody = figureOf(await measured(model('', 'service mail { number of users 900 }\nservice web { number of users 0 }'), files, asOf), 'up', '2026-03');
    assert.match(`${nobody.verdict} ${nobody.reason}`, /^unknown The number of users of web is 0/);
  });
});
