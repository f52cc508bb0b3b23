/** Clause 8.6.2, service request management. */
import { isFilledIn, isNotZero } from '../assessment/filled-in.ts';
import { everyRecord, isFieldMapped, someField, type RecordDemand } from '../assessment/records.ts';
import { each, query, rule, type RecordsPart, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { closedInTime, closurePeriod } from './closure.ts';

const kind = 'service-request';
const clause = '8.6.2';
const period = closurePeriod(clause);

function requests(row: string, demands: (context: RuleContext) => readonly RecordDemand[]): RecordsPart {
  return everyRecord({ row, kind, plural: 'service requests', demands });
}

/** What request models say that requests which follow them need not say again. */
const models = query('request models', ({ model }) => model.all('RequestModel').map(({ name, priority, within }) => ({ name, priority, within })));

export const recordedAndClassified: Rule = rule('8.6.2.a', {
  evidence: 'derived',
  parts: [
    requests('8.6.2.a', (context) => [
      { name: 'recorded', meets: 'opened is not empty', fields: ['opened'], of: 'service requests', lacks: 'have no time of recording' },
      { name: 'classified', ...someField(kind, ['classification', 'model'], context), of: 'service requests', lacks: 'are in no category and follow no request model' },
    ]),
  ],
});

export const prioritized: Rule = rule('8.6.2.b', {
  parts: [
    requests('8.6.2.b', (context) => {
      const giving = context.read(models).filter(({ priority }) => isFilledIn(priority)).map(({ name }) => `"${name}"`);
      const own = isFieldMapped(kind, 'priority', context);
      const inherits = giving.length > 0 && isFieldMapped(kind, 'model', context);
      // A tool that keeps no priority of requests takes it from their models.
      const tests = [...(own || !inherits ? ['priority is not empty'] : []), ...(inherits ? [`model is one of ${giving.join(', ')}`] : [])];
      return [
        {
          name: 'prioritized',
          meets: tests.join(' or '),
          fields: [...(own || !inherits ? ['priority'] : []), ...(inherits ? ['model'] : [])],
          of: 'service requests',
          lacks: 'have no priority, neither their own nor that of their request model',
        },
      ];
    }),
  ],
});

/** That an open request is not overdue: by when the tool says it is due, else by the time that its request model gives it. Undefined if nothing says so. */
function notOverdue(context: RuleContext): { readonly meets: string; readonly fields: readonly string[] } | undefined {
  if (isFieldMapped(kind, 'due', context)) return { meets: 'due is empty or due >= as-of', fields: ['due'] };
  const clock = context.read(period)?.clock ?? '';
  const limits = context.read(models).flatMap(({ name, within }) => {
    // Working days are counted on a calendar.
    if (!isNotZero(within) || (within.includes('working') && clock === '')) return [];
    return [`(model = "${name}" and as-of - opened > ${within}${clock})`];
  });
  return limits.length === 0 || !isFieldMapped(kind, 'model', context) ? undefined : { meets: `not (${limits.join(' or ')})`, fields: ['model', 'opened'] };
}

export const fulfilled: Rule = rule('8.6.2.c', {
  parts: [
    requests('8.6.2.c', (context) => {
      const done = someField(kind, ['fulfilled', 'not-fulfilled'], context);
      const timely = notOverdue(context);
      return [
        { name: 'fulfilled', where: 'closed is not empty', meets: done.meets, fields: ['closed', ...done.fields], of: 'closed service requests', lacks: 'have no time of fulfilment and do not say why they were not fulfilled' },
        ...(timely === undefined || !isFieldMapped(kind, 'fulfilled', context)
          ? []
          : [
              {
                name: 'overdue',
                where: 'fulfilled is empty and closed is empty',
                meets: timely.meets,
                fields: ['fulfilled', 'closed', ...timely.fields],
                of: 'open service requests',
                lacks: 'are past due',
                withoutRecords: 'no service request is open',
                onlyListed: true,
              },
            ]),
      ];
    }),
  ],
});

export const closed: Rule = rule('8.6.2.d', {
  parts: [...closedInTime({ row: '8.6.2.d', clause, kind, plural: 'service requests', done: 'fulfilled', participle: 'fulfilled', noun: 'fulfilment' })],
});

export const updated: Rule = rule('8.6.2.1', {
  evidence: 'derived',
  parts: [
    requests('8.6.2.1', () => [{ name: 'updated', where: 'closed is not empty', meets: 'updates >= 1', fields: ['closed', 'updates'], of: 'closed service requests', lacks: 'hold no entry of what was done' }]),
  ],
});

export const instructions: Rule = rule('8.6.2.2', {
  // The models are the documented instructions.
  evidence: 'derived',
  parts: [
    each('RequestModel', {
      none: {
        message: 'No request model is declared, so nobody is seen to have instructions for fulfilling service requests.',
        declare: {
          title: 'Declare a request model',
          text: 'request model ${1:request} "${2:TODO what is asked for}" {\n  services ${3:TODO}\n  instructions "${4:TODO how it is fulfilled}"\n  available to ${5:TODO}\n  priority ${6:TODO}\n  within ${7:0d}\n}',
        },
      },
      check: (model) =>
        stated(model, 'The request model', [
          { said: isFilledIn(model.instructions), what: 'how such requests are fulfilled', line: 'instructions "${1:TODO how it is fulfilled}"' },
          { said: model.availableTo.some(({ party, text }) => isFilledIn(party ?? text)), what: 'who has the instructions at hand', line: 'available to ${1:TODO}' },
        ]),
    }),
    requests('8.6.2.2', (context) => {
      const names = context.read(models).map(({ name }) => `"${name}"`);
      if (names.length === 0) return [];
      return [{ name: 'instructed', meets: `model is one of ${names.join(', ')}`, fields: ['model'], of: 'service requests', lacks: 'follow no request model that is declared' }];
    }),
  ],
});
