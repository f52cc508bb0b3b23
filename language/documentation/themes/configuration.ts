import { block, type DeclarationDocumentation, type FactDocumentation } from '../documentation.ts';

export const declarations: Readonly<Record<string, DeclarationDocumentation>> = {
  'ci type': {
    text: 'A type of configuration item: what is recorded of its items, how finely, and who may alter them.',
    snippet: block('ci type ${1:id} "${2:Title}"', 'attributes ${3:name, owner, status}', 'detail "${4:How finely items are told apart}"', 'owner ${5:team}'),
  },
  'configuration verification': {
    text: 'A check that configuration information is accurate.',
    snippet: block('configuration verification ${1:id} "${2:Title}"', 'performed ${3:date}', 'scope "${4:Which items}"', 'sample ${5:50}', 'discrepancies ${6:0}', 'by ${7:person}'),
  },
  baseline: {
    text: 'The state of configuration items at one time, taken before a release is deployed.',
    snippet: block('baseline ${1:id} "${2:Title}"', 'cis ${3:ci}', 'taken ${4:date}', 'release ${5:release}'),
  },
  asset: {
    text: 'Something of value that is used to deliver services: who looks after it and what binds its use.',
    snippet: block('asset ${1:id} "${2:Title}"', 'type ${3:hardware}', 'services ${4:service}', 'owner ${5:team}', 'lifecycle ${6:in-use}'),
  },
};

export const facts: FactDocumentation = {
  ConfigurationItemType: {
    attributes: 'What must be recorded of each item of this type.',
    detail: 'How finely items of this type are told apart.',
    'updated by': 'Who may alter records of this type.',
    access: 'How access to records of this type is controlled.',
    states: 'The states that items of this type can be in.',
    'represents service': 'Items of this type are services: each service that is declared is one, and is not written down a second time.',
  },
  ConfigurationVerification: {
    scope: 'Which items were verified.',
    sample: 'How many items were looked at.',
    discrepancies: 'How many differed from their records.',
    by: 'Who verified.',
  },
  Baseline: {
    cis: 'The configuration items whose state was recorded.',
    taken: 'The date on which the baseline was taken.',
    release: 'The release before whose deployment it was taken.',
  },
  Asset: {
    type: 'The kind of asset: hardware, software licence, data, building, …',
    services: 'The services it is used for.',
    custodian: 'Who looks after it.',
    obligations: 'The law, contracts and licences that bind its use.',
    'no obligations': 'States that nothing binds its use.',
    lifecycle: 'Where the asset is in its life: ordered, in use, disposed of, …',
    value: 'What it is worth: `value 5000 EUR`.',
    licence: 'The licence it is used under.',
    ci: 'The configuration item that it also is.',
  },
};
