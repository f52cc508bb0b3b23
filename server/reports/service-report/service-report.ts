/**
 * The service report (9.4) for a customer and a period: what was promised, what was kept, why not, and what follows.
 * It reads the agreements with that customer and nothing of any other; of people it names those who own an action.
 */
import type { Agreement, Customer, DeclarationTypes } from '../../../language/model/declarations.ts';
import type { Block, Document, KeyFigure } from '../blocks.ts';
import { definitions, keyFigures, lead, list, paragraph, section } from '../block-builders.ts';
import { figureCaption } from '../facts/captions.ts';
import { FigureIndex, valueInWords } from '../facts/figures.ts';
import { titleById, titleOf, titlesById } from '../facts/names.ts';
import { agreementsInForce } from '../facts/targets.ts';
import { tally, tallyStatus, targetFigure, targetLines, targetTable } from '../parts/service-levels.ts';
import type { TargetLine } from '../parts/service-levels.ts';
import { plural, printPeriod } from '../renderers/format-values.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import { actionSection } from './actions.ts';
import { breachSection } from './breaches.ts';
import { creditSection } from './credits.ts';
import { methodSection } from './method.ts';
import { availabilitySection, majorIncidentSection } from './records.ts';
import { supplierSection } from './suppliers.ts';
import { workloadSection } from './workload.ts';

export const serviceReport: ReportDefinition = {
  id: 'service-report',
  title: 'Service report',
  description: 'For a customer and a period: targets and trends, breaches with their causes, availability, workload, credits, agreed actions.',
  clause: '9.4',
  parameters: { period: true, customer: 'each-too' },
  build,
};

/** What the parts of the report share: the agreements that it may speak of, and their figures. */
export interface ServiceReportContext {
  readonly input: ReportInput;
  readonly figures: FigureIndex;
  readonly customer: Customer | undefined;
  readonly agreements: readonly Agreement[];
  /** Services of those agreements. */
  readonly services: readonly string[];
  readonly lines: readonly TargetLine[];
}

function build(input: ReportInput): Document {
  const context = contextOf(input);
  const { customer, agreements, lines } = context;
  const [organization] = input.model.all('Organization');
  const definition = definitionFor(context);
  const counts = tally(lines);
  const blocks: (Block | undefined)[] = [
    keyFigures(keyFiguresOf(context)),
    section(
      'Summary',
      agreements.length === 0
        ? [paragraph(`No service level agreement was in force in ${printPeriod(input.period.id)}${customer === undefined ? '' : ` with ${titleOf(customer)}`}.`)]
        : [
            lead(summary(lines)),
            ...(counts.below > 0 ? [list(lines.filter((line) => line.status === 'below').slice(0, mostSentences).map((line) => [sentenceOf(line)]))] : []),
            definitions([
              ['Purpose', [definition?.purpose ?? `To show what was promised and what was delivered in ${printPeriod(input.period.id)}, and to agree on what follows.`]],
              ['Audience', [audience(context, definition)]],
              ['Period', [`${input.period.firstDay} to ${input.period.lastDay}`]],
              ['Agreements', [agreements.map(titleOf).join('; ')]],
              ['Services', [titlesById(input.model, 'Service', context.services)]],
            ]),
          ],
      { anchor: 'summary' },
    ),
    lines.length === 0 ? undefined : section('Service level targets', [targetTable(input, lines, { byAgreement: agreements.length > 1 })], { anchor: 'targets' }),
    breachSection(context),
    trendSection(context),
    availabilitySection(context),
    workloadSection(context),
    majorIncidentSection(context),
    supplierSection(context),
    creditSection(context),
    actionSection(context),
    methodSection(context),
  ];
  return {
    id: ['service-report', input.period.id, ...(customer === undefined ? [] : [customer.name])].join('-'),
    title: `Service report, ${printPeriod(input.period.id)}`,
    subtitle: customer === undefined ? 'All customers – internal edition, not to be passed on' : `For ${titleOf(customer)}`,
    ...(customer !== undefined || definition === undefined || definition.audience.length === 0 ? {} : { audience: audience(context, definition) }),
    language: 'en',
    organization: organization === undefined ? 'Organization not declared' : titleOf(organization),
    provenance: input.provenance,
    blocks: blocks.filter((block) => block !== undefined),
  };
}

function contextOf(input: ReportInput): ServiceReportContext {
  const figures = new FigureIndex(input.measurements);
  const customer = input.model.get('Customer', input.customer);
  const agreements = agreementsInForce(input.model, input.period).filter((agreement) => agreement.type === 'sla' && (input.customer === undefined || agreement.customer === input.customer));
  return { input, figures, customer, agreements, services: [...new Set(agreements.flatMap((agreement) => agreement.services))], lines: targetLines(input, figures, agreements) };
}

type DeclaredReport = DeclarationTypes['ServiceReport'];

/** The declared report that speaks of these agreements and of no other customer's. */
function definitionFor({ input, agreements }: ServiceReportContext): DeclaredReport | undefined {
  const names = new Set(agreements.map((agreement) => agreement.name));
  return input.model.all('ServiceReport').find((report) => report.agreements.length > 0 && report.agreements.every((name) => names.has(name)));
}

function audience({ input, customer }: ServiceReportContext, definition: DeclaredReport | undefined): string {
  if (definition !== undefined && definition.audience.length > 0) return titlesById(input.model, 'Party', definition.audience);
  return customer === undefined ? 'the service provider' : titleById(input.model, 'Party', customer.name);
}

function keyFiguresOf({ lines, input }: ServiceReportContext): readonly KeyFigure[] {
  const counts = tally(lines);
  const availability = lines.filter((line) => line.promise.basis === 'time');
  return [
    {
      name: 'Targets met',
      value: String(counts.met + counts.warning),
      whole: `of ${counts.judged}`,
      status: tallyStatus(counts),
      note: [lines.length === 0 ? 'none was in force' : counts.withoutVerdict === 0 ? 'every target has a verdict' : `${plural(counts.withoutVerdict, 'target')} without a verdict`],
    },
    { name: 'Targets missed', value: String(counts.below), ...(counts.below > 0 ? { status: 'below' as const } : {}), note: [counts.warning > 0 ? `${counts.warning} more only just met` : printPeriod(input.period.id)] },
    ...(availability.length === 0 ? [] : [availabilityFigure(availability)]),
  ];
}

function availabilityFigure(lines: readonly TargetLine[]): KeyFigure {
  const worst = lines.toSorted((a, b) => Number(a.series.last?.value ?? Infinity) - Number(b.series.last?.value ?? Infinity))[0];
  const value = worst?.series.last === undefined ? undefined : valueInWords(worst.series.last);
  return {
    name: lines.length === 1 ? 'Availability' : 'Lowest availability',
    value: value ?? 'unknown',
    ...(worst === undefined ? {} : { status: worst.status, note: [worst.promise.subject.replace(/^Availability of /, '')] }),
  };
}

function summary(lines: readonly TargetLine[]): string {
  const counts = tally(lines);
  if (counts.judged === 0) return 'No target has a verdict: too little is known.';
  const rest = counts.withoutVerdict === 0 ? '' : ` ${plural(counts.withoutVerdict, 'target has', 'targets have')} no verdict.`;
  if (counts.below === 0) return `All ${plural(counts.judged, 'target')} with a verdict were met.${rest}`;
  return `${counts.below} of ${plural(counts.judged, 'target')} with a verdict ${counts.below === 1 ? 'was' : 'were'} missed.${rest}`;
}

/** A summary is short; the table has the rest. */
const mostSentences = 8;

function sentenceOf(line: TargetLine): string {
  return `${titleOf(line.promise.agreement)}: ${figureCaption(line.promise.subject, line.series, line.promise.basis)}`;
}

/** Up to so many targets each get a run chart; of more, those that were missed or only just met. */
const mostCharts = 12;

function trendSection({ input, lines }: ServiceReportContext): Block | undefined {
  const known = lines.filter((line) => line.series.figures.some((figure) => figure?.value !== undefined));
  const urgent = known.filter((line) => line.status === 'below' || line.status === 'warning');
  const chosen = known.length <= mostCharts ? known : urgent.slice(0, mostCharts);
  const charts = chosen.flatMap((line) => targetFigure(input, line) ?? []);
  if (charts.length === 0) return undefined;
  const note = known.length > chosen.length ? [paragraph(`Shown for ${chosen.length} of ${plural(known.length, 'target')}: those missed or only just met. The table above has the trend of each.`)] : [];
  return section('Trends', [...note, ...charts], { anchor: 'trends' });
}
