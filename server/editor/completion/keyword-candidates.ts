import { AstUtils, GrammarAST } from 'langium';
import { CompletionItemKind } from 'vscode-languageserver';
import { declarationDocumentation } from '../../../language/documentation/declarations.ts';
import { elementsOf, type Expectation } from '../../../language/syntax/expectation.ts';
import { phraseFrom } from '../../../language/syntax/keyword-phrases.ts';
import type { Candidate } from './candidates.ts';
import type { CompletionContext } from './completion-context.ts';

/** The words that may come next: facts that still fit, fixed words of a fact, kinds of declaration. */
export function keywordCandidates(context: CompletionContext): Candidate[] {
  const candidates: Candidate[] = [];
  for (const expectation of context.expected) {
    const { site, isKeyword, takes } = expectation;
    if (!isKeyword || !/^[A-Za-z]/.test(takes) || !GrammarAST.isKeyword(site.element)) continue;
    const rule = AstUtils.getContainerOfType(site.element, GrammarAST.isParserRule)?.name ?? '';
    if (rule === 'Requirement' || isStated(expectation, context)) continue;
    const words = phraseFrom(site.element);
    const declaration = context.isTopLevel && Object.hasOwn(declarationDocumentation, words) ? declarationDocumentation[words] : undefined;
    candidates.push({
      label: words,
      kind: declaration ? CompletionItemKind.Class : isValueWord(site.element) ? CompletionItemKind.EnumMember : CompletionItemKind.Keyword,
      subject: { kind: 'phrase', rule, words },
      ...(declaration && declaration.snippet !== '' ? { insert: declaration.snippet, isSnippet: true } : {}),
    });
  }
  return candidates;
}

/** A word that is the value of a fact (`live`) rather than the beginning of one (`status`). */
function isValueWord(keyword: GrammarAST.Keyword): boolean {
  const rule = AstUtils.getContainerOfType(keyword, GrammarAST.isParserRule);
  return rule?.dataType !== undefined || rule?.returnType !== undefined;
}

/** Whether a fact that can be stated once has been stated already, before the cursor or behind it. */
function isStated({ site, frame }: Expectation, { whole }: CompletionContext): boolean {
  return isOnceOnly(site.element) && elementsOf(whole, frame).has(site.element);
}

const onceOnly = new WeakMap<GrammarAST.AbstractElement, boolean>();

/** Whether an element begins a fact, in a list of facts in any order, that holds one value. */
export function isOnceOnly(element: GrammarAST.AbstractElement): boolean {
  let known = onceOnly.get(element);
  if (known === undefined) onceOnly.set(element, (known = findOnceOnly(element)));
  return known;
}

function findOnceOnly(element: GrammarAST.AbstractElement): boolean {
  let alternative: GrammarAST.AbstractElement = element;
  let container: unknown = element.$container;
  while (GrammarAST.isAbstractElement(container)) {
    if (GrammarAST.isAlternatives(container) && container.cardinality === '*') {
      const parts = [alternative, ...AstUtils.streamAllContents(alternative)];
      return !parts.some((part) => GrammarAST.isAssignment(part) && part.operator === '+=');
    }
    alternative = container;
    container = container.$container;
  }
  return false;
}
