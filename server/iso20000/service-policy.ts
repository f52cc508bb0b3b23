import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, system, type RuleContext, type SystemPart } from '../assessment/rule.ts';
import { approvedByTopManagement } from './top-management.ts';

type Policy = DeclarationTypes['Policy'];

/** What is missing where no service management policy is declared. */
const scaffold = {
  title: 'Declare the service management policy',
  text: 'policy ${1:service-policy} "${2:Service management policy}" {\n  kind service-management\n  statement "${3:TODO what the organization wants of its services}"\n  fits purpose "${4:TODO how it suits what the organization is for}"\n  framework "${5:TODO how objectives are set from it}"\n  file "${6:TODO path of the document}" version "${7:TODO}"\n  approved by ${8:TODO} on ${9:0000-00-00}\n  available to "${10:TODO who can have it}"\n  review every 12mo\n}',
};

/** Service management policies that top management has approved, the latest first. */
export function currentPolicies(context: RuleContext): readonly Policy[] {
  const approved = servicePolicies(context).flatMap((policy) => {
    const on = approvedByTopManagement(policy.approvals, context);
    return on === undefined ? [] : [{ policy, on }];
  });
  return approved.sort((a, b) => (a.on > b.on ? -1 : a.on < b.on ? 1 : 0)).map(({ policy }) => policy);
}

/** The service management policy: the one in force, else the first that is declared. */
export function servicePolicy(context: RuleContext): Policy | undefined {
  return currentPolicies(context)[0] ?? servicePolicies(context)[0];
}

/** A check of the service management policy, and of there being one. What it says must have a place. */
export function ofServicePolicy(check: (policy: Policy, context: RuleContext) => readonly Remark[]): SystemPart {
  return system((context) => {
    const policy = servicePolicy(context);
    return policy ? check(policy, context) : [shortfall('No service management policy is declared (a policy of kind service-management).', { fixes: declareFixes(context, scaffold) })];
  });
}

function servicePolicies({ model }: RuleContext): readonly Policy[] {
  return model.all('Policy').filter(({ kind }) => kind === 'service-management');
}
