import { alwaysCalendar } from '../../../language/model/calendars.ts';
import type { Agreement, EntityKey, ServiceLevelTarget } from '../../../language/model/declarations.ts';
import { compareDecimals } from '../../../language/values/decimal.ts';
import { parseDuration, secondsInWords, spacedDuration } from '../../../language/values/duration.ts';
import { printInstant, type EpochSeconds } from '../../../language/values/instant.ts';
import { parsePercent } from '../../../language/values/percent.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { firstOf } from '../../assessment/wording.ts';
import { clockOf } from '../../measurement/target-clock.ts';
import { Judgement, type FeasibilityCheck, type FeasibilityVerdict, type Link, type Remedy } from './check.ts';
import { currentTargets, type PlacedTarget } from './in-force.ts';
import type { FeasibilityStudy, StudyQuestion } from './study.ts';
import { plainOrder, worstCase, type TimeLimit, type WorstCase } from './time-limit.ts';
import { plainWay, walkDown, within, type Way } from './walk.ts';

/** Measures whose time runs until the work of somebody underneath is done. */
const workMeasures: readonly string[] = ['restore', 'resolve', 'fulfil', 'close'];

/** Each time target of an agreement against those that its services rest on, along the way on which a record is escalated. */
export function checkTimes(agreement: Agreement, study: FeasibilityStudy): readonly Judgement[] {
  return currentTargets(agreement, study.asOf).flatMap((placed): Judgement[] =>
    isWorkTarget(placed.target) ? [new Judgement(verdictOf(compareBeneath(agreement, placed, study, 'verdict')), () => checkTime(agreement, placed, study))] : [],
  );
}

/** Whether a target is about a time that work underneath takes part of. */
export function isWorkTarget({ measure, within }: ServiceLevelTarget): boolean {
  return within !== undefined && measure !== undefined && workMeasures.includes(measure);
}

interface TimeLink extends Link {
  readonly excess: number;
  readonly isFewer: boolean;
  /** Completes “it would have to …”. */
  readonly wanted: string;
}

interface Compared {
  /** Those that fall short, the weakest first. */
  readonly links: readonly TimeLink[];
  readonly open: readonly EntityKey[];
  readonly notComparable: ReadonlySet<string>;
  /** All that were compared. */
  readonly excesses: readonly number[];
  readonly steps: ReadonlySet<string>;
}

function verdictOf({ links, open, notComparable }: Compared): FeasibilityVerdict {
  return links.length > 0 ? 'notKept' : open.length === 0 && notComparable.size === 0 ? 'kept' : 'unknown';
}

/** @param wanted for a verdict alone, parts beneath which nothing falls short need not be looked at again */
function compareBeneath(agreement: Agreement, { target }: PlacedTarget, study: FeasibilityStudy, wanted: 'verdict' | 'words'): Compared {
  const promise = limitOf(target, agreement);
  const { measure, priorities, share, onAverage, source } = target;
  const question = study.question<TimeLink | string>(['time', promise.within, promise.calendar, measure, ...priorities, share, onAverage, source].join('\u0000'));
  const weak = new Map<string, TimeLink>();
  const excesses: number[] = [];
  const notComparable = new Set<string>();
  const steps = new Set<string>();
  const isWorded = wanted === 'words';
  const handOver = respondLimit(agreement, priorities, study);
  const found = walkDown(agreement, study, handOver === undefined ? plainWay : study.after(plainWay, handOver), (key, agreements, way) => {
    let isPromised = false;
    let isOdd = false;
    let weakHere: readonly Link[] = none;
    let next: TimeLimit | undefined;
    for (const other of agreements) {
      next ??= respondLimit(other, priorities, study);
      for (const placed of comparable(other, target, study)) {
        isPromised = true;
        const compare = (): TimeLink | string => compareTime(target, promise, other, placed, way.passed, study, key);
        const link = isWorded ? linkOf(question, way, placed, key, compare) : compare();
        if (typeof link === 'string') {
          isOdd = true;
          notComparable.add(link);
          continue;
        }
        excesses.push(link.excess);
        if (isWorded) steps.add(link.message);
        if (link.excess <= 0 && !link.isFewer) continue;
        weakHere = [...weakHere, link];
        weak.set(`${link.agreement} ${link.path.join('.')}`, link);
      }
    }
    return { weak: weakHere, isPromised, isOdd, way: next === undefined ? way : study.after(way, next) };
  }, isWorded ? undefined : question.clear);
  const links = found.weak.map((link) => weak.get(`${link.agreement} ${link.path.join('.')}`) ?? { ...link, excess: 0, isFewer: false, wanted: '' }).sort((a, b) => b.excess - a.excess);
  return { links, open: found.open, notComparable, excesses, steps };
}

const none: readonly never[] = [];

/** In words the same comparison is told for each agreement above. */
function linkOf({ answers }: StudyQuestion<TimeLink | string>, way: Way, placed: PlacedTarget, key: EntityKey, compare: () => TimeLink | string): TimeLink | string {
  const ofPart = within(within(answers, way), placed);
  let link = ofPart.get(key);
  if (link === undefined) ofPart.set(key, (link = compare()));
  return link;
}

function checkTime(agreement: Agreement, placed: PlacedTarget, study: FeasibilityStudy): FeasibilityCheck {
  const { target, index } = placed;
  const found = compareBeneath(agreement, placed, study, 'words');
  const { links, notComparable, excesses, steps } = found;
  const verdict = verdictOf(found);
  const [worst] = links;
  const open = found.open.map((key) => study.nameOf(key));
  const openWords = `nobody promises when ${firstOf(open, 3)} ${open.length === 1 ? 'is' : 'are'} back`;
  const [isLost, isKept] = [verdict === 'notKept', verdict === 'kept'];
  const least = excesses.length === 0 ? undefined : excesses.reduce((smallest, excess) => Math.min(smallest, -excess), Infinity);
  return {
    kind: 'time',
    verdict,
    path: ['targets', index, 'name'],
    promise: timeInWords(target),
    summary: isLost
      ? worst!.excess > 0 ? `What it rests on may take ${secondsInWords(worst!.excess)} longer: ${worst!.message}.` : `What it rests on is promised for fewer records: ${worst!.message}.`
      : isKept
        ? excesses.length === 0 ? 'It rests on nothing else.' : `What it rests on is promised in time${least === undefined || !Number.isFinite(least) ? '' : least === 0 ? ', with nothing to spare' : `, with ${secondsInWords(least)} to spare in the worst case`}.`
        : `It cannot be told: ${[...(open.length > 0 ? [openWords] : []), ...notComparable].join('; ')}.`,
    margin: isLost ? (worst!.excess > 0 ? `cannot be kept: ${secondsInWords(worst!.excess)} too long` : 'cannot be kept: promised for fewer records') : isKept ? (least === undefined ? 'can be kept' : least === 0 ? 'can be kept: nothing to spare' : `can be kept: ${secondsInWords(least)} to spare`) : open.length > 0 ? `cannot be told: ${openWords}` : 'not comparable',
    steps: [...steps],
    links: links.map(({ agreement: key, path, message }) => ({ agreement: key, path, message })),
    remedies: links.map(({ agreement: key, path, wanted }): Remedy => ({ agreement: key, path, message: `“${study.nameOf(key)}” would have to ${wanted}`, wanted })),
    unsupported: found.open,
    notComparable: [...notComparable],
    marginSeconds: isLost ? String(-worst!.excess) : least === undefined ? null : String(least),
  };
}

function limitOf(target: ServiceLevelTarget, agreement: Agreement): TimeLimit {
  return { within: target.within!, calendar: clockOf(target, agreement) ?? alwaysCalendar };
}

/** How long it may take until somebody works on a record of these priorities and can hand it on. */
function respondLimit(agreement: Agreement, priorities: readonly string[], study: FeasibilityStudy): TimeLimit | undefined {
  const found = currentTargets(agreement, study.asOf).find(({ target }) => target.measure === 'respond' && target.within !== undefined && !target.onAverage && (target.priorities.length === 0 || priorities.every((priority) => target.priorities.includes(priority))));
  return found && limitOf(found.target, agreement);
}

/** The targets of an agreement that speak of the same: for the same priorities the narrowest, without priorities all. */
function comparable(agreement: Agreement, wanted: ServiceLevelTarget, study: FeasibilityStudy): readonly PlacedTarget[] {
  const same = currentTargets(agreement, study.asOf).filter(({ target }) => target.measure === wanted.measure && target.within !== undefined && target.filter === undefined);
  if (wanted.priorities.length === 0) return same;
  const found = new Set<PlacedTarget>();
  for (const priority of wanted.priorities) {
    const own = same.filter(({ target }) => target.priorities.includes(priority));
    for (const placed of own.length > 0 ? own : same.filter(({ target }) => target.priorities.length === 0)) found.add(placed);
  }
  return [...found];
}

/** How far one target underneath is from the one above, or why they cannot be compared. */
function compareTime(wanted: ServiceLevelTarget, promise: TimeLimit, agreement: Agreement, { target, index }: PlacedTarget, passed: readonly TimeLimit[], study: FeasibilityStudy, of: EntityKey): TimeLink | string {
  const name = `“${study.nameOf(agreement.$key)}”`;
  if (wanted.onAverage !== target.onAverage) return `${name} promises ${timeInWords(target)}, and an average cannot be held against a share`;
  const own = limitOf(target, agreement);
  // What one source measures begins with the record for both; else the time underneath begins when the work is handed on.
  const isOneStart = wanted.source !== undefined && wanted.source === target.source;
  const chain = isOneStart ? [own] : [...passed, own];
  const [shareWanted, share] = [wanted.share ?? '100%', target.share ?? '100%'];
  const isFewer = !wanted.onAverage && shareWanted !== share && isBelow(share, shareWanted);
  let excess = 0;
  let worst: WorstCase | undefined;
  if (chain.length > 1 || own.calendar !== promise.calendar || own.within !== promise.within || plainOrder(own, promise) === undefined) {
    const found = study.remembered(`worst ${[...chain, promise].map((limit) => `${limit.within} ${limit.calendar}`).join(', ')}`, () => worstCase(chain, promise, study.asOf, (calendar) => study.clocks.clock(calendar)));
    if (isProblem(found)) return `${name} promises ${timeInWords(target)}, which cannot be held against it: ${found.problem}`;
    worst = found;
    excess = worst.through - worst.due;
  }
  let message: string | undefined;
  return {
    agreement: agreement.$key,
    path: ['targets', index, 'name'],
    excess,
    isFewer,
    get message(): string {
      return (message ??= [
        `${name} has ${study.nameOf(of)} ${doneWords[target.measure ?? ''] ?? 'done'} ${limitInWords(own)}`,
        chain.length > 1 ? `, after ${chain.slice(0, -1).map(limitInWords).join(' and ')} until it is handed on` : '',
        isFewer ? `, for ${share} where ${shareWanted} are promised` : '',
        worst !== undefined && excess > 0 && (own.calendar !== promise.calendar || own.calendar !== alwaysCalendar) ? ` (what comes in at ${at(worst.start, study, promise)} is due at ${at(worst.due, study, promise)} and done at ${at(worst.through, study, promise)})` : '',
      ].join(''));
    },
    get wanted(): string {
      return [...(excess > 0 ? [shorter(own, promise, excess, chain.length)] : []), ...(isFewer ? [`hold for ${shareWanted}`] : [])].join(' and ');
    },
  };
}

function isBelow(a: string, b: string): boolean {
  const [one, other] = [parsePercent(a), parsePercent(b)];
  return !isProblem(one) && !isProblem(other) && compareDecimals(one, other) < 0;
}

/** What a limit would have to be to fit. */
function shorter(own: TimeLimit, promise: TimeLimit, excess: number, steps: number): string {
  const duration = parseDuration(own.within);
  const isElapsed = !isProblem(duration) && duration.kind === 'elapsed';
  if (own.calendar === promise.calendar) return isElapsed && duration.seconds > excess ? `be within ${secondsInWords(duration.seconds - excess)}` : `be ${secondsInWords(excess)} shorter`;
  const order = plainOrder({ within: own.within, calendar: promise.calendar }, promise);
  return steps === 1 && order !== undefined && order <= 0 ? `count its time in ${promise.calendar}` : `be within ${spacedDuration(promise.within)} in ${promise.calendar}${steps > 1 ? ', less what passes until it is handed on' : ''}`;
}

/** A moment in the zone of the promise's calendar: `2026-11-13 17:59`. */
function at(moment: EpochSeconds, study: FeasibilityStudy, { calendar }: TimeLimit): string {
  const clock = study.clocks.clock(calendar);
  const offset = isProblem(clock) ? 0 : clock.timeZone.offsetAt(moment);
  return printInstant((moment + offset) as EpochSeconds).slice(0, 16).replace('T', ' ');
}

const doneWords: Readonly<Record<string, string>> = { restore: 'restored', resolve: 'resolved', fulfil: 'fulfilled', close: 'closed' };

function limitInWords({ within, calendar }: TimeLimit): string {
  return `within ${spacedDuration(within)}${calendar === alwaysCalendar ? '' : ` in ${calendar}`}`;
}

export function timeInWords({ name, measure, priorities, within, share, onAverage }: ServiceLevelTarget): string {
  return `“${name}” (${[measure, ...(priorities.length > 0 ? [priorities.join(', ')] : []), `within ${spacedDuration(within ?? '')}`, ...(onAverage ? ['on average'] : share === undefined ? [] : [`for ${share}`])].join(' ')})`;
}
