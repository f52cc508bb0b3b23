/**
 * Why a text is not the value it should be. What a user can get wrong is data to be shown at the text, never an exception.
 */
export interface Problem {
  /** One sentence for people, without the final stop. */
  readonly problem: string;
  /** A text that would be accepted in its place, where one is likely to be meant. */
  readonly suggestion?: string;
}

export function problem(text: string, suggestion?: string): Problem {
  return suggestion === undefined ? { problem: text } : { problem: text, suggestion };
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value;
}

/** A user's text as it may stand in a message: one line, of bounded length. */
export function shown(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return `“${line.length > 40 ? `${[...line].slice(0, 40).join('')}…` : line}”`;
}
