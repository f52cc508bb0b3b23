import { catalogue, type RequirementRow } from '../../language/catalogue/catalogue.ts';
import { recommendationOf, type Recommendation } from '../../language/catalogue/guidance.ts';
import type { AnyDeclaration, DeclarationType, DeclarationTypes } from '../../language/model/declarations.ts';
import type { Fix } from '../../language/model/finding.ts';
import type { Model } from '../../language/model/model.ts';
import type { IsoDate } from '../../language/values/date.ts';
import type { MeasurementIndex } from './measurement-index.ts';
import type { NamedFileState } from './named-files.ts';
import type { PlannedInterval } from './planned-interval.ts';
import { shortfall, type Remark } from './remark.ts';

/**
 * A value that several rules derive from the model. It is computed once, and what read it runs again only if its value
 * (compared as JSON) has changed. A rule over each service asks a query for the list of catalogues, never the model for all of them.
 */
export interface Query<T> {
  readonly name: string;
  compute(context: RuleContext): T;
}

export function query<T>(name: string, compute: (context: RuleContext) => T): Query<T> {
  return { name, compute };
}

/**
 * What declarations say of others, by the name of these: who promises to a party, what is provided for a service. Each declaration
 * contributes on its own, and who reads the contributions under a name runs again only if one of them became another value (compared as
 * JSON). It takes the place of `referrers` where many refer to one: a rule over each team must not run for each word in an agreement.
 */
export interface Collection<T> {
  readonly name: string;
  readonly types: readonly DeclarationType[];
  of(declaration: AnyDeclaration, context: RuleContext): Iterable<readonly [name: string, value: T]>;
}

/** @param of what a declaration of one of the types contributes under which names; all that it reads is noted */
export function collection<K extends DeclarationType, T>(name: string, types: readonly K[], of: (declaration: DeclarationTypes[K], context: RuleContext) => Iterable<readonly [name: string, value: T]>): Collection<T> {
  const isOne = (declaration: AnyDeclaration): declaration is DeclarationTypes[K] => (types as readonly string[]).includes(declaration.$type);
  return { name, types, of: (declaration, context) => (isOne(declaration) ? of(declaration, context) : []) };
}

/** What a rule may know. Everything it reads is noted, so that it runs again when that changes and only then. */
export interface RuleContext {
  readonly model: Model;
  readonly asOf: IsoDate;
  /** Undefined while nothing was measured: what depends on it is unknown then. */
  readonly measurements: MeasurementIndex | undefined;
  read<T>(query: Query<T>): T;
  /** What declarations contribute to a collection under a name, in the order of their keys. */
  collected<T>(collection: Collection<T>, name: string): readonly T[];
  /** What is known of a file that the model names; undefined while nobody has looked, and then no rule says that it is missing. */
  file(path: string): NamedFileState | undefined;
  /** How many records of a population may fall short before a row does: none unless the project says so. */
  tolerated(row: string, population: number): number;
  /** How often what a row asks for is done where the model plans nothing: as the configuration sets, else as the catalogue suggests, else `otherwise` months. */
  plannedInterval(row: string, otherwise?: number): PlannedInterval;
  /** How long evidence and attestations hold that do not say so themselves; its words complete “was valid …”. */
  readonly evidenceValidity: PlannedInterval;
}

/** A check of the whole system. */
export interface SystemPart {
  readonly range: 'system';
  check(context: RuleContext): readonly Remark[];
}

/** A check of each declaration of a type. */
export interface EachPart {
  readonly range: 'each';
  readonly type: DeclarationType;
  /** Which of them it speaks of, by their own facts. */
  includes(declaration: AnyDeclaration): boolean;
  check(declaration: AnyDeclaration, context: RuleContext): readonly Remark[];
}

export type RulePart = SystemPart | EachPart;

export type Trigger = { readonly applies: true } | { readonly applies: false; readonly reason: string };

/** How a row is checked. */
export interface Rule {
  /** The catalogue row's id, `8.3.3.1`. */
  readonly row: RequirementRow;
  readonly parts: readonly RulePart[];
  /** Whether what makes the row apply is there; left out: it always applies. */
  readonly trigger?: Query<Trigger>;
  /** What it asks of all records of a kind. */
  readonly records: readonly RecordsDemand[];
  /**
   * How the row is evidenced. `derived`: by what the parts look at themselves, for instance dates of agreement. `document`: by a linked
   * document or a dated evidence, asked for if the catalogue says that the row needs documented information.
   */
  readonly evidence: 'derived' | 'document';
  /** Set where it checks no requirement but a recommendation: then what it finds is information, and no gap. */
  readonly recommendation?: Recommendation;
}

/** What a rule asks of all records of a kind. Expressions are of the language (`Expression` of the grammar), over the kind's fields. */
export interface RecordCheck {
  /** `<row>/<check>`. */
  readonly id: string;
  readonly recordKind: string;
  /** Which records it speaks of; left out: all. A field that is a truth value may stand alone. */
  readonly where?: string;
  /** What holds for a record that meets it. */
  readonly meets: string;
  /** Fields that a source has to map for an answer; the derived `past-due`, `as-of` and `record-key` are not among them. */
  readonly fields: readonly string[];
}

/** The record checks of a row: they may depend on the model, for instance on the priority matrix. */
export interface RecordsDemand {
  readonly recordKind: string;
  checks(context: RuleContext): readonly RecordCheck[];
}

type AnyPart = RulePart | readonly RulePart[] | RecordsPart;

/** Parts of all groups, and what they ask of records. */
function divided(given: readonly AnyPart[]): { parts: RulePart[]; records: RecordsDemand[] } {
  const parts: RulePart[] = [];
  const records: RecordsDemand[] = [];
  for (const part of given) {
    if ('demand' in part) {
      parts.push(...part.parts);
      records.push(part.demand);
    } else if ('range' in part) parts.push(part);
    else parts.push(...part);
  }
  return { parts, records };
}

/** Puts a rule together. Parts may be given in groups. */
export function rule(row: string, options: { parts: readonly AnyPart[]; trigger?: Query<Trigger>; evidence?: 'derived' | 'document' }): Rule {
  const found = catalogue.row(row);
  if (!found) throw new Error(`The catalogue has no row ${row}`);
  const { parts, records } = divided(options.parts);
  // The trigger speaks even where no declaration is there to look at.
  if (options.trigger && !parts.some(({ range }) => range === 'system')) parts.push(system(() => []));
  return { row: found, parts, records, ...(options.trigger ? { trigger: options.trigger } : {}), evidence: options.evidence ?? 'document' };
}

/**
 * Puts the check of a recommendation together. What it says stands beside the requirements and changes the status of none.
 * @param id `G.4.1.1`
 */
export function recommended(id: string, options: { parts: readonly AnyPart[]; trigger?: Query<Trigger> }): Rule {
  const recommendation = recommendationOf(id);
  if (!recommendation) throw new Error(`The catalogue has no recommendation ${id}`);
  // It is no row of the catalogue; as one it has its own name, asks for no document and is never severe.
  const row: RequirementRow = { ...catalogue.demands[0]!, id, clause: recommendation.clause, clauseTitle: recommendation.clauseTitle, title: recommendation.recommendation, requirement: recommendation.recommendation, statementId: null, severity: 'information', neededBy: null, documentedInformation: { required: false, mode: null, documents: [] } };
  return { row, ...divided(options.parts), evidence: 'derived', recommendation, ...(options.trigger ? { trigger: options.trigger } : {}) };
}

/** Parts that come with a demand on records: see records.ts. */
export interface RecordsPart {
  readonly demand: RecordsDemand;
  readonly parts: readonly RulePart[];
}

export function system(check: (context: RuleContext) => readonly Remark[]): SystemPart {
  return { range: 'system', check };
}

/** A declaration that a fix proposes, with placeholders. */
export interface NewDeclaration {
  readonly title: string;
  readonly text: string;
}

/** The fix that adds a declaration after the organization: there for gaps of the whole system. */
export function declareFixes({ model }: RuleContext, { title, text }: NewDeclaration): readonly Fix[] {
  const organization = model.all('Organization')[0];
  return organization ? [{ title, edits: [{ kind: 'addDeclaration', after: { entity: organization.$key }, text }] }] : [];
}

export interface EachOptions<T extends DeclarationType> {
  /** Which declarations it speaks of, by their own facts alone. */
  readonly where?: (declaration: DeclarationTypes[T]) => boolean;
  /** What is missing if there is none: nothing to look at is not the same as nothing at fault. Null: another part says so. */
  readonly none: { readonly message: string; readonly declare?: NewDeclaration } | null;
  readonly check: (declaration: DeclarationTypes[T], context: RuleContext) => readonly Remark[];
}

/** A check of each declaration of a type, and of there being one. */
export function each<T extends DeclarationType>(type: T, { where, none, check }: EachOptions<T>): readonly RulePart[] {
  const isOne = (declaration: AnyDeclaration): declaration is DeclarationTypes[T] => declaration.$type === type;
  const includes = (declaration: AnyDeclaration): boolean => isOne(declaration) && (where === undefined || where(declaration));
  const part: EachPart = {
    range: 'each',
    type,
    includes,
    check: (declaration, context) => (isOne(declaration) ? check(declaration, context) : []),
  };
  if (!none) return [part];
  const { message, declare } = none;
  return [part, system((context) => (context.model.all(type).some(includes) ? [] : [shortfall(message, { fixes: declare ? declareFixes(context, declare) : [] })]))];
}

export interface FactRow<T extends DeclarationType> {
  readonly present: (declaration: DeclarationTypes[T]) => boolean;
  readonly message: (declaration: DeclarationTypes[T]) => string;
  /** The line that would state it, with placeholders. */
  readonly fix?: { readonly title: string; readonly text: string };
}

/** Checks that facts are there: many rows say no more. The finding stands on the declaration's name. */
export function facts<T extends DeclarationType>(type: T, { where, none, rows }: Pick<EachOptions<T>, 'where' | 'none'> & { readonly rows: readonly FactRow<T>[] }): readonly RulePart[] {
  return each(type, {
    ...(where ? { where } : {}),
    none,
    check: (declaration) =>
      rows.flatMap(({ present, message, fix }) => {
        if (present(declaration)) return [];
        const place = { entity: declaration.$key };
        return [shortfall(message(declaration), { place, fixes: fix ? [{ title: fix.title, edits: [{ kind: 'addFact', place, text: fix.text }] }] : [] })];
      }),
  });
}
