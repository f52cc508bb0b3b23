import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OfficeClock, officeText, Wall, type Hours, type Office } from './differential-clock.ts';
import { MeasuredProject } from './measured-project.ts';

/**
 * Availability of random outages, with maintenance, exceptions, weights, lists of services, conditions and changes of the clocks, against a
 * second way that looks at every minute and shares nothing with the first; and metrics over the same outages with conditions, rolling
 * windows, groups and minimum samples. A failure prints the seed and the smallest project that shows it.
 */

const asOf = '2026-11-10';
const utc = (year: number, month: number, date: number): number => Date.UTC(year, month - 1, date) / 60_000;
const day = 1440;
// Around the changes of the clocks, or anywhere from spring on.
const around = (...at: readonly [number, number, number]): fc.Arbitrary<number> => fc.integer({ min: utc(...at) - day, max: utc(...at) + 2 * day });
const minute = fc.oneof(around(2026, 3, 8), around(2026, 3, 29), around(2026, 4, 5), around(2026, 9, 27), around(2026, 10, 4), around(2026, 10, 25), around(2026, 11, 1), { weight: 7, arbitrary: fc.integer({ min: utc(2026, 2, 25), max: utc(2026, 11, 8) }) });
const zones = ['Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'UTC', 'Pacific/Auckland'] as const;
const week = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'] as const;
const plans: readonly (readonly Hours[])[] = [
  [{ days: week, ranges: [[480, 1080]] }],
  [{ days: [...week, 'Sat', 'Sun'], ranges: [[0, 1440]] }],
  [{ days: week, ranges: [[1320, 360]] }],
];
const office: fc.Arbitrary<Office> = fc.record({ zone: fc.constantFrom(...zones), hours: fc.constantFrom(...plans), closed: fc.uniqueArray(fc.constantFrom('2026-09-07', '2026-10-26'), { maxLength: 2 }) });

interface Outage {
  readonly from: number;
  readonly length: number | 'lasting' | 'unreadable' | 'backwards';
  readonly service: 'mail' | 'web' | 'other' | '';
  readonly planned: boolean;
  readonly cause: 'disk' | 'Flood' | '';
  readonly users: number | undefined;
}
const outage: fc.Arbitrary<Outage> = fc.record({
  from: minute, length: fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 0, max: 4000 }) }, { weight: 1, arbitrary: fc.constantFrom('lasting' as const, 'unreadable' as const, 'backwards' as const) }),
  service: fc.constantFrom('mail', 'mail', 'web', 'other', ''), planned: fc.boolean(), cause: fc.constantFrom('disk', 'Flood', ''), users: fc.constantFrom(undefined, 0, 1, 30, 500),
});
interface Project {
  readonly outages: readonly Outage[];
  readonly office: Office;
  readonly services: readonly ('mail' | 'web')[];
  readonly maintenance: boolean;
  readonly flood: boolean;
  readonly mail: number;
  readonly web: number;
  readonly target: number;
  readonly always: boolean;
}
const project: fc.Arbitrary<Project> = fc.record({
  outages: fc.array(outage, { minLength: 1, maxLength: 45, size: 'large' }), office, services: fc.constantFrom<readonly ('mail' | 'web')[]>(['mail'], ['mail', 'web'], ['web']), maintenance: fc.boolean(), flood: fc.boolean(),
  mail: fc.integer({ min: 1, max: 900 }), web: fc.integer({ min: 1, max: 40 }), target: fc.constantFrom(90, 99, 99.5), always: fc.boolean(),
});

const iso = (at: number): string => new Date(at * 60_000).toISOString();

function modelText(one: Project): string {
  const except = [...(one.maintenance ? ['maintenance'] : []), ...(one.flood ? ['flood'] : [])];
  return `
service mail { number of users ${one.mail} }
service web { number of users ${one.web} }
service other
customer retail
calendar office { ${officeText(one.office)}  maintenance Tue 09:00-11:00 }
source outages of outage from "o.csv" { dates iso in UTC  key id  map started, ended, service, planned, cause, users  complete until 2026-11-10 }
sla gold for ${one.services.join(', ')} with retail {
  service hours ${one.always ? 'always' : 'office'}
  support hours office
  ${except.length === 0 ? '' : `except ${except.join(', ')}`}
  number of users 7 for web
  target plain availability >= ${one.target}% per month from outages
  target weighted availability >= ${one.target}% weighted by users per month from outages
  target disks availability >= ${one.target}% per month from outages where cause = "disk"
}
metric long { from outages where planned = true value share of ended - started <= 24h target >= 50% minimum sample 2 every month by service }
metric rolling { from outages value count where users > 20 every month over 2mo }
metric reach { from outages where cause = "disk" or cause = "Flood" value p90 of users every month over 75d }
`;
}

/** Outages as a careful reader takes them: the first record stands far before all, so that figures begin early. */
function written(one: Project): string {
  return ['id,started,ended,service,planned,cause,users', '0,2025-01-01T00:00:00Z,2025-01-01T00:00:00Z,mail,no,,', ...one.outages.map(({ from, length, service, planned, cause, users }, index) =>
    [`O${index}`, iso(from), length === 'lasting' ? '' : length === 'unreadable' ? 'soon' : iso(length === 'backwards' ? from - 5 : from + length), service, planned ? 'yes' : 'no', cause, users ?? ''].join(','))].join('\n');
}

/** The minutes of a period in which service is agreed, each looked at by itself. */
function agreedMinutes(one: Project, [from, to]: readonly [from: number, to: number], office: OfficeClock): readonly number[] {
  const agreed: number[] = [];
  const tuesdays = office.wall;
  for (let at = from; at < to; at++) {
    if (!one.always && office.openMinutes(at, at + 1) === 0) continue;
    if (one.maintenance) {
      const time = tuesdays.timeOf(at);
      if (time >= '09:00' && time < '11:00' && new Date(`${tuesdays.dateOf(at)}T00:00Z`).getUTCDay() === 2) continue;
    }
    agreed.push(at);
  }
  return agreed;
}

interface Said {
  readonly numerator: number;
  readonly denominator: number;
  readonly unclear: number;
}

function slowly(one: Project, period: readonly [from: number, to: number], clocks: { readonly agreed: readonly number[]; readonly end: number }, kind: 'plain' | 'weighted' | 'disks'): Said {
  const [from, to] = period;
  const mine = one.outages.filter(({ service, cause }) => (service !== '' && one.services.some((name) => name === service)) && (kind !== 'disks' || cause === 'disk'));
  const excused = ({ planned, cause }: Outage): 'planned' | 'flood' | undefined => (planned && one.maintenance ? 'planned' : one.flood && cause === 'Flood' ? 'flood' : undefined);
  const endOf = ({ from: began, length }: Outage): number | undefined => (length === 'lasting' ? clocks.end : typeof length === 'number' ? Math.min(began + length, clocks.end) : undefined);
  const unclear = mine.filter((outage) => endOf(outage) === undefined && excused(outage) === undefined && outage.from >= from && outage.from < to).length;
  const weights = new Map<string, number>(kind === 'weighted' ? one.services.map((service) => [service, service === 'mail' ? one.mail : 7]) : [['all', 1]]);
  let [numerator, denominator] = [0, 0];
  const reaching = mine.filter((outage) => outage.from < to && (endOf(outage) ?? outage.from) > from);
  for (const at of clocks.agreed) {
    const now = reaching.filter((outage) => outage.from <= at && at < (endOf(outage) ?? outage.from));
    for (const [service, users] of weights) {
      const own = now.filter((outage) => service === 'all' || outage.service === service);
      if (own.some((outage) => excused(outage) !== undefined)) continue;
      denominator += users;
      let reached = 0;
      for (const outage of own) reached += kind === 'weighted' ? Math.min(users, outage.users ?? users) : 1;
      numerator += users - Math.min(users, reached);
    }
  }
  return { numerator: numerator * 60, denominator: denominator * 60, unclear };
}

const months = ['2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10'] as const;

describe('availability and metrics of outages against the obvious way', function () {
  this.timeout(300_000);
  let compared = 0;

  it('agree on random outages, maintenance, exceptions, weights, conditions, windows, groups and samples', async () => {
    await fc.assert(fc.asyncProperty(project, async (one) => {
      const measured = new MeasuredProject(modelText(one), { 'o.csv': written(one) });
      try {
        const { figures } = await measured.measure(asOf);
        const clock = new OfficeClock(one.office);
        const wall = one.always ? Wall.of('UTC') : clock.wall;
        const end = Wall.of('UTC').beginOf('2026-11-11');
        for (const [index, month] of months.entries()) {
          const next = `${months[index + 1] ?? '2026-11'}-01`;
          const period = [wall.beginOf(`${month}-01`), wall.beginOf(next)] as const;
          const agreed = agreedMinutes(one, period, clock);
          for (const kind of ['plain', 'weighted', 'disks'] as const) {
            const figure = figures.find(({ subject, period }) => subject.kind === 'target' && subject.target === kind && period === month)!;
            const said = slowly(one, period, { agreed, end }, kind);
            const missed = said.numerator * 1000 < said.denominator * Math.round(one.target * 10);
            const verdict = said.denominator === 0 ? 'unknown' : missed ? 'missed' : said.unclear > 0 ? 'unknown' : 'met';
            assert.deepEqual([figure.numerator, figure.denominator, figure.verdict], said.denominator === 0 ? [undefined, undefined, verdict] : [String(said.numerator), String(said.denominator), verdict], `${kind} in ${month}`);
            compared++;
          }
          // Metrics count by the clocks of the source, which is UTC.
          const [first, last] = [Wall.of('UTC').beginOf(`${month}-01`), Wall.of('UTC').beginOf(next)];
          const since = (from: number): readonly Outage[] => one.outages.filter((outage) => outage.from >= from && outage.from < last);
          const metric = (name: string, group?: string) => figures.find(({ subject, period }) => subject.kind === 'metric' && subject.metric === name && period === month && (subject.group?.['service'] ?? undefined) === group);
          for (const group of [undefined, 'mail', 'web', 'other', 'not known']) {
            const own = since(first).filter(({ planned, service }) => planned && (group === undefined || (service === '' ? 'not known' : service) === group));
            const known = own.filter(({ length }) => typeof length === 'number');
            const figure = metric('long', group);
            if (own.length === 0) {
              assert.ok(figure?.value === undefined, `long ${group} in ${month}`);
              continue;
            }
            const yes = known.filter(({ length }) => (length as number) <= day).length;
            const all = own.length;
            const [least, most] = [yes * 2 >= all, (yes + all - known.length) * 2 >= all];
            assert.deepEqual([figure?.numerator, figure?.denominator, figure?.verdict], [String(yes), String(known.length), known.length < 2 ? 'tooFew' : least !== most ? 'unknown' : least ? 'met' : 'missed'], `long ${group} in ${month}`);
            compared++;
          }
          const two = since(Wall.of('UTC').beginOf(`${months[index - 1] ?? '2026-03'}-01`));
          const many = two.filter(({ users }) => users !== undefined && users > 20).length;
          const rolling = metric('rolling');
          // Figures begin where there is something to tell.
          if (rolling !== undefined || many > 0 || two.some(({ users }) => users === undefined)) assert.deepEqual([rolling?.value, rolling?.excluded.map(({ amount }) => amount).join()], [String(many), two.some(({ users }) => users === undefined) ? String(two.filter(({ users }) => users === undefined).length) : ''], `rolling in ${month}`);
          const reach = since(last - 75 * day).filter(({ cause }) => cause !== '');
          const values = reach.flatMap(({ users }) => users ?? []).toSorted((a, b) => a - b);
          const p90 = metric('reach');
          if (values.length > 0) assert.deepEqual([Number(p90?.value), p90?.sample], [values[Math.ceil(values.length * 0.9) - 1], values.length], `reach in ${month}`);
          compared += 2;
        }
      } finally {
        measured.remove();
      }
    }), { numRuns: Number(process.env['ITSMS_RUNS'] ?? 45), interruptAfterTimeLimit: 100_000 });
    // Should figures ever stop coming, nothing would be compared.
    assert.ok(compared > 600, `only ${compared} figures were compared`);
  });
});
