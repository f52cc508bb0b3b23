import { block, type DeclarationDocumentation, type FactDocumentation } from '../documentation.ts';

export const declarations: Readonly<Record<string, DeclarationDocumentation>> = {
  awareness: {
    text: 'A briefing, training or campaign that makes people aware of the policy, the objectives, the services and their own part.',
    snippet: block('awareness ${1:id} "${2:Title}"', 'topics ${3:policy, objectives, services, contribution, nonconformity}', 'audience ${4:all}', 'performed ${5:date}'),
  },
  document: {
    text: 'A controlled document: what it holds, its version, author, approval and review, and how it is controlled.',
    snippet: block('document ${1:id} "${2:Title}"', 'kind ${3:kind}', 'file "${4:path}" version "${5:1.0}"', 'author ${6:person}', 'approved by ${7:person} on ${8:date}', 'review every ${9:12mo}'),
  },
  'document rules': {
    text: 'How all documented information, or that of some kinds, is made and controlled, so that it is said once.',
    snippet: block('document rules ${1:id} "${2:Title}" for ${3:all}', 'format "${4:Format}"', 'access "${5:Who reads, who writes}"', 'protection "${6:How it is protected}"', 'storage "${7:Where}"', 'retention ${8:3y}'),
  },
  knowledge: {
    text: 'Knowledge that is needed to operate the services and to keep the system going, and where those who need it find it.',
    snippet: block('knowledge ${1:id} "${2:Title}"', 'services ${3:service}', 'relevance "${4:What it is good for}"', 'audience ${5:team}', 'file "${6:path}"', 'owner ${7:person}'),
  },
};

export const facts: FactDocumentation = {
  Awareness: {
    topics: 'What it made people aware of.',
    audience: 'Whom it reached: `audience all`, or people, roles and teams.',
    all: 'Everybody who works under the control of the organization.',
    file: 'The record of it: who took part, what was shown.',
  },
  AwarenessTopic: {
    policy: 'The service management policy.',
    objectives: 'The service management objectives.',
    services: 'The services that matter for their work.',
    contribution: 'What their own work contributes, and what is gained by doing it better.',
    nonconformity: 'What it means not to conform to the requirements.',
  },
  ControlledDocument: {
    kind: 'Which documented information of the standard it holds, by the names of the catalogue: `kind scope`.',
    process: 'The processes it documents.',
    mode: 'Whether it is kept up to date or kept as proof.',
    author: 'Who wrote it.',
    dated: 'The date of this version.',
    change: 'A version and what changed with it: `change "1.1" on 2026-05-02 by anna "New site"`.',
    origin: 'Whether it comes from outside the organization.',
  },
  DocumentChange: { on: 'The date of the change.', by: 'Who made the change.' },
  DocumentRules: {
    for: 'The kinds of documented information the rules hold for: `for all`, or kinds by name.',
    all: 'Every kind of documented information.',
  },
  DocumentControl: {
    format: 'The form the document has.',
    media: 'What it is kept on.',
    language: 'The language it is written in.',
    access: 'Who can read it and who may alter it.',
    protection: 'How it is kept from loss, misuse and unwanted alteration.',
    distribution: 'How it reaches those who need it.',
    storage: 'Where it is stored and how it stays legible.',
    retention: 'How long it is kept: `retention 3y`.',
    disposition: 'What happens to it afterwards.',
  },
  DocumentMode: { maintain: 'Kept up to date: policies, plans, procedures.', retain: 'Kept as proof of what was done: records, minutes, reports.' },
  DocumentOrigin: { internal: 'Made by the organization.', external: 'Made by others: law, standards, manuals of manufacturers.' },
  Knowledge: { relevance: 'What the knowledge is good for.', audience: 'Who needs it.' },
};
