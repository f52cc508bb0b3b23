/**
 * Makes the synthetic records of ACME Services: 13 months of incidents as a service desk tool exports their history, and the
 * outages of the same months. Run by hand: `node examples/acme/make-data.ts`. What it makes is kept in `data/`; a test makes it
 * again and compares.
 *
 * Everything comes from one seed, so the same script makes the same rows. Nobody in it exists.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BusinessClock } from '../../language/values/business-clock.ts';
import { alwaysOpen, resolveCalendar, type CalendarDefinition } from '../../language/values/calendar.ts';
import { epochSecondsOf, type EpochSeconds } from '../../language/values/instant.ts';
import type { Interval } from '../../language/values/intervals.ts';
import { isProblem, type Problem } from '../../language/values/problem.ts';

const minute = 60;
const hour = 3600;
const day = 86_400;
/** The export was taken at the end of this day. */
const exportedAt = utc(2026, 11, 10, 0, 0);
const months = [
  [2025, 10], [2025, 11], [2025, 12], [2026, 1], [2026, 2], [2026, 3], [2026, 4], [2026, 5], [2026, 6], [2026, 7],
  [2026, 8], [2026, 9], [2026, 10], [2026, 11],
] as const;

// ---------------------------------------------------------------------------------------------------------------- chance

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = randomFrom(20_260_323);
const between = (low: number, high: number): number => low + random() * (high - low);
const whole = (low: number, high: number): number => Math.floor(between(low, high + 1));
const chance = (probability: number): boolean => random() < probability;
/** Mostly small, sometimes large, never above 1. */
const skewed = (): number => Math.min(random(), random()) * 0.85 + 0.02;

function pick<T>(items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('Nothing to pick from.');
  return item;
}

function pickWeighted<T>(items: readonly (readonly [T, number])[]): T {
  let rest = random() * items.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of items) {
    rest -= weight;
    if (rest < 0) return item;
  }
  return pick(items)[0];
}

// ------------------------------------------------------------------------------------------------------------------ time

function utc(year: number, month: number, date: number, hours: number, minutes: number): number {
  return Date.UTC(year, month - 1, date, hours, minutes) / 1000;
}

function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 0));
  return last.getUTCDate() - last.getUTCDay();
}

/** Whether British summer time is in force. */
function isSummer(instant: number): boolean {
  const year = new Date(instant * 1000).getUTCFullYear();
  return instant >= utc(year, 3, lastSunday(year, 3), 1, 0) && instant < utc(year, 10, lastSunday(year, 10), 1, 0);
}

/** The hour that happens twice when summer time ends: people would not know which is meant, so nothing happens in it here. */
function isRepeatedHour(instant: number): boolean {
  const year = new Date(instant * 1000).getUTCFullYear();
  const change = utc(year, 10, lastSunday(year, 10), 1, 0);
  return instant >= change - hour && instant < change + hour;
}

/** As the export writes it: local time at the desk in Leeds, to the minute. */
function local(instant: number | undefined): string {
  if (instant === undefined) return '';
  return new Date((instant + (isSummer(instant) ? hour : 0)) * 1000).toISOString().slice(0, 16).replace('T', ' ');
}

function toMinute(instant: number): number {
  const rounded = Math.floor(instant / minute) * minute;
  return isRepeatedHour(rounded) ? rounded + 2 * hour : rounded;
}

const weekly = (days: readonly (1 | 2 | 3 | 4 | 5 | 6 | 7)[], from: number, to: number) => ({ days, hours: [{ fromMinutes: from * 60, toMinutes: to * 60 }] });

/** As in calendars.itsms. */
const calendars: Readonly<Record<ClockName, CalendarDefinition>> = {
  always: alwaysOpen('Europe/London'),
  office: {
    timeZone: 'Europe/London', weekly: [weekly([1, 2, 3, 4, 5], 8, 18)], holidayRegions: ['GB-ENG'],
    closed: [], extraOpen: [], maintenance: [],
  },
  'store-hours': {
    timeZone: 'Europe/London', weekly: [weekly([1, 2, 3, 4, 5, 6], 7, 22), weekly([7], 9, 18)], holidayRegions: ['GB-ENG'],
    holidayHours: [{ fromMinutes: 9 * 60, toMinutes: 18 * 60 }], closed: [], extraOpen: [], maintenance: [],
  },
  extended: {
    timeZone: 'Europe/London', weekly: [weekly([1, 2, 3, 4, 5], 6, 22), weekly([6], 8, 16)], holidayRegions: ['GB-ENG'],
    closed: [], extraOpen: [], maintenance: [],
  },
};

type ClockName = 'always' | 'office' | 'store-hours' | 'extended';

function certain<T>(value: T | Problem): T {
  if (isProblem(value)) throw new RangeError(value.problem);
  return value;
}

const clocks = new Map<string, BusinessClock>();
function clockOf(name: ClockName): BusinessClock {
  const known = clocks.get(name);
  if (known) return known;
  const clock = new BusinessClock(certain(resolveCalendar(calendars[name])));
  clocks.set(name, clock);
  return clock;
}

// ---------------------------------------------------------------------------------------------------------------- promises

type PriorityName = 'P1' | 'P2' | 'P3' | 'P4';

interface Restoration {
  /** Open hours, or working days. */
  readonly hours?: number;
  readonly workingDays?: number;
  readonly clock: ClockName;
  /** At least this share in time, in percent. */
  readonly share: number;
}

interface Promises {
  readonly respondMinutes: number;
  readonly restore: Readonly<Record<PriorityName, Restoration>>;
}

const gold: Promises = {
  respondMinutes: 15,
  restore: {
    P1: { hours: 4, clock: 'always', share: 95 },
    P2: { hours: 8, clock: 'office', share: 90 },
    P3: { workingDays: 3, clock: 'office', share: 90 },
    P4: { workingDays: 5, clock: 'office', share: 85 },
  },
};
const standard: Promises = {
  respondMinutes: 30,
  restore: {
    P1: { hours: 8, clock: 'always', share: 90 },
    P2: { workingDays: 2, clock: 'office', share: 90 },
    P3: { workingDays: 5, clock: 'office', share: 90 },
    P4: { workingDays: 10, clock: 'office', share: 80 },
  },
};
const trading: Promises = {
  respondMinutes: 15,
  restore: {
    P1: { hours: 2, clock: 'always', share: 95 },
    P2: { hours: 6, clock: 'store-hours', share: 90 },
    P3: { workingDays: 3, clock: 'office', share: 90 },
    P4: { workingDays: 5, clock: 'office', share: 85 },
  },
};
const operations: Promises = { ...trading, restore: { ...trading.restore, P2: { hours: 8, clock: 'extended', share: 90 } } };
const internal: Promises = {
  respondMinutes: 15,
  restore: {
    P1: { hours: 2, clock: 'always', share: 95 },
    P2: { hours: 6, clock: 'office', share: 95 },
    P3: { workingDays: 3, clock: 'office', share: 90 },
    P4: { workingDays: 5, clock: 'office', share: 85 },
  },
};

/** Where incidents come from: a service, as one customer uses it, under one agreement. */
interface Stream {
  readonly service: string;
  readonly customer: string;
  readonly agreement: string;
  readonly promises: Promises;
  readonly perMonth: number;
  readonly items: readonly string[];
  readonly categories: readonly string[];
  readonly group: string;
  readonly supplier?: string;
}

const mailCategories = ['Mailbox access', 'Delivery', 'Mobile access', 'Calendar', 'Quota'];
const workplaceCategories = ['Hardware', 'Operating system', 'Printing', 'Software', 'Performance'];
const collaborationCategories = ['Meetings', 'Shared files', 'Permissions', 'Telephony'];
const accessCategories = ['Connection', 'Token', 'Certificate'];

function stream(service: string, customer: string, agreement: string, promises: Promises, perMonth: number, items: readonly string[], categories: readonly string[], group: string, supplier?: string): Stream {
  const base = { service, customer, agreement, promises, perMonth, items, categories, group };
  return supplier === undefined ? base : { ...base, supplier };
}

const streams: readonly Stream[] = [
  stream('Corporate e-mail', 'ACME Retail', 'email-gold', gold, 165, ['exchange-cluster', 'mail-gateway'], mailCategories, 'Messaging operations'),
  stream('Collaboration', 'ACME Retail', 'workplace-retail', standard, 95, ['collaboration-tenant'], collaborationCategories, 'Messaging operations'),
  stream('Managed workplace', 'ACME Retail', 'workplace-retail', standard, 190, ['laptop-fleet', 'print-queue'], workplaceCategories, 'Workplace engineering'),
  stream('Remote access', 'ACME Retail', 'workplace-retail', standard, 45, ['access-gateway'], accessCategories, 'Network operations'),
  stream('Point of sale', 'ACME Retail', 'store-systems', trading, 150, ['till-fleet', 'till-server'], ['Till', 'Card payment', 'Scanner', 'Receipt printer', 'Price update'], 'Store systems'),
  stream('Web shop', 'ACME Retail', 'online-shop', trading, 60, ['shop-frontend', 'shop-database'], ['Checkout', 'Search', 'Catalogue data', 'Performance'], 'Application operations'),
  stream('Warehouse management', 'ACME Logistics', 'warehouse-gold', operations, 110, ['warehouse-server', 'handheld-fleet'], ['Handheld', 'Label printing', 'Picking', 'Interface'], 'Application operations'),
  stream('Route planning', 'ACME Logistics', 'warehouse-gold', operations, 40, ['route-service'], ['Map data', 'Interface', 'Mobile app'], 'Application operations', 'Routewise'),
  stream('Corporate e-mail', 'ACME Logistics', 'logistics-workplace', standard, 70, ['exchange-cluster', 'mail-gateway'], mailCategories, 'Messaging operations'),
  stream('Collaboration', 'ACME Logistics', 'logistics-workplace', standard, 40, ['collaboration-tenant'], collaborationCategories, 'Messaging operations'),
  stream('Managed workplace', 'ACME Logistics', 'logistics-workplace', standard, 120, ['laptop-fleet', 'print-queue'], workplaceCategories, 'Workplace engineering'),
  stream('Finance and planning', 'ACME Group Services', 'hq-business', standard, 75, ['erp-server', 'erp-database'], ['Posting', 'Period close', 'Authorization', 'Interface', 'Report'], 'Application operations', 'Ledgerworks'),
  stream('Business reporting', 'ACME Group Services', 'hq-business', standard, 40, ['report-server'], ['Load failed', 'Report', 'Authorization'], 'Application operations'),
  stream('Corporate e-mail', 'ACME Group Services', 'hq-workplace', standard, 60, ['exchange-cluster', 'mail-gateway'], mailCategories, 'Messaging operations'),
  stream('Collaboration', 'ACME Group Services', 'hq-workplace', standard, 60, ['collaboration-tenant'], collaborationCategories, 'Messaging operations'),
  stream('Managed workplace', 'ACME Group Services', 'hq-workplace', standard, 95, ['laptop-fleet', 'print-queue'], workplaceCategories, 'Workplace engineering'),
  stream('Remote access', 'ACME Group Services', 'hq-workplace', standard, 35, ['access-gateway'], accessCategories, 'Network operations'),
  // Found by monitoring or by the operators themselves: no customer called.
  stream('Campus and wide-area network', '', 'network-ola', internal, 48, ['core-switch-leeds', 'wan-leeds-pune'], ['Link', 'Switch', 'Wireless', 'Address service'], 'Network operations'),
  stream('Directory and sign-on', '', 'directory-ola', internal, 34, ['directory-servers'], ['Sign-on', 'Synchronisation', 'Certificate'], 'Platform operations'),
  stream('Database platform', '', 'database-ola', internal, 30, ['database-cluster'], ['Storage', 'Replication', 'Performance'], 'Platform operations'),
];

// ----------------------------------------------------------------------------------------------------------------- outages

interface Outage {
  readonly service: string;
  readonly start: number;
  readonly end: number;
  readonly planned: boolean;
  readonly cause: string;
  readonly users: number;
  readonly investigated?: number;
}

/** Services with outages of their own, how many a year, and the longest in minutes. */
const outageHabits: readonly (readonly [string, number, number, readonly string[]])[] = [
  ['Corporate e-mail', 9, 24, ['Mailbox store fail-over', 'Gateway queue stuck', 'Certificate expired']],
  ['Collaboration', 6, 35, ['Provider disturbance', 'Sign-on token service']],
  ['Managed workplace', 4, 40, ['Print server restart', 'Faulty policy rolled back']],
  ['Remote access', 7, 30, ['Gateway restart', 'Provider line']],
  ['Point of sale', 10, 11, ['Till server restart', 'Card terminal gateway', 'Price file locked']],
  ['Web shop', 10, 12, ['Release rolled back', 'Search index rebuild', 'Payment provider']],
  ['Warehouse management', 8, 14, ['Handheld gateway', 'Label service', 'Database lock']],
  ['Route planning', 5, 20, ['Map provider', 'Interface queue']],
  ['Finance and planning', 6, 40, ['Batch overran', 'Application server restart']],
  ['Business reporting', 6, 45, ['Load overran', 'Report server restart']],
  ['Campus and wide-area network', 5, 7, ['Link flap', 'Switch replaced']],
  ['Directory and sign-on', 4, 7, ['Server patch', 'Time source']],
  ['Database platform', 4, 8, ['Fail-over', 'Storage path']],
  ['Hosting, Leeds', 3, 9, ['Power feed switched', 'Hypervisor restart']],
  ['Hosting, Pune', 3, 9, ['Carrier', 'Hypervisor restart']],
];

/** What everybody remembers of the year. */
const mailFailure: Outage = {
  service: 'Corporate e-mail', start: utc(2026, 3, 11, 8, 42), end: utc(2026, 3, 11, 13, 55), planned: false,
  cause: 'Storage controller firmware; second node did not take over', users: 4200, investigated: utc(2026, 3, 13, 15, 0),
};
const shopFailure: Outage = {
  service: 'Web shop', start: utc(2026, 6, 20, 17, 5), end: utc(2026, 6, 20, 18, 52), planned: false,
  cause: 'Checkout database out of connections during the summer sale', users: 9100, investigated: utc(2026, 6, 23, 10, 0),
};

const cardFailure: Outage = {
  service: 'Point of sale', start: utc(2026, 10, 19, 10, 12), end: utc(2026, 10, 19, 11, 7), planned: false,
  cause: 'Certificate of the card terminal gateway expired', users: 2100, investigated: utc(2026, 10, 20, 14, 0),
};

function makeOutages(): Outage[] {
  const outages: Outage[] = [mailFailure, shopFailure, cardFailure];
  for (const [service, perYear, longest, causes] of outageHabits) {
    for (const [year, month] of months) {
      const remembered = outages.some((outage) => outage.service === service && new Date(outage.start * 1000).toISOString().startsWith(`${year}-${String(month).padStart(2, '0')}`));
      if (remembered || !chance(perYear / 12)) continue;
      const start = toMinute(utc(year, month, whole(1, 28), whole(5, 19), whole(0, 59)));
      const end = start + whole(4, longest) * minute;
      if (end > exportedAt) continue;
      outages.push({ service, start, end, planned: false, cause: pick(causes), users: whole(20, 900), investigated: Math.min(end + whole(1, 5) * day, exportedAt - hour) });
    }
  }
  // Announced work, in the maintenance window on Sundays.
  for (const service of ['Corporate e-mail', 'Finance and planning', 'Campus and wide-area network', 'Database platform']) {
    for (const [year, month] of months) {
      if (!chance(0.6)) continue;
      const sunday = lastSunday(year, month) - 7;
      const start = utc(year, month, sunday, 2, 10) - (isSummer(utc(year, month, sunday, 2, 0)) ? hour : 0);
      if (start > exportedAt) continue;
      outages.push({ service, start, end: start + whole(20, 80) * minute, planned: true, cause: 'Announced maintenance', users: 0 });
    }
  }
  return outages.sort((first, second) => first.start - second.start || (first.service < second.service ? -1 : 1));
}

// --------------------------------------------------------------------------------------------------------------- incidents

type Level = 'high' | 'medium' | 'low';

/** As in services.itsms: `priority … when impact … and urgency …`. */
const matrix: Readonly<Record<PriorityName, readonly (readonly [Level, Level])[]>> = {
  P1: [['high', 'high']],
  P2: [['high', 'medium'], ['medium', 'high']],
  P3: [['high', 'low'], ['medium', 'medium'], ['low', 'high']],
  P4: [['medium', 'low'], ['low', 'medium'], ['low', 'low']],
};
const levelTexts: Readonly<Record<Level, string>> = { high: '1 - High', medium: '2 - Medium', low: '3 - Low' };
const priorityTexts: Readonly<Record<PriorityName, string>> = { P1: '1 - Critical', P2: '2 - High', P3: '3 - Moderate', P4: '4 - Low' };

interface Incident {
  readonly stream: Stream;
  readonly opened: number;
  readonly priority: PriorityName;
  readonly outage?: Outage;
  late: boolean;
  lateResponse: boolean;
}

/** Hours of the day at which people call, in local time. */
const callsByHour: readonly (readonly [number, number])[] = [
  [0, 0.4], [1, 0.3], [2, 0.3], [3, 0.3], [4, 0.4], [5, 1], [6, 2.5], [7, 6], [8, 12], [9, 14], [10, 12], [11, 10], [12, 6],
  [13, 9], [14, 10], [15, 8.5], [16, 7], [17, 4], [18, 2.2], [19, 1.6], [20, 1.2], [21, 0.9], [22, 0.6], [23, 0.5],
];
/** Sunday first. Shops and warehouses work at weekends. */
const callsByWeekday: Readonly<Record<'desk' | 'shops', readonly number[]>> = {
  desk: [0.08, 1.3, 1.12, 1.05, 1, 0.9, 0.14],
  shops: [0.6, 1.05, 0.95, 0.95, 1, 1.15, 1.3],
};
const worksAtWeekends = new Set(['Point of sale', 'Web shop', 'Warehouse management', 'Route planning']);

/** The year has seasons: shops before Christmas, the desk after the holidays, finance at the end of the year. */
function season(service: string, month: number): number {
  if (service === 'Point of sale' || service === 'Web shop') return month === 11 ? 1.3 : month === 12 ? 1.65 : month === 1 ? 1.1 : 0.95;
  if (service === 'Warehouse management' || service === 'Route planning') return month === 11 || month === 12 ? 1.35 : 0.97;
  if (service === 'Finance and planning' || service === 'Business reporting') return month === 1 || month === 4 || month === 12 ? 1.3 : 0.93;
  return month === 1 || month === 9 ? 1.15 : month === 8 || month === 12 ? 0.85 : 1;
}

function momentIn(year: number, month: number, service: string): number {
  const habits = callsByWeekday[worksAtWeekends.has(service) ? 'shops' : 'desk'];
  for (;;) {
    const date = whole(1, new Date(Date.UTC(year, month, 0)).getUTCDate());
    const weekday = new Date(utc(year, month, date, 12, 0) * 1000).getUTCDay();
    if (random() * 1.35 > (habits[weekday] ?? 1)) continue;
    if (month === 12 && date >= 24 && habits === callsByWeekday.desk && chance(0.7)) continue;
    const instant = utc(year, month, date, pickWeighted(callsByHour), whole(0, 59));
    return toMinute(instant - (isSummer(instant) ? hour : 0));
  }
}

function makeIncidents(outages: readonly Outage[]): Incident[] {
  const incidents: Incident[] = [];
  for (const [year, month] of months) {
    for (const source of streams) {
      const count = Math.round(source.perMonth * season(source.service, month) * between(0.93, 1.07));
      for (let made = 0; made < count; made++) {
        const opened = momentIn(year, month, source.service);
        const priority = pickWeighted<PriorityName>([['P1', 0.8], ['P2', 9], ['P3', 50], ['P4', 40]]);
        if (opened < exportedAt - 2 * hour) incidents.push({ stream: source, opened, priority, late: false, lateResponse: false });
      }
    }
  }
  for (const outage of outages) {
    if (outage.planned || outage.end - outage.start < 10 * minute) continue;
    const candidates = streams.filter(({ service }) => service === outage.service);
    const reporters = outage === mailFailure ? candidates : candidates.slice(0, 1);
    for (const source of reporters) incidents.push({ stream: source, opened: outage.start + whole(1, 4) * minute, priority: 'P1', outage, late: outage === mailFailure && source.promises === gold, lateResponse: false });
  }
  // The week after the mail failure: the cluster ran on one node, and twice it took too long to bring a store back.
  const mail = streams[0];
  if (mail) {
    for (const opened of [utc(2026, 3, 16, 10, 12), utc(2026, 3, 18, 14, 37)]) incidents.push({ stream: mail, opened, priority: 'P1', late: true, lateResponse: false });
  }
  return incidents.sort((first, second) => first.opened - second.opened || streams.indexOf(first.stream) - streams.indexOf(second.stream));
}

/** Months in which an agreement fell short, on purpose: so that the reports of a good provider have something to say. */
const shortfalls: Readonly<Record<string, number>> = {
  'warehouse-gold P2 2026-08': 0.2,
  'store-systems P2 2026-10': 0.17,
};

/** Decides which restorations and responses were late: some of each month, but fewer than the agreement allows. */
function decideLateness(incidents: readonly Incident[]): void {
  const groups = new Map<string, Incident[]>();
  for (const incident of incidents) {
    const key = `${incident.stream.agreement} ${incident.priority} ${local(incident.opened).slice(0, 7)}`;
    groups.set(key, [...(groups.get(key) ?? []), incident]);
  }
  for (const [key, group] of groups) {
    const free = group.filter(({ late, outage }) => !late && outage === undefined);
    const share = group[0]?.stream.promises.restore[group[0].priority].share ?? 100;
    const allowed = Math.floor(group.length * (1 - share / 100) * between(0.3, 0.75));
    const wanted = Math.ceil((shortfalls[key] ?? 0) * group.length) || allowed;
    for (const incident of shuffled(free).slice(0, wanted)) incident.late = true;
    const slowResponses = Math.floor(group.length * 0.05 * between(0.2, 0.8));
    for (const incident of shuffled(free).slice(0, slowResponses)) incident.lateResponse = true;
  }
}

function shuffled<T>(items: readonly T[]): T[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const [first, second] = [copy[last], copy[other]];
    if (first !== undefined && second !== undefined) [copy[last], copy[other]] = [second, first];
  }
  return copy;
}

// ------------------------------------------------------------------------------------------------------------- their lives

interface Life {
  readonly events: readonly (readonly [number, string])[];
  readonly resolved: number;
  readonly closed: number;
  /** Share of the agreed time that was used up. */
  readonly used: number;
  readonly reopenings: number;
  readonly reassignments: number;
}

function dueOf(clock: BusinessClock, opened: number, promise: Restoration, pauses: readonly Interval[] = []): number {
  const start = epochSecondsOf(opened);
  if (promise.workingDays !== undefined) return certain(clock.dueAfterWorkingDays(start, promise.workingDays));
  return certain(clock.dueAfter(start, (promise.hours ?? 0) * hour, pauses));
}

/** Share of simple incidents that the desk restores at the first call: it learns over the year. */
function solvedAtOnce(instant: number): number {
  return 0.57 + (0.09 * (instant - utc(2025, 10, 1, 0, 0))) / (400 * day);
}

function live(incident: Incident): Life {
  const { opened, priority, stream: source } = incident;
  const promise = source.promises.restore[priority];
  const clock = clockOf(promise.clock);
  const agreedSeconds = promise.workingDays === undefined ? (promise.hours ?? 0) * hour : promise.workingDays * 10 * hour;
  const firstContact = !incident.late && incident.outage === undefined && (priority === 'P3' || priority === 'P4') && chance(solvedAtOnce(opened));
  const used = incident.late ? between(1.08, 2.1)
    : firstContact ? (between(6, 40) * minute) / agreedSeconds
    : priority === 'P1' ? skewed() * 0.5
    : skewed();

  // Work begins soon, while somebody is there.
  const respondMinutes = source.promises.respondMinutes;
  const responseClock = priority === 'P1' ? clockOf('always') : clock;
  const wait = incident.lateResponse ? between(1.2, 3) * respondMinutes : between(0.1, 0.8) * respondMinutes;
  const responded = toMinute(certain(responseClock.dueAfter(epochSecondsOf(opened), Math.max(1, Math.floor(wait)) * minute)));

  const pauses: { from: EpochSeconds; to: EpochSeconds }[] = [];
  const mayPause = incident.outage === undefined && !firstContact && (priority === 'P3' || priority === 'P4' || (priority === 'P2' && promise.hours !== undefined));
  if (mayPause && chance(priority === 'P2' ? 0.12 : 0.3)) {
    const from = toMinute(certain(clock.dueAfter(epochSecondsOf(responded), between(0.02, 0.2) * agreedSeconds)));
    const to = toMinute(certain(clock.dueAfter(epochSecondsOf(from), between(1, 14) * hour)));
    pauses.push({ from: epochSecondsOf(from), to: epochSecondsOf(to) });
  }
  const waiting = source.supplier !== undefined && chance(0.5) ? 'Awaiting supplier' : 'Awaiting user';

  let resolved: number;
  if (incident.outage) {
    resolved = Math.max(incident.outage.end + whole(0, 3) * minute, responded + minute);
  } else if (promise.workingDays !== undefined && incident.late) {
    resolved = certain(clock.dueAfter(epochSecondsOf(dueOf(clock, opened, promise)), between(12, 30) * hour));
  } else {
    resolved = certain(clock.dueAfter(epochSecondsOf(opened), used * agreedSeconds, pauses));
  }
  resolved = Math.max(toMinute(resolved), responded + whole(2, 6) * minute, ...pauses.map(({ to }) => to + 5 * minute));

  const events: [number, string][] = [[opened, 'New'], [responded, 'In progress']];
  for (const { from, to } of pauses) events.push([from, waiting], [to, 'In progress']);
  const reopened = !incident.late && incident.outage === undefined && !firstContact && pauses.length === 0 && priority !== 'P1' && used < 0.6 && chance(0.12);
  if (reopened) {
    const first = toMinute(responded + (resolved - responded) * 0.5);
    const again = toMinute(responded + (resolved - responded) * 0.7);
    if (first > responded && again > first && again < resolved) events.push([first, 'Resolved'], [again, 'In progress']);
  }
  const closed = toMinute(resolved + whole(2, 3) * day + whole(0, 8) * hour);
  events.push([resolved, 'Resolved'], [closed, 'Closed']);
  return {
    events, resolved, closed, used: incident.outage === undefined ? used : (resolved - opened) / agreedSeconds,
    reopenings: events.filter(([, state]) => state === 'Resolved').length - 1,
    reassignments: firstContact ? 0 : pickWeighted([[0, 6], [1, 4], [2, 2], [3, 1]]),
  };
}

const columns = [
  'number', 'state', 'updated_at', 'opened_at', 'resolved_at', 'closed_at', 'customer', 'service', 'item', 'category', 'impact', 'urgency',
  'priority', 'group', 'reassignments', 'reopenings', 'entries', 'escalated_to', 'escalation_reason', 'cause', 'major', 'major_manager',
  'management_informed_at', 'major_report', 'major_reviewed_at', 'major_review_outcome', 'problem',
] as const;

const causes = ['Configuration', 'Hardware', 'Software fault', 'Capacity', 'User error', 'Supplier', 'Change', 'Access rights'];
const managers = ['Omar Said', 'Anna Berg', 'Priya Nair'];

/** What came of the review of a major incident. */
function reviewOutcome(incident: Incident, majorNumber: number): string {
  if (incident.outage === mailFailure) return 'improvement i-mail-cluster';
  if (incident.outage === shopFailure) return 'improvement i-shop-connections';
  if (incident.outage === cardFailure) return 'problem PRB0004711: nobody watches certificates of suppliers';
  return majorNumber % 3 === 0 ? 'none needed' : 'action: runbook extended';
}

/** The rows of one incident: each shows the record as it stood after that change. */
function rowsOf(incident: Incident, number: string, life: Life, majorNumber: number | undefined): string[] {
  const { stream: source, opened, priority } = incident;
  const [impact, urgency] = pick(matrix[priority]);
  const item = pick(source.items);
  const category = pick(source.categories);
  const cause = incident.outage?.cause ?? pick(causes);
  const promise = source.promises.restore[priority];
  const escalates = life.used >= 0.7;
  const escalatedAt = escalates ? toMinute(dueOf(clockOf(promise.clock), opened, promise) - 15 * minute) : undefined;
  const escalatedTo = source.supplier ?? (priority === 'P1' ? 'Duty manager' : source.group);
  const escalationReason = priority === 'P1' ? 'Agreed time nearly used up' : 'Beyond first line';
  const problem = priority === 'P1' || chance(0.02) ? `PRB${String(4000 + (Number(number.slice(3)) % 700)).padStart(7, '0')}` : '';
  const reviewed = majorNumber === undefined ? undefined : toMinute(life.closed + whole(1, 3) * day);
  const events: (readonly [number, string, 'escalation'?])[] = life.events.map(([at, state]) => [at, state]);
  if (reviewed !== undefined) events.push([reviewed, 'Closed']);
  if (escalatedAt !== undefined && escalatedAt > opened && escalatedAt < life.resolved) {
    const next = events.findIndex(([at]) => at > escalatedAt);
    events.splice(next, 0, [escalatedAt, events[next - 1]?.[1] ?? 'New', 'escalation']);
  }

  let entries = 0;
  let resolvedSoFar: number | undefined;
  let closedSoFar: number | undefined;
  let resolutions = 0;
  const rows: string[] = [];
  for (const [at, state, reason] of events) {
    if (at > exportedAt) break;
    if (state !== 'New') entries++;
    if (state === 'Resolved' && reason === undefined) {
      resolvedSoFar = at;
      resolutions++;
    } else if (state === 'In progress') resolvedSoFar = undefined;
    if (state === 'Closed') closedSoFar ??= at;
    const settled = at >= life.resolved;
    const isEscalated = escalates && (settled || (escalatedAt !== undefined && at >= escalatedAt));
    const isReviewed = reviewed !== undefined && at >= reviewed;
    const fields: readonly string[] = [
      number, state, local(at), local(opened), local(resolvedSoFar), local(closedSoFar), source.customer, source.service, item, category,
      levelTexts[impact], levelTexts[urgency], priorityTexts[priority], at === opened ? 'Service desk' : source.group,
      String(at === opened ? 0 : life.reassignments), String(Math.max(0, resolutions - 1)), String(entries),
      isEscalated ? escalatedTo : '', isEscalated ? escalationReason : '', settled ? cause : '',
      ...(majorNumber === undefined ? ['false', '', '', '', '', ''] : [
        'true',
        managers[majorNumber % managers.length] ?? '',
        at > opened ? local(opened + (20 + (majorNumber % 5) * 7) * minute) : '',
        closedSoFar === undefined ? '' : `reports/major-incident-${number}.md`,
        isReviewed ? local(reviewed) : '',
        isReviewed ? reviewOutcome(incident, majorNumber) : '',
      ]),
      settled ? problem : '',
    ];
    rows.push(fields.map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(','));
  }
  return rows;
}

// -------------------------------------------------------------------------------------------------------------------- files

/** What was done about an outage, or that nothing is needed. */
function outageActions(outage: Outage): string {
  if (outage === mailFailure) return 'improvement i-mail-cluster';
  if (outage === shopFailure) return 'improvement i-shop-connections';
  if (outage === cardFailure) return 'problem PRB0004711: nobody watches certificates of suppliers';
  return outage.users >= 500 ? 'runbook extended' : 'none needed';
}

/** All files by name, as text. */
export function makeFiles(): Map<string, string> {
  const outages = makeOutages();
  const incidents = makeIncidents(outages);
  decideLateness(incidents);

  const rowsByMonth = new Map<string, string[]>();
  let majors = 0;
  for (const [index, incident] of incidents.entries()) {
    const number = `INC${String(100_001 + index).padStart(7, '0')}`;
    const life = live(incident);
    // A critical incident that reached several hundred people, and is long over.
    const isMajor = incident.outage !== undefined && incident.outage.users >= 500 && life.closed + 4 * day < exportedAt;
    const month = local(incident.opened).slice(0, 7);
    const rows = rowsByMonth.get(month) ?? [];
    for (const row of rowsOf(incident, number, life, isMajor ? majors++ : undefined)) rows.push(row);
    rowsByMonth.set(month, rows);
  }

  const files = new Map<string, string>();
  for (const [month, rows] of rowsByMonth) files.set(`incidents-${month}.csv`, `${columns.join(',')}\n${rows.join('\n')}\n`);
  const outageRows = outages.map((outage, index) =>
    [
      `OUT${String(index + 1).padStart(4, '0')}`, iso(outage.start), iso(outage.end), `"${outage.service}"`, String(outage.planned),
      `"${outage.cause}"`, String(outage.users), outage.investigated === undefined ? '' : iso(outage.investigated),
      outage.planned ? '' : `"${outageActions(outage)}"`,
    ].join(','));
  files.set('outages.csv', `number,down_at,up_at,service,planned,cause,users,investigated_at,actions\n${outageRows.join('\n')}\n`);
  return files;
}

function iso(instant: number): string {
  return new Date(instant * 1000).toISOString().replace('.000Z', 'Z');
}

if (import.meta.main) {
  const folder = join(import.meta.dirname, 'data');
  await mkdir(folder, { recursive: true });
  for (const [name, text] of makeFiles()) {
    if (name.startsWith('incidents-')) await writeFile(join(folder, `${name}.gz`), gzipSync(text, { level: 9 }));
    else await writeFile(join(folder, name), text);
  }
}
