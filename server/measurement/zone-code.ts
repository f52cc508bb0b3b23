import { Temporal } from 'temporal-polyfill';
import type { Stretch } from './sql.ts';

/** First and last moment, in milliseconds, of the dates that data may hold: the years 1970 to 2099. */
export const firstInstant = 0;
export const lastInstant = Date.UTC(2100, 0, 1);

/** What is odd about a local time. */
export const skippedHour = 1;
export const repeatedHour = 2;

const known = new Map<string, readonly Stretch[]>();

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
