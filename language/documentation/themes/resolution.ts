import { block, type DeclarationDocumentation, type FactDocumentation } from '../documentation.ts';

export const declarations: Readonly<Record<string, DeclarationDocumentation>> = {
  'request model': {
    text: 'A kind of service request and how it is fulfilled.',
    snippet: block('request model ${1:id} "${2:Title}"', 'services ${3:service}', 'instructions "${4:How it is fulfilled}"', 'available to ${5:team}', 'within ${6:5 working days}'),
  },
  analysis: {
    text: 'A periodic look at records: of changes, releases, incidents, problems, information security incidents or capacity.',
    snippet: block('analysis ${1:id} "${2:Title}" of ${3:incidents}', 'performed ${4:date}', 'period ${5:2026-Q3}', 'trends "${6:What the figures show}"', 'conclusion "${7:What was learned}"', 'owner ${8:person}'),
  },
};

export const facts: FactDocumentation = {
  RequestModel: {
    services: 'The services such requests are about.',
    instructions: 'How requests of this kind are fulfilled.',
    'available to': 'Who has the instructions at hand when fulfilling requests.',
    priority: 'The priority that such requests get.',
    within: 'The time in which such requests are fulfilled.',
  },
  RecordAnalysis: {
    of: 'What records were analysed.',
    conclusion: 'What was learned.',
    problems: 'The problems that were recorded because of it.',
    'no problems': 'States that no problems were found.',
    volume: 'How many there were.',
    success: 'The share that succeeded: `success 97.5%`.',
    'by type': 'How they are spread over types, in words.',
    impact: 'What effect they had.',
  },
  AnalysisSubject: {
    changes: 'Records of requests for change.',
    releases: 'Success and failure of releases.',
    incidents: 'Incidents and their trends.',
    problems: 'How effectively problems are resolved.',
    'security-incidents': 'Information security incidents, by type, number and effect.',
    capacity: 'Use and performance of capacity.',
  },
};
