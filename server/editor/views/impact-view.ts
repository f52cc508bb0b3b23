/** The Impact view: whom a declaration touches, by groups, each with the way; the money at stake, and the requirements that rest on it. */
import type { EntityKey } from '../../../language/model/declarations.ts';
import type { RowChange } from '../../analysis/comparison/change.ts';
import { rowName, stateInWords } from '../../analysis/comparison/words.ts';
import type { DependencyGraph } from '../../analysis/impact/dependency-graph.ts';
import { impactGroups, impactSummary, type ImpactGroup, type ImpactSummary } from '../../analysis/impact/impact-summary.ts';
import { wayInWords, type Reached, type Strength } from '../../analysis/impact/impact.ts';
import { feesInWords, groupInWords, stakeInWords, strengthInWords } from '../../analysis/impact/words.ts';
import { counted } from '../../assessment/wording.ts';
import { plain } from '../markdown.ts';
import { colors, joined, line, lines, marked, type Mark, type ViewInput, type ViewItem } from './view-item.ts';

export interface ImpactViewInput extends Pick<ViewInput, 'model' | 'asOf'> {
  readonly graph: DependencyGraph;
  /** The rows that would stand worse without a declaration: worked out when somebody opens them. */
  readonly restingOn: (key: EntityKey) => readonly RowChange[];
}

const icons: Readonly<Record<ImpactGroup, string>> = { services: 'server-process', agreements: 'note', customers: 'organization', processes: 'git-branch', figures: 'graph', others: 'list-unordered' };

/** @param subject key of what the view is about; undefined: nothing has been chosen */
export function impactView(input: ImpactViewInput, subject: string | undefined, parent: string | undefined): readonly ViewItem[] {
  const summary = subject === undefined ? undefined : impactSummary(input.model, input.graph, subject, input.asOf);
  if (!summary) return [];
  if (parent === undefined) return [subjectItem(summary)];
  if (parent === 'subject') return groupItems(summary);
  if (parent === 'money') return moneyItems(summary);
  if (parent === 'requirements') return requirementItems(input, summary);
  const group = impactGroups.find((one) => parent === `group ${one}`);
  return group === undefined ? [] : summary.groups[group].map((one) => reachedItem(summary, one));
}

function subjectItem(summary: ImpactSummary): ViewItem {
  const { subject, reached } = summary;
  const description = joined(subject.typeWords, reached.length === 0 ? 'touches nothing else' : `touches ${counted(reached.length, 'other', 'others')}`);
  return line('target', { id: 'subject', label: subject.title, description, context: 'subject', hasChildren: true, isExpanded: true, place: subject.place });
}

function groupItems(summary: ImpactSummary): readonly ViewItem[] {
  const groups = impactGroups.flatMap((group): ViewItem[] => {
    const own = summary.groups[group];
    if (own.length === 0) return [];
    const needing = own.filter(({ strength }) => strength === 'needs').length;
    return [line(icons[group], { id: `group ${group}`, label: groupInWords(group), description: joined(String(own.length), needing > 0 ? `${needing} ${needing === 1 ? 'needs' : 'need'} it` : ''), context: 'group', hasChildren: true, isExpanded: group === 'customers' })];
  });
  const fees = feesInWords(summary.fees);
  return [
    ...groups,
    ...(summary.money.length === 0 ? [] : [line('credit-card', { id: 'money', label: 'Money', description: fees, context: 'group', hasChildren: true })]),
    // Of a part there is no saying without its whole.
    ...(summary.subject.key === summary.subject.declaration.$key ? [line('checklist', { id: 'requirements', label: 'Requirements that would stand worse without it', context: 'group', hasChildren: true })] : []),
  ];
}

const marks: Readonly<Record<Strength, Mark>> = {
  needs: { icon: 'error', color: colors.error, words: 'needs it' },
  'one of several': { icon: 'warning', color: colors.warning, words: 'others stand in' },
  concerned: { icon: 'circle-outline', words: 'concerned' },
};

function reachedItem(summary: ImpactSummary, one: Reached): ViewItem {
  const { node, strength } = one;
  const way = wayInWords(summary, one);
  return marked(marks[strength], {
    id: `reached ${node.key}`, label: node.title, description: joined(node.typeWords, strengthInWords(strength)), context: 'reached', hasChildren: false, place: node.place,
    tooltip: lines(`**${plain(node.title)}**`, plain(`${way}.`)),
  });
}

function moneyItems(summary: ImpactSummary): readonly ViewItem[] {
  return summary.money.map(({ reached, agreement, stake }) => line('credit-card', { id: `money ${agreement.$key}`, label: agreement.title ?? agreement.name, description: stakeInWords(stake), context: 'money', hasChildren: false, place: reached.node.place }));
}

function requirementItems(input: ImpactViewInput, summary: ImpactSummary): readonly ViewItem[] {
  const rows = input.restingOn(summary.subject.declaration.$key);
  if (rows.length === 0) return [line('pass', { id: 'requirements none', label: 'None', context: 'none', hasChildren: false })];
  return rows.map(({ row, on, before, after, reasons }) =>
    line('checklist', { id: `requirement ${row} ${on}`, label: rowName(row), description: `${on}: ${stateInWords(before)} → ${stateInWords(after)}`, context: 'row', hasChildren: false, code: row, tooltip: lines(`**${plain(rowName(row))}**`, ...reasons.map(plain)) }),
  );
}
