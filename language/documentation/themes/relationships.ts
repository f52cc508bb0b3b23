import { block, type DeclarationDocumentation, type FactDocumentation } from '../documentation.ts';

export const declarations: Readonly<Record<string, DeclarationDocumentation>> = {
  dispute: {
    text: 'A disagreement with a supplier about a contract, and how it was settled.',
    snippet: block('dispute ${1:id} "${2:Title}" with ${3:supplier}', 'raised ${4:date}', 'owner ${5:person}'),
  },
  budget: {
    text: 'What services may cost in a period. What they did cost is data: a source of `cost` records.',
    snippet: block('budget ${1:id} "${2:Title}"', 'services ${3:all}', 'period ${4:2026}', 'amount ${5:100000 EUR}', 'approved by ${6:person} on ${7:date}', 'owner ${8:person}'),
  },
  'capacity requirement': {
    text: 'The capacity of people, technology, information or money that services need.',
    snippet: block('capacity requirement ${1:id} "${2:Title}" for ${3:service}', 'resource ${4:technical}', 'value ${5:500} ${6:users}', 'basis ${7:requirement}'),
  },
  'capacity plan': {
    text: 'Present and expected capacity and demand, and when capacity is changed.',
    snippet: block('capacity plan ${1:id} "${2:Title}"', 'services ${3:all}', 'current "${4:Capacity and demand today}"', 'forecast "${5:What is expected}"', 'timescales "${6:When capacity is changed}"', 'owner ${7:person}'),
  },
};

export const facts: FactDocumentation = {
  Dispute: { raised: 'The date on which it was raised.', closed: 'The date on which it was settled.', outcome: 'How it was settled.' },
  Budget: {
    amount: 'The amount for the period: `amount 250000 EUR`.',
    categories: 'The types of cost it is made up of: staff, licences, facilities, …',
    policy: 'The financial policy it follows.',
    tolerance: 'The deviation from which somebody must act: `tolerance 5%`.',
  },
  CapacityRequirement: {
    resource: 'The kind of resource it is about: human, technical, information or financial.',
    value: 'How much is required: `value 500 users`.',
  },
  CapacityPlan: {
    current: 'Present capacity and demand.',
    forecast: 'Capacity and demand that is expected.',
    'demand from': 'The sources with records of demand and consumption.',
    impacts: 'The agreements and the availability and continuity requirements whose effect on capacity was looked at.',
    threshold: 'A value at which capacity must be changed: `threshold disk-use >= 80%`.',
    timescales: 'When capacity is to be changed.',
    conclusion: 'What was read from performance and use of capacity.',
  },
};
