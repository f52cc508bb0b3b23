/** Clause 8.4.2, demand management. */
import { addMonths } from '../../language/values/date.ts';
import { recordOfEach, type Coverage } from '../assessment/record-coverage.ts';
import { placeOf } from '../assessment/remark.ts';
import { each, rule, type Rule } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';
import { isDelivered, isLive } from './services-in-scope.ts';

/** A record of demand for each service that is delivered, within the interval. What is only a part of others is wanted as these are. */
function recorded(row: string, says: Pick<Coverage, 'incomplete'> & { readonly meets: string; readonly fields: readonly string[] }): Rule {
  return rule(row, {
    parts: [
      each('Service', { none: { message: 'No service is declared for which there would be demand.' }, check: () => [] }),
      recordOfEach({
        row,
        kind: 'demand',
        plural: 'records of demand',
        coverage: (context): Coverage => {
          const { months, words } = context.plannedInterval(row);
          const since = addMonths(context.asOf, -months);
          return {
            subjects: context.model
              .all('Service')
              .filter((service) => isLive(service, context) && isDelivered(service, context))
              .map((service) => ({
                name: service.name,
                title: named(service),
                place: placeOf(service),
                where: `service = "${service.name}" and recorded >= ${since}`,
                meets: says.meets,
                fields: ['service', 'recorded', ...says.fields],
              })),
            of: 'services',
            lacks: `have no record of demand since ${since} (demand is recorded ${words})`,
            incomplete: says.incomplete,
          };
        },
      }),
    ],
  });
}

export const demandForecast: Rule = recorded('8.4.2.a', {
  meets: 'period is not empty and current is not empty and forecast is not empty',
  fields: ['period', 'current', 'forecast'],
  incomplete: 'have records of demand, but none with its period, the demand in it and a forecast',
});

export const demandReported: Rule = recorded('8.4.2.b', {
  meets: 'consumption is not empty and reported-to is not empty',
  fields: ['consumption', 'reported-to'],
  incomplete: 'have records of demand, but none that says what was consumed and to whom that was reported',
});
