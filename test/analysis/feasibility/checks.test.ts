import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FragmentBuilder } from '../../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../../language/model/project-model.ts';
import { BusinessClock } from '../../../language/values/business-clock.ts';
import { resolveCalendar, type CalendarDefinition } from '../../../language/values/calendar.ts';
import { dateFrom } from '../../../language/values/date.ts';
import { epochSecondsOf } from '../../../language/values/instant.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { startOfDate } from '../../../language/values/time-zone.ts';
import type { FeasibilityCheck, FeasibilityCheckKind } from '../../../server/analysis/feasibility/check.ts';
import { FeasibilityStudy } from '../../../server/analysis/feasibility/study.ts';
import { worstCase, type TimeLimit } from '../../../server/analysis/feasibility/time-limit.ts';

const builder = new FragmentBuilder();
const asOf = dateFrom('2026-11-10');

function studyOf(text: string): FeasibilityStudy {
  const model = new ProjectModel();
  model.update('model.itsms', builder.build('model.itsms', text));
  return new FeasibilityStudy().look(model, asOf);
}

function check(text: string, kind: FeasibilityCheckKind, agreement = 'gold'): FeasibilityCheck | undefined {
  const found = studyOf(text).withWorkload(agreement)?.checks.find((one) => one.kind === kind);
  // Numbers hold on to their units, which no expectation is about.
  return found && (JSON.parse(JSON.stringify(found).replaceAll('\u00a0', ' ')) as FeasibilityCheck);
}

const head = `customer retail
team t1
team t2
supplier s1
priority P1
priority P2
source tickets of incident from "tickets.csv" { dates iso }
calendar office { timezone Europe/London  open Mon-Fri 08:00-18:00  holidays GB-ENG }
calendar shifts { timezone Europe/London  open Mon-Fri 06:00-22:00  holidays GB-ENG }
calendar pune { timezone Asia/Kolkata  open Mon-Fri 09:00-18:00 }
service top { depends on a }
service a
`;
const sla = (facts: string): string => `sla gold "Gold" for top with retail {\n${facts}\n}\n`;
const ola = (facts: string): string => `ola under "Under" by t1 for a {\n${facts}\n}\n`;

describe('feasibility of availability', () => {
  const text = (promise: string): string => `${head}${sla('target uptime availability >= 99.9% per month')}${ola(`target uptime availability >= ${promise} per month`)}`;

  it('says the shortfall in minutes, the arithmetic and what would close the gap', () => {
    const found = check(text('99.5%'), 'availability');
    assert.equal(found?.verdict, 'notKept');
    // 0.4% of 30 days
    assert.equal(found.marginSeconds, '-10368');
    assert.match(found.summary, /allows 99\.5% at most, 172\.8 min a month short; the weakest link is “Under” with 99\.5%/);
    assert.deepEqual(found.steps, ['“Under”: 99.5%', '99.9% − 99.5% = 0.4%, of 43,200 min agreed in November 2026: 172.8 min']);
    assert.deepEqual(found.remedies.map(({ wanted }) => wanted), ['promise at least 99.9%']);
  });

  it('says how much is left, never more than there is', () => {
    const found = check(text('99.95%'), 'availability');
    assert.deepEqual([found?.verdict, found?.margin], ['kept', 'can be kept: 21.6 min a month left']);
  });

  it('counts the agreed time of the service hours, without excepted maintenance', () => {
    const model = text('99.5%').replace('target uptime availability >= 99.9%', 'service hours office\n  except maintenance\n  target uptime availability >= 99.9%').replace('holidays GB-ENG }', 'holidays GB-ENG  maintenance Mon 08:00-09:00 }');
    // November 2026 has 21 working days of ten hours, five of them Mondays.
    assert.equal(check(model, 'availability')?.figures?.agreedSeconds, (21 * 10 - 5) * 3600);
  });

  it('tells what nobody promises', () => {
    const found = check(`${head}${sla('target uptime availability >= 99.9% per month')}`, 'availability');
    assert.deepEqual([found?.verdict, found?.unsupported], ['unknown', ['Service:a']]);
    assert.match(found?.summary ?? '', /nobody promises the availability of a; without a failure there it would be 100%/);
  });

  it('compares nothing with a target that is weighted by users or about a part', () => {
    const found = check(`${head}${sla('target uptime availability >= 99.9% weighted by users per month')}${ola('target uptime availability >= 99% per month')}`, 'availability');
    assert.deepEqual([found?.verdict, found?.notComparable.length], ['unknown', 1]);
  });

  it('is kept once every promise is what it says it would have to be', () => {
    const promille = fc.integer({ min: 9000, max: 9999 });
    fc.assert(
      fc.property(fc.array(promille, { minLength: 1, maxLength: 5 }), fc.integer({ min: 9500, max: 9999 }), (promises, target) => {
        const model = (of: (index: number) => string): string =>
          `customer retail\n${promises.map((_, index) => `team t${index}\nservice a${index}${index > 0 && index % 2 === 0 ? ` { depends on a${index - 1} }` : ''}\nola o${index} by t${index} for a${index} { target uptime availability >= ${of(index)}% per month }`).join('\n')}\nservice top { depends on ${promises.map((_, index) => `a${index}`).join(', ')} }\n${sla(`target uptime availability >= ${target / 100}% per month`)}`;
        const before = check(model((index) => String(promises[index]! / 100)), 'availability');
        if (before?.verdict !== 'notKept') return;
        const wanted = before.remedies.map((remedy) => ({ index: Number(remedy.agreement.slice('Agreement:o'.length)), percent: /at least ([\d.]+)%/.exec(remedy.wanted)?.[1] ?? '', isAlone: remedy.message.includes('; alone') }));
        const alone = wanted.filter(({ isAlone }) => isAlone);
        for (const { index, percent } of alone) assert.equal(check(model((at) => (at === index ? percent : String(promises[at]! / 100))), 'availability')?.verdict, 'kept', `${index} ${percent}`);
        if (alone.length === 0 && wanted.length > 0) {
          assert.equal(check(model((at) => wanted.find(({ index }) => index === at)?.percent ?? String(promises[at]! / 100)), 'availability')?.verdict, 'kept', JSON.stringify(wanted));
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('feasibility of times', () => {
  const text = (above: string, under: string): string => `${head}${sla(above)}${ola(under)}`;

  it('adds what passes until work is handed on, unless one source measures both from their opening', () => {
    const [above, under] = ['target respond respond P1 within 30min\n  target fix restore P1 within 4h', 'target fix restore P1 within 3h45min'];
    const found = check(text(above, under), 'time');
    assert.deepEqual([found?.verdict, found?.marginSeconds], ['notKept', String(-15 * 60)]);
    assert.match(found?.summary ?? '', /15 min longer: “Under” has a restored within 3 h 45 min, after within 30 min until it is handed on/);
    const measured = check(text(above.replace('4h', '4h from tickets'), `${under} from tickets`), 'time');
    assert.deepEqual([measured?.verdict, measured?.marginSeconds], ['kept', String(15 * 60)]);
  });

  it('holds different clocks against each other at the worst moment of the year', () => {
    const found = check(text('support hours shifts\n  target fix restore P1 within 8h', 'support hours office\n  target fix restore P1 within 6h'), 'time');
    assert.equal(found?.verdict, 'notKept');
    assert.deepEqual(found.remedies.map(({ message }) => message), ['“Under” would have to count its time in shifts']);
    assert.equal(check(text('support hours office\n  target fix restore P1 within 6h', 'support hours always\n  target fix restore P1 within 6h'), 'time')?.verdict, 'kept');
  });

  it('compares working days with hours', () => {
    assert.equal(check(text('support hours office\n  target fix restore P1 within 2 working days', 'support hours office\n  target fix restore P1 within 10h'), 'time')?.verdict, 'kept');
    assert.equal(check(text('support hours office\n  target fix restore P1 within 10h', 'support hours office\n  target fix restore P1 within 2 working days'), 'time')?.verdict, 'notKept');
  });

  it('tells an average from a share, and months from hours, as not comparable', () => {
    const average = check(text('target fix restore P1 within 4h for 90%', 'target fix restore P1 within 2h on average'), 'time');
    assert.deepEqual([average?.verdict, average?.notComparable], ['unknown', ['“Under” promises “fix” (restore P1 within 2 h on average), and an average cannot be held against a share']]);
    const months = check(text('target fix restore P1 within 4h', 'target fix restore P1 within 1mo'), 'time');
    assert.equal(months?.verdict, 'unknown');
    assert.match(months.summary, /1mo is as long as the months/);
  });

  it('finds a promise for fewer records', () => {
    const found = check(text('target fix restore P1 within 4h for 95%', 'target fix restore P1 within 4h for 90%'), 'time');
    assert.deepEqual([found?.verdict, found?.remedies.map(({ wanted }) => wanted)], ['notKept', ['hold for 95%']]);
  });

  it('takes the quickest of several that do the same', () => {
    const model = `${head.replace('depends on a', 'depends on any of a, b')}service b\n${sla('target fix restore P1 within 4h')}${ola('target fix restore P1 within 8h')}ola other by t2 for b { target fix restore P1 within 2h }\n`;
    assert.equal(check(model, 'time')?.verdict, 'kept');
  });

  it('looks for no restoring from who promises it for other priorities', () => {
    const found = check(text('target fix restore P1 within 4h', 'target fix restore P2 within 8h'), 'time');
    assert.deepEqual([found?.verdict, found?.unsupported], ['unknown', ['Service:a']]);
  });
});

describe('feasibility of hours, validity and workload', () => {
  it('covers support hours by support and on-call hours, over zones and holidays', () => {
    const model = (under: string): string => `${head}${sla('support hours office')}${ola(under)}`;
    const found = check(model('support hours pune'), 'support-hours');
    assert.equal(found?.verdict, 'notKept');
    // Pune works until 12:30 in London in winter and 13:30 in summer: an office day in winter lacks five and a half hours.
    assert.match(found.summary, /In part of these hours nobody underneath works: [\d,]+ h/);
    assert.match(found.remedies[0]?.message ?? '', /would have to cover support hours office/);
    assert.equal(check(model('support hours pune\n  on-call hours always'), 'support-hours'), undefined);
  });

  it('counts in a month with a change of clocks as the clocks do', () => {
    const model = `${head}${sla('support hours office')}${ola('support hours pune')}`;
    // December 2026 has 23 weekdays, less two for Christmas (25th, and the 28th for the 26th): 21 days of five and a half hours.
    const days = check(model, 'support-hours');
    const worst = /([\d,]+) h( \d+ min)? in (\w+ \d+)/.exec(days?.summary.replaceAll('\u00a0', ' ') ?? '');
    assert.ok(worst);
    const hours = Number(worst[1]) + (worst[2] ? 0.5 : 0);
    assert.equal(hours % 5.5, 0);
  });

  it('asks for a promise in all service hours, maintenance too where it is not excepted', () => {
    const model = (exceptions: string): string => `${head}calendar week { timezone Europe/London  open Mon-Sun 00:00-24:00  maintenance Sun 02:00-04:00 }\n${sla(`service hours week\n  ${exceptions}\n  target uptime availability >= 99% per month`)}${ola('service hours week\n  except maintenance\n  target uptime availability >= 99.9% per month')}`;
    const found = check(model('no exceptions'), 'service-hours');
    assert.equal(found?.verdict, 'notKept');
    assert.match(found.summary.replaceAll('\u00a0', ' '), /10 h in November 2026/);
    assert.equal(check(model('except maintenance'), 'service-hours'), undefined);
  });

  it('sees an agreement that ends early, unless another follows it', () => {
    const model = (more: string): string => `${head}${sla('valid 2026-01-01 to 2027-03-31')}${ola('valid 2026-01-01 to 2027-02-28')}${more}`;
    const found = check(model(''), 'validity');
    assert.deepEqual([found?.verdict, found?.marginSeconds], ['notKept', String(-31 * 86_400)]);
    assert.equal(check(model('ola next by t1 for a { valid 2027-03-01 to 2027-12-31 }'), 'validity'), undefined);
    assert.equal(check(model('ola next by t1 for a { valid 2027-03-02 to 2027-12-31 }'), 'validity')?.marginSeconds, String(-31 * 86_400));
  });

  it('adds up workload limits of all that rests on the same', () => {
    const model = `${head}service other { depends on a }\nsla silver "Silver" for other with retail { workload calls <= 300 per month }\n${sla('workload calls <= 100 per month')}${ola('workload calls <= 60 per month')}`;
    const found = check(model, 'workload');
    assert.equal(found?.verdict, 'unknown');
    assert.match(found.summary, /takes up to 60 per month, and the SLAs that rest on it allow 400 together: it is enough as long as at most 15% of them reach it/);
    assert.equal(check(model.replace('<= 60', '<= 400'), 'workload')?.verdict, 'kept');
  });

  it('says nothing of an agreement that is not in force', () => {
    assert.equal(studyOf(`${head}${sla('valid 2027-01-01')}`).of('gold'), undefined);
  });
});

const calendars: readonly CalendarDefinition[] = [
  { timeZone: 'UTC', weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], hours: [{ fromMinutes: 0, toMinutes: 1440 }] }], holidayRegions: [], closed: [], extraOpen: [], maintenance: [] },
  { timeZone: 'Europe/London', weekly: [{ days: [1, 2, 3, 4, 5], hours: [{ fromMinutes: 480, toMinutes: 1080 }] }], holidayRegions: [], closed: [], extraOpen: [], maintenance: [] },
  { timeZone: 'Europe/London', weekly: [{ days: [1, 3, 6], hours: [{ fromMinutes: 600, toMinutes: 720 }, { fromMinutes: 840, toMinutes: 1000 }] }], holidayRegions: [], closed: [], extraOpen: [], maintenance: [] },
];
const clocks = calendars.map((definition) => {
  const calendar = resolveCalendar(definition);
  assert.ok(!isProblem(calendar));
  return new BusinessClock(calendar);
});

describe('the worst case of limits one after the other', () => {
  const limit: fc.Arbitrary<TimeLimit> = fc.record({ within: fc.oneof(fc.integer({ min: 1, max: 40 }).map((count) => `${count * 15}min`), fc.integer({ min: 1, max: 3 }).map((days) => `${days} working ${days === 1 ? 'day' : 'days'}`)), calendar: fc.integer({ min: 0, max: 2 }).map(String) });

  it('is no better than any moment of five weeks around a change of the clocks, tried one by one', () => {
    const from = dateFrom('2026-10-01');
    fc.assert(
      fc.property(fc.array(limit, { minLength: 1, maxLength: 2 }), limit, (chain, promise) => {
        const found = worstCase(chain, promise, from, (calendar) => clocks[Number(calendar)]!);
        assert.ok(!isProblem(found));
        const due = ({ within, calendar }: TimeLimit, start: number): number => {
          const clock = clocks[Number(calendar)]!;
          const days = /^(\d+) working/.exec(within);
          const moment = days ? clock.dueAfterWorkingDays(epochSecondsOf(start), Number(days[1])) : clock.dueAfter(epochSecondsOf(start), Number(within.replace('min', '')) * 60);
          assert.ok(!isProblem(moment));
          return moment;
        };
        const begin = startOfDate(clocks[1]!.timeZone, from);
        for (let start = begin; start < begin + 35 * 86_400; start = epochSecondsOf(start + 15 * 60)) {
          const through = chain.reduce((at, one) => due(one, at), start as number);
          assert.ok(through - due(promise, start) <= found.through - found.due);
        }
      }),
      { numRuns: 25 },
    );
  });
});

const facts = ['target uptime availability >= 99.9% per month', 'target uptime availability >= 99% per year', 'target fix restore P1 within 2h', 'support hours pune', 'valid 2026-01-01 to 2027-02-28', 'service hours shifts'];
const editOf = (olas: fc.Arbitrary<string[] | null>) => fc.record({
  needs: fc.tuple(...Array.from({ length: 5 }, (_, index) => fc.tuple(fc.subarray(Array.from({ length: 5 - index }, (__, at) => `n${index + at + 1}`)), fc.boolean()))),
  titles: fc.tuple(...Array.from({ length: 6 }, () => fc.constantFrom('', ' "One"', ' "Other"'))),
  sites: fc.tuple(...Array.from({ length: 6 }, () => fc.constantFrom('', 'site leeds', 'provided by s1'))),
  olas: fc.tuple(...Array.from({ length: 6 }, () => olas)),
  hours: fc.constantFrom('08:00-18:00', '09:00-17:00'),
});

/** Some add and remove agreements and move calendars, others state the same names anew. */
const edits = fc.oneof(
  fc.array(editOf(fc.option(fc.subarray(facts))), { minLength: 2, maxLength: 5 }),
  fc.array(editOf(fc.subarray(facts)), { minLength: 2, maxLength: 8 }).map((list) => list.map((one) => ({ ...one, hours: list[0]!.hours }))),
);

type Edit = typeof edits extends fc.Arbitrary<(infer T)[]> ? T : never;

/** One half of all pairs, always the same. */
function isAsked(name: string, text: string): boolean {
  let sum = 0;
  for (const letter of `${name} ${text}`) sum = (sum * 31 + letter.codePointAt(0)!) % 65_521;
  return sum % 2 === 0;
}

describe('a study that is told of edits', () => {
  it('says the same as one that sees the last state only', () => {
    const textOf = ({ needs, titles, sites, olas, hours }: Edit): string =>
      [
        head.replace('08:00-18:00', hours),
        'organization acme { sites leeds }',
        ...titles.map((title, index) => `service n${index}${title} { ${[...(needs[index] && needs[index][0].length > 0 ? [`depends on ${needs[index][1] ? 'any of ' : ''}${needs[index][0].join(', ')}`] : []), sites[index]!].join('  ')} }`),
        ...olas.flatMap((own, index) => (own ? [`ola o${index} by t1 for n${index} { ${own.join('  ')} }`] : [])),
        'sla one for n0 with retail { valid 2026-01-01 to 2027-06-30  support hours office  target uptime availability >= 99.5% per month  target fix restore P1 within 4h }',
        'sla two for n1, n2 with retail { service hours office  target uptime availability >= 99.5% per quarter }',
      ].join('\n');
    fc.assert(
      fc.property(edits, (states) => {
        const model = new ProjectModel();
        const study = new FeasibilityStudy();
        for (const one of states) {
          const text = textOf(one);
          model.update('model.itsms', builder.build('model.itsms', text, model.fragment('model.itsms')));
          study.look(model, asOf);
          const fresh = studyOf(text);
          // Half of the answers are only judged, so that later ones follow answers that nobody has put into words.
          for (const { name } of model.all('Agreement')) {
            const said = fresh.withWorkload(name);
            assert.deepEqual(study.of(name)?.judgements.map(({ verdict }) => verdict), said?.checks.slice(0, study.of(name)?.judgements.length).map(({ verdict }) => verdict));
            if (isAsked(name, text)) assert.deepEqual(study.withWorkload(name), said);
          }
        }
        const fresh = new FeasibilityStudy().look(model, asOf);
        for (const { name } of model.all('Agreement')) assert.deepEqual(study.withWorkload(name), fresh.withWorkload(name));
      }),
      { numRuns: 25 },
    );
  });
});
