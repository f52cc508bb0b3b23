/** Reads which modules the source files import, for the tests of the architecture. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

export const root = resolve(import.meta.dirname, '..', '..');

export interface Import {
  /** The importing file, relative to the repository with `/`. */
  readonly from: string;
  /** The imported file, relative to the repository with `/`, or the name of a package or of a Node module. */
  readonly to: string;
  readonly typeOnly: boolean;
}

/** An import or re-export statement, or a dynamic import. Good for source that a type checker has accepted. */
const statement =
  /^\s*(?:import|export)\s+(type\s+)?(?:[\w*{][^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

function withSlashes(path: string): string {
  return path.split(sep).join('/');
}

/** The imports in a text, as if it were the file `from`. */
export function importsOfText(from: string, text: string): Import[] {
  const withoutComments = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  return [...withoutComments.matchAll(statement)].map((match) => {
    const named = match[2] ?? match[3] ?? '';
    const to = named.startsWith('.') ? withSlashes(relative(root, join(root, dirname(from), named))) : named;
    return { from, to, typeOnly: match[1] !== undefined };
  });
}

export function sourceFiles(...folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
    .map(withSlashes)
    .toSorted();
}

export function importsOf(...folders: readonly string[]): Import[] {
  return sourceFiles(...folders).flatMap((file) => importsOfText(file, readFileSync(join(root, file), 'utf8')));
}
