/**
 * The value of a quoted text: `"…"` with the escapes `\"`, `\\`, `\n`, `\t`, or `"""…"""` over several lines, whose
 * common indentation and first and last line breaks are layout and not content.
 */
export function textValue(quoted: string): string {
  if (quoted.startsWith('"""')) return dedent(quoted.slice(3, -3));
  return quoted.slice(1, -1).replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped === 't' ? '\t' : escaped));
}

/** The inverse of `textValue`: one line where possible, else a text block. */
export function quoteText(value: string): string {
  if (value.includes('\n') && !value.includes('"""') && !value.endsWith('"') && !/^[ \t]|[ \t]$/m.test(value)) return `"""\n${value}\n"""`;
  return quoteShortText(value);
}

/** On one line whatever it holds: where the grammar takes no text block. */
export function quoteShortText(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t').replace(/\r/g, '')}"`;
}

function dedent(body: string): string {
  const lines = body.replace(/\r\n?/g, '\n').split('\n');
  if (lines[0]?.trim() === '') lines.shift();
  if (lines.length > 0 && lines[lines.length - 1]?.trim() === '') lines.pop();
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const indent = indents.length > 0 ? Math.min(...indents) : 0;
  return lines.map((line) => line.slice(indent)).join('\n');
}
