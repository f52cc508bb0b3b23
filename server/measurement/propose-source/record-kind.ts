/** Which kind of record a file holds: by the words in its name, its columns and keys, and by the fields its columns would fill. */
import { recordKinds } from '../../../language/model/record-kinds.ts';
import { nameScore, wordsOf } from './column-words.ts';
import { readDates } from './date-shapes.ts';
import { fieldNames, typeNames } from './field-names.ts';
import { kindWords } from './kind-words.ts';
import type { ColumnProfile, SourceProfile } from './profile.ts';
import { recordsInRows } from './records-in-rows.ts';

export interface KindGuess {
  readonly kind: string;
  readonly score: number;
  /** What speaks for it, for people. */
  readonly why: readonly string[];
}

export interface KindGuesses {
  /** All kinds, the likeliest first. */
  readonly kinds: readonly KindGuess[];
  /** Nothing else is nearly as likely. */
  readonly isClear: boolean;
}

/** How many kinds have a field: what all have says nothing of any. */
const kindsWith = (field: string): number => Object.values(recordKinds).filter((kind) => Object.hasOwn(kind.fields, field)).length;

export function guessKind(profile: SourceProfile): KindGuesses {
  const kinds = Object.keys(recordKinds)
    .map((kind) => guess(kind, profile))
    // Of those that nothing speaks for, the most usual first.
    .toSorted((a, b) => b.score - a.score || order(a.kind) - order(b.kind));
  const [first, second] = kinds;
  return { kinds, isClear: first !== undefined && first.score >= 2 && first.score - (second?.score ?? 0) >= 1 };
}

const usual: readonly string[] = ['incident', 'service-request', 'change', 'problem', 'outage'];
const order = (kind: string): number => (usual.includes(kind) ? usual.indexOf(kind) : usual.length);

function guess(kind: string, profile: SourceProfile): KindGuess {
  const { sure, weak, keys } = kindWords[kind] ?? { sure: [], weak: [], keys: [] };
  const why: string[] = [];
  let score = 0;
  const says = (text: string, phrases: readonly string[]): boolean => phrases.some((phrase) => ` ${wordsOf(text).join(' ')} `.includes(` ${wordsOf(phrase).join(' ')} `));
  const name = [...profile.files.slice(0, 3).map((file) => file.slice(file.lastIndexOf('/') + 1)), ...(profile.sheet ? [profile.sheet.name] : [])].find((text) => says(text, sure));
  if (name !== undefined) {
    score += 3;
    why.push(`“${name}” says so`);
  } else if (profile.files.some((file) => says(file, weak))) score += 1;
  const speaking = profile.columns.filter((column) => says(column.name, sure));
  // One column may name another record that this one is linked with.
  if (speaking.length > 0) {
    score += Math.min(3, (12 * (speaking.length - 0.5)) / (profile.columns.length + 4));
    if (speaking.length > 1) why.push(`${speaking.length} of ${profile.columns.length} columns speak of it`);
  }
  const key = recordsInRows(profile).key;
  const column = profile.columns.find((one) => one.name === key);
  const begins = column?.common.length ? keys.find((prefix) => column.common.every(({ text }) => new RegExp(`^${prefix}[-_]?\\d`, 'i').test(text))) : undefined;
  if (begins !== undefined) {
    score += 2.5;
    why.push(`keys begin with ${begins}`);
  }
  const filled = Object.keys(recordKinds[kind]?.fields ?? {}).filter((field) => profile.columns.some((one) => fits(kind, field, one, profile.columns)));
  score += filled.reduce((sum, field) => sum + 0.8 / kindsWith(field), 0);
  if (filled.length > 0) why.push(`its columns fill ${filled.slice(0, 6).join(', ')}${filled.length > 6 ? ', …' : ''}`);
  const mixed = recordTypes(profile).find(({ kind: of }) => of === kind);
  if (mixed) {
    score += 1;
    why.push(`${mixed.rows} rows are of type ${mixed.values.map((value) => `“${value}”`).join(', ')}`);
  }
  return { kind, score, why };
}

/** Whether a column is called like a field and holds what the field takes. */
export function fits(kind: string, field: string, column: ColumnProfile, columns: readonly ColumnProfile[]): boolean {
  const type = recordKinds[kind]?.fields[field]?.type;
  if (column.filled === 0 || nameScore(column.name, fieldNames[field] ?? [field.replaceAll('-', ' ')]) < 0.5) return false;
  const isDate = readDates(column, columns) !== undefined;
  switch (type) {
    case 'instant': case 'date': return isDate;
    case 'number': return column.numbers >= column.filled * 0.95;
    case 'boolean': return !isDate && column.different <= 4;
    case 'word': case 'reference': return !isDate && column.different <= 5000 && column.longest <= 120;
    case 'text': return !isDate;
    case 'money': case 'duration': case undefined: return false;
  }
}

export interface RecordType {
  readonly kind: string;
  readonly column: string;
  readonly values: readonly string[];
  readonly rows: number;
}

/** Kinds of records that stand in one file, told apart by a column such as “Type”. */
export function recordTypes({ columns }: Pick<SourceProfile, 'columns'>): readonly RecordType[] {
  for (const column of columns) {
    if (column.different > 20 || column.different < 2 || nameScore(column.name, typeNames) < 0.5) continue;
    const types = Object.entries(kindWords).flatMap(([kind, { sure }]): RecordType[] => {
      const found = column.common.filter(({ text }) => sure.some((word) => wordsOf(word).join(' ') === wordsOf(text).join(' ')));
      return found.length === 0 ? [] : [{ kind, column: column.name, values: found.map(({ text }) => text), rows: found.reduce((sum, { rows }) => sum + rows, 0) }];
    });
    if (types.length >= 2) return types;
  }
  return [];
}
