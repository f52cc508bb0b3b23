/** Risks and opportunities, the gravest first. */
import type { Action } from '../../../language/model/declarations.ts';
import { compareDecimals } from '../../../language/values/decimal.ts';
import { lastAssessed, categoryOf, levelOf, limitOf, standingOf, type Risk, type RiskCategory } from '../../iso20000/risks.ts';
import { planOf } from '../../iso20000/risk-actions.ts';
import { column, decimal, words as text } from '../block-builders.ts';
import { levelInWords } from '../facts/declared-words.ts';
import { titleOf, titlesById } from '../facts/names.ts';
import { message } from '../words/words.ts';
import { actionsInWords, nextReviewOf, sentence } from './in-words.ts';
import { filled, registerCells, type Register } from './register.ts';

const categories: Readonly<Record<RiskCategory, string>> = {
  organization: message('Organization'),
  'service-requirements': message('Service requirements'),
  'other-parties': message('Other parties'),
  availability: message('Service availability'),
  continuity: message('Service continuity'),
  'information-security': message('Information security'),
};

const treatments: Readonly<Record<NonNullable<Risk['treatment']>, string>> = { reduce: message('reduce'), accept: message('accept'), avoid: message('avoid'), transfer: message('transfer') };

const standings: Readonly<Record<ReturnType<typeof standingOf>, string>> = {
  within: message('within what is accepted'),
  accepted: message('accepted by name'),
  above: message('above what is accepted'),
  untold: message('not judged'),
};

export const riskRegister: Register = {
  id: 'risks',
  title: message('Risks'),
  clauses: ['6.1.2', '6.1.3'],
  none: message('No risk is declared.'),
  contents: (input) => {
    const { model, words, asOf } = input;
    const cells = registerCells(input);
    const items = input
      .ask((context) =>
        model.all('Risk').map((risk) => {
          const last = lastAssessed(risk, context);
          return { risk, level: levelOf(risk), category: categoryOf(risk, context), standing: standingOf(risk, context), limit: limitOf(risk, context), last, due: risk.review === undefined ? undefined : nextReviewOf({ every: risk.review.every, last }), plan: planOf(risk, context) };
        }),
      )
      .toSorted((a, b) => (a.level === undefined || b.level === undefined ? Number(a.level === undefined) - Number(b.level === undefined) : compareDecimals(b.level, a.level)));
    const above = items.filter(({ standing }) => standing === 'above').length;
    const unjudged = items.filter(({ standing }) => standing === 'untold').length;
    const late = items.filter(({ due }) => due !== undefined && due < asOf).length;
    return filled({
      items,
      sortedBy: 5,
      descending: true,
      caption: () => words.say('{0}; {1} above what is accepted, {2} not judged, {3} due to be assessed again.', words.count(items.length, '{0} risk', '{0} risks'), above, unjudged, late),
      columns: [
        { ...column(words.say('Id'), 'text', { width: 'narrow' }), detail: true, cell: ({ risk }) => cells.id(risk) },
        { ...column(words.say('Risk'), 'text', { width: 'wide' }), cell: ({ risk }) => cells.title(risk, sentence(risk.cause), sentence(risk.consequence), risk.customerImpact === undefined ? undefined : words.say('For customers: {0}', sentence(risk.customerImpact) ?? '')) },
        { ...column(words.say('Category')), detail: true, cell: ({ category }) => cells.text(category === undefined ? undefined : words.say(categories[category])) },
        { ...column(words.say('Likelihood'), 'number'), detail: true, cell: ({ risk }) => decimal(risk.likelihood) },
        { ...column(words.say('Impact'), 'number'), detail: true, cell: ({ risk }) => decimal(risk.impact) },
        { ...column(words.say('Level'), 'number'), cell: ({ level }) => decimal(level) },
        { ...column(words.say('Judged')), cell: ({ standing }) => text(words.say(standings[standing])) },
        { ...column(words.say('Treatment'), 'text', { width: 'narrow' }), cell: ({ risk }) => cells.text(risk.treatment === undefined ? undefined : words.say(treatments[risk.treatment])) },
        { ...column(words.say('Actions')), cell: ({ plan }) => cells.texts([...actionsInWords(input, plan.own.map(({ action }): Action => action)), ...plan.improvements.map(titleOf)]) },
        { ...column(words.say('Residual level'), 'number'), cell: ({ risk }) => decimal(risk.residual) },
        { ...column(words.say('Owner')), cell: ({ risk }) => cells.party(risk.owner) },
        { ...column(words.say('Affects')), detail: true, cell: ({ risk }) => cells.titles('Component', risk.affects) },
        { ...column(words.say('Last assessed'), 'date'), detail: true, cell: ({ last }) => cells.date(last) },
        { ...column(words.say('Next assessment'), 'date'), cell: ({ due }) => cells.date(due) },
      ],
    });
  },
};

export const opportunityRegister: Register = {
  id: 'opportunities',
  title: message('Opportunities'),
  clauses: ['6.1.2', '6.1.3'],
  none: message('No opportunity is declared.'),
  contents: (input) => {
    const { model, words } = input;
    const cells = registerCells(input);
    const items = model.all('Opportunity');
    const left = items.filter(({ noAction }) => noAction !== undefined).length;
    return filled({
      items,
      caption: () => words.say('{0}, {1} of them left alone for a stated reason.', words.count(items.length, '{0} opportunity', '{0} opportunities'), left),
      columns: [
        { ...column(words.say('Id'), 'text', { width: 'narrow' }), detail: true, cell: (one) => cells.id(one) },
        { ...column(words.say('Opportunity'), 'text', { width: 'wide' }), cell: (one) => cells.title(one, sentence(one.benefit), one.customerImpact === undefined ? undefined : words.say('For customers: {0}', sentence(one.customerImpact) ?? '')) },
        { ...column(words.say('From')), cell: (one) => cells.titles('PlanningSource', one.sources) },
        { ...column(words.say('Priority'), 'text', { width: 'narrow' }), cell: (one) => cells.text(one.priority === undefined ? undefined : levelInWords(words, one.priority)) },
        { ...column(words.say('Actions')), cell: (one) => cells.texts([...actionsInWords(input, one.actions), ...one.via.map((id) => titlesById(model, 'Improvement', [id])), one.noAction === undefined ? undefined : words.say('None, because: {0}', one.noAction)]) },
        { ...column(words.say('Owner')), cell: (one) => cells.party(one.owner) },
        { ...column(words.say('Last assessed'), 'date'), cell: (one) => cells.date(one.assessed) },
      ],
    });
  },
};
