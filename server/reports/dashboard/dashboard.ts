/**
 * The dashboard: are we all right, what is not, what is next; then the same in detail. A block whose analysis does not
 * exist yet is not there at all.
 */
import { daysBetween } from '../../../language/values/date.ts';
import type { Block, Document, KeyFigure } from '../blocks.ts';
import { columns, keyFigures, section } from '../block-builders.ts';
import { figureCaption } from '../facts/captions.ts';
import { FigureIndex } from '../facts/figures.ts';
import { findingsThatMatter, hasGap, isAccepted } from '../facts/gaps.ts';
import { titleById, titleOf } from '../facts/names.ts';
import { agreementsInForce } from '../facts/targets.ts';
import { eventInWords } from '../facts/day-words.ts';
import { sourcePlace } from '../parts/places.ts';
import { areaMap } from '../parts/process-areas.ts';
import { tally, tallyInWords, tallyStatus, targetLines, targetTable } from '../parts/service-levels.ts';
import type { TargetLine } from '../parts/service-levels.ts';
import { isNarrowed, narrowingKinds } from '../narrowing.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import type { Words } from '../words/words.ts';
import { baselineSection } from './baseline.ts';
import { clauseSection } from './clauses.ts';
import { deadlineSection, dueWithin, nextBlocks } from './deadlines.ts';
import { gapBlocks } from './gap-table.ts';
import type { NotAllRight } from './gap-table.ts';
import { documentSection } from './documents.ts';
import { feasibilitySection } from './feasibility.ts';
import { auditSection, certificationSection, nonconformitySection, openNonconformities, waiverSection } from './governance.ts';
import { metricSection } from './metrics.ts';
import { sourceSection } from './sources.ts';

export const dashboard: ReportDefinition = {
  id: 'dashboard',
  title: 'Dashboard',
  description: 'How the service management system stands: gaps, service levels, what expires, nonconformities, certification.',
  clause: '9.1',
  parameters: { period: true, baseline: true },
  build,
};

const gapsShownFirst = 6;
const gapsShownInAll = 40;

function build(input: ReportInput): Document {
  const { words } = input;
  const [organization] = input.model.all('Organization');
  const figures = new FigureIndex(input.measurements);
  const agreements = agreementsInForce(input.model, input.period);
  const lines = (type: 'sla' | 'ola' | 'contract'): readonly TargetLine[] => targetLines(input, figures, agreements.filter((agreement) => agreement.type === type));
  const promised = lines('sla');
  const blocks: (Block | undefined)[] = [
    keyFigures(keyFiguresOf(input, promised)),
    columns('wide-and-narrow', [
      section(words.say('What is not all right'), gapBlocks(input, { most: gapsShownFirst, rest: 'gaps', before: missedTargets(input, promised) }), { anchor: 'not-all-right' }),
      section(words.say('What is next'), nextBlocks(input, 7), { anchor: 'next' }),
    ]),
    // Rows of the catalogue belong to no service, customer or owner.
    concernsRows(input) ? clauseSection(input, areaMap(input, 'process-areas')) : undefined,
    targetSection(input, words.say('Service level targets'), 'service-levels', promised),
    targetSection(input, words.say('Suppliers'), 'suppliers', lines('contract')),
    targetSection(input, words.say('Internal agreements'), 'internal-agreements', lines('ola')),
    feasibilitySection(input),
    metricSection(input, figures),
    findingsThatMatter(input.assessment).length > gapsShownFirst ? section(words.say('Gaps'), gapBlocks(input, { most: gapsShownInAll }), { anchor: 'gaps' }) : undefined,
    baselineSection(input),
    deadlineSection(input),
    documentSection(input),
    nonconformitySection(input),
    waiverSection(input),
    columns('two-columns', [auditSection(input), certificationSection(input)].filter((block) => block !== undefined)),
    isNarrowed(input.narrowing) ? undefined : sourceSection(input),
  ];
  const only = narrowingInWords(input);
  return reportDocument(input, {
    id: ['dashboard', ...narrowingKinds.flatMap((kind) => input.narrowing?.[kind] ?? [])].join('-'),
    title: input.words.say('Dashboard'),
    ...(only === undefined ? (organization?.scope === undefined ? {} : { subtitle: organization.scope }) : { subtitle: only }),
    blocks,
  });
}

/** What the document was narrowed to: who reads it must not take a part for the whole. */
function narrowingInWords({ narrowing, model, words, catalogue }: ReportInput): string | undefined {
  if (!isNarrowed(narrowing)) return undefined;
  const clause = catalogue.clauses.find((one) => one.clause === narrowing.clause);
  const parts = [
    ...(narrowing.service === undefined ? [] : [words.say('service {0}', titleById(model, 'Service', narrowing.service))]),
    ...(narrowing.customer === undefined ? [] : [words.say('customer {0}', titleById(model, 'Customer', narrowing.customer))]),
    ...(narrowing.clause === undefined ? [] : [words.say('clause {0}', `${narrowing.clause} ${clause?.title ?? ''}`.trim())]),
    ...(narrowing.owner === undefined ? [] : [words.say('owner {0}', titleById(model, 'Party', narrowing.owner))]),
  ];
  return words.say('Only what concerns {0}', words.list(parts));
}

/** Whether rows of the catalogue can be counted: all of them, or those of a clause. */
function concernsRows({ narrowing }: ReportInput): boolean {
  return narrowing === undefined || (narrowing.service ?? narrowing.customer ?? narrowing.owner) === undefined;
}

function keyFiguresOf(input: ReportInput, promised: readonly TargetLine[]): readonly KeyFigure[] {
  const { words } = input;
  const period = words.period(input.period.id);
  const counts = tally(promised);
  const rows = input.assessment.requirements;
  const checked = rows.filter((row) => row.checked);
  const gaps = checked.filter(hasGap).length;
  const accepted = checked.filter(isAccepted).length;
  const due = dueWithin(input);
  const open = openNonconformities(input);
  const oldest = open.find(({ age }) => age !== undefined)?.age;
  const major = open.filter(({ item }) => item.grade === 'major').length;
  const milestone = input.certification.find(({ event }) => event === 'milestone');
  const next = [...due.overdue, ...due.within30][0];
  return [
    {
      name: words.say('Service level targets met'),
      value: words.number(String(counts.met + counts.warning)),
      whole: words.say('of {0}', counts.judged),
      status: tallyStatus(counts),
      note: [counts.warning > 0 ? words.say('{0}: {1} missed, {2} only just met, {3} without a verdict', period, counts.below, counts.warning, counts.withoutVerdict) : words.say('{0}: {1} missed, {2} without a verdict', period, counts.below, counts.withoutVerdict)],
    },
    ...(concernsRows(input)
      ? [{
          name: words.say('Catalogue rows with a gap'),
          value: words.number(String(gaps)),
          whole: words.say('of {0} checked', checked.length),
          ...(gaps > 0 ? { status: 'below' as const } : {}),
          note: [accepted > 0 ? words.say('{0} more accepted until a date; {1} of {2} not yet checked', accepted, rows.length - checked.length, rows.length) : words.say('{0} of {1} not yet checked', rows.length - checked.length, rows.length)],
        }]
      : [{ name: words.say('Gaps'), value: words.number(String(findingsThatMatter(input.assessment).length)), note: [words.say('errors and warnings, of those that stand at what is shown')] }]),
    {
      name: words.say('Due within 30 days'),
      value: words.number(String(due.within30.length)),
      ...(due.overdue.length > 0 ? { whole: words.say('and {0} overdue', due.overdue.length), status: 'below' as const } : due.within30.length > 0 ? { status: 'warning' as const } : { status: 'met' as const }),
      note: next === undefined ? [words.say('nothing overdue')] : [words.say('first: {0}, {1}', next.subject, words.date(next.on))],
    },
    {
      name: words.say('Open nonconformities'),
      value: words.number(String(open.length)),
      note: open.length === 0 ? [words.say('none')] : [oldest === undefined ? words.say('{0} major', major) : words.count(oldest, '{1} major; oldest {0} day', '{1} major; oldest {0} days', major)],
    },
    ...(milestone === undefined
      ? []
      : [{ name: eventInWords(words, milestone.what), ...daysToGo(daysBetween(input.asOf, milestone.on), words), note: [`${words.date(milestone.on)}, ${eventInWords(words, milestone.basis)}`] }]),
  ];
}

function daysToGo(days: number, words: Words): Pick<KeyFigure, 'value' | 'whole' | 'status'> {
  const isOne = Math.abs(days) === 1;
  if (days < 0) return { value: words.number(String(-days)), whole: isOne ? words.say('day late') : words.say('days late'), status: 'below' };
  return { value: words.number(String(days)), whole: isOne ? words.say('day to go') : words.say('days to go') };
}

/** Missed targets come before everything else: customers notice them first. */
function missedTargets(input: ReportInput, promised: readonly TargetLine[]): readonly NotAllRight[] {
  return promised
    .filter((line) => line.status === 'below')
    .map((line) => ({
      status: line.status,
      what: `${titleOf(line.promise.agreement)}: ${figureCaption(line.promise.subject, line.series, line.promise.basis, input.words)}`,
      about: input.words.say('target'),
      place: sourcePlace(input.locator, line.promise.place),
    }));
}

function targetSection(input: ReportInput, heading: string, anchor: string, lines: readonly TargetLine[]): Block | undefined {
  if (lines.length === 0) return undefined;
  const counts = tally(lines);
  return section(heading, [targetTable(input, lines, { caption: tallyInWords(counts, input.period, input.words), byAgreement: true })], { anchor });
}
