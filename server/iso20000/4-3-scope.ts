/** Clause 4.3, determining the scope of the service management system. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall } from '../assessment/remark.ts';
import { each, query, rule, type Rule, type RuleContext } from '../assessment/rule.ts';
import { listed, named } from '../assessment/wording.ts';
import { attested } from './attestations.ts';
import { checkScopeDocument } from './scope-document.ts';
import { ofTheOrganization } from './the-organization.ts';

type Organization = DeclarationTypes['Organization'];

function considers(row: string, type: 'ContextIssue' | 'PartyRequirement', what: string, example: string): Rule {
  return rule(row, {
    parts: [
      ofTheOrganization((organization, { model }) => {
        if (organization.considers.some((id) => model.find(type, id))) return [];
        return [
          shortfall(`The scope of ${named(organization)} does not say which ${what} it takes into account, for instance “considers ${example}”.`, {
            ...(organization.considers.length > 0 ? { place: placeOf(organization, 'considers', 0) } : {}),
            fixes: [addFact(`Name ${what}`, placeOf(organization), 'considers ${1:TODO}')],
          }),
        ];
      }),
      attested(row),
    ],
  });
}

export const scopeConsidersIssues: Rule = considers('4.3.a', 'ContextIssue', 'external and internal issues', 'market');
export const scopeConsidersRequirements: Rule = considers('4.3.b', 'PartyRequirement', 'requirements of interested parties', 'group-uptime');

/** What the organization lists: services in scope, and what it puts outside. */
const scope = query('services in scope', ({ model }) => {
  const organizations = model.all('Organization');
  return {
    all: organizations.some(({ allServices }) => allServices === true),
    services: organizations.flatMap(({ services }) => services),
    outside: organizations.flatMap(({ exclusions }) => exclusions.map(({ subject }) => subject)),
  };
});

const namesServices = ofTheOrganization((organization) => {
  if (organization.allServices === true || organization.services.some(isFilledIn)) return [];
  return [shortfall(`The scope of ${named(organization)} names no service that it covers.`, { fixes: [addFact('Put all services in scope', placeOf(organization), 'services all')] })];
});

export const scopeCoversServices: Rule = rule('4.3.c', {
  parts: [
    namesServices,
    each('Service', {
      none: { message: 'No service is declared, so the scope covers none.' },
      check: (service, context) => {
        const { all, services, outside } = context.read(scope);
        if ((service.status ?? 'live') !== 'live' || all || services.length === 0 || services.includes(service.name) || outside.includes(service.name)) return [];
        const organization = context.model.all('Organization')[0];
        return [
          shortfall(`${named(service)} is live, but it is neither among the services in scope nor put outside.`, {
            related: organization ? [{ place: placeOf(organization, 'services', 0), message: `The services that ${named(organization)} has in scope` }] : [],
            fixes: organization
              ? [addFact('Put it in scope', placeOf(organization), `services ${service.name}`), addFact('Put it outside', placeOf(organization), `outside ${service.name} because "\${1:TODO why}"`)]
              : [],
          }),
        ];
      },
    }),
    each('Organization', {
      none: null,
      check: (organization, { model }) =>
        organization.exclusions.flatMap(({ subject, reason }, index) => {
          const service = model.get('Service', subject);
          if (!service || isFilledIn(reason)) return [];
          return [shortfall(`${named(service)} is put outside, but the scope does not say why: outside ${subject} because "…".`, { place: placeOf(organization, 'exclusions', index, 'subject') })];
        }),
    }),
  ],
});

function isFirst(organization: Organization, { model }: RuleContext): boolean {
  return model.all('Organization')[0] === organization;
}

export const boundaries: Rule = rule('4.3.1', {
  parts: [
    ofTheOrganization((organization) => {
      const missing = [
        ...(isFilledIn(organization.scope) ? [] : [{ what: 'what it covers', title: 'State the scope', text: 'scope "${1:TODO services, locations and units that the system covers}"' }]),
        ...(organization.sites.some(({ name, title }) => isFilledIn(name) && (title === undefined || isFilledIn(title))) ? [] : [{ what: 'from which locations', title: 'Name the locations', text: 'sites ${1:TODO}' }]),
        ...(organization.allCustomers === true || organization.customers.some(isFilledIn) ? [] : [{ what: 'for which customers', title: 'All customers that are declared', text: 'customers all' }]),
      ];
      if (missing.length === 0) return [];
      return [
        shortfall(`The scope of ${named(organization)} does not say ${listed(missing.map(({ what }) => what), 'or')}.`, {
          fixes: missing.map(({ title, text }) => addFact(title, placeOf(organization), text)),
        }),
      ];
    }),
    each('Organization', {
      none: null,
      check: (organization, context) => {
        if (isFirst(organization, context)) return [];
        const first = context.model.all('Organization')[0]!;
        return [shortfall(`${named(organization)} is a second organization. A service management system has one scope, which is that of its one organization.`, { related: [{ place: placeOf(first), message: 'The first' }] })];
      },
    }),
  ],
});

export const scopeNames: Rule = rule('4.3.2', {
  parts: [
    namesServices,
    ofTheOrganization((organization) => {
      if (isFilledIn(organization.legalName) || isFilledIn(organization.title)) return [];
      return [shortfall(`The scope does not say what the organization ${organization.name} is called.`, { fixes: [addFact('State its name', placeOf(organization), 'legal name "${1:TODO name of the organization}"')] })];
    }),
  ],
});

export const scopeDocumented: Rule = rule('4.3.3', {
  evidence: 'derived',
  parts: [ofTheOrganization(checkScopeDocument)],
});
