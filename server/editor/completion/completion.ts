import { CompletionItemKind, InsertTextFormat, MarkupKind, type CompletionItem, type CompletionList, type Position } from 'vscode-languageserver';
import { describeName, describePhrase } from '../describe.ts';
import type { EditorProject } from '../editor-project.ts';
import type { Candidate, CandidateSubject } from './candidates.ts';
import { completionContext, type CompletionContext } from './completion-context.ts';
import { keywordCandidates } from './keyword-candidates.ts';
import { nameCandidates } from './name-candidates.ts';
import { valueCandidates } from './value-candidates.ts';

/** A list of 5,000 names is nearly a megabyte of JSON; nobody reads more than this. */
export const completionLimit = 200;

export interface CompletionOptions {
  /** Whether the client understands placeholders. */
  readonly snippets: boolean;
  /** The character whose typing asked for completion, if one did. */
  readonly triggerCharacter?: string;
}

/** What is kept with an item until somebody looks at it. */
export interface CompletionData {
  readonly file: string;
  readonly subject: CandidateSubject;
}

const nothing: CompletionList = { isIncomplete: false, items: [] };

/** What may be written at a position: words of the language and names of the right kind, at most {@link completionLimit}. */
export function complete(project: EditorProject, file: string, position: Position, options: CompletionOptions): CompletionList {
  const context = completionContext(project, file, position);
  if (!context) return nothing;
  const candidates = candidatesAt(project, context);
  // A blank asks for names, not for the list of everything that may begin a line.
  if (options.triggerCharacter === ' ' && (context.startsLine || candidates.every(({ subject }) => subject?.kind !== 'name'))) return nothing;
  const ranked = rank(candidates, context.prefix);
  return {
    isIncomplete: ranked.length > completionLimit,
    items: ranked.slice(0, completionLimit).map((candidate, index) => item(candidate, index, file, context, options)),
  };
}

/** Adds what {@link complete} leaves out because it is read for one item only. */
export function resolveCompletion(project: EditorProject, item: CompletionItem, { subject }: CompletionData): CompletionItem {
  const text = describe(project, subject);
  return text === undefined ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value: text } };
}

function describe(project: EditorProject, subject: CandidateSubject): string | undefined {
  switch (subject.kind) {
    case 'phrase':
      return describePhrase(subject.rule, subject.words);
    case 'name': {
      const known = project.model.find(subject.type, subject.id);
      return known ? describeName(project, known) : undefined;
    }
    case 'text':
      return subject.text;
  }
}

function candidatesAt(project: EditorProject, context: CompletionContext): Candidate[] {
  const names: Candidate[] = [];
  const values: Candidate[] = [];
  const types = new Set<string>();
  for (const expectation of context.expected) {
    const { site, callers, trail, isKeyword, takes } = expectation;
    // The first word of a qualified name is asked for by the rule that the reference calls.
    const refersTo = site.refersTo ?? (takes === 'ID' ? callers[0]?.refersTo : undefined);
    if (refersTo !== undefined) {
      if (types.has(refersTo)) continue;
      types.add(refersTo);
      names.push(...nameCandidates(project, refersTo, trail, context.declaration));
    } else if (!isKeyword) {
      (takes === 'ID' ? names : values).push(...valueCandidates(project, expectation, context));
    }
  }
  const taken = new Set<string>();
  return [...names, ...values, ...keywordCandidates(context)].filter(({ label, detail, kind }) => {
    const key = `${kind}/${detail ?? ''}/${label}`;
    return !taken.has(key) && taken.add(key);
  });
}

/** Those that fit what has been typed: first those that begin with it, then those that hold it; where there are none, those with its letters in order. */
function rank(candidates: readonly Candidate[], prefix: string): Candidate[] {
  const typed = prefix.toLowerCase();
  const ranked: { readonly candidate: Candidate; readonly score: number }[] = [];
  candidates.forEach((candidate) => {
    const score = fit(candidate, typed);
    if (score !== undefined) ranked.push({ candidate, score });
  });
  const isFound = ranked.some(({ score }) => score < scattered);
  return ranked
    .filter(({ score }) => !isFound || score < scattered)
    .sort((a, b) => a.score - b.score)
    .map(({ candidate }) => candidate);
}

const scattered = 3;

function fit({ label, description }: Candidate, typed: string): number | undefined {
  if (typed === '') return 0;
  const name = label.toLowerCase();
  if (name.startsWith(typed)) return 0;
  if (name.includes(typed)) return 1;
  const title = description?.toLowerCase();
  if (title?.includes(typed)) return 2;
  return holdsInOrder(name, typed) || (title !== undefined && holdsInOrder(title, typed)) ? scattered : undefined;
}

function holdsInOrder(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function item(candidate: Candidate, index: number, file: string, context: CompletionContext, options: CompletionOptions): CompletionItem {
  const { label, kind, description, detail, insert, isSnippet, subject } = candidate;
  const asSnippet = insert !== undefined && isSnippet === true && options.snippets;
  const data: CompletionData | undefined = subject ? { file, subject } : undefined;
  return {
    label,
    kind: asSnippet ? CompletionItemKind.Snippet : kind,
    ...(description !== undefined ? { labelDetails: { description } } : {}),
    ...(detail !== undefined ? { detail } : {}),
    // The client filters by what stands in the text; a title is another way to find a name.
    filterText: description !== undefined ? `${label} ${description}` : label,
    sortText: String(index).padStart(4, '0'),
    textEdit: { range: context.range, newText: asSnippet ? insert : label },
    ...(asSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(data ? { data } : {}),
  };
}
