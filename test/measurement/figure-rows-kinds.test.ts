import assert from 'node:assert/strict';
import { rowsBehind } from '../../server/measurement/measure.ts';
import type { FigureRow, FigureRows } from '../../server/measurement/figure-rows.ts';
import { subjectKey, type Figure, type Subject } from '../../server/measurement/figure.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { MeasuredProject } from './measured-project.ts';

const asOf = '2026-04-10';
const model = `
service mail "E-mail" { number of users 1000 }
service web "Web" { number of users 40 }
priority P1
priority P2
customer retail
calendar office { timezone Europe/London  open Mon-Fri 08:00-18:00  maintenance Tue 08:00-09:00 }
source outages of outage from "outages.csv" { dates iso in Europe/London  key id  map started = down  map ended = up  map service, planned, cause, users  complete until 2026-03-31 }
source tickets of incident from "tickets.csv" { dates iso in Europe/London  key id  map opened, restored, closed, service, priority, reassignments }
source news of update from "news.csv" { dates iso in Europe/London  map given = at  map about = ticket }
sla gold for mail, web with retail {
  service hours office
  except maintenance, "force majeure"
  number of users 500 for mail
  update P1 every 1h in always
  target up availability >= 99.8% per month from outages
  target users availability >= 99.8% weighted by users per month from outages
  target users availability >= 99.9% weighted by users per month from outages since 2026-02-16
  target quick quick-share >= 80% per month
  target restore restore within 4h for 90% per month from tickets
}
metric quick-share { from tickets where reassignments < 3 value share of restored - opened <= 4h target <= 50% every month by priority }
metric many { from tickets value count where reassignments > 1 every month }
metric everything { from tickets value count every quarter by service }
metric typical { from tickets value median of restored - opened in office every month over 2mo }
metric handed { from tickets where priority = P1 value mean of reassignments every month }
metric per-many { from tickets value (count where priority = P1) / count where reassignments > 1 every month }
metric both { value many / everything every quarter }
metric there { from outages where planned = false value availability of started to ended every month by service }
metric typed { every month record 2026-03 = 12 }
`;

function tickets(): string {
  const rows = ['id,opened,restored,closed,service,priority,reassignments'];
  for (let index = 0; index < 120; index++) {
    const day = `2026-0${1 + (index % 3)}-${String(1 + ((index * 7) % 28)).padStart(2, '0')}`;
    const restored = [`${day} 10:00`, `${day} 15:30`, '', 'soon', `${day} 08:00`, `${day} 23:00`][index % 6]!;
    rows.push([`T${index}`, `${day} 09:00`, restored, index % 12 === 2 ? `${day} 12:00` : '', index % 4 === 0 ? 'web' : 'mail', ['P1', 'P2', ''][index % 5 === 4 ? 2 : index % 2]!, index % 11 === 7 ? '' : String(index % 5)].join(','));
  }
  return rows.join('\n');
}

const files = {
  'tickets.csv': tickets(),
  'news.csv': ['at,ticket', ...Array.from({ length: 200 }, (_, index) => `2026-0${1 + (index % 3)}-${String(1 + ((index * 7) % 28)).padStart(2, '0')} 09:${String(10 + (index % 50)).padStart(2, '0')},T${index % 130}`)].join('\n'),
  'outages.csv': `id,down,up,service,planned,cause,users
A,2026-02-10 10:00,2026-02-10 10:30,mail,no,disk,
B,2026-02-10 10:20,2026-02-10 11:00,web,no,net,25
C,2026-02-10 10:25,2026-02-10 10:40,web,no,net,30
D,2026-02-17 07:30,2026-02-17 09:30,mail,no,disk,200
E,2026-02-18 10:00,2026-02-18 11:00,mail,yes,patch,
F,2026-02-18 10:30,2026-02-18 12:00,web,no,Force majeure,
G,2026-02-20 16:00,2026-02-23 08:30,mail,no,power,
H,2026-03-02 10:00,soon,mail,no,,
I,2026-03-31 17:00,,web,no,,10
J,2026-03-14 10:00,2026-03-14 12:00,web,no,,
K,2026-01-31 22:00,2026-02-02 09:00,mail,no,,
`,
};

describe('rows behind figures of every kind', () => {
  const project = new MeasuredProject(model, files);
  let figures: readonly Figure[] = [];
  before(async () => {
    ({ figures } = await project.measure(asOf));
  });
  after(() => project.remove());
  const rowsOf = async (subject: Subject, period: string, skip = 0, limit = 10_000): Promise<FigureRows | string> => await rowsBehind({ model: project.model, asOf, dataFiles: await openNodeHost(project.folder) }, subject, period, { skip, limit });
  const listed = async (subject: Subject, period: string): Promise<FigureRows> => {
    const found = await rowsOf(subject, period);
    assert.ok(typeof found === 'object', `${JSON.stringify(subject)} ${period}: ${JSON.stringify(found)}`);
    assert.equal(found.rows.length, found.total);
    return found;
  };
  const sum = (numbers: readonly (string | number | undefined)[]): number => numbers.reduce<number>((total, number) => total + Number(number ?? 0), 0);
  const count = (rows: readonly FigureRow[], ...outcomes: string[]): number => rows.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const leftOut = (figure: Figure, unit: string | undefined): number => sum((figure.parts ?? [figure]).flatMap(({ excluded }) => excluded.filter((one) => one.unit === unit).map(({ amount }) => amount)));

  it('add up to the numerator, the denominator and what is left out', async () => {
    const seen = new Set<string>();
    for (const figure of figures) {
      const { subject, period } = figure;
      const name = subject.kind === 'metric' ? subject.metric : subject.kind === 'target' ? subject.target : subject.limit;
      if (name === 'typed' || name === 'both' || figure.reason?.startsWith('There is no')) continue;
      seen.add(name);
      const { rows } = await listed(subject, period);
      const said = `${subjectKey(subject)} ${period}: ${JSON.stringify(figure)}\n${rows.map((row) => JSON.stringify(row)).join('\n')}`;
      const parts = figure.parts ?? [figure];
      const [numerator, denominator] = [sum(parts.map((part) => part.numerator)), sum(parts.map((part) => part.denominator))];
      const seconds = (outcome: string): number => sum(rows.filter((row) => row.outcome === outcome).map((row) => row.seconds));
      if (name === 'up' || name === 'users') {
        if (parts.some(({ value }) => value === undefined)) continue;
        assert.equal(seconds('counted'), denominator - numerator, said);
        assert.equal(seconds('left out'), leftOut(figure, name === 'up' ? 'seconds' : 'user-seconds'), said);
      } else if (name === 'there') {
        assert.equal(seconds('counted'), denominator - numerator, said);
        assert.equal(count(rows, 'left out'), leftOut(figure, undefined), said);
      } else if (name === 'quick-share' || name === 'quick') {
        assert.deepEqual([count(rows, 'numerator'), count(rows, 'numerator', 'denominator only'), count(rows, 'left out')], [numerator, denominator, leftOut(figure, undefined)], said);
      } else if (name === 'update P1' || name === 'restore') {
        assert.deepEqual([count(rows, 'met'), count(rows, 'met', 'missed'), count(rows, 'left out')], [numerator, denominator, leftOut(figure, undefined)], said);
      } else if (name === 'per-many') {
        const inPart = (part: string): number => rows.filter(({ why }) => new RegExp(`(^|; )${part}: what`).test(why)).length;
        assert.deepEqual([inPart('numerator'), inPart('denominator')], [numerator, denominator], said);
      } else {
        assert.deepEqual([count(rows, 'counted'), count(rows, 'left out')], [figure.sample, leftOut(figure, undefined)], said);
      }
    }
    assert.deepEqual([...seen].toSorted(), ['everything', 'handed', 'many', 'per-many', 'quick', 'quick-share', 'restore', 'there', 'typical', 'up', 'update P1', 'users']);
  });

  it('say of each outage what is counted, merged and taken out, and why', async () => {
    const { rows, zone } = await listed({ kind: 'target', agreement: 'gold', target: 'up' }, '2026-02');
    assert.equal(zone, 'Europe/London');
    const why = Object.fromEntries(rows.filter(({ key }) => key.length === 1).map((row) => [row.key, `${row.outcome}: ${row.why.replaceAll('\u00a0', ' ')}`]));
    assert.deepEqual(why, {
      K: 'counted: E-mail; until 2026-02-02 09:00; 1 h down; 32 h of it outside the agreed time',
      A: 'counted: E-mail; until 2026-02-10 10:30; 30 min down',
      B: 'counted: Web; until 2026-02-10 11:00; 30 min down; 10 min more are counted with others that overlap it',
      C: 'left out: Web; until 2026-02-10 10:40; nothing counted; 15 min more are counted with others that overlap it',
      D: 'counted: E-mail; until 2026-02-17 09:30; 30 min down; 1 h 30 min of it outside the agreed time',
      E: 'left out: E-mail; until 2026-02-18 11:00; 1 h of planned maintenance, taken out of both sides',
      F: 'left out: Web; until 2026-02-18 12:00; 1 h of force majeure, taken out of both sides; 30 min of it outside the agreed time',
      G: 'counted: E-mail; until 2026-02-23 08:30; 2 h 30 min down; 62 h of it outside the agreed time',
    });
    assert.deepEqual(rows.filter(({ key }) => key === 'announced maintenance').map(({ began }) => began), ['2026-02-03 08:00', '2026-02-10 08:00', '2026-02-17 08:00', '2026-02-24 08:00']);
  });

  it('are those of a group where the figure is one', async () => {
    const { rows } = await listed({ kind: 'metric', metric: 'everything', group: { service: 'web' } }, '2026-Q1');
    assert.deepEqual([rows.length, rows.every(({ key }) => Number(key.slice(1)) % 4 === 0)], [30, true]);
  });

  it('say why there are none', async () => {
    assert.match(String(await rowsOf({ kind: 'metric', metric: 'typed' }, '2026-03')), /stands in the model/);
    assert.match(String(await rowsOf({ kind: 'metric', metric: 'both' }, '2026-Q1')), /computed from many and everything/);
    assert.match(String(await rowsOf({ kind: 'metric', metric: 'many' }, '2024-03')), /no figure of many for 2024-03/);
    assert.match(String(await rowsOf({ kind: 'metric', metric: 'gone' }, '2026-03')), /not declared any more/);
    assert.match(String(await rowsOf({ kind: 'target', agreement: 'gold', target: 'up' }, '2020-03')), /does not speak of 2020-03/);
  });

  it('are the same page by page', async () => {
    for (const subject of [{ kind: 'metric', metric: 'quick-share' }, { kind: 'metric', metric: 'per-many' }, { kind: 'target', agreement: 'gold', target: 'up' }, { kind: 'target', agreement: 'gold', target: 'users' }, { kind: 'target', agreement: 'gold', target: 'update P1' }] as const) {
      const all = await listed(subject, '2026-02');
      const pages: FigureRow[] = [];
      for (let skip = 0; skip < all.total; skip += 9) pages.push(...((await rowsOf(subject, '2026-02', skip, 9)) as FigureRows).rows);
      assert.deepEqual(pages, all.rows);
    }
  });
});
