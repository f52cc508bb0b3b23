declare const epochSeconds: unique symbol;
declare const seconds: unique symbol;

/** A moment: seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX). May have a fraction. */
export type EpochSeconds = number & { readonly [epochSeconds]: true };

/** A length of time in seconds of 1/86,400 day. May have a fraction. */
export type Seconds = number & { readonly [seconds]: true };

export function epochSecondsOf(value: number): EpochSeconds {
  return value as EpochSeconds;
}

export function secondsOf(value: number): Seconds {
  return value as Seconds;
}

const instantText =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/u;

/** Reads an RFC 3339 moment (`2026-07-01T10:00:00+01:00`); the offset is needed, since without one it is no moment. */
export function parseInstant(text: string): EpochSeconds | undefined {
  if (!instantText.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : epochSecondsOf(milliseconds / 1000);
}

/** `2026-07-01T09:00:00Z` */
export function printInstant(instant: EpochSeconds): string {
  return new Date(instant * 1000).toISOString().replace('.000Z', 'Z');
}
