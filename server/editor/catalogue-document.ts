import type { Range } from 'vscode-languageserver';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { builtInFile } from '../../language/references/built-in.ts';
import { quoteText } from '../../language/values/text.ts';

/** The built-in names as a document to read: what `iso20000:…` and `always` lead to. */
export interface CatalogueDocument {
  readonly uri: string;
  readonly text: string;
  /** Where a built-in name stands. */
  readonly rangeOf: (id: string) => Range | undefined;
}

let document: CatalogueDocument | undefined;

export function catalogueDocument(): CatalogueDocument {
  document ??= write();
  return document;
}

function write(): CatalogueDocument {
  const lines: string[] = [
    `// Built-in names. Requirements of ${catalogue.standard} in our own words (catalogue of ${catalogue.version}), not the text of the standard.`,
    '// Running numbers of items are the catalogue’s own.',
    '',
  ];
  const places = new Map<string, Range>();
  const add = (id: string, keyword: string, rest: string): void => {
    const character = keyword.length + 1;
    places.set(id, { start: { line: lines.length, character }, end: { line: lines.length, character: character + id.length } });
    lines.push(`${keyword} ${id} ${rest}`);
  };
  lines.push('/** Every day, round the clock. */');
  add('always', 'calendar', '{ open Mon-Sun 00:00-24:00 }');
  for (const clause of catalogue.clauses) {
    lines.push('', `/** Clause ${clause.clause}${clause.intent !== null ? `. ${comment(clause.intent)}` : ''} */`);
    add(`iso20000:${clause.clause}`, 'catalogue requirement', quoteText(clause.title));
    for (const row of catalogue.requirements.filter((one) => one.clause === clause.clause)) {
      lines.push(`/** ${comment(row.requirement)} Confidence: ${row.confidence}. */`);
      add(`iso20000:${row.id}`, 'catalogue requirement', quoteText(row.title));
    }
  }
  return { uri: builtInFile, text: `${lines.join('\n')}\n`, rangeOf: (id) => places.get(id) };
}

function comment(text: string): string {
  return text.replaceAll('*/', '* /').replace(/\s+/g, ' ');
}
