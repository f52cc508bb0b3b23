import type { Agreement, EntityKey } from '../../../language/model/declarations.ts';
import { addDays, daysBetween, type IsoDate } from '../../../language/values/date.ts';
import { dateOf } from '../../assessment/dates.ts';
import { counted } from '../../assessment/wording.ts';
import type { FeasibilityCheck, Link } from './check.ts';
import type { FeasibilityStudy } from './study.ts';
import { idOf, typeOf } from './support-graph.ts';
import { plainWay, walkDown } from './walk.ts';

/** Whether what an agreement rests on is promised until it ends, by one agreement or by others that follow it. */
export function checkValidity(agreement: Agreement, study: FeasibilityStudy): readonly FeasibilityCheck[] {
  const end = dateOf(agreement.validTo);
  if (end === undefined) return [];
  const days = new Map<EntityKey, number>();
  const { weak } = walkDown(agreement, study, plainWay, (key, agreements) => ({
    weak: agreements.flatMap((other): Link[] => {
      const own = dateOf(other.validTo);
      const until = own === undefined || own >= end ? undefined : coveredUntil(other, own, key, study);
      if (until === undefined || until >= end) return [];
      days.set(other.$key, daysBetween(until, end));
      return [{ agreement: other.$key, path: ['validTo'], message: `“${study.nameOf(other.$key)}” ends on ${until}, ${counted(daysBetween(until, end), 'day')} before` }];
    }),
    isPromised: true,
    way: plainWay,
  }), study.clear(`validity ${end}`));
  const links = weak.toSorted((a, b) => (days.get(b.agreement) ?? 0) - (days.get(a.agreement) ?? 0));
  const [first] = links;
  if (first === undefined) return [];
  const most = days.get(first.agreement) ?? 0;
  return [
    {
      kind: 'validity',
      verdict: 'notKept',
      path: ['validTo'],
      promise: `valid to ${end}`,
      summary: `${first.message}, and none follows it.`,
      margin: `not covered: the last ${counted(most, 'day')}`,
      steps: links.map(({ message }) => message),
      links,
      remedies: links.map((link) => ({ ...link, message: `“${study.nameOf(link.agreement)}”, or one that follows it, would have to be valid to ${end}`, wanted: `be valid to ${end}` })),
      unsupported: [],
      notComparable: [],
      marginSeconds: String(-most * 86_400),
    },
  ];
}

/** The last day on which an agreement, or those of the same kind with the same party that follow it, holds for a part. */
function coveredUntil(agreement: Agreement, end: IsoDate, key: EntityKey, study: FeasibilityStudy): IsoDate | undefined {
  let until = end;
  const following = study.withSameParty(agreement).filter((other) => other !== agreement && (typeOf(key) !== 'Service' || other.services.includes(idOf(key))));
  for (let isGrowing = true; isGrowing;) {
    isGrowing = false;
    for (const other of following) {
      const [from, to] = [dateOf(other.validFrom), dateOf(other.validTo)];
      if (from !== undefined && from > addDays(until, 1)) continue;
      if (to === undefined) return undefined;
      if (to > until) {
        until = to;
        isGrowing = true;
      }
    }
  }
  return until;
}
