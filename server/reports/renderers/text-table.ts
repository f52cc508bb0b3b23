export interface TextColumn {
  readonly head: string;
  /** Numbers stand to the right. */
  readonly right?: boolean;
}

/** A table in plain text: columns as wide as what they hold, two blanks between. */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ head }, index) => rows.reduce((width, row) => Math.max(width, [...(row[index] ?? '')].length), head.length));
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ right }, index) => {
        const cell = cells[index] ?? '';
        const blanks = ' '.repeat((widths[index] ?? 0) - [...cell].length);
        return right === true ? blanks + cell : cell + blanks;
      })
      .join('  ')
      .trimEnd();
  return `${[line(columns.map(({ head }) => head)), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')}\n`;
}
