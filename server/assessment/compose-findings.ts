import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { FilePlace, Finding, Fix, Place, RelatedPlace, Severity } from '../../language/model/finding.ts';
import type { Note, Remark, Shortfall } from './remark.ts';
import type { Outcome } from './row-tally.ts';
import type { Rule } from './rule.ts';
import type { Standing } from './standing.ts';
import { clauseAndItems, compareClauses, compareRows, counted, itemOf, listed } from './wording.ts';

/** A shortfall or note, and the rule that it comes from. */
export interface Attributed<R extends Shortfall | Note = Shortfall | Note> {
  readonly rule: Rule;
  readonly remark: R;
}

export type StandingOf = (rule: Rule) => Standing;

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** Findings about recommendations: information, one for each recommendation and place, none about a requirement. */
export function composeRecommended(items: readonly Attributed[], subject: Place | undefined): Finding[] {
  const groups = new Map<string, { place: Place; rule: Rule; items: Attributed[] }>();
  for (const item of items) {
    const place = item.remark.place ?? subject;
    if (!place) continue;
    const group = `${item.rule.row.id}|${JSON.stringify(place)}`;
    const known = groups.get(group);
    if (known) known.items.push(item);
    else groups.set(group, { place, rule: item.rule, items: [item] });
  }
  return [...groups.values()].map(({ place, rule, items: members }) => ({
    code: rule.row.id,
    severity: 'information',
    message: `${[...new Set(members.map(({ remark }) => remark.message))].join(' ')} (recommended for clause ${rule.row.clause}, not required)`,
    place,
    requirements: [],
    related: relatedOf(members),
    fixes: fixesOf(members),
  }));
}

/** Findings about single places: one for each statement of the catalogue and place, naming the rows that fall short. */
export function composeAtPlaces(items: readonly Attributed[], subject: Place | undefined, standingOf: StandingOf): Finding[] {
  const groups = new Map<string, { place: Place; statement: string; standing: Standing; items: Attributed[] }>();
  for (const item of items) {
    const place = item.remark.place ?? subject;
    if (!place) continue;
    const standing = standingOf(item.rule);
    const statement = item.rule.row.statementId ?? item.rule.row.id;
    const group = `${statement}|${JSON.stringify(place)}|${item.remark.kind === 'note' ? 'note' : classOf(standing)}`;
    const known = groups.get(group);
    if (known) known.items.push(item);
    else groups.set(group, { place, statement, standing, items: [item] });
  }
  return [...groups.values()].map(({ place, statement, standing, items: members }) => {
    const { rows, words } = rowsInWords(members);
    const messages = [...new Set(members.map(({ remark }) => remark.message))];
    return {
      code: statement,
      severity: severityOf(members, standingOf),
      message: `${prefixOf(standing, members)}${messages.join(' ')} (${words})`,
      place,
      requirements: rows,
      related: relatedOf(members),
      fixes: fixesOf(members),
    };
  });
}

/** Findings about the whole system: one for each clause, which lists what is missing. */
export function composeForSystem(items: readonly Attributed[], place: Place, standingOf: StandingOf): Finding[] {
  const groups = new Map<string, { clause: string; standing: Standing; items: Attributed[] }>();
  for (const item of items) {
    const standing = standingOf(item.rule);
    const group = `${item.rule.row.clause}|${item.remark.kind === 'note' ? 'note' : classOf(standing)}`;
    const known = groups.get(group);
    if (known) known.items.push(item);
    else groups.set(group, { clause: item.rule.row.clause, standing, items: [item] });
  }
  return [...groups.values()].map(({ clause, standing, items: members }) => {
    const rows = rowsOf(members);
    return {
      code: clause,
      severity: severityOf(members, standingOf),
      message: `${prefixOf(standing, members)}${systemMessage(clause, members, rows)}`,
      place,
      requirements: rows,
      related: relatedOf(members),
      fixes: fixesOf(members),
    };
  });
}

/** The one finding where nothing is declared that findings about the whole system could stand on. */
export function composeWithoutOrganization(items: readonly Attributed[], place: FilePlace): Finding {
  const rows = rowsOf(items);
  const clauses = [...new Set(items.map(({ rule }) => rule.row.clause))].sort(compareClauses);
  return {
    code: 'no-organization',
    severity: 'error',
    message: `No organization is declared, so it is unknown whose service management system this is and what is in its scope.${
      rows.length > 0 ? ` Its gaps about the whole system (${counted(rows.length, 'row')} of ${clauses.length === 1 ? 'clause' : 'clauses'} ${listed(clauses)}) are listed one by one once it is.` : ''
    }`,
    place,
    requirements: rows,
    related: [],
    fixes: [
      {
        title: 'Declare the organization',
        edits: [{ kind: 'addDeclaration', after: place, text: 'organization ${1:organization} "${2:TODO name}" {\n  standard iso20000:2018\n  scope "${3:TODO services, locations and units that the system covers}"\n}' }],
      },
    ],
  };
}

function systemMessage(clause: string, members: readonly Attributed[], rows: readonly string[]): string {
  const byMessage = new Map<string, Set<string>>();
  for (const { rule, remark } of members) byMessage.set(remark.message, (byMessage.get(remark.message) ?? new Set()).add(rule.row.id));
  if (byMessage.size === 1) return `${[...byMessage.keys()][0]} (${clauseAndItems(rows)})`;
  const lines = [...byMessage].map(([message, ids]) => {
    const items = [...ids].sort(compareRows).flatMap((id) => catalogue.row(id) ?? []).map(itemOf);
    return `• ${message} (${items.length === 1 ? 'item' : 'items'} ${listed(items)})`;
  });
  return [`Clause ${clause}, ${catalogue.clause(clause)?.title ?? ''}: ${counted(byMessage.size, 'gap')}.`, ...lines].join('\n');
}

function classOf(standing: Standing): string {
  switch (standing.kind) {
    case 'open':
      return 'open';
    case 'accepted':
      return `accepted ${standing.accepted.until} ${standing.accepted.approvedBy}`;
    case 'later':
      return `later ${standing.reason}`;
  }
}

function prefixOf(standing: Standing, members: readonly Attributed[]): string {
  if (members.every(({ remark }) => remark.kind === 'note')) return '';
  switch (standing.kind) {
    case 'open':
      return '';
    case 'accepted':
      return `Open, accepted until ${standing.accepted.until} by ${standing.accepted.approvedBy}: `;
    case 'later':
      return 'Needed later, by stage 2: ';
  }
}

function severityOf(members: readonly Attributed[], standingOf: StandingOf): Severity {
  let severity: Severity = 'hint';
  for (const { rule, remark } of members) {
    const standing = standingOf(rule);
    const own = remark.kind === 'shortfall' && standing.kind === 'open' ? standing.severity : 'information';
    if (rank[own] < rank[severity]) severity = own;
  }
  return severity;
}

function rowsOf(members: readonly Attributed[]): readonly string[] {
  return rowsInWords(members).rows;
}

interface RowsInWords {
  readonly rows: readonly string[];
  /** `clause 8.3.3, items a and b`. */
  readonly words: string;
}

/** By what falls short together: the same few hundred sets of rows stand in thousands of findings. */
const knownRows = new Map<string, RowsInWords>();

function rowsInWords(members: readonly Attributed[]): RowsInWords {
  const ids = [...new Set(members.map(({ rule }) => rule.row.id))];
  const key = ids.join(' ');
  let known = knownRows.get(key);
  if (!known) {
    const rows = ids.sort(compareRows);
    known = { rows, words: clauseAndItems(rows) };
    // What is kept stays small whatever is assessed.
    if (knownRows.size < 10_000) knownRows.set(key, known);
  }
  return known;
}

function relatedOf(members: readonly Attributed[]): RelatedPlace[] {
  return distinct(members.flatMap(({ remark }) => remark.related));
}

function fixesOf(members: readonly Attributed[]): Fix[] {
  return distinct(members.flatMap(({ remark }) => (remark.kind === 'shortfall' ? remark.fixes : [])));
}

function distinct<T>(items: readonly T[]): T[] {
  if (items.length < 2) return [...items];
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

export function isRecommended({ rule }: Outcome): boolean {
  return rule.recommendation !== undefined;
}

export function isRequired(outcome: Outcome): boolean {
  return !isRecommended(outcome);
}

/** What outcomes tell, with the rules that say it. */
export function attributed(outcomes: readonly Outcome[]): Attributed[] {
  return outcomes.flatMap(({ rule, remarks }) => remarks.filter(isTold).map((remark) => ({ rule, remark })));
}

function isTold(remark: Remark): remark is Shortfall | Note {
  return remark.kind === 'shortfall' || remark.kind === 'note';
}

/** A rule that failed itself. */
export function crashFinding(rule: Rule, message: string, place: Finding['place']): Finding {
  return {
    code: 'internal-error',
    severity: 'error',
    message: `The rule of row ${rule.row.id} failed here, so what it checks is unknown; all other results hold. Please report this as a defect of the product: ${message}`,
    place,
    requirements: [rule.row.id],
    related: [],
    fixes: [],
  };
}

