import { Option } from 'commander';

export type TextOrJson = 'text' | 'json';

/** `--format`, of commands that print for people and, by a published schema, for programs. */
export function textOrJson(): Option {
  return new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text');
}

/** What `--format json` prints: indented, with a last line that ends. */
export function printedJson(result: unknown): string {
  return `${JSON.stringify(result, undefined, 2)}\n`;
}
