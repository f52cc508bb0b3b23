/** What a person has entrusted to the keeper of secrets; it goes from there to the connection and nowhere else. */
export interface Credentials {
  /** Where databases are, by their names; without passwords. */
  readonly addresses: Readonly<Record<string, string>>;
  /** By {@link DatabaseAddress.identity}: the password of one place is never sent to another. */
  readonly passwords: Readonly<Record<string, string>>;
}

/** Where a database of a model is, as far as that is known. */
export interface DatabaseAddress {
  readonly name: string;
  /** Who at which host and port reads which database: `reader@desk.example.org:5432/service`. Absent: nobody has said it. */
  readonly identity?: string;
  /** The environment says the password, which then holds. */
  readonly isComplete?: true;
}
