import { problem, shown, type Problem } from '../../language/values/problem.ts';

/** A declared date format as the engine understands it. */
export interface DateFormat {
  readonly kind: 'iso' | 'pattern';
  /** The engine's pattern; empty for `iso`. */
  readonly pattern: string;
  /** The text itself says how far it is from UTC. */
  readonly hasOffset: boolean;
  /** The pattern with day and month exchanged, if it has both as numbers. */
  readonly swapped?: string;
  /** As declared. */
  readonly text: string;
}

const letters: ReadonlyMap<string, string> = new Map([
  ['yyyy', '%Y'], ['uuuu', '%Y'], ['yy', '%y'],
  ['MMMM', '%B'], ['MMM', '%b'], ['MM', '%m'], ['M', '%-m'],
  ['dd', '%d'], ['d', '%-d'],
  ['EEEE', '%A'], ['EEE', '%a'],
  ['HH', '%H'], ['H', '%-H'], ['hh', '%I'], ['h', '%-I'],
  ['mm', '%M'], ['m', '%-M'], ['ss', '%S'], ['s', '%-S'], ['SSS', '%g'], ['SSSSSS', '%f'],
  ['a', '%p'], ['XXX', '%z'], ['XX', '%z'], ['xxx', '%z'], ['Z', '%z'], ['ZZ', '%z'],
]);

/** Reads `iso` or a pattern such as `dd-MM-yyyy HH:mm` (Unicode LDML letters, text in single quotes). */
export function parseDateFormat(text: string): DateFormat | Problem {
  if (text === 'iso') return { kind: 'iso', pattern: '', hasOffset: false, text };
  let pattern = '';
  const used: string[] = [];
  for (const [piece, quoted, run] of text.matchAll(/'((?:[^']|'')*)'|(([A-Za-z])\3*)|[^A-Za-z']+|'/gu)) {
    if (quoted !== undefined) pattern += (quoted === '' ? "'" : quoted.replaceAll("''", "'")).replaceAll('%', '%%');
    else if (run !== undefined) {
      const known = letters.get(run);
      if (known === undefined) return problem(`${shown(run)} in the date format ${shown(text)} is not known: write for example dd-MM-yyyy HH:mm`, repaired(text));
      used.push(known);
      pattern += known;
    } else pattern += piece.replaceAll('%', '%%');
  }
  const has = (...choices: string[]): boolean => choices.some((choice) => used.includes(choice));
  if (!has('%Y', '%y') || !has('%m', '%-m', '%b', '%B') || !has('%d', '%-d')) {
    return problem(`The date format ${shown(text)} lacks a year, a month or a day: write for example dd-MM-yyyy HH:mm`, repaired(text));
  }
  // Months and minutes exchanged: many a time would be read, and wrongly.
  const place = (...choices: string[]): number => used.findIndex((choice) => choices.includes(choice));
  const [month, hour, minute] = [place('%m', '%-m'), place('%H', '%-H', '%I', '%-I'), place('%M', '%-M')];
  if (month !== -1 && minute !== -1 && hour !== -1 && minute < hour && hour < month) {
    return problem(`The date format ${shown(text)} takes months for minutes: MM is the month, mm the minute`, text.replace(/M+|m+/gu, (run) => (run.startsWith('M') ? run.toLowerCase() : run.toUpperCase())));
  }
  const swappable = has('%m', '%-m');
  return {
    kind: 'pattern', pattern, hasOffset: has('%z'), text,
    ...(swappable ? { swapped: pattern.replace(/%-?[md]/gu, (part) => (part.endsWith('m') ? part.replace('m', 'd') : part.replace('d', 'm'))) } : {}),
  };
}

/** Upper-case day and year letters of spreadsheets and programming languages as LDML has them. */
function repaired(text: string): string | undefined {
  const better = text.replace(/D+/gu, (run) => (run.length > 2 ? 'dd' : run.toLowerCase())).replace(/Y+/gu, (run) => run.toLowerCase()).replace(/(?<=[Hh]+[:.])M+/gu, (run) => run.toLowerCase());
  return better !== text && !('problem' in parseDateFormat(better)) ? better : undefined;
}
