import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, system, type RuleContext, type SystemPart } from '../assessment/rule.ts';
import { policyOfKind } from './policy-of-kind.ts';

type Policy = DeclarationTypes['Policy'];

/** What is missing where no information security policy is declared. */
const scaffold = {
  title: 'Declare the information security policy',
  text: 'policy ${1:security-policy} "${2:Information security policy}" {\n  kind information-security\n  statement "${3:TODO what the organization wants for information}"\n  considers ${4:TODO}\n  file "${5:TODO path of the document}" version "${6:TODO}"\n  approved by ${7:TODO} on ${8:0000-00-00}\n  available to "${9:TODO who can have it}"\n  review every 12mo\n}',
};

/** The information security policy that is in force, else the first that is declared. */
export function securityPolicy(context: RuleContext): Policy | undefined {
  return policyOfKind('information-security', context);
}

/** A check of the information security policy, and of there being one. */
export function ofSecurityPolicy(check: (policy: Policy, context: RuleContext) => readonly Remark[]): SystemPart {
  return system((context) => {
    const policy = securityPolicy(context);
    return policy ? check(policy, context) : [shortfall('No information security policy is declared (a policy of kind information-security).', { fixes: declareFixes(context, scaffold) })];
  });
}
