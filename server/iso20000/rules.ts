import type { Rule } from '../assessment/rule.ts';
import { compareRows } from '../assessment/wording.ts';
import * as context from './4-1-context.ts';
import * as interestedParties from './4-2-interested-parties.ts';
import * as scope from './4-3-scope.ts';
import * as managementSystem from './4-4-system.ts';
import * as leadership from './5-1-leadership.ts';
import * as policy from './5-2-1-policy.ts';
import * as policyCommunication from './5-2-2-policy-communication.ts';
import * as roles from './5-3-roles.ts';
import * as risksAndOpportunities from './6-1-1-risks-and-opportunities.ts';
import * as riskInformation from './6-1-2-risk-information.ts';
import * as riskActions from './6-1-3-risk-actions.ts';
import * as objectives from './6-2-1-objectives.ts';
import * as objectivesPlanned from './6-2-2-plans-for-objectives.ts';
import * as servicePlan from './6-3-service-management-plan.ts';
import * as resources from './7-1-resources.ts';
import * as competence from './7-2-competence.ts';
import * as awareness from './7-3-awareness.ts';
import * as communication from './7-4-communication.ts';
import * as documentedInformation from './7-5-1-documented-information.ts';
import * as documents from './7-5-2-documents.ts';
import * as documentAvailability from './7-5-3-1-availability-of-documents.ts';
import * as documentControl from './7-5-3-2-control-of-documents.ts';
import * as systemDocuments from './7-5-4-system-documents.ts';
import * as records from './7-5-4-records.ts';
import * as knowledge from './7-6-knowledge.ts';
import * as operationalPlanning from './8-1-operational-planning.ts';
import * as serviceDelivery from './8-2-1-service-delivery.ts';
import * as planServices from './8-2-2-plan-services.ts';
import * as otherParties from './8-2-3-1-other-parties.ts';
import * as controlOfParties from './8-2-3-2-control-of-parties.ts';
import * as serviceCatalogue from './8-2-4-service-catalogue.ts';
import * as asset from './8-2-5-asset.ts';
import * as configuration from './8-2-6-configuration.ts';
import * as supplierKinds from './8-3-1-supplier-kinds.ts';
import * as businessRelationship from './8-3-2-business-relationship.ts';
import * as serviceLevel from './8-3-3-service-level.ts';
import * as externalSuppliers from './8-3-4-1-external-suppliers.ts';
import * as internalSuppliers from './8-3-4-2-internal-suppliers.ts';
import * as budgeting from './8-4-1-budgeting.ts';
import * as demand from './8-4-2-demand.ts';
import * as capacity from './8-4-3-capacity.ts';
import * as changePolicy from './8-5-1-1-change-policy.ts';
import * as changeInitiation from './8-5-1-2-change-initiation.ts';
import * as changeActivities from './8-5-1-3-change-activities.ts';
import * as planTransition from './8-5-2-1-plan-services.ts';
import * as design from './8-5-2-2-design.ts';
import * as buildAndTransition from './8-5-2-3-build-and-transition.ts';
import * as releaseDeployment from './8-5-3-release-deployment.ts';
import * as incident from './8-6-1-incident.ts';
import * as serviceRequest from './8-6-2-service-request.ts';
import * as problem from './8-6-3-problem.ts';
import * as serviceAvailability from './8-7-1-availability.ts';
import * as serviceContinuity from './8-7-2-continuity.ts';
import * as securityPolicy from './8-7-3-1-security-policy.ts';
import * as securityControls from './8-7-3-2-security-controls.ts';
import * as securityIncidents from './8-7-3-3-security-incidents.ts';
import * as measurement from './9-1-measurement.ts';
import * as internalAudit from './9-2-1-internal-audit.ts';
import * as auditProgramme from './9-2-2-audit-programme.ts';
import * as managementReview from './9-3-management-review.ts';
import * as serviceReporting from './9-4-service-reporting.ts';
import * as nonconformity from './10-1-1-nonconformity.ts';
import * as nonconformityRecords from './10-1-2-nonconformity-records.ts';
import * as improvement from './10-2-improvement.ts';

/** A clause's file exports its rules and nothing else. */
const files: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  '4-1-context': context,
  '4-2-interested-parties': interestedParties,
  '4-3-scope': scope,
  '4-4-system': managementSystem,
  '5-1-leadership': leadership,
  '5-2-1-policy': policy,
  '5-2-2-policy-communication': policyCommunication,
  '5-3-roles': roles,
  '6-1-1-risks-and-opportunities': risksAndOpportunities,
  '6-1-2-risk-information': riskInformation,
  '6-1-3-risk-actions': riskActions,
  '6-2-1-objectives': objectives,
  '6-2-2-plans-for-objectives': objectivesPlanned,
  '6-3-service-management-plan': servicePlan,
  '7-1-resources': resources,
  '7-2-competence': competence,
  '7-3-awareness': awareness,
  '7-4-communication': communication,
  '7-5-1-documented-information': documentedInformation,
  '7-5-2-documents': documents,
  '7-5-3-1-availability-of-documents': documentAvailability,
  '7-5-3-2-control-of-documents': documentControl,
  '7-5-4-system-documents': systemDocuments,
  '7-5-4-records': records,
  '7-6-knowledge': knowledge,
  '8-1-operational-planning': operationalPlanning,
  '8-2-1-service-delivery': serviceDelivery,
  '8-2-2-plan-services': planServices,
  '8-2-3-1-other-parties': otherParties,
  '8-2-3-2-control-of-parties': controlOfParties,
  '8-2-4-service-catalogue': serviceCatalogue,
  '8-2-5-asset': asset,
  '8-2-6-configuration': configuration,
  '8-3-1-supplier-kinds': supplierKinds,
  '8-3-2-business-relationship': businessRelationship,
  '8-3-3-service-level': serviceLevel,
  '8-3-4-1-external-suppliers': externalSuppliers,
  '8-3-4-2-internal-suppliers': internalSuppliers,
  '8-4-1-budgeting': budgeting,
  '8-4-2-demand': demand,
  '8-4-3-capacity': capacity,
  '8-5-1-1-change-policy': changePolicy,
  '8-5-1-2-change-initiation': changeInitiation,
  '8-5-1-3-change-activities': changeActivities,
  '8-5-2-1-plan-services': planTransition,
  '8-5-2-2-design': design,
  '8-5-2-3-build-and-transition': buildAndTransition,
  '8-5-3-release-deployment': releaseDeployment,
  '8-6-1-incident': incident,
  '8-6-2-service-request': serviceRequest,
  '8-6-3-problem': problem,
  '8-7-1-availability': serviceAvailability,
  '8-7-2-continuity': serviceContinuity,
  '8-7-3-1-security-policy': securityPolicy,
  '8-7-3-2-security-controls': securityControls,
  '8-7-3-3-security-incidents': securityIncidents,
  '9-1-measurement': measurement,
  '9-2-1-internal-audit': internalAudit,
  '9-2-2-audit-programme': auditProgramme,
  '9-3-management-review': managementReview,
  '9-4-service-reporting': serviceReporting,
  '10-1-1-nonconformity': nonconformity,
  '10-1-2-nonconformity-records': nonconformityRecords,
  '10-2-improvement': improvement,
};

/** The file that holds the rule of each row, relative to the repository. */
export const ruleFiles: ReadonlyMap<string, string> = new Map(
  Object.entries(files).flatMap(([file, exported]) => Object.values(exported).map(({ row }): [string, string] => [row.id, `server/iso20000/${file}.ts`])),
);

/** Every rule of the product, in the order of the catalogue. */
export const rules: readonly Rule[] = Object.values(files)
  .flatMap((exported) => Object.values(exported))
  .sort((a, b) => compareRows(a.row.id, b.row.id));
