import { block, type DeclarationDocumentation, type FactDocumentation } from '../documentation.ts';

export const declarations: Readonly<Record<string, DeclarationDocumentation>> = {
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
};

export const facts: FactDocumentation = {
  Process: {
    owner: 'Who is accountable for the process.',
    inputs: 'What the process takes in, and from whom: `inputs call from retail, alert from "monitoring"`.',
    outputs: 'What the process produces, and for whom.',
    entry: 'What starts the process.',
    exit: 'What must hold when it ends.',
    'measured by': 'The metrics that show how well the process works.',
    'closure within': 'The time in which a record is to be closed.',
    'escalate at': 'The share of the allowed time after which a ticket is escalated: `escalate at 80%`.',
    criteria: 'The criteria by which one can tell that the process runs as planned.',
    'operated by': 'Who operates the process or a part of it: `operated by skynet for "first line at night"`. You stay accountable.',
    for: 'The part of the process that is meant, in words.',
    records: 'What the process leaves behind as proof that it ran as planned.',
    'interacts with': 'Other processes it works together with.',
    implements: 'Which processes of the standard this process stands for, where its name does not say so: `implements incident-management`.',
    'no document because': 'Why this process needs no document of its own.',
  },
  ProcessInput: { from: 'The process, party or outside source that provides it.' },
  ProcessOutput: { to: 'The process or party that uses it.' },
  Step: {
    step: 'A step of the flow: who does what, with which tool, and where it goes on: `step log "Log" R desk A omar -> fix`. The first node is the start.',
    using: 'The tools that are used.',
    takes: 'The inputs of the process that the step takes in: `takes call`.',
    within: 'The time allowed for the step.',
    produces: 'The outputs that the step makes.',
    call: 'Another process that the step carries out. It takes as long as that process, unless it says `within`.',
    reaches: 'Which promise is kept when the step is done, in the words of time targets: `reaches restore`. The time limits on the way there are compared with the targets of the agreements.',
  },
  Decision: { decide: 'A decision: one of its branches is taken: `decide major "Major?" yes -> bridge no -> fix`.' },
  Branch: { 'at most': 'How often the branch is taken in one run, for one that leads back: `no -> fix at most 2 times`. The longest way through the flow goes round that often.', times: 'Follows the number: `at most 2 times`.' },
  Fork: { fork: 'Goes on with several nodes side by side: `fork both -> a, b`.' },
  Join: { join: 'Waits for all branches of a fork.' },
  Procedure: {
    kind: 'What the procedure is for, for example `major incident`.',
    process: 'The process it belongs to.',
    'starts at': 'The step of a process at which it begins: `starts at incident.bridge`.',
    audience: 'Who works by the procedure.',
  },
  ProcedureKind: { 'major incident': 'How major incidents are classified and handled.' },
  MajorIncidentCriteria: {
    criteria: 'What makes an incident a major one.',
    'inform top management within': 'The time in which top management is told of a major incident.',
  },
};
