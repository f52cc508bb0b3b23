/** Comma-separated values and their relatives (RFC 4180): what the engine does not read itself, and header rows. */

const candidates = [',', ';', '\t', '|'] as const;

/** Records of a text, cell by cell. A quote opens a cell only at its beginning; within it a quote is doubled. */
export function* parseDelimited(text: string, separator: string, limit = Infinity): Generator<string[]> {
  let row: string[] = [];
  let cell = '';
  let index = 0;
  let count = 0;
  const step = separator.length;
  while (index < text.length) {
    if (text[index] === '"' && cell === '') {
      index++;
      for (;;) {
        const quote = text.indexOf('"', index);
        if (quote === -1) {
          cell += text.slice(index);
          index = text.length;
          break;
        }
        cell += text.slice(index, quote);
        index = quote + 1;
        if (text[index] !== '"') break;
        cell += '"';
        index++;
      }
      // What stands between the closing quote and the separator belongs to no cell's text but is kept.
      cell += '';
    }
    const start = index;
    while (index < text.length && text[index] !== '\n' && text[index] !== '\r' && !text.startsWith(separator, index)) index++;
    cell += text.slice(start, index);
    if (index < text.length && text.startsWith(separator, index)) {
      row.push(cell);
      cell = '';
      index += step;
      if (index >= text.length) row.push('');
      continue;
    }
    row.push(cell);
    cell = '';
    if (text[index] === '\r' && text[index + 1] === '\n') index++;
    index++;
    if (row.length > 1 || row[0] !== '') {
      yield row;
      if (++count >= limit) return;
    }
    row = [];
  }
  if (row.length > 0 && (row.length > 1 || row[0] !== '')) yield row;
}

/** The separator that cuts the header row into the most cells, and the row. */
export function readHeader(head: string, declared: string | undefined): { readonly separator: string; readonly columns: readonly string[] } {
  let best: { separator: string; columns: readonly string[] } = { separator: declared ?? ',', columns: [] };
  for (const separator of declared === undefined ? candidates : [declared]) {
    const [columns = []] = parseDelimited(head.replace(/^\uFEFF/u, ''), separator, 1);
    if (columns.length > best.columns.length) best = { separator, columns };
  }
  return { separator: best.separator, columns: best.columns.map((column) => column.trim()) };
}
