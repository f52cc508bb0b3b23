/** Which rows are one record: a key that is different in each, or a history of changes. */
import { nameScore } from './column-words.ts';
import { readDates } from './date-shapes.ts';
import { changeTimeNames, keyNames, stateNames } from './field-names.ts';
import type { ColumnProfile, SourceProfile } from './profile.ts';

type Columns = Pick<SourceProfile, 'rows' | 'columns'>;

/** Columns that may tell records apart, the likeliest first. */
export function keyCandidates({ rows, columns }: Columns): readonly ColumnProfile[] {
  return columns
    .map((column, index) => ({ column, score: keyScore(column, index, rows, columns) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ column }) => column);
}

function keyScore(column: ColumnProfile, index: number, rows: number, columns: readonly ColumnProfile[]): number {
  const { name, filled, different, longest, shapes, numbers } = column;
  if (filled < rows * 0.95 || different < Math.min(2, rows) || longest > 80 || readDates(column, columns) !== undefined) return 0;
  if (numbers > filled / 2 && shapes.some(({ shape }) => shape.includes('.'))) return 0;
  const named = nameScore(name, keyNames);
  const isUnique = different === filled;
  // A word with a number in it: INC0012345, PROJ-17.
  const isCoded = shapes.length > 0 && shapes.slice(0, 3).every(({ shape }) => /^[A-Za-z]{1,8}[-_]?[A-Za-z]?9{2,}$|^9+-9+$|^[A-Za-z0-9]+-[A-Za-z]?9+$/.test(shape));
  if (named < 0.5 && !(isUnique && (isCoded || index === 0))) return 0;
  return named * 2 + (isUnique ? 1.5 : 0) + (isCoded ? 0.5 : 0) + (index === 0 ? 0.3 : 0) + Math.min(0.3, different / Math.max(1, filled) / 3);
}

export interface RecordsInRows {
  readonly key?: string;
  /** Rows of one key are its history: the column with the time of the change. */
  readonly at?: string;
  /** How many rows a key has on average. */
  readonly rowsPerKey: number;
  /** Some keys stand on several rows although no column says when they changed. */
  readonly repeated: boolean;
  /** Columns that would do as well. */
  readonly others: readonly string[];
  /** How many keys differ in a column, by the column. */
  readonly varying: ReadonlyMap<string, number>;
}

/** How many rows of a hundred must repeat a key before it is a history and not a slip. */
const leastRepeated = 0.02;

export function recordsInRows(profile: Pick<SourceProfile, 'rows' | 'columns' | 'keys'>): RecordsInRows {
  const candidates = keyCandidates(profile);
  const histories = candidates.flatMap((column) => {
    const history = historyOf(profile, column);
    return history === undefined ? [] : [{ column, history, named: nameScore(column.name, keyNames) }];
  });
  const [first] = candidates;
  if (first === undefined) return { rowsPerKey: 1, repeated: false, others: [], varying: new Map() };
  const isUnique = first.different === first.filled;
  // A number of its own for every change, beside the ticket’s: then the ticket’s is the key.
  const history = isUnique ? histories.find(({ named, column, history: { hasStates } }) => named >= 0.9 && hasStates && column.filled / column.different >= 1.5) : histories.find(({ column }) => column === first);
  const chosen = history?.column ?? first;
  const varying = profile.keys.find(({ key }) => key === chosen.name)?.varying ?? new Map<string, number>();
  const rowsPerKey = chosen.filled / Math.max(1, chosen.different);
  const others = candidates.filter((column) => column !== chosen && (column.different === column.filled) === (chosen.different === chosen.filled) && nameScore(column.name, keyNames) >= 0.9).map(({ name }) => name);
  if (history) return { key: chosen.name, at: history.history.at, rowsPerKey, repeated: true, others, varying };
  return { key: chosen.name, rowsPerKey, repeated: chosen.different < chosen.filled, others, varying };
}

/** The time of the changes of a key’s rows, if they are changes: the column of dates that differs most between them. */
function historyOf({ rows, columns, keys }: Pick<SourceProfile, 'rows' | 'columns' | 'keys'>, column: ColumnProfile): { readonly at: string; readonly hasStates: boolean } | undefined {
  const key = keys.find((one) => one.key === column.name);
  if (key === undefined || rows - column.different < rows * leastRepeated) return undefined;
  const times = columns.flatMap((time) => {
    const dates = readDates(time, columns);
    const varying = key.varying.get(time.name) ?? 0;
    // Nearly every row has its own time.
    if (!dates || varying === 0 || time.filled < rows * 0.9) return [];
    return [{ time, score: (key.pairs.get(time.name) ?? 0) / rows + nameScore(time.name, changeTimeNames) / 2 }];
  });
  const [best] = times.toSorted((a, b) => b.score - a.score);
  if (best === undefined) return undefined;
  const hasStates = columns.some(({ name }) => nameScore(name, stateNames) >= 0.5 && (key.varying.get(name) ?? 0) > 0);
  // Keys that stand on two rows by a slip have as a rule the same times on both.
  return { at: best.time.name, hasStates };
}
