import type { Expression, MetricExpression, Source } from '../../language/model/declarations.ts';

/** Every name in an expression that may be a column: fields, columns, and texts, which are columns in some positions. */
export function* namesIn(expression: Expression | MetricExpression): Generator<{ readonly name: string; readonly certain: boolean }> {
  switch (expression.$type) {
    case 'FieldName': yield { name: expression.name, certain: false }; return;
    case 'ColumnName': yield { name: expression.name, certain: true }; return;
    case 'TextLiteral': yield { name: expression.value, certain: false }; return;
    case 'BinaryExpression':
    case 'MetricOperation': yield* namesIn(expression.left); yield* namesIn(expression.right); return;
    case 'UnaryExpression': case 'EmptyTest': case 'ClockedExpression': case 'PartOf': case 'MatchIn': case 'Lookup': case 'ChangesOf': yield* namesIn(expression.operand); return;
    case 'MembershipTest': yield* namesIn(expression.operand); for (const value of expression.values) yield* namesIn(value); return;
    case 'TimeOf': case 'TimeWhile': case 'TimesOf': yield* namesIn(expression.condition); return;
    case 'CountAggregate': if (expression.filter !== undefined) yield* namesIn(expression.filter); return;
    case 'Aggregate': yield* namesIn(expression.argument); return;
    case 'AvailabilityAggregate': yield* namesIn(expression.from); yield* namesIn(expression.until); return;
    case 'DurationLiteral': case 'WorkingDaysLiteral': case 'PercentLiteral': case 'DateLiteral': case 'NumberLiteral': case 'MetricNumber': case 'MetricReference': return;
  }
}

/** Columns that a source names for sure: keys, times of change, and mappings that are one column. */
export function columnNames(source: Source): ReadonlySet<string> {
  const names = new Set<string>();
  for (const name of [source.key, source.historyKey, source.historyAt]) if (name !== undefined) names.add(name);
  const fields = new Set(source.mappings.map(({ field }) => field));
  for (const { field, value } of source.mappings) {
    if (!value) names.add(field);
    else if (value.$type === 'TextLiteral') names.add(value.value);
    else if (value.$type === 'FieldName' && (value.name === field || !fields.has(value.name))) names.add(value.name);
    else for (const { name, certain } of namesIn(value)) if (certain) names.add(name);
  }
  return names;
}
