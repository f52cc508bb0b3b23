import type { Expression } from '../../language/model/declarations.ts';
import { plainNode } from '../../language/syntax/plain-node.ts';
import { syntaxServices } from '../../language/syntax/services.ts';

const known = new Map<string, Expression | undefined>();

/** An expression of the language on its own, for checks that rules make. Undefined if the text is none. */
export function parseExpression(text: string): Expression | undefined {
  if (known.has(text)) return known.get(text);
  const result = syntaxServices().parser.LangiumParser.parse(text, { rule: 'Expression' });
  const expression = result.lexerErrors.length > 0 || result.parserErrors.length > 0 ? undefined : (plainNode(result.value).node as unknown as Expression);
  known.set(text, expression);
  return expression;
}
