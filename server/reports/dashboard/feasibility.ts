/** What is left of promises, in minutes, by what they rest on. */
import type { Block } from '../blocks.ts';
import { lead, section } from '../block-builders.ts';
import { heldInWords, heldPromises, heldTable } from '../parts/promise-feasibility.ts';
import type { ReportInput } from '../report.ts';

/** More rows than this nobody reads here; the report of feasibility has all. */
const mostRows = 12;

export function feasibilitySection(input: ReportInput): Block | undefined {
  const held = heldPromises(input);
  if (held.length === 0) return undefined;
  const told = held.filter(({ check }) => check.verdict !== 'unknown');
  const { words } = input;
  const what = words.say('What lacks, or remains for what you do yourselves; the closest first.');
  const caption = told.length > mostRows ? `${what} ${words.say('The first {0} of {1} are shown.', mostRows, told.length)}` : what;
  return section(words.say('Whether promises can be kept'), [lead(heldInWords(held, words)), ...(told.length === 0 ? [] : [heldTable(told.slice(0, mostRows), input, caption)])], { anchor: 'feasibility' });
}
