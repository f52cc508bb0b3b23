import type { DeclarationTypes, Service } from '../../language/model/declarations.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { dateOf } from '../assessment/dates.ts';
import { addDeclaration, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { each, query, type Query, type RuleContext, type RulePart, type Trigger } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';
import { isOutside } from './services-in-scope.ts';

export type Transition = DeclarationTypes['Transition'];
type Kind = NonNullable<Transition['kind']>;
type Underway = 'planned' | 'retiring' | 'transferring';

/** What a service is called while it is on its way, and the kinds of transition that bring it there. */
const ways: Readonly<Record<Underway, { readonly words: string; readonly kind: Kind }>> = {
  planned: { words: 'is planned', kind: 'add' },
  retiring: { words: 'is to be removed', kind: 'remove' },
  transferring: { words: 'is to be transferred', kind: 'transfer-out' },
};

export function isCompleted({ completed, stage }: Transition, asOf: IsoDate): boolean {
  const date = dateOf(completed);
  return date === undefined ? stage === 'completed' : date <= asOf;
}

/** What a transition does to its services: as it says, else as its dates or the services say; without any sign it changes them. */
export function kindOf({ kind, removal, transfer, services }: Transition, { model }: RuleContext): Kind {
  if (kind !== undefined) return kind;
  if (removal !== undefined) return 'remove';
  const status = services.map((id) => model.get('Service', id)?.status).find((found) => found !== undefined && found !== 'live');
  if (transfer !== undefined || status === 'transferring') return 'transfer-out';
  return status === 'planned' ? 'add' : status === 'retiring' || status === 'retired' ? 'remove' : 'change';
}

export function isTransfer(kind: Kind): boolean {
  return kind === 'transfer-in' || kind === 'transfer-out';
}

/** Services on their way that no transition speaks of. */
const withoutTransition = query('services on their way without a transition', (context) => {
  const planned = new Set(context.model.all('Transition').flatMap(({ services }) => services));
  return context.model.all('Service').flatMap((service) => (isUnderway(service.status) && !planned.has(service.name) && !isOutside(service, context) ? [service.name] : []));
});

function isUnderway(status: Service['status']): status is Underway {
  return status === 'planned' || status === 'retiring' || status === 'transferring';
}

/** Services that are new, removed or transferred, and no transition plans it: a gap at what says so. `statuses`: of which services; left out: of all. */
export function planned(statuses?: readonly Underway[]): readonly RulePart[] {
  return each('Service', {
    none: null,
    check: (service, context): readonly Remark[] => {
      if (!isUnderway(service.status) || (statuses && !statuses.includes(service.status)) || !context.read(withoutTransition).includes(service.name)) return [];
      const { words, kind } = ways[service.status];
      return [
        shortfall(`The service ${named(service)} ${words}, but no transition plans how.`, {
          place: placeOf(service, 'status'),
          fixes: [addDeclaration('Plan the transition', placeOf(service), scaffold(service, kind))],
        }),
      ];
    },
  });
}

function scaffold({ name }: Service, kind: Kind): string {
  const lines = [
    `kind ${kind}`,
    'requirements ${1:TODO}',
    'authorities "${2:TODO who decides and does what}"',
    'activity "${3:TODO what is done}" owner ${4:TODO} due ${5:0000-00-00}',
    'timescales "${6:TODO when what takes place}"',
    'resource human "${7:TODO}"',
    'resource technical "${8:TODO}"',
    'resource information "${9:TODO}"',
    'resource financial "${10:TODO}"',
    'depends on ${11:TODO}',
    'testing "${12:TODO what is tested, and how}"',
    'criterion ${13:criterion} "${14:TODO what has to hold}" measure "${15:TODO how that is found out}"',
    'outcome "${16:TODO what it is for}" metric ${17:TODO}',
    'impacts "${18:TODO what it means for the system, other services and people}"',
    'cis ${19:TODO}',
    ...(kind === 'remove' ? ['removal ${20:0000-00-00}'] : []),
    ...(isTransfer(kind) ? ['transfer ${20:0000-00-00}'] : []),
    ...(kind === 'remove' || isTransfer(kind) ? ['data "${21:TODO what happens to data, documents and components}"'] : []),
    'stage plan',
  ];
  return `transition ${name}-transition of ${name} {\n${lines.map((line) => `  ${line}\n`).join('')}}`;
}

/** Applies where one of the transitions is as said, or a service on its way has none. */
function transitionTrigger(name: string, reason: string, includes: (transition: Transition, context: RuleContext) => boolean, statuses: readonly Underway[] = ['planned', 'retiring', 'transferring']): Query<Trigger> {
  return query(name, (context) => {
    const unplanned = new Set(context.read(withoutTransition));
    const applies = context.model.all('Transition').some((transition) => includes(transition, context)) || context.model.all('Service').some(({ name: id, status }) => unplanned.has(id) && isUnderway(status) && statuses.includes(status));
    return applies ? { applies: true } : { applies: false, reason };
  });
}

export const serviceInTransition = transitionTrigger('whether a service is in transition', 'no transition is declared, and no service is planned, retiring or transferring', () => true);

export const serviceRemoved = transitionTrigger('whether a service is removed', 'no service is removed', (transition, context) => kindOf(transition, context) === 'remove', ['retiring']);

export const serviceTransferred = transitionTrigger('whether a service is transferred', 'no service is transferred', (transition, context) => isTransfer(kindOf(transition, context)), ['transferring']);

/** Applies where a transition is as said. */
export function anyTransition(name: string, reason: string, includes: (transition: Transition, context: RuleContext) => boolean): Query<Trigger> {
  return transitionTrigger(name, reason, includes, []);
}
