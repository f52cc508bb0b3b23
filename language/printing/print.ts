import { GrammarAST, type LangiumCoreServices } from 'langium';
import { formatText } from '../formatting/format.ts';
import { automatonOf } from '../syntax/grammar-automaton.ts';
import { syntaxServices } from '../syntax/services.ts';
import { Unparser } from './unparse.ts';

/** A declaration as plain data; keys, places and documentation may be missing. */
export interface PrintableDeclaration {
  readonly $type: string;
  readonly $documentation?: string;
}


/**
 * The canonical text of a declaration: what it says, in the order of the grammar, one fact per line. Reading it gives the same
 * facts again. Undefined where a fact is missing that the grammar demands, as in a declaration that could not be read as a whole.
 *
 * @param services the language's services, where the caller has them already: they are costly to make.
 */
export function printDeclaration(declaration: PrintableDeclaration, services?: LangiumCoreServices): string | undefined {
  const language = services ?? syntaxServices();
  const rule = language.Grammar.rules.find((candidate) => candidate.name === 'Declaration');
  if (!GrammarAST.isParserRule(rule)) throw new Error('The grammar has no rule Declaration.');
  const words = new Unparser(automatonOf(language.Grammar).factStarts).node(rule, declaration);
  if (!words) return undefined;
  let text = declaration.$documentation === undefined ? '' : documentationComment(declaration.$documentation);
  let depth = 0;
  for (const { text: printed, startsLine } of words) {
    // Entries of a table within a fact stay on its line.
    text += text === '' || text.endsWith('\n') ? '' : (startsLine && depth < 2) || (printed === '}' && depth < 2) ? '\n' : ' ';
    text += printed;
    if (printed === '{') depth++;
    if (printed === '}') depth--;
  }
  return formatText(`${text}\n`, { services: language });
}

function documentationComment(text: string): string {
  const lines = text.replaceAll('*/', '* /').split('\n');
  return lines.length === 1 ? `/** ${lines[0]} */\n` : `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}
