/** What the editor's client and the language server say to each other beyond the Language Server Protocol. */

export interface InitializationOptions {
  /** False in an untrusted workspace: no reading outside the open texts' project files, no data sources, no writing. */
  readonly trusted: boolean;
  /** Folder for caches, as a file system path; absent: none are kept. */
  readonly cacheFolder?: string;
  /** The date everything that depends on today takes; absent: the project's configuration, else today. */
  readonly asOf?: string;
}

export const dashboardRequest = 'itsms/dashboard';
export interface DashboardParams {
  readonly project?: string;
}
export interface DashboardResult {
  /** Body markup only, made by the HTML renderer; links to the text carry data-file, data-line and data-column. */
  readonly html: string;
  readonly style: string;
  readonly script: string;
  readonly title: string;
  readonly asOf: string;
  /** The project's folder, as a URI: what `data-file` is relative to. Absent: the workspace's folder. */
  readonly root?: string;
}

export const reportsRequest = 'itsms/reports';
export interface ReportsResult {
  readonly reports: readonly {
    readonly id: string;
    readonly title: string;
    readonly description: string;
    readonly periods: readonly string[];
    readonly customers: readonly { readonly id: string; readonly title: string }[];
    readonly formats: readonly string[];
  }[];
}

export const generateReportRequest = 'itsms/generateReport';
export interface GenerateReportParams {
  readonly report: string;
  readonly format: string;
  readonly period?: string;
  readonly customer?: string;
}
export interface GenerateReportResult {
  readonly fileName: string;
  readonly content: string;
}

export const checkWorkspaceRequest = 'itsms/checkWorkspace';
export interface CheckWorkspaceResult {
  readonly asOf: string;
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly informations: number;
  readonly requirements: { readonly applicable: number; readonly checked: number; readonly withGaps: number };
}

/** What could be approved at a place, and who may approve it. */
export const approvableRequest = 'itsms/approvable';
export interface ApprovableParams {
  readonly uri: string;
  /** From 0. */
  readonly line?: number;
  /** In place of a line: the declaration itself. */
  readonly key?: string;
}
export interface ApprovableResult {
  readonly key: string;
  readonly title: string;
  readonly people: readonly { readonly id: string; readonly title: string; readonly kind: string }[];
}

/** Writes somebody's approval of a declaration as it reads now; the edits are for the client to make. */
export const approveRequest = 'itsms/approve';
export interface ApproveParams {
  readonly uri: string;
  readonly key: string;
  readonly by: string;
}
export interface ApproveResult {
  readonly edits: readonly { readonly uri: string; readonly line: number; readonly character: number; readonly endLine: number; readonly endCharacter: number; readonly text: string }[];
}

/** What was approved and what stands there now, as texts to compare. */
export const approvedDifferenceRequest = 'itsms/approvedDifference';
export interface ApprovedDifferenceParams {
  readonly uri: string;
  readonly key: string;
}
export interface ApprovedDifferenceResult {
  readonly title: string;
  readonly approved: string;
  readonly present: string;
}

/** Sent after every assessment whose findings or figures changed. */
export const assessmentChangedNotification = 'itsms/assessmentChanged';
/** Sent by the client when the user grants trust. */
export const trustGrantedNotification = 'itsms/trustGranted';
