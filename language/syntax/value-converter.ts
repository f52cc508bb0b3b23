import { DefaultValueConverter, type CstNode, type GrammarAST, type ValueType } from 'langium';
import { textValue } from '../values/text.ts';

/**
 * The canonical form of a value: quotes removed, white space inside it made one blank.
 *
 * @param rule the rule of the grammar that it follows
 * @param input its words, one after the other
 * @param written it as it stands in the text
 */
export function canonicalValue(rule: string, input: string, written: () => string): string {
  switch (rule) {
    case 'SHORT_TEXT':
    case 'LONG_TEXT':
      return textValue(input);
    case 'Duration':
    case 'Money':
    case 'Quantity':
    case 'WorkingDays':
    case 'CreditAmount':
    case 'ComparisonOperator':
    case 'ProcedureKind':
      return written().trim().replace(/\s+/g, ' ');
    default:
      return input;
  }
}

/** Turns the text of a value into its canonical form. */
export class ItsmsValueConverter extends DefaultValueConverter {
  protected override runConverter(rule: GrammarAST.AbstractRule, input: string, cstNode: CstNode): ValueType {
    return canonicalValue(rule.name, input, () => cstNode.text);
  }
}
