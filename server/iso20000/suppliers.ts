import type { Agreement, DeclarationTypes } from '../../language/model/declarations.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { intervalAfter } from '../assessment/dates.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import type { PlannedInterval } from '../assessment/planned-interval.ts';
import { addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { collection, type RuleContext } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';
import { covers, isImproved } from './target-figures.ts';

export type Supplier = DeclarationTypes['Supplier'];

/** Of which kind a supplier is: as it says, else internal if it promises by an OLA, else external. */
export function kindOf(supplier: Supplier, context: RuleContext): 'external' | 'internal' | 'customer' {
  return supplier.kind ?? (agreementsWith(supplier.name, context).some(({ type }) => type === 'ola') ? 'internal' : 'external');
}

/** What is asked of an agreement with a party most often: a team may have hundreds, and is not to be looked at for each word in one. */
export type AgreementInShort = Pick<Agreement, 'name' | 'type' | 'validTo'>;

const promises = collection('agreements by who promises', ['Agreement'], ({ name, type, validTo, supplier, provider }): readonly (readonly [string, AgreementInShort])[] =>
  [...new Set([supplier, provider])].flatMap((party) => (party === undefined ? [] : [[party, { name, type, validTo }] as const])),
);

/** Contracts and OLAs with a supplier, or with a customer or team that promises as one. */
export function agreementsWith(party: string, { collected }: RuleContext): readonly AgreementInShort[] {
  return collected(promises, party);
}

/** The same in full, of those that are wanted. */
export function fullAgreementsWith(party: string, context: RuleContext, isWanted: (agreement: AgreementInShort) => boolean): readonly Agreement[] {
  return agreementsWith(party, context).flatMap((agreement) => (isWanted(agreement) ? (context.model.get('Agreement', agreement.name) ?? []) : []));
}

export interface LookedAt {
  readonly subject: DeclarationTypes[keyof DeclarationTypes] & { readonly name: string; readonly title?: string | undefined };
  /** Completing “The last … of X”: `review of the performance`. */
  readonly what: string;
  readonly last: IsoDate | undefined;
  /** From when the interval runs where it was never looked at. */
  readonly start: IsoDate | undefined;
  /** The interval that is declared. */
  readonly every: string | undefined;
  readonly planned: PlannedInterval;
  /** The line that would say when it was, with placeholders. */
  readonly line: string;
}

/** Asks that something was looked at within its planned interval; it is first due one interval after it began. */
export function checkLookedAt({ subject, what, last, start, every, planned, line }: LookedAt, { asOf }: RuleContext): readonly Remark[] {
  const from = last ?? start;
  const due = from === undefined ? undefined : intervalAfter(from, every, planned.months);
  if (due !== undefined && due >= asOf) return last === undefined ? [] : [shown('evidenced')];
  // An interval that cannot be read is a finding of its own.
  if (from !== undefined && due === undefined) return [];
  const words = every === undefined ? planned.words : `every ${every}`;
  const message = last === undefined ? `No ${what} of ${named(subject)} is recorded; one is due ${words}.` : `The last ${what} of ${named(subject)} is of ${last}; by its interval (${words}) one was due on ${due}.`;
  return [shortfall(message, { place: placeOf(subject), axis: 'evidenced', fixes: [addFact('Say when it was last', placeOf(subject), line)] })];
}

/** Whether it binds the other party otherwise than by a target: in words, or by a control that was agreed. */
export function hasObligation({ obligations, agreedControls, duties }: Agreement, { model }: RuleContext): boolean {
  return someFilledIn(obligations) || someFilledIn(duties) || agreedControls.some((id) => model.get('SecurityControl', id) !== undefined);
}

/** Whether an improvement, or an action of the target's metric, follows from a miss. */
export function isFollowedUp(agreement: Agreement, target: string, period: string, context: RuleContext): boolean {
  if (isImproved('ServiceLevelTarget', `${agreement.name}.${target}`, period, context)) return true;
  if (agreement.supplier !== undefined && isImproved('Supplier', agreement.supplier, period, context)) return true;
  return agreement.targets.some(({ name, metric: id }) => {
    const metric = name === target && id !== undefined ? context.model.get('Metric', id) : undefined;
    if (!metric) return false;
    return isImproved('Metric', metric.name, period, context) || metric.analyses.some(({ period: analysed, action }) => action !== undefined && isFilledIn(action.text) && covers(analysed, period));
  });
}
