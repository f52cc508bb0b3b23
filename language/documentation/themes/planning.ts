import { block, type DeclarationDocumentation, type FactDocumentation } from '../documentation.ts';

export const declarations: Readonly<Record<string, DeclarationDocumentation>> = {
  'risk method': {
    text: 'How risks and opportunities are managed: the approach, and which risks may be accepted.',
    snippet: block('risk method ${1:id} "${2:Title}"', 'approach "${3:How risks are found, assessed and treated}"', 'accept level <= ${4:6}', 'criteria "${5:Scales and criteria}"'),
  },
  'risk assessment': {
    text: 'A dated look at one family of risks, for example those to availability, continuity or information security.',
    snippet: block('risk assessment ${1:id} "${2:Title}" of ${3:availability}', 'performed ${4:date}', 'method ${5:method}', 'risks ${6:risk}', 'services ${7:all}', 'owner ${8:person}'),
  },
  opportunity: {
    text: 'Something that could make the system or the services better, and what is done to take it up.',
    snippet: block('opportunity ${1:id} "${2:Title}"', 'benefit "${3:What would be gained}"', 'assessed ${4:date}', 'owner ${5:person}'),
  },
  'service management plan': {
    text: 'The plan for managing services: which policies, objectives, requirements, resources and other plans it holds together.',
    snippet: block('service management plan ${1:id} "${2:Title}"', 'services all', 'policies all', 'objectives all', 'risks all', 'requirements all', 'obligations all', 'authorities all', 'resources all', 'other parties "${3:How work with them is managed}"', 'technology "${4:What supports the system}"', 'measurement "${5:How effectiveness is measured}"', 'owner ${6:person}'),
  },
  plan: {
    text: 'Another plan that the service management plan keeps together with the rest.',
    snippet: block('plan ${1:id} "${2:Title}"', 'kind ${3:transition}', 'file "${4:path}"', 'owner ${5:person}'),
  },
  resource: {
    text: 'People, technology, information or money that services or the system need: how much is needed, how much is there.',
    snippet: block('resource ${1:id} "${2:Title}"', 'kind ${3:human}', 'for ${4:service}', 'needed ${5:5} ${6:fte} provided ${7:5} ${6:fte}', 'period ${8:2026}'),
  },
};

export const facts: FactDocumentation = {
  RiskMethod: {
    approach: 'How risks and opportunities are found, assessed and treated.',
    'accept level': 'The level up to which a risk may be accepted: `accept level <= 6`.',
    criteria: 'The criteria by which risks are accepted, and the scales they are rated on.',
  },
  Opportunity: {
    benefit: 'What would be gained.',
    'customer impact': 'What it would mean for customers and for the services.',
    from: 'Where it comes from: an issue, a requirement of an interested party, a service, an audit, …',
    assessed: 'The date on which it was last assessed.',
    priority: 'How worthwhile it is: low, medium or high.',
    via: 'The improvements that take it up.',
  },
  RiskAssessment: {
    of: 'The family of risks that was assessed.',
    method: 'The risk method that was followed.',
    risks: 'The risks that were found or looked at again.',
  },
  RiskDomain: {
    availability: 'Risks to the availability of services.',
    continuity: 'Risks to the continuity of services.',
    'information-security': 'Information security risks.',
    organization: 'Risks to the organization and the management system.',
    services: 'Risks to services and their requirements.',
  },
  ServiceManagementPlan: {
    policies: 'The policies the plan takes up: `policies all`, or their names.',
    objectives: 'The objectives the plan takes up.',
    risks: 'The risks the plan takes up.',
    requirements: 'The service requirements the plan takes up.',
    services: 'The services of the plan.',
    limitation: 'A known limitation that can affect the system or the services.',
    'no limitations': 'States that no limitations are known.',
    obligations: 'The obligations (policies, standards, law, contracts) and how they bear on the system.',
    authorities: 'The roles with their responsibilities and authorities.',
    resources: 'The people, technology, information and money that the system needs.',
    'other parties': 'How work with other parties is managed.',
    technology: 'The technology that supports the service management system.',
    measurement: 'How effectiveness of the system and the services is measured, audited, reported and improved.',
    plans: 'Other plans that this one keeps together.',
  },
  Plan: { kind: 'What the plan is about.' },
  Resource: {
    kind: 'What sort of resource.',
    for: 'What it is needed for: `for system`, or services and processes by name. Left out: everything.',
    system: 'The service management system as a whole.',
    needed: 'How much is needed: `needed 5 fte`.',
    provided: 'How much is there: `provided 4 fte`.',
    period: 'The period the numbers are about.',
    forecast: 'What will be needed later.',
    capability: 'What it must be able to do.',
  },
  ResourceKind: { human: 'People.', technical: 'Equipment, software, premises.', information: 'Information and knowledge.', financial: 'Money.' },
};
