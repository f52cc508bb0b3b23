import { block, type DeclarationDocumentation, type FactDocumentation } from '../documentation.ts';

export const declarations: Readonly<Record<string, DeclarationDocumentation>> = {
  'audit programme': {
    text: 'Which internal audits are held when, how, by whom, and what shaped the choice.',
    snippet: block('audit programme ${1:id} "${2:Title}"', 'period ${3:2026}', 'every ${4:12mo}', 'methods "${5:How}"', 'responsibilities "${6:Who does what}"', 'planning "${7:What is considered}"', 'reporting "${8:To whom}"', 'importance "${9:How importance of processes shapes it}"', 'changes considered "${10:Which}"', 'audits ${11:audit}', 'owner ${12:person}'),
  },
  assessment: {
    text: 'A check of the management system as a whole, mostly by others: gap analysis, certification, surveillance, recertification.',
    snippet: block('assessment ${1:id} "${2:Title}"', 'kind ${3:stage-1}', 'body "${4:Who carries it out}"', 'planned ${5:date}'),
  },
  'improvement criteria': {
    text: 'By what opportunities for improvement are judged before they are approved.',
    snippet: block('improvement criteria ${1:id} "${2:Title}"', 'criteria "${3:By what they are judged}"', 'aligned with objectives'),
  },
};

export const facts: FactDocumentation = {
  AuditProgramme: {
    period: 'The period the programme covers: `period 2026 to 2028`.',
    to: 'The last period it covers.',
    every: 'How often audits take place.',
    frequency: 'How often what is audited, in words.',
    methods: 'How audits are carried out.',
    responsibilities: 'Who does what in it.',
    planning: 'What is considered when audits are planned.',
    reporting: 'How and to whom results are reported.',
    importance: 'How the importance of processes shapes the programme.',
    'important processes': 'The processes that are audited more closely.',
    'changes considered': 'Changes in the organization that were taken into account.',
    'previous results': 'The earlier audits whose results were taken into account.',
    'first cycle': 'States that there are no earlier results yet.',
    audits: 'The audits of the programme.',
  },
  ExternalAssessment: {
    kind: 'What the assessment is for.',
    body: 'Who carries it out, for example a certification body.',
    next: 'The date on which the next one is due.',
    'certificate valid to': 'The last day of the certificate.',
  },
  AssessmentKind: {
    'gap-analysis': 'A first look at what is missing.',
    'stage-1': 'The first stage of a certification audit: documents and readiness.',
    'stage-2': 'The second stage of a certification audit: the system at work.',
    surveillance: 'An audit between certifications.',
    recertification: 'The audit that renews a certificate.',
    'system-check': 'A look of one’s own at whether the management system still works as intended.',
  },
  ImprovementCriteria: {
    criteria: 'By what opportunities for improvement are judged.',
    'aligned with objectives': 'The criteria fit the service management objectives.',
  },
};
