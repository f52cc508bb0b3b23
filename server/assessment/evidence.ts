import type { RequirementRow } from '../../language/catalogue/catalogue.ts';
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import type { Fix, Place } from '../../language/model/finding.ts';
import { dateOf, intervalAfter } from './dates.ts';
import { isFilledIn } from './filled-in.ts';
import type { PlannedInterval } from './planned-interval.ts';
import { addFact, placeOf } from './remark.ts';
import { collection, type RuleContext } from './rule.ts';
import { named } from './wording.ts';

type Evidence = DeclarationTypes['Evidence'];

/** Why something that is declared does not count on the day. */
export interface Fault {
  readonly message: string;
  readonly place: Place;
  readonly fixes?: readonly Fix[];
}

/** The names under which a row may be referred to: its own and its clause's. */
export function namesOfRow(row: RequirementRow): readonly string[] {
  return [`iso20000:${row.id}`, `iso20000:${row.clause}`];
}

/** What keeps evidence from counting on a day: it shows nothing, is not dated, or is no longer valid. Undefined where it counts. */
export function evidenceFault(evidence: Evidence, { asOf, evidenceValidity, file }: RuleContext): Fault | undefined {
  if (!isFilledIn(evidence.file) && !isFilledIn(evidence.link)) return { message: `The evidence ${named(evidence)} names no file and no link, so there is nothing to look at.`, place: placeOf(evidence), fixes: [addFact('Name what shows it', placeOf(evidence), 'file "${1:TODO path of what shows it}"')] };
  const state = isFilledIn(evidence.file) ? file(evidence.file) : undefined;
  if (state?.kind === 'refused') return { message: `The evidence ${named(evidence)} cannot be looked at: ${state.message}`, place: placeOf(evidence, 'file') };
  const dated = dateOf(evidence.dated);
  if (dated === undefined) return { message: `The evidence ${named(evidence)} is not dated.`, place: placeOf(evidence, 'dated'), fixes: [addFact('Date it', placeOf(evidence), 'dated ${1:0000-00-00}')] };
  if (dated > asOf) return { message: `The evidence ${named(evidence)} is dated ${dated}, which is still to come.`, place: placeOf(evidence, 'dated') };
  const end = intervalAfter(dated, evidence.valid, evidenceValidity.months);
  if (end !== undefined && end >= asOf) return undefined;
  return { message: `The evidence ${named(evidence)} of ${dated} was valid ${validityInWords(evidence.valid, evidenceValidity)}${end === undefined ? '' : `, until ${end}`}. Take it anew.`, place: placeOf(evidence, 'dated') };
}

/** Names of evidence by requirement: much of a model traces to a clause, and little of that is evidence. */
const evidenceByRequirement = collection('evidence by requirement', ['Evidence'], ({ name, requirements }) => requirements.map((id) => [id, name] as const));

/** Evidence that names a row or its clause. */
export function evidenceFor(row: RequirementRow, { collected, model }: RuleContext): readonly Evidence[] {
  const names = new Set(namesOfRow(row).flatMap((name) => collected(evidenceByRequirement, name)));
  return [...names].flatMap((name) => model.get('Evidence', name) ?? []);
}

export function validityInWords(valid: string | undefined, validity: PlannedInterval): string {
  return valid === undefined ? validity.words : `for ${valid}`;
}
