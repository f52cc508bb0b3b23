/** What the editor's client and the language server say to each other beyond the Language Server Protocol. */
import type { Subject } from './measurement/figure.ts';

export interface InitializationOptions {
  /** False in an untrusted workspace: no reading outside the open texts' project files, no data sources, no writing. */
  readonly trusted: boolean;
  /** Folder for caches, as a file system path; absent: none are kept. */
  readonly cacheFolder?: string;
  /** The client keeps passwords of databases and answers when it is asked for them. */
  readonly keepsSecrets?: boolean;
  /** The date everything that depends on today takes; absent: the project's configuration, else today. */
  readonly asOf?: string;
}

export const dashboardRequest = 'itsms/dashboard';
export interface DashboardParams {
  readonly project?: string;
  /** Ids: the page shows only what concerns all that is named. What is unknown narrows nothing. */
  readonly narrowing?: { readonly service?: string; readonly customer?: string; readonly clause?: string; readonly owner?: string };
}
/** A page that follows the text. */
export interface LivePage {
  /** Body markup only, made by the HTML renderer; links to the text carry data-file, data-line and data-column. */
  readonly html: string;
  readonly style: string;
  readonly script: string;
  readonly title: string;
  readonly asOf: string;
  /** The project's folder, as a URI: what `data-file` is relative to. Absent: the workspace's folder. */
  readonly root?: string;
}

/** The process or agreement at a place in the text, as its document will print it. */
export const previewRequest = 'itsms/preview';
export interface PreviewParams {
  readonly uri: string;
  /** From 0. */
  readonly line: number;
  /** What is shown where nothing of the kind stands at the place: a `subject` of an earlier answer. */
  readonly shown?: string;
}
export interface PreviewResult {
  /** Absent where there is nothing to show. */
  readonly page?: LivePage;
  readonly subject?: string;
}

export const reportsRequest = 'itsms/reports';
export interface ReportsResult {
  readonly reports: readonly {
    readonly id: string;
    readonly title: string;
    readonly description: string;
    readonly periods: readonly string[];
    /** What it may be about; `orAll`: or about all of them in one document, or about what `without` says. */
    readonly choices: readonly { readonly name: 'customer' | 'process' | 'agreement' | 'review'; readonly noun: string; readonly several: string; readonly orAll: boolean; readonly without?: string; readonly items: readonly { readonly id: string; readonly title: string }[] }[];
    readonly formats: readonly string[];
    /** Whether it compares with an earlier state, which has to be named. */
    readonly needsRevision: boolean;
  }[];
}

export const generateReportRequest = 'itsms/generateReport';
export interface GenerateReportParams {
  readonly report: string;
  /** The root of the project it is about; the one that was looked at last where it is left out. */
  readonly project?: string;
  readonly format: string;
  readonly period?: string;
  readonly customer?: string;
  readonly process?: string;
  readonly agreement?: string;
  readonly review?: string;
  /** The tag or commit that a report compares with. */
  readonly since?: string;
  /** As the dashboard was narrowed when it is exported. */
  readonly narrowing?: DashboardParams['narrowing'];
}
export interface GenerateReportResult {
  readonly fileName: string;
  /** The text of the file; of a file that is no text its bytes, encoded. */
  readonly content: string;
  readonly encoding?: 'base64';
}

/** Everything an auditor asks for, written as one zip file; the server writes it, for it may be large. */
export const auditPackRequest = 'itsms/auditPack';
export interface AuditPackParams {
  readonly project?: string;
  /** The file, as a URI; its name ends in `.zip`. */
  readonly target: string;
  readonly formats: readonly string[];
  readonly workDoneToken?: string | number;
}
export interface AuditPackResult {
  readonly files: number;
  /** SHA-256 of the manifest, in hexadecimal: it stands for the whole pack. */
  readonly manifestHash: string;
  /** Files that the model names and that are not in the pack, each with the reason. */
  readonly missing: readonly { readonly file: string; readonly reason: string }[];
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

/** The trees beside the text, asked for line by line as people open them. */
export const viewRequest = 'itsms/view';
export type ViewName = 'compliance' | 'services' | 'processes' | 'calendar' | 'impact';
export interface ViewParams {
  readonly view: ViewName;
  /** The project's folder, as a URI; absent: the projects, or the first lines where there is only one. */
  readonly project?: string;
  /** Id of the line to look below; absent: the first lines of the project. */
  readonly parent?: string;
  /** In the Impact view: what it is about, as `itsms/impactSubject` names it. */
  readonly subject?: string;
  /** In the Compliance view: leave out what has no gap. */
  readonly onlyGaps?: boolean;
}
export interface ViewResult {
  readonly nodes: readonly ViewNode[];
}
/** A line of a tree, ready to be shown. */
export interface ViewNode {
  /** Unique within the project and view, and the same after a change of something else; empty: the line is the project itself. */
  readonly id: string;
  /** The project's folder, as a URI. */
  readonly project: string;
  readonly label: string;
  readonly description?: string;
  /** Markdown without commands, HTML or pictures. */
  readonly tooltip?: string;
  /** Name of a codicon. */
  readonly icon: string;
  /** Name of a colour of the theme. */
  readonly color?: string;
  /** Words that menus ask for: `row fix page`. */
  readonly context: string;
  /** For those who hear rather than see the line. */
  readonly spoken: string;
  readonly hasChildren: boolean;
  readonly isExpanded?: boolean;
  /** Where a click leads. */
  readonly target?: { readonly uri: string; readonly range: PlainRange };
  /** The page that explains what is asked, as a URI. */
  readonly page?: string;
}
/** Counts from 0, in UTF-16 code units, as the Language Server Protocol does. */
export interface PlainRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** What the name at a place means, else the declaration that the place is in; null where there is none. */
export const impactSubjectRequest = 'itsms/impactSubject';
export interface ImpactSubjectParams {
  readonly uri: string;
  /** From 0. */
  readonly line: number;
  readonly character: number;
}
export interface ImpactSubjectResult {
  /** The project's folder, as a URI. */
  readonly project: string;
  readonly key: string;
  readonly title: string;
}

/** Earlier states of the text that there are to compare with: tags and the last commits. */
export const revisionsRequest = 'itsms/revisions';
export interface RevisionsParams {
  /** The project's folder, as a URI. */
  readonly project?: string;
}
export interface RevisionsResult {
  readonly revisions: readonly { readonly name: string; readonly on: string; readonly subject: string; readonly kind: 'tag' | 'commit' }[];
}

/** Agreements that can be tested on the past. */
export const agreementsRequest = 'itsms/agreements';
export interface AgreementsParams {
  /** The project's folder, as a URI. */
  readonly project?: string;
}
export interface AgreementsResult {
  readonly agreements: readonly { readonly id: string; readonly title: string; readonly isDraft: boolean }[];
}

/** Tests an agreement on the records of the last months: a page, ready to be shown. Cancelling the request stops it. */
export const backTestRequest = 'itsms/backTest';
export interface BackTestParams {
  /** The project's folder, as a URI. */
  readonly project?: string;
  readonly agreement: string;
  /** How many months back; 12 where left out. */
  readonly months?: number;
}
export interface BackTestPage {
  readonly title: string;
  readonly html: string;
}

/** How the requirements stand in the project of a document, for the status bar. */
export const statusRequest = 'itsms/status';
export interface StatusParams {
  /** URI of the text in front of the person; absent: the project that was used last. */
  readonly document?: string;
}
export interface StatusResult {
  /** How many projects have texts; with none the rest is empty. */
  readonly projects: number;
  readonly title: string;
  readonly asOf: string;
  /** Whether data has been measured; figures are unknown where not. */
  readonly isMeasured: boolean;
  /** Rows of the catalogue with a gap that nobody has accepted, by severity. */
  readonly gaps: { readonly error: number; readonly warning: number; readonly information: number };
  readonly rows: { readonly all: number; readonly accepted: number; readonly later: number; readonly notApplicable: number; readonly unchecked: number };
  /** Rows by how they stand on each axis, which are never added up. */
  readonly axes: Readonly<Record<'declared' | 'evidenced' | 'effective', { readonly gap: number; readonly accepted: number; readonly noGap: number; readonly unknown: number }>>;
}

/** What can be scaffolded for what is missing: of a row what a person may choose from, of a clause everything at once. */
export const viewFixesRequest = 'itsms/viewFixes';
export interface ViewFixesParams {
  /** The project's folder, as a URI. */
  readonly project?: string;
  /** Id of a line of the Compliance view: `row 8.3.3.1`, `statement 8.3.3#list`, `clause 8.3.3`. */
  readonly id: string;
}
export interface ViewFixesResult {
  readonly fixes: readonly { readonly title: string; readonly edit: PlainEdit }[];
}
/** A change of texts as the Language Server Protocol writes it, as one that can be taken back at once. */
export interface PlainEdit {
  readonly documentChanges: readonly {
    readonly textDocument: { readonly uri: string; readonly version: number | null };
    readonly edits: readonly ({ readonly range: PlainRange; readonly newText: string } | { readonly range: PlainRange; readonly snippet: { readonly kind: 'snippet'; readonly value: string } })[];
  }[];
}

/** Measures now. Its progress is sent as `$/progress` under `workDoneToken`; cancelling the request stops it. */
export const measureRequest = 'itsms/measure';
export interface MeasureParams {
  /** The project's folder, as a URI; absent: the one that was used last. */
  readonly project?: string;
  readonly workDoneToken?: string | number;
}
export interface MeasureResult {
  /** False: somebody stopped it, and figures are those of before. */
  readonly isMeasured: boolean;
  readonly asOf: string;
  /** How many sources were read, with how many records in all. */
  readonly sources: number;
  readonly records: number;
  /** How many targets, workload limits and metrics have figures, and how those of the last period stand. */
  readonly subjects: number;
  readonly missed: number;
  readonly unknown: number;
  /** What is wrong with the data. */
  readonly findings: number;
}

/** The records behind a figure: met, missed, left out and why. Read anew from the data, page by page. */
export const rowsRequest = 'itsms/rows';
export interface RowsParams {
  /** The project's folder, as a URI. */
  readonly project?: string;
  readonly subject: Subject;
  readonly period: string;
  /** How many records come before the page; 0 where left out. */
  readonly skip?: number;
}
export interface RowsResult {
  readonly title: string;
  /** The page as text: a table with aligned columns. */
  readonly text: string;
  /** How many records there are in all, and with which of them the next page begins; absent on the last one. */
  readonly total: number;
  readonly next?: number;
}

/** Looks into files and proposes the source that reads them: first what they may hold, then, with a kind, the declaration. */
export const proposeSourceRequest = 'itsms/proposeSource';
export interface ProposeSourceParams {
  /** URIs of files in one project. */
  readonly files: readonly string[];
  /** The kind of their records; absent: it is asked what they may be. */
  readonly kind?: string;
}
export interface ProposeSourceResult {
  /** Every kind of record, the likeliest first, with what speaks for it. */
  readonly kinds: readonly { readonly id: string; readonly description: string; readonly why: string }[];
  readonly proposal?: {
    /** The text it belongs into, which may not be there yet. */
    readonly uri: string;
    readonly name: string;
    /** The declaration as a snippet, whose stops are what it leaves open. */
    readonly snippet: string;
    readonly open: number;
  };
}

/** The databases that sources name, and where they are as far as that is known; nothing secret. */
export const databasesRequest = 'itsms/databases';
export interface DatabasesResult {
  readonly databases: readonly {
    readonly name: string;
    readonly kind: 'postgres' | 'trino';
    /** Who at which host and port reads what, which a password is kept for; absent: nobody has said it. */
    readonly identity?: string;
    /** The environment says the password, which then holds. */
    readonly isComplete?: true;
  }[];
}
/**
 * Sent by the server in a trusted workspace: what is kept of databases, as texts by the names and identities that are asked for. The answer
 * may be sealed by the key that the server was started with (`ITSMS_SEAL`), so that no trace of messages shows it.
 */
export const databaseCredentialsRequest = 'itsms/databaseCredentials';
export interface DatabaseCredentialsParams {
  /** Names of databases whose addresses are wanted. */
  readonly addresses: readonly string[];
  /** Identities whose passwords are wanted. */
  readonly passwords: readonly string[];
}
/** Sent by the client when something else is kept. */
export const credentialsChangedNotification = 'itsms/credentialsChanged';

/** Sent after every assessment whose findings or figures changed. */
export const assessmentChangedNotification = 'itsms/assessmentChanged';
/** Sent by the client when the user grants trust. */
export const trustGrantedNotification = 'itsms/trustGranted';
