/** What a project asks of the machine it stands on. Everything it reads or writes goes through here. */

/** A file of the project as it was found; nothing of it has been read. */
export interface ListedFile {
  /** Relative to the project's folder, with `/`. */
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  /** In milliseconds; for telling changed files from unchanged ones only. */
  readonly modified: number;
}

/** Why a file cannot be used. `outside`: it, or what a link leads to, is not inside the project's folder. */
export type Refusal = 'missing' | 'outside' | 'notAFile' | 'tooLarge' | 'unreadable' | 'unwritable';

export interface Refused {
  readonly file: string;
  readonly refusal: Refusal;
  /** A sentence for people, which names the file. */
  readonly message: string;
}

export interface Listing {
  /** Sorted by name. */
  readonly files: readonly ListedFile[];
  readonly refused: readonly Refused[];
}

export function isRefused(value: unknown): value is Refused {
  return typeof value === 'object' && value !== null && 'refusal' in value;
}

/** The machine, as seen from one project's folder. No path leads out of that folder, not even through a symbolic link. */
export interface ProjectHost {
  /** The project's folder, as an absolute path without symbolic links. */
  readonly root: string;
  /** Every model text of the project: `*.itsms`, without `node_modules`, `dist`, hidden folders and projects of their own inside. */
  listTexts(): Promise<Listing>;
  /** The files that patterns such as `data/incident-*.csv` mean. A pattern without a wildcard that finds nothing is refused as missing. */
  listData(patterns: readonly string[]): Promise<Listing>;
  /** The absolute path, without symbolic links, of a file inside the project. */
  resolve(file: string): Promise<string | Refused>;
  /** @param limit in bytes; a larger file is refused before it is read */
  read(file: string, limit: number): Promise<Uint8Array | Refused>;
  /** Writes a file, whole or not at all; folders on its way are made. @returns why it was not written */
  write(file: string, content: Uint8Array): Promise<Refused | undefined>;
  /** A cryptographic hash of a file's bytes, in hexadecimal. */
  hash(file: string): Promise<string | Refused>;
}
