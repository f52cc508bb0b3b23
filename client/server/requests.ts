/** The names of what the client asks the server; what goes in and comes out is defined by the server's protocol. */
import type {
  CheckWorkspaceParameters,
  CheckWorkspaceResult,
  DashboardParameters,
  DashboardResult,
  GenerateReportParameters,
  GenerateReportResult,
  ReportsParameters,
  ReportsResult,
} from '../../server/protocol.ts';

/** A request by its name; the types of its parameters and result exist at compile time only. */
export interface Request<Parameters, Result> {
  readonly method: string;
  readonly phantom?: readonly [Parameters, Result];
}

export const dashboard: Request<DashboardParameters, DashboardResult> = { method: 'itsms/dashboard' };
export const reports: Request<ReportsParameters, ReportsResult> = { method: 'itsms/reports' };
export const generateReport: Request<GenerateReportParameters, GenerateReportResult> = { method: 'itsms/generateReport' };
export const checkWorkspace: Request<CheckWorkspaceParameters, CheckWorkspaceResult> = { method: 'itsms/checkWorkspace' };

/** Notification: the assessment is another one than before. */
export const assessmentChanged = 'itsms/assessmentChanged';
