/** Recommendations for clause 8.1, operational planning and control. */
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall } from '../assessment/remark.ts';
import { each, recommended, type Rule } from '../assessment/rule.ts';
import { counted, named } from '../assessment/wording.ts';

/** With fewer a process is hardly seen, with more nobody looks at all of them. */
const fewest = 2;
const most = 8;

export const fewIndicators: Rule = recommended('G.8.1.1', {
  parts: [
    each('Process', {
      none: null,
      check: (process) => {
        const count = new Set(process.metrics.filter(isFilledIn)).size;
        if (count > most) return [shortfall(`The process ${named(process)} is measured by ${count} metrics. Choose the ${most} or fewer that tell most.`, { place: placeOf(process, 'metrics', most) })];
        if (count >= fewest) return [];
        const said = count === 0 ? 'no metric' : `${counted(count, 'metric')} only`;
        return [shortfall(`The process ${named(process)} is measured by ${said}. Choose ${fewest} to ${most} that tell whether it does what it is for.`, { place: placeOf(process), fixes: [addFact('Name a metric', placeOf(process), 'measured by ${1:TODO}')] })];
      },
    }),
  ],
});
