import type { Action, DeclarationTypes } from '../../language/model/declarations.ts';
import { compareDecimals, parseDecimal } from '../../language/values/decimal.ts';
import { isInPeriod, parsePeriod } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { isFilledIn, isNotZero } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import type { RuleContext } from '../assessment/rule.ts';
import { stated, type Wanted } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';

type Resource = DeclarationTypes['Resource'];

/** Whether it speaks of the day: one without a period does at all times. */
export function isCurrent({ period: stated }: Resource, { asOf }: RuleContext): boolean {
  if (stated === undefined) return true;
  const period = parsePeriod(stated);
  return !isProblem(period) && isInPeriod(asOf, period);
}

export interface ProvidedOptions {
  /** What else the resource has to say. */
  readonly also?: readonly Wanted[];
  /** Which of its actions count as what is done about a gap. */
  readonly covers: (action: Action) => boolean;
}

/** Asks that as much is there as is needed, or that an action covers the rest. */
export function checkProvided(resource: Resource, { also = [], covers }: ProvidedOptions): readonly Remark[] {
  const place = placeOf(resource);
  const [needed, provided] = [isNotZero(resource.needed) ? amountOf(resource.needed) : undefined, amountOf(resource.provided)];
  const remarks = stated(resource, 'The resource', [
    ...also,
    { said: needed !== undefined, what: 'how much is needed', line: 'needed ${1:0}' },
    { said: provided !== undefined, what: 'how much there is', line: 'provided ${1:0}' },
  ]);
  const [unit, providedUnit] = [resource.unit, resource.providedUnit ?? resource.unit];
  if (needed === undefined || provided === undefined) return remarks;
  if (unit !== undefined && providedUnit !== unit) {
    return [...remarks, shortfall(`What ${named(resource)} needs is stated in ${unit}, what there is in ${providedUnit}, so they cannot be compared.`, { place: placeOf(resource, 'providedUnit') })];
  }
  if (compareDecimals(provided, needed) >= 0 || resource.actions.some((action) => isFilledIn(action.text) && covers(action))) return remarks;
  return [
    ...remarks,
    shortfall(`Of ${named(resource)} ${resource.provided} of ${resource.needed}${unit === undefined ? '' : ` ${unit}`} that are needed are there, and no open action covers the rest.`, {
      place: placeOf(resource, 'provided'),
      fixes: [addFact('Add an action', place, 'action "${1:TODO how the rest is provided}" owner ${2:TODO} due ${3:0000-00-00}')],
    }),
  ];
}

function amountOf(text: string | undefined) {
  const amount = text === undefined ? undefined : parseDecimal(text);
  return amount === undefined || isProblem(amount) ? undefined : amount;
}
