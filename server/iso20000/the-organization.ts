import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { shortfall, type Remark } from '../assessment/remark.ts';
import { system, type RuleContext, type SystemPart } from '../assessment/rule.ts';

type Organization = DeclarationTypes['Organization'];

/**
 * A check of the organization, which a project has one of: the first that is declared. What it lacks is told without a place, so that
 * it is listed with what else its clause lacks; what it says and should not is told at that place.
 */
export function ofTheOrganization(check: (organization: Organization, context: RuleContext) => readonly Remark[]): SystemPart {
  return system((context) => {
    const organization = context.model.all('Organization')[0];
    return organization ? check(organization, context) : [shortfall('No organization is declared.')];
  });
}
