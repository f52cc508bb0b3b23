import type { Approval, ReviewInterval } from '../../language/model/declarations.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { dateOf, intervalAfter } from './dates.ts';
import { isFilledIn } from './filled-in.ts';

/** The latest approval by somebody, on a day that is not still to come. */
export function lastApproval(approvals: readonly Approval[], asOf: IsoDate): { readonly approval: Approval; readonly on: IsoDate } | undefined {
  let latest: { approval: Approval; on: IsoDate } | undefined;
  for (const approval of approvals) {
    const on = dateOf(approval.on);
    if (on === undefined || on > asOf || !isFilledIn(approval.by)) continue;
    if (!latest || on > latest.on) latest = { approval, on };
  }
  return latest;
}

/**
 * When what is reviewed at intervals was last seen to be right (its last review or its last approval, whichever is later), and by when
 * it is to be reviewed again. Undefined where neither is dated, or where the interval cannot be read.
 */
export function nextReview(subject: { readonly review?: ReviewInterval | undefined; readonly approvals?: readonly Approval[] }, asOf: IsoDate, defaultMonths: number): { readonly last: IsoDate; readonly due: IsoDate } | undefined {
  const reviewed = dateOf(subject.review?.last);
  const dates = [reviewed, lastApproval(subject.approvals ?? [], asOf)?.on].filter((date) => date !== undefined).filter((date) => date <= asOf);
  const last = dates.sort().at(-1);
  if (last === undefined) return undefined;
  const due = intervalAfter(last, subject.review?.every, defaultMonths);
  return due === undefined ? undefined : { last, due };
}
