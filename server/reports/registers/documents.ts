/** Documented information, evidence, objectives and competence. */
import { declaredTitle } from '../../../language/model/declared-title.ts';
import type { DeclarationTypes } from '../../../language/model/declarations.ts';
import type { DocumentedItem, DocumentedPlace, DocumentedState } from '../../analysis/documented-information.ts';
import { evidenceFault } from '../../assessment/evidence.ts';
import { dateOf, intervalAfter } from '../../assessment/dates.ts';
import { isExternal, modeOf } from '../../iso20000/document-control.ts';
import { at, column, quiet, strong, words as text } from '../block-builders.ts';
import { clauseInWords, titleById } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import type { ReportInput } from '../report.ts';
import { message } from '../words/words.ts';
import { sentence } from './in-words.ts';
import { filled, registerCells, type Register } from './register.ts';

const states: Readonly<Record<DocumentedState, string>> = { noGap: message('there'), gap: message('gap'), notRequired: message('not required'), unknown: message('unknown') };

const forms: Readonly<Record<DocumentedPlace['form'], string>> = { document: message('document'), evidence: message('evidence'), records: message('records'), declaration: message('model') };

/** As many declarations as this are listed one by one; of more, such as hundreds of risks, how many there are. */
const mostDeclarations = 5;

interface Line {
  readonly item: DocumentedItem | undefined;
  readonly place?: DocumentedPlace;
  /** Declarations that are not listed one by one. */
  readonly others?: number;
  readonly document?: DeclarationTypes['ControlledDocument'];
}

function linesOf(one: DocumentedItem, input: ReportInput): readonly Line[] {
  const declared = one.places.filter(({ form }) => form === 'declaration');
  const single = declared.length > mostDeclarations ? one.places.filter(({ form, fault }) => form !== 'declaration' || fault !== undefined) : one.places;
  const others = one.places.length - single.length;
  const lines = single.map((place): Line => {
    const document = place.form === 'document' ? input.model.get('ControlledDocument', place.id) : undefined;
    return { item: one, place, ...(document === undefined ? {} : { document }) };
  });
  return [...lines, ...(others > 0 || lines.length === 0 ? [{ item: one, ...(others > 0 ? { others } : {}) }] : [])];
}

/** Documents under control that are none of the items that the standard asks for. */
function otherDocuments({ model, documents, asOf }: ReportInput): readonly Line[] {
  const listed = new Set(documents.flatMap(({ places }) => places.flatMap(({ form, id }) => (form === 'document' ? [id] : []))));
  return model.all('ControlledDocument').filter(({ name }) => !listed.has(name)).map((document): Line => {
    const approval = document.approvals.filter(({ on }) => on <= asOf).toSorted((a, b) => (a.on < b.on ? 1 : -1))[0];
    return {
      item: undefined,
      document,
      place: {
        form: 'document',
        type: document.$type,
        id: document.name,
        title: declaredTitle(document) ?? document.name,
        place: { entity: document.$key },
        ...(document.file ?? document.location ? { kept: document.file ?? document.location ?? '' } : {}),
        ...(document.version === undefined ? {} : { version: document.version }),
        ...(document.owner === undefined ? {} : { owner: document.owner }),
        ...(approval === undefined ? {} : { approval: { by: approval.by, on: approval.on, stands: true } }),
        ...(document.dated === undefined ? {} : { dated: document.dated }),
      },
    };
  });
}

export const documentRegister: Register = {
  id: 'documented-information',
  title: message('Documented information'),
  clauses: ['7.5.1', '7.5.3', '7.5.4'],
  none: message('No documented information is known.'),
  contents: (input) => {
    const { words, documents, model, asOf } = input;
    const cells = registerCells(input);
    const items = [...documents.flatMap((one) => linesOf(one, input)), ...otherDocuments(input)];
    const count = (state: DocumentedState): number => documents.filter((one) => one.state === state).length;
    const rules = model.all('DocumentRules');
    const retention = (document: Line['document']): string | undefined => {
      const of = (controls: DeclarationTypes['DocumentRules']['controls']): string | undefined => controls.find(({ subject }) => subject === 'retention')?.text;
      if (document === undefined) return undefined;
      return of(document.controls) ?? rules.filter(({ kinds }) => kinds.some((kind) => document.kinds.includes(kind))).map(({ controls }) => of(controls)).find((found) => found !== undefined) ?? rules.filter(({ everything, kinds }) => everything || kinds.length === 0).map(({ controls }) => of(controls)).find((found) => found !== undefined);
    };
    return filled({
      items,
      caption: () => words.say('Of {0} kinds of documented information {1} are there, {2} have a gap, {3} are unknown and {4} are not required.', documents.length, count('noGap'), count('gap'), count('unknown'), count('notRequired')),
      rowHead: 3,
      columns: [
        { ...column(words.say('Documented information')), cell: ({ item }) => text(item === undefined ? quiet(words.say('other document')) : item.item.name) },
        { ...column(words.say('Item of 7.5.4'), 'text', { width: 'narrow' }), detail: true, cell: ({ item }) => cells.text(item?.item.listedIn754 ?? undefined) },
        { ...column(words.say('State'), 'text', { width: 'narrow' }), cell: ({ item }) => (item === undefined ? text('') : text(item.state === 'gap' ? strong(words.say(states.gap)) : words.say(states[item.state]))) },
        { ...column(words.say('Where'), 'text', { width: 'wide' }), cell: ({ item, place, others }) => (place !== undefined ? text(at(sourcePlace(input.locator, place.place), place.title), ...(place.fault === undefined ? [] : [': ', quiet(place.fault)]), ...(place.approval?.stands === false ? ['; ', strong(words.say('approval void: changed since'))] : [])) : others !== undefined ? text(words.count(others, '{0} declaration of the model', '{0} declarations of the model')) : text(quiet(item?.reasons[0] ?? words.say('nowhere')))) },
        { ...column(words.say('Form'), 'text', { width: 'narrow' }), detail: true, cell: ({ place, others }) => cells.text(place !== undefined ? words.say(forms[place.form]) : others !== undefined ? words.say(forms.declaration) : undefined) },
        { ...column(words.say('Kept')), cell: ({ place }) => cells.text(place?.kept) },
        { ...column(words.say('Version'), 'text', { width: 'narrow' }), cell: ({ place }) => cells.text(place?.version) },
        { ...column(words.say('Maintained or retained'), 'text', { width: 'narrow' }), detail: true, cell: ({ item, document }) => text((document === undefined ? item?.item.mode : modeOf(document)) === 'retain' ? words.say('retained') : words.say('maintained')) },
        { ...column(words.say('From outside'), 'text', { width: 'narrow' }), detail: true, cell: ({ document }) => cells.text(document !== undefined && isExternal(document) ? words.say('yes') : undefined) },
        { ...column(words.say('Owner')), cell: ({ place }) => cells.party(place?.owner) },
        { ...column(words.say('Approved by')), detail: true, cell: ({ place }) => cells.party(place?.approval?.by) },
        { ...column(words.say('Approved'), 'date'), cell: ({ place }) => cells.date(place?.approval?.on) },
        { ...column(words.say('Approval'), 'text', { width: 'narrow' }), detail: true, cell: ({ place }) => cells.text(place?.approval === undefined ? undefined : place.approval.stands ? words.say('stands') : words.say('void')) },
        { ...column(words.say('Dated'), 'date'), detail: true, cell: ({ place }) => cells.date(place?.dated) },
        { ...column(words.say('Next review'), 'date'), cell: ({ place }) => cells.date(place?.review?.due) },
        { ...column(words.say('Review'), 'text', { width: 'narrow' }), detail: true, cell: ({ place }) => cells.text(place?.review === undefined ? undefined : place.review.due < asOf ? words.say('overdue') : words.say('in time')) },
        { ...column(words.say('Retention'), 'text', { width: 'narrow' }), detail: true, cell: ({ document }) => cells.text(retention(document)) },
      ],
    });
  },
};

export const evidenceRegister: Register = {
  id: 'evidence',
  title: message('Evidence'),
  clauses: ['7.5.4', '9.1'],
  none: message('No evidence is declared.'),
  contents: (input) => {
    const { model, words } = input;
    const cells = registerCells(input);
    const items = input.ask((context) =>
      model.all('Evidence').map((one) => {
        const dated = dateOf(one.dated);
        return { one, fault: evidenceFault(one, context)?.message, until: dated === undefined ? undefined : intervalAfter(dated, one.valid, context.evidenceValidity.months) };
      }),
    );
    const faults = items.filter(({ fault }) => fault !== undefined).length;
    return filled({
      items,
      caption: () => words.say('{0}, {1} of them not to be counted on.', words.count(items.length, '{0} item of evidence', '{0} items of evidence'), faults),
      columns: [
        { ...column(words.say('Id'), 'text', { width: 'narrow' }), detail: true, cell: ({ one }) => cells.id(one) },
        { ...column(words.say('Evidence'), 'text', { width: 'wide' }), cell: ({ one, fault }) => cells.title(one, sentence(fault)) },
        { ...column(words.say('Requirements')), cell: ({ one }) => cells.texts(one.requirements.map((id) => id.replace(/^iso20000:/, ''))) },
        { ...column(words.say('Processes')), detail: true, cell: ({ one }) => cells.titles('Process', one.processes) },
        { ...column(words.say('Kind'), 'text', { width: 'narrow' }), detail: true, cell: ({ one }) => cells.text(one.kind) },
        { ...column(words.say('Kept')), cell: ({ one }) => cells.text(one.file ?? one.link) },
        { ...column(words.say('Dated'), 'date'), cell: ({ one }) => cells.date(one.dated) },
        { ...column(words.say('By')), cell: ({ one }) => cells.party(one.by) },
        { ...column(words.say('Valid to'), 'date'), cell: ({ until }) => cells.date(until) },
      ],
    });
  },
};

export const attestationRegister: Register = {
  id: 'attestations',
  title: message('Attestations'),
  clauses: ['9.1'],
  none: message('Nothing is attested.'),
  contents: (input) => {
    const { model, words } = input;
    const cells = registerCells(input);
    const items = input.ask((context) => model.all('Attestation').map((one) => ({ one, until: dateOf(one.on) === undefined ? undefined : intervalAfter(dateOf(one.on)!, one.valid, context.evidenceValidity.months) })));
    return filled({
      items,
      rowHead: 0,
      caption: () => words.count(items.length, '{0} attestation: what somebody states by name to be done.', '{0} attestations: what somebody states by name to be done.'),
      columns: [
        { ...column(words.say('Requirement')), cell: ({ one }) => text(at(sourcePlace(input.locator, { entity: one.$key }), clauseInWords(one.requirement))) },
        { ...column(words.say('Statement'), 'text', { width: 'wide' }), cell: ({ one }) => cells.text(one.statement) },
        { ...column(words.say('By')), cell: ({ one }) => cells.party(one.by) },
        { ...column(words.say('Dated'), 'date'), cell: ({ one }) => cells.date(one.on) },
        { ...column(words.say('Valid to'), 'date'), cell: ({ until }) => cells.date(until) },
        { ...column(words.say('With')), cell: ({ one }) => cells.titles('Evidence', one.evidence) },
      ],
    });
  },
};

type Objective = DeclarationTypes['Objective'];

const objectiveStates: Readonly<Record<NonNullable<Objective['status']>, string>> = { open: message('open'), achieved: message('achieved'), dropped: message('dropped') };

export const objectiveRegister: Register = {
  id: 'objectives',
  title: message('Objectives'),
  clauses: ['6.2'],
  none: message('No objective is declared.'),
  contents: (input) => {
    const { model, words } = input;
    const cells = registerCells(input);
    const items = model.all('Objective');
    return filled({
      items,
      caption: () => words.say('{0}, {1} of them achieved.', words.count(items.length, '{0} objective', '{0} objectives'), items.filter(({ status }) => status === 'achieved').length),
      columns: [
        { ...column(words.say('Id'), 'text', { width: 'narrow' }), detail: true, cell: (one) => cells.id(one) },
        { ...column(words.say('Objective'), 'text', { width: 'wide' }), cell: (one) => cells.title(one, sentence(one.statement)) },
        { ...column(words.say('Metric')), cell: ({ metric }) => cells.text(metric === undefined ? undefined : titleById(model, 'Metric', metric)) },
        { ...column(words.say('Baseline'), 'text', { width: 'narrow' }), cell: ({ from }) => cells.text(from) },
        { ...column(words.say('Target'), 'text', { width: 'narrow' }), cell: ({ to }) => cells.text(to) },
        { ...column(words.say('Due'), 'date'), cell: ({ by }) => cells.date(by) },
        { ...column(words.say('Owner')), cell: ({ owner }) => cells.party(owner) },
        { ...column(words.say('State'), 'text', { width: 'narrow' }), cell: ({ status }) => cells.text(status === undefined ? undefined : words.say(objectiveStates[status])) },
        { ...column(words.say('Last monitored'), 'date'), detail: true, cell: ({ monitored }) => cells.date(monitored) },
        { ...column(words.say('Policy')), detail: true, cell: ({ policy }) => cells.text(policy === undefined ? undefined : titleById(model, 'Policy', policy)) },
      ],
    });
  },
};

export const competenceRegister: Register = {
  id: 'competence',
  title: message('Competence'),
  clauses: ['7.2'],
  none: message('No competence of a person is declared.'),
  contents: (input) => {
    const { model, words } = input;
    const cells = registerCells(input);
    const items = model.all('Person').flatMap((person) => person.competences.map((competence) => ({ person, competence })));
    const people = new Set(items.map(({ person }) => person.name)).size;
    return filled({
      items,
      rowHead: 0,
      caption: () => words.say('{0} of {1}. Personal data: for those who need it.', words.count(items.length, '{0} competence', '{0} competences'), words.count(people, '{0} person', '{0} people')),
      columns: [
        { ...column(words.say('Person')), cell: ({ person }) => cells.title(person) },
        { ...column(words.say('Competence'), 'text', { width: 'wide' }), cell: ({ competence }) => text(titleById(model, 'CompetenceRequirement', competence.requirement)) },
        { ...column(words.say('Shown by')), cell: ({ competence }) => cells.text(competence.basis) },
        { ...column(words.say('Last assessed'), 'date'), cell: ({ competence }) => cells.date(competence.assessed) },
        { ...column(words.say('What is missing')), cell: ({ competence }) => cells.text(competence.gap) },
        { ...column(words.say('Action')), detail: true, cell: ({ competence }) => cells.text(competence.action?.text) },
        { ...column(words.say('Effect evaluated'), 'date'), detail: true, cell: ({ competence }) => cells.date(competence.evaluated) },
        { ...column(words.say('Evidence')), cell: ({ competence }) => cells.text(competence.evidence === undefined ? undefined : titleById(model, 'Evidence', competence.evidence)) },
      ],
    });
  },
};
