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
import { sourcePlace } from '../parts/places.ts';
import { areaMap } from '../parts/process-areas.ts';
import { tally, tallyInWords, tallyStatus, targetLines, targetTable } from '../parts/service-levels.ts';
import type { TargetLine } from '../parts/service-levels.ts';
import { plural, printPeriod } from '../renderers/format-values.ts';
import { isNarrowed, narrowingKinds } from '../narrowing.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
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
  const [organization] = input.model.all('Organization');
  const figures = new FigureIndex(input.measurements);
  const agreements = agreementsInForce(input.model, input.period);
  const lines = (type: 'sla' | 'ola' | 'contract'): readonly TargetLine[] => targetLines(input, figures, agreements.filter((agreement) => agreement.type === type));
  const promised = lines('sla');
  const blocks: (Block | undefined)[] = [
    keyFigures(keyFiguresOf(input, promised)),
    columns('wide-and-narrow', [
      section('What is not all right', gapBlocks(input, { most: gapsShownFirst, rest: 'gaps', before: missedTargets(input, promised) }), { anchor: 'not-all-right' }),
      section('What is next', nextBlocks(input, 7), { anchor: 'next' }),
    ]),
    // Rows of the catalogue belong to no service, customer or owner.
    concernsRows(input) ? clauseSection(input, areaMap(input, 'process-areas')) : undefined,
    targetSection(input, 'Service level targets', 'service-levels', promised),
    targetSection(input, 'Suppliers', 'suppliers', lines('contract')),
    targetSection(input, 'Internal agreements', 'internal-agreements', lines('ola')),
    feasibilitySection(input),
    metricSection(input, figures),
    findingsThatMatter(input.assessment).length > gapsShownFirst ? section('Gaps', gapBlocks(input, { most: gapsShownInAll }), { anchor: 'gaps' }) : undefined,
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
  const counts = tally(promised);
  const rows = input.assessment.requirements;
  const checked = rows.filter((row) => row.checked);
  const gaps = checked.filter(hasGap).length;
  const accepted = checked.filter(isAccepted).length;
  const due = dueWithin(input);
  const open = openNonconformities(input);
  const oldest = open.find(({ age }) => age !== undefined)?.age;
  const milestone = input.certification.find(({ event }) => event === 'milestone');
  const next = [...due.overdue, ...due.within30][0];
  return [
    {
      name: 'Service level targets met',
      value: String(counts.met + counts.warning),
      whole: `of ${counts.judged}`,
      status: tallyStatus(counts),
      note: [`${printPeriod(input.period.id)}: ${counts.below} missed${counts.warning > 0 ? `, ${counts.warning} only just met` : ''}, ${counts.withoutVerdict} without a verdict`],
    },
    ...(concernsRows(input)
      ? [{
          name: 'Catalogue rows with a gap',
          value: String(gaps),
          whole: `of ${checked.length} checked`,
          ...(gaps > 0 ? { status: 'below' as const } : {}),
          note: [`${accepted > 0 ? `${accepted} more accepted until a date; ` : ''}${rows.length - checked.length} of ${rows.length} not yet checked`],
        }]
      : [{ name: 'Gaps', value: String(findingsThatMatter(input.assessment).length), note: ['errors and warnings, of those that stand at what is shown'] }]),
    {
      name: 'Due within 30 days',
      value: String(due.within30.length),
      ...(due.overdue.length > 0 ? { whole: `and ${due.overdue.length} overdue`, status: 'below' as const } : due.within30.length > 0 ? { status: 'warning' as const } : { status: 'met' as const }),
      note: next === undefined ? ['nothing overdue'] : [`first: ${next.subject}, ${next.on}`],
    },
    {
      name: 'Open nonconformities',
      value: String(open.length),
      note: open.length === 0 ? ['none'] : [`${open.filter(({ item }) => item.grade === 'major').length} major${oldest === undefined ? '' : `; oldest ${plural(oldest, 'day')}`}`],
    },
    ...(milestone === undefined
      ? []
      : [{ name: milestone.what, ...daysToGo(daysBetween(input.asOf, milestone.on)), note: [`${milestone.on}, ${milestone.basis}`] }]),
  ];
}

function daysToGo(days: number): Pick<KeyFigure, 'value' | 'whole' | 'status'> {
  const whole = Math.abs(days) === 1 ? 'day' : 'days';
  return days < 0 ? { value: String(-days), whole: `${whole} late`, status: 'below' } : { value: String(days), whole: `${whole} to go` };
}

/** Missed targets come before everything else: customers notice them first. */
function missedTargets(input: ReportInput, promised: readonly TargetLine[]): readonly NotAllRight[] {
  return promised
    .filter((line) => line.status === 'below')
    .map((line) => ({
      status: line.status,
      what: `${titleOf(line.promise.agreement)}: ${figureCaption(line.promise.subject, line.series, line.promise.basis)}`,
      about: 'target',
      place: sourcePlace(input.locator, line.promise.place),
    }));
}

function targetSection(input: ReportInput, heading: string, anchor: string, lines: readonly TargetLine[]): Block | undefined {
  if (lines.length === 0) return undefined;
  const counts = tally(lines);
  return section(heading, [targetTable(input, lines, { caption: tallyInWords(counts, input.period), byAgreement: true })], { anchor });
}
