/** Fields that the history of a record tells: when it reached a state, how often it changed hands. */
import { recordKinds } from '../../../language/model/record-kinds.ts';
import { quoteShortText } from '../../../language/values/text.ts';
import { nameScore } from './column-words.ts';
import { holderNames, stateNames } from './field-names.ts';
import type { ColumnProfile } from './profile.ts';
import { stateMeaning, type StateMeaning } from './value-words.ts';

/** More states are texts. */
const mostStates = 60;

/** The column that holds the state of a record: of several the one that is called so most plainly. */
export function stateColumn(columns: readonly ColumnProfile[], varying: ReadonlyMap<string, number>): ColumnProfile | undefined {
  return best(columns, stateNames, ({ name, different }) => different > 1 && different <= mostStates && (varying.get(name) ?? 0) > 0);
}

export function holderColumn(columns: readonly ColumnProfile[], varying: ReadonlyMap<string, number>): ColumnProfile | undefined {
  return best(columns, holderNames, ({ name, filled }) => filled > 0 && (varying.get(name) ?? 0) > 0);
}

/** Columns that are called like states beside the one that was taken. */
export function otherStates(columns: readonly ColumnProfile[], taken: ColumnProfile | undefined): readonly ColumnProfile[] {
  return columns.filter((column) => column !== taken && column.different > 1 && column.different <= mostStates && nameScore(column.name, stateNames) >= 0.45);
}

function best(columns: readonly ColumnProfile[], names: readonly string[], fits: (column: ColumnProfile) => boolean): ColumnProfile | undefined {
  return columns
    .map((column) => ({ column, score: fits(column) ? nameScore(column.name, names) : 0 }))
    .filter(({ score }) => score >= 0.5)
    .toSorted((a, b) => b.score - a.score)[0]?.column;
}

/** In which states a field’s moment lies; of several choices the first that the data has. */
const reached: Readonly<Record<string, { readonly which: 'first' | 'last'; readonly meanings: readonly StateMeaning[] }>> = {
  responded: { which: 'first', meanings: ['working'] },
  restored: { which: 'last', meanings: ['resolved', 'closed'] },
  resolved: { which: 'last', meanings: ['resolved', 'closed'] },
  fulfilled: { which: 'last', meanings: ['resolved', 'closed'] },
  implemented: { which: 'last', meanings: ['resolved', 'closed'] },
  closed: { which: 'last', meanings: ['closed'] },
};

/** Fields without which nothing can be said of how long records took. */
const needed: ReadonlySet<string> = new Set(['restored', 'resolved', 'fulfilled', 'implemented']);

export interface HistoryField {
  readonly field: string;
  /** `first time <state> = …` */
  readonly which: 'first' | 'last';
  /** Empty: which they are is left open. */
  readonly states: readonly string[];
}

/** What the states say of the moments of a kind’s records. */
export function historyFields(kind: string, state: ColumnProfile): readonly HistoryField[] {
  const meanings = new Map(state.common.map(({ text }) => [text, stateMeaning(text)]));
  return Object.entries(reached).flatMap(([field, { which, meanings: wanted }]): HistoryField[] => {
    if (!Object.hasOwn(recordKinds[kind]?.fields ?? {}, field)) return [];
    const states = wanted.map((meaning) => [...meanings].flatMap(([text, of]) => (of === meaning ? [text] : []))).find((found) => found.length > 0) ?? [];
    return states.length === 0 && !needed.has(field) ? [] : [{ field, which, states }];
  });
}

export function waitingStates(state: ColumnProfile): readonly string[] {
  return state.common.flatMap(({ text }) => (stateMeaning(text) === 'waiting' ? [text] : []));
}

/** `= "Resolved"`, `is one of "Resolved", "Done"`. */
export function isOneOf(states: readonly string[]): string {
  return states.length === 1 ? `= ${quoteShortText(states[0]!)}` : `is one of ${states.map(quoteShortText).join(', ')}`;
}
