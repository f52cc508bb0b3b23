import type { Expression } from '../../language/model/declarations.ts';
import { directParser } from '../../language/syntax/direct-parser.ts';
import { plainNode } from '../../language/syntax/plain-node.ts';
import { syntaxServices } from '../../language/syntax/services.ts';

const known = new Map<string, Expression | undefined>();

/** An expression of the language on its own, for checks that rules make. Undefined if the text is none. */
export function parseExpression(text: string): Expression | undefined {
  if (known.has(text)) return known.get(text);
  const expression = read(text) as unknown as Expression | undefined;
  known.set(text, expression);
  return expression;
}

/** The other parser, which is slow to make, is asked only where something is wrong. */
function read(text: string): unknown {
  const services = syntaxServices();
  const direct = directParser(services).read(text, 'Expression');
  if (direct !== undefined) return direct.node;
  const { value, lexerErrors, parserErrors } = services.parser.LangiumParser.parse(text, { rule: 'Expression' });
  return lexerErrors.length > 0 || parserErrors.length > 0 ? undefined : plainNode(value).node;
}
