import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { lastApproval } from '../assessment/approvals.ts';
import type { RuleContext } from '../assessment/rule.ts';

type Policy = DeclarationTypes['Policy'];

/** The policy of a kind: the one that was approved last, else the first that is declared. */
export function policyOfKind(kind: NonNullable<Policy['kind']>, { model, asOf }: Pick<RuleContext, 'model' | 'asOf'>): Policy | undefined {
  const approvedOn = ({ approvals }: Policy): string => lastApproval(approvals, asOf)?.on ?? '';
  return model
    .all('Policy')
    .filter((policy) => policy.kind === kind)
    .toSorted((a, b) => (approvedOn(a) > approvedOn(b) ? -1 : approvedOn(a) < approvedOn(b) ? 1 : 0))[0];
}
