/** Gaps by clause, those that come first before the others, with the kind of work that closes each. */
import { listedGaps, type Effort, type ListedGap, type Priority } from '../../analysis/gap-list.ts';
import type { RequirementStatus } from '../../assessment/assessment.ts';
import type { Block, Cell } from '../blocks.ts';
import { at, code, column, count, date, definitions, paragraph, quiet, section, strong, table, words as text } from '../block-builders.ts';
import { titleById } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import type { Axis } from '../facts/gaps.ts';
import { message, type Words } from '../words/words.ts';
import type { ReportInput } from '../report.ts';

export function gapsOf(input: ReportInput): readonly ListedGap[] {
  return listedGaps(input.remarks, input.assessment.requirements);
}

/** How marks and priorities are meant. */
export function legend(words: Words): Block {
  const of = (term: string, meaning: string): readonly [string, readonly string[]] => [term, [meaning]];
  return definitions([
    of(words.say('scaffold'), words.say('a quick fix in the editor writes the declaration or fact; people fill it in')),
    of(words.say('decide'), words.say('people have to judge, agree or approve first')),
    of(words.say('collect'), words.say('records or evidence of what is done have to come together')),
    of(words.say('priority 1'), words.say('an error on a row without which a system hardly counts as one: scope, plan, internal audit, management review, control of what others do')),
    of(words.say('priority 2, 3, 4'), words.say('an error, a warning, information; how grave a nonconformity is, an auditor decides')),
  ]);
}

const effortNames: Readonly<Record<Effort, string>> = { scaffold: message('scaffold'), decide: message('decide'), collect: message('collect') };
const axisNames: Readonly<Record<Axis, string>> = { declared: message('declared'), evidenced: message('evidenced'), effective: message('effective') };

export function effortSection(gaps: readonly ListedGap[], words: Words): Block {
  const priorities: readonly Priority[] = [1, 2, 3, 4];
  const columnsOf: readonly Effort[] = ['scaffold', 'decide', 'collect'];
  const rows = priorities.map((priority): Cell[] => {
    const own = gaps.filter((gap) => gap.priority === priority);
    return [text(words.say('Priority {0}', priority)), count(own.length), ...columnsOf.map((effort) => count(own.filter(({ efforts }) => efforts.includes(effort)).length))];
  });
  return section(words.say('What there is to do'), [table([column(words.say('Priority')), column(words.say('Gaps'), 'number'), ...columnsOf.map((effort) => column(words.say(effortNames[effort]), 'number'))], rows, { caption: [words.say('A gap may need more than one kind of work.')] }), legend(words)], { anchor: 'to-do' });
}

export function gapSections(input: ReportInput, gaps: readonly ListedGap[]): Block {
  const { words } = input;
  if (gaps.length === 0) {
    const checked = input.assessment.requirements.filter((row) => row.checked).length;
    return section(words.say('Gaps by clause'), [paragraph(checked === 0 ? words.say('No catalogue row has been checked, so nothing is known.') : words.say('No gap found in the {0} catalogue rows that are checked.', checked))], { anchor: 'gaps' });
  }
  const clauses = [...new Set(gaps.map(({ clause }) => clause))];
  return section(
    words.say('Gaps by clause'),
    clauses.map((clause) => {
      const rows = gaps.filter((gap) => gap.clause === clause).map((gap) => gapRow(input, gap));
      return section(`${clause} ${input.catalogue.clause(clause)?.title ?? ''}`, [table([column(words.say('Priority'), 'number'), column(words.say('What is missing'), 'text', { width: 'wide' }), column(words.say('Rows'), 'text', { width: 'narrow' }), column(words.say('Axis'), 'text', { width: 'narrow' }), column(words.say('Work'), 'text', { width: 'narrow' }), column(words.say('Place'), 'text', { width: 'narrow' })], rows, { rowHead: 1 })]);
    }),
    { anchor: 'gaps' },
  );
}

function gapRow(input: ReportInput, { priority, message, rows, axes, efforts, place }: ListedGap): Cell[] {
  const { words } = input;
  const found = sourcePlace(input.locator, place);
  return [count(priority), text(message), text(rows.join(', ')), text(axes.map((axis) => words.say(axisNames[axis])).join(', ')), text(efforts.map((effort) => words.say(effortNames[effort])).join(', ')), text(found === undefined ? quiet(words.say('the whole system')) : at(found, code(`${found.file}:${found.line}`)))];
}

/** What is open and not in the list of gaps: accepted for a time, needed later, not known, not applicable. */
export function restSection(input: ReportInput): Block {
  const { words } = input;
  const rows = input.assessment.requirements;
  const accepted = rows.filter(({ applicability, waived, declared, evidenced, effective }) => applicability === 'applicable' && waived !== undefined && [declared, evidenced, effective].includes('no'));
  const of = (applicability: RequirementStatus['applicability']): readonly RequirementStatus[] => rows.filter((row) => row.applicability === applicability);
  const told = new Set(input.remarks.flatMap(({ row, remark }) => (remark.kind === 'unknown' ? [row] : [])));
  const silent = of('applicable').filter(({ id, checked, effective }) => checked && effective === 'unknown' && !told.has(id)).length;
  const unknown = byReason(input.remarks.flatMap(({ row, remark }) => (remark.kind === 'unknown' ? [{ id: row, reason: remark.reason }] : [])), words);
  const reasons = (heading: string, entries: readonly (readonly [string, readonly string[]])[], anchor: string): readonly Block[] =>
    entries.length === 0 ? [] : [section(heading, [table([column(words.say('Why'), 'text', { width: 'wide' }), column(words.say('Rows'))], entries.map(([reason, ids]): Cell[] => [text(reason), text(ids.join(', '))]), { density: 'dense' })], { anchor })];
  const blocks: readonly Block[] = [
    ...(accepted.length === 0
      ? []
      : [
          section(words.say('Open, accepted until a date'), [
            table(
              [column(words.say('Row')), column(words.say('Until'), 'date'), column(words.say('Approved by')), column(words.say('Reason'), 'text', { width: 'wide' })],
              accepted.map(({ id, waived }): Cell[] => [text(strong(id)), date(waived?.until), text(titleById(input.model, 'Party', waived?.approvedBy ?? '')), text(waived?.reason ?? '')]),
            ),
          ], { anchor: 'accepted' }),
        ]),
    ...(silent === 0 ? [] : [paragraph(words.count(silent, 'Of {0} row that applies nothing tells yet whether what is done is effective: no record, no metric of a process that serves it and no audit that found nothing.', 'Of {0} rows that apply nothing tells yet whether what is done is effective: no record, no metric of a process that serves it and no audit that found nothing.'))]),
    ...reasons(words.say('Needed later'), byReason(of('later'), words), 'later'),
    ...reasons(words.say('Not known'), unknown, 'unknown'),
    ...reasons(words.say('Not applicable'), byReason(of('notApplicable'), words), 'not-applicable'),
  ];
  return section(words.say('What else is open, and what does not apply'), blocks.length === 0 ? [paragraph(words.say('Nothing.'))] : blocks, { anchor: 'rest' });
}

function byReason(entries: readonly { readonly id: string; readonly reason?: string }[], words: Words): readonly (readonly [string, readonly string[]])[] {
  const groups = new Map<string, Set<string>>();
  for (const { id, reason = words.say('no reason is given') } of entries) groups.set(reason, (groups.get(reason) ?? new Set()).add(id));
  return [...groups].map(([reason, ids]) => [reason, [...ids]]);
}
