/** All reports, in the order in which they are offered. */
import { agreementDocument } from './agreement/agreement.ts';
import { changesReport } from './changes/changes.ts';
import { conformanceReport } from './conformance/conformance-report.ts';
import { dashboard } from './dashboard/dashboard.ts';
import { dependencyMap } from './dependency-map/dependency-map.ts';
import { feasibilityReport } from './feasibility/feasibility-report.ts';
import { gapAnalysis } from './gap-analysis/gap-analysis.ts';
import { internalAudit } from './internal-audit/internal-audit.ts';
import { managementReview } from './management-review/management-review.ts';
import { processFlows } from './process-flows/process-flows.ts';
import { processHandbook } from './process-handbook/process-handbook.ts';
import { registersReport } from './registers/registers.ts';
import type { ReportDefinition } from './report.ts';
import { internalCatalogue } from './service-catalogue/internal-catalogue.ts';
import { serviceCatalogue } from './service-catalogue/service-catalogue.ts';
import { serviceReport } from './service-report/service-report.ts';

export const reports: readonly ReportDefinition[] = [dashboard, gapAnalysis, serviceReport, serviceCatalogue, internalCatalogue, agreementDocument, processHandbook, managementReview, feasibilityReport, conformanceReport, dependencyMap, processFlows, internalAudit, registersReport, changesReport];

export function findReport(id: string): ReportDefinition | undefined {
  return reports.find((report) => report.id === id);
}
