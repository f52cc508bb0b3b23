/** Clause 10.1.1, nonconformity and corrective action. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { addMonths } from '../../language/values/date.ts';
import { actionDone, filledIn } from '../assessment/actions.ts';
import { dateOf, latestOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { overdueActions } from '../assessment/overdue-actions.ts';
import { shown, type Remark } from '../assessment/remark.ts';
import { each, rule, type Rule, type RuleContext, type RulePart } from '../assessment/rule.ts';
import { stated, type Wanted } from '../assessment/stated.ts';
import { attested } from './attestations.ts';
import { isChecked, isNonconformity, nonconformityOccurs } from './nonconformities.ts';

type Nonconformity = DeclarationTypes['Nonconformity'];

/** Within how many months the cause is known, and after how many an action is seen to have worked: defaults of this product. */
const analysisMonths = 1;
const checkMonths = 3;

const kind = 'The nonconformity';

function nonconformities(row: string, check: (nonconformity: Nonconformity, context: RuleContext) => readonly Remark[], more: readonly RulePart[] = []): Rule {
  return rule(row, {
    trigger: nonconformityOccurs,
    evidence: 'derived',
    parts: [
      each('Nonconformity', {
        where: isNonconformity,
        none: null,
        check: (nonconformity, context) => {
          const remarks = check(nonconformity, context);
          return remarks.length > 0 ? remarks : [shown('evidenced')];
        },
      }),
      [...more],
    ],
  });
}

/** A row that only asks for facts. */
function says(row: string, wanted: (nonconformity: Nonconformity, context: RuleContext) => readonly Wanted[]): Rule {
  return nonconformities(row, (nonconformity, context) => stated(nonconformity, kind, wanted(nonconformity, context), 'evidenced'));
}

export const corrected: Rule = says('10.1.1.a1', ({ correction, detected, owner, actions }, { asOf }) => [
  { said: isFilledIn(correction), what: 'how it was corrected', line: 'correction "${1:TODO what was done at once}"' },
  { said: latestOf([detected], asOf) !== undefined, what: 'when it was detected', line: 'detected ${1:0000-00-00}' },
  // Who carries out all its actions answers for it.
  { said: isFilledIn(owner) || (actions.length > 0 && actions.every((action) => isFilledIn(action.owner))), what: 'who answers for it', line: 'owner ${1:TODO}' },
]);

export const consequences: Rule = says('10.1.1.a2', (nonconformity) => [
  { said: isFilledIn(nonconformity.consequences), what: 'what came of it, or that nothing did', line: 'consequences "${1:TODO what came of it, or none}"' },
]);

export const reviewed: Rule = says('10.1.1.b1', (nonconformity, { asOf }) => [
  { said: isFilledIn(nonconformity.nature) || isFilledIn(nonconformity.title), what: 'what it is', line: 'nature "${1:TODO what was not as required}"' },
  { said: nonconformity.against.some((id) => isFilledIn(id.replace(/^\w+:/, ''))), what: 'which requirement is not met', line: 'against iso20000:${1:TODO}' },
  { said: latestOf([nonconformity.reviewed, nonconformity.closed], asOf) !== undefined, what: 'when it was reviewed', line: 'reviewed ${1:0000-00-00}' },
]);

export const causeDetermined: Rule = nonconformities('10.1.1.b2', (nonconformity, { asOf }) => {
  const detected = dateOf(nonconformity.detected);
  const isClosed = nonconformity.status === 'closed' || nonconformity.closed !== undefined;
  if (!isClosed && detected !== undefined && addMonths(detected, analysisMonths) >= asOf) return [];
  return stated(nonconformity, kind, [{ said: isFilledIn(nonconformity.cause), what: `what caused it, which is known within ${analysisMonths} month by the default of this product`, line: 'cause "${1:TODO why it could happen}"' }], 'evidenced');
});

export const similarCases: Rule = says('10.1.1.b3', ({ similar }) => [
  { said: isFilledIn(similar), what: 'whether there are similar cases', line: 'similar "${1:TODO which similar cases there are, or none}"' },
]);

export const actionImplemented: Rule = nonconformities('10.1.1.c', (nonconformity, context) => [
  ...stated(nonconformity, kind, [{ said: filledIn(nonconformity.actions).length > 0, what: 'what is done so that it does not happen again', line: 'action "${1:TODO what is done}" owner ${2:TODO} due ${3:0000-00-00}' }], 'evidenced'),
  ...overdueActions(nonconformity, context),
]);

export const effectReviewed: Rule = nonconformities('10.1.1.d', (nonconformity, { model, asOf }) => {
  const done = filledIn(nonconformity.actions).map((action) => actionDone(action, model, asOf));
  const last = done.length > 0 && !done.includes(undefined) ? done.toSorted().at(-1) : undefined;
  if (last === undefined || addMonths(last, checkMonths) >= asOf) return [];
  return stated(
    nonconformity,
    kind,
    [
      {
        said: isChecked(nonconformity, asOf),
        what: `whether its actions, done since ${last}, were effective, which is seen within ${checkMonths} months by the default of this product`,
        line: 'effective ${1:no} checked ${2:0000-00-00}',
      },
    ],
    'evidenced',
  );
});

export const systemChanged: Rule = says('10.1.1.e', ({ systemChange }) => [
  { said: isFilledIn(systemChange), what: 'what changes in the service management system, or that nothing needs to', line: 'system change "${1:TODO what changes, or none}"' },
]);

export const actionFitsEffect: Rule = nonconformities(
  '10.1.1.1',
  (nonconformity) => {
    if (nonconformity.grade !== 'major') return [];
    return stated(
      nonconformity,
      'The major nonconformity',
      [
        { said: isFilledIn(nonconformity.cause), what: 'what caused it', line: 'cause "${1:TODO why it could happen}"' },
        { said: filledIn(nonconformity.actions).length > 0, what: 'what is done beyond its correction', line: 'action "${1:TODO what is done}" owner ${2:TODO} due ${3:0000-00-00}' },
      ],
      'evidenced',
    );
  },
  attested('10.1.1.1'),
);
