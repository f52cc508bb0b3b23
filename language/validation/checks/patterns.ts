import type { Path } from '../../model/fragment.ts';
import type { Report } from '../report.ts';

const longestPattern = 500;

/** Regular expressions: they must be well formed, and such that matching takes time in proportion to the text. */
export function checkPattern<T>(node: object, pathOf: (place: T) => Path, place: T, report: Report): void {
  if (!('$type' in node)) return;
  if (node.$type === 'MatchIn' && 'pattern' in node && typeof node.pattern === 'string') {
    checkText(node.pattern, () => [...pathOf(place), 'pattern'], report);
  } else if (node.$type === 'BinaryExpression' && 'operator' in node && node.operator === 'matches' && 'right' in node) {
    const { right } = node;
    if (typeof right === 'object' && right !== null && 'value' in right && typeof right.value === 'string') checkText(right.value, () => [...pathOf(place), 'right', 'value'], report);
  }
}

function checkText(pattern: string, path: () => Path, report: Report): void {
  const fault = patternFault(pattern);
  if (fault !== undefined) report.error('regular-expression', path(), fault);
}

/** What is wrong with a regular expression; undefined if nothing is. The syntax is that of RE2, which has neither back references nor look-around. */
export function patternFault(pattern: string): string | undefined {
  if (pattern.length > longestPattern) return `A regular expression has at most ${longestPattern} characters; this has ${pattern.length}.`;
  if (/\(\?<?[=!]/.test(pattern)) return 'Look-ahead and look-behind, (?=…) and (?<=…), are not available in regular expressions here.';
  if (/\\[1-9]|\\k</.test(withoutEscapedBackslashes(pattern))) return 'Back references such as \\1 are not available in regular expressions here.';
  try {
    // What RE2 has and JavaScript has not: flags in front, and another way to write named groups.
    RegExp(pattern.replace(/^\(\?[imsU]+\)/, '').replaceAll('(?P<', '(?<'));
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^.*:\s*/, '') : '';
    return `This is no regular expression: ${reason === '' ? 'it cannot be read' : reason.toLowerCase()}.`;
  }
  if (hasNestedRepetition(pattern)) return 'This regular expression repeats what is itself repeated, such as (a+)+, which may take very long: write the repetition once.';
  return undefined;
}

function withoutEscapedBackslashes(pattern: string): string {
  return pattern.replaceAll('\\\\', '');
}

/** Whether a group that is repeated holds a repetition without an upper bound. */
function hasNestedRepetition(pattern: string): boolean {
  const open: { repeats: boolean }[] = [{ repeats: false }];
  let inClass = false;
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index];
    if (character === '\\') index++;
    else if (inClass) inClass = character !== ']';
    else if (character === '[') inClass = true;
    else if (character === '(') open.push({ repeats: false });
    else if (character === ')') {
      const group = open.length > 1 ? open.pop() : undefined;
      const isRepeated = /^(?:[*+]|\{\d+,\})/.test(pattern.slice(index + 1, index + 12));
      if (group?.repeats && isRepeated) return true;
      const outer = open.at(-1);
      if (group?.repeats && outer) outer.repeats = true;
    } else if (character === '*' || character === '+' || (character === '{' && /^\{\d+,\}/.test(pattern.slice(index, index + 12)))) {
      const group = open.at(-1);
      if (group) group.repeats = true;
    }
  }
  return false;
}
