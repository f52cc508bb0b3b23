import type { Agreement, EntityKey } from '../../../language/model/declarations.ts';
import { addDays, addMonths, type IsoDate } from '../../../language/values/date.ts';
import { secondsInWords } from '../../../language/values/duration.ts';
import { mergeIntervals, subtractIntervals, totalSeconds, type IntervalSet } from '../../../language/values/intervals.ts';
import { periodInWords, periodOf, periodsBetween, type Period } from '../../../language/values/period.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { firstOf, listed } from '../../assessment/wording.ts';
import { clockOf } from '../../measurement/target-clock.ts';
import { agreedTime } from './check-availability.ts';
import type { FeasibilityCheck, FeasibilityCheckKind, Link } from './check.ts';
import { availabilityPromise, availabilityTargets } from './promises.ts';
import type { FeasibilityStudy } from './study.ts';
import { plainWay, walkDown, type Found } from './walk.ts';

/** How much of the needed hours of a year nobody covers, and the month in which that is most. */
interface Gap {
  readonly needed: number;
  readonly uncovered: number;
  readonly worst: Period;
  readonly inWorst: number;
}

/** The twelve months from the one that the day of the study is in. */
function yearOf(study: FeasibilityStudy): { readonly firstDay: IsoDate; readonly lastDay: IsoDate; readonly months: readonly Period[] } {
  return study.remembered(`year of ${study.asOf}`, () => {
    const { firstDay } = periodOf(study.asOf, 'month');
    const lastDay = addDays(addMonths(firstDay, 12), -1);
    return { firstDay, lastDay, months: periodsBetween('month', firstDay, lastDay) };
  });
}

/** Whether somebody underneath works whenever support is promised: support hours against support and on-call hours, month by month. */
export function checkSupportHours(agreement: Agreement, study: FeasibilityStudy): readonly FeasibilityCheck[] {
  const { supportHours } = agreement;
  if (supportHours === undefined) return [];
  const gaps = new Map<string, Gap>();
  const found = walkDown(agreement, study, plainWay, (key, agreements) => {
    const offered = [...new Set(agreements.flatMap((other) => [other.supportHours, other.onCallHours]).filter((id) => id !== undefined))].sort();
    if (offered.length === 0) return { weak: none, isPromised: false, way: plainWay };
    const gap = gapOf(`support ${supportHours} ${offered.join(' ')}`, openHours([supportHours], study), openHours(offered, study), study);
    const weak = gap === undefined || gap.uncovered === 0 ? [] : agreements.flatMap((other): Link[] => (other.supportHours === undefined && other.onCallHours === undefined ? [] : [remember(gaps, gap, { agreement: other.$key, path: ['supportHours'], message: `For ${study.nameOf(key)} “${study.nameOf(other.$key)}” has support in ${listed(offered)}` })]));
    // Who works when is not included in what others promise.
    return { weak, isPromised: true, way: plainWay };
  }, study.clear(`support ${supportHours}`));
  return hoursCheck('support-hours', ['supportHours'], `support hours ${supportHours}`, 'nobody underneath works', found, gaps, study);
}

/** Whether availability is promised underneath whenever it is promised above: service hours against service hours. */
export function checkServiceHours(agreement: Agreement, study: FeasibilityStudy): readonly FeasibilityCheck[] {
  const [placed] = availabilityTargets(agreement, study.asOf);
  if (placed === undefined) return [];
  const { firstDay, lastDay } = yearOf(study);
  const calendar = clockOf(placed.target, agreement) ?? 'always';
  const gaps = new Map<string, Gap>();
  const found = walkDown(agreement, study, plainWay, (key, agreements) => {
    const weak: Link[] = [];
    let isPromised = false;
    for (const other of agreements) {
      const promise = availabilityPromise(other, 'month', study.asOf);
      if (!promise) continue;
      isPromised = true;
      const offered = clockOf(promise.target, other) ?? 'always';
      const gap = gapOf(`service ${calendar} ${excepts(agreement)} in ${offered} ${excepts(other)}`, () => agreedTime(agreement, placed.target, { firstDay, lastDay }, study), () => agreedTime(other, promise.target, { firstDay, lastDay }, study), study);
      if (gap !== undefined && gap.uncovered > 0) weak.push(remember(gaps, gap, { agreement: other.$key, path: ['serviceHours'], message: `“${study.nameOf(other.$key)}” promises the availability of ${study.nameOf(key)} in ${offered}${other.exceptions.includes('maintenance') ? ', but for maintenance' : ''}` }));
    }
    return { weak, isPromised, way: plainWay };
  }, study.clear(`service ${calendar} ${excepts(agreement)}`));
  return hoursCheck('service-hours', ['serviceHours'], `service hours ${calendar}`, 'no availability is promised underneath', found, gaps, study);
}

const none: readonly never[] = [];

function excepts({ exceptions, supportHours }: Agreement): string {
  return exceptions.includes('maintenance') ? `without maintenance of ${supportHours ?? ''}` : '';
}

function remember(gaps: Map<string, Gap>, gap: Gap, link: Link): Link {
  gaps.set(`${link.agreement} ${link.message}`, gap);
  return link;
}

function openHours(calendars: readonly string[], study: FeasibilityStudy): () => IntervalSet | undefined {
  return () => {
    const { firstDay, lastDay } = yearOf(study);
    const sets: IntervalSet[] = [];
    for (const calendar of calendars) {
      const clock = study.clocks.clock(calendar);
      if (isProblem(clock)) return undefined;
      const { from, to } = clock.periodInterval({ ...periodOf(firstDay, 'day'), lastDay });
      // A day more to either side: a year begins up to fifteen hours apart between zones.
      const open = clock.openIntervals(Math.max(0, from - 86_400) as typeof from, (to + 86_400) as typeof to);
      if (isProblem(open)) return undefined;
      sets.push(open);
    }
    return mergeIntervals(sets.flat());
  };
}

function gapOf(name: string, needed: () => IntervalSet | undefined, offered: () => IntervalSet | undefined, study: FeasibilityStudy): Gap | undefined {
  return study.remembered(`${name} ${study.asOf}`, () => {
    const [wanted, given] = [needed(), offered()];
    if (wanted === undefined || given === undefined) return undefined;
    const [first] = wanted;
    if (first === undefined) return undefined;
    const { months } = yearOf(study);
    // Months in days of UTC: an hour to either side does not matter to which month is the worst.
    const edges = months.map(({ firstDay, lastDay }) => ({ from: Date.parse(firstDay) / 1000, to: Date.parse(addDays(lastDay, 1)) / 1000 }));
    const whole = wanted.filter(({ from }) => from >= edges[0]!.from - 86_400 && from < edges.at(-1)!.to);
    const uncovered = subtractIntervals(whole, given);
    const inMonth = edges.map(({ from, to }) => uncovered.reduce((sum, one) => sum + Math.max(0, Math.min(one.to, to) - Math.max(one.from, from)), 0));
    const worst = inMonth.indexOf(Math.max(...inMonth));
    return { needed: totalSeconds(whole), uncovered: totalSeconds(uncovered), worst: months[worst]!, inWorst: inMonth[worst]! };
  });
}

function hoursCheck(kind: FeasibilityCheckKind, path: readonly string[], promise: string, lack: string, found: Found, gaps: ReadonlyMap<string, Gap>, study: FeasibilityStudy): readonly FeasibilityCheck[] {
  const gapOfLink = (link: Link): Gap | undefined => gaps.get(`${link.agreement} ${link.message}`);
  const links = found.weak.toSorted((a, b) => (gapOfLink(b)?.uncovered ?? 0) - (gapOfLink(a)?.uncovered ?? 0));
  if (links.length === 0 && found.open.length === 0) return [];
  const gap = links[0] && gapOfLink(links[0]);
  const open: readonly EntityKey[] = found.open;
  const said = (one: Gap): string => `${secondsInWords(one.inWorst)} in ${periodInWords(one.worst)} and ${secondsInWords(one.uncovered)} in the year (of ${secondsInWords(one.needed)})`;
  return [
    {
      kind,
      verdict: links.length > 0 ? 'notKept' : 'unknown',
      path,
      promise,
      summary: gap === undefined ? `It cannot be told: of ${firstOf(open.map((key) => study.nameOf(key)), 3)} nobody says the hours.` : `In part of these hours ${lack}: ${said(gap)}. ${links[0]!.message}.`,
      margin: gap === undefined ? 'cannot be told' : `not covered: ${secondsInWords(gap.inWorst)} in ${periodInWords(gap.worst)}`,
      steps: links.map((link) => `${link.message}: ${said(gapOfLink(link)!)} not covered`),
      links,
      remedies: links.map((link) => ({ ...link, message: `“${study.nameOf(link.agreement)}” would have to cover ${promise}`, wanted: `cover ${promise}` })),
      unsupported: open,
      notComparable: [],
      marginSeconds: gap === undefined ? null : String(-gap.inWorst),
    },
  ];
}
