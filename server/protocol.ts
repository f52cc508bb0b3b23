/** What the editor's client and the language server say to each other beyond the language server protocol. Types only. */

/** Given when the server starts. */
export interface InitializationOptions {
  /** In a workspace that is not trusted nothing is read but the text itself, nothing is measured and nothing is kept. */
  readonly trusted: boolean;
  /** A folder for caches, as a URI; absent when nothing may be kept. */
  readonly storageUri?: string;
}

/** `itsms/dashboard` */
export interface DashboardParameters {
  /** For the page's style and script: the page's policy admits nothing else. */
  readonly nonce: string;
}

export interface DashboardResult {
  /** A whole page. */
  readonly html: string;
  readonly title: string;
  /** ISO date. */
  readonly asOf: string;
  /** The project's folder, as a URI: the places the page links to are relative to it. */
  readonly root?: string;
}

/** `itsms/reports` */
export type ReportsParameters = Readonly<Record<string, never>>;

export interface ReportChoice {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** Newest first; empty when the report is not about a period. */
  readonly periods: readonly string[];
  /** Ids; empty or absent when the report is not for one customer. */
  readonly customers?: readonly string[];
  readonly formats: readonly string[];
}

export interface ReportsResult {
  readonly reports: readonly ReportChoice[];
}

/** `itsms/generateReport` */
export interface GenerateReportParameters {
  readonly report: string;
  readonly format: string;
  readonly period?: string;
  readonly customer?: string;
}

export interface GenerateReportResult {
  /** Without a folder. */
  readonly fileName: string;
  readonly content: string;
}

/** `itsms/checkWorkspace` */
export type CheckWorkspaceParameters = Readonly<Record<string, never>>;

export interface CheckWorkspaceResult {
  readonly findings: number;
  readonly errors: number;
  readonly warnings: number;
  readonly files: number;
  /** ISO date. */
  readonly asOf: string;
}
