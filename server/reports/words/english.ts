import { monthNames } from '../../../language/values/date.ts';
import type { LanguageTable } from './languages.ts';

const two = (part: number): string => String(part).padStart(2, '0');

export const english: LanguageTable = {
  messages: {},
  months: monthNames,
  and: 'and',
  grouping: ',',
  decimal: '.',
  // ISO 8601: 03/04 is another day to a reader in London than to one in New York.
  date: ({ year, month, day }) => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`,
  dateInWords: ({ year, month, day }) => `${day} ${month} ${year}`,
  week: (week, year) => `week ${week} of ${year}`,
};
