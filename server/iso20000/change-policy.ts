import { documentedInformation } from '../../language/catalogue/documented-information.ts';
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, system, type RuleContext, type SystemPart } from '../assessment/rule.ts';
import { policyOfKind } from './policy-of-kind.ts';

type Policy = DeclarationTypes['Policy'];

/** What is missing where no change management policy is declared. */
const scaffold = {
  title: 'Declare the change management policy',
  text: 'policy ${1:change-policy} "${2:Change management policy}" {\n  kind change-management\n  controls ${3:TODO}\n  categories ${4:TODO}\n  major impact "${5:TODO when a change may have a major effect on customers or services}"\n  file "${6:TODO path of the document}" version "${7:TODO}"\n  approved by ${8:TODO} on ${9:0000-00-00}\n  review every 12mo\n}',
};

/** Months between reviews of the policy where neither it nor the configuration says so. */
export const policyMonths: number = documentedInformation.get('di.change-policy')?.suggestedReviewMonths ?? 12;

/** The change management policy: the one that was approved last, else the first that is declared. */
export function changePolicy(context: Pick<RuleContext, 'model' | 'asOf'>): Policy | undefined {
  return policyOfKind('change-management', context);
}

/** A check of the change management policy, and of there being one. What it says must have a place. */
export function ofChangePolicy(check: (policy: Policy, context: RuleContext) => readonly Remark[]): SystemPart {
  return system((context) => {
    const policy = changePolicy(context);
    return policy ? check(policy, context) : [shortfall('No change management policy is declared (a policy of kind change-management).', { fixes: declareFixes(context, scaffold) })];
  });
}
