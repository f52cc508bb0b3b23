import { Option } from 'commander';
import type { FilePlace, Place } from '../../../language/model/finding.ts';
import type { Change, ComparedSubject } from '../../analysis/comparison/change.ts';
import type { ComparedRevisions } from '../../analysis/comparison/compared-revisions.ts';
import { effectInWords, rowGroups, rowInWords, subjectInWords, subjectOf, valuesInWords } from '../../analysis/comparison/words.ts';
import { topics } from '../../analysis/comparison/change.ts';
import { betweenInWords, changesReport, topicInWords } from '../../reports/changes/changes.ts';
import { changeSummary } from '../../reports/changes/summary.ts';
import { renderText } from '../../reports/render-document.ts';
import { wordsIn } from '../../reports/words/words.ts';
import { comparedWith } from '../compared-with.ts';
import { printedJson } from '../format-option.ts';
import { exitCodes } from '../io.ts';
import { shownPlace } from '../located.ts';
import { measureProject, openProject, withProjectOptions, type ProjectSelection } from '../open-project.ts';
import type { AddCommand } from '../run.ts';
import type { DiffResult } from '../schemas/diff.ts';
import { counted, safeForTerminal, terminalStyle, type Style } from '../style.ts';

// The command line speaks English, whatever language documents are in.
const english = wordsIn('en');

interface DiffOptions extends ProjectSelection {
  readonly format: 'text' | 'json' | 'summary' | 'md' | 'html';
  readonly failOn: 'lost' | 'never';
  readonly measure: boolean;
}

/** `itsms diff`: what changed in meaning since a revision. */
export const diffCommand: AddCommand = (program, io, ended) => {
  withProjectOptions(program.command('diff'))
    .description('Tell what changed in meaning since a tag or commit: requirements gained and lost, promises tightened or loosened, approvals voided, …')
    .argument('<revision>', 'the earlier state: a tag, a branch, a commit, HEAD~3')
    .argument('[to]', 'the later state (default: the text as it is now)')
    .addOption(new Option('--format <format>', 'how to print; “summary” is Markdown short enough for a comment on a pull request').choices(['text', 'json', 'summary', 'md', 'html']).default('text'))
    .addOption(new Option('--fail-on <what>', 'with which change the exit code is 1').choices(['lost', 'never']).default('never'))
    .option('--no-measure', 'read no data: what rests on it is unknown in both states')
    .action(async (from: string, to: string | undefined, options: DiffOptions) => {
      const project = await openProject(options, io);
      if (options.measure) await measureProject(project, io);
      const compared = await comparedWith(project, from, to, io);
      switch (options.format) {
        case 'text':
          io.out(diffText(compared, terminalStyle(io.colour)));
          break;
        case 'json':
          io.out(printedJson(diffResult(compared)));
          break;
        case 'summary':
          io.out(changeSummary(compared));
          break;
        case 'md':
        case 'html':
          io.out(renderText(changesReport.build({ ...(await project.reportInput()), changes: compared }), options.format));
          break;
      }
      const isLost = compared.comparison.rows.some(({ effect }) => effect === 'lost' || effect === 'gap opened');
      ended(options.failOn === 'lost' && isLost ? exitCodes.findings : exitCodes.fine);
    });
};

function diffResult({ asOf, from, to, isMeasured, comparison, passed, locator }: ComparedRevisions): DiffResult {
  const subject = (one: ComparedSubject | undefined): DiffResult['changes'][number]['before'] => (one ? { type: one.type, id: one.id, title: one.title } : null);
  const placed = (place: Place | FilePlace | undefined): DiffResult['changes'][number]['place'] => {
    if (place === undefined || !locator.locate(place)) return null;
    const { file, line, column } = shownPlace(place, locator);
    return { file, line, column };
  };
  return {
    asOf,
    from,
    to: to ?? null,
    isMeasured,
    requirements: comparison.rows.map((row) => ({ ...row, reasons: [...row.reasons] })),
    changes: comparison.changes.map(({ topic, effect, before, after, details }) => ({
      topic,
      effect,
      before: subject(before),
      after: subject(after),
      place: placed(after && { entity: after.key }),
      details: details.map((detail) => ({ what: detail.what, before: detail.before ?? null, after: detail.after ?? null, effect: detail.effect, from: detail.from ?? null })),
    })),
    passed: passed.map(({ kind, on, subject: name, event, place }) => ({ kind, on, subject: name, event, place: placed(place) })),
  };
}

function diffText(compared: ComparedRevisions, style: Style): string {
  const { comparison: { rows, changes }, passed } = compared;
  const blocks: string[][] = [];
  for (const { heading, effects } of rowGroups) {
    const own = rows.filter(({ effect }) => effects.includes(effect));
    if (own.length > 0) blocks.push([style.strong(heading), ...own.flatMap((row) => [`  ${safeForTerminal(rowInWords(row))}`, ...row.reasons.slice(0, 1).map((reason) => style.quiet(`      ${safeForTerminal(reason)}`))])]);
  }
  for (const topic of topics) {
    const own = changes.filter((change) => change.topic === topic);
    if (own.length > 0) blocks.push([style.strong(topicInWords(topic, english)), ...own.flatMap((change) => changeLines(change))]);
  }
  if (passed.length > 0) blocks.push([style.strong(`Ran out since ${compared.from.on} by the passing of time`), ...passed.map(({ on, subject, event }) => `  ${on} ${safeForTerminal(subject)}: ${event}`)]);
  const last = rows.length + changes.length === 0 ? 'Nothing changed in meaning' : `${counted(rows.length, 'difference')} in how rows of the catalogue stand, ${counted(changes.length, 'changed declaration')}`;
  return `${[...blocks, [`${last}, ${safeForTerminal(betweenInWords(compared, english))}.`]].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function changeLines(change: Change): readonly string[] {
  const subject = subjectOf(change);
  if (!subject) return [];
  const name = safeForTerminal(`${subjectInWords(subject)} (${subject.id})`);
  if (!change.before || !change.after) return [`  ${name}: ${effectInWords(change.effect)}`];
  return [`  ${name}`, ...change.details.map((detail) => {
    const values = valuesInWords(detail);
    return `      ${safeForTerminal(`${detail.what}: ${values === '' ? '' : `${values}: `}${effectInWords(detail.effect)}`)}`;
  })];
}
