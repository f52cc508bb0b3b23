/** Who concludes an agreement, in what capacity, and whom to turn to. */
import type { Agreement } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import type { SigningParty } from '../blocks.ts';
import { titleById } from '../facts/names.ts';
import type { ReportInput } from '../report.ts';

export interface ContractParty extends SigningParty {
  readonly role: string;
  /** Whom to turn to; named contacts only. */
  readonly contact: string | undefined;
  readonly escalation: string | undefined;
}

export interface ContractParties {
  /** Our organization. */
  readonly provider: ContractParty;
  readonly other: ContractParty;
}

export function partiesOf({ model, words }: Pick<ReportInput, 'model' | 'words'>, agreement: Agreement): ContractParties {
  const [organization] = model.all('Organization');
  const own = organization?.legalName ?? organization?.title ?? organization?.name ?? words.say('Organization not declared');
  switch (agreement.type) {
    case 'sla': {
      const customer = model.get('Customer', agreement.customer);
      return {
        provider: { name: own, role: words.say('service provider'), contact: actor(model, customer?.relationshipManager), escalation: customer?.escalationContact },
        other: { name: titleById(model, 'Customer', agreement.customer ?? ''), role: words.say('customer'), contact: customer?.contact, escalation: undefined },
      };
    }
    case 'contract': {
      const supplier = model.get('Supplier', agreement.supplier);
      return {
        provider: { name: own, role: words.say('buyer'), contact: actor(model, supplier?.manager), escalation: undefined },
        other: { name: titleById(model, 'Supplier', agreement.supplier ?? ''), role: words.say('supplier'), contact: supplier?.contact, escalation: supplier?.escalationContact },
      };
    }
    case 'ola': {
      const id = agreement.provider;
      const team = model.get('Team', id);
      const party = model.get('Supplier', id) ?? model.get('Customer', id);
      const owner = model.get('Service', agreement.services[0])?.owner;
      return {
        provider: { name: own, role: words.say('service management'), contact: actor(model, owner), escalation: undefined },
        other: { name: titleById(model, 'Party', id ?? ''), role: words.say('internal supplier'), contact: team?.contact ?? actor(model, team?.lead) ?? party?.contact, escalation: party?.escalationContact },
      };
    }
  }
}

/** `Anna Berg, anna@…`: the title, and how to reach a person or team that says it. */
function actor(model: Model, id: string | undefined): string | undefined {
  if (id === undefined) return undefined;
  const contact = (model.get('Person', id) ?? model.get('Team', id))?.contact;
  return [titleById(model, 'Actor', id), ...(contact === undefined ? [] : [contact])].join(', ');
}

/** Of parties that are named those that this agreement may name: no customer but its own. */
export function withoutOtherCustomers(model: Model, { customer, provider }: Agreement, parties: readonly string[]): readonly string[] {
  return parties.filter((id) => id === customer || id === provider || model.get('Customer', id) === undefined);
}
