import type { Customer, DeclarationTypes } from '../../language/model/declarations.ts';
import type { RuleContext } from '../assessment/rule.ts';

type ServiceReview = DeclarationTypes['ServiceReview'];

/** Whether a customer takes part in a review: one that names no customer is held with those of its services. */
export function takesPart(customer: Customer, { customers, services }: ServiceReview, { model }: RuleContext): boolean {
  return customers.length > 0 ? customers.includes(customer.name) : services.some((id) => model.get('Service', id)?.customers.includes(customer.name));
}

export function reviewScaffold(services: string, customers: string): string {
  return `service review \${1:review} "\${2:Service review}" of ${services}${customers === '' ? '' : ` with ${customers}`} {\n  held \${3:0000-00-00}\n  trends "\${4:TODO what the figures show over time}"\n  outcome "\${5:TODO what was found and decided}"\n}`;
}
