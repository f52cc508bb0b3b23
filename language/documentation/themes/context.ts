import { block, type DeclarationDocumentation, type FactDocumentation } from '../documentation.ts';

export const declarations: Readonly<Record<string, DeclarationDocumentation>> = {
  issue: {
    text: 'An internal or external issue that matters for what the organization is for and for what its service management system can achieve.',
    snippet: block('issue ${1:id} "${2:Title}"', 'kind ${3:external}', 'category ${4:technology}', 'relevance "${5:Why it matters}"', 'determined ${6:date}'),
  },
  'climate determination': {
    text: 'The decision whether climate change is a relevant issue for the service management system.',
    snippet: block('climate determination ${1:id}', 'relevant ${2:no}', 'because "${3:What the decision rests on}"', 'decided by ${4:person} on ${5:date}'),
  },
  'interested party': {
    text: 'A person or organization that has a stake in the services or the system, with its needs and expectations.',
    snippet: block('interested party ${1:id} "${2:Name}"', 'kind ${3:customer}', 'relevance "${4:Why they matter}"', 'requires ${5:need} "${6:What they need}"'),
  },
  communication: {
    text: 'Who tells whom what, when and how: communication that matters for the system or the services.',
    snippet: block('communication ${1:id} "${2:Title}"', 'direction ${3:internal}', 'about ${4:policy}', 'audience ${5:"all staff"}', 'timing "${6:When}"', 'channel "${7:How}"', 'responsible ${8:person}'),
  },
  obligation: {
    text: 'A duty from law, regulation, contract or a standard that the organization has taken upon itself.',
    snippet: block('obligation ${1:id} "${2:Title}"', 'kind ${3:legal}', 'source "${4:Where it is laid down}"', 'met by "${5:How}"'),
  },
};

export const facts: FactDocumentation = {
  ContextIssue: {
    kind: 'Whether the issue lies outside the organization or within it.',
    category: 'What it has to do with: law, market, technology, people, …',
    relevance: 'Why it matters for the service management system.',
    affects: 'What it has an effect on, in words.',
    determined: 'The date on which it was determined.',
    'no risk because': 'States that no risk follows from it, and why.',
  },
  IssueKind: { external: 'It lies outside the organization.', internal: 'It lies within the organization.' },
  ClimateDetermination: {
    relevant: 'Whether climate change is a relevant issue.',
    because: 'What the decision rests on.',
    'decided by': 'Who decided, and when: `decided by kate on 2026-01-10`.',
    issues: 'The issues that come of it, where it is relevant.',
  },
  InterestedParty: {
    kind: 'What sort of party: customer, supplier, staff, regulator, owner, …',
    relevance: 'Why the party matters for the services and the system.',
    requires: 'A need or expectation of the party: `requires uptime "Mail works in office hours" kind contractual`.',
    'not relevant because': 'States that the party has no requirements that matter, and why.',
  },
  PartyRequirement: {
    kind: 'What sort of requirement: contractual, legal, expectation, …',
    source: 'Where it is written or was said.',
    climate: 'It has to do with climate change.',
    obligation: 'The obligations that the requirement is also: law, regulation, contract.',
    'no risk because': 'States that no risk follows from it, and why.',
  },
  Communication: {
    direction: 'Whether it stays within the organization.',
    about: 'The policies, objectives or the service management plan it is about.',
    audience: 'With whom: people, roles, teams, customers, suppliers, or others in words.',
    timing: 'When it takes place.',
    channel: 'How it takes place.',
    responsible: 'Who sees to it.',
    performed: 'The dates on which it took place.',
    covers: 'Its topics, in words: the policy, the value of the system, the need to conform.',
  },
  Direction: { internal: 'Within the organization.', external: 'With others.' },
  Obligation: {
    kind: 'What sort of obligation: legal, regulatory, contractual, …',
    source: 'Where it is laid down.',
    'applies to': 'The services and other things it binds.',
    'met by': 'How it is made sure that it is met.',
  },
};
