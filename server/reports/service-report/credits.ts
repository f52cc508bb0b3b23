/** Service credits: which are due, by which condition. */
import { printMoney, type Money } from '../../../language/values/money.ts';
import type { Block, Cell } from '../blocks.ts';
import { column, note, section, strong, table, unknown, words as text } from '../block-builders.ts';
import { creditStates, creditTotal, rounded, type CreditState } from '../facts/credits.ts';
import { valueInWords } from '../facts/figures.ts';
import { titleOf } from '../facts/names.ts';
import { quantityInWords, shortLimitInWords } from '../facts/quantities.ts';
import { promises } from '../facts/targets.ts';
import { message, type Words } from '../words/words.ts';
import type { ServiceReportContext } from './service-report.ts';

export function creditSection({ agreements, figures, input }: ServiceReportContext): Block | undefined {
  const { words } = input;
  const all = agreements.flatMap((agreement) => creditStates(agreement, figures, input.period).map((state) => ({ agreement, ...state })));
  if (all.length === 0) return undefined;
  const promised = new Map(agreements.flatMap((agreement) => promises(input.model, agreement, input.period, words).map(({ target, name }) => [`${agreement.name} ${target.name}`, name])));
  const due = all.filter((each) => each.state === 'due').length;
  const unknownCount = all.filter((each) => each.state === 'unknown').length;
  const totals = agreements.flatMap((agreement): string[] => {
    const total = creditTotal(agreement, creditStates(agreement, figures, input.period), input.period);
    if (total === undefined) return [];
    if (typeof total === 'string') return [words.say('{0}: what is to be paid cannot be told ({1})', titleOf(agreement), `${total.charAt(0).toLowerCase()}${total.slice(1)}`)];
    const payable = moneyText(words, total.payable);
    const due = total.atLeast ? words.say('at least {0}', payable) : payable;
    if (total.cap === undefined) return [words.say('{0}: {1} to be paid', titleOf(agreement), due)];
    return [words.say('{0}: {1} to be paid, the cap; the credits come to {2}', titleOf(agreement), due, moneyText(words, total.sum))];
  });
  const caps = agreements.filter((agreement) => agreement.creditCap !== undefined).map((agreement) => words.say('{0}: credits of a period are capped at {1}', titleOf(agreement), quantityInWords(words, agreement.creditCap ?? '')));
  return section(
    words.say('Service credits'),
    [
      table(
        [column(words.say('Agreement')), column(words.say('Condition')), column(words.say('Actual'), 'number'), column(words.say('Credit'), 'text', { width: 'narrow' }), column(words.say('State'), 'text', { width: 'narrow' })],
        all.map((each): Cell[] => {
          const value = each.figure === undefined ? undefined : valueInWords(each.figure, words);
          return [
            text(titleOf(each.agreement)),
            text(`${promised.get(`${each.agreement.name} ${each.credit.target}`) ?? each.credit.target} ${shortLimitInWords(words, each.credit.comparison, each.credit.threshold)}`),
            value === undefined ? unknown() : { kind: 'number', value },
            text(amountInWords(each, words)),
            text(each.state === 'due' ? strong(words.say(states.due)) : words.say(states[each.state])),
          ];
        }),
        { caption: [captionOf(words, due, all.length, unknownCount)] },
      ),
      ...(totals.length === 0 ? [] : [note(`${totals.join('; ')}.`)]),
      ...(caps.length === 0 ? [] : [note(`${caps.join('; ')}.`)]),
    ],
    { anchor: 'credits' },
  );
}

/** `5%, 600 EUR`: what the agreement says, and in money where that is not the same. */
function amountInWords({ credit, amount }: CreditState, words: Words): string {
  const written = quantityInWords(words, credit.amount);
  return !credit.amount.endsWith('%') || typeof amount === 'string' ? written : `${written}, ${moneyText(words, rounded(amount))}`;
}

function captionOf(words: Words, due: number, all: number, unknownCount: number): string {
  const said = due === 0 ? words.say('No credit is due') : words.count(due, '{0} of {1} agreed credits is due', '{0} of {1} agreed credits are due', all);
  return unknownCount === 0 ? `${said}.` : words.say('{0}; for {1} the figure is not known.', said, unknownCount);
}

function moneyText(words: Words, money: Money): string {
  return quantityInWords(words, printMoney(money));
}

const states: Readonly<Record<CreditState['state'], string>> = {
  due: message('due'),
  'covered by a greater one': message('covered by a greater one'),
  'not due': message('not due'),
  unknown: message('unknown'),
  'of another period': message('of another period'),
};
