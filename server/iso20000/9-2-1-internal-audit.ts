/** Clause 9.2.1, internal audit. */
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { dateOf, intervalAfter } from '../assessment/dates.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, rule, system, type Rule } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { firstOf, named } from '../assessment/wording.ts';
import { attested } from './attestations.ts';
import { auditInterval, auditScaffold, coversClause, currentCycle, currentProgramme, heldOn, noneHeld } from './internal-audits.ts';

export const atPlannedIntervals: Rule = rule('9.2.1.1', {
  parts: [
    system((context): readonly Remark[] => {
      const { model, asOf } = context;
      const fixes = declareFixes(context, auditScaffold);
      const held = model.all('Audit').filter((audit) => heldOn(audit, asOf) !== undefined);
      const [latest] = held.toSorted((a, b) => (a.held! > b.held! ? -1 : 1));
      if (!latest) return [shortfall('No internal audit has been held.', { axis: 'evidenced', fixes })];
      const every = currentProgramme(context)?.every;
      const planned = auditInterval(context);
      const due = intervalAfter(heldOn(latest, asOf)!, every, planned.months);
      if (due !== undefined && due >= asOf) return [shown('evidenced')];
      const interval = every === undefined ? planned.words : `every ${every}`;
      return [shortfall(`The latest internal audit, ${named(latest)}, was held on ${latest.held}; by the interval (${interval}) the next was due${due === undefined ? '' : ` on ${due}`}.`, { place: placeOf(latest, 'held'), axis: 'evidenced', fixes })];
    }),
    each('Audit', {
      none: null,
      check: (audit, { asOf }) => {
        const planned = dateOf(audit.planned);
        if (planned === undefined || planned >= asOf || heldOn(audit, asOf) !== undefined) return [];
        return [shortfall(`The audit ${named(audit)} was planned for ${planned} and has not been held. Write when it was, or a new date.`, { place: placeOf(audit, 'planned'), axis: 'evidenced' })];
      },
    }),
  ],
});

export const ownRequirements: Rule = rule('9.2.1.a1', {
  parts: [
    system((context): readonly Remark[] => {
      const { from, to, audits } = currentCycle(context);
      if (audits.some(({ own }) => own)) return [shown('evidenced')];
      const [first] = audits;
      return [
        shortfall(`No audit held since ${from} or planned until ${to} looks at the organization’s own requirements: its policies, plans and processes. Audits that do say so: own requirements.`, {
          axis: 'evidenced',
          ...(first ? { place: placeOf(first) } : {}),
          fixes: first ? [addFact('It looks at own requirements', placeOf(first), 'own requirements')] : declareFixes(context, auditScaffold),
        }),
      ];
    }),
  ],
});

/** Clauses that have requirements. */
const clauses: readonly string[] = [...new Set(catalogue.demands.map(({ clause }) => clause))];

export const standardCovered: Rule = rule('9.2.1.a2', {
  parts: [
    system((context): readonly Remark[] => {
      const { from, to, audits } = currentCycle(context);
      const missing = clauses.filter((clause) => !audits.some((audit) => coversClause(audit, clause)));
      if (missing.length === 0) return [shown('evidenced')];
      const programme = currentProgramme(context);
      return [
        shortfall(`${missing.length} of ${clauses.length} clauses are covered by no audit held since ${from} or planned until ${to}: ${firstOf(missing, 8)}.`, {
          axis: 'evidenced',
          ...(programme ? { place: placeOf(programme) } : {}),
          fixes: declareFixes(context, auditScaffold),
        }),
      ];
    }),
  ],
});

export const implementationCovered: Rule = rule('9.2.1.b', {
  parts: [
    noneHeld,
    each('Audit', {
      none: null,
      check: (audit, { asOf }) =>
        heldOn(audit, asOf) === undefined
          ? []
          : stated(
              audit,
              'The audit',
              [
                { said: isFilledIn(audit.conclusion), what: 'whether what it looked at is done and kept up', line: 'conclusion "${1:TODO whether it is implemented and maintained}"' },
                { said: someFilledIn(audit.samples), what: 'which records were sampled', line: 'sample "${1:TODO which records, and how many}"' },
              ],
              'evidenced',
            ),
    }),
    attested('9.2.1.b'),
  ],
});
