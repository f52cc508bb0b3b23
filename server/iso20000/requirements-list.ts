import { catalogue } from '../../language/catalogue/catalogue.ts';
import { areaOfClause, clauseElsewhere } from '../../language/catalogue/crosswalk.ts';
import { ruleFiles } from './rules.ts';

/** A row of the catalogue, and what there is of it; null where there is nothing yet. Paths are relative to the product's folder. */
export interface ListedRequirement {
  readonly id: string;
  readonly clause: string;
  readonly title: string;
  readonly checkKind: 'structure' | 'data' | 'attestation' | null;
  /** The file of the rule that checks it. */
  readonly rule: string | null;
  /** The model that meets it, with what breaks it. */
  readonly fixture: string | null;
  /** The page that explains it. */
  readonly page: string | null;
  /** The area of the 2005 edition in which its subject stood. */
  readonly area2005: string | null;
  /** Where the subject of its clause is found elsewhere: no proof of conformity with any of these. */
  readonly elsewhere: { readonly itil4: readonly string[]; readonly iso27001: readonly string[]; readonly iso9001: readonly string[] };
}

/** All rows of kind *shall*, in the order of the catalogue. */
export function requirementsList(): ListedRequirement[] {
  return catalogue.demands.map(({ id, clause, title, checkKind }) => {
    const rule = ruleFiles.get(id) ?? null;
    const { itil4 = [], iso27001 = [], iso9001 = [] } = clauseElsewhere(clause) ?? {};
    return {
      id,
      clause,
      title,
      checkKind,
      rule,
      fixture: rule === null ? null : fixtureOf(id),
      page: rule === null ? null : pageOf(id),
      area2005: areaOfClause(clause)?.name ?? null,
      elsewhere: { itil4, iso27001, iso9001 },
    };
  });
}

/** The page that explains what a finding's code speaks of: that of its first row that has one. Codes that are not of the catalogue have none. */
export function pageOfCode(code: string): string | undefined {
  const rows = catalogue.statements.get(code) ?? (catalogue.row(code) ? [code] : catalogue.requirements.filter(({ clause }) => clause === code).map(({ id }) => id));
  const row = rows.find((id) => ruleFiles.has(id));
  return row === undefined ? undefined : pageOf(row);
}

function fixtureOf(row: string): string {
  return `test/rules/${row}.itsms`;
}

/** The build makes the pages from the catalogue and the fixtures. */
function pageOf(row: string): string {
  return `dist/docs/requirements/${row}.md`;
}
