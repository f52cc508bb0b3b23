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
import { errorBudgetSection } from '../parts/error-budgets.ts';
import { tally, tallyStatus, targetFigure, targetLines, targetTable } from '../parts/service-levels.ts';
import type { TargetLine } from '../parts/service-levels.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import type { Words } from '../words/words.ts';
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
  const { words } = input;
  const period = words.period(input.period.id);
  const definition = definitionFor(context);
  const counts = tally(lines);
  const blocks: (Block | undefined)[] = [
    keyFigures(keyFiguresOf(context)),
    section(
      words.say('Summary'),
      agreements.length === 0
        ? [paragraph(customer === undefined ? words.say('No service level agreement was in force in {0}.', period) : words.say('No service level agreement was in force in {0} with {1}.', period, titleOf(customer)))]
        : [
            lead(summary(lines, words)),
            ...(counts.below > 0 ? [list(lines.filter((line) => line.status === 'below').slice(0, mostSentences).map((line) => [sentenceOf(line, words)]))] : []),
            definitions([
              [words.say('Purpose'), [definition?.purpose ?? words.say('To show what was promised and what was delivered in {0}, and to agree on what follows.', period)]],
              [words.say('Audience'), [audience(context, definition)]],
              [words.say('Period'), [words.say('{0} to {1}', words.date(input.period.firstDay), words.date(input.period.lastDay))]],
              [words.say('Agreements'), [agreements.map(titleOf).join('; ')]],
              [words.say('Services'), [titlesById(input.model, 'Service', context.services)]],
            ]),
          ],
      { anchor: 'summary' },
    ),
    lines.length === 0 ? undefined : section(words.say('Service level targets'), [targetTable(input, lines, { byAgreement: agreements.length > 1 })], { anchor: 'targets' }),
    breachSection(context),
    trendSection(context),
    errorBudgetSection(input, lines),
    availabilitySection(context),
    workloadSection(context),
    majorIncidentSection(context),
    supplierSection(context),
    creditSection(context),
    actionSection(context),
    methodSection(context),
  ];
  return reportDocument(input, {
    id: ['service-report', input.period.id, ...(customer === undefined ? [] : [customer.name])].join('-'),
    title: words.say('Service report, {0}', period),
    subtitle: customer === undefined ? words.say('All customers – internal edition, not to be passed on') : words.say('For {0}', titleOf(customer)),
    ...(customer !== undefined || definition === undefined || definition.audience.length === 0 ? {} : { audience: audience(context, definition) }),
    blocks,
  });
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
  return customer === undefined ? input.words.say('the service provider') : titleById(input.model, 'Party', customer.name);
}

function keyFiguresOf({ lines, input }: ServiceReportContext): readonly KeyFigure[] {
  const counts = tally(lines);
  const { words } = input;
  const availability = lines.filter((line) => line.promise.basis === 'time');
  return [
    {
      name: words.say('Targets met'),
      value: words.number(String(counts.met + counts.warning)),
      whole: words.say('of {0}', counts.judged),
      status: tallyStatus(counts),
      note: [lines.length === 0 ? words.say('none was in force') : counts.withoutVerdict === 0 ? words.say('every target has a verdict') : words.count(counts.withoutVerdict, '{0} target without a verdict', '{0} targets without a verdict')],
    },
    { name: words.say('Targets missed'), value: words.number(String(counts.below)), ...(counts.below > 0 ? { status: 'below' as const } : {}), note: [counts.warning > 0 ? words.say('{0} more only just met', counts.warning) : words.period(input.period.id)] },
    ...(availability.length === 0 ? [] : [availabilityFigure(availability, input)]),
  ];
}

function availabilityFigure(lines: readonly TargetLine[], { words, model }: ReportInput): KeyFigure {
  const worst = lines.toSorted((a, b) => Number(a.series.last?.value ?? Infinity) - Number(b.series.last?.value ?? Infinity))[0];
  const value = worst?.series.last === undefined ? undefined : valueInWords(worst.series.last, words);
  return {
    name: lines.length === 1 ? words.say('Availability') : words.say('Lowest availability'),
    value: value ?? words.say('unknown'),
    ...(worst === undefined ? {} : { status: worst.status, note: [titlesById(model, 'Service', worst.promise.agreement.services)] }),
  };
}

function summary(lines: readonly TargetLine[], words: Words): string {
  const counts = tally(lines);
  if (counts.judged === 0) return words.say('No target has a verdict: too little is known.');
  const rest = counts.withoutVerdict === 0 ? '' : ` ${words.count(counts.withoutVerdict, '{0} target has no verdict.', '{0} targets have no verdict.')}`;
  if (counts.below === 0) return `${words.count(counts.judged, 'The one target with a verdict was met.', 'All {0} targets with a verdict were met.')}${rest}`;
  return `${words.count(counts.below, '{0} of {1} with a verdict was missed.', '{0} of {1} with a verdict were missed.', words.count(counts.judged, '{0} target', '{0} targets'))}${rest}`;
}

/** A summary is short; the table has the rest. */
const mostSentences = 8;

function sentenceOf(line: TargetLine, words: Words): string {
  return `${titleOf(line.promise.agreement)}: ${figureCaption(line.promise.subject, line.series, line.promise.basis, words)}`;
}

/** Up to so many targets each get a run chart; of more, those that were missed or only just met. */
const mostCharts = 12;

function trendSection({ input, lines }: ServiceReportContext): Block | undefined {
  const known = lines.filter((line) => line.series.figures.some((figure) => figure?.value !== undefined));
  const urgent = known.filter((line) => line.status === 'below' || line.status === 'warning');
  const chosen = known.length <= mostCharts ? known : urgent.slice(0, mostCharts);
  const charts = chosen.flatMap((line) => targetFigure(input, line) ?? []);
  if (charts.length === 0) return undefined;
  const { words } = input;
  const note = known.length > chosen.length ? [paragraph(words.count(known.length, 'Shown for {1} of {0} target: those missed or only just met. The table above has the trend of each.', 'Shown for {1} of {0} targets: those missed or only just met. The table above has the trend of each.', chosen.length))] : [];
  return section(words.say('Trends'), [...note, ...charts], { anchor: 'trends' });
}
