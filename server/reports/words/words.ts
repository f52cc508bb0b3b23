/**
 * The fixed texts of documents in the language of the organization. A message is written in English where it is used and
 * is its own key; a language is a table from messages to its own (`german/`), numbers and dates included. What stands in
 * the model is in the organization's words already and is never translated.
 */
import { partsOfDate, type IsoDate } from '../../../language/values/date.ts';
import { isDate } from '../../../language/values/date.ts';
import { parsePeriod, type Period } from '../../../language/values/period.ts';
import { isProblem } from '../../../language/values/problem.ts';
import type { Inline, Inlines } from '../blocks.ts';
import { languages, type DocumentLanguage, type LanguageTable } from './languages.ts';

export interface Words {
  readonly language: DocumentLanguage;
  /** `say('{0} of {1} late', 2, 31)`. The message has to be a literal where it is used: a test looks for its translations. Numbers are grouped. */
  say(message: string, ...values: readonly (string | number)[]): string;
  /** The same with emphasis, links and marks in the places of the values. */
  inlines(message: string, ...values: readonly (Inline | Inlines)[]): Inlines;
  /** `count(2, '{0} gap', '{0} gaps')`; further values follow as {1}, {2}, …. */
  count(count: number, one: string, many: string, ...values: readonly (string | number)[]): string;
  /** An exact decimal with the separators of the language; what is none stays as it is. Nothing is rounded. */
  number(decimal: string): string;
  /** An ISO date as it stands in tables: `2026-03-31`, `31.03.2026`; what is none stays as it is. */
  date(iso: string): string;
  /** In sentences: `31 March 2026`, `31. März 2026`. */
  dateInWords(iso: string): string;
  /** `2026-03` → `March 2026`; also quarters, years, weeks and days; what is none stays as it is. */
  period(id: string): string;
  /** The name of a month, 1 to 12, in three or so letters: `Mar`, `Mär`. */
  monthShort(month: number): string;
  /** `a, b and c`. */
  list(items: readonly string[]): string;
}

/** Marks a message that stands in a table and is said elsewhere, so that it is looked for in every language. */
export function message(text: string): string {
  return text;
}

const made = new Map<DocumentLanguage, Words>();

export function wordsIn(language: DocumentLanguage): Words {
  let words = made.get(language);
  if (words === undefined) {
    words = new TableWords(language, languages[language]);
    made.set(language, words);
  }
  return words;
}

class TableWords implements Words {
  readonly language: DocumentLanguage;
  readonly #table: LanguageTable;

  constructor(language: DocumentLanguage, table: LanguageTable) {
    this.language = language;
    this.#table = table;
  }

  say(message: string, ...values: readonly (string | number)[]): string {
    return this.#template(message)
      .map((part) => (typeof part === 'string' ? part : this.#text(values[part])))
      .join('');
  }

  inlines(message: string, ...values: readonly (Inline | Inlines)[]): Inlines {
    return this.#template(message).flatMap((part) => {
      const value = typeof part === 'string' ? part : (values[part] ?? '');
      return typeof value === 'string' ? (value === '' ? [] : [value]) : isInlines(value) ? value : [value];
    });
  }

  count(count: number, one: string, many: string, ...values: readonly (string | number)[]): string {
    return this.say(count === 1 ? one : many, count, ...values);
  }

  number(decimal: string): string {
    const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
    if (match === null) return decimal;
    const [, sign = '', whole = '', fraction] = match;
    return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, this.#table.grouping)}${fraction === undefined ? '' : `${this.#table.decimal}${fraction}`}`;
  }

  date(iso: string): string {
    return isDate(iso) ? this.#table.date(partsOfDate(iso)) : iso;
  }

  dateInWords(iso: string): string {
    if (!isDate(iso)) return iso;
    const { year, month, day } = partsOfDate(iso);
    return this.#table.dateInWords({ year, month: this.#month(month), day });
  }

  period(id: string): string {
    const period = parsePeriod(id);
    return isProblem(period) ? id : this.#periodInWords(period);
  }

  monthShort(month: number): string {
    return this.#month(month).slice(0, 3);
  }

  list(items: readonly string[]): string {
    const last = items.at(-1) ?? '';
    return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${this.#table.and} ${last}`;
  }

  #periodInWords(period: Period): string {
    const { year, month } = partsOfDate(period.firstDay);
    switch (period.kind) {
      case 'day':
        return this.dateInWords(period.firstDay satisfies IsoDate);
      case 'week':
        return this.#table.week(Number(period.id.slice(6)), period.id.slice(0, 4));
      case 'month':
        return `${this.#month(month)} ${year}`;
      case 'quarter':
        return `Q${Math.ceil(month / 3)} ${year}`;
      case 'year':
        return period.id;
    }
  }

  #month(month: number): string {
    return this.#table.months[month - 1] ?? '';
  }

  #text(value: string | number | undefined): string {
    return typeof value === 'number' ? this.number(String(value)) : (value ?? '');
  }

  /** Texts and the numbers of the values between them, of the message in this language; the message itself where no translation is known. */
  #template(message: string): readonly (string | number)[] {
    const text = this.#table.messages[message] ?? message;
    return text.split(/\{(\d+)\}/).map((part, index) => (index % 2 === 0 ? part : Number(part)));
  }
}

function isInlines(value: Inline | Inlines): value is Inlines {
  return Array.isArray(value);
}
