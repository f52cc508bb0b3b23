import assert from 'node:assert/strict';
import { addMoney, compareMoney, parseMoney, printMoney, shareOfMoney, type Money } from '../../../language/values/money.ts';
import { percentFrom } from '../../../language/values/percent.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { compareQuantities, parseQuantity, printQuantity, quantityMeets, type Quantity } from '../../../language/values/quantity.ts';

function money(text: string): Money {
  const value = parseMoney(text);
  assert(!isProblem(value), text);
  return value;
}

function quantity(text: string): Quantity {
  const value = parseQuantity(text);
  assert(!isProblem(value), text);
  return value;
}

describe('money', () => {
  it('is exact, in the digits of its currency', () => {
    assert.equal(printMoney(addMoney(money('0.10 EUR'), money('0.20 EUR'))!), '0.30 EUR');
    assert.equal(printMoney(money('500 EUR')), '500 EUR');
    assert.equal(printMoney(money('1.5 KWD')), '1.500 KWD');
    assert.equal(addMoney(money('1 EUR'), money('1 USD')), undefined);
    assert.equal(compareMoney(money('500.00 EUR'), money('500 EUR')), 0);
    assert.equal(printMoney(shareOfMoney(money('99.99 EUR'), percentFrom('5'), 'down')), '4.99 EUR');
    assert.equal(printMoney(shareOfMoney(money('99 JPY'), percentFrom('5'), 'up')), '5 JPY');
  });

  it('says what is wrong with other texts, and what may be meant', () => {
    for (const [text, suggestion] of [
      ['€500', '500 EUR'], ['500EUR', '500 EUR'], ['500 eur', '500 EUR'], ['EUR 500', '500 EUR'], ['18,000 EUR', '18000 EUR'], ['500 EUX', '500 EUR'],
      ['500', undefined], ['1.234 EUR', undefined], ['1.5 JPY', undefined], ['EUR', undefined],
    ] as const) {
      const value = parseMoney(text);
      assert(isProblem(value), text);
      assert.equal(value.suggestion, suggestion, text);
    }
  });
});

describe('quantity', () => {
  it('knows its kind from the text', () => {
    for (const text of ['99.8%', '4h', '2 working days', '500 EUR', '4.2', '6mo', '900']) assert.equal(printQuantity(quantity(text)), text);
  });

  it('compares like with like only', () => {
    assert.equal(quantityMeets(quantity('99.79%'), '>=', quantity('99.8%')), false);
    assert.equal(quantityMeets(quantity('240min'), '<=', quantity('4h')), true);
    assert.equal(quantityMeets(quantity('4.2'), '>', quantity('4.20')), false);
    assert.equal(compareQuantities(quantity('99.8%'), quantity('99.8')), undefined);
    assert.equal(compareQuantities(quantity('30d'), quantity('1mo')), undefined);
  });

  it('says what is wrong, in the terms of what was probably meant', () => {
    for (const [text, suggestion] of [['99,8 %', '99.8%'], ['4hours', '4h'], ['500EUR', '500 EUR'], ['€500', '500 EUR'], ['4,2', '4.2'], ['many', undefined]] as const) {
      const value = parseQuantity(text);
      assert(isProblem(value), text);
      assert.equal(value.suggestion, suggestion, text);
    }
  });
});
