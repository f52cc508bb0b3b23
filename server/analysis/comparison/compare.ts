/**
 * What differs in meaning between two states of the text: how the requirements stand, and what was declared. Moving a declaration to another
 * file, reordering facts, comments, or spelling a value differently is no difference.
 *
 * Comparing a state with itself gives nothing; the comparison of the same states the other way round is `mirrored`.
 */
import type { AnyDeclaration } from '../../../language/model/declarations.ts';
import { declaredTitle } from '../../../language/model/declared-title.ts';
import type { Entity } from '../../../language/model/fragment.ts';
import type { IsoDate } from '../../../language/values/date.ts';
import { namesContent } from '../../assessment/approved-content.ts';
import { idOf, typeInWords } from '../declared-facts.ts';
import { canonicalFacts, type CanonicalFacts } from './canonical-facts.ts';
import { effectOfAll, topics, type Change, type ComparedSubject, type Comparison, type Detail, type Effect, type Topic } from './change.ts';
import { comparedAgreements, factsOfPromises, hoursInWords, setDetails } from './compared-agreements.ts';
import { comparedApprovals } from './compared-approvals.ts';
import { comparedFacts } from './compared-facts.ts';
import { effectOfHours, OpenHours } from './compared-hours.ts';
import { comparedRows } from './compared-rows.ts';
import type { Sides, StateReader } from './compared-targets.ts';
import { matchStates, type Matched, type Matching } from './matched.ts';
import { effectOfRisk, riskInWords } from './rated-risks.ts';
import type { ComparedState } from './state.ts';

/** Both states are of the same day. */
export function compareStates(before: ComparedState, after: ComparedState): Comparison {
  return { rows: comparedRows({ before, after }), changes: new StateComparison(before, after).changes() };
}

class StateComparison {
  readonly #states: Sides<ComparedState>;
  readonly #matching: Matching;
  readonly #readers: Sides<StateReader>;

  constructor(before: ComparedState, after: ComparedState) {
    this.#states = { before, after };
    this.#matching = matchStates(before, after);
    this.#readers = { before: readerOf(before, this.#matching.rename), after: readerOf(after, (_, id) => id) };
  }

  changes(): readonly Change[] {
    return this.#matching.pairs.flatMap((pair) => this.#compared(pair)).toSorted(inOrder);
  }

  #compared({ before, after }: Matched): readonly Change[] {
    if (before && after) return this.#changed({ before, after });
    const entity = before ?? after;
    if (!entity) return [];
    const side = { ...(before ? { before: subjectOf(before.node) } : {}), ...(after ? { after: subjectOf(after.node) } : {}) };
    const reader = before ? this.#readers.before : this.#readers.after;
    const change: Change = { topic: topicOf(entity.node), effect: before ? 'removed' : 'added', ...side, details: [] };
    const approvals = 'approvals' in entity.node ? entity.node.approvals : [];
    const details = approvals.map(({ by, on }): Detail => ({ what: 'approval', ...(before ? { before: `by ${reader.titleOf('Party', by)} on ${on}` } : { after: `by ${reader.titleOf('Party', by)} on ${on}` }), effect: before ? 'withdrawn' : 'given' }));
    // What is new and approved is told once, with what it is.
    return [{ ...change, details }];
  }

  #changed(entities: Sides<Entity>): readonly Change[] {
    const { before, after } = entities;
    const facts = before === after ? undefined : { before: this.#matching.factsBefore(before), after: canonicalFacts(after) };
    const subjects = { before: subjectOf(before.node), after: subjectOf(after.node) };
    const [general, approvals, evidence] = [this.#details(entities, facts), this.#approvals(entities, facts), this.#evidence(entities)];
    const change = (topic: Topic, details: readonly Detail[]): readonly Change[] => (details.length === 0 ? [] : [{ topic, effect: effectOfAll(details.map(({ effect }) => effect)), ...subjects, details }]);
    const isEvidence = after.node.$type === 'Evidence';
    return [...change(topicOf(after.node), isEvidence ? [...evidence, ...general] : general), ...change('approvals', approvals)];
  }

  #details({ before, after }: Sides<Entity>, facts: Sides<CanonicalFacts> | undefined): readonly Detail[] {
    const own = this.#ofType(before.node, after.node, facts);
    if (!facts) return own.details;
    return [...renamed(before.node, after.node), ...own.details, ...comparedFacts({ before, after }, facts, new Set([...own.told, 'title', 'approvals']))];
  }

  /** What a type of declaration compares in its own way, and the facts of which that tells. */
  #ofType(before: AnyDeclaration, after: AnyDeclaration, facts: Sides<CanonicalFacts> | undefined): { readonly details: readonly Detail[]; readonly told: ReadonlySet<string> } {
    const states = this.#states;
    const readers = this.#readers;
    const nothing = { details: [], told: new Set<string>() };
    switch (after.$type) {
      case 'Agreement':
        return before.$type === 'Agreement' ? { details: comparedAgreements({ before, after }, readers), told: factsOfPromises } : nothing;
      case 'Calendar': {
        const [one, other] = [readers.before.hoursOf(idOf(before)), readers.after.hoursOf(after.name)];
        const effect = one && other ? effectOfHours(one, other) : undefined;
        return effect === undefined ? nothing : { details: [{ what: 'open hours', before: hoursInWords('open', one), after: hoursInWords('open', other), effect }], told: nothing.told };
      }
      case 'Service': {
        if (before.$type !== 'Service' || before.status === after.status) return nothing;
        const [wasOver, isOver] = [before.status === 'retired', after.status === 'retired'];
        const effect: Effect = isOver && !wasOver ? 'retired' : wasOver && !isOver ? 'reinstated' : 'changed';
        return { details: [{ what: 'status', ...(before.status === undefined ? {} : { before: before.status }), ...(after.status === undefined ? {} : { after: after.status }), effect }], told: new Set(['status']) };
      }
      case 'Risk': {
        if (before.$type !== 'Risk' || facts === undefined) return nothing;
        const effect = effectOfRisk(before, after);
        return effect === undefined ? nothing : { details: [{ what: 'rating', before: riskInWords(before), after: riskInWords(after), effect }], told: new Set(['likelihood', 'impact', 'residual']) };
      }
      case 'Organization': {
        if (before.$type !== 'Organization') return nothing;
        const inScope = (node: typeof after, state: ComparedState, reader: StateReader): readonly string[] => (node.allServices ? state.model.all('Service').filter(({ status }) => status !== 'retired').map(({ name }) => name) : node.services).map((id) => reader.rename('Service', id));
        const subjects = (node: typeof after): readonly string[] => node.exclusions.map(({ subject }) => subject);
        return {
          details: [
            ...setDetails('service in scope', inScope(before, states.before, readers.before), inScope(after, states.after, readers.after), (id) => readers.after.titleOf('Service', id), (id) => readers.before.titleOf('Service', id), { more: 'extended', less: 'reduced' }),
            ...setDetails('outside the scope', subjects(before), subjects(after), String, String, { more: 'reduced', less: 'extended' }),
          ],
          told: new Set(['services', 'allServices', ...(subjects(before).join() === subjects(after).join() ? [] : ['exclusions'])]),
        };
      }
      default:
        return nothing;
    }
  }

  #approvals({ before, after }: Sides<Entity>, facts: Sides<CanonicalFacts> | undefined): readonly Detail[] {
    const [one, other] = [before.node, after.node];
    if (!('approvals' in one) || !('approvals' in other) || one.approvals.length + other.approvals.length === 0) return [];
    const { before: states, after: statesAfter } = this.#states;
    const approved = { before: states.approvals.get(before.key), after: statesAfter.approvals.get(after.key) };
    // The file that is approved may have changed although the text that names it has not.
    const isFile = 'file' in other && typeof other.file === 'string' && other.file !== '';
    const [was, is] = [approved.before?.content, approved.after?.content];
    const isOther = (isFile && was !== undefined && is !== undefined && was !== is) || (facts !== undefined && hasOtherFacts(facts));
    return comparedApprovals(
      {
        before: { approvals: one.approvals, state: approved.before, approver: ({ by }) => this.#readers.before.rename('Party', by), titleOf: (id) => this.#readers.before.titleOf('Party', id) },
        after: { approvals: other.approvals, state: approved.after, approver: ({ by }) => by, titleOf: (id) => this.#readers.after.titleOf('Party', id) },
      },
      isOther && !(namesContent(one) && namesContent(other)),
    );
  }

  /** Whether an evidence counted and counts on the day. */
  #evidence({ before, after }: Sides<Entity>): readonly Detail[] {
    if (before.node.$type !== 'Evidence' || after.node.$type !== 'Evidence') return [];
    const { asOf } = this.#states.after;
    const [one, other] = [this.#states.before.evidenceFault(before.node, asOf), this.#states.after.evidenceFault(after.node, asOf)];
    if ((one === undefined) === (other === undefined)) return [];
    return [{ what: 'validity', before: one ?? 'counts', after: other ?? 'counts', effect: one === undefined ? 'expired' : 'renewed' }];
  }
}

function readerOf(state: ComparedState, rename: StateReader['rename']): StateReader {
  const hours = new OpenHours(state.model, state.asOf as IsoDate);
  return { rename, titleOf: (type, id) => state.model.find(type, id)?.name.title ?? id, hoursOf: (calendar) => hours.of(calendar) };
}

/** When something was reviewed or agreed on is not what was approved. */
const notApproved: ReadonlySet<string> = new Set(['approvals', 'agreed', 'review']);

function hasOtherFacts({ before, after }: Sides<CanonicalFacts>): boolean {
  return [...new Set([...before.keys(), ...after.keys()])].some((property) => !notApproved.has(property) && before.get(property) !== after.get(property));
}

function renamed(before: AnyDeclaration, after: AnyDeclaration): readonly Detail[] {
  const [title, other] = [declaredTitle(before), declaredTitle(after)];
  return [
    ...(title === other ? [] : [{ what: 'title', ...(title === undefined ? {} : { before: title }), ...(other === undefined ? {} : { after: other }), effect: 'renamed' as const }]),
    ...('name' in before && 'name' in after && before.name !== after.name ? [{ what: 'id', before: before.name, after: after.name, effect: 'renamed' as const }] : []),
  ];
}

function subjectOf(node: AnyDeclaration): ComparedSubject {
  const id = 'name' in node ? node.name : 'requirement' in node ? node.requirement : idOf(node);
  return { key: node.$key, type: typeInWords(node), id, title: declaredTitle(node) ?? id };
}

const topicsByType: Readonly<Record<string, Topic>> = {
  Organization: 'scope', Agreement: 'agreements', Service: 'services', ServiceCatalogue: 'services', ServiceRequirement: 'services', Customer: 'customers', Supplier: 'suppliers', Calendar: 'calendars',
  Evidence: 'evidence', Attestation: 'evidence', Risk: 'risks', Process: 'processes', Procedure: 'processes', Policy: 'policies and plans', Plan: 'policies and plans', ServiceManagementPlan: 'policies and plans',
  CapacityPlan: 'policies and plans', ContinuityPlan: 'policies and plans', ControlledDocument: 'policies and plans', Source: 'measurement', Metric: 'measurement', Objective: 'measurement',
  Person: 'people', Role: 'people', Team: 'people',
};

function topicOf(node: AnyDeclaration): Topic {
  return topicsByType[node.$type] ?? 'other';
}

/** By theme, then by what is smaller of the two ids, so that the order is the same the other way round. */
function inOrder(a: Change, b: Change): number {
  const order = topics.indexOf(a.topic) - topics.indexOf(b.topic);
  const [one, other] = [placeInOrder(a), placeInOrder(b)];
  return order !== 0 ? order : one < other ? -1 : one > other ? 1 : 0;
}

function placeInOrder({ before, after }: Change): string {
  return [before, after].flatMap((subject) => (subject ? [`${subject.type} ${subject.id}`] : [])).sort()[0] ?? '';
}
