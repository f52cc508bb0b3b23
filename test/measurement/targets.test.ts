import assert from 'node:assert/strict';
import { figureOf, measured } from './measured-project.ts';

const frame = `
customer retail
customer other
service mail
service web
priority P1
priority P2
calendar office { timezone Europe/London  open Mon-Fri 08:00-18:00  holidays GB-ENG }
source tickets of incident from "tickets.csv" {
  dates iso in Europe/London
  key id
  map opened = opened
  map responded = responded
  map restored = restored
  map closed = closed
  map priority = priority
  map service = service
  map customer = customer
}
`;

const header = 'id,opened,responded,restored,closed,priority,service,customer';

function tickets(...rows: string[]): Record<string, string> {
  return { 'tickets.csv': [header, ...rows].join('\n') };
}

const sla = (targets: string): string => `${frame}\nsla gold for mail with retail {\n support hours office\n${targets}\n}`;

describe('time targets', () => {
  it('counts open time of the support hours, and a record in the month in which it was opened', async () => {
    const result = await measured(
      sla('target p1 restore P1 within 4h for 95% per month from tickets'),
      tickets(
        // Friday 17:00 to Monday 11:00 is 4 hours of office time: within.
        'A,2026-03-06 17:00,,2026-03-09 11:00,,P1,mail,retail',
        // A second longer: late.
        'B,2026-03-06 17:00,,2026-03-09 11:00:01,,P1,mail,retail',
        // Opened in February, restored in March: counts in February.
        'C,2026-02-27 17:30,,2026-03-02 09:00,,P1,mail,retail',
        // Of another customer, service or priority: never counts.
        'D,2026-03-02 09:00,,2026-03-12 09:00,,P1,mail,other',
        'E,2026-03-02 09:00,,2026-03-12 09:00,,P1,web,retail',
        'F,2026-03-02 09:00,,2026-03-12 09:00,,P2,mail,retail',
      ),
      '2026-04-10',
    );
    const march = figureOf(result, 'p1', '2026-03');
    assert.deepEqual([march.value, march.numerator, march.denominator, march.verdict], ['50', '1', '2', 'missed']);
    assert.deepEqual(march.missed, [{ key: 'B', detail: 'opened 2026-03-06 17:00, restored after 4\u00a0h 1\u00a0s of 4\u00a0h in office' }]);
    assert.match(march.computation, /^1 of 2 incidents opened in 2026-03 \(mail, P1\) were restored within 4\u00a0h of open time of office\.$/);
    assert.deepEqual(figureOf(result, 'p1', '2026-02').verdict, 'met');
    assert.deepEqual(result.findings, []);
  });

  it('takes hours through the change to summer time as they pass', async () => {
    const result = await measured(
      frame.replace('open Mon-Fri 08:00-18:00', 'open Mon-Sun 00:00-24:00') + 'sla gold for mail with retail { support hours office target t restore within 3h for 100% per month from tickets }',
      // The clocks skip from 01:00 to 02:00 on 29 March 2026.
      tickets('A,2026-03-29 00:30,,2026-03-29 04:30,,P1,mail,retail', 'B,2026-03-29 00:30,,2026-03-29 04:31,,P1,mail,retail'),
      '2026-04-10',
    );
    assert.equal(figureOf(result, 't', '2026-03').value, '50');
  });

  it('measures elapsed time without support hours, and by the clock that the target names', async () => {
    const text = `${frame}\nsla gold for mail with retail {\n target elapsed restore within 4h for 100% per month from tickets\n target office restore within 4h for 100% per month from tickets in office\n}`;
    const result = await measured(text, tickets('A,2026-03-06 17:00,,2026-03-09 11:00,,P1,mail,retail'), '2026-04-10');
    assert.equal(figureOf(result, 'elapsed', '2026-03').verdict, 'missed');
    assert.match(figureOf(result, 'elapsed', '2026-03').computation, /of elapsed time/);
    assert.equal(figureOf(result, 'office', '2026-03').verdict, 'met');
  });

  it('counts working days to the close of the last one', async () => {
    const result = await measured(
      sla('target p1 restore within 2 working days for 100% per month from tickets'),
      tickets(
        // Thursday before Easter: Good Friday and Easter Monday are closed, so due on Wednesday at 18:00.
        'A,2026-04-02 09:00,,2026-04-08 17:59,,P1,mail,retail',
        'B,2026-04-02 09:00,,2026-04-09 08:01,,P1,mail,retail',
        // Saturday: the clock starts on Monday, so due on Wednesday at 18:00.
        'C,2026-04-11 09:00,,2026-04-15 18:00,,P1,mail,retail',
        'D,2026-04-11 09:00,,2026-04-16 08:01,,P1,mail,retail',
      ),
      '2026-05-10',
    );
    const april = figureOf(result, 'p1', '2026-04');
    assert.deepEqual([april.numerator, april.denominator], ['2', '4']);
    assert.deepEqual(april.missed.map(({ key }) => key), ['B', 'D']);
  });

  it('counts what is open and late as missed, and leaves out what is open and not yet due', async () => {
    const result = await measured(
      sla('target p1 restore within 8h for 90% per month from tickets'),
      tickets('A,2026-03-31 09:00,,,,P1,mail,retail', 'B,2026-03-30 09:00,,,,P1,mail,retail', 'C,2026-03-30 09:00,,2026-03-30 10:00,,P1,mail,retail'),
      '2026-04-01',
    );
    const march = figureOf(result, 'p1', '2026-03');
    assert.deepEqual([march.numerator, march.denominator], ['1', '3']);
    assert.match(march.missed[0]!.detail, /still open after/);
    const later = await measured(
      sla('target p1 restore within 5 working days for 90% per month from tickets'),
      tickets('A,2026-03-31 09:00,,,,P1,mail,retail', 'C,2026-03-30 09:00,,2026-03-30 10:00,,P1,mail,retail'),
      '2026-04-01',
    );
    assert.deepEqual(figureOf(later, 'p1', '2026-03').excluded, [{ reason: 'open, not yet due', amount: '1' }]);
    assert.equal(figureOf(later, 'p1', '2026-03').denominator, '1');
  });

  it('looks as of a day: what happened later is not known yet', async () => {
    const rows = tickets('A,2026-03-31 09:00,,2026-04-20 10:00,2026-04-20 11:00,P1,mail,retail', 'B,2026-04-20 09:00,,2026-04-20 10:00,,P1,mail,retail');
    const result = await measured(sla('target p1 restore within 40h for 90% per month from tickets\n workload all <= 5 per month from tickets'), rows, '2026-04-01');
    assert.deepEqual(figureOf(result, 'p1', '2026-03').excluded, [{ reason: 'open, not yet due', amount: '1' }]);
    assert.ok(!result.figures.some(({ period }) => period === '2026-04'));
  });

  it('never counts an unknown time as met: the verdict must hold either way', async () => {
    const unknown = ['X,2026-03-02 09:00,,,2026-03-03 09:00,P1,mail,retail', 'Y,2026-03-02 09:00,,2026-03-01 09:00,,P1,mail,retail'];
    const good = Array.from({ length: 8 }, (_, index) => `G${index},2026-03-02 09:00,,2026-03-02 10:00,,P1,mail,retail`);
    const text = (share: number): string => sla(`target p1 restore within 4h for ${share}% per month from tickets`);
    const depends = figureOf(await measured(text(90), tickets(...good, ...unknown), '2026-04-10'), 'p1', '2026-03');
    assert.deepEqual([depends.verdict, depends.reason, depends.value], ['unknown', 'It depends on 2 whose times are not known', '100']);
    assert.deepEqual(depends.excluded, [{ reason: 'closed without a time of “restored”', amount: '1' }, { reason: '“restored” before “opened”', amount: '1' }]);
    assert.equal(figureOf(await measured(text(80), tickets(...good, ...unknown), '2026-04-10'), 'p1', '2026-03').verdict, 'met');
    const bad = good.map((row) => row.replace('10:00', '17:00'));
    assert.equal(figureOf(await measured(text(50), tickets(...bad, ...unknown), '2026-04-10'), 'p1', '2026-03').verdict, 'missed');
  });

  it('never rounds up to a target', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => `T${index},2026-03-02 09:00,,2026-03-02 ${index < 997 ? '10' : '17'}:00,,P1,mail,retail`);
    const result = await measured(sla('target p1 restore within 4h for 99.8% per month from tickets'), tickets(...rows), '2026-04-10');
    assert.deepEqual([figureOf(result, 'p1', '2026-03').value, figureOf(result, 'p1', '2026-03').verdict], ['99.7', 'missed']);
  });

  it('holds averages and “always” exactly', async () => {
    const rows = tickets('A,2026-03-02 09:00,,2026-03-02 10:00,,P1,mail,retail', 'B,2026-03-02 09:00,,2026-03-02 11:00:01,,P1,mail,retail');
    const result = await measured(sla('target mean restore within 90min on average per month from tickets\n target each restore within 3h per month from tickets\n target strict restore within 2h per month from tickets'), rows, '2026-04-10');
    const mean = figureOf(result, 'mean', '2026-03');
    assert.deepEqual([mean.value, mean.unit, mean.numerator, mean.denominator, mean.verdict], ['5401', 'seconds', '10801', '2', 'missed']);
    assert.deepEqual([figureOf(result, 'each', '2026-03').verdict, figureOf(result, 'strict', '2026-03').verdict], ['met', 'missed']);
  });

  it('does not take an average for met that what is still open breaks already', async () => {
    const target = sla('target mean restore within 5h on average per month from tickets');
    const finished = 'A,2026-03-30 09:00,,2026-03-30 10:00,,P1,mail,retail';
    const open = figureOf(await measured(target, tickets(finished, 'B,2026-03-30 09:00,,,,P1,mail,retail'), '2026-04-02'), 'mean', '2026-03');
    // One hour, and 39 of the office so far.
    assert.deepEqual([open.value, open.verdict, open.reason], ['3600', 'missed', 'With the 1 still open it is 20\u00a0h already']);
    const soFar = figureOf(await measured(target, tickets(finished, 'B,2026-03-31 17:00,,,,P1,mail,retail'), '2026-04-01'), 'mean', '2026-03');
    assert.deepEqual([soFar.verdict, soFar.reason], ['missed', 'With the 1 still open it is 6\u00a0h already']);
  });

  it('warns between target and warning, and says when there are too few', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => `T${index},2026-03-02 09:00,,2026-03-02 ${index < 19 ? '10' : '17'}:00,,P1,mail,retail`);
    const result = await measured(sla('target near restore within 4h for 95% per month from tickets warn 97%\n target few restore within 4h for 95% per month from tickets minimum sample 30'), tickets(...rows), '2026-04-10');
    assert.equal(figureOf(result, 'near', '2026-03').verdict, 'warning');
    assert.deepEqual([figureOf(result, 'few', '2026-03').verdict, figureOf(result, 'few', '2026-03').sample], ['tooFew', 20]);
  });

  it('lets a successor apply from its date', async () => {
    const rows = tickets('A,2026-02-02 09:00,,2026-02-02 13:00,,P1,mail,retail', 'B,2026-03-02 09:00,,2026-03-02 13:00,,P1,mail,retail');
    const result = await measured(sla('target p1 restore within 4h for 95% per month from tickets\n target p1 restore within 2h for 95% per month from tickets since 2026-03-01'), rows, '2026-04-10');
    assert.deepEqual([figureOf(result, 'p1', '2026-02').verdict, figureOf(result, 'p1', '2026-03').verdict], ['met', 'missed']);
  });

  it('splits the month in which a target changes at the date of its successor', async () => {
    const rows = tickets(
      'A,2026-03-02 09:00,,2026-03-02 13:00,,P1,mail,retail', 'B,2026-03-13 09:00,,2026-03-13 12:00,,P1,mail,retail',
      'C,2026-03-16 09:00,,2026-03-16 12:00,,P1,mail,retail', 'D,2026-03-17 09:00,,2026-03-17 10:00,,P1,mail,retail', 'E,2026-03-18 09:00,,2026-03-18 10:00,,P1,mail,retail',
    );
    const result = await measured(sla('target p1 restore within 4h for 95% per month from tickets\n target p1 restore within 2h for 60% per month from tickets since 2026-03-16\n target p1 restore within 1 working days for 99% per month from tickets since 2026-03-18'), rows, '2026-04-10');
    const march = figureOf(result, 'p1', '2026-03');
    assert.deepEqual(march.parts?.map(({ days, numerator, denominator, verdict, target }) => [days, numerator, denominator, verdict, target?.value]), [
      [{ firstDay: '2026-03-01', lastDay: '2026-03-15' }, '2', '2', 'met', '95%'],
      [{ firstDay: '2026-03-16', lastDay: '2026-03-17' }, '1', '2', 'missed', '60%'],
      [{ firstDay: '2026-03-18', lastDay: '2026-03-31' }, '1', '1', 'met', '99%'],
    ]);
    assert.deepEqual([march.verdict, march.numerator, march.denominator, march.target?.value], ['missed', '1', '2', '60%']);
    assert.match(march.computation, /^The target changed in 2026-03; what is shown is that of 2026-03-16 to 2026-03-17\. 2 of 2 incidents opened in 2026-03-01 to 2026-03-15/);
  });

  it('splits availability and metrics that an agreement holds, but not what was recorded for the whole month', async () => {
    const outages = `customer retail\nservice mail\nsource outages of outage from "o.csv" { dates iso in UTC key id map started = down map ended = up }
metric served { from outages value availability of started to ended unit percent }
metric csat { record 2026-03 = 4.1 }
sla gold for mail with retail {
 target up availability >= 99% per month from outages
 target up availability >= 99.99% per month from outages since 2026-03-11
 target same served >= 99% per month
 target same served >= 99.99% per month since 2026-03-11
 target happy csat >= 4 per month
 target happy csat >= 4.5 per month since 2026-03-11
}`;
    const result = await measured(outages, { 'o.csv': 'id,down,up\n0,2026-02-01T00:00:00Z,2026-02-01T00:01:00Z\nA,2026-03-10T23:00:00Z,2026-03-11T01:00:00Z\n' }, '2026-04-10');
    for (const name of ['up', 'same']) {
      const figure = figureOf(result, name, '2026-03');
      assert.deepEqual(figure.parts?.map(({ numerator, denominator, verdict }) => [numerator, denominator, verdict]), [[String(240 * 3600 - 3600), String(240 * 3600), 'met'], [String(504 * 3600 - 3600), String(504 * 3600), 'missed']], name);
      assert.equal(figure.verdict, 'missed');
    }
    assert.deepEqual([figureOf(result, 'happy', '2026-03').verdict, figureOf(result, 'happy', '2026-03').parts], ['met', undefined]);
  });

  it('measures only while the agreement is valid', async () => {
    const rows = tickets('A,2026-02-02 09:00,,2026-02-12 13:00,,P1,mail,retail', 'B,2026-03-02 09:00,,2026-03-12 13:00,,P1,mail,retail', 'C,2026-03-20 09:00,,2026-03-20 10:00,,P1,mail,retail');
    const result = await measured(sla('valid 2026-03-16 to 2026-12-31\n target p1 restore within 4h for 95% per month from tickets'), rows, '2026-05-10');
    assert.deepEqual(figureOf(result, 'p1', '2026-03').denominator, '1');
    assert.ok(!result.figures.some(({ period }) => period === '2026-02'));
    const excluded = await measured(sla('valid 2026-03-16 to 2026-12-31\n first period excluded\n target p1 restore within 4h for 95% per month from tickets'), rows, '2026-05-10');
    assert.ok(!excluded.figures.some(({ period }) => period === '2026-03'));
  });

  it('says why a target cannot be measured', async () => {
    const text = `${frame.replace('  map responded = responded\n', '')}\nsla gold for mail with retail {\n target a respond within 1h for 95% per month from tickets\n target b restore within 1h for 95% per month\n target c restore within 2 working days for 90% per month from tickets\n target d update P1 every 1h\n}`;
    const result = await measured(text, tickets('A,2026-03-02 09:00,,2026-03-02 13:00,,P1,mail,retail'), '2026-04-10');
    assert.deepEqual(['a', 'b', 'c', 'd'].map((name) => [figureOf(result, name, '2026-03').verdict, figureOf(result, name, '2026-03').reason]), [
      ['unknown', 'tickets maps no “responded”'],
      ['unknown', 'The target names no source'],
      ['unknown', 'Working days need a calendar: gold has no support hours that close, and the target names no clock'],
      ['unknown', 'The target names no source'],
    ]);
  });

  it('holds promised news against a log of updates', async () => {
    const text = (more: string): string => `${frame.replace('map opened', '  map opened')}
source news of update from "news.csv" { dates iso in Europe/London  map given = at  map about = ticket }
sla gold for mail with retail { support hours office  target news update P1 every 1h from tickets ${more} }`;
    const rows = tickets(
      'A,2026-03-02 09:00,,2026-03-02 11:00,,P1,mail,retail', 'B,2026-03-02 09:00,,2026-03-02 11:00,,P1,mail,retail', 'C,2026-03-03 09:00,,2026-03-03 10:00,,P1,mail,retail',
      // Over night nobody is promised anything.
      'D,2026-03-05 17:30,,2026-03-06 08:30,,P1,mail,retail', 'E,2026-03-06 09:00,,2026-03-06 18:00,,P2,mail,retail', 'F,2026-03-31 17:00,,,,P1,mail,retail', 'G,2026-03-02 09:00,,2026-03-01 09:00,,P1,mail,retail',
    );
    const news = 'at,ticket\n2026-03-02 10:00,A\n2026-03-02 09:59:59,B\n2026-03-09 09:00,X\n2026-03-31 17:30,F\n';
    const result = await measured(text(''), { ...rows, 'news.csv': news }, '2026-03-31');
    assert.deepEqual(result.figures, []);
    const april = await measured(text(''), { ...rows, 'news.csv': news }, '2026-04-01');
    const march = figureOf(april, 'news', '2026-03');
    assert.deepEqual([march.numerator, march.denominator, march.verdict], ['3', '5', 'missed']);
    assert.deepEqual(march.missed, [{ key: 'B', detail: 'opened 2026-03-02 09:00, 1\u00a0h 1\u00a0s without news from 2026-03-02 09:59' }, { key: 'F', detail: 'opened 2026-03-31 17:00, 10\u00a0h 30\u00a0min without news from 2026-03-31 17:30' }]);
    assert.deepEqual(march.excluded, [{ reason: 'whose end is not known', amount: '1' }]);
    assert.match(march.computation, /of open time of office until restored\. News: news, of which 1 are about no record of tickets\./);
    // Without news since February nobody knows whether there was none, or whether the log ends there.
    const stale = await measured(text(''), { ...rows, 'news.csv': 'at,ticket\n2026-02-02 10:00,A\n' }, '2026-04-01');
    assert.deepEqual([figureOf(stale, 'news', '2026-03').verdict, figureOf(stale, 'news', '2026-03').reason], ['unknown', 'The last record of news is of 2026-02-02']);
  });

  it('takes the rows of a history for news where no source brings any, and says what it lacks', async () => {
    const text = (history: string): string => `service mail\ncustomer retail\npriority P1
source tickets of incident from "h.csv" { dates iso in UTC ${history} map opened, restored, priority }
sla gold for mail with retail { target news update P1 every 1h from tickets }`;
    const data = { 'h.csv': 'id,at,opened,restored,priority\nA,2026-03-02 09:00,2026-03-02 09:00,,P1\nA,2026-03-02 09:50,2026-03-02 09:00,,P1\nA,2026-03-02 10:40,2026-03-02 09:00,2026-03-02 10:40,P1\nB,2026-03-02 09:00,2026-03-02 09:00,,P1\nB,2026-03-02 10:40,2026-03-02 09:00,2026-03-02 10:40,P1\n' };
    const result = await measured(text('history by id at at'), data, '2026-04-01');
    assert.deepEqual([figureOf(result, 'news', '2026-03').numerator, figureOf(result, 'news', '2026-03').denominator, figureOf(result, 'news', '2026-03').missed[0]?.key], ['1', '2', 'B']);
    const without = await measured(text('key id keep last'), data, '2026-04-01');
    assert.equal(figureOf(without, 'news', '2026-03').reason, 'When there was news is in no source: declare one of kind update, or read tickets with its history');
  });

  it('gives a record the priority that its impact and urgency have', async () => {
    const text = sla('target p1 restore P1 within 4h for 95% per month from tickets').replace('priority P1\n', 'priority P1 when impact high and urgency high\n').replace('map priority = priority', 'map impact = priority { "1" = high }\n map urgency = priority { "1" = high }');
    const result = await measured(text, tickets('A,2026-03-02 09:00,,2026-03-02 10:00,,1,mail,retail'), '2026-04-10');
    assert.equal(figureOf(result, 'p1', '2026-03').denominator, '1');
  });

  it('holds workload against its limit', async () => {
    const rows = tickets('A,2026-02-02 09:00,,,,P1,mail,retail', 'B,2026-03-02 09:00,,,,P1,mail,retail', 'C,2026-03-20 09:00,,,,P2,mail,retail', 'D,2026-03-20 09:00,,,,P2,web,retail');
    const result = await measured(sla('workload all <= 1 per month from tickets\n workload critical <= 1 per month from tickets where priority = P1'), rows, '2026-04-10');
    assert.deepEqual([figureOf(result, 'all', '2026-02'), figureOf(result, 'all', '2026-03'), figureOf(result, 'critical', '2026-03')].map(({ value, verdict }) => [value, verdict]), [['1', 'met'], ['2', 'missed'], ['1', 'met']]);
  });
});

describe('promises of news', () => {
  const model = (facts: string, news = true): string => `service mail\npriority P1\npriority P2\ncustomer retail\ncalendar office { timezone Europe/London open Mon-Fri 08:00-18:00 }
source tickets of incident from "tickets.csv" { dates iso in Europe/London  key id  map opened, restored, service, priority }
${news ? 'source news of update from "news.csv" { dates iso in Europe/London  map given = at  map about = ticket }' : ''}
sla gold for mail with retail { support hours office
${facts} }`;
  const files = {
    'tickets.csv': 'id,opened,restored,service,priority\nA,2026-03-02 09:00,2026-03-02 10:30,mail,P1\nB,2026-03-03 17:30,2026-03-04 08:45,mail,P1\nC,2026-03-05 09:00,2026-03-05 15:00,mail,P2\nD,2026-03-06 09:00,2026-03-06 12:00,mail,P1\n',
    'news.csv': 'at,ticket\n2026-03-02 09:40,A\n2026-03-06 10:30,D\n2026-04-02 09:00,A\n',
  };

  it('are measured like targets, on their own clock or the support hours', async () => {
    const result = await measured(model('  target restore restore within 4h for 90% per month from tickets\n  update P1 every 75min\n  update P2 every 8h in always'), files, '2026-04-10');
    const [own, other] = [figureOf(result, 'update P1', '2026-03'), figureOf(result, 'update P2', '2026-03')];
    // B waited 30 and 45 minutes of the office, which is just in time; D an hour and a half.
    assert.deepEqual([own.numerator, own.denominator, own.verdict, own.missed.map(({ key }) => key)], ['2', '3', 'missed', ['D']]);
    assert.deepEqual([other.numerator, other.denominator, other.verdict], ['1', '1', 'met']);
  });

  it('give way to a target of the same priorities', async () => {
    const result = await measured(model('  update P1 every 1h\n  target news update P1 every 2h per month from tickets'), files, '2026-04-10');
    assert.deepEqual([...new Set(result.figures.map(({ subject }) => (subject.kind === 'target' ? subject.target : '')))], ['news']);
  });

  it('are not known where nothing brings news, or it is not clear which records they are about', async () => {
    const without = figureOf(await measured(model('  update P1 every 1h', false), files, '2026-04-10'), 'update P1', '2026-03');
    assert.match(`${without.verdict} ${without.reason}`, /^unknown When there was news is in no source: declare one of kind update, or write “target news update P1 every 1h from tickets”/);
    const two = `${model('  update P1 every 1h')}\nsource others of incident from "tickets.csv" { dates iso in Europe/London  key id  map opened, restored }`;
    const unclear = figureOf(await measured(two, files, '2026-04-10'), 'update P1', '2026-03');
    assert.match(`${unclear.verdict} ${unclear.reason}`, /^unknown Which source it is about is not known: write it as a target/);
  });
});

describe('histories as of a day', () => {
  const text = `service mail\npriority P1\npriority P2\ncustomer retail
source tickets of incident from "log.csv" {
  dates iso in UTC  history by id at at  keep last  pause while state = "Waiting"
  map opened = opened
  map restored = last time state = "Resolved"
  map priority = priority
  map reopenings = times when state = "Reopened"
  map reassignments = changes of team
  map updates = time while state = "Waiting"
}
sla gold for mail with retail { target restore restore P1 within 2d for 90% per month from tickets }
metric reopened { from tickets value sum of reopenings every month }
metric handed { from tickets value sum of reassignments every month }`;
  const log = [
    'id,at,opened,state,team,priority',
    'A,2026-03-30 08:00,2026-03-30 08:00,New,desk,P1', 'A,2026-03-30 12:00,2026-03-30 08:00,Waiting,web,P1', 'A,2026-03-31 12:00,2026-03-30 08:00,Resolved,web,P1',
    'A,2026-04-02 08:00,2026-03-30 08:00,Reopened,net,P2', 'A,2026-04-05 08:00,2026-03-30 08:00,Resolved,net,P2',
    'B,2026-03-31 08:00,2026-03-31 08:00,New,desk,P1', 'B,2026-03-31 09:00,2026-03-31 08:00,Waiting,desk,P1', 'B,2026-04-09 09:00,2026-03-31 08:00,Resolved,desk,P1',
  ].join('\n');

  it('know nothing of what came after: neither states, hand-overs and reopenings nor what a later row says', async () => {
    const said = async (asOf: string): Promise<unknown> => {
      const result = await measured(text, { 'log.csv': log }, asOf);
      const figure = figureOf(result, 'restore', '2026-03');
      return [figure.numerator, figure.denominator, figure.excluded.map(({ amount, reason }) => `${amount} ${reason}`), figureOf(result, 'reopened', '2026-03').value, figureOf(result, 'handed', '2026-03').value];
    };
    // Restored on 31 March as far as was known on 1 April; B waits, so that its clock stands still.
    assert.deepEqual(await said('2026-04-01'), ['1', '1', ['1 open, not yet due'], '0', '1']);
    // Reopened by then, and of a lower priority, so no longer among those of the target.
    assert.deepEqual(await said('2026-04-03'), ['0', '0', ['1 open, not yet due'], '1', '2']);
    assert.deepEqual(await said('2026-04-10'), ['1', '1', [], '1', '2']);
  });
});
