/** Clause 7.5.4, service management system documented information: what has to be there. */
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { documentedInformation, type DocumentedInformation } from '../../language/catalogue/documented-information.ts';
import type { DeclarationTypes, Process } from '../../language/model/declarations.ts';
import { documentFault, documentScaffold, hasDocumentOfKind } from '../assessment/documents.ts';
import { evidenceFault, evidenceFor } from '../assessment/evidence.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { ownDocument } from '../assessment/own-document.ts';
import { addDeclaration, addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type Query, type Rule, type RuleContext, type SystemPart, type Trigger } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { hasEnded, isAgreed, isSla } from './agreements.ts';
import { isStated } from './documented-entries.ts';
import { checkPolicyDocument } from './policy-document.ts';
import { checkScopeDocument } from './scope-document.ts';
import { isDelivered, isInScope, isLive } from './services-in-scope.ts';
import { kindOf } from './suppliers.ts';
import { ofTheOrganization } from './the-organization.ts';

type Agreement = DeclarationTypes['Agreement'];
type Policy = DeclarationTypes['Policy'];
type Supplier = DeclarationTypes['Supplier'];

function itemOf(id: string): DocumentedInformation {
  const item = documentedInformation.get(id);
  if (!item) throw new Error(`No documented information is called ${id}`);
  return item;
}

export const scope: Rule = rule('7.5.4.a', { evidence: 'derived', parts: [ofTheOrganization(checkScopeDocument)] });

/** A check for which evidence that names the row, dated and valid, is enough. */
function unlessEvidenced(row: string, check: (context: RuleContext) => readonly Remark[]): SystemPart {
  const known = catalogue.row(row);
  return system((context) => {
    if (known && evidenceFor(known, context).some((evidence) => evidenceFault(evidence, context) === undefined)) return [shown('evidenced')];
    const remarks = check(context);
    return remarks.length === 0 ? [shown('evidenced')] : remarks;
  });
}

/** Asks for a document of a kind that counts; what is wrong with those that are there is said at the first. */
function checkDocuments(row: string, item: DocumentedInformation, context: RuleContext): readonly Remark[] {
  const documents = context.model.all('ControlledDocument').filter(({ kinds }) => kinds.includes(item.kind));
  const faults = documents.map((document) => documentFault(document, { mode: document.mode ?? 'maintain', interval: context.plannedInterval(row, item.suggestedReviewMonths ?? undefined) }, context));
  if (faults.includes(undefined)) return [];
  const [fault] = faults;
  if (fault) return [shortfall(fault.message, { place: fault.place, axis: 'evidenced', fixes: fault.fixes ?? [] })];
  return [shortfall(`“${item.name}” has to be there as documented information, but neither is it declared nor a document of kind ${item.kind}.`, { axis: 'evidenced', fixes: declareFixes(context, documentScaffold(item)) })];
}

/** Asks for the document of a policy of a kind, or for a document of the kind where no policy is declared. */
function checkPolicy(row: string, kind: Policy['kind'], id: string, words: string, context: RuleContext): readonly Remark[] {
  const item = itemOf(id);
  const policies = context.model.all('Policy').filter((policy) => policy.kind === kind);
  if (policies.length === 0) return checkDocuments(row, item, context);
  const remarks = policies.map((policy) => checkPolicyDocument(policy, { row, words, documentKind: item.kind, months: item.suggestedReviewMonths ?? 12 }, context));
  return remarks.some((own) => own.length === 0) ? [] : remarks[0]!;
}

export const policyAndObjectives: Rule = rule('7.5.4.b', {
  evidence: 'derived',
  parts: [
    unlessEvidenced('7.5.4.b', (context) => [
      ...checkPolicy('7.5.4.b', 'service-management', 'di.sm-policy', 'service management policy', context),
      // Objectives that are declared are documented here.
      ...(isStated('objectives', context) ? [] : checkDocuments('7.5.4.b', itemOf('di.objectives'), context)),
    ]),
  ],
});

export const plan: Rule = rule('7.5.4.c', {
  evidence: 'derived',
  parts: [
    unlessEvidenced('7.5.4.c', (context) => {
      const item = itemOf('di.sm-plan');
      const plans = context.model.all('ServiceManagementPlan');
      if (plans.length === 0) return checkDocuments('7.5.4.c', item, context);
      const remarks = plans.map((one) => ownDocument(one, { what: 'The service management plan', kind: item.kind, interval: context.plannedInterval('7.5.4.c', item.suggestedReviewMonths ?? undefined) }, context));
      return remarks.some((own) => own.length === 0) ? [] : remarks[0]!;
    }),
  ],
});

export const policiesAndContinuity: Rule = rule('7.5.4.d', {
  evidence: 'derived',
  parts: [
    unlessEvidenced('7.5.4.d', (context) => {
      const item = itemOf('di.continuity-plan');
      const plans = context.model.all('ContinuityPlan');
      const remarks = plans.map((one) => ownDocument(one, { what: 'The service continuity plan', kind: item.kind, interval: context.plannedInterval('7.5.4.d', item.suggestedReviewMonths ?? undefined) }, context));
      return [
        ...checkPolicy('7.5.4.d', 'change-management', 'di.change-policy', 'change management policy', context),
        ...checkPolicy('7.5.4.d', 'information-security', 'di.security-policy', 'information security policy', context),
        ...(plans.length === 0 ? checkDocuments('7.5.4.d', item, context) : remarks.some((own) => own.length === 0) ? [] : remarks[0]!),
      ];
    }),
  ],
});

export const processes: Rule = rule('7.5.4.e', {
  evidence: 'derived',
  parts: [
    each('Process', {
      none: { message: 'No process is declared, so the processes of the system are not documented.' },
      check: (process, context) => {
        const remarks = checkProcess(process, context);
        return remarks.length === 0 ? [shown('evidenced')] : remarks;
      },
    }),
  ],
});

/** A document that is kept current describes the process, or what is declared of it does. */
function checkProcess(process: Process, context: RuleContext): readonly Remark[] {
  const documents = context.model.all('ControlledDocument').filter((document) => document.processes.includes(process.name));
  const interval = context.plannedInterval('7.5.4.e', itemOf('di.process-descriptions').suggestedReviewMonths ?? undefined);
  if (documents.some((document) => documentFault(document, { mode: 'maintain', interval }, context) === undefined)) return [];
  if (isFilledIn(process.file) && ownDocument(process, { what: 'The process', kind: 'process-descriptions', interval }, context).length === 0) return [];
  const roles = process.nodes.some((node) => (node.$type === 'Step' || node.$type === 'Decision') && (someFilledIn(node.responsible) || someFilledIn(node.accountable)));
  return stated(process, 'The process', [
    { said: process.inputs.some(({ name }) => isFilledIn(name)), what: 'what it takes in', line: 'inputs ${1:TODO}' },
    { said: process.outputs.some(({ name }) => isFilledIn(name)), what: 'what it produces', line: 'outputs ${1:TODO}' },
    { said: process.nodes.length > 0, what: 'in which steps it runs', line: 'step ${1:TODO} R ${2:TODO} A ${3:TODO} -> end' },
    { said: roles || isFilledIn(process.owner), what: 'who does what in it', line: 'owner ${1:TODO}' },
  ]).map((remark) => (remark.kind === 'shortfall' ? { ...remark, message: `${remark.message} Say it here, or in a document about it: kind process-descriptions, process ${process.name}.` } : remark));
}

export const serviceRequirements: Rule = rule('7.5.4.f', {
  evidence: 'derived',
  parts: [
    each('Service', {
      where: ({ status }) => status !== 'retired',
      none: { message: 'No service is declared, so no service requirement is documented.' },
      check: (service, context): readonly Remark[] => {
        if (!isInScope(service, context)) return [];
        const requirements = context.model.referrers('Service', service.name).flatMap(({ entity: { node } }) => (node.$type === 'ServiceRequirement' ? [node] : []));
        if (requirements.some(({ statement, file }) => isFilledIn(statement) || isFilledIn(file))) return [shown('evidenced')];
        const [first] = requirements;
        if (first) return stated(first, 'The service requirement', [{ said: false, what: 'what is required', line: 'statement "${1:TODO what the service has to do, and how well}"' }]);
        return [
          shortfall(`No requirement of ${named(service)} is documented.`, {
            place: placeOf(service),
            fixes: [addDeclaration('Declare a service requirement', placeOf(service), `service requirement \${1:${service.name}-need} "\${2:TODO what is needed}" for ${service.name} {\n  statement "\${3:TODO what the service has to do, and how well}"\n}`)],
          }),
        ];
      },
    }),
  ],
});

export const serviceCatalogue: Rule = rule('7.5.4.g', {
  evidence: 'derived',
  parts: [
    unlessEvidenced('7.5.4.g', (context) => {
      const catalogues = context.model.all('ServiceCatalogue');
      if (catalogues.length === 0) return checkDocuments('7.5.4.g', itemOf('di.service-catalogue'), context);
      const remarks = catalogues.map((one) =>
        stated(one, 'The service catalogue', [
          { said: one.listsAll || someFilledIn(one.services) || one.entries.length > 0, what: 'which services it lists', line: 'lists ${1:TODO}' },
          { said: isFilledIn(one.publishedAt), what: 'where it is published', line: 'published at "${1:TODO address}"' },
        ]),
      );
      return remarks.some((own) => own.length === 0) ? [] : remarks[0]!;
    }),
  ],
});

/** An agreement is documented by its file, by a document of a kind for all of them, or by what is declared and was agreed. */
function isDocumented(agreement: Agreement, kind: string, context: RuleContext): boolean {
  return isFilledIn(agreement.file) || isAgreed(agreement, context.asOf) || hasDocumentOfKind(kind, context);
}

export const serviceLevelAgreements: Rule = rule('7.5.4.h', {
  evidence: 'derived',
  parts: [
    system((context) => {
      const { model } = context;
      if (model.all('Agreement').some(isSla) || hasDocumentOfKind('sla', context)) return [];
      if (!model.all('Service').some((service) => isLive(service, context) && isDelivered(service, context))) return [];
      return [shortfall('Services are delivered, but no SLA is declared and no document of kind sla.', { axis: 'evidenced', fixes: declareFixes(context, documentScaffold(itemOf('di.sla'))) })];
    }),
    each('Agreement', {
      where: isSla,
      none: null,
      check: (sla, context) => {
        if (hasEnded(sla, context.asOf)) return [];
        if (isDocumented(sla, 'sla', context)) return [shown('evidenced')];
        return [
          shortfall(`${named(sla)} names no document, and nothing says who agreed to what is declared here, and when.`, {
            place: placeOf(sla),
            axis: 'evidenced',
            fixes: [
              addFact('Say who agreed to it and when', placeOf(sla), `agreed${sla.customer === undefined ? '' : ` with ${sla.customer}`} by \${1:TODO} on \${2:0000-00-00}`),
              addFact('Name its document', placeOf(sla), 'file "${1:TODO path of the document}"'),
            ],
          }),
        ];
      },
    }),
  ],
});

const isExternal = (supplier: Supplier, context: RuleContext): boolean => kindOf(supplier, context) === 'external';

const externalUsed: Query<Trigger> = query('whether external suppliers are used', (context) =>
  context.model.all('Supplier').some((supplier) => isExternal(supplier, context)) ? { applies: true } : { applies: false, reason: 'no external supplier is declared' },
);

/** Teams that promise by an OLA are internal suppliers, too. */
const internalUsed: Query<Trigger> = query('whether internal suppliers or customers that supply are used', (context) =>
  context.model.all('Supplier').some((supplier) => !isExternal(supplier, context)) || context.model.all('Agreement').some(({ type }) => type === 'ola')
    ? { applies: true }
    : { applies: false, reason: 'no internal supplier and no customer acting as a supplier is declared' },
);

/** Agreements with a supplier that have not ended. */
function agreementsWith(supplier: Supplier, { model, asOf }: RuleContext): readonly Agreement[] {
  return model.all('Agreement').filter((agreement) => (agreement.supplier === supplier.name || agreement.provider === supplier.name) && !hasEnded(agreement, asOf));
}

function checkSupplier(supplier: Supplier, { words, kind, scaffold, isEnough }: SupplierDocuments, context: RuleContext): readonly Remark[] {
  const agreements = agreementsWith(supplier, context);
  if (agreements.length === 0) {
    if (hasDocumentOfKind(kind, context)) return [shown('evidenced')];
    return [shortfall(`No ${words} with ${named(supplier)} is declared.`, { place: placeOf(supplier), fixes: [addDeclaration(`Declare the ${words} with ${named(supplier)}`, placeOf(supplier), scaffold(supplier))] })];
  }
  const remarks = agreements.flatMap((agreement): Remark[] => {
    if (isEnough(agreement, context) || hasDocumentOfKind(kind, context)) return [];
    return [noDocument(words, agreement, supplier)];
  });
  return remarks.length === 0 ? [shown('evidenced')] : remarks;
}

function noDocument(words: string, agreement: Agreement, party: { readonly name: string; readonly title?: string | undefined } | undefined): Remark {
  return shortfall(`The ${words} ${named(agreement)}${party === undefined ? '' : ` with ${named(party)}`} names no document.`, {
    place: placeOf(agreement),
    axis: 'evidenced',
    fixes: [addFact('Name its document', placeOf(agreement), 'file "${1:TODO path of the document}"')],
  });
}

/** What is declared and was agreed is the documented agreement. */
function isDocumentedAgreement(agreement: Agreement, { asOf }: RuleContext): boolean {
  return isFilledIn(agreement.file) || isAgreed(agreement, asOf);
}

interface SupplierDocuments {
  readonly words: string;
  /** The kind of document that may stand for all of them. */
  readonly kind: string;
  readonly scaffold: (supplier: Supplier) => string;
  readonly isEnough: (agreement: Agreement, context: RuleContext) => boolean;
}

export const supplierContracts: Rule = rule('7.5.4.i', {
  trigger: externalUsed,
  evidence: 'derived',
  parts: [
    each('Supplier', {
      none: null,
      check: (supplier, context) =>
        !isExternal(supplier, context) ? [] : checkSupplier(supplier, {
          words: 'contract',
          kind: 'external-contracts',
          scaffold: ({ name }) => `contract \${1:${name}-contract} with ${name} for \${2:TODO} {\n  scope "\${3:TODO what is delivered}"\n  file "\${4:TODO path of the contract}"\n}`,
          isEnough: ({ file }) => isFilledIn(file),
        }, context),
    }),
  ],
});

export const internalAgreements: Rule = rule('7.5.4.j', {
  trigger: internalUsed,
  evidence: 'derived',
  parts: [
    each('Supplier', {
      none: null,
      check: (supplier, context) =>
        isExternal(supplier, context) ? [] : checkSupplier(supplier, {
          words: 'agreement',
          kind: 'internal-agreements',
          scaffold: ({ name }) => `ola \${1:${name}-agreement} by ${name} for \${2:TODO} {\n  file "\${3:TODO path of the document}"\n}`,
          isEnough: isDocumentedAgreement,
        }, context),
    }),
    each('Agreement', {
      where: ({ type }) => type === 'ola',
      none: null,
      check: (agreement, context) => {
        const { model, asOf } = context;
        // Those of suppliers are looked at with these.
        if (hasEnded(agreement, asOf) || model.find('Supplier', agreement.provider) !== undefined) return [];
        if (isDocumentedAgreement(agreement, context) || hasDocumentOfKind('internal-agreements', context)) return [shown('evidenced')];
        return [noDocument('agreement', agreement, model.get('Team', agreement.provider) ?? model.get('Customer', agreement.provider))];
      },
    }),
  ],
});

export const procedures: Rule = rule('7.5.4.k', {
  evidence: 'derived',
  parts: [
    system((context) => {
      const item = itemOf('di.major-incident-procedure');
      const major = context.model.all('Procedure').filter(({ kind }) => kind === 'major incident' || kind === 'major-incident');
      if (major.some(({ file }) => isFilledIn(file)) || hasDocumentOfKind(item.kind, context)) return [shown('evidenced')];
      const [first] = major;
      if (first) return stated(first, 'The procedure', [{ said: false, what: 'where its document is', line: 'file "${1:TODO path of the document}"' }], 'evidenced');
      return [
        shortfall('No procedure for major incidents is documented.', {
          axis: 'evidenced',
          fixes: declareFixes(context, { title: 'Declare the procedure for major incidents', text: 'procedure ${1:major-incidents} "${2:Major incidents}" {\n  kind major incident\n  file "${3:TODO path of the document}"\n  approved by ${4:TODO} on ${5:0000-00-00}\n}' }),
        }),
      ];
    }),
    each('ContinuityPlan', {
      none: { message: 'No service continuity plan is declared, so no procedure for a major loss of service is referred to.' },
      check: (one, { model }) => {
        if (one.procedures.some((id) => isFilledIn(model.get('Procedure', id)?.file))) return [];
        const declared = one.procedures.map((id) => model.get('Procedure', id)).find((procedure) => procedure !== undefined);
        const place = placeOf(one);
        if (declared) return [shortfall(`The procedure ${named(declared)}, which ${named(one)} refers to, names no document.`, { place: placeOf(one, 'procedures', 0), fixes: [addFact('Name its document', placeOf(declared), 'file "${1:TODO path of the document}"')] })];
        return [shortfall(`The service continuity plan ${named(one)} refers to no procedure: what is done in a major loss of service, and to return to normal.`, { place, fixes: [addFact('Name its procedures', place, 'procedures ${1:TODO}')] })];
      },
    }),
  ],
});
