/** What a command asks of the terminal it was started in; a test gives its own. */
export interface CommandIo {
  /** Writes a result. */
  out(text: string): void;
  /** Writes what is not part of the result: progress, errors. */
  error(text: string): void;
  /** The current folder, absolute. */
  readonly folder: string;
  /** Whether results may be coloured. */
  readonly colour: boolean;
  /** Folder for caches; undefined: none are kept. */
  readonly cacheFolder: string | undefined;
  /** Ends when the user interrupts. */
  readonly signal: AbortSignal;
}

/** Exit codes of every command. */
export const exitCodes = {
  /** Nothing at or above what `--fail-on` names. */
  fine: 0,
  findings: 1,
  cannotRun: 2,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Why a command cannot do what it was asked. Shown as one sentence; the exit code is 2. */
export class CannotRun extends Error {}
