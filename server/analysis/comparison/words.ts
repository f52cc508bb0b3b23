/** Changes in the words of a management review. */
import { catalogue } from '../../../language/catalogue/catalogue.ts';
import type { Change, ComparedSubject, Comparison, Detail, Effect, RowChange, RowState, Topic } from './change.ts';

const effects: Readonly<Record<Effect, string>> = {
  added: 'added', removed: 'removed', tightened: 'tightened: more is promised', loosened: 'loosened: less is promised', extended: 'extended', reduced: 'reduced', raised: 'raised', lowered: 'lowered',
  retired: 'retired', reinstated: 'in service again', given: 'given', withdrawn: 'withdrawn', voided: 'voided: what was approved has changed', restored: 'stands again', expired: 'holds no longer', renewed: 'holds again',
  gained: 'gained', lost: 'lost', 'gap opened': 'a gap opened', 'gap closed': 'the gap is gone', renamed: 'renamed', unbound: 'what was approved has changed, and the approval does not say what it was given for', changed: 'changed',
};

export function effectInWords(effect: Effect): string {
  return effects[effect];
}

const states: Readonly<Record<RowState, string>> = { yes: 'no gap found', no: 'a gap', unknown: 'not known', notRequired: 'not required', applicable: 'applies', notApplicable: 'does not apply', later: 'needed later', accepted: 'gap accepted', notAccepted: 'gap not accepted' };

export function stateInWords(state: RowState): string {
  return states[state];
}

/** `SLA “E-mail, gold”`. */
export function subjectInWords({ type, title }: ComparedSubject): string {
  return `${type} “${title}”`;
}

/** What the change is about: as it is called now, or was. */
export function subjectOf({ before, after }: Change): ComparedSubject | undefined {
  return after ?? before;
}

/** `at least 99.9% → at least 99.5%`; what is only on one side is said so. */
export function valuesInWords({ before, after, from }: Detail): string {
  const values = before === undefined ? (after === undefined ? '' : after) : after === undefined ? `no longer ${before}` : before === after ? before : `${before} → ${after}`;
  return from === undefined ? values : `${values}${values === '' ? '' : ', '}from ${from} on`;
}

/** `8.3.3.1 “Service level agreements”`. */
export function rowName(row: string): string {
  const title = catalogue.row(row)?.title;
  return title === undefined ? row : `${row} “${title}”`;
}

/** `8.3.3.1 “Service level agreements”: evidenced: no gap found → a gap`. */
export function rowInWords({ row, on, before, after }: RowChange): string {
  return `${rowName(row)}: ${on === 'applicability' || on === 'waiver' ? '' : `${on}: `}${stateInWords(before)} → ${stateInWords(after)}`;
}

/** How often an effect stands in the details of changes of some themes, and in these themselves. */
export function countEffect({ changes }: Comparison, effect: Effect, topics?: readonly Topic[]): number {
  return changes
    .filter(({ topic }) => topics === undefined || topics.includes(topic))
    .reduce((sum, change) => sum + (change.before && change.after ? change.details.filter((detail) => detail.effect === effect).length : change.effect === effect ? 1 : 0), 0);
}

/** Rows with a change of an effect, each counted once whatever the number of axes. */
export function rowsWith({ rows }: Comparison, ...wanted: readonly Effect[]): readonly string[] {
  return [...new Set(rows.filter(({ effect }) => wanted.includes(effect)).map(({ row }) => row))];
}

/** Changes of rows under the headings under which they are told. */
export const rowGroups: readonly { readonly heading: string; readonly effects: readonly Effect[]; readonly anchor: string }[] = [
  { heading: 'Requirements lost', effects: ['lost'], anchor: 'lost' },
  { heading: 'New gaps where nothing was known or asked before', effects: ['gap opened'], anchor: 'new-gaps' },
  { heading: 'Requirements gained', effects: ['gained'], anchor: 'gained' },
  { heading: 'Gaps gone, but not known to be met', effects: ['gap closed'], anchor: 'gaps-gone' },
  { heading: 'Requirements that apply or are accepted differently', effects: ['changed', 'given', 'withdrawn'], anchor: 'otherwise' },
];

export const promiseTopics: readonly Topic[] = ['agreements'];
