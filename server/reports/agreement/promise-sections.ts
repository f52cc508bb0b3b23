/** The promises of an agreement: hours, targets with how each is computed, news, limits and exceptions. */
import type { ServiceLevelTarget, Source } from '../../../language/model/declarations.ts';
import { printExpression } from '../../../language/printing/print-expression.ts';
import { parseDuration } from '../../../language/values/duration.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { periodOf } from '../../../language/values/period.ts';
import { clockOf } from '../../measurement/target-clock.ts';
import type { Block, Cell, Inline, Inlines } from '../blocks.ts';
import { code, column, definitions, list, paragraph, section, table, words as text } from '../block-builders.ts';
import { titleById, titleOf, titlesById } from '../facts/names.ts';
import { maintenanceWindows, openingHours } from '../facts/opening-hours.ts';
import { clockInWords, newsInWords, promisedInWords, targetInWords, workloadInWords } from '../facts/promises-in-words.ts';
import { quantityInWords } from '../facts/quantities.ts';
import { targetsInForce } from '../facts/targets.ts';
import { priorityTable } from '../parts/priorities.ts';
import { message, type Words } from '../words/words.ts';
import type { AgreementContext, Clause } from './agreement.ts';

export function promiseSections(context: AgreementContext): readonly Clause[] {
  return [hourSection(context), targetSection(context), workloadSection(context), exceptionSection(context)];
}

/** The targets that hold today, or, of an agreement that does not hold yet, on its first day. */
function targetsOf({ input: { asOf }, agreement }: AgreementContext): readonly ServiceLevelTarget[] {
  const { validFrom } = agreement;
  return targetsInForce(agreement, periodOf(validFrom !== undefined && validFrom > asOf ? (validFrom as typeof asOf) : asOf, 'day')).map(({ target }) => target);
}

function hourSection(context: AgreementContext): Clause {
  const { input: { words, model }, agreement } = context;
  const { serviceHours, supportHours, onCallHours } = agreement;
  const stated = [[words.say('Service hours'), serviceHours], [words.say('Support hours'), supportHours], [words.say('On-call hours'), onCallHours]] as const;
  // A target or promise of news may name hours of its own.
  const named = [...targetsOf(context).flatMap(({ clock }) => clock ?? []), ...agreement.updates.flatMap(({ clock }) => clock ?? [])];
  const others = [...new Set(named)].filter((id) => id !== 'always' && !stated.some(([, calendar]) => calendar === id));
  const facts = [
    ...stated.flatMap(([term, id]) => (id === undefined ? [] : [[term, [hoursOf(context, id)]] as const])),
    ...others.map((id) => [titleById(model, 'Calendar', id), [openingHours(words, model, id)]] as const),
  ];
  const windows = serviceHours === undefined ? [] : maintenanceWindows(words, model, serviceHours);
  if (facts.length === 0) return undefined;
  return {
    heading: words.say('Hours'),
    blocks: [definitions([...facts, ...(windows.length === 0 ? [] : [[words.say('Announced maintenance'), [windows.join('; ')]] as const])])],
  };
}

function hoursOf({ input: { words, model } }: AgreementContext, id: string): string {
  const title = model.get('Calendar', id)?.title;
  const hours = openingHours(words, model, id);
  return title === undefined ? hours : `${title}: ${hours}`;
}

function targetSection(context: AgreementContext): Clause {
  const { input: { words, model }, agreement } = context;
  const targets = targetsOf(context);
  const updates = agreement.updates;
  if (targets.length === 0 && updates.length === 0) return undefined;
  const hasWarning = targets.some(({ warning }) => warning !== undefined);
  const priorities = priorityTable(words, model, new Set([...targets.flatMap((target) => target.priorities), ...updates.flatMap((update) => update.priorities)]));
  return {
    heading: words.say('Service level targets'),
    blocks: [
      ...(targets.length === 0
        ? []
        : [
            table(
              [column(words.say('No.'), 'number', { width: 'narrow' }), column(words.say('Target')), column(words.say('Promised')), column(words.say('Hours that count')), ...(hasWarning ? [column(words.say('Warning below'))] : [])],
              targets.map((target, index): Cell[] => [
                { kind: 'number', value: String(index + 1) },
                text(targetInWords(words, model, target)),
                text(promisedInWords(words, target)),
                text(target.metric === undefined ? clockInWords(words, model, target, agreement) : ''),
                ...(hasWarning ? [text(target.warning === undefined ? '' : quantityInWords(words, target.warning))] : []),
              ]),
              { rowHead: 1 },
            ),
          ]),
      ...(updates.length === 0 ? [] : [list(updates.map(({ priorities: of, interval, clock }) => [clock === undefined || clock === 'always' ? newsInWords(words, of, interval) : `${newsInWords(words, of, interval)} (${titleById(model, 'Calendar', clock)})`]))]),
      ...(priorities === undefined ? [] : [section(words.say('What the priorities mean'), [priorities])]),
      ...(targets.length === 0 ? [] : [section(words.say('How the targets are computed'), computations(context, targets))]),
    ],
  };
}

/** What is the same for all targets of a kind is said once, then what is not; targets that are computed alike stand together, by their numbers. */
function computations(context: AgreementContext, targets: readonly ServiceLevelTarget[]): readonly Block[] {
  const { words } = context.input;
  const computed = targets.map((target, index): ComputedTarget => ({ number: index + 1, lines: computation(context, target) }));
  const isFirst = (one: (target: ServiceLevelTarget) => boolean, other: (target: ServiceLevelTarget) => boolean): number => targets.findIndex(one) - targets.findIndex(other);
  const kinds = [isTimed, isOfTime, (target: ServiceLevelTarget) => target.metric !== undefined].toSorted(isFirst);
  return [
    ...kinds.flatMap((isOfKind) => {
      const members = computed.filter((_, index) => isOfKind(targets[index]!));
      const isShared = (line: Inlines): boolean => members.every(({ lines }) => lines.some((other) => isSame(line, other)));
      const shared = members.length < 2 ? [] : (members[0]?.lines.filter(isShared) ?? []);
      const own = members.map(({ number, lines }) => ({ number, lines: lines.filter((line) => !shared.some((other) => isSame(line, other))) }));
      return [...(shared.length === 0 ? [] : statedFor(words, members.map(({ number }) => number), shared)), ...alike(own).flatMap(({ numbers, lines }) => statedFor(words, numbers, lines))];
    }),
    paragraph(words.say('Shares are compared as exact fractions and never rounded up to a target.')),
  ];
}

interface ComputedTarget {
  readonly number: number;
  readonly lines: readonly Inlines[];
}

function isTimed({ measure, metric }: ServiceLevelTarget): boolean {
  return metric === undefined && measure !== 'availability' && measure !== 'update';
}

/** Availability and news: computed from stretches of time. */
function isOfTime({ measure, metric }: ServiceLevelTarget): boolean {
  return metric === undefined && (measure === 'availability' || measure === 'update');
}

function isSame(one: Inlines, other: Inlines): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function alike(targets: readonly ComputedTarget[]): readonly { readonly numbers: readonly number[]; readonly lines: readonly Inlines[] }[] {
  const groups = new Map<string, { readonly numbers: number[]; readonly lines: readonly Inlines[] }>();
  for (const { number, lines } of targets) {
    const key = JSON.stringify(lines);
    const known = groups.get(key) ?? { numbers: [], lines };
    known.numbers.push(number);
    groups.set(key, known);
  }
  return [...groups.values()].filter(({ lines }) => lines.length > 0);
}

function statedFor(words: Words, numbers: readonly number[], lines: readonly Inlines[]): readonly Block[] {
  return [paragraph({ kind: 'strong', content: [words.count(numbers.length, 'Target {1}', 'Targets {1}', words.list(numbers.map(String)))] }), list(lines)];
}

function computation(context: AgreementContext, target: ServiceLevelTarget): readonly Inlines[] {
  if (target.metric !== undefined) return metricComputation(context, target.metric);
  switch (target.measure) {
    case 'availability':
      return availabilityComputation(context, target);
    case 'update':
      return newsComputation(context, target);
    default:
      return timeComputation(context, target);
  }
}

function metricComputation({ input: { words, model } }: AgreementContext, id: string): readonly Inlines[] {
  const metric = model.get('Metric', id);
  const lines = [metric?.purpose, metric?.formula, metric?.method].filter((line) => line !== undefined);
  const recorded = metric?.recorded !== undefined && metric.recorded.length > 0 && metric.value === undefined;
  return [
    [words.say('The metric “{0}”.', titleById(model, 'Metric', id))],
    ...lines.map((line): Inlines => [line]),
    ...(recorded ? [[metric.dataSource === undefined ? words.say('Its values are recorded by hand.') : words.say('Its values are recorded by hand, from: {0}.', metric.dataSource)]] : []),
    ...(metric?.source === undefined ? [] : [[words.say('Measured from the records of “{0}”.', sourceTitle({ model }, metric.source))]]),
  ];
}

function availabilityComputation(context: AgreementContext, target: ServiceLevelTarget): readonly Inlines[] {
  const { input: { words, model }, agreement } = context;
  const clock = clockOf(target, agreement);
  const exceptsMaintenance = agreement.exceptions.includes('maintenance');
  const others = agreement.exceptions.filter((name) => name !== 'maintenance');
  return [
    [clock === undefined ? words.say('One minus the time in which the service was down, divided by all of the time.') : words.say('One minus the time in which the service was down, divided by the agreed service time ({0}).', titleById(model, 'Calendar', clock))],
    ...(agreement.services.length > 1 && !target.weightedByUsers ? [[words.say('The services count as one, which is down while any of them is: {0}.', titlesById(model, 'Service', agreement.services))]] : []),
    [words.say('The clock of an outage starts when the service goes down and stops when it is back. Outages that overlap count once.')],
    ...(target.weightedByUsers ? [[words.say('The time of a service counts once for each of its users, that of an outage for each whom it reached.')]] : []),
    ...(exceptsMaintenance ? [[words.say('Announced maintenance, and outages recorded as planned, are taken out of both.')]] : []),
    ...(others.length === 0 ? [] : [[words.say('Outages whose recorded cause is one of these are taken out of both: {0}.', others.join('; '))]]),
    ...measuredFrom(context, target),
  ];
}

const starts: Readonly<Record<string, string>> = {
  respond: message('The clock starts when the record is opened and stops when work on it begins.'),
  restore: message('The clock starts when the record is opened and stops when the service is restored.'),
  resolve: message('The clock starts when the record is opened and stops when it is resolved.'),
  fulfil: message('The clock starts when the record is opened and stops when the request is fulfilled.'),
  close: message('The clock starts when the record is opened and stops when it is closed.'),
};

function timeComputation(context: AgreementContext, target: ServiceLevelTarget): readonly Inlines[] {
  const { words } = context.input;
  const start = starts[target.measure ?? ''];
  const within = parseDuration(target.within ?? '');
  const days = !isProblem(within) && within.kind === 'working days' ? within.workingDays : undefined;
  return [
    ...(start === undefined ? [] : [[words.say(start)]]),
    [clockRuns(context, target)],
    ...(days === undefined ? [] : [[words.say('Working days end at the close of business; the day on which the clock starts does not count.')]]),
    ...pausesOf(context, target),
    countedRecords(context, target),
    [target.onAverage ? words.say('The average is over the records that are finished.') : words.say('A record that is still open counts as missed once its time is over; until then it is left out.')],
    ...minimumSample(context, target),
    ...measuredFrom(context, target),
  ];
}

function newsComputation(context: AgreementContext, target: ServiceLevelTarget): readonly Inlines[] {
  const { words } = context.input;
  return [
    [words.say('Kept for a record if no stretch without news, from its opening to its end, is longer than promised.')],
    [clockRuns(context, target)],
    countedRecords(context, target),
    ...measuredFrom(context, target),
  ];
}

function clockRuns({ input: { words, model }, agreement }: AgreementContext, target: ServiceLevelTarget): string {
  const clock = clockOf(target, agreement);
  return clock === undefined ? words.say('The clock runs all of the time.') : words.say('The clock runs in these hours only: {0}.', titleById(model, 'Calendar', clock));
}

function countedRecords({ input: { words, model }, agreement, parties }: AgreementContext, { filter }: ServiceLevelTarget): Inlines {
  const services = titlesById(model, 'Service', agreement.services);
  const who = agreement.type === 'sla' ? words.say('Counted are records of {0} about {1} that were opened in the period, of the priorities that the target names', parties.other.name, services) : words.say('Counted are records about {0} that were opened in the period, of the priorities that the target names', services);
  const condition = filter === undefined ? undefined : printExpression(filter);
  return [who, ...(condition === undefined ? [] : words.inlines(', for which {0} holds', code(condition))), '.'];
}

/** When the clock stands still, as the source of the records says. */
function pausesOf({ input: { words, model } }: AgreementContext, target: ServiceLevelTarget): readonly Inlines[] {
  const source: Source | undefined = model.get('Source', target.source);
  const conditions = source?.pauses.flatMap((pause) => printExpression(pause) ?? []) ?? [];
  if (conditions.length === 0) return [];
  return [words.inlines('The clock stands still while {0}.', conditions.flatMap((condition, index): readonly Inline[] => [...(index > 0 ? [', '] : []), code(condition)]))];
}

function minimumSample({ input: { words } }: AgreementContext, { minimumSample: least }: ServiceLevelTarget): readonly Inlines[] {
  return least === undefined ? [] : [[words.say('With fewer than {0} records no verdict is given.', words.number(least))]];
}

function measuredFrom({ input: { model, words } }: AgreementContext, { source }: ServiceLevelTarget): readonly Inlines[] {
  return source === undefined ? [] : [[words.say('Measured from the records of “{0}”.', sourceTitle({ model }, source))]];
}

function sourceTitle({ model }: Pick<AgreementContext['input'], 'model'>, id: string): string {
  const source = model.get('Source', id);
  return source === undefined ? id : titleOf(source);
}

function workloadSection({ input: { words, model }, agreement }: AgreementContext): Clause {
  const limits = agreement.workloadLimits;
  if (limits.length === 0) return undefined;
  const hasFilter = limits.some(({ filter }) => filter !== undefined);
  return {
    heading: words.say('Workload limits'),
    blocks: [
      paragraph(words.say('The targets hold for this much work:')),
      table(
        [column(words.say('Of what')), column(words.say('Limit')), column(words.say('Measured from')), ...(hasFilter ? [column(words.say('Counted where'))] : [])],
        limits.map((limit): Cell[] => {
          const condition = limit.filter === undefined ? undefined : printExpression(limit.filter);
          return [text(limit.name), text(workloadInWords(words, limit)), text(limit.source === undefined ? '' : sourceTitle({ model }, limit.source)), ...(hasFilter ? [text(...(condition === undefined ? [] : [code(condition)]))] : [])];
        }),
      ),
    ],
  };
}

function exceptionSection({ input: { words }, agreement }: AgreementContext): Clause {
  const { exceptions, noExceptions } = agreement;
  if (exceptions.length === 0 && !noExceptions) return undefined;
  return {
    heading: words.say('Exceptions'),
    blocks: exceptions.length === 0 ? [paragraph(words.say('Nothing is left out of the figures of availability.'))] : [paragraph(words.say('Left out of the figures of availability:')), list(exceptions.map((name) => [name === 'maintenance' ? words.say('announced maintenance') : name]))],
  };
}
