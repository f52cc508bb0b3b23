/** What a piece of the engine's language gives. `length` is milliseconds; `instant` is milliseconds since 1970 in UTC. */
export type ValueType = 'text' | 'instant' | 'length' | 'number' | 'truth' | 'name' | 'workingDays' | 'months';

/** A compiled expression. */
export interface TypedSql {
  readonly type: ValueType;
  readonly sql: string;
  /** The time between two moments of a record: which clock measures it is not decided yet. */
  readonly between?: { readonly from: TypedSql; readonly to: TypedSql };
  /** The field of the record it is, for words and references. */
  readonly field?: string;
  /** Names that a word or a reference may have; any, if absent. */
  readonly names?: ReadonlySet<string>;
  /** The engine's type of a name, if it keeps the names as numbers. */
  readonly enumeration?: string;
  /** Engine text of a code that is above 0 where the value could not be read. */
  readonly oddity?: string;
  /** A text that stands in the model, not in the data. */
  readonly literal?: string;
  /** A text whose database knows what it means. */
  readonly native?: Native;
}

/** How a text of the data is read as another type, where its database has it as that already. */
export interface Native {
  readonly type: Extract<ValueType, 'number' | 'instant'>;
  readonly sql: string;
  /** See {@link TypedSql.oddity}. */
  readonly oddity?: string;
}

export const describeType: Readonly<Record<ValueType, string>> = {
  text: 'a text', instant: 'a time', length: 'a duration', number: 'a number', truth: 'true or false',
  name: 'a name', workingDays: 'working days', months: 'months',
};

/** Texts that stand for true and for false, in lower case. */
export const trueTexts = ['true', 'yes', 'y', 't', '1', 'on'] as const;
export const falseTexts = ['false', 'no', 'n', 'f', '0', 'off'] as const;
