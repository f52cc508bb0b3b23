import type { Agreement, DeclarationTypes, ServiceLevelTarget } from '../../language/model/declarations.ts';
import type { Place } from '../../language/model/finding.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { lastCompletedPeriod, parsePeriod, periodInWords, periodKinds, type Period, type PeriodKind } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import type { Figure } from '../measurement/figure.ts';
import { updateTargetName } from '../measurement/update-promises.ts';
import { dateOf } from '../assessment/dates.ts';
import { isFilledIn, isNotZero } from '../assessment/filled-in.ts';
import { addDeclaration, addFact, placeOf, shortfall, shown, unknown, type Remark } from '../assessment/remark.ts';
import { query, type Query, type RuleContext, type Trigger } from '../assessment/rule.ts';
import { firstOf } from '../assessment/wording.ts';

/** Whether a target says what is to be reached: no percentage, time or score is zero unless it still is to be filled in. */
export function isSet({ value, within, interval }: ServiceLevelTarget): boolean {
  return isNotZero(value) || isNotZero(within) || isNotZero(interval);
}

/** The period of a target: its own, else that of its metric. */
export function periodOfTarget(target: ServiceLevelTarget, { model }: RuleContext): PeriodKind | undefined {
  const stated = target.period ?? model.get('Metric', target.metric)?.every;
  return periodKinds.find((kind) => kind === stated);
}

/** The period that figures are due for: the last one that was over, if the agreement was in force in it. */
export function duePeriod(kind: PeriodKind, agreement: Agreement, asOf: IsoDate): Period | undefined {
  const period = lastCompletedPeriod(kind, asOf);
  const from = dateOf(agreement.validFrom);
  const to = dateOf(agreement.validTo);
  // An agreement that begins in the middle of a period is measured from the next.
  return (from !== undefined && from > period.firstDay) || (to !== undefined && to < period.firstDay) ? undefined : period;
}

/**
 * Whether there is a figure: one of too few records is one, and so is that of a period in which there was nothing to count. But where the
 * source ends before the period, it is unknown whether there was nothing.
 */
export function isMeasured(figure: Figure, { measurements }: RuleContext): boolean {
  if (figure.verdict !== 'unknown') return true;
  if (figure.sample !== 0 && figure.denominator !== '0') return false;
  const period = parsePeriod(figure.period);
  const end = figure.source === undefined ? undefined : measurements?.source(figure.source)?.to;
  return !isProblem(period) && end !== undefined && end >= period.firstDay;
}

export function checkMeasured(what: string, figures: readonly Figure[] | undefined, period: Period, place: Place, context: RuleContext): readonly Remark[] {
  if (!figures) return [unknown('evidenced', 'nothing has been measured yet')];
  const figure = figures.find((candidate) => candidate.period === period.id);
  // Checking is what is asked for here, so a target that was missed and measured is in order; other rows ask what follows from it.
  if (figure && isMeasured(figure, context)) return [shown('evidenced'), shown('effective')];
  return [shortfall(`${what} was not measured for ${periodInWords(period)}, the last period due${figure?.reason === undefined ? '' : `: ${figure.reason}`}.`, { place, axis: 'evidenced' })];
}

/** Whether each target of an agreement says what measures it, and was measured for the last period due. */
export function checkTargetsMeasured(agreement: Agreement, context: RuleContext): readonly Remark[] {
  const { asOf, measurements } = context;
  const seen = new Set<string>();
  return agreement.targets.flatMap((target, index): readonly Remark[] => {
    if (seen.has(target.name)) return [];
    seen.add(target.name);
    const place = placeOf(agreement, 'targets', index, 'name');
    if (target.source === undefined && target.metric === undefined) {
      return [
        shortfall(`Nothing measures the target “${target.name}”: name the source or the metric its figure comes from, for instance “from tickets”.`, { place }),
        unknown('effective', 'a target has no source'),
      ];
    }
    const kind = periodOfTarget(target, context);
    const period = kind && duePeriod(kind, agreement, asOf);
    return period ? checkMeasured(`The target “${target.name}”`, measurements?.ofTarget(agreement.name, target.name), period, place, context) : [];
  });
}

/** What an agreement promises that has figures of its own. */
interface Promised {
  /** As its figures call it. */
  readonly name: string;
  readonly place: Place;
  /** At the beginning of a sentence. */
  readonly said: string;
  /** Where it is a target, which improvements can name; else how it is written as one. */
  readonly asTarget?: string;
}

/** Targets, and promises of news that no target states. */
function promisesOf(agreement: Agreement): readonly Promised[] {
  const found = new Map<string, Promised>();
  for (const [index, { name }] of agreement.targets.entries()) if (!found.has(name)) found.set(name, { name, place: placeOf(agreement, 'targets', index, 'name'), said: `The target “${name}” was missed` });
  const stated = new Set(agreement.targets.flatMap((target) => (target.measure === 'update' && (target.source === undefined || isFilledIn(target.source)) ? [updateTargetName(target)] : [])));
  for (const [index, { priorities, interval }] of agreement.updates.entries()) {
    const name = updateTargetName({ priorities });
    if (stated.has(name) || found.has(name)) continue;
    const written = `${name} every ${interval}`;
    found.set(name, { name, place: placeOf(agreement, 'updates', index, 'interval'), said: `The promise of news “${written}” was not kept`, asTarget: written });
  }
  return [...found.values()];
}

interface Misses extends Promised {
  readonly figures: readonly Figure[];
}

/** Figures that missed, of periods that were over while an agreement was in force. */
function missedFigures(figures: readonly Figure[], agreement: Agreement, context: RuleContext): readonly Figure[] {
  return figures.filter((figure) => {
    if (figure.verdict !== 'missed') return false;
    const period = parsePeriod(figure.period);
    return !isProblem(period) && period.lastDay < context.asOf && period.lastDay >= (dateOf(agreement.validFrom) ?? period.lastDay);
  });
}

/** Figures of an agreement's promises that missed, by promise, while it was in force. */
function missesOf(agreement: Agreement, context: RuleContext): readonly Misses[] {
  return promisesOf(agreement).flatMap((promised) => {
    const figures = missedFigures(context.measurements?.ofTarget(agreement.name, promised.name) ?? [], agreement, context);
    return figures.length > 0 ? [{ ...promised, figures }] : [];
  });
}

function hasFigures(agreement: Agreement, context: RuleContext): boolean {
  return promisesOf(agreement).some(({ name }) => context.measurements?.ofTarget(agreement.name, name).some((figure) => isMeasured(figure, context)));
}

/** Whether an agreement promises anything whose keeping is measured. */
export function promisesAnything({ targets, updates }: Pick<Agreement, 'targets' | 'updates'>): boolean {
  return targets.length > 0 || updates.length > 0;
}

/** Asks that volumes beyond a workload limit are spoken of: what was promised holds up to the limit, and both sides have to know. */
export function checkExceeded(agreement: Agreement, index: number, isSpokenOf: (period: string) => boolean, context: RuleContext): readonly Remark[] {
  const { name } = agreement.workloadLimits[index]!;
  const open = missedFigures(context.measurements?.ofWorkload(agreement.name, name) ?? [], agreement, context).filter(({ period }) => !isSpokenOf(period));
  if (open.length === 0) return [];
  return [
    shortfall(`The workload “${name}” was beyond its limit in ${periodsInWords(open)}, and no service report or review speaks of ${open.length === 1 ? 'that period' : 'those periods'}: ${firstOf(open.map(inNumbers), 3)}.`, {
      place: placeOf(agreement, 'workloadLimits', index, 'name'), axis: 'effective',
    }),
  ];
}

function periodsInWords(figures: readonly Figure[]): string {
  return figures.length === 1 ? figures[0]!.period : `${figures.length} periods`;
}

/** Whether a target of some agreements was missed; as long as nothing was measured, it may have been. */
export function missedTarget(name: string, isOne: (agreement: Agreement, context: RuleContext) => boolean, precondition?: Query<Trigger>): Query<Trigger> {
  return query(name, (context): Trigger => {
    const before = precondition && context.read(precondition);
    if (before?.applies === false) return before;
    if (!context.measurements) return { applies: true };
    const agreements = context.model.all('Agreement').filter((agreement) => isOne(agreement, context));
    if (!agreements.some((agreement) => hasFigures(agreement, context)) || agreements.some((agreement) => missesOf(agreement, context).length > 0)) return { applies: true };
    return { applies: false, reason: 'no target was missed in the periods measured' };
  });
}

/** Asks that each miss of a target is followed up; `by` completes “… and no … refers to that”. */
export function checkMisses(agreement: Agreement, { by, isFollowedUp }: { readonly by: string; readonly isFollowedUp: (target: string, period: string) => boolean }, context: RuleContext): readonly Remark[] {
  if (!context.measurements) return [unknown('evidenced', 'nothing has been measured yet'), unknown('effective', 'nothing has been measured yet')];
  const misses = missesOf(agreement, context).flatMap(({ name, place, said, asTarget, figures }): readonly Remark[] => {
    const open = figures.filter(({ period }) => !isFollowedUp(name, period));
    if (open.length === 0) return [shown('effective')];
    const improvement = `improvement ${agreement.name}-${name} "\${1:TODO what is to improve}" {\n  from ${agreement.name}.${name} in ${open.map(({ period }) => period).join(', ')}\n  owner \${2:TODO}\n  status proposed\n}`;
    return [
      shortfall(
        `${said} in ${periodsInWords(figures)}, and no ${by} refers to ${figures.length === 1 ? 'that' : `${open.length} of them`}: ${firstOf(open.map(inNumbers), 3)}.${asTarget === undefined ? '' : ' An improvement can name it once it is a target.'}`,
        {
          place, axis: 'effective',
          fixes: [asTarget === undefined ? addDeclaration('Propose an improvement', placeOf(agreement), improvement) : addFact('State the promise as a target', placeOf(agreement), `target \${1:news} ${asTarget} per month from \${2:TODO}`)],
        },
      ),
    ];
  });
  return hasFigures(agreement, context) ? [shown('evidenced'), ...misses] : misses;
}

function inNumbers({ period, value, unit, numerator, denominator, target }: Figure): string {
  const shownValue = value === undefined ? '' : ` ${value}${unit === 'percent' ? '%' : unit === 'count' || unit === 'score' ? '' : ` ${unit}`}`;
  const counts = numerator === undefined || denominator === undefined || unit === 'seconds' ? '' : ` (${numerator} of ${denominator})`;
  return `${period}${shownValue}${counts}${target ? ` against ${target.comparison} ${target.value}` : ''}`;
}

/** Whether somebody has filled in what is to improve and who sees to it, as far as it is written. */
export function isBegun({ title, owner }: DeclarationTypes['Improvement']): boolean {
  return (title === undefined || isFilledIn(title)) && (owner === undefined || isFilledIn(owner));
}

/** Whether an improvement has begun that comes from something, `email-gold.uptime` for instance, in a period. */
export function isImproved(type: 'ServiceLevelTarget' | 'Metric' | 'Supplier', name: string, period: string, { model }: RuleContext): boolean {
  return model
    .referrers(type, name)
    .some(({ entity: { node } }) => node.$type === 'Improvement' && isBegun(node) && node.sources.some(({ source, periods }) => source === name && (periods.length === 0 || periods.some((covered) => covers(covered, period)))));
}

/** Whether a period lies within another. */
export function covers(whole: string, part: string): boolean {
  const [outer, inner] = [parsePeriod(whole), parsePeriod(part)];
  return !isProblem(outer) && !isProblem(inner) && outer.firstDay <= inner.firstDay && outer.lastDay >= inner.lastDay;
}
