/** Clause 8.3.1, relationship and agreement: general. */
import { placeOf, shortfall } from '../assessment/remark.ts';
import { each, query, rule, type Rule, type Trigger } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';

const suppliersUsed = query('whether a supplier is declared', ({ model }): Trigger => (model.all('Supplier').length > 0 ? { applies: true } : { applies: false, reason: 'no supplier is declared' }));

export const kindsToldApart: Rule = rule('8.3.1.n1', {
  trigger: suppliersUsed,
  parts: [
    each('Supplier', {
      none: null,
      check: (supplier) => {
        if (supplier.kind !== undefined) return [];
        const place = placeOf(supplier);
        const fix = (kind: string, who: string) => ({ title: `It is ${who}`, edits: [{ kind: 'addFact' as const, place, text: `kind ${kind}` }] });
        return [
          shortfall(`The supplier ${named(supplier)} does not say of which kind it is: external, internal, or a customer acting as a supplier. Clause 8.3.4 asks for different things of each; until it is said, it counts as external.`, {
            place,
            fixes: [fix('external', 'an external supplier'), fix('internal', 'an internal supplier'), fix('customer', 'a customer acting as a supplier')],
          }),
        ];
      },
    }),
  ],
});
