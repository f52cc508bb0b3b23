import type { Severity } from '../../language/model/finding.ts';

/** Colours for a terminal; without colour the text alone. */
export interface Style {
  strong(text: string): string;
  quiet(text: string): string;
  severity(severity: Severity, text: string): string;
}

const codes: Readonly<Record<Severity, number>> = { error: 31, warning: 33, information: 36, hint: 90 };

export function terminalStyle(colour: boolean): Style {
  const paint = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    strong: (text) => paint(1, text),
    quiet: (text) => paint(2, text),
    severity: (severity, text) => paint(codes[severity], text),
  };
}

/** A text from a model or an export as it may go to a terminal: without control characters, which could command it. */
export function safeForTerminal(text: string): string {
  return text.replace(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, (character) => (character === '\n' || character === '\t' ? ' ' : '\ufffd'));
}

/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
