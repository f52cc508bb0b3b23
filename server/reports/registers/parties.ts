/** Suppliers and other parties, agreements with them and with customers, and what these and customers ask for. */
import type { Agreement, DeclarationTypes } from '../../../language/model/declarations.ts';
import { latestOf } from '../../assessment/dates.ts';
import { agreementsWith, kindOf } from '../../iso20000/suppliers.ts';
import { hasEnded, otherParty } from '../../iso20000/agreements.ts';
import { column, count, ratio, unknown, words as text } from '../block-builders.ts';
import { agreementTypeInWords } from '../facts/declared-words.ts';
import { FigureIndex } from '../facts/figures.ts';
import { titleById, titleOf } from '../facts/names.ts';
import { agreementsInForce, targetsInForce } from '../facts/targets.ts';
import { tally, targetLines } from '../parts/service-levels.ts';
import { message } from '../words/words.ts';
import { nextReviewOf, sentence } from './in-words.ts';
import { filled, registerCells, type Register } from './register.ts';

const supplierKinds: Readonly<Record<ReturnType<typeof kindOf>, string>> = { external: message('external'), internal: message('internal'), customer: message('customer acting as a supplier') };

export const supplierRegister: Register = {
  id: 'suppliers',
  title: message('Suppliers and other parties'),
  clauses: ['8.2.3', '8.3.4'],
  none: message('No supplier is declared.'),
  contents: (input) => {
    const { model, words, asOf, period } = input;
    const cells = registerCells(input);
    const figures = new FigureIndex(input.measurements);
    const inForce = agreementsInForce(model, period);
    const disputes = model.all('Dispute');
    const items = input.ask((context) =>
      model.all('Supplier').map((supplier) => {
        const own = agreementsWith(supplier.name, context).flatMap(({ name }) => model.get('Agreement', name) ?? []);
        const current = own.filter((agreement) => !hasEnded(agreement, asOf));
        const reviewed = latestOf([supplier.performanceReviewed, supplier.review?.last, ...own.map(({ performanceReviewed }) => performanceReviewed)], asOf);
        const lines = targetLines(input, figures, inForce.filter(({ name }) => own.some((one) => one.name === name)));
        return {
          supplier,
          kind: kindOf(supplier, context),
          current,
          ends: current.flatMap(({ validTo }) => validTo ?? []).toSorted()[0],
          reviewed,
          due: supplier.review === undefined ? undefined : nextReviewOf({ every: supplier.review.every, last: reviewed }),
          kept: tally(lines.filter(({ series }) => series.last !== undefined)),
          open: disputes.filter((one) => one.supplier === supplier.name && (one.closed === undefined || one.closed > asOf)).length,
        };
      }),
    );
    const without = items.filter(({ current }) => current.length === 0).length;
    const late = items.filter(({ due }) => due !== undefined && due < asOf).length;
    return filled({
      items,
      caption: () => words.say('{0}: {1} without a contract or agreement in force, {2} with an overdue review. Targets are those of {3}.', words.count(items.length, '{0} supplier', '{0} suppliers'), without, late, words.period(period.id)),
      columns: [
        { ...column(words.say('Id'), 'text', { width: 'narrow' }), detail: true, cell: ({ supplier }) => cells.id(supplier) },
        { ...column(words.say('Supplier'), 'text', { width: 'wide' }), cell: ({ supplier }) => cells.title(supplier, supplier.subcontractors === undefined ? undefined : words.say('Subcontractors: {0}', sentence(supplier.subcontractors) ?? '')) },
        { ...column(words.say('Kind'), 'text', { width: 'narrow' }), cell: ({ kind }) => text(words.say(supplierKinds[kind])) },
        { ...column(words.say('Provides')), cell: ({ supplier }) => cells.texts([...supplier.provides.map((id) => titleById(model, 'Provided', id)), ...supplier.operates.map((id) => titleById(model, 'Process', id))]) },
        { ...column(words.say('Managed by')), cell: ({ supplier }) => cells.party(supplier.manager) },
        { ...column(words.say('Contracts and agreements in force')), cell: ({ current }) => cells.texts(current.map(titleOf)) },
        { ...column(words.say('First of them ends'), 'date'), cell: ({ ends }) => cells.date(ends) },
        { ...column(words.say('Targets met')), cell: ({ kept }) => (kept.met + kept.warning + kept.below === 0 ? unknown() : ratio(kept.met + kept.warning, kept.met + kept.warning + kept.below)) },
        { ...column(words.say('Performance reviewed'), 'date'), detail: true, cell: ({ reviewed }) => cells.date(reviewed) },
        { ...column(words.say('Next review'), 'date'), cell: ({ due }) => cells.date(due) },
        { ...column(words.say('Open disputes'), 'number'), detail: true, cell: ({ open }) => count(open) },
        { ...column(words.say('Evaluated'), 'date'), detail: true, cell: ({ supplier }) => cells.date(supplier.evaluated) },
        { ...column(words.say('Result')), detail: true, cell: ({ supplier }) => cells.text(supplier.evaluation) },
      ],
    });
  },
};

export const agreementRegister: Register = {
  id: 'agreements',
  title: message('Agreements and contracts'),
  clauses: ['8.3.3', '8.3.4'],
  none: message('No agreement is declared.'),
  contents: (input) => {
    const { model, words, asOf, period } = input;
    const cells = registerCells(input);
    const order: readonly Agreement['type'][] = ['sla', 'ola', 'contract'];
    const items = model
      .all('Agreement')
      .map((agreement) => ({ agreement, with: otherParty(agreement), agreed: latestOf(agreement.agreed.map(({ on }) => on), asOf), due: nextReviewOf(agreement.review) }))
      .toSorted((a, b) => order.indexOf(a.agreement.type) - order.indexOf(b.agreement.type));
    const ended = items.filter(({ agreement }) => hasEnded(agreement, asOf)).length;
    return filled({
      items,
      caption: () => words.say('{0}, {1} of them ended.', words.count(items.length, '{0} agreement', '{0} agreements'), ended),
      columns: [
        { ...column(words.say('Id'), 'text', { width: 'narrow' }), detail: true, cell: ({ agreement }) => cells.id(agreement) },
        { ...column(words.say('Agreement'), 'text', { width: 'wide' }), cell: ({ agreement }) => cells.title(agreement) },
        { ...column(words.say('Kind'), 'text', { width: 'narrow' }), cell: ({ agreement }) => text(agreementTypeInWords(words, agreement.type)) },
        { ...column(words.say('With')), cell: ({ with: other }) => cells.party(other) },
        { ...column(words.say('Services')), cell: ({ agreement }) => cells.titles('Service', agreement.services) },
        { ...column(words.say('Valid from'), 'date'), cell: ({ agreement }) => cells.date(agreement.validFrom) },
        { ...column(words.say('Valid to'), 'date'), cell: ({ agreement }) => cells.date(agreement.validTo) },
        { ...column(words.say('Agreed'), 'date'), detail: true, cell: ({ agreed }) => cells.date(agreed) },
        { ...column(words.say('Targets'), 'number'), detail: true, cell: ({ agreement }) => count(targetsInForce(agreement, period).length) },
        { ...column(words.say('Next review'), 'date'), cell: ({ due }) => cells.date(due) },
        { ...column(words.say('Version'), 'text', { width: 'narrow' }), detail: true, cell: ({ agreement }) => cells.text(agreement.version) },
        { ...column(words.say('File')), detail: true, cell: ({ agreement }) => cells.text(agreement.file) },
      ],
    });
  },
};

type Requirement = DeclarationTypes['ServiceRequirement'];

const requirementStates: Readonly<Record<NonNullable<Requirement['state']>, string>> = { met: message('met'), 'not-met': message('not met'), planned: message('planned') };

export const requirementRegister: Register = {
  id: 'service-requirements',
  title: message('Service requirements'),
  clauses: ['8.2.2'],
  none: message('No service requirement is declared.'),
  contents: (input) => {
    const { model, words, asOf } = input;
    const cells = registerCells(input);
    const items = model.all('ServiceRequirement');
    return filled({
      items,
      caption: () => words.say('{0}: {1} met, {2} not met, {3} planned; of {4} it is not said.', words.count(items.length, '{0} service requirement', '{0} service requirements'), ...(['met', 'not-met', 'planned', undefined] as const).map((state) => items.filter((one) => one.state === state).length)),
      columns: [
        { ...column(words.say('Id'), 'text', { width: 'narrow' }), detail: true, cell: (one) => cells.id(one) },
        { ...column(words.say('Requirement'), 'text', { width: 'wide' }), cell: (one) => cells.title(one, sentence(one.statement)) },
        { ...column(words.say('Services')), cell: ({ services }) => cells.titles('Service', services) },
        { ...column(words.say('From')), cell: ({ sources }) => cells.titles('Party', sources) },
        { ...column(words.say('Kind'), 'text', { width: 'narrow' }), detail: true, cell: ({ kind }) => cells.text(kind) },
        { ...column(words.say('State'), 'text', { width: 'narrow' }), cell: ({ state }) => cells.text(state === undefined ? undefined : words.say(requirementStates[state])) },
        { ...column(words.say('Agreed'), 'date'), cell: ({ agreed }) => cells.date(latestOf(agreed.map(({ on }) => on), asOf)) },
      ],
    });
  },
};

export const obligationRegister: Register = {
  id: 'obligations',
  title: message('Obligations'),
  clauses: ['6.3', '8.2.5'],
  none: message('No obligation is declared.'),
  contents: (input) => {
    const { model, words } = input;
    const cells = registerCells(input);
    const items = model.all('Obligation');
    return filled({
      items,
      caption: () => words.say('{0} that the system has to keep.', words.count(items.length, '{0} obligation', '{0} obligations')),
      columns: [
        { ...column(words.say('Id'), 'text', { width: 'narrow' }), detail: true, cell: (one) => cells.id(one) },
        { ...column(words.say('Obligation'), 'text', { width: 'wide' }), cell: (one) => cells.title(one) },
        { ...column(words.say('Kind'), 'text', { width: 'narrow' }), cell: ({ kind }) => cells.text(kind) },
        { ...column(words.say('Source')), cell: ({ source }) => cells.text(source) },
        { ...column(words.say('Applies to')), detail: true, cell: ({ appliesTo }) => cells.texts(appliesTo) },
        { ...column(words.say('Met by')), cell: ({ how }) => cells.text(how) },
        { ...column(words.say('Last reviewed'), 'date'), detail: true, cell: ({ review }) => cells.date(review?.last) },
        { ...column(words.say('Next review'), 'date'), cell: ({ review }) => cells.date(nextReviewOf(review)) },
      ],
    });
  },
};
