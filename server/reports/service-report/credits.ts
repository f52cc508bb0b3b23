/** Service credits: which are due, by which condition. */
import { comparisonInWords } from '../../../language/values/comparison.ts';
import { spacedDuration } from '../../../language/values/duration.ts';
import type { Block, Cell } from '../blocks.ts';
import { column, note, section, strong, table, unknown, words } from '../block-builders.ts';
import { creditStates } from '../facts/credits.ts';
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
            words(each.credit.amount),
            words(each.state === 'due' ? strong('due') : each.state),
          ];
        }),
        { caption: [`${due === 0 ? 'No credit is due' : `${due} of ${all.length} agreed credits ${due === 1 ? 'is' : 'are'} due`}${unknownCount === 0 ? '' : `; for ${unknownCount} the figure is not known`}.`] },
      ),
      ...(caps.length === 0 ? [] : [note(`${caps.join('; ')}.`)]),
    ],
    { anchor: 'credits' },
  );
}
