import type { RequirementRow } from '../../language/catalogue/catalogue.ts';
import type { Model } from '../../language/model/model.ts';
import type { IsoDate } from '../../language/values/date.ts';
import type { AxisState, RequirementStatus } from './assessment.ts';
import { dateOf } from './dates.ts';
import type { MeasurementIndex } from './measurement-index.ts';
import type { RowTally } from './row-tally.ts';
import type { Rule } from './rule.ts';
import type { AcceptedGap } from './waivers.ts';
import { laterReason, milestoneOf } from './standing.ts';

export interface StatusInput {
  readonly model: Model;
  readonly asOf: IsoDate;
  readonly measurements: MeasurementIndex | undefined;
  readonly accepted: ReadonlyMap<string, AcceptedGap>;
}

/**
 * The status of a row on the three axes.
 *
 * Declared: no if a fact that the rule asks for is missing, unknown if the rule could not tell, else yes.
 *
 * Evidenced: for rows checked by data, yes if records are there, unknown if they were not measured; for others, not required unless
 * the catalogue says that documented information is needed; then yes if the rule found no evidence missing.
 *
 * Effective: no if records or figures fall short, an open nonconformity is against the row or its clause, or a metric of a process that
 * satisfies this very row misses its target; yes if records are in order; else yes if the metrics of the processes that satisfy the row or
 * its clause are met, or there are none and an audit that covers the row was held; else unknown.
 *
 * A row that no rule checks yet is unknown on all three.
 */
export function requirementStatus(row: RequirementRow, rule: Rule | undefined, tally: RowTally | undefined, input: StatusInput): RequirementStatus {
  const accepted = input.accepted.get(row.id);
  const waived = accepted ? { waived: accepted } : {};
  const later = laterReason(row, milestoneOf(input.model));
  const applicability = later === undefined ? { applicability: 'applicable' as const } : { applicability: 'later' as const, reason: later };
  if (!rule || !tally) {
    return { id: row.id, ...applicability, checked: false, declared: 'unknown', evidenced: 'unknown', effective: 'unknown', ...waived, findings: tally?.findings ?? 0 };
  }
  const reason = tally.reasonNotApplicable;
  if (reason !== undefined) {
    return { id: row.id, applicability: 'notApplicable', reason, checked: true, declared: 'notRequired', evidenced: 'notRequired', effective: 'notRequired', ...waived, findings: tally.findings };
  }
  const declared = declaredState(tally);
  return {
    id: row.id,
    ...applicability,
    checked: true,
    declared,
    evidenced: evidencedState(row, tally, declared),
    effective: effectiveState(row, tally, input),
    ...waived,
    findings: tally.findings,
  };
}

function declaredState(tally: RowTally): AxisState {
  if (tally.shortfalls.declared > 0) return 'no';
  return tally.crashes > 0 || tally.unknowns.declared > 0 ? 'unknown' : 'yes';
}

function evidencedState(row: RequirementRow, tally: RowTally, declared: AxisState): AxisState {
  if (tally.shortfalls.evidenced > 0) return 'no';
  if (tally.crashes > 0 || tally.unknowns.evidenced > 0) return 'unknown';
  if (tally.shown.evidenced > 0) return 'yes';
  if (row.checkKind === 'data') return declared === 'no' ? 'no' : 'unknown';
  return row.documentedInformation.required || row.checkKind === 'attestation' ? declared : 'notRequired';
}

function effectiveState(row: RequirementRow, tally: RowTally, input: StatusInput): AxisState {
  if (tally.shortfalls.effective > 0) return 'no';
  const targets = [`iso20000:${row.id}`, `iso20000:${row.clause}`];
  const about = targets.flatMap((id) => input.model.referrers('Requirement', id)).map(({ entity }) => entity.node);
  if (about.some((node) => node.$type === 'Nonconformity' && node.status !== 'closed' && node.closed === undefined)) return 'no';
  const metricsOf = (target: string): string[] => about.flatMap((node) => (node.$type === 'Process' && node.satisfies.includes(target) ? node.metrics : []));
  const verdictOf = (metric: string) => input.measurements?.ofMetric(metric).at(-1)?.verdict;
  if (metricsOf(`iso20000:${row.id}`).some((metric) => verdictOf(metric) === 'missed')) return 'no';
  const verdicts = targets.flatMap(metricsOf).map(verdictOf);
  if (tally.crashes > 0 || tally.unknowns.effective > 0 || tally.unknowns.evidenced > 0) return 'unknown';
  if (tally.shown.effective > 0) return 'yes';
  if (verdicts.length > 0 && verdicts.every((verdict) => verdict === 'met' || verdict === 'warning')) return 'yes';
  return verdicts.length === 0 && wasAudited(row, input) && tally.shortfalls.declared + tally.shortfalls.evidenced === 0 ? 'yes' : 'unknown';
}

/** Whether an audit was held that covers the row, its clause or a clause above that. */
function wasAudited(row: RequirementRow, { model, asOf }: StatusInput): boolean {
  const parts = row.clause.split('.');
  const ids = [row.id, ...parts.map((_, index) => parts.slice(0, index + 1).join('.'))];
  return ids.some((id) =>
    model.referrers('Requirement', `iso20000:${id}`).some(({ entity: { node } }) => {
      if (node.$type !== 'Audit') return false;
      const held = dateOf(node.held);
      return held !== undefined && held <= asOf;
    }),
  );
}
