/** Colours a text with the TextMate grammar, by the engine that VS Code uses. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as Oniguruma from 'vscode-oniguruma';
import type * as TextMate from 'vscode-textmate';
import { ItsmsGrammar } from '../../language/generated/grammar.ts';
import { textMateGrammar } from '../../scripts/generate-textmate.ts';

const require = createRequire(import.meta.url);
const oniguruma = require('vscode-oniguruma') as typeof Oniguruma;
const textMate = require('vscode-textmate') as typeof TextMate;

export interface Token {
  readonly text: string;
  /** The innermost scope. */
  readonly scope: string;
}

async function load(): Promise<TextMate.IGrammar> {
  const wasm = await readFile(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new textMate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      scope === 'source.itsms' ? textMate.parseRawGrammar(JSON.stringify(textMateGrammar(ItsmsGrammar())), 'itsms.json') : null,
  });
  const grammar = await registry.loadGrammar('source.itsms');
  if (grammar === null) {
    throw new Error('the grammar did not load');
  }
  return grammar;
}

let loaded: Promise<TextMate.IGrammar> | undefined;

/** The tokens of a text, line by line, without white space. */
export async function tokenize(text: string): Promise<Token[]> {
  const grammar = await (loaded ??= load());
  const tokens: Token[] = [];
  let state = textMate.INITIAL;
  for (const line of text.split('\n')) {
    const result = grammar.tokenizeLine(line, state);
    for (const { startIndex, endIndex, scopes } of result.tokens) {
      const part = line.slice(startIndex, endIndex);
      if (part.trim() !== '') {
        tokens.push({ text: part.trim(), scope: scopes.at(-1) ?? '' });
      }
    }
    state = result.ruleStack;
  }
  return tokens;
}
