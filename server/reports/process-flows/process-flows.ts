/** The flows of processes: drawn in lanes, whether they can run, who does what, and how long they may take (4.4, 8.1). */
import { inWords, isKept, type PromiseCheck } from '../../analysis/flow/flow-times.ts';
import { isProvedSound, verdictInWords, type PromisedFlow } from '../../analysis/flow/flow-study.ts';
import { limitInWords } from '../../analysis/flow/time-limits.ts';
import { placeOf } from '../../assessment/remark.ts';
import { at, attention, column, lead, list, paragraph, section, table, unknown, words as text } from '../block-builders.ts';
import type { Block, Cell, Document, Section } from '../blocks.ts';
import { titleById, titleOf } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import type { Words } from '../words/words.ts';
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
  const { model, process: id, words } = input;
  const flows = (input.flows?.() ?? []).filter(({ process }) => id === undefined || process.name === id);
  const drawn = flows.filter(({ process }) => process.nodes.length > 0);
  const without = flows.filter(({ process }) => process.nodes.length === 0);
  return reportDocument(input, {
    id: id === undefined ? 'process-flows' : `process-flows-${id}`,
    title: words.say('Process flows'),
    ...(id === undefined ? {} : { subtitle: titleById(model, 'Process', id) }),
    blocks: [
      lead(flows.length === 0 ? words.say('No process is declared.') : words.count(flows.length, '{1} of {0} process is proved to run: it can always come to its end, nothing is left to do then, and no step is never carried out.', '{1} of {0} processes are proved to run: they can always come to their end, nothing is left to do then, and no step is never carried out.', drawn.filter(isProvedSound).length)),
      ...(without.length === 0 ? [] : [paragraph(words.say('Without a flow: {0}.', without.map(({ process }) => titleOf(process)).join(', ')))]),
      ...drawn.map((flow) => flowSection(flow, input)),
    ],
  });
}

function flowSection(flow: PromisedFlow, input: ReportInput): Section {
  const { model, locator, words } = input;
  const { process, verdict, neverEnds, time, promises } = flow;
  const faults = verdict.kind === 'unsound' ? verdict.faults : [];
  return section(
    titleOf(process),
    [
      ...(process.purpose === undefined ? [] : [paragraph(process.purpose)]),
      paragraph(words.say('The flow: {0}.', verdictInWords(flow)), ...(process.owner === undefined ? [] : [` ${words.say('Owner: {0}.', titleById(model, 'Actor', process.owner))}`])),
      ...faults.map(({ message, path }): Block => attention(at(sourcePlace(locator, placeOf(process, ...path)), message))),
      ...(neverEnds ? [attention(words.say('It can never end, for what it calls comes back to it: {0}.', [...neverEnds.circle, process.name].map((name) => titleById(model, 'Process', name)).join(' → ')))] : []),
      ...flowBlocks(flow, input),
      ...(time ? [paragraph(inWords(process, time))] : []),
      ...promiseBlocks(promises, words),
    ],
    { anchor: `process-${process.name}` },
  );
}

function promiseBlocks(promises: readonly PromiseCheck[], words: Words): readonly Block[] {
  if (promises.length === 0) return [];
  const compared = promises.filter(({ time }) => time !== undefined);
  if (compared.length === 0) return [list([[words.count(promises.length, '{0} promise of agreements is not compared: no step on the way says that it keeps it, or none states a limit.', '{0} promises of agreements are not compared: no step on the way says that it keeps them, or none states a limit.')]])];
  return [
    table(
      [column(words.say('Promise')), column(words.say('Promised')), column(words.say('By the limits of the steps')), column(words.say('Verdict'))],
      promises.map((check): Cell[] => [
        text(`${words.say('{0} of {1}', check.promise.target, check.promise.agreementName)}${check.promise.priorities.length === 0 ? '' : `, ${check.promise.priorities.join(', ')}`}`),
        text(limitInWords(check.promised)),
        check.time ? text(limitInWords(check.time.limit)) : unknown(words.say('not compared')),
        text(isKept(check) === undefined ? words.say('not known') : isKept(check) === true ? words.say('fits') : words.say('too long')),
      ]),
      { density: 'dense', caption: [words.say('What agreements promise, and what the steps on the way may take')] },
    ),
  ];
}
