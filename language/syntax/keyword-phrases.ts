import { AstUtils, GrammarAST, type Grammar } from 'langium';

/** A word or words of the language that say one thing: `service hours` within an agreement. */
export interface KeywordPhrase {
  /** The rule of the grammar it stands in; for people, the kind of declaration or part. */
  readonly rule: string;
  readonly words: string;
  readonly element: GrammarAST.Keyword;
  /** The keywords of the phrase, the first included. */
  readonly elements: readonly GrammarAST.AbstractElement[];
}

const word = /^[A-Za-z]/;

/** The keywords that follow one another from this one on, up to the first value: `top management`. */
export function phraseFrom(keyword: GrammarAST.Keyword): string {
  const words = [keyword.value];
  let inner: GrammarAST.AbstractElement = keyword;
  // A keyword that is the value of a fact (`no dependencies`) ends its phrase in the assignment.
  if (GrammarAST.isAssignment(keyword.$container)) inner = keyword.$container;
  const group = inner.$container;
  if (!GrammarAST.isGroup(group) || inner.cardinality !== undefined) return keyword.value;
  for (const next of group.elements.slice(group.elements.indexOf(inner) + 1)) {
    const terminal: GrammarAST.AbstractElement = GrammarAST.isAssignment(next) ? next.terminal : next;
    if (!GrammarAST.isKeyword(terminal) || next.cardinality !== undefined || !word.test(terminal.value)) break;
    words.push(terminal.value);
  }
  return words.join(' ');
}

/** Every phrase of the grammar, at the keyword that begins it. Words inside a phrase are not listed again. */
export function keywordPhrases(grammar: Grammar): KeywordPhrase[] {
  const phrases: KeywordPhrase[] = [];
  for (const rule of grammar.rules) {
    if (!GrammarAST.isParserRule(rule)) continue;
    const inner = new Set<GrammarAST.AbstractElement>();
    for (const node of AstUtils.streamAllContents(rule)) {
      if (!GrammarAST.isKeyword(node) || !word.test(node.value) || inner.has(node)) continue;
      const words = phraseFrom(node);
      const elements: GrammarAST.AbstractElement[] = [node];
      phrases.push({ rule: rule.name, words, element: node, elements });
      let rest = words.split(' ').length - 1;
      let at: GrammarAST.AbstractElement = GrammarAST.isAssignment(node.$container) ? node.$container : node;
      while (rest-- > 0 && GrammarAST.isGroup(at.$container)) {
        const next: GrammarAST.AbstractElement | undefined = at.$container.elements[at.$container.elements.indexOf(at) + 1];
        if (!next) break;
        const part = GrammarAST.isAssignment(next) ? next.terminal : next;
        inner.add(part);
        elements.push(part);
        at = next;
      }
    }
  }
  return phrases;
}
