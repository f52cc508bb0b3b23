/**
 * The model's own declarations as records: a row for each declaration of a type, or for each part of that type in any declaration, with a
 * column for each of its facts. Plain data in and out.
 */
import { ItsmsAstReflection } from '../../language/generated/ast.ts';
import type { AnyDeclaration } from '../../language/model/declarations.ts';
import type { Model } from '../../language/model/model.ts';
import { isDate, type IsoDate } from '../../language/values/date.ts';
import { addDuration, parseDuration } from '../../language/values/duration.ts';
import { isProblem } from '../../language/values/problem.ts';

export interface DeclaredRecords {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

type Node = Readonly<Record<string, unknown>>;

/** Before anything that figures speak of: what is declared is there, since when is not known. */
const longAgo = '2000-01-01';
/** Facts that say when something was last done, beside one that says how often it is to be. */
const lastDone = ['last', 'applied', 'performed', 'held', 'evaluated', 'reviewed'] as const;
/** Facts that say when something was done or taken. */
const doneOn = ['performed', 'held', 'on', 'taken', 'dated', 'reviewed', 'produced'] as const;

const types = new ItsmsAstReflection().types as Readonly<Record<string, { readonly properties: Readonly<Record<string, { readonly name: string; readonly defaultValue?: unknown }>> }>>;

/** Types of the language by the names under which a source asks for them: `risk`, `party-control`. Those without facts are none. */
export const declaredTypes: ReadonlyMap<string, string> = new Map(Object.entries(types).flatMap(([type, { properties }]) => (Object.keys(properties).length === 0 || type === 'Document' ? [] : [[kebab(type), type] as const])));

/** The columns that records of a type have whatever the model says, without those about uses; as in {@link declaredTypes}. */
export function declaredColumns(type: string): readonly string[] {
  const $type = declaredTypes.get(type);
  if ($type === undefined) return [];
  const own = columnsOf($type).filter((column) => !/^(used-by|latest)-/u.test(column));
  return topLevel.has($type) ? own : [...own, 'declared-in', 'declared-in-type'];
}

/** @param type as in {@link declaredTypes} */
export function declaredRecords(model: Model, type: string): DeclaredRecords {
  const $type = declaredTypes.get(type);
  if ($type === undefined) return { columns: [], rows: [] };
  const found = whole(model, $type) ?? parts(model, $type);
  const cells = found.map(({ node, inside }) => ({ ...factsOf($type, node), ...(inside === undefined ? usesOf(model, $type, node) : { 'declared-in': inside.name, 'declared-in-type': kebab(inside.$type), id: `${inside.name} ${typeof node['name'] === 'string' ? node['name'] : ''}`.trim() }) }));
  const columns = [...new Set(['id', 'recorded', 'declared-in', 'declared-in-type', ...columnsOf($type), ...cells.flatMap((cell) => Object.keys(cell))])];
  const seen = new Map<string, number>();
  return {
    columns,
    rows: cells.map((cell) => {
      const id = (cell as Readonly<Record<string, string>>)['id'] ?? '';
      const number = (seen.get(id) ?? 0) + 1;
      seen.set(id, number);
      const all: Readonly<Record<string, string>> = { recorded: longAgo, ...cell, id: number === 1 ? id : `${id} ${number}` };
      return columns.map((column) => all[column] ?? '');
    }),
  };
}

/** Declarations of a type; undefined where the type is that of a part. */
function whole(model: Model, $type: string): readonly { readonly node: Node; readonly inside?: undefined }[] | undefined {
  const nodes = model.all($type as AnyDeclaration['$type']) as readonly unknown[];
  return nodes.length === 0 && !topLevel.has($type) ? undefined : nodes.map((node) => ({ node: node as Node }));
}

const topLevel: ReadonlySet<string> = new Set(new ItsmsAstReflection().getAllSubTypes('Declaration'));

function parts(model: Model, $type: string): readonly { readonly node: Node; readonly inside: { readonly name: string; readonly $type: string } }[] {
  const found: { node: Node; inside: { name: string; $type: string } }[] = [];
  for (const type of topLevel) {
    for (const declaration of model.all(type as AnyDeclaration['$type']) as readonly unknown[]) {
      const { name } = declaration as { readonly name?: string };
      visit(declaration, (node) => {
        if (node['$type'] === $type) found.push({ node, inside: { name: name ?? '', $type: type } });
      });
    }
  }
  return found;
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, see);
  else if (typeof value === 'object' && value !== null) {
    see(value as Node);
    for (const [key, item] of Object.entries(value)) if (!key.startsWith('$')) visit(item, see);
  }
}

/** Columns that are there whether or not any declaration says something of them. */
function columnsOf($type: string): string[] {
  const properties = Object.values(types[$type]!.properties);
  const names = new Set(properties.map(({ name }) => name));
  return [
    ...properties.flatMap(({ name, defaultValue }) => {
      const column = kebab(name);
      if (Array.isArray(defaultValue)) return [column, `number-of-${column}`, `last-${column}`];
      return name === 'review' ? ['review-every', 'review-last', 'review-due'] : [column];
    }),
    ...(names.has('every') ? ['due'] : []),
    ...(topLevel.has($type) ? [...topLevel].flatMap((type) => [`used-by-${kebab(type)}`, `latest-${kebab(type)}`]) : []),
  ];
}

/** The facts of a node by their columns; of a list what is in it, how many there are, and the last day that any of it names. */
function factsOf($type: string, node: Node, prefix = ''): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const { name, defaultValue } of Object.values(types[$type]?.properties ?? {})) {
    const value = node[name];
    const column = `${prefix}${kebab(name)}`;
    if (Array.isArray(value)) {
      cells[column] = value.map((item: unknown) => (isNode(item) ? labelOf(item) : String(item))).join('; ');
      cells[`number-of-${column}`] = String(value.length);
      cells[`last-${column}`] = value.map((item: unknown) => (isNode(item) ? dayOf(item) ?? '' : typeof item === 'string' && isDate(item) ? item : '')).toSorted().at(-1) ?? '';
    } else if (isNode(value)) Object.assign(cells, factsOf(String(value['$type']), value, `${column}-`));
    else if (value === true || value === false || defaultValue === false) cells[column] = value === true ? 'yes' : 'no';
    else if (value !== undefined && value !== null) cells[column] = typeof value === 'object' ? '' : String(value as string | number);
  }
  const due = dueOf(node);
  if (due !== undefined) cells[`${prefix}due`] = due;
  if (prefix === '' && typeof node['name'] === 'string') cells['id'] = node['name'];
  return cells;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && '$type' in value;
}

function labelOf(node: Node): string {
  for (const key of ['name', 'text', 'title', 'subject', 'service', 'party']) if (typeof node[key] === 'string') return node[key];
  return '';
}

/** The day on which something was done. */
function dayOf(node: Node): string | undefined {
  const days = doneOn.flatMap((key) => {
    const value = node[key];
    return (Array.isArray(value) ? value : [value]).filter((text): text is string => typeof text === 'string' && isDate(text));
  });
  return days.toSorted().at(-1);
}

/** When something is to be done again: so long after it was done last. */
function dueOf(node: Node): string | undefined {
  const last = lastDone.map((key) => node[key]).find((text): text is IsoDate => typeof text === 'string' && isDate(text));
  const every = typeof node['every'] === 'string' ? parseDuration(node['every']) : undefined;
  if (last === undefined || every === undefined || isProblem(every)) return undefined;
  const due = addDuration(last, every);
  return isProblem(due) ? undefined : due;
}

/** How many declarations of each type refer to one, and the last day on which one of them was done. */
function usesOf(model: Model, $type: string, node: Node): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const type of topLevel) cells[`used-by-${kebab(type)}`] = '0';
  const seen = new Set<string>();
  for (const { entity } of model.referrers($type, String(node['name']))) {
    if (seen.has(entity.key)) continue;
    seen.add(entity.key);
    const column = kebab(entity.node.$type);
    cells[`used-by-${column}`] = String(Number(cells[`used-by-${column}`] ?? '0') + 1);
    const day = dayOf(entity.node as unknown as Node);
    const latest = cells[`latest-${column}`];
    if (day !== undefined && (latest === undefined || latest < day)) cells[`latest-${column}`] = day;
  }
  return cells;
}

/** `PartyControl` is `party-control`. */
function kebab(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/gu, '-').toLowerCase();
}
