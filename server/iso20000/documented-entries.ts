import type { DeclarationType, DeclarationTypes } from '../../language/model/declarations.ts';
import type { Model } from '../../language/model/model.ts';
import { isFilledIn, isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import type { RuleContext } from '../assessment/rule.ts';
import { isDelivered, isLive } from './services-in-scope.ts';

/** Where the model itself is the documented information of a kind, so that no other document needs to be declared for it. */
export interface DocumentedEntries {
  /** Whether entries of the model state it. */
  readonly stated?: (context: RuleContext) => boolean;
  /** The days of entries that record it. */
  readonly dates?: (model: Model) => readonly (string | undefined)[];
  /** Kinds of records of which a source is declared. */
  readonly sources?: readonly string[];
  /** Whether there is nothing that could be documented: no supplier, no transition. */
  readonly notNeeded?: (context: RuleContext) => boolean;
}

function some<T extends DeclarationType>(type: T, says: (declaration: DeclarationTypes[T], context: RuleContext) => boolean): (context: RuleContext) => boolean {
  return (context) => context.model.all(type).some((declaration) => says(declaration, context));
}

const not = (says: (context: RuleContext) => boolean) => (context: RuleContext): boolean => !says(context);
const either = (...says: readonly ((context: RuleContext) => boolean)[]) => (context: RuleContext): boolean => says.some((one) => one(context));

function policy(kind: string): DocumentedEntries {
  return { stated: some('Policy', (one) => one.kind === kind && (isFilledIn(one.file) || isFilledIn(one.statement))) };
}

function riskAssessment(domain: string): DocumentedEntries {
  return {
    dates: (model) => [...model.all('RiskAssessment').filter((one) => one.domain === domain).map(({ performed }) => performed), ...model.all('Risk').filter(({ category }) => category === domain).map(({ assessed }) => assessed)],
  };
}

function analysis(subject: string): DocumentedEntries {
  return { dates: (model) => model.all('RecordAnalysis').filter((one) => one.subject === subject).map(({ performed }) => performed) };
}

const hasTransition = some('Transition', () => true);
const hasSource = (kind: string) => some('Source', ({ recordKind }) => recordKind === kind);
const isOutside = ({ kind }: DeclarationTypes['Supplier']): boolean => (kind ?? 'external') === 'external';
const mapsField = (field: string) => some('Source', ({ recordKind, mappings }) => recordKind === 'incident' && mappings.some((mapping) => mapping.field === field));

/**
 * By kind of documented information. What the standard wants to be documented is mostly declared as such: a risk, an SLA, a plan. It is
 * not demanded twice. Kinds that are missing here need a document or an evidence.
 */
export const documentedEntries: Readonly<Record<string, DocumentedEntries>> = {
  scope: { stated: some('Organization', ({ scope }) => isFilledIn(scope)) },
  'sm-policy': policy('service-management'),
  'risk-register': { stated: either(some('Risk', ({ consequence, cause, title }) => [consequence, cause, title].some(isFilledIn)), some('Opportunity', ({ benefit }) => isFilledIn(benefit))) },
  'risk-method': { stated: some('RiskMethod', ({ approach, file }) => isFilledIn(approach) || isFilledIn(file)) },
  objectives: { stated: some('Objective', ({ statement, title }) => isFilledIn(statement) || isFilledIn(title)) },
  'sm-plan': { stated: some('ServiceManagementPlan', ({ file, title }) => isFilledIn(file) || isFilledIn(title)) },
  competence: { dates: (model) => model.all('Person').flatMap(({ competences }) => competences.map(({ assessed }) => assessed)) },
  'external-documents': { notNeeded: not(some('ControlledDocument', ({ origin }) => origin === 'external')), stated: some('ControlledDocument', ({ origin }) => origin === 'external') },
  'process-descriptions': { stated: some('Process', ({ nodes, file }) => nodes.length > 0 || isFilledIn(file)) },
  procedures: { stated: some('Procedure', ({ file }) => isFilledIn(file)) },
  'process-records': { stated: some('Source', () => true), dates: (model) => model.all('Evidence').filter(({ processes }) => processes.length > 0).map(({ dated }) => dated) },
  'service-requirements': { stated: some('ServiceRequirement', ({ statement, file }) => isFilledIn(statement) || isFilledIn(file)) },
  'other-parties': { stated: some('Supplier', () => true), notNeeded: not(some('Supplier', () => true)) },
  'service-catalogue': { stated: some('ServiceCatalogue', ({ listsAll, services, entries }) => listsAll || someFilledIn(services) || entries.length > 0) },
  'configuration-information': { stated: some('ConfigurationItem', ({ type, title, description }) => [type, title, description].some(isFilledIn)), sources: ['configuration-item'] },
  customers: { stated: some('Customer', ({ title, contact, name }) => isFilledIn(title) || isFilledIn(contact) || isFilledIn(name)) },
  complaints: { sources: ['complaint'] },
  sla: { stated: some('Agreement', ({ type, targets }) => type === 'sla' && targets.length > 0), notNeeded: not(some('Service', (service, context) => isLive(service, context) && isDelivered(service, context))) },
  'sla-reports': { dates: (model) => [...model.all('ServiceReport').flatMap(({ produced }) => produced.map(({ on }) => on)), ...model.all('ServiceReview').map(({ held }) => held)] },
  'external-contracts': { stated: some('Agreement', ({ type, supplier }) => type === 'contract' && isFilledIn(supplier)), notNeeded: not(some('Supplier', isOutside)) },
  disputes: { stated: some('Dispute', () => true), notNeeded: not(some('Dispute', () => true)) },
  'internal-agreements': { stated: some('Agreement', ({ type }) => type === 'ola' || type === 'contract'), notNeeded: not(some('Supplier', (supplier) => !isOutside(supplier))) },
  'cost-reports': { sources: ['cost'] },
  'capacity-requirements': { stated: some('CapacityRequirement', ({ value, file }) => isNotZero(value) || isFilledIn(file)) },
  'change-policy': policy('change-management'),
  changes: { sources: ['change'] },
  'change-analysis': analysis('changes'),
  'service-design': { stated: some('ServiceDesign', ({ requirements, file }) => someFilledIn(requirements) || isFilledIn(file)), notNeeded: not(hasTransition) },
  'acceptance-criteria': { stated: either(some('Transition', ({ criteria }) => criteria.length > 0), hasSource('release')), notNeeded: not(either(hasTransition, hasSource('release'))) },
  'transition-report': { stated: some('Transition', ({ reportedOn }) => reportedOn !== undefined), notNeeded: not(some('Transition', ({ completed }) => completed !== undefined)) },
  'release-analysis': { ...analysis('releases'), notNeeded: not(hasSource('release')) },
  incidents: { sources: ['incident'] },
  'major-incident-procedure': { stated: some('Procedure', ({ kind, file }) => isMajorIncident(kind) && isFilledIn(file)) },
  'major-incident-reports': { stated: mapsField('major-report'), notNeeded: not(mapsField('major')) },
  'service-requests': { sources: ['service-request'] },
  'request-instructions': { stated: some('RequestModel', ({ instructions }) => isFilledIn(instructions)) },
  problems: { sources: ['problem'] },
  'known-errors': { sources: ['known-error'] },
  'problem-review': analysis('problems'),
  'availability-risks': riskAssessment('availability'),
  'availability-requirements': { stated: either(some('AvailabilityRequirement', ({ target, file }) => isNotZero(target) || isFilledIn(file)), some('Agreement', ({ targets }) => targets.some(({ measure }) => measure === 'availability'))) },
  'availability-results': { sources: ['outage', 'incident'] },
  'continuity-risks': riskAssessment('continuity'),
  'continuity-plan': { stated: some('ContinuityPlan', ({ file, invocationCriteria }) => isFilledIn(file) || isFilledIn(invocationCriteria)) },
  'continuity-contacts': { stated: some('ContinuityPlan', ({ contacts }) => isFilledIn(contacts)) },
  'continuity-tests': { dates: (model) => model.all('ContinuityTest').map(({ performed }) => performed) },
  'continuity-invocations': { stated: some('ContinuityInvocation', () => true), notNeeded: not(some('ContinuityInvocation', () => true)) },
  'security-policy': policy('information-security'),
  'security-risks': riskAssessment('information-security'),
  'security-controls': { stated: some('SecurityControl', ({ title, decision }) => isFilledIn(title) || isFilledIn(decision)) },
  'security-incidents': { sources: ['security-incident'] },
  measurements: { stated: some('Metric', ({ source, recorded }) => source !== undefined || recorded.length > 0) },
  'audit-programme': { stated: some('AuditProgramme', ({ audits, file, frequency }) => audits.length > 0 || isFilledIn(file) || isFilledIn(frequency)) },
  'audit-results': { dates: (model) => model.all('Audit').map(({ held }) => held) },
  'management-review': { dates: (model) => model.all('ManagementReview').map(({ held }) => held) },
  'service-reports': { dates: (model) => model.all('ServiceReport').flatMap(({ produced }) => produced.map(({ on }) => on)) },
  nonconformities: { stated: some('Nonconformity', () => true), notNeeded: not(some('Nonconformity', () => true)) },
  'corrective-action-results': { stated: some('Nonconformity', () => true), notNeeded: not(some('Nonconformity', () => true)) },
  improvements: { stated: some('Improvement', ({ title, description }) => isFilledIn(title) || isFilledIn(description)) },
  // What the records of all other kinds are together.
  'conformity-records': { stated: () => true },
};

function isMajorIncident(kind: string | undefined): boolean {
  return kind === 'major incident' || kind === 'major-incident';
}
