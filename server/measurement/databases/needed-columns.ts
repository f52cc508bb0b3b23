import type { Expression, MetricExpression, Source } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import { columnNames, namesIn } from '../named-columns.ts';

/**
 * Which of a table's columns are read: those that an expression anywhere in the model might mean. One too many costs time; one too few
 * would be a column that is said to be missing.
 */
export function neededColumns(model: Model, source: Source, available: readonly string[]): readonly string[] {
  const certain = columnNames(source);
  const there = new Set(available);
  // With a wrong name all are read, so that the right one can be proposed.
  if ([...certain].some((name) => !there.has(name))) return available;
  const named = new Set(certain);
  const add = (...expressions: readonly (Expression | MetricExpression | undefined)[]): void => {
    for (const expression of expressions) {
      if (expression === undefined) continue;
      for (const { name } of namesIn(expression)) named.add(name);
      for (const field of lookedUpFields(expression)) named.add(field);
    }
  };
  for (const one of model.all('Source')) {
    add(one.filter, one.flow?.activity, one.flow?.finished, ...one.pauses);
    for (const { field, value } of one.mappings) {
      named.add(field);
      add(value);
    }
  }
  for (const { targets, workloadLimits } of model.all('Agreement')) add(...[...targets, ...workloadLimits].map(({ filter }) => filter));
  for (const { filter, value, groupings } of model.all('Metric')) {
    add(filter, value);
    for (const name of groupings) named.add(name);
  }
  const needed = available.filter((name) => named.has(name));
  return needed.length === 0 ? available : needed;
}

/** The names behind `lookup`, however deep: they are columns of the other source. */
function* lookedUpFields(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  if ('$type' in node && node.$type === 'Lookup' && 'field' in node && typeof node.field === 'string') yield node.field;
  for (const inner of Object.values(node)) yield* lookedUpFields(inner);
}
