import { shortened } from '../office/text.ts';

/** The longest name of a sheet that spreadsheets take, in UTF-16 units. */
const longest = 31;

/** What may not stand in the name of a sheet. */
const notAllowed = /[[\]:*?/\\]+/g;

/** Names for sheets, none like another whatever the case of letters, from names that need not be. */
export function sheetNames(names: readonly string[], otherwise: string): string[] {
  const used = new Set<string>(['history']);
  return names.map((name) => {
    const clean = trimmed(name.replace(notAllowed, ' ').replace(/\s+/g, ' '));
    const base = clean === '' ? otherwise : clean;
    for (let count = 1; ; count += 1) {
      const ending = count === 1 ? '' : ` (${count})`;
      const candidate = `${trimmed(shortened(base, longest - ending.length))}${ending}`;
      if (used.has(candidate.toLowerCase())) continue;
      used.add(candidate.toLowerCase());
      return candidate;
    }
  });
}

/** An apostrophe at either end is a quotation mark to a spreadsheet. */
function trimmed(name: string): string {
  return name.replace(/^[\s']+|[\s']+$/g, '');
}
