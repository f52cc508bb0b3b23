/** What a declaration of whatever type says of itself: how it is called, where it is kept, whose it is, of which days it tells. */
import type { AnyDeclaration } from '../../language/model/declarations.ts';
import { isFilledIn } from '../assessment/filled-in.ts';

type Facts = Readonly<Record<string, unknown>>;

/** A fact that is a text and says something. */
export function textFact(declaration: AnyDeclaration, property: string): string | undefined {
  const value = ({ ...declaration } as Facts)[property];
  return typeof value === 'string' && isFilledIn(value) ? value : undefined;
}

function firstFact(declaration: AnyDeclaration, properties: readonly string[]): string | undefined {
  for (const property of properties) {
    const text = textFact(declaration, property);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Its id; of one without a name, what identifies it. */
export function idOf(declaration: AnyDeclaration): string {
  return textFact(declaration, 'name') ?? declaration.$key;
}

/** Where it is kept beside the model: a file, a location, a link. */
export function keptAt(declaration: AnyDeclaration): string | undefined {
  return firstFact(declaration, ['file', 'location', 'link', 'publishedAt']);
}

/** Id of who answers for it; of a role, of who holds it. */
export function ownerOf(declaration: AnyDeclaration): string | undefined {
  if (declaration.$type === 'Role') return declaration.holders.join(', ') || undefined;
  return firstFact(declaration, ['owner', 'manager', 'responsible', 'decidedBy', 'by']);
}

const dayFacts = ['dated', 'performed', 'held', 'reviewed', 'taken', 'invoked', 'closed', 'implemented', 'reportedOn', 'performanceReviewed', 'assessed', 'detected', 'raised', 'decidedOn', 'completed', 'determined', 'on'];

/** The days on which something of it was done. */
export function daysOf(declaration: AnyDeclaration): readonly string[] {
  const own = dayFacts.flatMap((property) => textFact(declaration, property) ?? []);
  const reviewed = 'review' in declaration && typeof declaration.review === 'object' && declaration.review.last !== undefined ? [declaration.review.last] : [];
  switch (declaration.$type) {
    case 'ServiceReport':
      return [...own, ...declaration.produced.map(({ on }) => on)];
    case 'Supplier':
      return [...own, ...reviewed, ...declaration.controls.flatMap(({ applied }) => applied ?? [])];
    case 'Person':
      return [...own, ...declaration.competences.flatMap(({ assessed }) => assessed ?? [])];
    case 'Communication':
      return [...own, ...declaration.performed];
    default:
      return [...own, ...reviewed];
  }
}

const tellingFacts = ['statement', 'benefit', 'consequence', 'relevance', 'purpose', 'rationale', 'approach', 'result', 'outcome', 'conclusion', 'trends', 'description', 'invocationCriteria', 'handling', 'how', 'timing', 'scope', 'decision'];

/** What it says in its own words: the fact that is asked for, else the first of those that tell most. */
export function whatItSays(declaration: AnyDeclaration, fact?: string): string | undefined {
  if (fact === undefined) return firstFact(declaration, tellingFacts);
  const value = ({ ...declaration } as Facts)[fact];
  if (Array.isArray(value)) return value.filter((one): one is string => typeof one === 'string').filter(isFilledIn).join('; ') || undefined;
  return textFact(declaration, fact);
}

const typeNames: Readonly<Record<string, string>> = { ControlledDocument: 'document', RecordAnalysis: 'analysis', ConfigurationItem: 'configuration item', ContextIssue: 'issue', ExternalAssessment: 'assessment', Agreement: 'agreement', Attestation: 'attestation' };

/** The type of a declaration in words: `risk method`, `contract`. */
export function typeInWords(declaration: AnyDeclaration): string {
  if (declaration.$type === 'Agreement') return declaration.type === 'contract' ? 'contract' : declaration.type.toUpperCase();
  return typeNames[declaration.$type] ?? declaration.$type.replace(/\B([A-Z])/g, ' $1').toLowerCase();
}
