/**
 * Writes `syntaxes/itsms.tmLanguage.json`, the colours an editor shows before (or without) the language server, from the
 * grammar of the language: its keywords, its declarations and its tokens are read from there, never repeated here.
 *
 * No keyword is reserved as a name, so a grammar of regular expressions can only guess; the server's semantic tokens correct it.
 */
import { AstUtils, GrammarAST, GrammarUtils } from 'langium';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

type Grammar = GrammarAST.Grammar;
type Captures = Readonly<Record<string, { readonly name: string }>>;

export interface TextMateRule {
  readonly name?: string;
  readonly contentName?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly TextMateRule[];
  readonly include?: string;
}

export interface TextMateGrammar {
  readonly $schema: string;
  readonly name: string;
  readonly scopeName: string;
  readonly fileTypes: readonly string[];
  readonly patterns: readonly TextMateRule[];
  readonly repository: Readonly<Record<string, TextMateRule>>;
}

const alphabetic = /^[A-Za-z]/;

/** JavaScript writes `\u00C0`, Oniguruma `\x{00C0}`. */
function forOniguruma(source: string): string {
  return source.replaceAll(/\\u([0-9A-Fa-f]{4})/g, (_, digits: string) => `\\x{${digits}}`);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

/** Longest first, so that a keyword never hides a longer one. Case counts, and code units decide: the file must not differ by machine. */
function anyOf(words: Iterable<string>): string {
  const list = [...new Set(words)];
  list.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return list.map((word) => word.split(' ').map(escaped).join(String.raw`\s+`)).join('|');
}

/** A whole word, where a `-` between letters belongs to the word. */
function wholeWord(expression: string): string {
  return String.raw`(?<![\w-])(?:${expression})(?![\w-])`;
}

/** What the first words of an element may be: sequences of keywords up to the first thing that is not a keyword. */
function leadingKeywords(element: GrammarAST.AbstractElement): string[] {
  if (GrammarAST.isKeyword(element)) {
    return alphabetic.test(element.value) ? [element.value] : [];
  }
  if (GrammarAST.isAlternatives(element)) {
    return element.elements.flatMap(leadingKeywords);
  }
  if (GrammarAST.isAssignment(element)) {
    return leadingKeywords(element.terminal);
  }
  if (GrammarAST.isRuleCall(element)) {
    const rule = element.rule.ref;
    return rule !== undefined && GrammarAST.isParserRule(rule) ? leadingKeywords(rule.definition) : [];
  }
  if (GrammarAST.isGroup(element)) {
    const sequence: string[] = [];
    for (const part of element.elements) {
      if (GrammarAST.isKeyword(part) && part.cardinality === undefined && alphabetic.test(part.value)) {
        sequence.push(part.value);
        continue;
      }
      if (sequence.length === 0) {
        return leadingKeywords(part);
      }
      break;
    }
    return sequence.length === 0 ? [] : [sequence.join(' ')];
  }
  return [];
}

/** The declarations a file consists of. */
function declarations(grammar: Grammar): string[] {
  const rule = grammar.rules.find((candidate) => candidate.name === 'Declaration');
  return rule !== undefined && GrammarAST.isParserRule(rule) ? leadingKeywords(rule.definition) : [];
}

function isDataTypeRule(node: GrammarAST.AbstractRule): boolean {
  return GrammarAST.isParserRule(node) && GrammarUtils.isDataTypeRule(node);
}

/** Whether an element begins with a name of its own: `name=ID`, or a rule that begins so. */
function beginsWithName(element: GrammarAST.AbstractElement | undefined): boolean {
  if (GrammarAST.isGroup(element)) {
    return beginsWithName(element.elements[0]);
  }
  if (GrammarAST.isAlternatives(element)) {
    return element.elements.some(beginsWithName);
  }
  if (GrammarAST.isAssignment(element)) {
    return element.feature === 'name' ? refersTo(element.terminal) === 'ID' : beginsWithName(element.terminal);
  }
  if (GrammarAST.isRuleCall(element)) {
    const rule = element.rule.ref;
    return GrammarAST.isParserRule(rule) && !isDataTypeRule(rule) && beginsWithName(rule.definition);
  }
  return false;
}

function refersTo(element: GrammarAST.AbstractElement): string | undefined {
  return GrammarAST.isRuleCall(element) ? element.rule.$refText : undefined;
}

/** Keywords that are followed by a name of their own inside a declaration: `target uptime`, `step log`. */
function members(grammar: Grammar): string[] {
  const top = new Set(declarations(grammar).map((words) => words.split(' ').at(-1)));
  return AstUtils.streamAllContents(grammar)
    .filter(GrammarAST.isGroup)
    .flatMap((group) => group.elements.map((part, index) => [part, group.elements[index + 1]] as const))
    .filter(([, next]) => beginsWithName(next))
    .map(([part]) => part)
    .filter(GrammarAST.isKeyword)
    .map(({ value }) => value)
    .filter((word) => alphabetic.test(word) && !top.has(word))
    .toArray();
}

/** Builds the TextMate grammar of a Langium grammar of this language. */
export function textMateGrammar(grammar: Grammar): TextMateGrammar {
  const keywords = new Set<string>();
  const values = new Set<string>();
  for (const rule of grammar.rules) {
    for (const keyword of AstUtils.streamAllContents(rule).filter(GrammarAST.isKeyword)) {
      if (alphabetic.test(keyword.value)) {
        (isDataTypeRule(rule) ? values : keywords).add(keyword.value);
      }
    }
  }
  for (const word of keywords) {
    values.delete(word);
  }
  // "R", "A", "C" and "I" are responsibilities, not words of the sentence.
  const responsibilities = [...keywords].filter((word) => word.length === 1);
  for (const word of responsibilities) {
    keywords.delete(word);
  }

  const terminal = (name: string): string => {
    const rule = grammar.rules.find((candidate) => candidate.name === name);
    if (rule === undefined || !GrammarAST.isTerminalRule(rule)) {
      throw new Error(`the grammar has no token ${name}`);
    }
    return forOniguruma(GrammarUtils.terminalRegex(rule).source);
  };
  const value = (name: string): string => String.raw`(?<![\w-])(?:${terminal(name)})`;
  const id = terminal('ID');

  return {
    $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
    name: 'ITSMS',
    scopeName: 'source.itsms',
    fileTypes: ['itsms'],
    patterns: [{ include: '#comments' }, { include: '#declaration' }, { include: '#block' }, { include: '#values' }],
    repository: {
      comments: {
        patterns: [
          { name: 'comment.block.documentation.itsms', begin: String.raw`/\*\*(?!/)`, end: String.raw`\*/` },
          { name: 'comment.block.itsms', begin: String.raw`/\*`, end: String.raw`\*/` },
          { name: 'comment.line.double-slash.itsms', match: '//.*$' },
        ],
      },
      declaration: {
        match: String.raw`^\s*(${anyOf(declarations(grammar))})(?![\w-])(?:\s+(${id})(?![\w:-]))?`,
        captures: { 1: { name: 'storage.type.itsms' }, 2: { name: 'entity.name.type.itsms' } },
      },
      // Inside braces the first words of a declaration are facts: `service hours always`, `customer retail`.
      block: {
        begin: String.raw`\{`,
        end: String.raw`\}`,
        beginCaptures: { 0: { name: 'punctuation.section.block.begin.itsms' } },
        endCaptures: { 0: { name: 'punctuation.section.block.end.itsms' } },
        patterns: [{ include: '#comments' }, { include: '#block' }, { include: '#member' }, { include: '#values' }],
      },
      member: {
        match: String.raw`^\s*(${anyOf(members(grammar))})\s+(${id})`,
        captures: { 1: { name: 'keyword.other.itsms' }, 2: { name: 'entity.name.function.itsms' } },
      },
      values: {
        patterns: [
          {
            name: 'string.quoted.triple.itsms',
            contentName: 'meta.embedded.block.markdown',
            begin: '"""',
            end: '"""',
            // Only what stays on a line: a fence or a list must not swallow the closing quotes. The emphasis of our own
            // keeps the rule alive in editors without a Markdown grammar, which would drop it whole.
            patterns: [
              { include: 'text.html.markdown#inline' },
              { name: 'markup.bold.markdown', match: String.raw`\*\*[^*"]+\*\*` },
            ],
          },
          {
            name: 'string.quoted.double.itsms',
            begin: '"',
            end: '"|$',
            patterns: [{ name: 'constant.character.escape.itsms', match: String.raw`\\.` }],
          },
          { name: 'constant.other.requirement.itsms', match: value('REQUIREMENT_ID') },
          { name: 'constant.other.hash.itsms', match: value('HASH') },
          { name: 'constant.other.timezone.itsms', match: value('TIME_ZONE') },
          { name: 'constant.other.days.itsms', match: value('DAYS') },
          { name: 'constant.other.time.itsms', match: value('TIME_RANGE') },
          { name: 'constant.other.date.itsms', match: value('DATE') },
          { name: 'constant.other.period.itsms', match: value('PERIOD') },
          {
            match: String.raw`(?<![\w-])([0-9]+(?:\.[0-9]+)?)\s*(working\s+days?|[A-Z]{3})(?![\w-])`,
            captures: { 1: { name: 'constant.numeric.itsms' }, 2: { name: 'keyword.other.unit.itsms' } },
          },
          {
            match: String.raw`(?<![\w-])([0-9]+(?:\.[0-9]+)?)(%|[A-Za-z][A-Za-z0-9]*)?`,
            captures: { 1: { name: 'constant.numeric.itsms' }, 2: { name: 'keyword.other.unit.itsms' } },
          },
          {
            match: String.raw`(->)\s*(${id})?`,
            captures: { 1: { name: 'keyword.operator.arrow.itsms' }, 2: { name: 'variable.other.itsms' } },
          },
          { name: 'keyword.operator.comparison.itsms', match: '>=|<=|<|>|=' },
          { name: 'punctuation.separator.itsms', match: '[,.;]' },
          {
            match: `${wholeWord(anyOf(responsibilities))}(?=\\s+${id})`,
            name: 'keyword.other.responsibility.itsms',
          },
          { name: 'constant.language.itsms', match: wholeWord(anyOf(values)) },
          { name: 'keyword.other.itsms', match: wholeWord(anyOf(keywords)) },
          { name: 'variable.other.itsms', match: id },
        ],
      },
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = resolve(import.meta.dirname, '..');
  const generated = (await import(pathToFileURL(resolve(root, 'language/generated/grammar.ts')).href)) as {
    readonly ItsmsGrammar: () => Grammar;
  };
  const file = resolve(root, 'syntaxes/itsms.tmLanguage.json');
  await writeFile(file, `${JSON.stringify(textMateGrammar(generated.ItsmsGrammar()), undefined, 2)}\n`);
  console.log('wrote syntaxes/itsms.tmLanguage.json');
}
