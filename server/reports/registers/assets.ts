/** Assets, configuration items, and the controls that keep information safe. */
import { column, decimal } from '../block-builders.ts';
import { improvementStateInWords } from '../facts/declared-words.ts';
import { titleById } from '../facts/names.ts';
import { message } from '../words/words.ts';
import { actionsInWords, moneyOf } from './in-words.ts';
import { filled, registerCells, type Register } from './register.ts';

export const assetRegister: Register = {
  id: 'assets',
  title: message('Assets'),
  clauses: ['8.2.5'],
  none: message('No asset is declared.'),
  contents: (input) => {
    const { model, words } = input;
    const cells = registerCells(input);
    const items = model.all('Asset');
    return filled({
      items,
      caption: () => words.count(items.length, '{0} asset that services are made with.', '{0} assets that services are made with.'),
      columns: [
        { ...column(words.say('Id'), 'text', { width: 'narrow' }), detail: true, cell: (one) => cells.id(one) },
        { ...column(words.say('Asset'), 'text', { width: 'wide' }), cell: (one) => cells.title(one) },
        { ...column(words.say('Kind'), 'text', { width: 'narrow' }), cell: ({ type }) => cells.text(type) },
        { ...column(words.say('Services')), cell: ({ services }) => cells.titles('Service', services) },
        { ...column(words.say('Owner')), cell: ({ owner }) => cells.party(owner) },
        { ...column(words.say('Custodian')), cell: ({ custodian }) => cells.party(custodian) },
        { ...column(words.say('State'), 'text', { width: 'narrow' }), cell: ({ lifecycle }) => cells.text(lifecycle) },
        { ...column(words.say('Location')), cell: ({ location }) => cells.text(location) },
        { ...column(words.say('Licence')), detail: true, cell: ({ licence }) => cells.text(licence) },
        { ...column(words.say('Value'), 'number'), detail: true, cell: ({ value }) => decimal(moneyOf(value)?.amount) },
        { ...column(words.say('Currency'), 'text', { width: 'narrow' }), detail: true, cell: ({ value }) => cells.text(moneyOf(value)?.currency) },
        { ...column(words.say('Obligations')), detail: true, cell: ({ obligations, noObligations }) => cells.text(noObligations ? words.say('none') : obligations.map((id) => titleById(model, 'Obligation', id)).join('; ')) },
        { ...column(words.say('Configuration item')), detail: true, cell: ({ item }) => cells.text(item === undefined ? undefined : titleById(model, 'ConfigurationItem', item)) },
        { ...column(words.say('Last reviewed'), 'date'), cell: ({ reviewed }) => cells.date(reviewed) },
      ],
    });
  },
};

export const itemRegister: Register = {
  id: 'configuration-items',
  title: message('Configuration items'),
  clauses: ['8.2.6'],
  none: message('No configuration item is declared.'),
  contents: (input) => {
    const { model, words } = input;
    const cells = registerCells(input);
    const items = model.all('ConfigurationItem').toSorted((a, b) => ((a.type ?? '') === (b.type ?? '') ? 0 : (a.type ?? '') < (b.type ?? '') ? -1 : 1));
    return filled({
      items,
      sortedBy: 2,
      caption: () => words.count(items.length, '{0} configuration item under control.', '{0} configuration items under control.'),
      columns: [
        { ...column(words.say('Id'), 'text', { width: 'narrow' }), detail: true, cell: (one) => cells.id(one) },
        { ...column(words.say('Configuration item'), 'text', { width: 'wide' }), cell: (one) => cells.title(one, one.description) },
        { ...column(words.say('Kind'), 'text', { width: 'narrow' }), cell: ({ type }) => cells.text(type === undefined ? undefined : titleById(model, 'ConfigurationItemType', type)) },
        { ...column(words.say('Supports')), cell: ({ supports }) => cells.titles('Service', supports) },
        { ...column(words.say('Rests on')), cell: ({ dependencies, related }) => cells.titles('Component', [...new Set([...dependencies.flatMap(({ on }) => on), ...related])]) },
        { ...column(words.say('Owner')), cell: ({ owner }) => cells.party(owner) },
        { ...column(words.say('Site')), cell: ({ site }) => cells.text(site === undefined ? undefined : titleById(model, 'Site', site)) },
        { ...column(words.say('Version'), 'text', { width: 'narrow' }), detail: true, cell: ({ version }) => cells.text(version) },
        { ...column(words.say('State'), 'text', { width: 'narrow' }), cell: ({ status }) => cells.text(status) },
        { ...column(words.say('Last change')), detail: true, cell: ({ lastChange }) => cells.text(lastChange) },
        { ...column(words.say('Changed'), 'date'), detail: true, cell: ({ changedOn }) => cells.date(changedOn) },
        { ...column(words.say('Record updated'), 'date'), cell: ({ updated }) => cells.date(updated) },
      ],
    });
  },
};

export const controlRegister: Register = {
  id: 'security-controls',
  title: message('Controls of information security'),
  clauses: ['8.7.3.2'],
  none: message('No control of information security is declared.'),
  contents: (input) => {
    const { model, words } = input;
    const cells = registerCells(input);
    const items = model.all('SecurityControl');
    return filled({
      items,
      caption: () => words.say('{0}, {1} of them implemented.', words.count(items.length, '{0} control', '{0} controls'), items.filter(({ status }) => status === 'implemented').length),
      columns: [
        { ...column(words.say('Id'), 'text', { width: 'narrow' }), detail: true, cell: (one) => cells.id(one) },
        { ...column(words.say('Control'), 'text', { width: 'wide' }), cell: (one) => cells.title(one, one.decision) },
        { ...column(words.say('Risks treated')), cell: ({ risks }) => cells.titles('Risk', risks) },
        { ...column(words.say('With other parties')), detail: true, cell: ({ parties }) => cells.titles('ExternalParty', parties) },
        { ...column(words.say('State'), 'text', { width: 'narrow' }), cell: ({ status }) => cells.text(status === undefined ? undefined : improvementStateInWords(words, status)) },
        { ...column(words.say('Owner')), cell: ({ owner }) => cells.party(owner) },
        { ...column(words.say('Implemented'), 'date'), cell: ({ implemented }) => cells.date(implemented) },
        { ...column(words.say('Last reviewed'), 'date'), detail: true, cell: ({ reviewed }) => cells.date(reviewed) },
        { ...column(words.say('Effective'), 'text', { width: 'narrow' }), cell: ({ effective }) => cells.yesNo(effective) },
        { ...column(words.say('Actions')), cell: ({ actions }) => cells.texts(actionsInWords(input, actions)) },
      ],
    });
  },
};
