import { catalogue, type RequirementRow } from '../../language/catalogue/catalogue.ts';

/** A setting by clause, statement or row, as the project's configuration gives it. */
export type ByRequirement<T> = Readonly<Record<string, T>>;

/** What a setting says of a row: by the narrowest entry that fits (the row, its statement, its clause, the clauses above). */
export function settingFor<T>(settings: ByRequirement<T>, row: RequirementRow): T | undefined {
  const own = settings[row.id] ?? (row.statementId === null ? undefined : settings[row.statementId]);
  if (own !== undefined) return own;
  for (let clause: string | null = row.clause; clause !== null; clause = catalogue.clause(clause)?.parent ?? null) {
    if (settings[clause] !== undefined) return settings[clause];
  }
  return undefined;
}
