/** How requirements stand, in one word each and counted: what the Compliance view and the status bar show. */
import { catalogue, type RequirementRow } from '../../../language/catalogue/catalogue.ts';
import type { Finding, Severity } from '../../../language/model/finding.ts';
import type { Assessment, RequirementStatus } from '../../assessment/assessment.ts';
import { severityOf } from '../../assessment/standing.ts';
import { axes, hasGap, isAccepted, standing, type Axis, type Standing } from '../../reports/facts/gaps.ts';
import { counted } from '../../assessment/wording.ts';
import { colors, type Mark, type ViewInput } from './view-item.ts';

/** Severities that people are asked to act on; hints count as information. */
export type GapSeverity = 'error' | 'warning' | 'information';
export const gapSeverities: readonly GapSeverity[] = ['error', 'warning', 'information'];

/** Where a row stands: one of these, though its three axes are never blended. */
export type RowState = GapSeverity | 'accepted' | 'unknown' | 'later' | 'noGap' | 'notApplicable' | 'unchecked';

/** From what needs attention first. */
export const rowStates: readonly RowState[] = ['error', 'warning', 'information', 'accepted', 'unknown', 'later', 'noGap', 'notApplicable', 'unchecked'];

const marks: Readonly<Record<RowState, Mark>> = {
  error: { icon: 'error', color: colors.error, words: 'gap, error' },
  warning: { icon: 'warning', color: colors.warning, words: 'gap, warning' },
  information: { icon: 'info', color: colors.information, words: 'gap, information' },
  accepted: { icon: 'issue-draft', color: colors.warning, words: 'open, accepted until a date' },
  unknown: { icon: 'question', words: 'unknown' },
  later: { icon: 'clock', words: 'needed later' },
  noGap: { icon: 'pass', color: colors.fine, words: 'no gap found' },
  notApplicable: { icon: 'circle-slash', color: colors.quiet, words: 'not applicable' },
  unchecked: { icon: 'circle-outline', color: colors.quiet, words: 'not checked' },
};

export function markOfState(state: RowState): Mark {
  return marks[state];
}

export interface RowView {
  readonly row: RequirementRow;
  readonly status: RequirementStatus;
  readonly state: RowState;
  /** What was found of it, the gravest first. */
  readonly findings: readonly Finding[];
}

/** What is shown of every demand of the standard, by its id; in the order of the catalogue. */
export type RowViews = ReadonlyMap<string, RowView>;

const known = new WeakMap<Assessment, RowViews>();

/** Computed once for each assessment. */
export function rowViews({ assessment, severity }: Pick<ViewInput, 'assessment' | 'severity'>): RowViews {
  const before = known.get(assessment);
  if (before) return before;
  // Only asked for where lines of findings are shown: the status bar counts without them.
  let findings: ReadonlyMap<string, readonly Finding[]> | undefined;
  const findingsOf = (id: string): readonly Finding[] => (findings ??= findingsByRow(assessment.findings)).get(id) ?? [];
  const status = new Map(assessment.requirements.map((one) => [one.id, one]));
  const views = new Map(
    catalogue.demands.flatMap((row): [string, RowView][] => {
      const own = status.get(row.id);
      if (!own) return [];
      const state = stateOf(own, gapSeverity(severityOf(row, severity)));
      return [[row.id, { row, status: own, state, get findings() { return findingsOf(row.id); } }]];
    }),
  );
  known.set(assessment, views);
  return views;
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

function findingsByRow(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const byRow = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const row of finding.requirements) {
      const list = byRow.get(row);
      if (list) list.push(finding);
      else byRow.set(row, [finding]);
    }
  }
  for (const list of byRow.values()) list.sort((a, b) => rank[a.severity] - rank[b.severity]);
  return byRow;
}

function gapSeverity(severity: Severity): GapSeverity {
  return severity === 'hint' ? 'information' : severity;
}

function stateOf(status: RequirementStatus, severity: GapSeverity): RowState {
  if (status.applicability === 'later') return 'later';
  if (status.applicability === 'notApplicable') return 'notApplicable';
  if (!status.checked) return 'unchecked';
  if (hasGap(status)) return severity;
  if (isAccepted(status)) return 'accepted';
  return axes.some((axis) => standing(status, axis) === 'unknown') ? 'unknown' : 'noGap';
}

/** Whether something is missing, accepted for a time or not. */
export function isOpen(state: RowState): boolean {
  return state === 'error' || state === 'warning' || state === 'information' || state === 'accepted';
}

export type StateCounts = Readonly<Record<RowState, number>>;

export function countStates(views: Iterable<RowView>): StateCounts {
  const counts = { error: 0, warning: 0, information: 0, accepted: 0, unknown: 0, later: 0, noGap: 0, notApplicable: 0, unchecked: 0 };
  for (const { state } of views) counts[state]++;
  return counts;
}

/** What needs attention first among several. */
export function worst(counts: StateCounts): RowState {
  return rowStates.find((state) => counts[state] > 0) ?? 'unchecked';
}

/** `3 errors, 12 warnings, 1 accepted`; where nothing is open what is known: `no gap found in 4 rows, 2 unknown`. */
export function countsInWords(counts: StateCounts): string {
  const open = [
    ...(counts.error > 0 ? [counted(counts.error, 'error')] : []),
    ...(counts.warning > 0 ? [counted(counts.warning, 'warning')] : []),
    ...(counts.information > 0 ? [counted(counts.information, 'note')] : []),
    ...(counts.accepted > 0 ? [`${counts.accepted} accepted`] : []),
  ];
  if (open.length > 0) return open.join(', ');
  const rest = [
    ...(counts.noGap > 0 ? [`no gap found in ${counted(counts.noGap, 'row')}`] : []),
    ...(counts.unknown > 0 ? [`${counts.unknown} unknown`] : []),
    ...(counts.later > 0 ? [`${counts.later} later`] : []),
    ...(counts.noGap + counts.unknown + counts.later === 0 && counts.notApplicable > 0 ? ['not applicable'] : []),
    ...(counts.unchecked > 0 ? [`${counts.unchecked} not checked`] : []),
  ];
  return rest.join(', ');
}

export type AxisCounts = Readonly<Record<Axis, Readonly<Record<Standing, number>>>>;

/** How many rows stand how on each axis; the axes are never added up. */
export function countAxes(requirements: readonly RequirementStatus[]): AxisCounts {
  const none = (): Record<Standing, number> => ({ gap: 0, accepted: 0, noGap: 0, unknown: 0, notRequired: 0, unchecked: 0 });
  const counts = { declared: none(), evidenced: none(), effective: none() };
  for (const row of requirements) for (const axis of axes) counts[axis][standing(row, axis)]++;
  return counts;
}

const axisWords: Readonly<Record<Axis, Readonly<Record<'yes' | 'no' | 'unknown', string>>>> = {
  declared: { yes: 'declared', no: 'not declared', unknown: 'declaration unknown' },
  evidenced: { yes: 'evidenced', no: 'not evidenced', unknown: 'evidence unknown' },
  effective: { yes: 'effective', no: 'not effective', unknown: 'effect unknown' },
};

/** `declared, not evidenced, effect unknown`; an axis on which nothing is asked is left out. */
export function axesInWords(status: RequirementStatus): string {
  return axes.flatMap((axis) => { const state = status[axis]; return state === 'notRequired' ? [] : [axisWords[axis][state]]; }).join(', ');
}
