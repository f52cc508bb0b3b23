import { Option } from 'commander';

export type TextOrJson = 'text' | 'json';

/** `--format`, of commands that print for people and, by a published schema, for programs. */
export function textOrJson(): Option {
  return new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text');
}
