import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { quoteText } from '../../language/values/text.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { everyRecord, isFieldMapped, type RecordDemand } from '../assessment/records.ts';
import { query, type RecordsPart, type RuleContext } from '../assessment/rule.ts';

type Category = DeclarationTypes['ChangeCategory'];
type Transition = DeclarationTypes['Transition'];

/** A condition on records of changes, and the fields that a source has to map for it. */
export interface ChangeCondition {
  readonly text: string;
  readonly fields: readonly string[];
}

export const changeKind = 'change';
export const changesPlural = 'changes';

/** Asks something of all records of changes. */
export function changes(row: string, demands: (context: RuleContext) => readonly RecordDemand[]): RecordsPart {
  return everyRecord({ row, kind: changeKind, plural: changesPlural, demands });
}

/** That a field holds one of some texts: false if there are none. */
export function oneOf(field: string, texts: readonly string[]): string {
  return texts.length === 0 ? 'false' : `${field} is one of ${[...new Set(texts)].map(quoteText).join(', ')}`;
}

function categories(name: string, includes: (category: Category) => boolean) {
  return query(name, ({ model }) => model.all('ChangeCategory').filter(includes).map((category) => category.name));
}

/** Ids of the categories whose changes are approved once and for all. */
export const preApproved = categories('change categories that are approved in advance', (category) => category.preapproved);
/** Ids of the categories whose changes go through design and transition. */
export const designedCategories = categories('change categories that go through design and transition', ({ route }) => route === 'design-and-transition');

/** A change that was decided on by itself: not of a category that is approved once and for all, whose assessment and approval it inherits. */
export function decidedByItself(context: RuleContext): ChangeCondition | undefined {
  const ids = context.read(preApproved);
  return ids.length === 0 ? undefined : { text: `(category is empty or not (${oneOf('category', ids)}))`, fields: ['category'] };
}

/** A change that was approved by itself. */
export function approvedChanges(context: RuleContext): ChangeCondition {
  const single = decidedByItself(context);
  return { text: ['approved is not empty', ...(single ? [single.text] : [])].join(' and '), fields: ['approved', ...(single?.fields ?? [])] };
}

type Route = NonNullable<Category['route']>;

/**
 * That a change goes by a route: as its record says, or else as its category does, which is the standard way unless it says otherwise.
 * Undefined where no source says so of its records and the category does not tell.
 */
export function takesRoute(route: Route, context: RuleContext): ChangeCondition | undefined {
  const designed = context.read(designedCategories);
  const fields = designed.length === 0 ? [] : ['category'];
  const byCategory = route === 'design-and-transition' ? oneOf('category', designed) : designed.length === 0 ? undefined : `(category is empty or not (${oneOf('category', designed)}))`;
  if (!isFieldMapped(changeKind, 'route', context)) return route === 'design-and-transition' || byCategory === undefined ? undefined : { text: byCategory, fields };
  return { text: `(route = "${route}" or (route is empty${byCategory === undefined ? '' : ` and ${byCategory}`}))`, fields: ['route', ...fields] };
}

export interface TransitionOfChanges {
  readonly name: string;
  readonly kind: Transition['kind'];
  readonly services: readonly string[];
  /** Keys of the changes that it names. */
  readonly changes: readonly string[];
}

const transitions = query('transitions and their changes', ({ model }) =>
  model.all('Transition').map(({ name, kind, services, changes: keys }): TransitionOfChanges => ({ name, kind, services, changes: keys.filter(isFilledIn) })),
);

/** That a change belongs to one of some transitions: its record names it, or it names the change. */
export function belongsTo(includes: (transition: TransitionOfChanges) => boolean, context: RuleContext): ChangeCondition {
  const found = context.read(transitions).filter(includes);
  const isNamed = oneOf('record-key', found.flatMap(({ changes: keys }) => keys));
  if (!isFieldMapped(changeKind, 'transition', context)) return { text: `(${isNamed})`, fields: [] };
  return { text: `(${oneOf('transition', found.map(({ name }) => name))} or ${isNamed})`, fields: ['transition'] };
}

/** That a change belongs to no transition. */
export function belongsToNone(context: RuleContext): ChangeCondition {
  const isNamed = oneOf('record-key', context.read(transitions).flatMap(({ changes: keys }) => keys));
  if (!isFieldMapped(changeKind, 'transition', context)) return { text: `not (${isNamed})`, fields: [] };
  return { text: `(transition is empty and not (${isNamed}))`, fields: ['transition'] };
}

/** That a change was approved, or is of a category that is approved once and for all. */
export function approvedOrInAdvance(context: RuleContext): ChangeCondition {
  const ids = context.read(preApproved);
  if (ids.length === 0 || !isFieldMapped(changeKind, 'category', context)) return { text: 'approved is not empty', fields: ['approved'] };
  return { text: `(approved is not empty or ${oneOf('category', ids)})`, fields: ['approved', 'category'] };
}
