/** The page of one process. */
import type { FlowNode, Process } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import { catalogue } from '../../../language/catalogue/catalogue.ts';
import { isProvedSound, type PromisedFlow } from '../../analysis/flow/flow-study.ts';
import { flowOf, type Arrow } from '../../analysis/flow/flow.ts';
import { placeOf } from '../../assessment/remark.ts';
import type { Block, Cell, Inline, Inlines, Section, Table } from '../blocks.ts';
import { at, attention, column, definitions, jump, list, note, paragraph, quiet, section, statusCell, table, unknown, words as text } from '../block-builders.ts';
import { flowDiagram } from '../charts/flow-diagram.ts';
import { basisInWords, statusOf, type FigureIndex } from '../facts/figures.ts';
import { titleById, titleOf, titlesById } from '../facts/names.ts';
import { metricBasis } from '../facts/targets.ts';
import { lengthInWords, limitInWords, quantityInWords } from '../facts/quantities.ts';
import { actualCell } from '../parts/service-levels.ts';
import { sourcePlace } from '../parts/places.ts';
import { diagramOf } from '../process-flows/flow-figure.ts';
import { nextReviewOf } from '../registers/in-words.ts';
import type { ReportInput } from '../report.ts';
import { raciOf, requirementsOf } from './process-facts.ts';

/** With more nodes nobody reads a drawing: the table says the same. */
const mostDrawn = 120;

export function anchorOfProcess({ name }: Pick<Process, 'name'>): string {
  return `process-${name}`;
}

export function processSection(input: ReportInput, figures: FigureIndex, flow: PromisedFlow): Section {
  const { words, locator } = input;
  const { process } = flow;
  return section(
    titleOf(process),
    [
      ...(process.purpose === undefined ? [] : [paragraph(at(sourcePlace(locator, { entity: process.$key }), process.purpose))]),
      ...missing(input, process),
      definitions(facts(input, process)),
      ...interfaceTables(input, process),
      ...flowBlocks(input, flow),
      ...metricBlocks(input, figures, process),
      ...procedureBlocks(input, process),
      section(words.say('Requirements met'), [requirementBlock(input, process)]),
    ],
    { anchor: anchorOfProcess(process) },
  );
}

/** What the standard asks of a process and the model does not say. */
function missing({ words }: ReportInput, process: Process): readonly Block[] {
  const lacks = [
    ...(process.owner === undefined ? [words.say('who owns it')] : []),
    ...(process.inputs.length === 0 ? [words.say('its inputs')] : []),
    ...(process.outputs.length === 0 ? [words.say('its outputs')] : []),
    ...(process.criteria.length === 0 ? [words.say('its criteria')] : []),
    ...(process.nodes.length === 0 ? [words.say('its flow')] : []),
    ...(process.metrics.length === 0 ? [words.say('what measures it')] : []),
  ];
  return lacks.length === 0 ? [] : [attention(words.say('Not declared: {0}.', words.list(lacks)))];
}

function facts({ model, words }: ReportInput, process: Process): readonly (readonly [string, Inlines])[] {
  const optional = (term: string, meaning: string | undefined): (readonly [string, Inlines])[] => (meaning === undefined || meaning === '' ? [] : [[term, [meaning]]]);
  const systems = [...new Set(process.nodes.flatMap((node) => (node.$type === 'Step' ? node.tools : [])))];
  const approval = process.approvals.toSorted((a, b) => (a.on < b.on ? 1 : -1))[0];
  const due = nextReviewOf(process.review);
  return [
    ...optional(words.say('Owner'), process.owner === undefined ? undefined : titleById(model, 'Actor', process.owner)),
    ...optional(words.say('Starts when'), process.entry),
    ...optional(words.say('Ends when'), process.exit),
    ...optional(words.say('Criteria'), process.criteria.join('; ')),
    ...optional(words.say('Closed within'), process.closureWithin === undefined ? undefined : inHours({ model, words }, process.closureWithin, process.closureClock)),
    ...optional(words.say('Escalated'), process.escalateAt === undefined ? undefined : words.say('when {0} of the time allowed has passed', quantityInWords(words, process.escalateAt))),
    ...optional(words.say('Operated by'), process.operators.length === 0 ? undefined : [titlesById(model, 'Provider', process.operators), ...(process.operatedPart === undefined ? [] : [process.operatedPart])].join('; ')),
    ...optional(words.say('Works with'), titlesById(model, 'Process', process.interactsWith)),
    ...optional(words.say('Systems'), systems.join(', ')),
    ...optional(words.say('Records kept'), [...process.records, ...recordSources(model, process)].join('; ')),
    ...optional(words.say('Described in'), process.file === undefined ? (process.noDocument === undefined ? undefined : words.say('no document: {0}', process.noDocument)) : process.version === undefined ? process.file : words.say('{0}, version {1}', process.file, process.version)),
    ...optional(words.say('Approved'), approval === undefined ? undefined : words.say('by {0} on {1}', titleById(model, 'Party', approval.by), words.dateInWords(approval.on))),
    ...optional(words.say('Next review'), due === undefined ? undefined : words.dateInWords(due)),
  ];
}

/** Sources whose records show the steps of the process. */
function recordSources(model: Model, { name }: Process): readonly string[] {
  return model.all('Source').filter(({ flow }) => flow?.process === name).flatMap(({ title }) => title ?? []);
}

function inHours({ model, words }: Pick<ReportInput, 'model' | 'words'>, length: string, clock: string | undefined): string {
  const time = lengthInWords(words, length);
  return clock === undefined || clock === 'always' ? time : `${time} (${titleById(model, 'Calendar', clock)})`;
}

function interfaceTables(input: ReportInput, process: Process): readonly Block[] {
  const { words } = input;
  const names = (items: readonly { readonly name: string; readonly party: string | undefined; readonly said: string | undefined }[]): readonly Cell[][] => {
    const byName = new Map<string, Inlines[]>();
    for (const { name, party, said } of items) {
      const who: Inlines = party === undefined ? (said === undefined ? [] : [said]) : [counterpart(input, party)];
      byName.set(name, [...(byName.get(name) ?? []), ...(who.length === 0 ? [] : [who])]);
    }
    return [...byName].map(([name, whom]): Cell[] => [text(inTitle(name)), whom.length === 0 ? unknown(words.say('not declared')) : text(...joined(whom))]);
  };
  const inputs = names(process.inputs.map((one) => ({ name: one.name, party: one.from, said: one.fromText })));
  const outputs = names(process.outputs.map((one) => ({ name: one.name, party: one.to, said: one.toText })));
  if (inputs.length + outputs.length === 0) return [];
  return [
    section(words.say('Inputs and outputs'), [
      {
        kind: 'section',
        layout: 'two-columns',
        blocks: [
          ...(inputs.length === 0 ? [] : [table([column(words.say('Input')), column(words.say('From'))], inputs, { density: 'dense' })]),
          ...(outputs.length === 0 ? [] : [table([column(words.say('Output')), column(words.say('To'))], outputs, { density: 'dense' })]),
        ],
      },
    ]),
  ];
}

/** `known-error-candidate` as people read it: inputs and outputs have names only. */
function inTitle(name: string): string {
  const spaced = name.replaceAll('-', ' ');
  return `${spaced.charAt(0).toUpperCase()}${spaced.slice(1)}`;
}

/** Of a document about one process, the pages of the others stand elsewhere. */
function counterpart({ model, process: only }: ReportInput, id: string): Inline {
  const process = model.get('Process', id);
  return process === undefined || only !== undefined ? titleById(model, 'Counterpart', id) : jump(anchorOfProcess(process), titleOf(process));
}

function joined(parts: readonly Inlines[]): Inlines {
  return parts.flatMap((part, index): Inlines => [...(index > 0 ? [', '] : []), ...part]);
}

function flowBlocks(input: ReportInput, flow: PromisedFlow): readonly Block[] {
  const { words, model } = input;
  const { process } = flow;
  if (process.nodes.length === 0) return [];
  const steps = stepTable(input, process);
  const doubt = isProvedSound(flow) ? [] : [note(words.say('The flow is not proved to come to its end in every case; the report on process flows says why.'))];
  if (process.nodes.length > mostDrawn) return [section(words.say('Flow'), [...doubt, steps])];
  const diagram = diagramOf(flow, model, words);
  return [
    section(words.say('Flow'), [
      ...doubt,
      {
        kind: 'figure',
        anchor: `flow-${process.name}`,
        drawing: flowDiagram({ ...diagram, language: words.language }),
        caption: [words.say('{0} in {1} lanes, one for each who carries out steps.', titleOf(process), diagram.lanes.length)],
        alternative: words.say('Flow of {0} with {1} nodes in {2} lanes; the table lists the steps in their order.', titleOf(process), process.nodes.length, diagram.lanes.length),
        table: steps,
      },
    ]),
  ];
}

function stepTable(input: ReportInput, process: Process): Table {
  const { words, model, locator } = input;
  const flow = flowOf(process);
  const hasTools = process.nodes.some((node) => node.$type === 'Step' && node.tools.length > 0);
  const [hasConsulted, hasInformed] = (['C', 'I'] as const).map((letter) => process.nodes.some((node) => (raciOf(node)?.[letter].length ?? 0) > 0));
  const hasLimits = process.nodes.some((node) => node.$type === 'Step' && node.within !== undefined);
  const parties = (ids: readonly string[] | undefined): Cell => text(ids === undefined ? '' : titlesById(model, 'Party', ids));
  return table(
    [
      column(words.say('No.'), 'number', { width: 'narrow' }), column(words.say('Step')), column(words.say('R: carries out')), column(words.say('A: answers for it')), ...(hasConsulted ? [column(words.say('C: is asked'))] : []), ...(hasInformed ? [column(words.say('I: is told'))] : []),
      ...(hasTools ? [column(words.say('System'))] : []), ...(hasLimits ? [column(words.say('Within'), 'text', { width: 'narrow' })] : []), column(words.say('Then')),
    ],
    process.nodes.map((node, index): Cell[] => {
      const raci = raciOf(node);
      return [
        { kind: 'number', value: String(index + 1) },
        text(at(sourcePlace(locator, placeOf(process, 'nodes', index, 'name')), nodeTitle(model, node)), ...details(input, node)),
        parties(raci?.R), parties(raci?.A), ...(hasConsulted ? [parties(raci?.C)] : []), ...(hasInformed ? [parties(raci?.I)] : []),
        ...(hasTools ? [text(node.$type === 'Step' ? node.tools.join(', ') : '')] : []),
        ...(hasLimits ? [text(node.$type === 'Step' && node.within !== undefined ? inHours(input, node.within, node.clock) : '')] : []),
        text(flow.nodes[index]!.arrows.map((arrow) => thenInWords(input, process, arrow)).join('; ')),
      ];
    }),
    { density: 'dense', rowHead: 1 },
  );
}

function nodeTitle(model: Model, node: FlowNode): string {
  return node.title ?? (node.$type === 'Step' && node.calls !== undefined ? titleById(model, 'Process', node.calls) : node.name);
}

/** What kind of node it is, what it takes, produces and meets: quietly, behind its title. */
function details({ words, model }: ReportInput, node: FlowNode): readonly Inline[] {
  const said = ((): readonly string[] => {
    switch (node.$type) {
      case 'Step':
        return [
          ...(node.calls === undefined ? [] : [words.say('carries out {0}', titleById(model, 'Process', node.calls))]),
          ...(node.takes.length === 0 ? [] : [words.say('takes {0}', words.list(node.takes.map(lowerTitle)))]),
          ...(node.produces.length === 0 ? [] : [words.say('produces {0}', words.list(node.produces.map(lowerTitle)))]),
          ...(node.satisfies.length === 0 ? [] : [words.say('meets {0}', words.list(node.satisfies.map((id) => id.replace(/^iso20000:/, ''))))]),
        ];
      case 'Decision':
        return [words.say('decision')];
      case 'Fork':
        return [words.say('side by side')];
      case 'Join':
        return [words.say('waits for all')];
    }
  })();
  return said.length === 0 ? [] : [quiet(` – ${said.join('; ')}`)];
}

function lowerTitle(name: string): string {
  return name.replaceAll('-', ' ');
}

function thenInWords({ words, model }: ReportInput, { nodes }: Process, { to, outcome }: Arrow): string {
  const target = typeof to === 'number' ? nodeTitle(model, nodes[to]!) : to === 'end' ? words.say('the end') : to === 'missing' ? words.say('nothing is said') : words.say('a name that leads nowhere');
  return outcome === undefined ? target : `${outcome}: ${target}`;
}

function metricBlocks(input: ReportInput, figures: FigureIndex, process: Process): readonly Block[] {
  const { words, model, period } = input;
  const metrics = process.metrics.flatMap((id) => model.get('Metric', id) ?? []);
  if (metrics.length === 0) return [];
  return [
    section(words.say('Metrics'), [
      table(
        [column(words.say('Metric')), column(words.say('Target'), 'text', { width: 'narrow' }), column(words.say('Latest value'), 'number'), column(words.say('Of'), 'text', { width: 'narrow' }), column(words.say('Period'), 'text', { width: 'narrow' }), column(words.say('Status'), 'status')],
        metrics.map((metric): Cell[] => {
          const series = figures.series({ kind: 'metric', metric: metric.name }, period);
          const { last } = series;
          const when = series.periods.at(-1);
          const known = last?.value !== undefined;
          return [
            text(at(sourcePlace(input.locator, { entity: metric.$key }), titleOf(metric)), ...(metric.purpose === undefined ? [] : [quiet(` – ${metric.purpose}`)])),
            text(metric.target === undefined ? '' : limitInWords(words, metric.comparison, metric.target)),
            actualCell(series, words),
            text(known ? (basisInWords(last, metricBasis(metric), words) ?? '') : ''),
            text(known && when !== undefined ? words.period(when.id) : quiet(words.say('no figure'))),
            statusCell(statusOf(last)),
          ];
        }),
        { density: 'dense' },
      ),
    ]),
  ];
}

function procedureBlocks({ words, model }: ReportInput, process: Process): readonly Block[] {
  const procedures = model.all('Procedure').filter((procedure) => procedure.process === process.name);
  if (procedures.length === 0) return [];
  return [section(words.say('Procedures'), [list(procedures.map((one): Inlines => [[titleOf(one), ...(one.file === undefined ? [] : [one.version === undefined ? one.file : words.say('{0}, version {1}', one.file, one.version)])].join(': ')]))])];
}

function requirementBlock({ words }: ReportInput, process: Process): Block {
  const ids = requirementsOf(process);
  if (ids.length === 0) return attention(words.say('No requirement is declared that this process meets.'));
  return list(ids.map((id): Inlines => [[id, catalogue.clause(id)?.title ?? catalogue.row(id)?.title ?? ''].join(' ').trim()]));
}
