/** What a declaration is for, and how one begins. */
export interface DeclarationDocumentation {
  readonly text: string;
  /** A scaffold in the snippet syntax of the Language Server Protocol; people fill the placeholders. */
  readonly snippet: string;
}

const block = (head: string, ...facts: string[]): string => [`${head} {`, ...facts.map((fact) => `  ${fact}`), '}'].join('\n');

/** Each kind of declaration by the words that begin it. */
export const declarationDocumentation: Readonly<Record<string, DeclarationDocumentation>> = {
  organization: {
    text: 'The service provider whose service management system this is: its scope, sites, top management and plans for certification. A project has one.',
    snippet: block('organization ${1:id} "${2:Name}"', 'standard iso20000:2018', 'scope "${3:Which services, for whom, from where}"', 'top management ${4:person}'),
  },
  person: {
    text: 'Somebody who holds roles, leads teams, owns, approves or carries out. A person is named once and referred to by id.',
    snippet: 'person ${1:id} "${2:Name}"',
  },
  role: {
    text: 'A set of responsibilities and authorities that one or more people hold, so that they can be named without naming a person.',
    snippet: 'role ${1:id} "${2:Title}" held by ${3:person}',
  },
  team: { text: 'An internal group of people that works together, for example the service desk.', snippet: 'team ${1:id} "${2:Title}" lead ${3:person}' },
  customer: {
    text: 'An organisation, or a part of one, that receives services.',
    snippet: block('customer ${1:id} "${2:Name}"', 'relationship manager ${3:person}'),
  },
  supplier: {
    text: 'An external organisation that provides or operates services or parts of them under a contract.',
    snippet: block('supplier ${1:id} "${2:Name}"', 'manager ${3:person}', 'provides ${4:service}', 'review every ${5:6mo}'),
  },
  calendar: {
    text: 'When time counts: opening hours in a time zone, holidays, days closed and maintenance windows. Targets run only while their calendar is open.',
    snippet: block('calendar ${1:id} "${2:Title}"', 'timezone ${3:Europe/London}', 'open ${4:Mon-Fri 08:00-18:00}', 'holidays ${5:GB-ENG}'),
  },
  priority: {
    text: 'A level of urgency that incidents and requests are given, and which impact and urgency lead to it.',
    snippet: 'priority ${1:P1} "${2:Critical}" when impact ${3:high} and urgency ${4:high}',
  },
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
  sla: {
    text: 'A service level agreement with a customer: service hours, targets, workload limits, exceptions and credits.',
    snippet: block('sla ${1:id} "${2:Title}" for ${3:service} with ${4:customer}', 'valid ${5:from}', 'service hours ${6:always}', 'support hours ${7:calendar}', 'target ${8:uptime} availability >= ${9:99.5%} per month'),
  },
  ola: {
    text: 'An operational level agreement with an internal team, or with a customer acting as a supplier.',
    snippet: block('ola ${1:id} "${2:Title}" by ${3:team} for ${4:service}', 'support hours ${5:calendar}', 'target ${6:uptime} availability >= ${7:99.9%} per month'),
  },
  contract: {
    text: 'A contract with an external supplier for services that yours depend on.',
    snippet: block('contract ${1:id} "${2:Title}" with ${3:supplier} for ${4:service}', 'valid ${5:from} to ${6:until}', 'service hours ${7:always}', 'target ${8:uptime} availability >= ${9:99.5%} per month'),
  },
  'service review': {
    text: 'A meeting that looks at how services performed against their agreements, with its attendees, outcome and actions.',
    snippet: block('service review ${1:id} "${2:Title}" of ${3:service} with ${4:customer}', 'held ${5:date}', 'attendees ${6:person}', 'outcome "${7:What was found}"'),
  },
  'service report': {
    text: 'A report on services that is produced regularly: what for, for whom, how often.',
    snippet: block('service report ${1:id} "${2:Title}" for ${3:agreement}', 'purpose "${4:What it is for}"', 'audience ${5:customer}', 'every ${6:month}', 'owner ${7:person}'),
  },
  process: {
    text: 'A process: what it is for, what goes in and comes out, its flow of steps with who does what, and how it is measured.',
    snippet: block('process ${1:id} "${2:Title}"', 'purpose "${3:What it is for}"', 'owner ${4:person}', 'inputs ${5:input} from "${6:source}"', 'outputs ${7:output}', 'step ${8:first} "${9:Title}" R ${10:team} A ${11:person} produces ${7:output} -> end'),
  },
  procedure: {
    text: 'A procedure: a specified way to carry out an activity, kept as a document that is approved and reviewed.',
    snippet: block('procedure ${1:id} "${2:Title}"', 'process ${3:process}', 'file "${4:path}" version "${5:1.0}"', 'owner ${6:person}'),
  },
  'major incident criteria': {
    text: 'What makes an incident a major one, as agreed with those concerned.',
    snippet: block('major incident criteria ${1:id} "${2:Title}"', 'criteria "${3:What makes an incident a major one}"', 'inform top management within ${4:1h}'),
  },
  source: {
    text: 'Where records come from: an export of a tool, and how its rows become incidents, outages or changes. What happened is data, not text.',
    snippet: block('source ${1:id} of ${2:incident} from "${3:data/incidents-*.csv}"', 'dates ${4:iso}', 'key ${5:number}', 'map ${6:opened} = ${7:opened_at}'),
  },
  metric: {
    text: 'Something that is measured: computed from a source or recorded by hand, with its target, how often it is taken and who owns it.',
    snippet: block('metric ${1:id} "${2:Title}"', 'from ${3:source}', 'value ${4:count}', 'every ${5:month}', 'owner ${6:person}'),
  },
  objective: {
    text: 'A service management objective: which metric is to reach what, by when, and which policy it follows from.',
    snippet: block('objective ${1:id} "${2:Title}"', 'metric ${3:metric} from ${4:now} to ${5:then} by ${6:date}', 'owner ${7:person}'),
  },
  risk: {
    text: 'A risk or opportunity: what it affects, how likely and how grave it is, and how it is treated.',
    snippet: block('risk ${1:id} "${2:Title}"', 'affects ${3:service}', 'likelihood ${4:3} impact ${5:3}', 'treat ${6:reduce}', 'owner ${7:person}'),
  },
  policy: {
    text: 'A policy: intentions and direction as top management formally states them, kept as an approved document.',
    snippet: block('policy ${1:id} "${2:Title}"', 'file "${3:path}" version "${4:1.0}"', 'owner ${5:person}', 'review every ${6:12mo}'),
  },
  evidence: {
    text: 'A dated document that shows that something was done. It stays valid for a stated time.',
    snippet: block('evidence ${1:id} "${2:Title}"', 'for iso20000:${3:clause}', 'file "${4:path}"', 'dated ${5:date} by ${6:person} valid ${7:12mo}'),
  },
  attest: {
    text: 'A statement by a person that a requirement which only people can judge is met. It counts with evidence that is dated and still valid.',
    snippet: 'attest iso20000:${1:clause} by ${2:person} on ${3:date} with ${4:evidence}',
  },
  audit: {
    text: 'An internal or external audit: what it covers, who audits, when it is planned and held.',
    snippet: block('audit ${1:id} "${2:Title}"', 'covers iso20000:${3:clause}', 'auditor ${4:person}', 'planned ${5:date}'),
  },
  nonconformity: {
    text: 'A requirement that was found not to be met, with its cause and the corrective action.',
    snippet: block('nonconformity ${1:id} "${2:Title}"', 'from ${3:audit}', 'against iso20000:${4:clause}', 'grade ${5:minor}', 'cause "${6:Why it happened}"', 'status open'),
  },
  'management review': {
    text: 'A review of the service management system by top management, with its inputs and decisions.',
    snippet: block('management review ${1:id} "${2:Title}"', 'held ${3:date} chair ${4:person}', 'attendees ${5:person}', 'inputs auto'),
  },
  improvement: {
    text: 'An opportunity for improvement: where it comes from, what it is expected to bring, and how far it has come.',
    snippet: block('improvement ${1:id} "${2:Title}"', 'from ${3:origin}', 'owner ${4:person}', 'due ${5:date}', 'status proposed'),
  },
  waive: {
    text: 'Accepts a gap until a date. The gap stays a gap and is shown as open, accepted until that date; afterwards it is an error.',
    snippet: 'waive iso20000:${1:clause} until ${2:date} approved by ${3:person} because "${4:reason}"',
  },
  'catalogue requirement': {
    text: 'A clause or an item of the built-in catalogue of requirements. Only the product declares these.',
    snippet: '',
  },
};
