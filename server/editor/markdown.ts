/** Text of the model as plain words within Markdown: nothing in it is formatting, a link or HTML. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~]/g, (character) => (character === '<' ? '&lt;' : character === '>' ? '&gt;' : `\\${character}`)).replace(/\s+/g, ' ').trim();
}

/** Documentation that people wrote as Markdown: kept, except for what could load or run something. */
export function authored(text: string): string {
  return text.replace(/!\[/g, '!\\[').replace(/<(?=[A-Za-z/!?])/g, '&lt;').replace(/\]\((?=\s*<?\s*(?:command|javascript|data|vscode)[^)]*)/gi, ']\\(');
}

/** Text as code; backticks in it cannot end it. */
export function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  if (!flat.includes('`')) return `\`${flat}\``;
  return `\`\`${flat.replace(/``/g, '` `')} \`\``;
}
