/** A source proposed for files of a project: what the command line and the editor share. */
import type { DeclarationType } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import { recordKinds } from '../../../language/model/record-kinds.ts';
import { ConvertedTables } from '../formats/converted-tables.ts';
import type { DataFiles } from '../source-files.ts';
import type { SourceProfile } from './profile.ts';
import { proposeSource, sourceName } from './propose-source.ts';
import { readProfile } from './read-profile.ts';
import { guessKind } from './record-kind.ts';
import type { DeclaredName } from './value-tables.ts';

/** What a proposal asks of a project. */
export interface ProposingProject {
  readonly model: Model;
  readonly host: DataFiles;
  readonly trusted: boolean;
}

/** @param patterns relative to the project’s folder. @returns a sentence for people where the files cannot be looked into */
export async function proposalProfile({ host, trusted }: ProposingProject, request: { readonly patterns: readonly string[]; readonly sheet?: string; readonly signal: AbortSignal }): Promise<SourceProfile | string> {
  if (!trusted) return 'Data is read in a trusted workspace only.';
  const tables = new ConvertedTables(undefined, host.root);
  try {
    return await readProfile({ ...request, data: host, tables, patterns: await together(host, request.patterns) });
  } finally {
    await tables.close();
  }
}

export interface Proposed {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
}

/** @returns a sentence for people where nothing can be proposed, or where nothing says what the records are */
export function proposalFor({ model }: Pick<ProposingProject, 'model'>, profile: SourceProfile, wish: { readonly kind?: string; readonly name?: string }): Proposed | string {
  const taken = new Set(model.all('Source').map(({ name }) => name));
  const { kinds, isClear } = guessKind(profile);
  const kind = wish.kind ?? (isClear ? kinds[0]?.kind : undefined);
  if (kind === undefined) {
    const likely = kinds.filter(({ score }) => score > 0.5).slice(0, 4).map(({ kind: one }) => one);
    return `Nothing in ${profile.files[0] ?? 'the file'} says plainly what its records are${likely.length > 0 ? `; perhaps ${likely.join(', ')}` : ''}. Say --kind ${likely[0] ?? 'incident'}, or another of ${Object.keys(recordKinds).join(', ')}.`;
  }
  const same = model.all('Source').find((source) => source.recordKind === kind && source.database === undefined && source.files.join('\n') === profile.patterns.join('\n'));
  if (same) return `The source ${same.name} reads the same ${profile.patterns.length === 1 ? 'file' : 'files'} as records of the same kind already.`;
  const name = wish.name ?? sourceName(profile.patterns, kind, taken);
  if (taken.has(name)) return `There is a source ${name} already.`;
  if (!/^[\p{L}][\p{L}\p{N}_]*(?:-[\p{L}\p{N}_]+)*$/u.test(name)) return `“${name}” cannot be the name of a source: letters, digits and hyphens, a letter first.`;
  return { kind, name, text: proposeSource(profile, { kind, name, declared: (type) => declared(model, type) }) };
}

function declared(model: Model, type: DeclarationType): readonly DeclaredName[] {
  return model.all(type).flatMap((one) => ('name' in one && typeof one.name === 'string' ? [{ id: one.name, ...('title' in one && typeof one.title === 'string' ? { title: one.title } : {}) }] : []));
}

/** Files whose names differ in numbers only are named by one pattern, if it means just these. */
async function together(host: DataFiles, patterns: readonly string[]): Promise<readonly string[]> {
  const [first] = patterns;
  if (first === undefined || patterns.length < 2) return patterns;
  const common = patterns.every((pattern) => pattern.replace(/\d+/g, '0') === first.replace(/\d+/g, '0'));
  if (!common) return patterns;
  // From the first number that differs to the last one.
  let start = 0;
  while (patterns.every((pattern) => pattern[start] === first[start])) start++;
  while (start > 0 && /\d/.test(first[start - 1]!)) start--;
  let end = 0;
  while (patterns.every((pattern) => pattern.at(-1 - end) === first.at(-1 - end)) && end < first.length - start) end++;
  while (end > 0 && /\d/.test(first.at(-end)!)) end--;
  const pattern = `${first.slice(0, start)}*${first.slice(first.length - end)}`;
  if (first.slice(start, first.length - end).includes('/') || /[*?[\]{}()!]/.test(pattern.replace('*', ''))) return patterns;
  const { files } = await host.listData([pattern]);
  return files.length === patterns.length && files.every(({ file }) => patterns.includes(file)) ? [pattern] : patterns;
}

/** A text with a declaration after all others. @returns also the line the declaration begins in, from 0 */
export function withDeclaration(text: string, declaration: string): { readonly text: string; readonly line: number } {
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? '\n';
  const before = text.trim() === '' ? '' : `${text.trimEnd()}${lineEnd}${lineEnd}`;
  return { text: before + declaration.replaceAll('\n', lineEnd), line: before.split('\n').length - 1 };
}
