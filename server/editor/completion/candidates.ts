import type { CompletionItemKind } from 'vscode-languageserver';

/** What a candidate's documentation is made from when somebody looks at it. */
export type CandidateSubject =
  | { readonly kind: 'phrase'; readonly rule: string; readonly words: string }
  | { readonly kind: 'name'; readonly type: string; readonly id: string }
  | { readonly kind: 'text'; readonly text: string };

/** Something that may be inserted at the cursor. */
export interface Candidate {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** Shown beside the label: a title. */
  readonly description?: string;
  /** Shown on the line of the label: the kind of thing. */
  readonly detail?: string;
  readonly insert?: string;
  readonly isSnippet?: boolean;
  readonly subject?: CandidateSubject;
}
