import { block, type DeclarationDocumentation, type FactDocumentation } from '../documentation.ts';

export const declarations: Readonly<Record<string, DeclarationDocumentation>> = {
  'availability requirement': {
    text: 'How available services must be, agreed by those concerned.',
    snippet: block('availability requirement ${1:id} "${2:Title}" for ${3:service}', 'target ${4:99.5%}', 'window ${5:always}', 'basis ${6:requirement}', 'agreed with ${7:customer} by ${8:person} on ${9:date}'),
  },
  'continuity requirement': {
    text: 'How soon services must be back after they were lost, and how much data may be lost.',
    snippet: block('continuity requirement ${1:id} "${2:Title}" for ${3:service}', 'recovery time ${4:4h}', 'recovery point ${5:1h}', 'basis ${6:requirement}', 'agreed with ${7:customer} by ${8:person} on ${9:date}'),
  },
  'continuity plan': {
    text: 'What is done when services are lost to a great extent, until normal working is back.',
    snippet: block('continuity plan ${1:id} "${2:Title}"', 'services ${3:service}', 'invoke when "${4:What leads to it}" invoked by ${5:person}', 'procedures ${6:procedure}', 'recovers ${7:requirement}', 'return to normal "${8:How}"', 'contacts "${9:Where the list is}"', 'offsite "${10:Where it can be had}"', 'test every ${11:12mo}', 'owner ${12:person}'),
  },
  'continuity test': {
    text: 'A test of continuity plans: what was tested, what came of it, what fell short.',
    snippet: block('continuity test ${1:id} "${2:Title}" of ${3:plan}', 'performed ${4:date}', 'scope "${5:What was tested}"', 'result "${6:What came of it}"', 'requirements met ${7:yes}'),
  },
  'continuity invocation': {
    text: 'A time at which a continuity plan was really invoked.',
    snippet: block('continuity invocation ${1:id} "${2:Title}" of ${3:plan}', 'invoked ${4:date}', 'cause "${5:What had happened}"', 'impact "${6:Its effect}"', 'recovery "${7:How services were recovered}"'),
  },
  'security control': {
    text: 'An information security control: which risks it treats, whether it is in place and works.',
    snippet: block('security control ${1:id} "${2:Title}"', 'risks ${3:risk}', 'status ${4:planned}', 'decision "${5:What was decided}" on ${6:date}', 'owner ${7:person}'),
  },
};

export const facts: FactDocumentation = {
  AvailabilityRequirement: {
    target: 'The share of time for which the service must be available: `target 99.8%`.',
    window: 'The calendar in whose open hours it must be available.',
    'measured by': 'The metrics that show its availability, where no target of an agreement is measured: `measured by uptime`.',
  },
  ContinuityRequirement: {
    'recovery time': 'The longest time until the service is back: its recovery time objective.',
    'recovery point': 'The most data, as time, that may be lost: its recovery point objective.',
    'not required because': 'States that the service needs no continuity, and why.',
  },
  ContinuityPlan: {
    'invoke when': 'What leads to the plan being invoked.',
    'invoked by': 'Who decides on that.',
    procedures: 'What is done when a service is lost to a great extent.',
    availability: 'The availability that must hold while the plan is in force: `availability email >= 95%`.',
    recovers: 'The continuity requirements the plan fulfils.',
    'return to normal': 'How normal working is brought back.',
    contacts: 'Where the list of people to call is.',
    offsite: 'Where plan, contacts and configuration information can be had when the usual places cannot be reached.',
    'last major change': 'The date of the last major change of the services or their surroundings; the plan is tested again after it.',
    'test every': 'How often the plan is tested.',
  },
  ContinuityTest: {
    of: 'The plans that are tested.',
    scope: 'What was tested.',
    'requirements met': 'Whether the continuity requirements were met.',
    reviewed: 'The date on which the test was reviewed.',
    deficiency: 'What fell short.',
    'no deficiencies': 'States that nothing fell short.',
    trigger: 'What led to the test, for example a major change.',
  },
  ContinuityInvocation: {
    of: 'The plans that were invoked.',
    invoked: 'The date on which the plan was invoked.',
    cause: 'What had happened.',
    impact: 'What effect it had.',
    recovery: 'How and when services were recovered.',
    reported: 'The date on which it was reported.',
    reviewed: 'The date on which it was reviewed.',
  },
  SecurityControl: {
    risks: 'The information security risks it treats.',
    implemented: 'The date on which it was put in place.',
    reviewed: 'The date on which it was last judged whether it works.',
    effective: 'Whether it does what it is for.',
    decision: 'What was decided about the control, and when.',
    'external party': 'The suppliers or customers outside the organization with whom it was agreed.',
  },
  ControlStatus: { planned: 'Decided, not yet in place.', implemented: 'In place.', rejected: 'Decided against.' },
};
