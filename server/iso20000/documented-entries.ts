import type { AnyDeclaration, DeclarationType, DeclarationTypes } from '../../language/model/declarations.ts';
import { isFilledIn, isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import { collection, type Collection, type RuleContext } from '../assessment/rule.ts';
import { isDelivered, isLive } from './services-in-scope.ts';

/** Declarations of a type that are documented information themselves. */
export interface Entries {
  readonly type: DeclarationType;
  /** Whether such a declaration says enough. */
  says(declaration: AnyDeclaration, context: RuleContext): boolean;
  /** The days that it records. */
  days(declaration: AnyDeclaration): readonly (string | undefined)[];
}

/** Where the model itself is the documented information of a kind, so that no other document needs to be declared for it. */
export interface DocumentedEntries {
  /** Entries of the model that state it. */
  readonly stated?: readonly Entries[];
  /** Entries that record it by their days. */
  readonly recorded?: readonly Entries[];
  /** Kinds of records of which a source is declared. */
  readonly sources?: readonly string[];
  /** When there is nothing that could be documented: no supplier, no transition. */
  readonly notNeeded?: { readonly unless: readonly Entries[]; readonly because: string };
  /** It is what the records of all other kinds are together. */
  readonly ofAllKinds?: true;
}

/** Whether entries of the model state a kind. */
export function isStated(kind: string, { collected }: RuleContext): boolean {
  return documentedEntries[kind]?.ofAllKinds === true || collected(statedKinds, kind).length > 0;
}

/** The days of entries that record a kind. */
export function recordedDays(kind: string, { collected }: RuleContext): readonly string[] {
  return collected(recordedKinds, kind);
}

/** Why there is nothing of a kind that could be documented; undefined where there is. */
export function whyNotNeeded(kind: string, { collected }: RuleContext): string | undefined {
  const notNeeded = documentedEntries[kind]?.notNeeded;
  return notNeeded === undefined || collected(neededKinds, kind).length > 0 ? undefined : notNeeded.because;
}

/** The entries themselves: those that state it, and those that record it by a day. */
export function entriesOf(entries: DocumentedEntries | undefined, context: RuleContext): readonly AnyDeclaration[] {
  const stated = (entries?.stated ?? []).flatMap(({ type, says }) => context.model.all(type).filter((one) => says(one, context)));
  const recorded = (entries?.recorded ?? []).flatMap(({ type, days }) => context.model.all(type).filter((one) => days(one).some((day) => day !== undefined)));
  return [...new Set([...stated, ...recorded])];
}

/** Entries that state it. */
function of<T extends DeclarationType>(type: T, says: (declaration: DeclarationTypes[T], context: RuleContext) => boolean = () => true): Entries {
  const isOne = (declaration: AnyDeclaration): declaration is DeclarationTypes[T] => declaration.$type === type;
  return { type, says: (declaration, context) => isOne(declaration) && says(declaration, context), days: () => [] };
}

/** Entries that record it by their days. */
function on<T extends DeclarationType>(type: T, days: (declaration: DeclarationTypes[T]) => readonly (string | undefined)[]): Entries {
  const isOne = (declaration: AnyDeclaration): declaration is DeclarationTypes[T] => declaration.$type === type;
  return { type, says: () => false, days: (declaration) => (isOne(declaration) ? days(declaration) : []) };
}

function policy(kind: string): DocumentedEntries {
  return { stated: [of('Policy', (one) => one.kind === kind && (isFilledIn(one.file) || isFilledIn(one.statement)))] };
}

function riskAssessment(domain: string): DocumentedEntries {
  return { recorded: [on('RiskAssessment', (one) => (one.domain === domain ? [one.performed] : [])), on('Risk', ({ category, assessed }) => (category === domain ? [assessed] : []))] };
}

function analysis(subject: string): DocumentedEntries {
  return { recorded: [on('RecordAnalysis', (one) => (one.subject === subject ? [one.performed] : []))] };
}

const transition = of('Transition');
const source = (kind: string): Entries => of('Source', ({ recordKind }) => recordKind === kind);
const isOutside = ({ kind }: DeclarationTypes['Supplier']): boolean => (kind ?? 'external') === 'external';
const incidentsThatMap = (field: string): Entries => of('Source', ({ recordKind, mappings }) => recordKind === 'incident' && mappings.some((mapping) => mapping.field === field));
const produced = on('ServiceReport', (report) => report.produced.map((one) => one.on));

/**
 * By kind of documented information. What the standard wants to be documented is mostly declared as such: a risk, an SLA, a plan. It is
 * not demanded twice. Kinds that are missing here need a document or an evidence.
 */
export const documentedEntries: Readonly<Record<string, DocumentedEntries>> = {
  scope: { stated: [of('Organization', ({ scope }) => isFilledIn(scope))] },
  context: { stated: [of('ContextIssue', ({ title, relevance }) => isFilledIn(title) || isFilledIn(relevance)), of('ClimateDetermination', ({ relevant }) => relevant !== undefined), of('InterestedParty', ({ requirements }) => requirements.length > 0)] },
  'sm-policy': policy('service-management'),
  roles: { stated: [of('Role')] },
  'risk-register': { stated: [of('Risk', ({ consequence, cause, title }) => [consequence, cause, title].some(isFilledIn)), of('Opportunity', ({ benefit }) => isFilledIn(benefit))] },
  'risk-method': { stated: [of('RiskMethod', ({ approach, file }) => isFilledIn(approach) || isFilledIn(file))] },
  objectives: { stated: [of('Objective', ({ statement, title }) => isFilledIn(statement) || isFilledIn(title))] },
  'sm-plan': { stated: [of('ServiceManagementPlan', ({ file, title }) => isFilledIn(file) || isFilledIn(title))] },
  competence: { recorded: [on('Person', ({ competences }) => competences.map(({ assessed }) => assessed))] },
  awareness: { recorded: [on('Awareness', ({ performed }) => [performed])] },
  'communication-plan': { stated: [of('Communication', ({ timing, channel }) => isFilledIn(timing) || isFilledIn(channel))] },
  'document-register': { stated: [of('ControlledDocument', ({ file, location }) => isFilledIn(file) || isFilledIn(location))] },
  'external-documents': { stated: [of('ControlledDocument', ({ origin }) => origin === 'external')], notNeeded: { unless: [of('ControlledDocument', ({ origin }) => origin === 'external')], because: 'no document from outside is declared' } },
  'process-descriptions': { stated: [of('Process', ({ nodes, file }) => nodes.length > 0 || isFilledIn(file))] },
  procedures: { stated: [of('Procedure', ({ file }) => isFilledIn(file))] },
  knowledge: { stated: [of('Knowledge', ({ file, location }) => isFilledIn(file) || isFilledIn(location))] },
  'process-records': { stated: [of('Source')], recorded: [on('Evidence', ({ processes, dated }) => (processes.length > 0 ? [dated] : []))] },
  'service-requirements': { stated: [of('ServiceRequirement', ({ statement, file }) => isFilledIn(statement) || isFilledIn(file))] },
  'other-parties': { stated: [of('Supplier')], notNeeded: { unless: [of('Supplier')], because: 'no supplier is declared' } },
  'service-catalogue': { stated: [of('ServiceCatalogue', ({ listsAll, services, entries }) => listsAll || someFilledIn(services) || entries.length > 0)] },
  'asset-register': { stated: [of('Asset')], sources: ['asset'] },
  'configuration-information': { stated: [of('ConfigurationItem', ({ type, title, description }) => [type, title, description].some(isFilledIn))], sources: ['configuration-item'] },
  'configuration-verification': { recorded: [on('ConfigurationVerification', ({ performed }) => [performed])] },
  customers: { stated: [of('Customer', ({ title, contact, name }) => isFilledIn(title) || isFilledIn(contact) || isFilledIn(name))] },
  'service-reviews': { recorded: [on('ServiceReview', ({ held }) => [held])] },
  satisfaction: { sources: ['survey'] },
  complaints: { sources: ['complaint'] },
  sla: { stated: [of('Agreement', ({ type, targets }) => type === 'sla' && targets.length > 0)], notNeeded: { unless: [of('Service', (service, context) => isLive(service, context) && isDelivered(service, context))], because: 'no live service is delivered to customers' } },
  'sla-reports': { recorded: [produced, on('ServiceReview', ({ held }) => [held])] },
  'external-contracts': { stated: [of('Agreement', ({ type, supplier }) => type === 'contract' && isFilledIn(supplier))], notNeeded: { unless: [of('Supplier', isOutside)], because: 'no external supplier is declared' } },
  'supplier-performance': { recorded: [on('Supplier', ({ performanceReviewed, review, controls }) => [performanceReviewed, review?.last, ...controls.map(({ applied }) => applied)]), on('Agreement', ({ type, performanceReviewed, review }) => (type === 'sla' ? [] : [performanceReviewed, review?.last]))], notNeeded: { unless: [of('Supplier')], because: 'no supplier is declared' } },
  disputes: { stated: [of('Dispute')], notNeeded: { unless: [of('Dispute')], because: 'no dispute is declared' } },
  'internal-agreements': { stated: [of('Agreement', ({ type }) => type === 'ola' || type === 'contract')], notNeeded: { unless: [of('Supplier', (supplier) => !isOutside(supplier))], because: 'no internal supplier and no customer acting as a supplier is declared' } },
  budget: { stated: [of('Budget', ({ amount }) => isNotZero(amount))] },
  'cost-reports': { sources: ['cost'] },
  demand: { sources: ['demand'] },
  'capacity-requirements': { stated: [of('CapacityRequirement', ({ value, file }) => isNotZero(value) || isFilledIn(file))] },
  'capacity-plan': { stated: [of('CapacityPlan', ({ current, forecast, file }) => [current, forecast, file].some(isFilledIn))] },
  'change-policy': policy('change-management'),
  changes: { sources: ['change'] },
  'change-analysis': analysis('changes'),
  'transition-plan': { stated: [transition], notNeeded: { unless: [transition], because: 'no service is in transition' } },
  'service-design': { stated: [of('ServiceDesign', ({ requirements, file }) => someFilledIn(requirements) || isFilledIn(file))], notNeeded: { unless: [transition], because: 'no service is in transition' } },
  'acceptance-criteria': { stated: [of('Transition', ({ criteria }) => criteria.length > 0), source('release')], notNeeded: { unless: [transition, source('release')], because: 'no service is in transition, and no releases are recorded' } },
  'transition-report': { stated: [of('Transition', ({ reportedOn }) => reportedOn !== undefined)], notNeeded: { unless: [of('Transition', ({ completed }) => completed !== undefined)], because: 'no transition of a service is completed' } },
  'release-policy': { stated: [of('ReleaseType')] },
  releases: { sources: ['release'] },
  baselines: { recorded: [on('Baseline', ({ taken }) => [taken])] },
  'release-analysis': { ...analysis('releases'), notNeeded: { unless: [source('release')], because: 'no releases are recorded' } },
  incidents: { sources: ['incident'] },
  'major-incident-procedure': { stated: [of('Procedure', ({ kind, file }) => isMajorIncident(kind) && isFilledIn(file))] },
  'major-incident-reports': { stated: [incidentsThatMap('major-report')], notNeeded: { unless: [incidentsThatMap('major')], because: 'no record says whether an incident is major' } },
  'service-requests': { sources: ['service-request'] },
  'request-instructions': { stated: [of('RequestModel', ({ instructions }) => isFilledIn(instructions))] },
  problems: { sources: ['problem'] },
  'known-errors': { sources: ['known-error'] },
  'problem-review': analysis('problems'),
  'availability-risks': riskAssessment('availability'),
  'availability-requirements': { stated: [of('AvailabilityRequirement', ({ target, file }) => isNotZero(target) || isFilledIn(file)), of('Agreement', ({ targets }) => targets.some(({ measure }) => measure === 'availability'))] },
  'availability-results': { sources: ['outage', 'incident'] },
  'continuity-risks': riskAssessment('continuity'),
  'continuity-requirements': { stated: [of('ContinuityRequirement', ({ recoveryTime, recoveryPoint, notRequired }) => isNotZero(recoveryTime) || isNotZero(recoveryPoint) || isFilledIn(notRequired))] },
  'continuity-plan': { stated: [of('ContinuityPlan', ({ file, invocationCriteria }) => isFilledIn(file) || isFilledIn(invocationCriteria))] },
  'continuity-contacts': { stated: [of('ContinuityPlan', ({ contacts }) => isFilledIn(contacts))] },
  'continuity-tests': { recorded: [on('ContinuityTest', ({ performed }) => [performed])] },
  'continuity-invocations': { stated: [of('ContinuityInvocation')], notNeeded: { unless: [of('ContinuityInvocation')], because: 'no continuity plan has been invoked' } },
  'security-policy': policy('information-security'),
  'security-risks': riskAssessment('information-security'),
  'security-controls': { stated: [of('SecurityControl', ({ title, decision }) => isFilledIn(title) || isFilledIn(decision))] },
  'security-incidents': { sources: ['security-incident'] },
  measurements: { stated: [of('Metric', ({ source: from, recorded }) => from !== undefined || recorded.length > 0)] },
  'audit-programme': { stated: [of('AuditProgramme', ({ audits, file, frequency }) => audits.length > 0 || isFilledIn(file) || isFilledIn(frequency))] },
  'audit-results': { recorded: [on('Audit', ({ held }) => [held])] },
  'management-review': { recorded: [on('ManagementReview', ({ held }) => [held])] },
  'service-reports': { recorded: [produced] },
  nonconformities: { stated: [of('Nonconformity')], notNeeded: { unless: [of('Nonconformity')], because: 'no nonconformity is declared' } },
  'corrective-action-results': { stated: [of('Nonconformity')], notNeeded: { unless: [of('Nonconformity')], because: 'no nonconformity is declared' } },
  improvements: { stated: [of('Improvement', ({ title, description }) => isFilledIn(title) || isFilledIn(description))] },
  'conformity-records': { ofAllKinds: true },
};

function isMajorIncident(kind: string | undefined): boolean {
  return kind === 'major incident' || kind === 'major-incident';
}

const statedKinds = byKind('kinds that are stated', ({ stated }) => stated, (entries, declaration, context) => (entries.says(declaration, context) ? [true] : []));
const recordedKinds = byKind('days by the kinds that they record', ({ recorded }) => recorded, (entries, declaration) => entries.days(declaration).filter((day) => day !== undefined));
const neededKinds = byKind('kinds that are needed', ({ notNeeded }) => notNeeded?.unless, (entries, declaration, context) => (entries.says(declaration, context) ? [true] : []));

/** What declarations contribute to each kind, by entries of one sort. */
function byKind<T>(name: string, entriesOfKind: (entries: DocumentedEntries) => readonly Entries[] | undefined, contributed: (entries: Entries, declaration: AnyDeclaration, context: RuleContext) => readonly T[]): Collection<T> {
  const byType = new Map<DeclarationType, { readonly kind: string; readonly entries: Entries }[]>();
  for (const [kind, all] of Object.entries(documentedEntries)) for (const entries of entriesOfKind(all) ?? []) byType.set(entries.type, [...(byType.get(entries.type) ?? []), { kind, entries }]);
  return collection(name, [...byType.keys()], (declaration, context) =>
    (byType.get(declaration.$type) ?? []).flatMap(({ kind, entries }) => contributed(entries, declaration, context).map((value) => [kind, value] as const)),
  );
}
