import { placeOf, shortfall, shown, unknown } from '../assessment/remark.ts';
import { each, type RecordCheck, type RecordsPart } from '../assessment/rule.ts';
import { quantityOf } from '../assessment/wording.ts';

/** Which requests for change are still to be carried out. */
export const openChanges = 'state is one of recorded, assessed, approved';

/** How priorities call their highest band: the first that is in use is the highest. */
const bands = [
  { name: 'critical', pattern: '(?i)^(p?[ -]?[01]([^0-9]|$)|critical|urgent|immediate|emergency|highest|very high)' },
  { name: 'high', pattern: '(?i)^high' },
] as const;

/** The percentage of open requests that the highest band may hold where the project does not say: a default of this product. */
const usualPercent = 50;
/** Of fewer open requests, a share says nothing. */
const fewest = 4;

/** Where most is urgent, nothing is: asks that the highest band of open requests for change stays below a share. */
export function highestBand(row: string): RecordsPart {
  const fields = ['state', 'priority'];
  const idOf = (name: string): string => `${row}/${name}`;
  return {
    demand: {
      recordKind: 'change',
      checks: (): readonly RecordCheck[] => bands.map(({ name, pattern }) => ({ id: idOf(name), recordKind: 'change', where: `${openChanges} and priority is not empty`, meets: `not (priority matches "${pattern}")`, fields })),
    },
    parts: each('Source', {
      where: ({ recordKind, mappings }) => recordKind === 'change' && fields.every((field) => mappings.some((mapping) => mapping.field === field)),
      none: null,
      check: (source, context) => {
        const { measurements } = context;
        if (!measurements) return [unknown('effective', 'nothing has been measured yet')];
        for (const { name } of bands) {
          const { population = 0, shortfall: held = 0 } = measurements.ofCheck(idOf(name)).find((result) => result.source === source.name) ?? {};
          if (held === 0) continue;
          const most = Math.max(context.tolerated(row, population), Math.floor((population * usualPercent) / 100));
          if (population < fewest || held <= most) return [shown('effective')];
          return [
            shortfall(`${quantityOf(held, population, 'open requests for change')} are in the highest band of priority (${name}); at most ${most} are expected (${usualPercent}% by the default of this product). Where most is urgent, nothing is: rank them.`, {
              place: placeOf(source),
              axis: 'effective',
            }),
          ];
        }
        return [];
      },
    }),
  };
}
