/**
 * The table of facts and of the rows that rest on them, kept by hand and written from what the catalogue says is to be checked
 * (`modelCheck`), not from the rules. One line a mutant:
 *
 *     Policy[change-management].approvals      8.5.1.1.1 7.5.4.4      the fact is taken out of every such declaration: gaps in exactly these rows
 *     ManagementReview.held = 2020-01-01       9.3.1                  every such fact is given this value
 *     Evidence + ControlledDocument[x]         7.5.4.a                taken out together, where one of them would do
 *     Metric.unit                              - shown in reports     nothing rests on it, and why it is there
 *
 *     Source[incident].mappings[urgency]       8.6.1.b                only this entry of the list
 *
 * A fact is a type, what it is of in brackets (its kind or its name), and the way to the fact in it. A row that only one of the models
 * shows carries its name: `8.2.6.3@acme`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FactSelector {
  readonly type: string;
  readonly of: string | undefined;
  /** Empty: the declaration itself. */
  readonly path: readonly string[];
  /** Which entries of a list are meant at each step of the way: those that one of their names or words says so of. Undefined: all. */
  readonly entries: readonly (string | undefined)[];
}

export interface Mutation {
  /** File and line, for messages. */
  readonly at: string;
  readonly facts: readonly FactSelector[];
  /** Undefined: they are taken out. */
  readonly value: string | undefined;
  readonly rows: readonly { readonly row: string; readonly model: string | undefined }[];
  /** Why it is there although no row rests on it. */
  readonly decoration: string | undefined;
}

const folder = join(import.meta.dirname, 'table');

export function readTable(): readonly Mutation[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) => parseTable(readFileSync(join(folder, name), 'utf8'), name));
}

export function parseTable(text: string, file: string): readonly Mutation[] {
  return text.split('\n').flatMap((raw, index): Mutation[] => {
    const line = raw.replace(/(^|\s)#.*$/, '').trim();
    if (line === '') return [];
    const at = `${file}:${index + 1}`;
    const [left = '', ...right] = line.split(/\s{2,}/);
    const [facts = '', value] = left.split(' = ');
    const said = right.join(' ').trim();
    if (said === '') throw new Error(`${at}: no rows, and no “- why”`);
    const decoration = said.startsWith('-') ? said.slice(1).trim() : undefined;
    if (decoration === '') throw new Error(`${at}: a reason is missing`);
    return [
      {
        at,
        facts: facts.split(' + ').map((fact) => parseSelector(fact.trim(), at)),
        value,
        rows: decoration === undefined ? said.split(/\s+/).map(parseRow) : [],
        decoration,
      },
    ];
  });
}

function parseRow(text: string): { row: string; model: string | undefined } {
  const [row = '', model] = text.split('@');
  return { row, model };
}

export function parseSelector(text: string, at: string): FactSelector {
  const [, type, of, way = ''] = /^(\w+)(?:\[([^\]]+)\])?((?:\.\w+(?:\[[^\]]+\])?)*)$/.exec(text) ?? [];
  if (type === undefined) throw new Error(`${at}: “${text}” is no fact`);
  const steps = [...way.matchAll(/\.(\w+)(?:\[([^\]]+)\])?/g)];
  return { type, of, path: steps.map(([, name]) => name!), entries: steps.map(([, , entry]) => entry) };
}

export function shownMutation({ facts, value }: Mutation): string {
  return facts.map(({ type, of, path, entries }) => [shownStep(type, of), ...path.map((step, index) => shownStep(step, entries[index]))].join('.')).join(' + ') + (value === undefined ? '' : ` = ${value}`);
}

function shownStep(name: string, of: string | undefined): string {
  return of === undefined ? name : `${name}[${of}]`;
}
