import { GrammarAST } from 'langium';
import type { Expression } from '../model/declarations.ts';
import { automatonOf } from '../syntax/grammar-automaton.ts';
import { syntaxServices } from '../syntax/services.ts';
import { Unparser } from './unparse.ts';

/** A computation as it is written in a model: `state starts with "Awaiting"`. Undefined where it could not be read as a whole. */
export function printExpression(expression: Expression): string | undefined {
  const { Grammar: grammar } = syntaxServices();
  const rule = grammar.rules.find((candidate) => candidate.name === 'Expression');
  if (!GrammarAST.isParserRule(rule)) throw new Error('The grammar has no rule Expression.');
  const words = new Unparser(automatonOf(grammar).factStarts).node(rule, expression);
  return words?.reduce((text, { text: word }, index) => {
    const isApart = index > 0 && ![')', ','].includes(word) && words[index - 1]?.text !== '(';
    return `${text}${isApart ? ' ' : ''}${word}`;
  }, '');
}
