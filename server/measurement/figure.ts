import { secondsInWords } from '../../language/values/duration.ts';
import { groupDigits } from '../../language/values/group-digits.ts';
import type { RecordSample } from './record-samples.ts';
import type { Conformance } from '../analysis/conformance/conformance-result.ts';
import type { Finding } from '../../language/model/finding.ts';

/** What a figure is about. */
export type Subject =
  | { readonly kind: 'target'; readonly agreement: string; readonly target: string }
  | { readonly kind: 'workload'; readonly agreement: string; readonly limit: string }
  | { readonly kind: 'metric'; readonly metric: string; readonly group?: Readonly<Record<string, string>> };

/** `tooFew`: fewer records than the declared minimum sample. `unknown`: it could not be computed; `reason` says why. */
export type Verdict = 'met' | 'warning' | 'missed' | 'tooFew' | 'unknown' | 'noTarget';

/** A record that a figure counts against its target, or leaves out. */
export interface CountedRecord {
  readonly key: string;
  readonly detail: string;
}

/** What a figure leaves out; time is in seconds, or in seconds times users, where `unit` says so, else it is a number of records. */
export interface Exclusion {
  readonly reason: string;
  readonly amount: string;
  readonly unit?: 'seconds' | 'user-seconds';
}

/** `3 still open`, `4 h announced maintenance` */
export function exclusionInWords({ reason, amount, unit }: Exclusion): string {
  return `${unit === undefined ? groupDigits(amount) : timeInWords(Number(amount), unit === 'user-seconds')} ${reason}`;
}

/** `4 h 12 min`; weighted by users `1,200 user-minutes`. */
export function timeInWords(seconds: number, weighted: boolean): string {
  if (!weighted) return secondsInWords(Math.max(0, Math.floor(seconds)));
  const minutes = seconds / 60;
  // Downtime that is there never reads as none.
  return `${groupDigits(String(minutes > 0 && minutes < 1 ? 1 : Math.round(minutes)))} user-minutes`;
}

/** One measured value of one period: always with what it was computed from. */
export interface Figure {
  readonly subject: Subject;
  /** Canonical text: `2026-10`, `2026-Q3`, `2026`. */
  readonly period: string;
  /** Exact decimal, in `unit`; undefined if unknown. */
  readonly value?: string;
  readonly unit: 'percent' | 'seconds' | 'count' | 'score' | string;
  /** For shares and availability: how many (or how many seconds, times users where weighted) of how many. */
  readonly numerator?: string;
  readonly denominator?: string;
  /** Records or seconds left out, by reason: maintenance, open at the end of the period, value missing, … */
  readonly excluded: readonly Exclusion[];
  /** The declared target, as written: comparison and quantity. */
  readonly target?: { readonly comparison: '>=' | '<=' | '<' | '>' | '='; readonly value: string };
  readonly verdict: Verdict;
  readonly reason?: string;
  /** Number of records the figure rests on. */
  readonly sample?: number;
  /** In words and numbers, for hover and report: how it was computed. */
  readonly computation: string;
  /** The first records that missed the target. */
  readonly missed: readonly CountedRecord[];
  readonly source?: string;
  /** Hash of the files and of the definition it was computed from. */
  readonly dataHash: string;
  /** The days it speaks of, where a target changed during its period: the last one included. */
  readonly days?: { readonly firstDay: string; readonly lastDay: string };
  /** Numerator and denominator of availability are seconds times users. */
  readonly weightedBy?: 'users';
  /** How far it reaches back from the end of its period, where that is not the period: `12mo`. */
  readonly over?: string;
  /**
   * Of a period in which a target changed: each part by the target in force. The figure itself shows the part that decides; its verdict is
   * the worst of them.
   */
  readonly parts?: readonly Figure[];
}

/** What a rule asks of all records of a kind: see RecordCheck in server/assessment/rule.ts. */
export interface RecordCheckResult {
  /** `<rule>/<check>`. */
  readonly check: string;
  readonly source: string;
  /** Records the check speaks of, and how many of them fall short; undefined if a field it needs is not mapped. */
  readonly population?: number;
  readonly shortfall?: number;
  readonly firstKeys: readonly string[];
  /** Fields the check needs and the source does not map. */
  readonly missingFields: readonly string[];
}

/** What was read from one declared source. */
export interface SourceSummary {
  readonly source: string;
  readonly recordKind: string;
  readonly files: readonly string[];
  readonly rows: number;
  readonly records: number;
  /** Fields of the record kind that the source maps. */
  readonly fields: readonly string[];
  /** Its rows were not read: the database has answered all questions about them. */
  readonly computedIn?: 'database';
  /** Why the rows of a database were read all the same, in words that follow “because”. */
  readonly readBecause?: string;
  /** First and last day on which records count. */
  readonly from?: string;
  readonly to?: string;
  readonly dataHash: string;
}

export interface Measurements {
  readonly asOf: string;
  readonly figures: readonly Figure[];
  readonly checks: readonly RecordCheckResult[];
  readonly sources: readonly SourceSummary[];
  /** What could not be read, with counts and first rows. */
  readonly findings: readonly Finding[];
  /** Major incidents, outages and other single records that reports list. */
  readonly records: readonly ListedRecord[];
  /** How flows were followed, of each source that shows the steps of one; none before anything was compared. */
  readonly conformance?: readonly Conformance[];
  /** Records drawn for internal audits, of each source; none where nothing is audited. */
  readonly samples?: readonly RecordSample[];
}

/** A single record that a report names: a major incident, an outage. */
export interface ListedRecord {
  readonly source: string;
  readonly recordKind: string;
  readonly key: string;
  /** The fields that are mapped, as text; instants in ISO 8601 with offset. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Names a subject, so that two of them can be compared. */
export function subjectKey(subject: Subject): string {
  switch (subject.kind) {
    case 'target':
      return JSON.stringify(['target', subject.agreement, subject.target]);
    case 'workload':
      return JSON.stringify(['workload', subject.agreement, subject.limit]);
    case 'metric':
      return JSON.stringify(['metric', subject.metric, Object.entries(subject.group ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
  }
}

/** A subject as it is called in the model, without its group: `email-gold.uptime`. */
export function subjectName(subject: Subject): string {
  switch (subject.kind) {
    case 'target':
      return `${subject.agreement}.${subject.target}`;
    case 'workload':
      return `${subject.agreement} workload ${subject.limit}`;
    case 'metric':
      return subject.metric;
  }
}
