/** Facts that differ, in the words of the language: for everything that has no comparison of its own. */
import type { AnyDeclaration } from '../../../language/model/declarations.ts';
import type { Entity } from '../../../language/model/fragment.ts';
import { printDeclaration } from '../../../language/printing/print.ts';
import { linesWithout } from '../../assessment/approved-content.ts';
import type { CanonicalFacts } from './canonical-facts.ts';
import { orderedDetails, type Detail } from './change.ts';
import type { Sides } from './compared-targets.ts';

/** Longer texts are cut: what changed in them is for the text's own history to show. */
const longest = 160;

/**
 * The facts of two declarations that are one, where they differ.
 * @param told facts of which somebody else has told already
 */
export function comparedFacts(entities: Sides<Entity>, facts: Sides<CanonicalFacts>, told: ReadonlySet<string>): readonly Detail[] {
  const differing = [...new Set([...facts.before.keys(), ...facts.after.keys()])].filter((property) => !told.has(property) && facts.before.get(property) !== facts.after.get(property));
  if (differing.length === 0) return [];
  const lines = { before: linesOf(entities.before.node, differing), after: linesOf(entities.after.node, differing) };
  if (lines.before === undefined || lines.after === undefined) return differing.map((property) => ({ what: propertyInWords(property), effect: 'changed' }));
  const [gone, added] = [linesWithout(lines.before, lines.after), linesWithout(lines.after, lines.before)];
  const details = paired(gone, added);
  // What is spelled alike though it differs: a name that means something else now.
  return details.length > 0 ? details : differing.map((property) => ({ what: propertyInWords(property), effect: 'changed' }));
}

/** The declaration with these facts alone, one to a line. */
function linesOf(node: AnyDeclaration, properties: readonly string[]): string | undefined {
  const reduced = Object.fromEntries(
    Object.entries(node).flatMap(([property, value]: [string, unknown]) => {
      if (property === '$documentation') return [];
      if (property.startsWith('$') || property === 'name' || properties.includes(property)) return [[property, value] as const];
      return Array.isArray(value) ? [[property, []] as const] : typeof value === 'boolean' ? [[property, false] as const] : [];
    }),
  );
  // Some facts stand in the first line, and a declaration is none without them.
  const text = printDeclaration({ ...reduced, $type: node.$type }) ?? printDeclaration({ ...node });
  // Whether there is a block follows from the facts in it.
  return text?.split('\n').map((line) => line.replace(/ \{$/, '')).filter((line) => line.trim() !== '}').join('\n');
}

function paired(gone: readonly string[], added: readonly string[]): readonly Detail[] {
  const left = [...added];
  const details = gone.map((line): Detail => {
    const what = firstWords(line);
    const index = left.findIndex((other) => firstWords(other) === what);
    const [other] = index < 0 ? [] : left.splice(index, 1);
    return other === undefined ? { what, before: cut(line), effect: 'removed' } : { what, before: cut(line), after: cut(other), effect: 'changed' };
  });
  return orderedDetails([...details, ...left.map((line): Detail => ({ what: firstWords(line), after: cut(line), effect: 'added' }))]);
}

/** The words with which a fact begins, up to its first value: `service hours`. */
function firstWords(line: string): string {
  const words = line.split(' ');
  const first = words[0] ?? '';
  return /^[a-z-]+$/.test(first) ? first : (/^[A-Za-z-]+/.exec(line)?.[0] ?? first);
}

function cut(line: string): string {
  const text = line.replace(/\s+/g, ' ');
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** `criticalityBasis` → `criticality basis`. */
function propertyInWords(property: string): string {
  return property.replace(/\B([A-Z])/g, ' $1').toLowerCase();
}
