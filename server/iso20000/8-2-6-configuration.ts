/** Clause 8.2.6, configuration management. */
import type { DeclarationTypes, Service } from '../../language/model/declarations.ts';
import { addDays, type IsoDate } from '../../language/values/date.ts';
import { filledIn, overdueSince } from '../assessment/actions.ts';
import { dateOf, intervalAfter, isWithinMonths, latestOf } from '../assessment/dates.ts';
import { isFilledIn, isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import { checkMapped, everyRecord, noSource, type RecordDemand } from '../assessment/records.ts';
import { addFact, placeOf, shortfall, shown, unknown, type Remark } from '../assessment/remark.ts';
import { collection, declareFixes, each, query, rule, system, type NewDeclaration, type Query, type RecordCheck, type RecordsPart, type Rule, type RuleContext, type RulePart, type Trigger } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { firstOf, named, quantityOf } from '../assessment/wording.ts';
import { ofChangePolicy } from './change-policy.ts';
import { closurePeriod } from './closure.ts';
import { countByService, hasRecordsOf } from './records-of-services.ts';
import { isInUse } from './services-in-scope.ts';

type Item = DeclarationTypes['ConfigurationItem'];
type ItemType = DeclarationTypes['ConfigurationItemType'];
type Verification = DeclarationTypes['ConfigurationVerification'];

const typeScaffold: NewDeclaration = {
  title: 'Declare a type of configuration items',
  text: 'ci type ${1:server} "${2:TODO what is of this type}" {\n  attributes "${3:TODO what is recorded of each}"\n  detail "${4:TODO how finely items are told apart}"\n  owner ${5:TODO}\n  updated by ${6:TODO}\n  access "${7:TODO who may read and alter the records}"\n}',
};

const serviceTypeScaffold: NewDeclaration = {
  title: 'Declare the type that represents services',
  text: 'ci type ${1:it-service} "${2:Service}" {\n  represents service\n  attributes "${3:TODO what is recorded of each}"\n  detail "${4:TODO how finely services are told apart}"\n  owner ${5:TODO}\n  updated by ${6:TODO}\n  access "${7:TODO who may read and alter the records}"\n}',
};

/** The types that stand for services. A service that is declared is a configuration item of such a type: it is not written down twice. */
const serviceTypes = query('types of configuration items that represent services', ({ model }) => model.all('ConfigurationItemType').flatMap(({ name, service, attributes }) => (service && someFilledIn(attributes) ? [name] : [])));

const hasSource = query('whether a source brings configuration items', ({ model }) => model.all('Source').some(({ recordKind }) => recordKind === 'configuration-item'));

/** Names of configuration items by their type. */
const itemsByType = collection('configuration items by type', ['ConfigurationItem'], ({ name, type }) => (isFilledIn(type) ? [[type, name]] : []));
const typesOfItems = collection('types of configuration items', ['ConfigurationItem'], ({ type }) => (isFilledIn(type) ? [['all', type]] : []));
const usedTypes = query('types of configuration items that are used', ({ collected }) => [...new Set(collected(typesOfItems, 'all'))].sort());

/** A check of each type, and of there being one. */
function ofTypes(check: (type: ItemType, context: RuleContext) => readonly Remark[]): readonly RulePart[] {
  return each('ConfigurationItemType', { none: { message: 'No type of configuration items is declared.', declare: typeScaffold }, check });
}

export const typesDefined: Rule = rule('8.2.6.1', {
  parts: [
    ofTypes((type) => stated(type, 'The type of configuration items', [{ said: someFilledIn(type.attributes), what: 'what is recorded of each item', line: 'attributes "${1:TODO what is recorded of each}"' }])),
    // Said once for all items of the type, at the first.
    system((context) =>
      context.read(usedTypes).flatMap((type): readonly Remark[] => {
        if (context.model.find('ConfigurationItemType', type)) return [];
        const [first, ...others] = context.collected(itemsByType, type);
        const item = context.model.get('ConfigurationItem', first);
        if (!item) return [];
        return [
          shortfall(`“${type}” is given as the type of ${named(item)}${others.length === 0 ? '' : ` (nor for ${firstOf(others)})`}, but no type of configuration items is called so.`, {
            place: placeOf(item, 'type'),
            fixes: /^[a-z][\w-]*$/i.test(type) ? [{ title: `Declare the type ${type}`, edits: [{ kind: 'addDeclaration', after: placeOf(item), text: typeScaffold.text.replace('${1:server}', `\${1:${type}}`) }] }] : [],
          }),
        ];
      }),
    ),
  ],
});

export const servicesAreItems: Rule = rule('8.2.6.2', {
  parts: [
    system((context) => {
      if (context.read(serviceTypes).length > 0) return [];
      const [type] = context.model.all('ConfigurationItemType').filter(({ service }) => service);
      if (type) return [shortfall(`The type ${named(type)} represents services, but nothing says what is recorded of them as configuration items.`, { place: placeOf(type), fixes: [addFact('Say what is recorded of each', placeOf(type), 'attributes "${1:TODO what is recorded of each}"')] })];
      return [shortfall('No type of configuration items represents services (represents service), so services are not treated as configuration items.', { fixes: declareFixes(context, serviceTypeScaffold) })];
    }),
  ],
});

const servicesInUse = query('services that are in use', (context) => context.model.all('Service').filter((service) => isInUse(service, context)).map(({ name }) => name));

const itemsOfServices = countByService('8.2.6.3', 'configuration-item', undefined, servicesInUse);

const highest = query('highest criticality in use', ({ model }) => {
  const levels = new Set(model.all('Service').map(({ criticality }) => criticality));
  return (['high', 'medium', 'low'] as const).find((level) => levels.has(level));
});

export const levelOfDetail: Rule = rule('8.2.6.3', {
  parts: [
    ofTypes((type) => stated(type, 'The type of configuration items', [{ said: isFilledIn(type.detail), what: 'how finely its items are told apart', line: 'detail "${1:TODO how finely items are told apart}"' }])),
    each('Service', {
      none: null,
      check: (service, context) => {
        if (service.criticality === undefined || service.criticality !== context.read(highest) || !isInUse(service, context) || hasItem(service, context)) return [];
        const inRecords = hasRecordsOf(itemsOfServices, service.name, context);
        if (inRecords === true) return [];
        if (inRecords === undefined) return [unknown('declared', 'nothing has been measured yet')];
        return [
          shortfall(`${named(service)} is of ${service.criticality} criticality, the highest there is, but no configuration item is recorded of what it consists of.`, {
            place: placeOf(service),
            fixes: [{ title: 'Declare a configuration item', edits: [{ kind: 'addDeclaration', after: placeOf(service), text: `ci \${1:TODO-item} "\${2:TODO what it is}" {\n  type \${3:TODO}\n  description "\${4:TODO}"\n  supports ${service.name}\n  owner \${5:TODO}\n  status \${6:TODO}\n}` }] }],
          }),
        ];
      },
    }),
    itemsOfServices,
  ],
});

/** Whether a configuration item is beneath a service: one that it names, or one that names it. */
function hasItem({ name, items, components, dependencies }: Service, { model }: RuleContext): boolean {
  const named = [...items, ...components.flatMap(({ item }) => item ?? []), ...dependencies.flatMap(({ on }) => on)];
  if (named.some((id) => model.get('ConfigurationItem', id) !== undefined)) return true;
  return model.referrers('Service', name).some(({ entity: { node } }) => node.$type === 'ConfigurationItem' && isFilledIn(node.title ?? node.name) && [...node.supports, ...node.related, ...node.dependencies.flatMap(({ on }) => on)].includes(name));
}

export const accessControlled: Rule = rule('8.2.6.4', {
  parts: [
    ofTypes((type, { model, collected }) => {
      const items = collected(itemsByType, type.name).flatMap((id) => model.get('ConfigurationItem', id) ?? []);
      return stated(type, 'The type of configuration items', [
        { said: isFilledIn(type.access) || (items.length > 0 && items.every(({ access }) => isFilledIn(access))), what: 'how access to records of its items is controlled', line: 'access "${1:TODO who may read and alter the records}"' },
        { said: someFilledIn(type.updaters), what: 'who may alter them', line: 'updated by ${1:TODO}' },
      ]);
    }),
  ],
});

/** That there is something to look at: items, records of items, or services as items. */
const itemsExist = system((context) =>
  context.model.all('ConfigurationItem').length > 0 || context.read(hasSource) || context.read(serviceTypes).length > 0 ? [] : [shortfall('No configuration item is recorded.', { fixes: declareFixes(context, serviceTypeScaffold) })],
);

interface Recorded {
  /** Said of an item that is declared. */
  readonly item: (item: Item, context: RuleContext) => readonly Remark[];
  /** Asked of records of items. */
  readonly demand?: RecordDemand;
  readonly more?: readonly RulePart[];
}

/** A row on what is recorded of every configuration item: those declared and those that sources bring. */
function recorded(row: string, { item, demand, more = [] }: Recorded): Rule {
  return rule(row, {
    // The items, as declared or recorded, are the documented information.
    evidence: 'derived',
    parts: [
      itemsExist,
      each('ConfigurationItem', { none: null, check: item }),
      ...(demand ? [everyRecord({ row, kind: 'configuration-item', plural: 'configuration items', optional: true, demands: () => [demand] })] : []),
      [...more],
    ],
  });
}

const kind = 'The configuration item';
const of = 'configuration items';

export const identified: Rule = recorded('8.2.6.a', {
  // An item that is declared is identified by its id, of which the language knows no two.
  item: () => [],
  more: each('Source', {
    where: ({ recordKind }) => recordKind === 'configuration-item',
    none: null,
    check: (source) =>
      isFilledIn(source.key) || isFilledIn(source.historyKey) ? [] : [shortfall(`Source ${named(source)} does not say which column identifies a configuration item.`, { place: placeOf(source), fixes: [addFact('Name the column', placeOf(source), 'key "${1:TODO column}"')] })],
  }),
});

export const typed: Rule = recorded('8.2.6.b', {
  item: (item) => stated(item, kind, [{ said: isFilledIn(item.type), what: 'of which type it is', line: 'type ${1:TODO}' }]),
  demand: { name: 'typed', meets: 'type is not empty', fields: ['type'], of, lacks: 'have no type' },
});

export const described: Rule = recorded('8.2.6.c', {
  item: (item) => stated(item, kind, [{ said: isFilledIn(item.description) || isFilledIn(item.$documentation), what: 'what it is', line: 'description "${1:TODO what it is and does}"' }]),
  demand: { name: 'described', meets: 'description is not empty', fields: ['description'], of, lacks: 'are not described' },
});

export const related: Rule = recorded('8.2.6.d', {
  item: (item, context) => stated(item, kind, [{ said: isRelated(item, context), what: 'with which other items or services it is connected', line: 'related to ${1:TODO}' }]),
  demand: { name: 'related', meets: 'relationships is not empty', fields: ['relationships'], of, lacks: 'have no relation to another' },
});

/** Services are configuration items, too. */
function isRelated({ name, supports, related: others, dependencies }: Item, { model }: RuleContext): boolean {
  if ([...supports, ...others, ...dependencies.flatMap(({ on }) => on)].some((id) => id !== name && (model.get('Service', id) !== undefined || model.get('ConfigurationItem', id) !== undefined))) return true;
  return model.referrers('ConfigurationItem', name).some(({ entity: { node } }) => (node.$type === 'Service' || node.$type === 'ConfigurationItem') && node.name !== name);
}

export const stateRecorded: Rule = recorded('8.2.6.e', {
  item: (item, { model }) => {
    if (!isFilledIn(item.status)) return stated(item, kind, [{ said: false, what: 'in which state it is', line: 'status ${1:TODO}' }]);
    const type = model.get('ConfigurationItemType', item.type);
    if (!type || type.states.length === 0 || type.states.includes(item.status)) return [];
    return [shortfall(`${kind} ${named(item)} is in state “${item.status}”, which the type ${named(type)} does not know: ${type.states.join(', ')}.`, { place: placeOf(item, 'status'), related: [{ place: placeOf(type, 'states', 0), message: 'The states it knows' }] })];
  },
  demand: { name: 'state', meets: 'state is not empty', fields: ['state'], of, lacks: 'have no state' },
});

export const itemsControlled: Rule = rule('8.2.6.5', {
  parts: [
    itemsExist,
    each('ConfigurationItem', {
      none: null,
      check: (item, { model }) => stated(item, kind, [{ said: isFilledIn(item.owner) || isFilledIn(model.get('ConfigurationItemType', item.type)?.owner), what: 'who owns it, and its type does not say so for all', line: 'owner ${1:TODO}' }]),
    }),
    ofChangePolicy((policy, context) => {
      const used = context.model.all('ConfigurationItemType').filter(({ name, service }) => service || context.collected(itemsByType, name).length > 0);
      const missing = used.filter(({ name }) => !policy.controlledItems.includes(name)).map(({ name }) => name);
      if (missing.length === 0) return [];
      return [shortfall(`The change management policy ${named(policy)} does not control ${firstOf(missing)}, so items of ${missing.length === 1 ? 'that type' : 'these types'} may change unseen: controls TYPE.`, { place: placeOf(policy, 'controlledItems', 0), fixes: [addFact('Put them under its control', placeOf(policy), `controls ${missing.join(', ')}`)] })];
    }),
    everyRecord({
      row: '8.2.6.5',
      kind: 'configuration-item',
      plural: 'configuration items',
      optional: true,
      // Where each type of items has an owner, each item has.
      demands: ({ model }) => (model.all('ConfigurationItemType').some(({ owner }) => !isFilledIn(owner)) ? [{ name: 'owned', meets: 'owner is not empty', fields: ['owner'], of, lacks: 'have no owner' }] : []),
    }),
  ],
});

const noItems: readonly RulePart[] = [
  system((context) => (context.model.all('ConfigurationItem').length > 0 || context.read(hasSource) ? [] : [unknown('effective', 'no configuration item is recorded besides the services')])),
];

/** Months of which measurement sees changes. */
const seenMonths = 12;

/** Whether the last change of an item is recent enough to be among the records. */
function isAmongRecords({ lastChange, changedOn }: Item, asOf: IsoDate): boolean {
  return isFilledIn(lastChange) && isWithinMonths(changedOn, seenMonths, asOf);
}

const changeKinds = ['change', 'release'] as const;

export const changesTraceable: Rule = rule('8.2.6.6', {
  parts: [
    ...noItems,
    each('ConfigurationItem', {
      none: null,
      check: (item, context) => {
        if (!isFilledIn(item.lastChange)) {
          if (item.updated === undefined && item.lastChange === undefined) return [];
          return stated(item, kind, [{ said: false, what: 'by which change or release it was last altered, though it was since it was first recorded', line: 'last change ${1:TODO}' }], 'evidenced');
        }
        const { measurements } = context;
        if (!isAmongRecords(item, context.asOf)) return [shown('evidenced')];
        if (!measurements) return [shown('evidenced'), unknown('effective', 'nothing has been measured yet')];
        const answers = changeKinds.flatMap((record) => measurements.ofCheck(`8.2.6.6/${record}-of-${item.name}`)).flatMap(({ population }) => population ?? []);
        if (answers.length === 0) return [shown('evidenced'), unknown('effective', 'no source brings changes or releases')];
        if (answers.some((population) => population > 0)) return [shown('evidenced'), shown('effective')];
        return [shortfall(`${kind} ${named(item)} was last altered by ${item.lastChange}, but no change or release of that key is recorded.`, { place: placeOf(item, 'lastChange'), axis: 'effective' })];
      },
    }),
    ...changeKinds.map((record): RecordsPart => ({
      demand: {
        recordKind: record,
        checks: (context) => context.model.all('ConfigurationItem').flatMap((item): readonly RecordCheck[] => (isAmongRecords(item, context.asOf) ? [{ id: `8.2.6.6/${record}-of-${item.name}`, recordKind: record, where: `record-key = ${JSON.stringify(item.lastChange)}`, meets: 'record-key is not empty', fields: [] }] : [])),
      },
      parts: [],
    })),
    everyRecord({
      row: '8.2.6.6',
      kind: 'configuration-item',
      plural: 'configuration items',
      optional: true,
      demands: () => [{ name: 'traced', where: 'updated is not empty and updated > recorded', meets: 'last-change is not empty', fields: ['recorded', 'updated', 'last-change'], of: 'configuration items that were altered', lacks: 'do not say by which change or release' }],
    }),
  ],
});

/** When the records of configuration items are to agree with a change: as the process of the clause says when it closes. */
const delay = closurePeriod('8.2.6');
/** Else within this time, by the default of this product. */
const usualDelay = '7d';

const updates = query('updates of configuration items', ({ model, asOf }) => model.all('ConfigurationItem').map(({ name, title, updated, changedOn }) => ({ name, title, updated: latestOf([updated, changedOn], asOf) })));

/** Matches an item in a list of items that a change touches, by its id or title. */
function inList({ name, title }: { readonly name: string; readonly title?: string | undefined }): string {
  const names = [name, ...(title === undefined ? [] : [title])].map((text) => text.replace(/[^\p{L}\p{N}_ -]/gu, '.'));
  return `(^|[;,]) *(${names.join('|')}) *($|[;,])`;
}

const changeFields = ['configuration-items', 'implemented'] as const;

export const updatedAfterDeployment: Rule = rule('8.2.6.7', {
  parts: [
    ...noItems,
    system((context) => (context.model.all('Source').some(({ recordKind }) => recordKind === 'change') ? [] : [noSource('change', 'changes', context)])),
    {
      demand: {
        recordKind: 'change',
        checks: (context) => {
          const { within = usualDelay, clock = '' } = context.read(delay) ?? {};
          return context.read(updates).map(
            (item): RecordCheck => ({
              id: `8.2.6.7/${item.name}`,
              recordKind: 'change',
              where: `implemented is not empty and configuration-items matches "${inList(item)}"`,
              meets: `${item.updated === undefined ? '' : `implemented < ${nextDay(item.updated)} or `}as-of - implemented <= ${within}${clock}`,
              fields: changeFields,
            }),
          );
        },
      },
      parts: each('Source', {
        where: ({ recordKind }) => recordKind === 'change',
        none: null,
        check: (source, context) => {
          const { missing, remarks } = checkMapped(source, changeFields, { row: '8.2.6.7', plural: 'changes' });
          if (missing.length > 0) return remarks;
          const { measurements, model } = context;
          if (!measurements) return [unknown('evidenced', 'nothing has been measured yet'), unknown('effective', 'nothing has been measured yet')];
          const summary = measurements.source(source.name);
          const found: Remark[] = [summary && summary.records > 0 ? shown('evidenced') : unknown('evidenced', `source ${source.name} holds no changes`)];
          let touched = 0;
          for (const { name } of context.read(updates)) {
            const item = model.get('ConfigurationItem', name);
            const { population = 0, shortfall: late = 0, firstKeys = [] } = measurements.ofCheck(`8.2.6.7/${name}`).find((result) => result.source === source.name) ?? {};
            touched += population;
            if (!item || late === 0) continue;
            const said = latestOf([item.updated, item.changedOn], context.asOf);
            found.push(
              shortfall(`${quantityOf(late, population, `changes of ${named(item)}`)} were implemented after its record was last updated (${said ?? 'it does not say when'}): ${firstOf(firstKeys, 3)}. Bring the record up to date, and say when: updated DATE.`, {
                place: said === undefined ? placeOf(item) : placeOf(item, dateOf(item.updated) === said ? 'updated' : 'changedOn'),
                axis: 'effective',
                fixes: said === undefined ? [addFact('Say when its record was updated', placeOf(item), 'updated ${1:0000-00-00}')] : [],
              }),
            );
          }
          return [...found, touched > 0 ? shown('effective') : unknown('effective', 'no implemented change names a configuration item of this model')];
        },
      }),
    },
  ],
});

function nextDay(date: IsoDate): IsoDate {
  return addDays(date, 1);
}

function latestVerification({ model, asOf }: RuleContext): Verification | undefined {
  const on = (verification: Verification): string => latestOf([verification.performed], asOf) ?? '';
  return model.all('ConfigurationVerification').toSorted((a, b) => (on(a) > on(b) ? -1 : on(a) < on(b) ? 1 : 0))[0];
}

export const accuracyVerified: Rule = rule('8.2.6.8', {
  parts: [
    system((context) => {
      const { asOf } = context;
      const planned = context.plannedInterval('8.2.6.8');
      const latest = latestVerification(context);
      if (!latest) {
        return [
          shortfall(`Nobody has verified that configuration information is accurate; that is due ${planned.words}.`, {
            axis: 'evidenced',
            fixes: declareFixes(context, { title: 'Declare a configuration verification', text: 'configuration verification ${1:verification} "${2:Verification of configuration information}" {\n  performed ${3:0000-00-00}\n  scope "${4:TODO which items}"\n  sample ${5:0}\n  discrepancies ${6:0}\n  by ${7:TODO}\n}' }),
          }),
        ];
      }
      const performed = latestOf([latest.performed], asOf);
      const remarks = [
        ...stated(
          latest,
          'The configuration verification',
          [
            { said: performed !== undefined, what: 'when it was performed', line: 'performed ${1:0000-00-00}' },
            { said: isNotZero(latest.sample), what: 'how many items were looked at', line: 'sample ${1:0}' },
            { said: latest.discrepancies !== undefined, what: 'how many differed', line: 'discrepancies ${1:0}' },
          ],
          'evidenced',
        ),
      ];
      const due = performed === undefined ? undefined : intervalAfter(performed, latest.every, planned.months);
      if (performed !== undefined && (due === undefined || due < asOf)) {
        const interval = latest.every === undefined ? planned.words : `every ${latest.every}`;
        remarks.push(shortfall(`Configuration information was last verified on ${performed} (${named(latest)}); by its interval (${interval}) the next verification was due${due === undefined ? '' : ` on ${due}`}.`, { place: placeOf(latest, 'performed'), axis: 'evidenced' }));
      }
      return remarks.length > 0 ? remarks : [shown('evidenced')];
    }),
  ],
});

const isDeficient = ({ discrepancies }: Verification): boolean => isNotZero(discrepancies);

const deficiencyFound: Query<Trigger> = query('whether a verification found configuration information wrong', ({ model }) =>
  model.all('ConfigurationVerification').some(isDeficient) ? { applies: true } : { applies: false, reason: 'no verification found configuration information wrong' },
);

export const deficienciesActedOn: Rule = rule('8.2.6.9', {
  trigger: deficiencyFound,
  parts: [
    each('ConfigurationVerification', {
      where: isDeficient,
      none: null,
      check: (verification, { model, asOf }) => {
        const actions = filledIn(verification.actions);
        const remarks: Remark[] = [
          ...stated(verification, `The configuration verification that found ${verification.discrepancies === '1' ? 'a discrepancy' : `${verification.discrepancies} discrepancies`},`, [{ said: actions.length > 0, what: 'what is done about them', line: 'action "${1:TODO what is done}" owner ${2:TODO} due ${3:0000-00-00}' }], 'evidenced'),
        ];
        for (const [index, action] of verification.actions.entries()) {
          if (!isFilledIn(action.text)) continue;
          const isCarried = isFilledIn(action.via);
          const lacking = [...(isFilledIn(action.owner) || isCarried ? [] : ['an owner']), ...(dateOf(action.due ?? action.done) !== undefined || isCarried ? [] : ['a date by which it is due'])];
          if (lacking.length > 0) remarks.push(shortfall(`The action “${action.text}” of ${named(verification)} has no ${lacking.map((text) => text.replace(/^an? /, '')).join(' and no ')}.`, { place: placeOf(verification, 'actions', index, 'text'), axis: 'evidenced' }));
          const due = overdueSince(action, model, asOf);
          if (due !== undefined) remarks.push(shortfall(`The action “${action.text}” of ${named(verification)} was due on ${due} and is not done. Write when it was done, or a new date.`, { place: placeOf(verification, 'actions', index, action.due === undefined ? 'via' : 'due'), axis: 'evidenced' }));
        }
        return remarks.length > 0 ? remarks : [shown('evidenced')];
      },
    }),
  ],
});

/** The percentage of records that may name no item where the project does not say: a default of this product. */
const namelessPercent = 50;

function useIn(record: 'incident' | 'change', plural: string, field: string): RecordsPart {
  return everyRecord({ row: '8.2.6.10', kind: record, plural, demands: () => [{ name: plural, meets: `${field} is not empty`, fields: [field], of: plural, lacks: `name no configuration item (up to ${namelessPercent}% may, by the default of this product)`, toleratedPercent: namelessPercent }] });
}

export const madeAvailable: Rule = rule('8.2.6.10', {
  parts: [useIn('incident', 'incidents', 'configuration-item'), useIn('change', 'changes', 'configuration-items')],
});
