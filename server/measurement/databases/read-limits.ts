/** How much is read of a database, and how long is waited for it. */
export interface ReadLimits {
  readonly rows: number;
  /** In milliseconds: for connecting, for waiting for a lock, and for each statement. */
  readonly connect: number;
  readonly lock: number;
  readonly statement: number;
}

export const usualLimits: ReadLimits = { rows: 20_000_000, connect: 15_000, lock: 10_000, statement: 300_000 };
