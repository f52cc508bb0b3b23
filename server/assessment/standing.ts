import type { RequirementRow } from '../../language/catalogue/catalogue.ts';
import type { Severity } from '../../language/model/finding.ts';
import type { Model } from '../../language/model/model.ts';
import { settingFor, type ByRequirement } from './by-requirement.ts';
import type { AcceptedGap } from './waivers.ts';

/** How findings about a row stand: as gaps, as gaps accepted for a time, or as what is needed only later. */
export type Standing =
  | { readonly kind: 'open'; readonly severity: Severity }
  | { readonly kind: 'accepted'; readonly accepted: AcceptedGap }
  | { readonly kind: 'later'; readonly reason: string };

/** Severities by clause, statement or row, as the project's configuration gives them. */
export type SeverityOverrides = ByRequirement<Severity>;

/** The severity of a row: the narrowest override that fits, else the catalogue's. */
export function severityOf(row: RequirementRow, overrides: SeverityOverrides): Severity {
  return settingFor(overrides, row) ?? row.severity ?? 'error';
}

/**
 * Why a row is needed only later: the organization prepares for stage 1 and the catalogue needs the row by stage 2. A gap analysis, and
 * an organization that names no milestone, are shown everything.
 */
export function laterReason(row: RequirementRow, milestone: string | undefined): string | undefined {
  return milestone === 'stage-1' && row.neededBy === 'stage-2' ? 'needed by stage 2; the organization prepares for stage 1' : undefined;
}

/** The milestone of certification that the organization prepares for. */
export function milestoneOf(model: Model): string | undefined {
  return model.all('Organization')[0]?.certification?.milestone;
}
