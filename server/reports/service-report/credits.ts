/** Service credits: which are due, by which condition. */
import { comparisonInWords } from '../../../language/values/comparison.ts';
import { spacedDuration } from '../../../language/values/duration.ts';
import { printMoney } from '../../../language/values/money.ts';
import type { Block, Cell } from '../blocks.ts';
import { column, note, section, strong, table, unknown, words } from '../block-builders.ts';
import { creditStates, creditTotal, rounded, type CreditState } from '../facts/credits.ts';
import { valueInWords } from '../facts/figures.ts';
import { titleOf } from '../facts/names.ts';
import { promises } from '../facts/targets.ts';
import type { ServiceReportContext } from './service-report.ts';

export function creditSection({ agreements, figures, input }: ServiceReportContext): Block | undefined {
  const all = agreements.flatMap((agreement) => creditStates(agreement, figures, input.period).map((state) => ({ agreement, ...state })));
  if (all.length === 0) return undefined;
  const promised = new Map(agreements.flatMap((agreement) => promises(input.model, agreement, input.period).map(({ target, name }) => [`${agreement.name} ${target.name}`, name])));
  const due = all.filter((each) => each.state === 'due').length;
  const unknownCount = all.filter((each) => each.state === 'unknown').length;
  const totals = agreements.flatMap((agreement): string[] => {
    const total = creditTotal(agreement, creditStates(agreement, figures, input.period), input.period);
    if (total === undefined) return [];
    if (typeof total === 'string') return [`${titleOf(agreement)}: what is to be paid cannot be told (${total.charAt(0).toLowerCase()}${total.slice(1)})`];
    return [`${titleOf(agreement)}: ${total.atLeast ? 'at least ' : ''}${printMoney(total.payable)} to be paid${total.cap === undefined ? '' : `, the cap; the credits come to ${printMoney(total.sum)}`}`];
  });
  const caps = agreements.filter((agreement) => agreement.creditCap !== undefined).map((agreement) => `${titleOf(agreement)}: credits of a period are capped at ${agreement.creditCap ?? ''}`);
  return section(
    'Service credits',
    [
      table(
        [column('Agreement'), column('Condition'), column('Actual', 'number'), column('Credit', 'text', { width: 'narrow' }), column('State', 'text', { width: 'narrow' })],
        all.map((each): Cell[] => {
          const value = each.figure === undefined ? undefined : valueInWords(each.figure);
          return [
            words(titleOf(each.agreement)),
            words(`${promised.get(`${each.agreement.name} ${each.credit.target}`) ?? each.credit.target} ${comparisonInWords(each.credit.comparison)} ${spacedDuration(each.credit.threshold)}`),
            value === undefined ? unknown() : { kind: 'number', value },
            words(amountInWords(each)),
            words(each.state === 'due' ? strong('due') : each.state),
          ];
        }),
        { caption: [`${due === 0 ? 'No credit is due' : `${due} of ${all.length} agreed credits ${due === 1 ? 'is' : 'are'} due`}${unknownCount === 0 ? '' : `; for ${unknownCount} the figure is not known`}.`] },
      ),
      ...(totals.length === 0 ? [] : [note(`${totals.join('; ')}.`)]),
      ...(caps.length === 0 ? [] : [note(`${caps.join('; ')}.`)]),
    ],
    { anchor: 'credits' },
  );
}

/** `5%, 600 EUR`: what the agreement says, and in money where that is not the same. */
function amountInWords({ credit, amount }: CreditState): string {
  return !credit.amount.endsWith('%') || typeof amount === 'string' ? credit.amount : `${credit.amount}, ${printMoney(rounded(amount))}`;
}
