import type { FeasibilityCheck, Link } from '../analysis/feasibility/check.ts';
import { feasibilityOf } from '../analysis/feasibility/feasibility-query.ts';
import { isWorkTarget } from '../analysis/feasibility/check-times.ts';
import type { Agreement, ServiceLevelTarget } from '../../language/model/declarations.ts';
import type { Place } from '../../language/model/finding.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import type { RuleContext } from '../assessment/rule.ts';
import { firstOf, named } from '../assessment/wording.ts';

/** Whether a target is held against all that an SLA rests on together, not only against its like. */
export function isHeldAgainstAll(target: ServiceLevelTarget): boolean {
  return target.measure === 'availability' || isWorkTarget(target);
}

interface Short {
  readonly sla: Agreement;
  readonly check: FeasibilityCheck;
  readonly link: Link;
}

/**
 * What SLAs promise and what an agreement underneath, among all that they rest on, does not allow: availability, times, hours, validity.
 * One finding for each fact of the agreement that would have to be another.
 */
export function shortOfSlas(agreement: Agreement, slas: readonly Agreement[], context: RuleContext): readonly Remark[] {
  const byFact = new Map<string, Short[]>();
  for (const sla of slas) {
    for (const judgement of feasibilityOf(sla.name, context)?.judgements ?? []) {
      if (judgement.verdict !== 'notKept') continue;
      const { check } = judgement;
      // Of an availability all take part; to be mended are those that could close the gap, else the weakest.
      const candidates: readonly Link[] = check.kind !== 'availability' || check.remedies.length > 0 ? check.remedies : check.links.slice(0, 1);
      for (const link of candidates) {
        if (link.agreement !== agreement.$key) continue;
        const fact = link.path.join(' ');
        byFact.set(fact, [...(byFact.get(fact) ?? []), { sla, check, link }]);
      }
    }
  }
  return [...byFact.values()].map((short) => shortfallOf(agreement, short));
}

function shortfallOf(agreement: Agreement, short: readonly Short[]): Remark {
  const { sla, check, link } = short[0]!;
  const others = [...new Set(short.slice(1).map((one) => `${one.check.promise} of ${named(one.sla)}`))];
  const related = new Map<string, { place: Place; message: string }>();
  for (const one of short) related.set(`${one.sla.$key} ${one.check.path.join(' ')}`, { place: placeOf(one.sla, ...one.check.path), message: `Cannot be kept: ${one.check.promise} of ${named(one.sla)}` });
  for (const other of check.links) if (other.agreement !== agreement.$key) related.set(`${other.agreement} ${other.path.join(' ')}`, { place: { entity: other.agreement, path: other.path }, message: other.message });
  const steps = check.kind === 'availability' && check.steps.length > 0 ? `\n${check.steps.map((step) => `• ${step}`).join('\n')}` : '';
  return shortfall(`${check.promise} of ${named(sla)} cannot be kept. ${check.summary} ${link.message}. No alignment gap says which risk stands for that.${others.length === 0 ? '' : ` The same holds for ${firstOf(others, 3)}.`}${steps}`, {
    place: placeOf(agreement, ...link.path),
    related: [...related.values()],
    fixes: [addFact('Name the risk that it brings', placeOf(agreement), 'alignment gap ${1:TODO}')],
  });
}
