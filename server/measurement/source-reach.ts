import type { Period } from '../../language/values/period.ts';
import type { SourceSession } from './source-session.ts';

/**
 * Why nothing is known of a period that the data does not reach; undefined if it does. Data reaches to the end of the period of its last
 * record, or to the day that the source says it is complete to.
 *
 * @param lastRecord day of the last record
 */
export function unreachedReason({ source }: SourceSession, lastRecord: string | undefined, period: Period): string | undefined {
  const { name, completeUntil } = source;
  if (lastRecord !== undefined && lastRecord > period.lastDay) return undefined;
  if (completeUntil !== undefined) return completeUntil >= period.lastDay ? undefined : `${name} is complete until ${completeUntil} only`;
  if (lastRecord === undefined) return `There is no record in ${name}`;
  return lastRecord >= period.firstDay ? undefined : `The last record of ${name} is of ${lastRecord}`;
}
