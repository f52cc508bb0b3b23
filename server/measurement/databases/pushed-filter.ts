import type { Expression, Source } from '../../../language/model/declarations.ts';

/** Rows that cannot be kept: those whose column holds none of the texts. */
export interface PushedTest {
  readonly column: string;
  readonly texts: readonly string[];
}

/**
 * The parts of a source's `where` that the database can test before it sends a row: comparisons of a column with texts. They only
 * spare rows that would be left out anyway; what remains is tested again where all sources are.
 */
export function pushedTests({ filter, mappings }: Source, columns: readonly string[]): readonly PushedTest[] {
  const fields = new Set(mappings.map(({ field }) => field));
  const columnOf = (expression: Expression): string | undefined => {
    const name = expression.$type === 'ColumnName' ? expression.name
      : expression.$type === 'TextLiteral' ? expression.value
      : expression.$type === 'FieldName' && !fields.has(expression.name) ? expression.name : undefined;
    return name !== undefined && columns.includes(name) ? name : undefined;
  };
  const tests = (expression: Expression | undefined): readonly PushedTest[] => {
    if (expression === undefined) return [];
    if (expression.$type === 'BinaryExpression' && expression.operator === 'and') return [...tests(expression.left), ...tests(expression.right)];
    const values = expression.$type === 'MembershipTest' ? expression.values : expression.$type === 'BinaryExpression' && expression.operator === '=' ? [expression.right] : [];
    const column = expression.$type === 'MembershipTest' ? columnOf(expression.operand) : expression.$type === 'BinaryExpression' ? columnOf(expression.left) : undefined;
    const texts = values.flatMap((value) => (value.$type === 'TextLiteral' ? [value.value] : []));
    return column === undefined || texts.length === 0 || texts.length !== values.length ? [] : [{ column, texts }];
  };
  return tests(filter);
}
