/** What ran out between two days by the passing of time alone, whatever was written. */
import type { Place } from '../../../language/model/finding.ts';
import { addDays, daysBetween, type IsoDate } from '../../../language/values/date.ts';
import { dueDates, inOrder, type DueDate, type DueKind } from '../due-dates.ts';
import type { ComparedState } from './state.ts';

export interface Passed {
  readonly kind: DueKind;
  readonly on: IsoDate;
  readonly subject: string;
  /** `agreement ends`, `review due`. */
  readonly event: string;
  readonly place: Place;
}

/** Work that was due is a matter of its own list; here is what held and holds no longer. */
const kinds: ReadonlySet<DueKind> = new Set(['agreement', 'evidence', 'attestation', 'waiver', 'certification', 'review']);

/** Of the text as it is now: what held on a day and held no longer on the day that is taken for today. */
export function passedSince(state: ComparedState, since: IsoDate): readonly Passed[] {
  const stated: readonly DueDate[] = dueDates(state.model, state.model).filter(({ kind, on }) => kinds.has(kind) && on >= since && on < state.asOf);
  const known = new Set(stated.map(({ place }) => place.entity));
  // Evidence that does not say how long it holds does so as long as the project's configuration says.
  const expired = state.model.all('Evidence').flatMap((evidence): DueDate[] => {
    if (known.has(evidence.$key) || state.evidenceFault(evidence, since) !== undefined || state.evidenceFault(evidence, state.asOf) === undefined) return [];
    return [{ kind: 'evidence', on: lastValid(state, evidence, since), subject: evidence.title ?? evidence.name, event: 'evidence no longer valid', place: { entity: evidence.$key, path: ['dated'] } }];
  });
  return inOrder([...stated, ...expired]).map(({ kind, on, subject, event, place }) => ({ kind, on, subject, event, place }));
}

/** The last day on which an evidence counted, found by halving: it counted on the first day and does not on the last. */
function lastValid(state: ComparedState, evidence: Parameters<ComparedState['evidenceFault']>[0], since: IsoDate): IsoDate {
  let [held, days] = [since, daysBetween(since, state.asOf)];
  while (days > 1) {
    const half = Math.floor(days / 2);
    const middle = addDays(held, half);
    if (state.evidenceFault(evidence, middle) === undefined) {
      held = middle;
      days -= half;
    } else days = half;
  }
  return held;
}
