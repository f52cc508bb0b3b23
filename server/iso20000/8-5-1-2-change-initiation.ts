/** Clause 8.5.1.2, change management initiation. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { isWithinMonths } from '../assessment/dates.ts';
import { recordOfEach, type Covered } from '../assessment/record-coverage.ts';
import { isFieldMapped } from '../assessment/records.ts';
import { placeOf } from '../assessment/remark.ts';
import { query, rule, type Query, type Rule, type RuleContext, type Trigger } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';
import { belongsTo, belongsToNone, changeKind, changes, changesPlural, designedCategories, oneOf, preApproved, takesRoute, type TransitionOfChanges } from './change-records.ts';
import { isOutside } from './services-in-scope.ts';

type Transition = DeclarationTypes['Transition'];
type TransitionKind = NonNullable<Transition['kind']>;

/** Months for which records are looked at: what was completed before has its changes in records that are no longer read. */
const months = 12;

export const recordedAndClassified: Rule = rule('8.5.1.2.1', {
  evidence: 'derived',
  parts: [
    changes('8.5.1.2.1', () => [
      { name: 'recorded', meets: 'opened is not empty', fields: ['opened'], of: 'changes', lacks: 'do not say when they were asked for' },
      { name: 'requester', meets: 'requested-by is not empty', fields: ['requested-by'], of: 'changes', lacks: 'do not say who asked for them' },
      { name: 'category', meets: 'category is not empty', fields: ['category'], of: 'changes', lacks: 'are in no change category that is declared' },
    ]),
    recordOfEach({
      row: '8.5.1.2.1',
      kind: changeKind,
      plural: changesPlural,
      coverage: (context) => ({
        subjects: context.model.all('Service').flatMap((service) => (isComingOrGoing(service, context) ? [proposalOf(service, context)] : [])),
        of: 'services that are planned, retiring or transferring',
        lacks: 'are proposed by no change: none names the service and its proposal, and none is named by a transition of the service',
        incomplete: 'are proposed by no change',
      }),
    }),
  ],
});

function isComingOrGoing(service: DeclarationTypes['Service'], context: RuleContext): boolean {
  return (service.status === 'planned' || service.status === 'retiring' || service.status === 'transferring') && !isOutside(service, context);
}

/** A change with the service and what is proposed for it, or one that belongs to a transition of the service. */
function proposalOf(service: DeclarationTypes['Service'], context: RuleContext): Covered {
  const transition = belongsTo(({ services }) => services.includes(service.name), context);
  const isEnough = transition.text !== '(false)' && !['service', 'proposal'].every((field) => isFieldMapped(changeKind, field, context));
  const proposal = `(service = "${service.name}" and proposal is not empty and proposal != "none")`;
  return {
    name: `proposal-${service.name}`,
    title: named(service),
    place: placeOf(service, 'status'),
    where: isEnough ? transition.text : `${proposal} or ${transition.text}`,
    meets: 'true',
    fields: [...transition.fields, ...(isEnough ? [] : ['service', 'proposal'])],
  };
}

interface Routed {
  readonly where: string;
  readonly fields: readonly string[];
  readonly of: string;
  readonly withoutRecords: string;
  /** Which transitions such a change may belong to; left out: any. */
  readonly kind?: TransitionKind;
  /** Whether the record says that it goes through design and transition, too. */
  readonly says?: boolean;
  readonly trigger?: Query<Trigger>;
}

/** A row that sends some changes through design and transition. */
function routed(row: string, options: Routed | ((context: RuleContext) => Routed), trigger?: Query<Trigger>): Rule {
  return rule(row, {
    ...(trigger ? { trigger } : {}),
    parts: [
      changes(row, (context) => {
        const { where, fields, of, withoutRecords, kind, says = false } = typeof options === 'function' ? options(context) : options;
        const isOfKind = (transition: TransitionOfChanges): boolean => kind === undefined || transition.kind === kind;
        const transition = belongsTo(isOfKind, context);
        const route = says ? takesRoute('design-and-transition', context) : undefined;
        const what = kind === undefined ? 'belong to no transition' : `belong to no transition of kind ${kind}`;
        return [
          { name: 'transition', where, meets: transition.text, fields: [...fields, ...transition.fields], of, lacks: what, withoutRecords },
          ...(route ? [{ name: 'route', where, meets: route.text, fields: [...fields, ...route.fields], of, lacks: 'do not take the route design-and-transition', withoutRecords }] : []),
        ];
      }),
    ],
  });
}

export const newServicesRouted: Rule = routed('8.5.1.2.a', {
  where: 'proposal = "add" and major-impact',
  fields: ['proposal', 'major-impact'],
  of: 'changes that add a service and may have a major effect',
  withoutRecords: 'no change adds a service with a possible major effect',
  says: true,
});

export const serviceChangesRouted: Rule = routed('8.5.1.2.b', {
  where: 'proposal = "change" and major-impact',
  fields: ['proposal', 'major-impact'],
  of: 'changes of a service that may have a major effect',
  withoutRecords: 'no change of a service may have a major effect',
  says: true,
});

const namesDesigned: Query<Trigger> = query('whether categories go through design and transition', (context) =>
  context.read(designedCategories).length > 0 ? { applies: true } : { applies: false, reason: 'no change category goes through design and transition' },
);

export const categoriesRouted: Rule = routed(
  '8.5.1.2.c',
  (context) => ({
    where: oneOf('category', context.read(designedCategories)),
    fields: ['category'],
    of: 'changes of a category that goes through design and transition',
    withoutRecords: 'no change is of a category that goes through design and transition',
  }),
  namesDesigned,
);

/** What a proposal is, where a service is removed or transferred: its transition is of the same kind. */
function ofProposal(row: string, kind: TransitionKind, words: string): Rule {
  return routed(row, { where: `proposal = "${kind}"`, fields: ['proposal'], of: `changes that ${words}`, withoutRecords: `no change would ${words}`, kind });
}

export const removalRouted: Rule = ofProposal('8.5.1.2.d', 'remove', 'remove a service');
export const transferAwayRouted: Rule = ofProposal('8.5.1.2.e', 'transfer-out', 'hand a service to another party');
export const transferInRouted: Rule = ofProposal('8.5.1.2.f', 'transfer-in', 'take over a service');

const hasTransition: Query<Trigger> = query('whether there is a transition', ({ model }) => (model.all('Transition').length > 0 ? { applies: true } : { applies: false, reason: 'no transition is declared' }));

export const transitionsUnderChange: Rule = rule('8.5.1.2.2', {
  trigger: hasTransition,
  parts: [
    recordOfEach({
      row: '8.5.1.2.2',
      kind: changeKind,
      plural: changesPlural,
      coverage: (context) => ({
        subjects: context.model.all('Transition').flatMap((transition) => (isRead(transition, context) ? [changeOf(transition, context)] : [])),
        of: 'transitions',
        lacks: 'belong to no change',
        incomplete: 'have changes, but none that is approved, scheduled and, once the transition is completed, reviewed',
      }),
    }),
  ],
});

function isRead({ completed }: Transition, { asOf }: RuleContext): boolean {
  return completed === undefined || completed > asOf || isWithinMonths(completed, months, asOf);
}

function changeOf(transition: Transition, context: RuleContext): Covered {
  const { text, fields } = belongsTo(({ name }) => name === transition.name, context);
  const isCompleted = transition.stage === 'completed' || (transition.completed !== undefined && transition.completed <= context.asOf);
  const asked = ['approved', 'planned-from', ...(isCompleted ? ['reviewed'] : [])];
  return {
    name: transition.name,
    title: named(transition),
    place: placeOf(transition),
    where: text,
    meets: asked.map((field) => `${field} is not empty`).join(' and '),
    // A transition that names no change is found by what the records say.
    fields: [...asked, ...(text === '(false)' ? ['transition'] : fields)],
  };
}

export const othersUnderChange: Rule = rule('8.5.1.2.3', {
  parts: [
    changes('8.5.1.2.3', (context) => {
      const outside = belongsToNone(context);
      const route = takesRoute('standard-change-process', context);
      const ids = context.read(preApproved);
      const isPreApproved = oneOf('category', ids);
      const base = { where: outside.text, of: 'changes outside transitions' };
      const fields = [...outside.fields, 'opened', 'approved', 'implemented', 'reviewed', 'state', ...(ids.length === 0 ? [] : ['category'])];
      return [
        ...(route ? [{ ...base, name: 'route', meets: route.text, fields: [...outside.fields, ...route.fields], lacks: 'do not take the route standard-change-process' }] : []),
        {
          ...base,
          name: 'order',
          meets: [
            `(approved is empty or approved >= opened or ${isPreApproved})`,
            `(implemented is empty or (implemented >= opened and (${isPreApproved} or implemented >= approved)))`,
            '(reviewed is empty or state = "rejected" or reviewed >= implemented)',
          ].join(' and '),
          fields,
          lacks: 'were not recorded, approved, implemented and reviewed in this order',
        },
        {
          ...base,
          name: 'state',
          meets: [
            'state is not empty',
            `(not (state is one of "approved", "implemented", "reviewed") or approved is not empty or ${isPreApproved})`,
            '(not (state is one of "implemented", "reviewed") or implemented is not empty)',
            '(state != "reviewed" or reviewed is not empty)',
          ].join(' and '),
          fields,
          lacks: 'have no state, or one without the date that goes with it',
        },
      ];
    }),
  ],
});
