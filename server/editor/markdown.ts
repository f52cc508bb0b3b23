/** Text of the model as plain words within Markdown: nothing in it is formatting, a link or HTML. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~]/g, (character) => (character === '<' ? '&lt;' : character === '>' ? '&gt;' : `\\${character}`)).replace(/\s+/g, ' ').trim();
}

/** Documentation that people wrote as Markdown: kept, except for what could load or run something. */
export function authored(text: string): string {
  return text.replace(/!\[/g, '!\\[').replace(/<(?=[A-Za-z/!?])/g, '&lt;').replace(/\]\((?=\s*<?\s*(?:command|javascript|data|vscode)[^)]*)/gi, ']\\(');
}

/** Text as code: the marks around it are longer than any run of backticks in it, so that none of these ends it. */
export function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
  const marks = '`'.repeat(longest + 1);
  return longest === 0 ? `${marks}${flat}${marks}` : `${marks} ${flat} ${marks}`;
}
