/** Gaps by clause, those that come first before the others, with the kind of work that closes each. */
import { listedGaps, type Effort, type ListedGap, type Priority } from '../../analysis/gap-list.ts';
import type { RequirementStatus } from '../../assessment/assessment.ts';
import type { Block, Cell } from '../blocks.ts';
import { at, code, column, count, date, definitions, paragraph, quiet, section, strong, table, words } from '../block-builders.ts';
import { titleById } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import { plural } from '../renderers/format-values.ts';
import type { ReportInput } from '../report.ts';

export function gapsOf(input: ReportInput): readonly ListedGap[] {
  return listedGaps(input.remarks, input.assessment.requirements);
}

/** How marks and priorities are meant. */
export function legend(): Block {
  const of = (term: string, meaning: string): readonly [string, readonly string[]] => [term, [meaning]];
  return definitions([
    of('scaffold', 'a quick fix in the editor writes the declaration or fact; people fill it in'),
    of('decide', 'people have to judge, agree or approve first'),
    of('collect', 'records or evidence of what is done have to come together'),
    of('priority 1', 'an error on a row without which a system hardly counts as one: scope, plan, internal audit, management review, control of what others do'),
    of('priority 2, 3, 4', 'an error, a warning, information; how grave a nonconformity is, an auditor decides'),
  ]);
}

export function effortSection(gaps: readonly ListedGap[]): Block {
  const priorities: readonly Priority[] = [1, 2, 3, 4];
  const columnsOf: readonly Effort[] = ['scaffold', 'decide', 'collect'];
  const rows = priorities.map((priority): Cell[] => {
    const own = gaps.filter((gap) => gap.priority === priority);
    return [words(`Priority ${priority}`), count(own.length), ...columnsOf.map((effort) => count(own.filter(({ efforts }) => efforts.includes(effort)).length))];
  });
  return section('What there is to do', [table([column('Priority'), column('Gaps', 'number'), column('scaffold', 'number'), column('decide', 'number'), column('collect', 'number')], rows, { caption: ['A gap may need more than one kind of work.'] }), legend()], { anchor: 'to-do' });
}

export function gapSections(input: ReportInput, gaps: readonly ListedGap[]): Block {
  if (gaps.length === 0) {
    const checked = input.assessment.requirements.filter((row) => row.checked).length;
    return section('Gaps by clause', [paragraph(checked === 0 ? 'No catalogue row has been checked, so nothing is known.' : `No gap found in the ${plural(checked, 'catalogue row')} that are checked.`)], { anchor: 'gaps' });
  }
  const clauses = [...new Set(gaps.map(({ clause }) => clause))];
  return section(
    'Gaps by clause',
    clauses.map((clause) => {
      const rows = gaps.filter((gap) => gap.clause === clause).map((gap) => gapRow(input, gap));
      return section(`${clause} ${input.catalogue.clause(clause)?.title ?? ''}`, [table([column('Priority', 'number'), column('What is missing', 'text', { width: 'wide' }), column('Rows', 'text', { width: 'narrow' }), column('Axis', 'text', { width: 'narrow' }), column('Work', 'text', { width: 'narrow' }), column('Place', 'text', { width: 'narrow' })], rows, { rowHead: 1 })]);
    }),
    { anchor: 'gaps' },
  );
}

function gapRow(input: ReportInput, { priority, message, rows, axes, efforts, place }: ListedGap): Cell[] {
  const found = sourcePlace(input.locator, place);
  return [count(priority), words(message), words(rows.join(', ')), words(axes.join(', ')), words(efforts.join(', ')), words(found === undefined ? quiet('the whole system') : at(found, code(`${found.file}:${found.line}`)))];
}

/** What is open and not in the list of gaps: accepted for a time, needed later, not known, not applicable. */
export function restSection(input: ReportInput): Block {
  const rows = input.assessment.requirements;
  const accepted = rows.filter(({ applicability, waived, declared, evidenced, effective }) => applicability === 'applicable' && waived !== undefined && [declared, evidenced, effective].includes('no'));
  const of = (applicability: RequirementStatus['applicability']): readonly RequirementStatus[] => rows.filter((row) => row.applicability === applicability);
  const told = new Set(input.remarks.flatMap(({ row, remark }) => (remark.kind === 'unknown' ? [row] : [])));
  const silent = of('applicable').filter(({ id, checked, effective }) => checked && effective === 'unknown' && !told.has(id)).length;
  const unknown = byReason(input.remarks.flatMap(({ row, remark }) => (remark.kind === 'unknown' ? [{ id: row, reason: remark.reason }] : [])));
  const reasons = (heading: string, entries: readonly (readonly [string, readonly string[]])[], anchor: string): readonly Block[] =>
    entries.length === 0 ? [] : [section(heading, [table([column('Why', 'text', { width: 'wide' }), column('Rows')], entries.map(([reason, ids]): Cell[] => [words(reason), words(ids.join(', '))]), { density: 'dense' })], { anchor })];
  const blocks: readonly Block[] = [
    ...(accepted.length === 0
      ? []
      : [
          section('Open, accepted until a date', [
            table(
              [column('Row'), column('Until', 'date'), column('Approved by'), column('Reason', 'text', { width: 'wide' })],
              accepted.map(({ id, waived }): Cell[] => [words(strong(id)), date(waived?.until), words(titleById(input.model, 'Party', waived?.approvedBy ?? '')), words(waived?.reason ?? '')]),
            ),
          ], { anchor: 'accepted' }),
        ]),
    ...(silent === 0 ? [] : [paragraph(`Of ${plural(silent, 'row')} that ${silent === 1 ? 'applies' : 'apply'} nothing tells yet whether what is done is effective: no record, no metric of a process that serves it and no audit that found nothing.`)]),
    ...reasons('Needed later', byReason(of('later')), 'later'),
    ...reasons('Not known', unknown, 'unknown'),
    ...reasons('Not applicable', byReason(of('notApplicable')), 'not-applicable'),
  ];
  return section('What else is open, and what does not apply', blocks.length === 0 ? [paragraph('Nothing.')] : blocks, { anchor: 'rest' });
}

function byReason(entries: readonly { readonly id: string; readonly reason?: string }[]): readonly (readonly [string, readonly string[]])[] {
  const groups = new Map<string, Set<string>>();
  for (const { id, reason = 'no reason is given' } of entries) groups.set(reason, (groups.get(reason) ?? new Set()).add(id));
  return [...groups].map(([reason, ids]) => [reason, [...ids]]);
}
