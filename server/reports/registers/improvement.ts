/** Nonconformities, improvements, and all actions that are agreed anywhere in the model. */
import type { DeclarationTypes } from '../../../language/model/declarations.ts';
import { declaredTitle } from '../../../language/model/declared-title.ts';
import { daysBetween, isDate } from '../../../language/values/date.ts';
import { declaredActions } from '../../analysis/declared-actions.ts';
import { idOf, typeInWords } from '../../analysis/declared-facts.ts';
import { actionDone, overdueSince } from '../../assessment/actions.ts';
import { column, count, decimal, unknown, words as text } from '../block-builders.ts';
import { gradeInWords, improvementStateInWords, levelInWords } from '../facts/declared-words.ts';
import { clauseInWords, titleById } from '../facts/names.ts';
import { message } from '../words/words.ts';
import { actionsInWords, moneyOf, sentence } from './in-words.ts';
import { filled, registerCells, type Register } from './register.ts';

type Nonconformity = DeclarationTypes['Nonconformity'];
type Improvement = DeclarationTypes['Improvement'];

const byDay = (a: string | undefined, b: string | undefined): number => ((a ?? '') === (b ?? '') ? 0 : (a ?? '') < (b ?? '') ? -1 : 1);

export function isOpen({ status, closed }: Nonconformity): boolean {
  return status !== 'closed' && closed === undefined;
}

export const nonconformityRegister: Register = {
  id: 'nonconformities',
  title: message('Nonconformities'),
  clauses: ['10.1.1', '10.1.2'],
  none: message('No nonconformity is recorded.'),
  contents: (input) => {
    const { model, words, asOf } = input;
    const cells = registerCells(input);
    // What is open comes first, and of it what has been longest.
    const items = model.all('Nonconformity').toSorted((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || byDay(a.detected, b.detected));
    return filled({
      items,
      caption: () => words.say('{0}, {1} of them open.', words.count(items.length, '{0} nonconformity', '{0} nonconformities'), items.filter(isOpen).length),
      columns: [
        { ...column(words.say('Id'), 'text', { width: 'narrow' }), detail: true, cell: (one) => cells.id(one) },
        { ...column(words.say('Nonconformity'), 'text', { width: 'wide' }), cell: (one) => cells.title(one, sentence(one.nature)) },
        { ...column(words.say('Grade'), 'text', { width: 'narrow' }), cell: ({ grade }) => cells.text(grade === undefined ? undefined : gradeInWords(words, grade)) },
        { ...column(words.say('From')), detail: true, cell: ({ source }) => cells.titles('NonconformitySource', source === undefined ? [] : [source]) },
        { ...column(words.say('Against')), cell: ({ against }) => cells.texts(against.map((id) => id.replace(/^iso20000:/, ''))) },
        { ...column(words.say('Detected'), 'date'), cell: ({ detected }) => cells.date(detected) },
        { ...column(words.say('Owner')), cell: ({ owner }) => cells.party(owner) },
        { ...column(words.say('Correction')), detail: true, cell: ({ correction }) => cells.text(correction) },
        { ...column(words.say('Cause')), cell: ({ cause }) => cells.text(cause) },
        { ...column(words.say('Corrective actions')), cell: ({ actions }) => cells.texts(actionsInWords(input, actions)) },
        { ...column(words.say('Effective'), 'text', { width: 'narrow' }), cell: ({ effective }) => cells.yesNo(effective) },
        { ...column(words.say('Checked'), 'date'), detail: true, cell: ({ checked }) => cells.date(checked) },
        { ...column(words.say('State'), 'text', { width: 'narrow' }), cell: (one) => text(isOpen(one) ? words.say('open') : words.say('closed')) },
        { ...column(words.say('Closed'), 'date'), detail: true, cell: ({ closed }) => cells.date(closed) },
        { ...column(words.say('Open for'), 'number', { unit: words.say('days') }), detail: true, cell: (one) => (isOpen(one) && one.detected !== undefined && isDate(one.detected) ? count(daysBetween(one.detected, asOf)) : unknown()) },
      ],
    });
  },
};

export const improvementRegister: Register = {
  id: 'improvements',
  title: message('Improvements'),
  clauses: ['10.2'],
  none: message('No improvement is declared.'),
  contents: (input) => {
    const { model, words, asOf } = input;
    const cells = registerCells(input);
    const order: readonly Improvement['status'][] = ['approved', 'planned', 'proposed', undefined, 'implemented', 'rejected'];
    const items = model.all('Improvement').toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || byDay(a.due ?? '9999', b.due ?? '9999'));
    const late = items.filter(({ due, implemented, status }) => due !== undefined && due < asOf && implemented === undefined && status !== 'rejected' && status !== 'implemented').length;
    return filled({
      items,
      caption: () => words.say('{0}: {1} implemented, {2} overdue.', words.count(items.length, '{0} improvement', '{0} improvements'), items.filter(({ status }) => status === 'implemented').length, late),
      columns: [
        { ...column(words.say('Id'), 'text', { width: 'narrow' }), detail: true, cell: (one) => cells.id(one) },
        { ...column(words.say('Improvement'), 'text', { width: 'wide' }), cell: (one) => cells.title(one, sentence(one.description), sentence(one.evaluation)) },
        { ...column(words.say('From')), cell: ({ sources }) => cells.texts(sources.map(({ source }) => titleById(model, 'ImprovementSource', source))) },
        { ...column(words.say('Priority'), 'text', { width: 'narrow' }), cell: ({ priority }) => cells.text(priority === undefined ? undefined : levelInWords(words, priority)) },
        { ...column(words.say('State'), 'text', { width: 'narrow' }), cell: ({ status }) => cells.text(status === undefined ? undefined : improvementStateInWords(words, status)) },
        { ...column(words.say('Decided by')), detail: true, cell: ({ decidedBy }) => cells.party(decidedBy) },
        { ...column(words.say('Owner')), cell: ({ owner }) => cells.party(owner) },
        { ...column(words.say('Expected')), cell: ({ expectations }) => cells.texts(expectations.map(({ subject, from, to }) => `${titleById(model, 'Measurable', subject)}: ${from} → ${to}`)) },
        { ...column(words.say('Cost'), 'number'), detail: true, cell: ({ cost }) => decimal(moneyOf(cost)?.amount) },
        { ...column(words.say('Currency'), 'text', { width: 'narrow' }), detail: true, cell: ({ cost }) => cells.text(moneyOf(cost)?.currency) },
        { ...column(words.say('Recorded'), 'date'), detail: true, cell: ({ recorded }) => cells.date(recorded) },
        { ...column(words.say('Due'), 'date'), cell: ({ due }) => cells.date(due) },
        { ...column(words.say('Implemented'), 'date'), cell: ({ implemented }) => cells.date(implemented) },
        { ...column(words.say('Achieved'), 'text', { width: 'narrow' }), cell: ({ achieved }) => cells.yesNo(achieved) },
        { ...column(words.say('Measured'), 'date'), detail: true, cell: ({ measured }) => cells.date(measured) },
      ],
    });
  },
};

export const actionRegister: Register = {
  id: 'actions',
  title: message('Actions'),
  clauses: ['6.1.3', '9.3', '10.1.1'],
  none: message('No action is declared.'),
  contents: (input) => {
    const { model, locator, words, asOf } = input;
    const cells = registerCells(input);
    const items = declaredActions(model, locator)
      .map((one) => ({ ...one, done: actionDone(one.action, model, asOf), late: overdueSince(one.action, model, asOf) }))
      .toSorted((a, b) => Number(a.done !== undefined) - Number(b.done !== undefined) || byDay(a.action.due ?? '9999', b.action.due ?? '9999'));
    const open = items.filter(({ done }) => done === undefined);
    return filled({
      items,
      rowHead: 0,
      caption: () => words.say('{0}: {1} open, {2} of them overdue.', words.count(items.length, '{0} action', '{0} actions'), open.length, open.filter(({ late }) => late !== undefined).length),
      columns: [
        { ...column(words.say('Action'), 'text', { width: 'wide' }), cell: ({ action }) => cells.text(action.text) },
        { ...column(words.say('From')), cell: ({ declaration }) => cells.text(declaredTitle(declaration) ?? `${typeInWords(declaration)} ${idOf(declaration)}`) },
        { ...column(words.say('Owner')), cell: ({ action }) => cells.party(action.owner) },
        { ...column(words.say('Priority'), 'text', { width: 'narrow' }), detail: true, cell: ({ action }) => cells.text(action.priority === undefined ? undefined : levelInWords(words, action.priority)) },
        { ...column(words.say('Due'), 'date'), cell: ({ action }) => cells.date(action.due) },
        { ...column(words.say('State'), 'text', { width: 'narrow' }), cell: ({ done, late }) => text(done !== undefined ? words.say('done') : late !== undefined ? words.say('overdue') : words.say('open')) },
        { ...column(words.say('Done'), 'date'), detail: true, cell: ({ done }) => cells.date(done) },
        { ...column(words.say('How it is checked')), detail: true, cell: ({ action }) => cells.text(action.check) },
        { ...column(words.say('Effective'), 'text', { width: 'narrow' }), cell: ({ action }) => cells.yesNo(action.effective === undefined ? undefined : action.effective === 'effective' ? 'yes' : 'no') },
      ],
    });
  },
};

export const waiverRegister: Register = {
  id: 'waivers',
  title: message('Accepted gaps'),
  clauses: ['10.1.1'],
  none: message('No gap is accepted for a time.'),
  contents: (input) => {
    const { model, words, asOf } = input;
    const cells = registerCells(input);
    const items = model.all('Waiver').toSorted((a, b) => byDay(a.until, b.until));
    return filled({
      items,
      rowHead: 0,
      sortedBy: 3,
      caption: () => words.say('{0}, {1} of them expired: such a gap counts again.', words.count(items.length, '{0} gap accepted until a date', '{0} gaps accepted until a date'), items.filter(({ until }) => until !== undefined && until < asOf).length),
      columns: [
        { ...column(words.say('Requirement')), cell: ({ requirement }) => text(clauseInWords(requirement)) },
        { ...column(words.say('Reason'), 'text', { width: 'wide' }), cell: ({ reason }) => cells.text(reason) },
        { ...column(words.say('Approved by')), cell: ({ approvedBy }) => cells.party(approvedBy) },
        { ...column(words.say('Until'), 'date'), cell: ({ until }) => cells.date(until) },
      ],
    });
  },
};
