/**
 * A fixture is a model that meets a row, with the smallest changes that break it written beside it:
 *
 *     line                  //-        only in the model that meets the row
 *     //+ line                         only in the one that breaks it
 *     line                  //< word: text   where it breaks, a finding covers `word` of this line and says `text`
 *
 * Several ways to break one row carry a letter each: `//-a`, `//+b line`, `//<b word: text`; `//-ab` goes in two of them. Where nothing was measured these lines are
 * absent; otherwise they state what was:
 *
 *     //= 8.6.1.a/classified: 2 of 40         2 of 40 records fall short
 *     //= gold.uptime 2026-10: missed 99.1    a figure of a target or workload limit
 *     //= gold."update P1" 2026-10: missed 90   of a promise that is no target
 *     //= metric.csat 2026-Q3: missed 4.1     a figure of a metric
 *     //= measured                            measured, and nothing falls short that no other line names
 */
export interface Fixture {
  readonly meets: Variant;
  readonly breaks: readonly Variant[];
}

export interface Variant {
  /** Letter of the way it breaks; empty for the model that meets the row. */
  readonly label: string;
  readonly text: string;
  readonly measured: readonly string[];
  readonly expected: readonly ExpectedFinding[];
}

export interface ExpectedFinding {
  /** From 1. */
  readonly line: number;
  readonly word: string;
  readonly text: string;
}

/** `//-ad`, `//+a`, `//<b word: text`; the letters name the ways of breaking that it speaks of, none the only one. */
const mark = /\s*\/\/([-<])([a-z]*)(?=\s|$)(?: (\S+): ([^\n]*?))?(?=\s*\/\/[-<]|\s*$)/g;
const addition = /^(\s*)\/\/\+([a-z]*)\s(.*)$/;

export function parseFixture(source: string): Fixture {
  const letters = [...source.matchAll(/\/\/[-+<]([a-z]*)(?=\s|$)/g)].flatMap(([, found]) => (found ? [...found] : ['']));
  return { meets: variantOf(source, undefined), breaks: [...new Set(letters)].sort().map((label) => variantOf(source, label)) };
}

function variantOf(source: string, label: string | undefined): Variant {
  const speaksOf = (letters: string | undefined): boolean => label !== undefined && (letters === '' ? label === '' : (letters ?? '').includes(label) && label !== '');
  const lines: string[] = [];
  const measured: string[] = [];
  const expected: ExpectedFinding[] = [];
  for (const raw of source.split('\n')) {
    const added = addition.exec(raw);
    if (added && !speaksOf(added[2])) continue;
    const line = added ? `${added[1]}${added[3]}` : raw;
    const marks = [...line.matchAll(mark)];
    if (marks.some(([, kind, letters]) => kind === '-' && speaksOf(letters))) continue;
    const text = line.slice(0, marks[0]?.index ?? line.length);
    const statement = /^\s*\/\/= (.*)$/.exec(text);
    if (statement) {
      measured.push(statement[1]!.trim());
      continue;
    }
    lines.push(text);
    for (const [, kind, letters, word, message] of marks) {
      if (kind === '<' && speaksOf(letters)) expected.push({ line: lines.length, word: word ?? '', text: message ?? '' });
    }
  }
  return { label: label ?? '', text: lines.join('\n'), measured, expected };
}
