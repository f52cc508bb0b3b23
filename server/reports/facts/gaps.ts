/** Gaps against the catalogue: which rows, counted how, and which findings to look at first. */
import type { Finding, Severity } from '../../../language/model/finding.ts';
import type { Assessment, AxisState, RequirementStatus } from '../../assessment/assessment.ts';

export type Axis = 'declared' | 'evidenced' | 'effective';
export const axes: readonly Axis[] = ['declared', 'evidenced', 'effective'];

/** How a row stands on one axis. A waived gap is *accepted*, never *no gap found*; a row without a rule is *unchecked*. */
export type Standing = 'gap' | 'accepted' | 'noGap' | 'unknown' | 'notRequired' | 'unchecked';

export function standing(row: RequirementStatus, axis: Axis): Standing {
  if (row.applicability !== 'applicable') return 'notRequired';
  if (!row.checked) return 'unchecked';
  const state: AxisState = row[axis];
  switch (state) {
    case 'yes':
      return 'noGap';
    case 'no':
      return row.waived === undefined ? 'gap' : 'accepted';
    case 'unknown':
      return 'unknown';
    case 'notRequired':
      return 'notRequired';
  }
}

export function hasGap(row: RequirementStatus): boolean {
  return axes.some((axis) => standing(row, axis) === 'gap');
}

export function isAccepted(row: RequirementStatus): boolean {
  return !hasGap(row) && axes.some((axis) => standing(row, axis) === 'accepted');
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/**
 * Errors and warnings that nobody has accepted, the most important first: by severity, those that speak of requirements
 * before those of form, then by how many catalogue rows they touch. A finding whose rows are all waived is left out.
 */
export function findingsThatMatter(assessment: Assessment): readonly Finding[] {
  const waived = new Set(assessment.requirements.filter((row) => row.waived !== undefined).map((row) => row.id));
  return assessment.findings
    .filter((finding) => finding.severity === 'error' || finding.severity === 'warning')
    .filter((finding) => finding.requirements.length === 0 || !finding.requirements.every((id) => waived.has(id)))
    .map((finding, index) => ({ finding, index }))
    .toSorted(
      (a, b) =>
        rank[a.finding.severity] - rank[b.finding.severity] ||
        Number(a.finding.requirements.length === 0) - Number(b.finding.requirements.length === 0) ||
        b.finding.requirements.length - a.finding.requirements.length ||
        a.index - b.index,
    )
    .map(({ finding }) => finding);
}

/** The clause a finding speaks of, `8.3.3` of the statement `8.3.3#1`; undefined for findings of form. */
export function clauseOf(finding: Finding): string | undefined {
  return /^(\d+(?:\.\d+)*)(?:#|$)/.exec(finding.code)?.[1];
}
