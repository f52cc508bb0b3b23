/** The languages of documents. Adding one is a folder beside `german/` and its line here; a test says what it lacks. */
import { english } from './english.ts';
import { german } from './german/german.ts';

export interface LanguageTable {
  /** From the English message to the message in this language; empty for English. */
  readonly messages: Readonly<Record<string, string>>;
  readonly months: readonly string[];
  readonly and: string;
  /** Stands between thousands. */
  readonly grouping: string;
  readonly decimal: string;
  date(parts: { readonly year: number; readonly month: number; readonly day: number }): string;
  dateInWords(parts: { readonly year: number; readonly month: string; readonly day: number }): string;
  week(week: number, year: string): string;
}

/** By their BCP 47 tags. */
export const documentLanguages = ['en', 'de'] as const;
export type DocumentLanguage = (typeof documentLanguages)[number];

export const languages: Readonly<Record<DocumentLanguage, LanguageTable>> = { en: english, de: german };
