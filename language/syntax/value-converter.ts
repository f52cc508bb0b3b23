import { DefaultValueConverter, type CstNode, type GrammarAST, type ValueType } from 'langium';
import { textValue } from '../values/text.ts';

/** @param input the words of a value, one after the other. @param written it as it stands in the text */
export type ValueConversion = (input: string, written: () => string) => string;

const oneBlank: ValueConversion = (_input, written) => written().trim().replace(/\s+/g, ' ');
const withoutQuotes: ValueConversion = (input) => textValue(input);

/** How the canonical form of a value is made, by the rule of the grammar that it follows: quotes removed, white space inside it made one blank. Others are as they are written. */
const conversions: ReadonlyMap<string, ValueConversion> = new Map([
  ...['SHORT_TEXT', 'LONG_TEXT'].map((rule) => [rule, withoutQuotes] as const),
  ...['Duration', 'Money', 'Quantity', 'WorkingDays', 'CreditAmount', 'ComparisonOperator', 'ProcedureKind'].map((rule) => [rule, oneBlank] as const),
]);

/** Undefined where a value of the rule is as it is written. */
export function conversionOf(rule: string): ValueConversion | undefined {
  return conversions.get(rule);
}

/** Turns the text of a value into its canonical form. */
export class ItsmsValueConverter extends DefaultValueConverter {
  protected override runConverter(rule: GrammarAST.AbstractRule, input: string, cstNode: CstNode): ValueType {
    return conversionOf(rule.name)?.(input, () => cstNode.text) ?? input;
  }
}
