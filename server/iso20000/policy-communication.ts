import type { DeclarationTypes } from '../../language/model/declarations.ts';
import type { Place } from '../../language/model/finding.ts';
import { lastApproval } from '../assessment/approvals.ts';
import { latestOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addDeclaration, addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import type { RuleContext } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';

type Policy = DeclarationTypes['Policy'];
export type Communication = DeclarationTypes['Communication'];

export interface Telling {
  /** What kind of policy it is, in words: `service management policy`. */
  readonly words: string;
  readonly direction: NonNullable<Communication['direction']>;
  /** Completing “was made known …”: `inside the organization`. */
  readonly whom: string;
  /** Whether a communication reaches those that are meant. */
  readonly reaches: (communication: Communication) => boolean;
  /** How the fix names them: `"${3:TODO whom}"`. */
  readonly audience: string;
  /** Whether it counts only since the policy was last approved. */
  readonly sinceApproval: boolean;
  /** Where it is missing; left out: at the policy. */
  readonly place?: Place;
}

/** Whether a communication says for whom it is. */
export function hasAudience({ audience }: Communication): boolean {
  return audience.some(({ party, text }) => isFilledIn(party) || isFilledIn(text));
}

/** Communications that the policy names, and those that are about it. */
function communicationsOf(policy: Policy, { model }: RuleContext): readonly Communication[] {
  const found = new Set(policy.communications.flatMap((id) => model.get('Communication', id) ?? []));
  for (const { entity: { node } } of model.referrers('Policy', policy.name)) if (node.$type === 'Communication') found.add(node);
  return [...found];
}

/** Asks that a policy was made known to some: by a communication about it that was performed. */
export function checkMadeKnown(policy: Policy, { words, direction, whom, reaches, audience, sinceApproval, place = placeOf(policy, 'communications', 0) }: Telling, context: RuleContext): readonly Remark[] {
  const { asOf } = context;
  const since = lastApproval(policy.approvals, asOf)?.on;
  const told = communicationsOf(policy, context).filter((communication) => communication.direction === direction && reaches(communication));
  const performed = told.map((communication) => ({ communication, on: latestOf(communication.performed, asOf) }));
  if (performed.some(({ on }) => on !== undefined && (!sinceApproval || (since !== undefined && on >= since)))) return [shown('evidenced')];
  const [first] = performed;
  if (first) {
    const after = since === undefined ? 'the policy is approved' : `the policy was approved (${since})`;
    return [
      shortfall(first.on === undefined ? `${named(first.communication)} is to make the ${words} known ${whom}, but has not been performed yet.` : `The ${words} was last made known ${whom} on ${first.on}, and not since ${after}.`, {
        place: placeOf(first.communication, 'performed', Math.max(0, first.communication.performed.length - 1)),
        axis: 'evidenced',
        fixes: [addFact('Say when it was performed', placeOf(first.communication), 'performed ${1:0000-00-00}')],
      }),
    ];
  }
  return [
    shortfall(`Nothing says that the ${words} ${named(policy)} was made known ${whom}: a communication about it, with direction ${direction}, its audience and when it was performed.`, {
      place,
      axis: 'evidenced',
      fixes: [
        addDeclaration(
          'Declare the communication',
          placeOf(policy),
          `communication \${1:policy-briefing} "\${2:TODO what is told}" {\n  direction ${direction}\n  about ${policy.name}\n  audience ${audience}\n  channel "\${4:TODO how}"\n  responsible \${5:TODO}\n  performed \${6:0000-00-00}\n}`,
        ),
      ],
    }),
  ];
}
