import { block, type DeclarationDocumentation, type FactDocumentation } from '../documentation.ts';

export const declarations: Readonly<Record<string, DeclarationDocumentation>> = {
  service: {
    text: 'A service that customers receive, or a service that other services are built on.',
    snippet: block('service ${1:id} "${2:Title}"', 'summary "${3:What it does for its users}"', 'owner ${4:person}', 'customer ${5:customer}', 'status ${6:live}'),
  },
  ci: {
    text: 'A configuration item: something that is controlled in order to provide services, with its relations.',
    snippet: block('ci ${1:id} "${2:Title}"', 'type ${3:server}', 'owner ${4:team}', 'supports ${5:service}'),
  },
  'service requirement': {
    text: 'What customers, users or the provider itself need of a service, agreed by those concerned.',
    snippet: block('service requirement ${1:id} "${2:Title}" for ${3:service}', 'statement "${4:What is needed}"', 'source ${5:customer}'),
  },
  catalogue: {
    text: 'A service catalogue: which services are offered, with what outcome, and how the people concerned get at it.',
    snippet: block('catalogue ${1:id} "${2:Title}"', 'owner ${3:person}', 'lists ${4:all}', 'access "${5:Who can read it, and where}"'),
  },
};

export const facts: FactDocumentation = {
  Service: {
    owner: 'Who is accountable for the service: a person, a role or a team.',
    customer: 'The customers who receive the service.',
    'number of users': 'How many users the service has: `number of users 1200`. Availability that is “weighted by users” takes it as the weight of the service.',
    group: 'A heading under which the service is listed.',
    status: 'Where the service is in its life: planned, live, retiring, transferring or retired.',
    since: 'The date from which the status holds.',
    criticality: 'How much the business depends on it: low, medium or high.',
    'provided by': 'Who provides the service: a team, a supplier, or a customer acting as a supplier. Several are all needed, each for its part; of `provided by any of a, b` one is enough.',
    'any of': 'Each of these can provide the service alone, as with two carriers of one line: it fails with all of them only.',
    'request via': 'How users ask for the service or for help with it.',
    'operated by': 'Who runs the service from day to day, where that is somebody other than who provides it.',
    component: 'A part of the service that can be referred to: `component gateway "Gateway" provided by skynet`.',
    ci: 'The configuration items that the service consists of.',
    'no assets': 'States that no assets are used for the service.',
    duplicates: 'Other services that serve the same need.',
    'no duplicates': 'States that no other service serves the same need.',
    acknowledge: 'A duplication or dependency that is known and accepted, and why: `acknowledge fax because "Until 2027"`.',
  },
  ServiceStatus: {
    planned: 'Being planned, designed or built.',
    live: 'In operation.',
    retired: 'No longer offered.',
    retiring: 'Still in operation; its removal is planned.',
    transferring: 'On its way to or from another provider.',
  },
  Dependency: { 'any of': 'One of these is enough: redundancy.' },
  ConfigurationItem: {
    type: 'The kind of item: server, network, application, document, …',
    supports: 'The services it supports.',
    version: 'The version of the item.',
    status: 'Where the item is in its life.',
    description: 'What the item is, in words.',
    'related to': 'Other items or services it is connected with, apart from what it depends on or supports.',
    'last change': 'The change or release that last altered the item: `last change CHG0042 on 2026-05-01`.',
    updated: 'The date on which the record of the item was last updated.',
    access: 'Who may alter the record of the item.',
  },
  ServiceRequirement: {
    for: 'The services the requirement is about.',
    statement: 'What is needed, in words.',
    source: 'Whose need it is.',
    agreed: 'Who agreed to the requirement, and when.',
    kind: 'What the requirement is about: availability, capacity, continuity, information security, function, …',
    state: 'Whether the service meets the requirement today.',
  },
  ServiceCatalogue: {
    lists: 'The services in the catalogue: `lists all` for every service, or their names.',
    all: 'Every service that is declared.',
    entry: 'What the catalogue says of one service where it differs from the service’s own facts.',
    access: 'Who can get at the catalogue, and how.',
    'published at': 'Where the catalogue is published.',
    on: 'The date on which it was published.',
    audience: 'The customers the catalogue is for.',
  },
  CatalogueEntry: { audience: 'The customers this entry is for.' },
  ServiceComponent: {
    'provided by': 'Who provides this part of the service.',
    'operated by': 'Who operates this part of the service.',
    ci: 'The configuration item that this part is.',
  },
  RequirementState: {
    met: 'The service meets it.',
    'not-met': 'The service does not meet it.',
    planned: 'It is to be met by a service that is planned.',
  },
};
