import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import type { Finding, Severity } from '../../language/model/finding.ts';
import type { Model } from '../../language/model/model.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { dateOf } from './dates.ts';
import { isFilledIn } from './filled-in.ts';
import { placeOf } from './remark.ts';
import { counted, listed, named } from './wording.ts';

type Waiver = DeclarationTypes['Waiver'];

/** A gap that somebody has accepted until a date. It stays a gap. */
export interface AcceptedGap {
  readonly until: string;
  /** Title of who approved it, else the id. */
  readonly approvedBy: string;
  readonly reason: string;
}

/** Accepted gaps by row. Of several waivers of a row the one that lasts longest counts. */
export function acceptedGaps(model: Model, asOf: IsoDate): ReadonlyMap<string, AcceptedGap> {
  const accepted = new Map<string, AcceptedGap>();
  const byEnd = [...model.all('Waiver')].sort((a, b) => compare(b.until ?? '', a.until ?? '') || compare(a.$key, b.$key));
  for (const waiver of byEnd) {
    const until = dateOf(waiver.until);
    if (until === undefined || until < asOf || missingOf(waiver).length > 0) continue;
    const approver = model.find('Party', waiver.approvedBy);
    const gap: AcceptedGap = { until, approvedBy: approver?.name.title ?? waiver.approvedBy ?? '', reason: waiver.reason ?? '' };
    for (const row of rowsOf(waiver)) if (!accepted.has(row)) accepted.set(row, gap);
  }
  return accepted;
}

export interface RowGaps {
  /** Whether the product checks the row at all. */
  checked(row: string): boolean;
  hasGap(row: string): boolean;
}

/** What is wrong with waivers themselves: incomplete, expired, of something that cannot be waived, or no longer needed. */
export function waiverFindings(model: Model, asOf: IsoDate, gaps: RowGaps): Finding[] {
  return model.all('Waiver').flatMap((waiver): Finding[] => {
    if (isExclusion(waiver)) {
      return [
        finding(waiver, 'clause-excluded', 'error', ['requirement'],
          `Clause ${targetOf(waiver)} cannot be waived as a whole: none of the clauses 4 to 10 may be excluded. Set what the system covers by scope and “outside” of the organization; where others run services or processes for you, show how you control them (clause 8.2.3). A single gap may be accepted for a time: waive its row.`),
      ];
    }
    const rows = rowsOf(waiver);
    if (rows.length === 0) return [];
    const findings: Finding[] = [];
    const missing = missingOf(waiver);
    if (missing.length > 0) {
      findings.push(finding(waiver, 'waiver-incomplete', 'error', ['requirement'], `This waiver has no effect: it names no ${listed(missing)}. Write: waive ${waiver.requirement} until DATE approved by WHO because "…".`));
    }
    const until = dateOf(waiver.until);
    if (until !== undefined && until < asOf) {
      findings.push(finding(waiver, 'waiver-expired', 'error', ['until'], `This waiver ended on ${until}. Close the gap, or have it accepted again with a new date.`));
    } else if (missing.length === 0 && rows.every(gaps.checked) && !rows.some(gaps.hasGap)) {
      findings.push(finding(waiver, 'waiver-unused', 'hint', ['requirement'], `This waiver is not needed: no gap was found in ${rows.length === 1 ? 'what it speaks of' : `its ${counted(rows.length, 'row')}`}. Remove it.`));
    }
    return findings;
  });
}

/** An organization that puts clauses of the standard outside its scope. */
export function exclusionFindings(model: Model): Finding[] {
  return model.all('Organization').flatMap((organization) =>
    organization.exclusions.flatMap(({ subject }, index): Finding[] => {
      const clause = /^(?:(?:iso(?:\/iec)?[ -]?)?20000(?:-1)?[: ]\s*)?(?:clause\s+)?((?:[4-9]|10)(?:\.\d+)*(?:\.[a-z]\d?)?)$/i.exec(subject.trim())?.[1];
      if (clause === undefined || !catalogue.clause(clause.split('.')[0]!)) return [];
      return [
        {
          code: 'clause-excluded',
          severity: 'error',
          message: `Clause ${clause} cannot be put outside: none of the clauses 4 to 10 may be excluded. What may be outside is services, sites or units of ${named(organization)}; where others run services or processes for you, show how you control them (clause 8.2.3).`,
          place: placeOf(organization, 'exclusions', index, 'subject'),
          requirements: [],
          related: [],
          fixes: [],
        },
      ];
    }),
  );
}

/** The rows a waiver speaks of: its row, or those of its clause. */
function rowsOf(waiver: Waiver): readonly string[] {
  if (isExclusion(waiver)) return [];
  const target = targetOf(waiver);
  if (catalogue.row(target)) return [target];
  return catalogue.rowsUnder(target).flatMap((row) => (row.kind === 'shall' ? [row.id] : []));
}

function targetOf(waiver: Waiver): string {
  return waiver.requirement.replace(/^iso20000:/, '');
}

function isExclusion(waiver: Waiver): boolean {
  const clause = catalogue.clause(targetOf(waiver));
  return clause !== undefined && clause.parent === null;
}

function missingOf(waiver: Waiver): readonly string[] {
  return [
    ...(dateOf(waiver.until) === undefined ? ['end date'] : []),
    ...(isFilledIn(waiver.approvedBy) ? [] : ['approver']),
    ...(isFilledIn(waiver.reason) ? [] : ['reason']),
  ];
}

function finding(waiver: Waiver, code: string, severity: Severity, path: readonly string[], message: string): Finding {
  return { code, severity, message, place: placeOf(waiver, ...path), requirements: [], related: [], fixes: [] };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
