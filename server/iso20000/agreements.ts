import type { Agreement, Service } from '../../language/model/declarations.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { dateOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import type { RuleContext } from '../assessment/rule.ts';

export const isSla = ({ type }: Agreement): boolean => type === 'sla';

/** Service level agreements of a service. */
export function slasOf(service: Service, { model }: RuleContext): readonly Agreement[] {
  const found = new Set<Agreement>();
  for (const { entity: { node } } of model.referrers('Service', service.name)) {
    if (node.$type === 'Agreement' && isSla(node) && node.services.includes(service.name)) found.add(node);
  }
  return [...found];
}

/** The other party of an agreement: the customer of an SLA, the supplier of a contract, who promises by an OLA. */
export function otherParty({ customer, supplier, provider }: Agreement): string | undefined {
  return customer ?? supplier ?? provider;
}

/** Whether it says that it was agreed, by whom and when; one that names no party is agreed with its own other party. */
export function isAgreed(agreement: Agreement, asOf: IsoDate): boolean {
  const other = otherParty(agreement);
  return agreement.agreed.some(({ parties, by, on }) => {
    const day = dateOf(on);
    return isFilledIn(by) && day !== undefined && day <= asOf && (parties.length === 0 || other === undefined || parties.includes(other));
  });
}

export function hasEnded({ validTo }: Pick<Agreement, 'validTo'>, asOf: IsoDate): boolean {
  const end = dateOf(validTo);
  return end !== undefined && end < asOf;
}

/** When it began to hold, else when it was first agreed. */
export function startOf({ validFrom, agreed }: Agreement): IsoDate | undefined {
  return dateOf(validFrom) ?? agreed.map(({ on }) => dateOf(on)).filter((date) => date !== undefined).sort()[0];
}
