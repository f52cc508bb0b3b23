/** The flows of processes: drawn in lanes, whether they can run, who does what, and how long they may take (4.4, 8.1). */
import { inWords, isKept, type PromiseCheck } from '../../analysis/flow/flow-times.ts';
import { isProvedSound, verdictInWords, type PromisedFlow } from '../../analysis/flow/flow-study.ts';
import { limitInWords } from '../../analysis/flow/time-limits.ts';
import { placeOf } from '../../assessment/remark.ts';
import { at, attention, column, lead, list, paragraph, section, table, unknown, words } from '../block-builders.ts';
import type { Block, Cell, Document, Section } from '../blocks.ts';
import { titleById, titleOf } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import { plural } from '../renderers/format-values.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import { flowBlocks } from './flow-figure.ts';

export const processFlows: ReportDefinition = {
  id: 'process-flows',
  title: 'Process flows',
  description: 'The flows of processes drawn in lanes: whether they can run, the way to what goes wrong, who does what, time limits and promises.',
  clause: '8.1',
  parameters: { process: 'optional' },
  build,
};

function build(input: ReportInput): Document {
  const { model, process: id } = input;
  const [organization] = model.all('Organization');
  const flows = (input.flows?.() ?? []).filter(({ process }) => id === undefined || process.name === id);
  const drawn = flows.filter(({ process }) => process.nodes.length > 0);
  const without = flows.filter(({ process }) => process.nodes.length === 0);
  return {
    id: id === undefined ? 'process-flows' : `process-flows-${id}`,
    title: 'Process flows',
    ...(id === undefined ? {} : { subtitle: titleById(model, 'Process', id) }),
    language: 'en',
    organization: organization === undefined ? 'Organization not declared' : titleOf(organization),
    provenance: input.provenance,
    blocks: [
      lead(flows.length === 0 ? 'No process is declared.' : `${drawn.filter(isProvedSound).length} of ${plural(flows.length, 'process', 'processes')} ${flows.length === 1 ? 'is' : 'are'} proved to run: they can always come to their end, nothing is left to do then, and no step is never carried out.`),
      ...(without.length === 0 ? [] : [paragraph(`Without a flow: ${without.map(({ process }) => titleOf(process)).join(', ')}.`)]),
      ...drawn.map((flow) => flowSection(flow, input)),
    ],
  };
}

function flowSection(flow: PromisedFlow, { model, locator }: ReportInput): Section {
  const { process, verdict, neverEnds, time, promises } = flow;
  const faults = verdict.kind === 'unsound' ? verdict.faults : [];
  return section(
    titleOf(process),
    [
      ...(process.purpose === undefined ? [] : [paragraph(process.purpose)]),
      paragraph(`The flow: ${verdictInWords(flow)}.`, ...(process.owner === undefined ? [] : [` Owner: ${titleById(model, 'Actor', process.owner)}.`])),
      ...faults.map(({ message, path }): Block => attention(at(sourcePlace(locator, placeOf(process, ...path)), message))),
      ...(neverEnds ? [attention(`It can never end, for what it calls comes back to it: ${[...neverEnds.circle, process.name].map((name) => titleById(model, 'Process', name)).join(' → ')}.`)] : []),
      ...flowBlocks(flow, model, locator),
      ...(time ? [paragraph(inWords(process, time))] : []),
      ...promiseBlocks(promises),
    ],
    { anchor: `process-${process.name}` },
  );
}

function promiseBlocks(promises: readonly PromiseCheck[]): readonly Block[] {
  if (promises.length === 0) return [];
  const compared = promises.filter(({ time }) => time !== undefined);
  if (compared.length === 0) return [list([[`${plural(promises.length, 'promise')} of agreements ${promises.length === 1 ? 'is' : 'are'} not compared: no step on the way says that it keeps ${promises.length === 1 ? 'it' : 'them'}, or none states a limit.`]])];
  return [
    table(
      [column('Promise'), column('Promised'), column('By the limits of the steps'), column('Verdict')],
      promises.map((check): Cell[] => [
        words(`${check.promise.target} of ${check.promise.agreementName}${check.promise.priorities.length === 0 ? '' : `, ${check.promise.priorities.join(', ')}`}`),
        words(limitInWords(check.promised)),
        check.time ? words(limitInWords(check.time.limit)) : unknown('not compared'),
        words(isKept(check) === undefined ? 'not known' : isKept(check) === true ? 'fits' : 'too long'),
      ]),
      { density: 'dense', caption: ['What agreements promise, and what the steps on the way may take'] },
    ),
  ];
}
