/** What the values of a column mean in the model: decided where one meaning fits, else left open. */
import type { RecordField } from '../../../language/model/record-kinds.ts';
import { openName } from '../../../language/values/open.ts';
import { wordsOf } from './column-words.ts';
import type { ColumnProfile } from './profile.ts';
import { fixedWord, truthOf } from './value-words.ts';

/** A declared thing that a field may name. */
export interface DeclaredName {
  readonly id: string;
  readonly title?: string;
}

export interface TableEntry {
  readonly text: string;
  readonly rows: number;
  /** A name or word, or {@link openName}. */
  readonly value: string;
}

/** An entry for every value that does not stand for itself. */
export function tableOf(column: ColumnProfile, field: RecordField, declared: readonly DeclaredName[]): readonly TableEntry[] {
  const meaning = meaningOf(column, field, declared);
  return column.common.flatMap(({ text, rows }) => {
    const value = meaning(text) ?? openName;
    return value === text ? [] : [{ text, rows, value }];
  });
}

function meaningOf({ common }: ColumnProfile, { type, words }: RecordField, declared: readonly DeclaredName[]): (text: string) => string | undefined {
  if (type === 'word') return (text) => fixedWord(text, words ?? []);
  if (type === 'boolean') return truthOf;
  const found = new Map(common.map(({ text }) => [text, declaredMeaning(text, declared)]));
  // Two values for one name: one of them is not it.
  return (text) => {
    const id = found.get(text);
    return id !== undefined && (text === id || ![...found].some(([other, of]) => other !== text && of === id)) ? id : undefined;
  };
}

/** The only declared thing that a value can mean. */
function declaredMeaning(text: string, declared: readonly DeclaredName[]): string | undefined {
  const own = wordsOf(text).join(' ');
  const ways: readonly ((name: DeclaredName) => boolean)[] = [
    ({ id }) => id === text,
    ({ id, title }) => wordsOf(id).join(' ') === own || (title !== undefined && wordsOf(title).join(' ') === own),
    // “3 - Moderate” is P3, if P3 is not called something else there.
    ({ id, title }) => numberOf(text) !== undefined && numberOf(text) === numberOf(id) && (title === undefined || restOf(text) === '' || restOf(text) === wordsOf(title).join(' ')),
    // A number that says something else contradicts the words.
    ({ id, title }) => title !== undefined && restOf(text) !== '' && restOf(text) === wordsOf(title).join(' ') && (numberOf(text) === undefined || numberOf(id) === undefined),
  ];
  for (const fits of ways) {
    const [one, ...others] = declared.filter(fits);
    if (one && others.length === 0) return one.id;
  }
  return undefined;
}

/** The number of a rank: of P1, prio-2, “3 - Moderate”. */
function numberOf(text: string): string | undefined {
  return /^[A-Za-z]*[- ]?([0-9])(?![0-9])/.exec(text)?.[1];
}

function restOf(text: string): string {
  return wordsOf(text.replace(/^[A-Za-z]?[0-9]+/, '')).join(' ');
}
