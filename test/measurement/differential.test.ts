import assert from 'node:assert/strict';
import fc from 'fast-check';
import { resolveDeclaredCalendar } from '../../language/model/calendars.ts';
import { BusinessClock } from '../../language/values/business-clock.ts';
import { epochSecondsOf } from '../../language/values/instant.ts';
import { isProblem } from '../../language/values/problem.ts';
import { figureOf, MeasuredProject } from './measured-project.ts';

/** A minute of 2026 around the changes of the clocks in London: 29 March and 25 October, or anywhere. */
const minute = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 2, 27) / 60_000, max: Date.UTC(2026, 2, 31) / 60_000 }),
  fc.integer({ min: Date.UTC(2026, 9, 23) / 60_000, max: Date.UTC(2026, 9, 27) / 60_000 }),
  fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2026, 10, 20) / 60_000 }),
);

interface Ticket {
  readonly opened: number;
  readonly restored: number | undefined;
  readonly closed: number | undefined;
  /** Minutes after opening at which the ticket begins and stops waiting, in turn. */
  readonly changes: readonly number[];
  readonly priority: 'P1' | 'P2';
}

const ticket: fc.Arbitrary<Ticket> = fc.record({
  opened: minute, duration: fc.option(fc.integer({ min: -60, max: 20_000 }), { freq: 6 }), closes: fc.boolean(),
  changes: fc.uniqueArray(fc.integer({ min: 1, max: 15_000 }), { maxLength: 5 }), priority: fc.constantFrom('P1' as const, 'P2' as const),
}).map(({ opened, duration, closes, changes, priority }) => ({
  opened, priority, changes: [...changes].sort((a, b) => a - b),
  restored: duration === null ? undefined : opened + duration, closed: closes ? opened + 30_000 : undefined,
}));

const asOf = Date.UTC(2026, 10, 10, 24) / 1000;
const hours = fc.constantFrom('Mon-Fri 08:00-18:00', 'Mon-Sun 00:00-24:00', 'Mon-Sat 07:30-12:00, 13:00-19:15', 'Mon-Fri 22:00-06:00', 'Sun 00:00-03:00');
const iso = (minutes: number): string => new Date(minutes * 60_000).toISOString();

/** The figure by the obvious way: ticket by ticket, with the business clock itself. */
function expected(tickets: readonly Ticket[], clock: BusinessClock | undefined, limit: { readonly hours: number } | { readonly days: number }, month: string, zone: BusinessClock): { met: number; missed: number; notDue: number; unknown: number } {
  const tally = { met: 0, missed: 0, notDue: 0, unknown: 0 };
  for (const one of tickets) {
    const start = epochSecondsOf(one.opened * 60);
    if (zone.timeZone.dateAt(start).slice(0, 7) !== month || start >= asOf) continue;
    const done = one.restored === undefined || one.restored * 60 >= asOf ? undefined : one.restored * 60;
    const end = epochSecondsOf(done ?? asOf);
    const marks = one.changes.map((after) => (one.opened + after) * 60);
    const pauses = marks.flatMap((from, index) => (index % 2 === 0 ? [{ from: epochSecondsOf(from), to: epochSecondsOf(marks[index + 1] ?? asOf) }] : []));
    const open = (from: number, to: number, without: typeof pauses = []): number => {
      if (clock !== undefined) {
        const seconds = clock.openSecondsBetween(epochSecondsOf(from), epochSecondsOf(to), without);
        assert.ok(!isProblem(seconds));
        return seconds;
      }
      return without.reduce((rest, pause) => rest - Math.max(0, Math.min(pause.to, to) - Math.max(pause.from, from)), to - from);
    };
    if (done === undefined && one.closed !== undefined && one.closed * 60 < asOf) tally.unknown++;
    else if (done !== undefined && done < start) tally.unknown++;
    else {
      let allowed: number;
      if ('hours' in limit) allowed = limit.hours * 3600;
      else {
        const due = clock!.dueAfterWorkingDays(start, limit.days);
        assert.ok(!isProblem(due));
        allowed = open(start, due);
      }
      const late = open(start, end, pauses) > allowed;
      if (late) tally.missed++;
      else if (done === undefined) tally.notDue++;
      else tally.met++;
    }
  }
  return tally;
}

describe('measuring against the obvious way', function () {
  this.timeout(120_000);

  it('agrees on every month, clock, pause and change of the clocks', async () => {
    await fc.assert(fc.asyncProperty(fc.array(ticket, { minLength: 1, maxLength: 40 }), hours, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 6 }), async (tickets, open, within, days) => {
      const text = `
service mail
customer retail
priority P1
priority P2
calendar office { timezone Europe/London  open ${open}  holidays GB-ENG  closed 2026-10-26 }
source tickets of incident from "t.csv" {
  dates iso in Europe/London
  history by id at at
  pause while waiting = "yes"
  map opened = opened
  map restored = restored
  map closed = closed
  map priority = priority
}
sla gold for mail with retail {
  support hours office
  target hours restore P1 within ${within}h for 95% per month from tickets
  target days restore P1 within ${days} working days for 95% per month from tickets
  target elapsed restore P1 within ${within}h for 95% per month from tickets in always
}`;
      const rows = tickets.flatMap((one, index) => [0, ...one.changes].map((after, change) => [
        `T${index}`, iso(one.opened + after), change % 2 === 1 ? 'yes' : 'no', iso(one.opened), one.restored === undefined ? '' : iso(one.restored), one.closed === undefined ? '' : iso(one.closed), one.priority,
      ].join(',')));
      const project = new MeasuredProject(text, { 't.csv': ['id,at,waiting,opened,restored,closed,priority', ...rows].join('\n') });
      try {
        const result = await project.measure('2026-11-10');
        const office = resolveDeclaredCalendar(project.model, 'office');
        assert.ok(!isProblem(office));
        const clock = new BusinessClock(office);
        const counted = tickets.filter(({ priority }) => priority === 'P1');
        for (const figure of result.figures) {
          const name = figure.subject.kind === 'target' ? figure.subject.target : '';
          const wanted = expected(counted, name === 'elapsed' ? undefined : clock, name === 'days' ? { days } : { hours: within }, figure.period, clock);
          const own = figureOf(result, name, figure.period);
          const amount = (reasons: RegExp): number => own.excluded.reduce((sum, { reason, amount: text_ }) => sum + (reasons.test(reason) ? Number(text_) : 0), 0);
          if (own.numerator === undefined) assert.deepEqual(wanted, { met: 0, missed: 0, notDue: 0, unknown: 0 });
          else {
            assert.deepEqual(
              { met: Number(own.numerator), missed: Number(own.denominator) - Number(own.numerator), notDue: amount(/not yet due/), unknown: amount(/closed without|before/) },
              wanted, `${name} ${figure.period}`,
            );
          }
        }
      } finally {
        project.remove();
      }
    }), { numRuns: 25 });
  });

  it('agrees minute by minute on availability', async () => {
    const outage = fc.record({ from: fc.integer({ min: Date.UTC(2026, 2, 20) / 60_000, max: Date.UTC(2026, 3, 3) / 60_000 }), minutes: fc.integer({ min: 1, max: 2000 }), planned: fc.boolean(), service: fc.constantFrom('mail', 'web', 'other') });
    await fc.assert(fc.asyncProperty(fc.array(outage, { maxLength: 8 }), hours, fc.boolean(), async (outages, open, excepted) => {
      const text = `
service mail
service web
service other
customer retail
calendar office { timezone Europe/London  open ${open}  maintenance Sun 00:30-04:00 }
source outages of outage from "o.csv" { complete until 2026-03-31 dates iso in UTC  key id  map started = down  map ended = up  map planned = planned  map service = service }
sla gold for mail, web with retail { service hours office ${excepted ? 'except maintenance' : ''}  target up availability >= 99% per month from outages }`;
      const rows = outages.map(({ from, minutes, planned, service }, index) => [`O${index}`, iso(from), iso(from + minutes), planned, service].join(','));
      const project = new MeasuredProject(text, { 'o.csv': ['id,down,up,planned,service', 'first,2025-01-01,2025-01-01,false,other', ...rows].join('\n') });
      try {
        const figure = figureOf(await project.measure('2026-04-10'), 'up', '2026-03');
        const calendar = resolveDeclaredCalendar(project.model, 'office');
        assert.ok(!isProblem(calendar));
        const [clock, served] = [new BusinessClock(calendar), new BusinessClock(calendar, { withoutMaintenance: true })];
        let [up, agreed] = [0, 0];
        for (let at = Date.UTC(2026, 2, 1) / 60_000; at < (Date.UTC(2026, 3, 1) - 3_600_000) / 60_000; at++) {
          const here = outages.filter(({ from, minutes, service }) => service !== 'other' && from <= at && at < from + minutes);
          const moment = epochSecondsOf(at * 60);
          if ((excepted ? served : clock).isOpenAt(moment) !== true || (excepted && here.some(({ planned }) => planned))) continue;
          agreed += 60;
          if (here.length === 0) up += 60;
        }
        assert.deepEqual([figure.numerator, figure.denominator], [String(up), String(agreed)]);
      } finally {
        project.remove();
      }
    }), { numRuns: 12 });
  });
});
