import type { LocalFinding } from '../model/finding.ts';
import { span } from '../model/span.ts';

/** A finding about characters that make no word of the language: an open quote, a quote of another kind, a stray mark. */
export function strangeCharacters(text: string, offset: number): LocalFinding {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(0, offset).split('\n').length - 1;
  const rest = /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? '';
  const finding = (length: number, message: string, suggestion?: string): LocalFinding => ({
    code: 'syntax', severity: 'error', message, at: span(line, offset - lineStart, Math.max(1, length)), ...(suggestion === undefined ? {} : { suggestion }),
  });
  if (text.startsWith('"""', offset - 2)) {
    return { code: 'syntax', severity: 'error', message: 'This text is not closed: """ is missing at its end.', at: span(line, offset - 2 - lineStart, 3) };
  }
  const quoted = /^(?:'([^'"\\]*)'|‘([^’"\\]*)’|[“„]([^”“"\\]*)[”“]|«([^»"\\]*)»|`([^`"\\]*)`)/u.exec(rest);
  if (quoted) {
    const content = quoted.slice(1).find((part) => part !== undefined) ?? '';
    return finding(quoted[0].length, 'Texts stand between straight double quotes.', `"${content}"`);
  }
  const character = String.fromCodePoint(text.codePointAt(offset) ?? 32);
  switch (character) {
    case '"':
      return finding(rest.trimEnd().length, 'This text has no closing quote: a text in quotes ends on its line. One of several lines stands between """ and """.', `${rest.trimEnd()}"`);
    case "'": case '‘': case '’': case '“': case '”': case '„': case '«': case '»': case '`':
      return finding(1, 'Texts stand between straight double quotes: "…".', undefined);
    case ':': case ';':
      return finding(1, `No “${character}” is needed: a fact is its keyword and its values, one fact on each line.`, '');
    case '≥': return finding(1, '“≥” is written >=.', '>=');
    case '≤': return finding(1, '“≤” is written <=.', '<=');
    case '→': case '⇒': return finding(1, `“${character}” is written ->.`, '->');
    case '–': case '—': return finding(1, 'This is a dash; a minus sign (-) is needed here.', '-');
    case '#': return finding(1, '“#” has no meaning here; comments begin with //.', rest.trim().length > 1 ? undefined : '//');
    case '\\': return finding(1, 'A backslash has a meaning only in a text in quotes.');
    case '%': {
      const number = /(\d+(?:\.\d+)?)[ \t]+$/.exec(text.slice(lineStart, offset));
      if (!number?.[1]) return finding(1, 'A percentage is a number and its sign, such as 99.8%.');
      const column = offset - lineStart - number[0].length;
      return { code: 'syntax', severity: 'error', message: `A percentage is written without a blank: ${number[1]}%.`, at: span(line, column, number[0].length + 1), suggestion: `${number[1]}%` };
    }
    case '€': case '$': case '£': case '¥': return finding(1, 'An amount of money is written with its currency code behind it, such as 500 EUR.');
    default: return finding(character.length, `The character “${character}” has no meaning here.`);
  }
}
