import { Temporal } from 'temporal-polyfill';
import type { DateFormat } from './date-format.ts';
import { integer, isoTimestamp, literal, searchTree, type Stretch } from './sql.ts';

/** First and last moment, in milliseconds, of the dates that data may hold: the years 1970 to 2099. */
export const firstInstant = 0;
export const lastInstant = Date.UTC(2100, 0, 1);

/** What is odd about a local time. */
export const skippedHour = 1;
export const repeatedHour = 2;

const known = new Map<string, readonly Stretch[]>();

/** The years around the year as of which is measured, which nearly all times are of: they are looked for first. */
const yearsBefore = 12;
const yearsAfter = 3;
const blockSize = 64;

/**
 * The code of a local time of a zone (see {@link zoneStretches}), by comparisons alone: whatever knows zones by itself reads hours that
 * occur twice in another way, and has its own edition of the zones.
 *
 * @param local milliseconds as if the local time were UTC
 */
export function zoneCode(local: string, zone: string, year: number): string {
  const [from, to] = [Date.UTC(year - yearsBefore, 0, 1), Date.UTC(year + yearsAfter, 0, 1)];
  const stretches = zoneStretches(zone);
  const near = stretches.filter((stretch) => stretch.from < to && stretch.to > from).map((stretch) => ({ from: Math.max(stretch.from, from), to: Math.min(stretch.to, to), value: stretch.value }));
  // A list is slower to look into and quicker to prepare than as many comparisons.
  const blocks = Array.from({ length: Math.ceil(stretches.length / blockSize) }, (_, index) => stretches.slice(index * blockSize, (index + 1) * blockSize));
  const far = blocks.map((block) => `WHEN ${local} < ${integer(block.at(-1)!.to)} THEN ${list(block.map(({ value }) => value))}[len(list_filter(${list(block.map((stretch) => stretch.from))}, start -> start <= ${local}))]`);
  return `CASE WHEN ${local} >= ${from} AND ${local} < ${to} THEN ${searchTree(local, near)} WHEN ${local} BETWEEN ${firstInstant} AND ${lastInstant} THEN CASE ${far.join(' ')} END END`;
}

/**
 * Local times of a zone, in milliseconds as if they were UTC, as stretches that have one code each: `(offset + 86,400) * 4 + oddity`
 * with the offset in seconds ahead of UTC. An hour that the clocks skip is read as if they had not changed yet; one that
 * they repeat is the first of the two.
 *
 * @param zone IANA name that is known to be valid
 */
export function zoneStretches(zone: string): readonly Stretch[] {
  let stretches = known.get(zone);
  if (stretches === undefined) known.set(zone, (stretches = compute(zone)));
  return stretches;
}

function list(numbers: readonly number[]): string {
  return `('[${numbers.map(integer).join(',')}]'::BIGINT[])`;
}

export function offsetSecondsOfCode(sql: string): string {
  return `(${sql} // 4 - 86400)`;
}

function compute(zone: string): readonly Stretch[] {
  const day = 86_400_000;
  const stretches: Stretch[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(firstInstant - day).toZonedDateTimeISO(zone);
  let from = firstInstant - day;
  for (;;) {
    const offset = Math.round(at.offsetNanoseconds / 1e9);
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= lastInstant + day) {
      stretches.push({ from, to: lastInstant + day, value: code(offset, 0) });
      return stretches;
    }
    const after = Math.round(next.offsetNanoseconds / 1e9);
    const before = next.epochMilliseconds + offset * 1000;
    const behind = next.epochMilliseconds + after * 1000;
    if (after !== offset) {
      const [oddFrom, oddTo] = after > offset ? [before, behind] : [behind, before];
      if (oddFrom > from) stretches.push({ from, to: oddFrom, value: code(offset, 0) });
      stretches.push({ from: Math.max(from, oddFrom), to: oddTo, value: code(offset, after > offset ? skippedHour : repeatedHour) });
      from = oddTo;
    }
    at = next;
  }
}

function code(offset: number, oddity: number): number {
  return (offset + 86_400) * 4 + oddity;
}

/** A text as a moment in one expression: for the few that are computed late, since it works out the zone for each. */
export function inlineInstant(text: string, format: DateFormat | undefined, zone: string, year: number): string {
  const parsed = format === undefined || format.kind === 'iso' ? isoTimestamp(text) : `TRY_CAST(try_strptime(${text}, ${literal(format.pattern)}) AS TIMESTAMPTZ)`;
  if (zone === 'UTC' || format?.hasOffset === true) return `epoch_ms(${parsed})`;
  return `list_transform([epoch_ms(${parsed})], l -> l - ${offsetSecondsOfCode(zoneCode('l', zone, year))} * 1000)[1]`;
}
