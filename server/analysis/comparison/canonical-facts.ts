/** Facts in a form in which equal facts are equal texts: without places, comments, order of lists and spelling of values. */
import type { AnyDeclaration } from '../../../language/model/declarations.ts';
import type { Entity } from '../../../language/model/fragment.ts';
import { parseDuration } from '../../../language/values/duration.ts';
import { parseMoney } from '../../../language/values/money.ts';
import { parsePercent } from '../../../language/values/percent.ts';
import { isProblem } from '../../../language/values/problem.ts';
import type { Span } from '../../../language/model/span.ts';

/** What a name at a position is called in the other state. */
export type RenameReference = (type: string, id: string) => string;

/** By property; a list is a list of texts in an order of its own, unless the order says something. */
export type CanonicalFacts = ReadonlyMap<string, string>;

const notFacts: ReadonlySet<string> = new Set(['$at', '$key', '$type', '$documentation']);

/** @param rename how references are written in the other state; without it as they are */
export function canonicalFacts(entity: Entity, rename?: RenameReference): CanonicalFacts {
  const references = new Map<Span, { readonly type: string; readonly id: string }>();
  for (const reference of entity.references) references.set(reference.at, reference);
  const reader = new FactReader(references, rename);
  const facts = new Map<string, string>();
  for (const [property, value] of Object.entries(entity.node)) {
    if (notFacts.has(property) || property === 'name' || value === undefined || value === false) continue;
    const canonical = reader.property(entity.node, property, value);
    if (Array.isArray(canonical) && canonical.length === 0) continue;
    facts.set(property, JSON.stringify(Array.isArray(canonical) && !isOrdered(entity.node, property) ? sorted(canonical) : canonical));
  }
  return facts;
}

/** The first node of a process is its start; all other lists of facts may stand in any order. */
function isOrdered(node: AnyDeclaration, property: string): boolean {
  return node.$type === 'Process' && property === 'nodes';
}

class FactReader {
  readonly #references: ReadonlyMap<Span, { readonly type: string; readonly id: string }>;
  readonly #rename: RenameReference | undefined;

  constructor(references: ReadonlyMap<Span, { readonly type: string; readonly id: string }>, rename: RenameReference | undefined) {
    this.#references = references;
    this.#rename = rename;
  }

  property(node: object, property: string, value: unknown): unknown {
    return this.#value(value, spansOf(node)[property]);
  }

  #value(value: unknown, at: unknown): unknown {
    if (typeof value === 'string') return this.#text(value, at);
    if (Array.isArray(value)) {
      const spans: readonly unknown[] = Array.isArray(at) ? at : [at];
      const items = value.map((item: unknown, index) => this.#value(item, spans[index]));
      // What is only listed by name has no order.
      return value.length > 1 && value.every((item: unknown, index) => typeof item === 'string' && this.#references.has(spans[index] as Span)) ? sorted(items) : items;
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries([
      ...('$type' in value ? [['$type', value.$type] as const] : []),
      ...Object.entries(value).flatMap(([property, inner]: [string, unknown]) => {
        if (notFacts.has(property) || inner === undefined || inner === false || (Array.isArray(inner) && inner.length === 0)) return [];
        return [[property, this.property(value, property, inner)] as const];
      }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ]);
  }

  #text(value: string, at: unknown): string {
    const reference = typeof at === 'number' ? this.#references.get(at as Span) : undefined;
    if (!reference) return canonicalValue(value);
    if (!this.#rename) return value;
    const renamed = this.#rename(reference.type, reference.id);
    // A part named within its own whole (`uptime` for `email-gold.uptime`) is written without the whole's name.
    return reference.id === value ? renamed : reference.id.endsWith(`.${value}`) ? renamed.slice(renamed.lastIndexOf('.') + 1) : value;
  }
}

/** `12mo` and `1y`, `99.80%` and `99.8%`, `240min` and `4h` say the same. */
export function canonicalValue(text: string): string {
  if (!/^-?\d/.test(text)) return text;
  const duration = parseDuration(text);
  if (!isProblem(duration)) {
    switch (duration.kind) {
      case 'elapsed':
        return `${duration.seconds} seconds`;
      case 'calendar':
        return `${duration.months} months`;
      case 'working days':
        return `${duration.workingDays} working days`;
    }
  }
  const percent = parsePercent(text);
  if (!isProblem(percent)) return `${percent}%`;
  const money = parseMoney(text);
  return isProblem(money) ? text : `${money.amount} ${money.currency}`;
}

function sorted(items: readonly unknown[]): readonly unknown[] {
  return items.map((item) => ({ item, text: JSON.stringify(item) })).toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)).map(({ item }) => item);
}

function spansOf(node: object): Readonly<Record<string, unknown>> {
  return '$at' in node && typeof node.$at === 'object' && node.$at !== null ? (node.$at as Readonly<Record<string, unknown>>) : {};
}
