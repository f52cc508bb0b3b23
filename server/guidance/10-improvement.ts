/** Recommendations for clause 10, improvement. */
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall } from '../assessment/remark.ts';
import { declareFixes, each, recommended, system, type Rule } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';

/** Fewer words name a cause and do not explain it. */
const fewestWords = 4;

export const causesFound: Rule = recommended('G.10.1.1.1', {
  parts: [
    each('Nonconformity', {
      where: ({ grade }) => grade !== 'observation',
      none: null,
      check: (nonconformity) => {
        const { cause } = nonconformity;
        const isLabel = isFilledIn(cause) && cause.trim().split(/\s+/).length < fewestWords;
        return [
          ...(isLabel ? [shortfall(`“${cause}” names the cause of ${named(nonconformity)} and does not explain it. Ask why until the answer is something that can be changed.`, { place: placeOf(nonconformity) })] : []),
          ...(isFilledIn(cause) && !isFilledIn(nonconformity.similar) ? [shortfall(`Nothing says whether the weakness behind ${named(nonconformity)} is found elsewhere too.`, { place: placeOf(nonconformity), fixes: [addFact('Say whether it is found elsewhere', placeOf(nonconformity), 'similar "${1:TODO where else it was looked for, and what was found}"')] })] : []),
        ];
      },
    }),
  ],
});

export const baselines: Rule = recommended('G.10.2.1', {
  parts: [
    each('Improvement', {
      where: ({ status }) => status !== 'rejected',
      none: null,
      check: (improvement) => {
        if (improvement.expectations.some(({ subject }) => isFilledIn(subject))) return [];
        return [shortfall(`The improvement ${named(improvement)} states no figure from before it, so its gain cannot be shown.`, { place: placeOf(improvement), fixes: [addFact('Say what it is to change, from where to where', placeOf(improvement), 'expects ${1:TODO} ${2:0} -> ${3:0}')] })];
      },
    }),
  ],
});

export const oneRegister: Rule = recommended('G.10.2.2', {
  parts: [
    system((context) => {
      const { model, asOf } = context;
      const known = new Set(model.all('Improvement').flatMap(({ sources, title }) => (title === undefined || isFilledIn(title) ? sources.map(({ source }) => source) : [])));
      const kept = new Set(model.all('Nonconformity').flatMap(({ source }) => source ?? []));
      return [...model.all('Audit'), ...model.all('ServiceReview')].flatMap((origin) => {
        const open = origin.$type === 'Audit' ? origin.findings.length : origin.actions.length;
        const isOver = origin.held !== undefined && origin.held <= asOf;
        if (!isOver || open === 0 || known.has(origin.name) || kept.has(origin.name)) return [];
        const what = origin.$type === 'Audit' ? `${open === 1 ? 'a finding' : `${open} findings`}` : `${open === 1 ? 'an action' : `${open} actions`}`;
        return [
          shortfall(`${named(origin)} led to ${what}, and no improvement or nonconformity comes from it. Keep one register for all sources.`, {
            place: placeOf(origin),
            fixes: declareFixes(context, { title: 'Declare an improvement from it', text: `improvement \${1:improvement} "\${2:TODO what becomes better}" {\n  from ${origin.name}\n  owner \${3:TODO}\n}` }),
          }),
        ];
      });
    }),
  ],
});
