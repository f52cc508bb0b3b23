/**
 * Tests an agreement on the past: what would have become of it if it had been in force in the last periods. The agreement is varied in the
 * model and measured as every agreement is; nothing is computed a second way.
 */
import type { Agreement, ServiceLevelTarget, WorkloadLimit } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import { addMoney, printMoney, type Money } from '../../../language/values/money.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { lastCompletedPeriods, type Period } from '../../../language/values/period.ts';
import { parseDate } from '../../../language/values/date.ts';
import { tallyOf, type BackTest, type BackTestedPromise, type CreditSum, type VariedResult } from '../../analysis/back-test/back-test-result.ts';
import { variationsOf, variationsOfLimit, type Variation } from '../../analysis/back-test/variations.ts';
import { creditStates, creditTotal } from '../../reports/facts/credits.ts';
import { FigureIndex } from '../../reports/facts/figures.ts';
import type { Figure, Measurements, Subject } from '../figure.ts';
import { measure, type MeasureRequest } from '../measure.ts';
import { variedModel } from './varied-model.ts';

/** As many months as a trend has, less the one that is needed to compare a year with: twelve. */
export const defaultMonths = 12;
const mostMonths = 120;

export interface BackTestOptions {
  readonly months?: number;
}

/**
 * @param request how the project itself is measured; what is kept of this does not touch what is kept of that
 * @returns a sentence that says why there is nothing to test
 * @throws the signal's reason when it is aborted
 */
export async function backTest({ recordChecks: _recordChecks, ...request }: MeasureRequest, id: string, { months = defaultMonths }: BackTestOptions = {}): Promise<BackTest | string> {
  const agreement = request.model.get('Agreement', id);
  const asOf = parseDate(request.asOf);
  if (agreement === undefined) return `There is no agreement “${id}”.`;
  if (isProblem(asOf)) return `${asOf.problem}.`;
  if (agreement.targets.length + agreement.workloadLimits.length === 0) return `${id} promises nothing that is measured: it has no target and no workload limit.`;
  const periods = lastCompletedPeriods('month', Math.min(mostMonths, Math.max(1, months)), asOf);
  const base = inForceAllAlong(agreement);
  const plan = planOf(base, request.model);
  const varied: Agreement = {
    ...base,
    targets: [...base.targets, ...plan.flatMap(({ variations, kind }) => (kind === 'target' ? variations.flatMap(({ name, variation }) => ('target' in variation ? [{ ...variation.target, name }] : [])) : []))],
    workloadLimits: [...base.workloadLimits, ...plan.flatMap(({ variations, kind }) => (kind === 'workload' ? variations.flatMap(({ name, variation }) => ('limit' in variation ? [{ ...variation.limit, name }] : [])) : []))],
  };
  const measurements = await measure({ ...request, question: `back-test of ${id}`, model: variedModel(request.model, varied), periods: periods.length });
  const first = periods[0]!.firstDay;
  const figuresOf = (kind: 'target' | 'workload', name: string): readonly Figure[] => measurements.figures.filter((figure) => isOf(figure.subject, kind, name) && endsIn(figure.period) >= first.slice(0, 7));
  const own = measurements.figures.filter(({ subject }) => !nameOf(subject).includes(variedMark));
  const creditsOf = (figures: readonly Figure[]): CreditSum => creditSumOf(base, figures, periods).sum;
  const promises = plan.map(({ kind, promised, says, variations }): BackTestedPromise => {
    const figures = figuresOf(kind, promised);
    return {
      kind, name: promised, says, figures, tally: tallyOf(figures),
      varied: variations.map(({ name, variation: { dimension, says: said, isDeclared } }): VariedResult => {
        const found = figuresOf(kind, name);
        // The figure takes the place of the declared promise's, so that credits follow from it.
        const replaced = [...own.filter(({ subject }) => !isOf(subject, kind, promised)), ...found.map((figure) => ({ ...figure, subject: renamed(figure.subject, promised) }))];
        return { dimension, says: said, isDeclared, figures: found, tally: tallyOf(found), credits: creditsOf(replaced) };
      }),
    };
  });
  const { months: byMonth, sum } = creditSumOf(base, own, periods);
  return { agreement: id, isDraft: isDraft(agreement, asOf), months: periods.map(({ id: month }) => month), promises, credits: byMonth, creditSum: sum };
}

/** Nobody has agreed it yet, or it is not in force yet. */
export function isDraft({ agreed, validFrom }: Agreement, asOf: string): boolean {
  return agreed.length === 0 || (validFrom ?? '') > asOf;
}

/** No name of a person's text holds it. */
const variedMark = '~';

/** Without the days on which it holds: each promise as it was stated last, in force for good. */
function inForceAllAlong({ validFrom: _from, validTo: _to, firstPeriod: _first, ...agreement }: Agreement): Agreement {
  const last = new Map<string, ServiceLevelTarget>();
  for (const target of agreement.targets) if ((last.get(target.name)?.since ?? '') <= (target.since ?? '')) last.set(target.name, target);
  return { ...agreement, targets: [...last.values()].map(({ since: _since, ...target }) => target) };
}

interface PlannedPromise {
  readonly kind: 'target' | 'workload';
  readonly promised: string;
  readonly says: string;
  readonly variations: readonly { readonly name: string; readonly variation: (Variation & { readonly target: ServiceLevelTarget }) | (Variation & { readonly limit: WorkloadLimit }) }[];
}

function planOf(agreement: Agreement, model: Model): readonly PlannedPromise[] {
  const calendars = [...new Set(model.all('Agreement').flatMap(({ supportHours, serviceHours }) => [supportHours, serviceHours]))].filter((id) => id !== undefined);
  return [
    ...agreement.targets.map((target): PlannedPromise => ({ kind: 'target', promised: target.name, says: targetInWords(target), variations: variationsOf(target, agreement, calendars).map((variation, index) => ({ name: `${target.name}${variedMark}${index}`, variation })) })),
    ...agreement.workloadLimits.map((limit): PlannedPromise => ({ kind: 'workload', promised: limit.name, says: `${limit.comparison} ${limit.value} per ${limit.period ?? 'month'}`, variations: variationsOfLimit(limit).map((variation, index) => ({ name: `${limit.name}${variedMark}${index}`, variation })) })),
  ];
}

/** As it is written: `restore P1 within 4h for 95% per month in office`. */
export function targetInWords({ measure: what, metric, comparison, value, priorities, within, share, onAverage, interval, period, clock }: ServiceLevelTarget): string {
  return [
    what ?? metric ?? '', ...(comparison === undefined ? [] : [comparison, value ?? '']), priorities.join(', '),
    ...(within === undefined ? [] : ['within', within]), ...(share === undefined ? [] : ['for', share]), ...(onAverage ? ['on average'] : []),
    ...(interval === undefined ? [] : ['every', interval]), ...(period === undefined ? [] : ['per', period]), ...(clock === undefined ? [] : ['in', clock]),
  ].filter((word) => word !== '').join(' ');
}

function isOf(subject: Subject, kind: 'target' | 'workload', name: string): boolean {
  return subject.kind === kind && nameOf(subject) === name;
}

function nameOf(subject: Subject): string {
  switch (subject.kind) {
    case 'target': return subject.target;
    case 'workload': return subject.limit;
    case 'metric': return subject.metric;
  }
}

function renamed(subject: Subject, name: string): Subject {
  switch (subject.kind) {
    case 'target': return { ...subject, target: name };
    case 'workload': return { ...subject, limit: name };
    case 'metric': return subject;
  }
}

/** The month in which a period ends, to compare texts of years, quarters, months, weeks and days. */
function endsIn(period: string): string {
  const quarter = /^(\d{4})-Q([1-4])$/u.exec(period);
  if (quarter) return `${quarter[1]}-${String(Number(quarter[2]) * 3).padStart(2, '0')}`;
  return period.length === 4 ? `${period}-12` : period;
}

function creditSumOf(agreement: Agreement, figures: readonly Figure[], periods: readonly Period[]): { readonly months: BackTest['credits']; readonly sum: CreditSum } {
  if (agreement.credits.length === 0) return { months: [], sum: { due: [], periods: 0, unknown: 0 } };
  const index = new FigureIndex({ asOf: '', figures, checks: [], sources: [], findings: [], records: [] } satisfies Measurements);
  let due: readonly Money[] = [];
  let [some, unknown] = [0, 0];
  let reason: string | undefined;
  const months = periods.map((period): BackTest['credits'][number] => {
    const states = creditStates(agreement, index, period);
    const total = creditTotal(agreement, states, period);
    const isUnknown = states.some(({ state }) => state === 'unknown');
    if (isUnknown) unknown += 1;
    if (typeof total === 'string') {
      some += 1;
      reason = total;
      return { month: period.id, due: undefined, isAtLeast: false, reason: total };
    }
    if (total === undefined) return { month: period.id, due: undefined, isAtLeast: isUnknown };
    some += 1;
    const { payable } = total;
    due = due.some(({ currency }) => currency === payable.currency) ? due.map((money) => (money.currency === payable.currency ? (addMoney(money, payable) ?? money) : money)) : [...due, payable];
    return { month: period.id, due: printMoney(payable), isAtLeast: total.atLeast };
  });
  return { months, sum: { due: due.map(printMoney), periods: some, unknown, ...(reason === undefined ? {} : { reason }) } };
}

