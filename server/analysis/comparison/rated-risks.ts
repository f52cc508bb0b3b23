/** How risks are rated: likelihood times impact, and what remains. */
import type { DeclarationTypes } from '../../../language/model/declarations.ts';
import { compareDecimals, multiply, parseDecimal, type Decimal } from '../../../language/values/decimal.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { effectOfAll, type Effect } from './change.ts';

type Risk = DeclarationTypes['Risk'];

/** Undefined where the rating is the same; `changed` where one of them cannot be told, or they go different ways. */
export function effectOfRisk(before: Risk, after: Risk): Effect | undefined {
  const isSame = (['likelihood', 'impact', 'residual'] as const).every((property) => before[property] === after[property]);
  if (isSame) return undefined;
  const effects = [effectOf(ratingOf(before), ratingOf(after)), effectOf(numberOf(before.residual), numberOf(after.residual))].filter((effect) => effect !== undefined);
  return effects.length === 0 ? 'changed' : effectOfAll(effects);
}

function effectOf(before: Decimal | undefined, after: Decimal | undefined): Effect | undefined {
  if (before === undefined || after === undefined) return before === after ? undefined : 'changed';
  const order = compareDecimals(before, after);
  return order === 0 ? undefined : order < 0 ? 'raised' : 'lowered';
}

function ratingOf({ likelihood, impact }: Risk): Decimal | undefined {
  const [one, other] = [numberOf(likelihood), numberOf(impact)];
  return one === undefined || other === undefined ? undefined : multiply(one, other);
}

function numberOf(text: string | undefined): Decimal | undefined {
  const number = text === undefined ? undefined : parseDecimal(text);
  return number === undefined || isProblem(number) ? undefined : number;
}

/** `12 (likelihood 3, impact 4), 4 after treatment`. */
export function riskInWords(risk: Risk): string {
  const rating = ratingOf(risk);
  const parts = [risk.likelihood === undefined ? undefined : `likelihood ${risk.likelihood}`, risk.impact === undefined ? undefined : `impact ${risk.impact}`].filter((part) => part !== undefined);
  const rated = rating === undefined ? (parts.length === 0 ? 'not rated' : parts.join(', ')) : `${rating} (${parts.join(', ')})`;
  return risk.residual === undefined ? rated : `${rated}, ${risk.residual} after treatment`;
}
