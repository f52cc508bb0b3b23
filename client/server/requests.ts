/** The names of what the client asks the server; what goes in and comes out is defined by the server's protocol. */
import type * as protocol from '../../server/protocol.ts';

/** A request by its name; the types of its parameters and result exist at compile time only. */
export interface Request<Parameters, Result> {
  readonly method: string;
  readonly phantom?: readonly [Parameters, Result];
}

export type NoParameters = Readonly<Record<string, never>>;
export type ReportChoice = protocol.ReportsResult['reports'][number];

// The names are repeated because the client imports nothing but types; their types see to it that they are the same.
const names: {
  readonly dashboard: typeof protocol.dashboardRequest;
  readonly preview: typeof protocol.previewRequest;
  readonly reports: typeof protocol.reportsRequest;
  readonly generateReport: typeof protocol.generateReportRequest;
  readonly auditPack: typeof protocol.auditPackRequest;
  readonly checkWorkspace: typeof protocol.checkWorkspaceRequest;
  readonly measure: typeof protocol.measureRequest;
  readonly rows: typeof protocol.rowsRequest;
  readonly proposeSource: typeof protocol.proposeSourceRequest;
  readonly databases: typeof protocol.databasesRequest;
  readonly databaseCredentials: typeof protocol.databaseCredentialsRequest;
  readonly credentialsChanged: typeof protocol.credentialsChangedNotification;
  readonly approvable: typeof protocol.approvableRequest;
  readonly approve: typeof protocol.approveRequest;
  readonly approvedDifference: typeof protocol.approvedDifferenceRequest;
  readonly view: typeof protocol.viewRequest;
  readonly viewFixes: typeof protocol.viewFixesRequest;
  readonly impactSubject: typeof protocol.impactSubjectRequest;
  readonly revisions: typeof protocol.revisionsRequest;
  readonly agreements: typeof protocol.agreementsRequest;
  readonly backTest: typeof protocol.backTestRequest;
  readonly status: typeof protocol.statusRequest;
  readonly assessmentChanged: typeof protocol.assessmentChangedNotification;
} = {
  dashboard: 'itsms/dashboard',
  preview: 'itsms/preview',
  reports: 'itsms/reports',
  generateReport: 'itsms/generateReport',
  auditPack: 'itsms/auditPack',
  checkWorkspace: 'itsms/checkWorkspace',
  measure: 'itsms/measure',
  rows: 'itsms/rows',
  proposeSource: 'itsms/proposeSource',
  databases: 'itsms/databases',
  databaseCredentials: 'itsms/databaseCredentials',
  credentialsChanged: 'itsms/credentialsChanged',
  approvable: 'itsms/approvable',
  approve: 'itsms/approve',
  approvedDifference: 'itsms/approvedDifference',
  view: 'itsms/view',
  viewFixes: 'itsms/viewFixes',
  impactSubject: 'itsms/impactSubject',
  revisions: 'itsms/revisions',
  agreements: 'itsms/agreements',
  backTest: 'itsms/backTest',
  status: 'itsms/status',
  assessmentChanged: 'itsms/assessmentChanged',
};

export const dashboard: Request<protocol.DashboardParams, protocol.LivePage> = { method: names.dashboard };
export const preview: Request<protocol.PreviewParams, protocol.PreviewResult> = { method: names.preview };
export const reports: Request<NoParameters, protocol.ReportsResult> = { method: names.reports };
export const generateReport: Request<protocol.GenerateReportParams, protocol.GenerateReportResult> = { method: names.generateReport };
export const auditPack: Request<protocol.AuditPackParams, protocol.AuditPackResult> = { method: names.auditPack };
export const checkWorkspace: Request<NoParameters, protocol.CheckWorkspaceResult> = { method: names.checkWorkspace };
export const measure: Request<protocol.MeasureParams, protocol.MeasureResult> = { method: names.measure };
export const rows: Request<protocol.RowsParams, protocol.RowsResult> = { method: names.rows };
export const proposeSource: Request<protocol.ProposeSourceParams, protocol.ProposeSourceResult> = { method: names.proposeSource };
export const databases: Request<NoParameters, protocol.DatabasesResult> = { method: names.databases };
export const agreements: Request<protocol.AgreementsParams, protocol.AgreementsResult> = { method: names.agreements };
export const backTest: Request<protocol.BackTestParams, protocol.BackTestPage> = { method: names.backTest };
export const approvable: Request<protocol.ApprovableParams, protocol.ApprovableResult | null> = { method: names.approvable };
export const approve: Request<protocol.ApproveParams, protocol.ApproveResult> = { method: names.approve };
export const approvedDifference: Request<protocol.ApprovedDifferenceParams, protocol.ApprovedDifferenceResult> = { method: names.approvedDifference };
export const view: Request<protocol.ViewParams, protocol.ViewResult> = { method: names.view };
export const viewFixes: Request<protocol.ViewFixesParams, protocol.ViewFixesResult> = { method: names.viewFixes };
export const impactSubject: Request<protocol.ImpactSubjectParams, protocol.ImpactSubjectResult | null> = { method: names.impactSubject };
export const revisions: Request<protocol.RevisionsParams, protocol.RevisionsResult> = { method: names.revisions };
export const status: Request<protocol.StatusParams, protocol.StatusResult> = { method: names.status };

/** Notifications, and what the server asks: the assessment is another one than before; something else is kept of databases; what is kept of them. */
export const { assessmentChanged, credentialsChanged, databaseCredentials } = names;
