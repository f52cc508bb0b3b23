import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OfficeClock, officeText, Wall, type Hours, type Office } from './differential-clock.ts';
import type { Figure } from '../../server/measurement/figure.ts';
import { MeasuredProject } from './measured-project.ts';

/**
 * Figures of random tickets against a second implementation that is slow and obvious: it shares nothing with the first, not even the clock.
 * A failure prints the seed and the smallest project that shows it.
 */

const day = 1440;
const asOf = '2026-11-10';
const utc = (year: number, month: number, date: number): number => Date.UTC(year, month - 1, date) / 60_000;

// A minute around the changes of the clocks in some zone, or anywhere.
const around = (...at: readonly [number, number, number]): fc.Arbitrary<number> => fc.integer({ min: utc(...at) - 2 * day, max: utc(...at) + 3 * day });
const minute = fc.oneof(around(2026, 3, 8), around(2026, 3, 29), around(2026, 4, 5), around(2026, 10, 25), fc.integer({ min: utc(2026, 1, 1), max: utc(2026, 11, 8) }));

const zones = ['Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC', 'Pacific/Auckland'] as const;
const week = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'] as const;
const all = [...week, 'Sat', 'Sun'] as const;
// Between one and four o'clock, where clocks change, nothing opens or closes.
const plans: readonly (readonly Hours[])[] = [
  [{ days: week, ranges: [[480, 1080]] }],
  [{ days: all, ranges: [[0, 1440]] }],
  [{ days: week, ranges: [[450, 720], [780, 1155]] }, { days: ['Sat'], ranges: [[540, 720]] }],
  [{ days: week, ranges: [[1320, 360]] }],
  [{ days: ['Sun', 'Wed'], ranges: [[0, 300], [1200, 1440]] }],
];
const office: fc.Arbitrary<Office> = fc.record({
  zone: fc.constantFrom(...zones), hours: fc.constantFrom(...plans),
  closed: fc.uniqueArray(fc.constantFrom('2026-03-30', '2026-04-03', '2026-05-25', '2026-10-26', '2026-12-25'), { maxLength: 3 }),
});

/** What a row of an export says. */
interface Row {
  readonly after: number;
  readonly waiting: boolean;
  readonly priority: 'P1' | 'P2' | 'P9' | '';
  readonly service: 'mail' | 'web' | 'other';
  readonly handed: number;
  readonly state: 'Open' | 'Resolved';
  readonly tellsEnd: boolean;
}

interface Ticket {
  readonly opened: number;
  readonly ends: { readonly after: number } | 'open' | 'unreadable';
  readonly closedAfter: number | undefined;
  /** Written in UTC, or as the clocks on the wall show it. */
  readonly offset: boolean;
  readonly rows: readonly Row[];
}

const row: fc.Arbitrary<Row> = fc.record({
  after: fc.integer({ min: 0, max: 15_000 }), waiting: fc.boolean(), priority: fc.constantFrom('P1', 'P1', 'P2', 'P9', ''), service: fc.constantFrom('mail', 'mail', 'web', 'other'),
  handed: fc.integer({ min: 0, max: 3 }), state: fc.constantFrom('Open', 'Resolved'), tellsEnd: fc.boolean(),
});
const ticket: fc.Arbitrary<Ticket> = fc.record({
  opened: minute,
  ends: fc.oneof({ weight: 8, arbitrary: fc.record({ after: fc.integer({ min: -60, max: 15_000 }) }) }, { weight: 2, arbitrary: fc.constant('open' as const) }, { weight: 1, arbitrary: fc.constant('unreadable' as const) }),
  closedAfter: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined }), offset: fc.boolean(),
  rows: fc.uniqueArray(row, { minLength: 1, maxLength: 5, selector: ({ after }) => after }).map((rows) => [...rows].sort((a, b) => a.after - b.after)),
});

interface Target {
  readonly measure: 'restore' | 'close';
  readonly priorities: readonly ('P1' | 'P2')[];
  readonly limit: { readonly minutes: number } | { readonly days: number };
  readonly share: number;
  readonly clock: 'office' | 'desk' | 'always';
  readonly period: 'month' | 'quarter' | 'year';
  readonly fewHanded: boolean;
  readonly minimum: number | undefined;
  /** From this date on another limit applies. */
  readonly changed: { readonly since: string; readonly minutes: number } | undefined;
}

const target: fc.Arbitrary<Target> = fc.record({
  measure: fc.constantFrom('restore', 'restore', 'close'), priorities: fc.subarray(['P1', 'P2'] as const), share: fc.integer({ min: 1, max: 100 }),
  limit: fc.oneof(fc.record({ minutes: fc.integer({ min: 1, max: 6000 }) }), fc.record({ days: fc.integer({ min: 0, max: 6 }) })),
  clock: fc.constantFrom('office', 'desk', 'always'), period: fc.constantFrom('month', 'month', 'quarter', 'year'), fewHanded: fc.boolean(),
  minimum: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined, freq: 4 }),
  changed: fc.option(fc.record({ since: fc.constantFrom('2026-03-15', '2026-04-01', '2026-10-25'), minutes: fc.integer({ min: 1, max: 3000 }) }), { nil: undefined, freq: 3 }),
}).map((one) => ('days' in one.limit && one.clock === 'always' ? { ...one, clock: 'desk' as const } : one)) as fc.Arbitrary<Target>;

interface Project {
  readonly office: Office;
  readonly desk: Office;
  readonly zone: string;
  readonly tickets: readonly Ticket[];
  readonly targets: readonly Target[];
  readonly history: boolean;
  readonly keep: 'first' | 'last' | 'all';
  readonly end: 'column' | 'first time' | 'last time';
  readonly pattern: boolean;
  readonly services: readonly ('mail' | 'web')[];
  readonly validFrom: string | undefined;
}

const project: fc.Arbitrary<Project> = fc.record({
  office, desk: office, zone: fc.constantFrom(...zones), tickets: fc.array(ticket, { minLength: 1, maxLength: 150, size: 'max' }), targets: fc.array(target, { minLength: 3, maxLength: 8 }), history: fc.boolean(),
  keep: fc.constantFrom('first', 'last', 'all'), end: fc.constantFrom('column', 'first time', 'last time'), pattern: fc.boolean(),
  services: fc.constantFrom(['mail'] as const, ['mail', 'web'] as const), validFrom: fc.option(fc.constantFrom('2026-02-10', '2026-04-01'), { nil: undefined, freq: 4 }),
});

function minutesText(minutes: number): string {
  return `${minutes}min`;
}

function modelText(one: Project): string {
  const times = one.history && one.end !== 'column' ? `${one.end} state = "Resolved"` : 'restored';
  const within = (limit: Target['limit']): string => ('days' in limit ? `${limit.days} working days` : minutesText(limit.minutes));
  const targets = one.targets.flatMap((target, index) => {
    const say = (limit: Target['limit'], more: string): string => `  target t${index} ${target.measure} ${target.priorities.join(', ')} within ${within(limit)} for ${target.share}% per ${target.period} from tickets in ${target.clock} ${target.fewHanded ? 'where reassignments <= 1' : ''} ${target.minimum === undefined ? '' : `minimum sample ${target.minimum}`} ${more}`;
    return [say(target.limit, ''), ...(target.changed === undefined ? [] : [say({ minutes: target.changed.minutes }, `since ${target.changed.since}`)])];
  });
  return `
service mail
service web
service other
customer retail
priority P1
priority P2
calendar office { ${officeText(one.office)} }
calendar desk { ${officeText(one.desk)} }
source tickets of incident from "t.csv" {
  dates ${one.pattern ? '"dd/MM/yyyy HH:mm"' : 'iso'} in ${one.zone}
  ${one.history ? `history by id at at\n  keep ${one.keep}\n  pause while waiting = "yes"` : `key id\n  keep ${one.keep}`}
  map opened = opened
  map restored = ${times}
  map closed = closed
  map priority = priority
  map service = service
  map reassignments = handed
}
sla gold for ${one.services.join(', ')} with retail {
  ${one.validFrom === undefined ? '' : `valid ${one.validFrom}`}
${targets.join('\n')}
}
metric every-one { from tickets value count every month by priority }
metric quick { from tickets value share of restored - opened <= 8h in office every month }
metric typical { from tickets value median of restored - opened every quarter }
metric slow { from tickets where reassignments > 0 value p90 of restored - opened in desk every year }
metric longest { from tickets value max of restored - opened in office every month by service }
metric mean-time { from tickets value mean of restored - opened in desk every month }
metric handed { from tickets where priority = P1 value sum of reassignments every month }
`;
}

/** A record as it is read: minutes since 1970. */
interface Known {
  readonly key: string;
  readonly opened: number;
  readonly restored: number | 'unreadable' | undefined;
  readonly closed: number | undefined;
  readonly priority: string;
  readonly service: string;
  readonly handed: number;
  readonly pauses: readonly (readonly [number, number])[];
}

/** What is written into the export, and what a careful reader takes it for. */
function written(one: Project): { readonly csv: string; readonly records: readonly Known[]; readonly end: number } {
  const wall = Wall.of(one.zone);
  const end = wall.beginOf('2026-11-11');
  const moment = (at: number, offset: boolean): { text: string; at: number } => {
    const date = wall.dateOf(at);
    if (one.pattern) return { text: `${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)} ${wall.timeOf(at)}`, at: wall.firstAlike(at) };
    return offset ? { text: new Date(at * 60_000).toISOString(), at } : { text: `${date} ${wall.timeOf(at)}`, at: wall.firstAlike(at) };
  };
  const lines: string[] = [];
  const records: Known[] = [];
  // Without a history, every third ticket has the key of the one before it.
  const keyOf = (index: number): string => `T${one.history || index % 3 !== 2 ? index : index - 1}`;
  const parts = new Map<string, { readonly record: Known; readonly at: number; readonly row: Row; readonly position: number }[]>();
  for (const [index, ticket] of one.tickets.entries()) {
    const rows = one.history ? ticket.rows : ticket.rows.slice(0, 1);
    for (const row of rows) {
      const opened = moment(ticket.opened, ticket.offset);
      const at = moment(ticket.opened + row.after, ticket.offset);
      const restored = !row.tellsEnd && one.history || ticket.ends === 'open' ? undefined : ticket.ends === 'unreadable' ? { text: 'soon', at: 'unreadable' as const } : moment(ticket.opened + ticket.ends.after, ticket.offset);
      const closed = ticket.closedAfter === undefined ? undefined : moment(ticket.opened + ticket.closedAfter, ticket.offset);
      lines.push([keyOf(index), at.text, row.waiting ? 'yes' : 'no', opened.text, restored?.text ?? '', closed?.text ?? '', row.priority, row.service, row.handed, row.state].join(','));
      const record: Known = { key: keyOf(index), opened: opened.at, restored: restored?.at, closed: closed?.at, priority: row.priority === 'P9' ? '' : row.priority, service: row.service, handed: row.handed, pauses: [] };
      const list = parts.get(record.key) ?? [];
      parts.set(record.key, [...list, { record, at: at.at, row, position: lines.length }]);
    }
  }
  for (const rows of parts.values()) {
    // Of two rows of one moment the one further down is the later.
    // What happened after the day was not known on it.
    const sorted = one.history ? rows.filter(({ at }) => at < end).sort((a, b) => a.at - b.at || a.position - b.position) : rows;
    if (sorted.length === 0) continue;
    const pauses = sorted.flatMap(({ at, row }, index): [number, number][] => (row.waiting ? [[at, sorted[index + 1]?.at ?? end]] : []));
    const solved = sorted.filter(({ row }) => row.state === 'Resolved').map(({ at }) => at);
    const restored = one.end === 'first time' ? solved[0] : solved.at(-1);
    const kept = one.keep === 'all' ? sorted : [one.keep === 'first' ? sorted[0]! : sorted.at(-1)!];
    for (const { record } of kept) records.push(one.history ? { ...record, pauses, ...(one.end === 'column' ? {} : { restored }) } : record);
  }
  return { csv: ['id,at,waiting,opened,restored,closed,priority,service,handed,state', ...lines].join('\n'), records, end };
}

interface Tally {
  met: number;
  missed: number;
  notDue: number;
  unknown: number;
}

/** Minutes on a clock, less pauses. */
function taken(clock: OfficeClock | undefined, from: number, to: number, pauses: Known['pauses']): number {
  const open = (a: number, b: number): number => (clock === undefined ? b - a : clock.openMinutes(a, b));
  let sum = open(from, to);
  for (const [begin, end] of pauses) {
    const [a, b] = [Math.max(begin, from), Math.min(end, to)];
    if (a < b) sum -= open(a, b);
  }
  return sum;
}

function periodOf(date: string, kind: Target['period']): string {
  return kind === 'year' ? date.slice(0, 4) : kind === 'month' ? date.slice(0, 7) : `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
}

function lastDayAfter(period: string): string {
  const year = Number(period.slice(0, 4));
  const [from, months] = period.includes('Q') ? [Number(period.slice(6)) * 3 - 2, 3] : period.length === 4 ? [1, 12] : [Number(period.slice(5)), 1];
  return new Date(Date.UTC(year, from - 1 + months, 1)).toISOString().slice(0, 10);
}

function tallyOf(records: readonly Known[], target: Target, limit: Target['limit'], clock: OfficeClock | undefined, end: number, applies: (record: Known) => boolean): Tally {
  const tally: Tally = { met: 0, missed: 0, notDue: 0, unknown: 0 };
  for (const record of records) {
    if (!applies(record)) continue;
    const raw = target.measure === 'close' ? record.closed : record.restored;
    const done = typeof raw === 'number' && raw < end ? raw : undefined;
    if (done === undefined && (raw === 'unreadable' || (target.measure !== 'close' && record.closed !== undefined && record.closed < end))) tally.unknown++;
    else if (done !== undefined && done < record.opened) tally.unknown++;
    else {
      const allowed = 'minutes' in limit ? limit.minutes : clock!.openMinutes(record.opened, clock!.dueAfter(record.opened, limit.days));
      if (taken(clock, record.opened, done ?? end, record.pauses) > allowed) tally.missed++;
      else if (done === undefined) tally.notDue++;
      else tally.met++;
    }
  }
  return tally;
}

function verdictOf({ met, missed, unknown }: Tally, share: number, minimum: number | undefined): Figure['verdict'] {
  const all = met + missed + unknown;
  if (all === 0) return 'unknown';
  if (met + missed < (minimum ?? 0)) return 'tooFew';
  const [least, most] = [met * 100 >= share * all, (met + unknown) * 100 >= share * all];
  return least !== most ? 'unknown' : least ? 'met' : 'missed';
}

function tallied(figure: Figure): Tally {
  const amount = (reasons: RegExp): number => figure.excluded.reduce((sum, { reason, amount: text }) => sum + (reasons.test(reason) ? Number(text) : 0), 0);
  const met = Number(figure.numerator ?? 0);
  return { met, missed: Number(figure.denominator ?? 0) - met, notDue: amount(/not yet due/u), unknown: amount(/closed without|before|cannot be read/u) };
}

const nothing: Tally = { met: 0, missed: 0, notDue: 0, unknown: 0 };
let compared = 0;

function compareTargets(one: Project, figures: readonly Figure[], records: readonly Known[], end: number): void {
  const clocks = { office: new OfficeClock(one.office), desk: new OfficeClock(one.desk), always: undefined };
  for (const [index, target] of one.targets.entries()) {
    const clock = clocks[target.clock];
    const wall = clock?.wall ?? Wall.of(one.zone);
    const [valid, changes] = [one.validFrom === undefined ? -Infinity : wall.beginOf(one.validFrom), target.changed === undefined ? Infinity : wall.beginOf(target.changed.since)];
    const speaksOf = (record: Known): boolean => one.services.some((service) => service === record.service) && (target.priorities.length === 0 || target.priorities.some((priority) => priority === record.priority))
      && (!target.fewHanded || record.handed <= 1) && record.opened >= valid;
    const own = figures.filter(({ subject }) => subject.kind === 'target' && subject.target === `t${index}`);
    const periods = new Set([...own.map(({ period }) => period), ...records.map(({ opened }) => periodOf(wall.dateOf(opened), target.period))].filter((period) => lastDayAfter(period) <= asOf));
    for (const period of periods) {
      const before = tallyOf(records, target, target.limit, clock, end, (record) => speaksOf(record) && periodOf(wall.dateOf(record.opened), target.period) === period && record.opened < changes);
      const since = tallyOf(records, target, target.changed ?? { minutes: 0 }, clock, end, (record) => speaksOf(record) && periodOf(wall.dateOf(record.opened), target.period) === period && record.opened >= changes);
      const figure = own.find((known) => known.period === period);
      const whole = `t${index} in ${period}`;
      if (figure === undefined) {
        assert.deepEqual([before, since], [nothing, nothing], `${whole} is missing`);
        continue;
      }
      const parts = figure.parts ?? [figure];
      const wanted = figure.parts === undefined ? [lastDayAfter(period) <= (target.changed?.since ?? '9999') ? before : since] : [before, since];
      if (figure.parts === undefined) assert.deepEqual(wanted[0] === before ? since : before, nothing, `${whole} has a part too few`);
      for (const [position, part] of parts.entries()) {
        assert.deepEqual(tallied(part), wanted[position], `${whole}, part ${position}`);
        assert.equal(part.verdict, verdictOf(wanted[position]!, target.share, target.minimum), `verdict of ${whole}, part ${position}`);
        compared++;
      }
    }
  }
}

/** What a metric says: numerator and denominator, and how many values are missing. */
type Said = readonly [numerator: string, denominator: string, missing: number];

function compareMetrics(one: Project, figures: readonly Figure[], records: readonly Known[], end: number): void {
  const [officeClock, desk, wall] = [new OfficeClock(one.office), new OfficeClock(one.desk), Wall.of(one.zone)];
  const lengths = (list: readonly Known[], clock: OfficeClock | undefined): { readonly values: number[]; readonly missing: number } => {
    const values = list.flatMap(({ opened, restored, pauses }) => (typeof restored !== 'number' || restored >= end || restored < opened ? [] : [taken(clock, opened, restored, pauses) * 60]));
    return { values: values.sort((a, b) => a - b), missing: list.length - values.length };
  };
  const number = (value: number | undefined, parts: number, missing: number): Said | undefined => (value === undefined ? undefined : [String(value), String(parts), missing]);
  const metrics: Record<string, { readonly kind: Target['period']; readonly by?: 'priority' | 'service'; readonly of?: (record: Known) => boolean; readonly value: (list: readonly Known[]) => Said | undefined }> = {
    'every-one': { kind: 'month', by: 'priority', value: (list) => [String(list.length), '1', 0] },
    quick: { kind: 'month', value: (list) => {
      const { values, missing } = lengths(list, officeClock);
      return [String(values.filter((value) => value <= 8 * 3600).length), String(values.length), missing];
    } },
    typical: { kind: 'quarter', value: (list) => {
      const { values, missing } = lengths(list, undefined);
      return values.length === 0 ? undefined : number((values[Math.floor((values.length - 1) / 2)]! + values[Math.floor(values.length / 2)]!) / 2, 1, missing);
    } },
    slow: { kind: 'year', of: ({ handed }) => handed > 0, value: (list) => {
      const { values, missing } = lengths(list, desk);
      return number(values[Math.ceil(values.length * 0.9) - 1], 1, missing);
    } },
    longest: { kind: 'month', by: 'service', value: (list) => {
      const { values, missing } = lengths(list, officeClock);
      return number(values.at(-1), 1, missing);
    } },
    'mean-time': { kind: 'month', value: (list) => {
      const { values, missing } = lengths(list, desk);
      return values.length === 0 ? undefined : number(values.reduce((sum, value) => sum + value, 0), values.length, missing);
    } },
    handed: { kind: 'month', of: ({ priority }) => priority === 'P1', value: (list) => number(list.length === 0 ? undefined : list.reduce((sum, { handed }) => sum + handed, 0), 1, 0) },
  };
  for (const figure of figures) {
    if (figure.subject.kind !== 'metric') continue;
    const { metric, group } = figure.subject;
    const { kind, by, of, value } = metrics[metric]!;
    const mine = records.filter((record) => record.opened < end && periodOf(wall.dateOf(record.opened), kind) === figure.period && (of?.(record) ?? true)
      && (group === undefined || (by !== undefined && (record[by] === '' ? 'not known' : record[by]) === group[by])));
    const wanted = value(mine);
    const missing = figure.excluded.reduce((sum, { reason, amount }) => sum + (/missing/u.test(reason) ? Number(amount) : 0), 0);
    const named = `${metric} ${JSON.stringify(group ?? {})} in ${figure.period}`;
    if (wanted === undefined || mine.length === 0) {
      assert.ok(figure.value === undefined || Number(figure.value) === 0, `${named} is ${figure.value} without a value`);
      continue;
    }
    assert.deepEqual([figure.numerator ?? figure.value, figure.denominator ?? '1', missing], wanted, named);
    compared++;
  }
}

describe('figures against the obvious way', function () {
  this.timeout(300_000);

  it('agrees on random tickets, histories, keep rules, pauses, calendars, zones, targets that change, and metrics', async () => {
    compared = 0;
    await fc.assert(fc.asyncProperty(project, async (one) => {
      const { csv, records, end } = written(one);
      const measured = new MeasuredProject(modelText(one), { 't.csv': csv });
      try {
        const { figures } = await measured.measure(asOf);
        compareTargets(one, figures, records, end);
        compareMetrics(one, figures, records, end);
      } finally {
        measured.remove();
      }
    }), { numRuns: Number(process.env['ITSMS_RUNS'] ?? 30), interruptAfterTimeLimit: 100_000 });
    // Should figures ever stop coming, nothing would be compared.
    assert.ok(compared > 2000, `only ${compared} figures were compared`);
  });
});
