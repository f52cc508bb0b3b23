import { DefaultValueConverter, type CstNode, type GrammarAST, type ValueType } from 'langium';
import { textValue } from '../values/text.ts';

/** Turns the text of a value into its canonical form: quotes removed, white space inside a value made one blank. */
export class ItsmsValueConverter extends DefaultValueConverter {
  protected override runConverter(rule: GrammarAST.AbstractRule, input: string, cstNode: CstNode): ValueType {
    switch (rule.name) {
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
        return cstNode.text.trim().replace(/\s+/g, ' ');
      default:
        return input;
    }
  }
}
