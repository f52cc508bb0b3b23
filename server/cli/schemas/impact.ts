import { z } from 'zod';

const place = z.strictObject({ file: z.string(), line: z.int().min(1), column: z.int().min(1) });
const node = z.strictObject({ key: z.string(), type: z.string(), id: z.string(), title: z.string(), place });
const credit = z.strictObject({ per: z.enum(['day', 'week', 'month', 'quarter', 'year']), amount: z.string(), isCapped: z.boolean() });

const reached = z.strictObject({
  ...node.shape,
  group: z.enum(['services', 'agreements', 'customers', 'processes', 'figures', 'others']),
  strength: z.enum(['needs', 'one of several', 'concerned']).meta({ description: '“needs”: it takes the subject to do what it is for; “one of several”: others stand in for it; “concerned”: measured by it, answered for by it, or speaking of it' }),
  distance: z.int().min(1).meta({ description: 'Steps of the way' }),
  way: z.string().meta({ description: 'Why, in words' }),
  through: z.array(z.string()).meta({ description: 'Keys from the one that is touched to the subject' }),
});

/** What `itsms impact --format json` prints. */
export const impactResultSchema = z
  .strictObject({
    asOf: z.iso.date(),
    subject: node,
    touched: z.array(reached),
    money: z.array(z.strictObject({ agreement: z.string(), fee: z.strictObject({ amount: z.string(), per: z.string() }).nullable(), greatestCredits: z.array(credit), problems: z.array(z.string()) })),
    feesOfCustomersPerYear: z.strictObject({ amounts: z.array(z.string()), left: z.int().nonnegative().meta({ description: 'Agreements with a fee by the day or week, which is no exact part of a year' }) }),
    names: z.array(z.string()).meta({ description: 'Rows and clauses that the declaration itself names' }),
    restingOnIt: z
      .array(z.strictObject({ row: z.string(), on: z.string(), before: z.string(), after: z.string(), reasons: z.array(z.string()) }))
      .meta({ description: 'Rows that would stand worse if the declaration were taken out of the text and nothing else changed' }),
  })
  .meta({ title: 'Result of itsms impact' });

export type ImpactResult = z.infer<typeof impactResultSchema>;
