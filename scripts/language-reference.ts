/** Writes `dist/docs/language-reference.md`: every declaration, every word it takes and what that means, and the kinds of records with their fields. */
import { AstUtils, GrammarAST, type Grammar } from 'langium';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { recordKinds, type RecordField } from '../language/model/record-kinds.ts';
import { declarationDocumentation } from '../language/documentation/declarations.ts';
import { factDocumentation } from '../language/documentation/facts.ts';
import { keywordPhrases, type KeywordPhrase } from '../language/syntax/keyword-phrases.ts';
import { createSyntaxServices } from '../language/syntax/services.ts';

const values = new Set(['Duration', 'Quantity', 'Level', 'PeriodUnit']);

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** The scaffold without placeholders: `service id "Title" { … }`. */
function example(snippet: string): string {
  return snippet.replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\$\{?\d+\}?/g, '');
}

/** The rules that a rule is made of and nobody else: parts of a declaration. */
function partsOf(grammar: Grammar, rule: string, seen: Set<string> = new Set([rule])): string[] {
  const found = grammar.rules.find((one) => one.name === rule);
  if (!GrammarAST.isParserRule(found)) return [];
  const parts: string[] = [];
  for (const call of AstUtils.streamAllContents(found).filter(GrammarAST.isRuleCall)) {
    const part = call.rule.ref;
    if (!GrammarAST.isParserRule(part) || seen.has(part.name) || part.name.endsWith('Expression')) continue;
    seen.add(part.name);
    parts.push(part.name, ...partsOf(grammar, part.name, seen));
  }
  return parts;
}

function wordTable(phrases: readonly KeywordPhrase[], heads: ReadonlySet<string>): string[] {
  const rows = new Map<string, string>();
  for (const { rule, words } of phrases) {
    const meaning = factDocumentation(rule, words);
    if (meaning !== undefined && !heads.has(words) && !rows.has(words)) rows.set(words, meaning);
  }
  if (rows.size === 0) return [];
  return ['| Word | Meaning |', '|---|---|', ...[...rows].map(([words, meaning]) => `| \`${words}\` | ${cell(meaning)} |`), ''];
}

function fieldRow(name: string, field: RecordField): string {
  const holds = field.refersTo ?? (field.words ? field.words.map((word) => `\`${word}\``).join(', ') : field.type);
  return `| \`${name}\` | ${cell(holds)} | ${cell(field.description)} |`;
}

/** The page as Markdown. */
export function languageReference(grammar: Grammar): string {
  const phrases = keywordPhrases(grammar);
  const ruleOf = new Map<string, string>();
  const declaration = grammar.rules.find(({ name }) => name === 'Declaration');
  const kinds = GrammarAST.isParserRule(declaration) ? partsOf(grammar, 'Declaration') : [];
  for (const kind of kinds) for (const { rule, words } of phrases) if (rule === kind && Object.hasOwn(declarationDocumentation, words) && !ruleOf.has(words)) ruleOf.set(words, kind);

  const lines = ['# Every word of the language', '', 'Made from the grammar and its documentation. What a word means is also shown when you point at it in the editor.', ''];
  for (const [words, { text, snippet }] of Object.entries(declarationDocumentation).toSorted(([first], [second]) => first.localeCompare(second))) {
    lines.push(`## ${words}`, '', text, '', '```', example(snippet), '```', '');
    const rule = ruleOf.get(words);
    if (rule === undefined) continue;
    // The declaration's own words first; how durations and the like are written is said once, in docs/language.md.
    const parts = partsOf(grammar, rule).filter((part) => !values.has(part));
    lines.push(...wordTable([rule, ...parts].flatMap((part) => phrases.filter((phrase) => phrase.rule === part)), new Set([words])));
  }
  lines.push('# Kinds of records', '');
  for (const [name, kind] of Object.entries(recordKinds)) {
    lines.push(`## ${name}`, '', `${kind.description} Counts in the period of \`${kind.counted}\`.`, '', '| Field | Holds | Meaning |', '|---|---|---|');
    lines.push(...Object.entries(kind.fields).map(([field, described]) => fieldRow(field, described)), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

if (import.meta.main) {
  const file = resolve(import.meta.dirname, '../dist/docs/language-reference.md');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, languageReference(createSyntaxServices().Grammar));
  console.log(`wrote ${file}`);
}
