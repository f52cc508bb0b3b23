import type { Agreement, Calendar, DeclarationTypes, EntityKey } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import type { IsoDate } from '../../../language/values/date.ts';
import type { PeriodKind } from '../../../language/values/period.ts';
import { Clocks } from '../../measurement/clock-tables.ts';
import { AvailabilityGraph, type Availability, type AvailabilityVerdict } from './availability.ts';
import type { Fraction } from './arithmetic.ts';
import { Judgement, type AgreementFeasibility, type WordedFeasibility } from './check.ts';
import { checkAvailability } from './check-availability.ts';
import { checkServiceHours, checkSupportHours } from './check-hours.ts';
import { checkTimes } from './check-times.ts';
import { checkValidity } from './check-validity.ts';
import { checkWorkload } from './check-workload.ts';
import { isInForce, type PlacedTarget } from './in-force.ts';
import { append, idOf, isAgreement, isSameList, isService, replacedIn, SupportGraph, type Part } from './support-graph.ts';
import type { TimeLimit } from './time-limit.ts';
import { within, type ClearParts, type Way } from './walk.ts';

const none: readonly never[] = [];

/** So many questions are kept at most. */
const mostQuestions = 500;

/** What is known of the answers to a question. */
export interface StudyQuestion<T> {
  readonly clear: ClearParts;
  /** By the way to a part, the target that is looked at, and the part. */
  readonly answers: Map<Way, Map<PlacedTarget, Map<EntityKey, T>>>;
}

type Named = DeclarationTypes['Service' | 'ConfigurationItem' | 'Supplier' | 'Agreement'];

/**
 * Holds what agreements promise against what they rest on. It is told of each state of the model (`look`), and keeps what did not
 * change: an agreement is asked about anew only when something on the way from it down has changed.
 */
export class FeasibilityStudy {
  #model: Model | undefined;
  #asOf: IsoDate | undefined;
  #clocks: Clocks | undefined;
  #calendars: readonly Calendar[] = [];
  #support = new SupportGraph('month');
  #parts: ReadonlyMap<EntityKey, Part> = new Map();
  readonly #graphs = new Map<PeriodKind, { readonly support: SupportGraph; readonly graph: AvailabilityGraph; readonly changed: Set<EntityKey>; isFresh: boolean }>();
  #agreements = new Map<string, Agreement>();
  #declared = new Map<EntityKey, Named>();
  #byParty = new Map<string, readonly Agreement[]>();
  #underneath = new Map<EntityKey, readonly Agreement[]>();
  /** By service, in force or not. */
  #agreementsFor = new Map<EntityKey, readonly Agreement[]>();
  /** The lists of the model that all this was made from. */
  #lists: readonly (readonly Named[])[] = none;
  #agreementList: readonly Agreement[] = none;
  #agreementsOn: IsoDate | undefined;
  #itemsBy: Map<string, EntityKey[]> | undefined;
  readonly #answers = new Map<string, AgreementFeasibility>();
  /** Answers that may hold no longer: when they do, they stay the same objects. */
  readonly #former = new Map<string, AgreementFeasibility>();
  /** Services and configuration items by what they name of others, and the other way round. */
  readonly #users = new Map<EntityKey, EntityKey[]>();
  readonly #linked = new Map<EntityKey, Part>();
  readonly #questions = new Map<string, StudyQuestion<unknown>>();
  readonly #ways = new Map<Way, Map<string, Way>>();
  readonly #remembered = new Map<string, unknown>();
  #limitsAbove: ReadonlyMap<EntityKey, readonly Agreement[]> | undefined;

  /** Takes note of a state of the model. What it reads of it are lists of declarations, so that a reader of the model knows when to look again. */
  look(model: Model, asOf: IsoDate): this {
    this.#model = model;
    const calendars = model.all('Calendar');
    const isNewDay = asOf !== this.#asOf;
    if (isNewDay || !isSameList(calendars, this.#calendars)) {
      for (const id of [...this.#answers.keys()]) this.#doubt(id);
      this.#clocks = new Clocks(model);
      this.#remembered.clear();
      this.#questions.clear();
      this.#ways.clear();
    }
    this.#asOf = asOf;
    this.#calendars = calendars;
    const changed = new Set<EntityKey>();
    this.#takeDeclarations(model, changed);
    const support = this.#support.update(model, asOf);
    this.#parts = support.parts;
    const agreements = model.all('Agreement');
    if (isNewDay || !isSameList(agreements, this.#agreementList)) this.#takeAgreements(agreements, asOf, changed);
    this.#agreementList = agreements;
    for (const key of support.changed) changed.add(key);
    if (changed.size === 0 && !isNewDay) return this;
    for (const [kind, one] of this.#graphs) {
      one.isFresh = false;
      if (kind === 'month') for (const key of support.changed) one.changed.add(key);
    }
    this.#limitsAbove = undefined;
    for (const key of support.changed) this.#linkUsers(key);
    this.#doubtAbove(changed);
    return this;
  }

  /** Notes each service, configuration item and supplier that is another than before. */
  #takeDeclarations(model: Model, changed: Set<EntityKey>): void {
    const lists = [model.all('Service'), model.all('ConfigurationItem'), model.all('Supplier')] as const;
    lists.forEach((list, at) => {
      const before = this.#lists[at] ?? none;
      if (isSameList(list, before)) return;
      if (at === 1) this.#itemsBy = undefined;
      const replaced = replacedIn(list, before);
      if (replaced !== undefined) {
        for (const [now, former] of replaced) {
          if (this.#declared.get(now.$key) !== former) continue;
          this.#declared.set(now.$key, now);
          changed.add(now.$key);
        }
        return;
      }
      const first = new Map<EntityKey, Named>();
      for (const declaration of list) if (!first.has(declaration.$key)) first.set(declaration.$key, declaration);
      for (const { $key } of before) {
        if (first.has($key)) continue;
        this.#declared.delete($key);
        changed.add($key);
      }
      for (const [key, declaration] of first) {
        if (this.#declared.get(key) === declaration) continue;
        this.#declared.set(key, declaration);
        changed.add(key);
      }
    });
    this.#lists = lists;
  }

  /** The same of agreements, and of those that may follow one that is another than before. */
  #takeAgreements(agreements: readonly Agreement[], asOf: IsoDate, changed: Set<EntityKey>): void {
    const replaced = asOf === this.#agreementsOn ? replacedIn(agreements, this.#agreementList) : undefined;
    this.#agreementsOn = asOf;
    if (replaced?.every(([now, before]) => isPlacedAs(now, before) && this.#agreements.get(now.name) === before)) {
      for (const [now, before] of replaced) {
        this.#agreements.set(now.name, now);
        this.#declared.set(now.$key, now);
        changed.add(now.$key);
        const swap = <K>(map: Map<K, readonly Agreement[]>, key: K): void => void map.set(key, (map.get(key) ?? none).map((one) => (one === before ? now : one)));
        for (const service of new Set(this.servicesOf(now))) {
          swap(this.#agreementsFor, service);
          if (now.type !== 'sla' && isInForce(now, asOf)) swap(this.#underneath, service);
        }
        if (now.type !== 'sla') swap(this.#byParty, partyOf(now));
      }
      return;
    }
    const [former, formerByParty] = [this.#agreements, this.#byParty];
    this.#agreements = new Map();
    const [byParty, underneath, agreementsFor] = [new Map<string, Agreement[]>(), new Map<EntityKey, Agreement[]>(), new Map<EntityKey, Agreement[]>()];
    for (const agreement of agreements) {
      if (this.#agreements.has(agreement.name)) continue;
      this.#agreements.set(agreement.name, agreement);
      this.#declared.set(agreement.$key, agreement);
      const services = this.servicesOf(agreement);
      for (const service of services.length > 1 ? new Set(services) : services) append(agreementsFor, service, agreement);
      if (agreement.type === 'sla') continue;
      append(byParty, partyOf(agreement), agreement);
      if (!isInForce(agreement, asOf)) continue;
      for (const service of services) append(underneath, service, agreement);
    }
    this.#byParty = byParty;
    this.#underneath = underneath;
    this.#agreementsFor = agreementsFor;
    if (former.size === 0) {
      for (const { $key } of agreements) changed.add($key);
      return;
    }
    const parties = new Set<string>();
    for (const agreement of [...former.values(), ...this.#agreements.values()]) {
      const [before, now] = [former.get(agreement.name), this.#agreements.get(agreement.name)];
      if (before === now) continue;
      if (now === undefined) this.#declared.delete(agreement.$key);
      changed.add(agreement.$key);
      for (const service of this.servicesOf(agreement)) changed.add(service);
      if (before !== undefined && now !== undefined && isPlacedAs(now, before)) continue;
      parties.add(partyOf(agreement));
    }
    // Those with the same party may follow each other.
    for (const party of parties) for (const list of [byParty.get(party), formerByParty.get(party)]) for (const { $key } of list ?? none) changed.add($key);
  }

  /** Notes for all that a part names that it does. */
  #linkUsers(key: EntityKey): void {
    // What agreements need are the same as their services need.
    if (isAgreement(key)) return;
    const [before, part] = [this.#linked.get(key), this.#parts.get(key)];
    if (before === part) return;
    if (before) {
      for (const named of namedBy(before)) {
        const users = this.#users.get(named);
        const index = users?.indexOf(key) ?? -1;
        if (index >= 0) users!.splice(index, 1);
      }
    }
    if (part === undefined) this.#linked.delete(key);
    else {
      this.#linked.set(key, part);
      for (const named of namedBy(part)) append(this.#users, named, key);
    }
  }

  /** Doubts the answers for all agreements that rest on what has changed, and what is known of the parts on the way. */
  #doubtAbove(changed: Iterable<EntityKey>): void {
    if (this.#answers.size === 0 && this.#questions.size === 0) return;
    const seen = new Set<EntityKey>();
    const open: EntityKey[] = [...changed];
    for (const key of changed) {
      if (!isAgreement(key)) continue;
      this.#doubt(idOf(key));
      const agreement = this.agreement(key);
      if (agreement) open.push(...this.servicesOf(agreement));
    }
    // A configuration item has the agreements of the services that it supports.
    for (const key of [...open]) if (isService(key)) open.push(...this.#itemsOf(idOf(key)));
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (seen.has(key)) continue;
      seen.add(key);
      for (const { name } of this.#agreementsFor.get(key) ?? none) this.#doubt(name);
      for (const user of this.#users.get(key) ?? none) open.push(user);
    }
    for (const { clear, answers } of this.#questions.values()) {
      answers.clear();
      for (const parts of clear.values()) for (const key of seen) parts.delete(key);
    }
  }

  #itemsOf(service: string): readonly EntityKey[] {
    if (this.#itemsBy === undefined) {
      const found = (this.#itemsBy = new Map<string, EntityKey[]>());
      for (const item of this.model.all('ConfigurationItem')) for (const supported of item.supports) append(found, supported, item.$key);
    }
    return this.#itemsBy.get(service) ?? none;
  }

  #doubt(id: string): void {
    const answer = this.#answers.get(id);
    if (!answer) return;
    this.#answers.delete(id);
    this.#former.set(id, answer);
  }

  get model(): Model {
    if (!this.#model) throw new Error('The study has not looked at a model yet');
    return this.#model;
  }

  get asOf(): IsoDate {
    if (this.#asOf === undefined) throw new Error('The study has not looked at a model yet');
    return this.#asOf;
  }

  get clocks(): Clocks {
    if (!this.#clocks) throw new Error('The study has not looked at a model yet');
    return this.#clocks;
  }

  /** Undefined where there is no such agreement, or where it is not in force on the day. */
  of(id: string): AgreementFeasibility | undefined {
    const agreement = this.#agreements.get(id);
    if (!agreement || !isInForce(agreement, this.asOf)) return undefined;
    const known = this.#answers.get(id);
    if (known) return known;
    const judgements = [
      ...checkAvailability(agreement, this),
      ...checkTimes(agreement, this),
      ...[...checkSupportHours(agreement, this), ...checkServiceHours(agreement, this), ...checkValidity(agreement, this)].map(Judgement.of),
    ];
    const former = this.#former.get(id);
    this.#former.delete(id);
    const isSame = former !== undefined && former.judgements.length === judgements.length && former.judgements.every((judgement, index) => judgement.isSeenAs(judgements[index]!));
    if (isSame) former.judgements.forEach((judgement, index) => judgement.follow(judgements[index]!));
    const answer = isSame ? former : { agreement: agreement.$key, judgements, get checks() { return judgements.map(({ check }) => check); } };
    this.#answers.set(id, answer);
    return answer;
  }

  /** The same with workload limits, which depend on all agreements that rest on the same; for those who ask once. */
  withWorkload(id: string): WordedFeasibility | undefined {
    const known = this.of(id);
    const agreement = this.#agreements.get(id);
    return known && agreement && { agreement: known.agreement, checks: [...known.checks, ...checkWorkload(agreement, this)] };
  }

  /** OLAs or contracts with the same other party, in force or not; itself among them. */
  withSameParty(agreement: Agreement): readonly Agreement[] {
    return this.#byParty.get(partyOf(agreement)) ?? none;
  }

  /** Agreements in force, those with customers first. */
  agreements(): readonly Agreement[] {
    const order: readonly Agreement['type'][] = ['sla', 'ola', 'contract'];
    return [...this.#agreements.values()].filter((agreement) => isInForce(agreement, this.asOf)).sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
  }

  /** A service or configuration item, as it is placed among the others. */
  part(key: EntityKey): Part | undefined {
    return this.#parts.get(key);
  }

  agreement(key: EntityKey): Agreement | undefined {
    return this.#agreements.get(idOf(key));
  }

  /** Keys of the services that an agreement is for. */
  servicesOf({ services }: Agreement): readonly EntityKey[] {
    return services.map((id) => this.#support.serviceKey(id));
  }

  /** OLAs and contracts in force for a service, or for those that a configuration item supports. */
  underneath(key: EntityKey): readonly Agreement[] {
    if (isService(key)) return this.#underneath.get(key) ?? none;
    const item = this.#declared.get(key);
    return (item?.$type === 'ConfigurationItem' ? item.supports : none).map((service) => this.#underneath.get(this.#support.serviceKey(service)) ?? none).find((agreements) => agreements.length > 0) ?? none;
  }

  availability(agreement: EntityKey, kind: PeriodKind): Availability | undefined {
    return this.#graph(kind).beneath(agreement);
  }

  /** Whether an agreement can keep a target of availability, without what that comes from. */
  availabilityVerdict(agreement: EntityKey, target: Fraction, kind: PeriodKind): AvailabilityVerdict | undefined {
    return this.#graph(kind).verdict(agreement, target);
  }

  wouldHaveToPromise(agreement: EntityKey, above: EntityKey, target: Fraction, kind: PeriodKind): Fraction | undefined {
    return this.#graph(kind).wouldHaveToPromise(agreement, above, target);
  }

  wouldHaveToPromiseTogether(above: EntityKey, share: Fraction, kind: PeriodKind): readonly { readonly agreement: EntityKey; readonly promise: Fraction }[] {
    return this.#graph(kind).wouldHaveToPromiseTogether(above, share);
  }

  /** A declaration as people know it: its title, else its id. */
  nameOf(key: EntityKey): string {
    return this.#declared.get(key)?.title ?? idOf(key);
  }

  /** Parts beneath which nothing is to be found, for one question about this state of the model. */
  clear(question: string): ClearParts {
    return this.question(question).clear;
  }

  /** What was answered to one question about this state of the model. */
  question<T>(question: string): StudyQuestion<T> {
    let known = this.#questions.get(question);
    if (!known) {
      // Each value that somebody types on the way to another asks a question of its own.
      if (this.#questions.size >= mostQuestions) this.#questions.clear();
      this.#questions.set(question, (known = { clear: new Map(), answers: new Map() }));
    }
    // What is kept under a question was answered to it.
    return known as StudyQuestion<T>;
  }

  /** The way on from a part where a limit has passed. */
  after(way: Way, limit: TimeLimit): Way {
    const ways = within(this.#ways, way);
    const key = `${limit.within} ${limit.calendar}`;
    let next = ways.get(key);
    if (!next) ways.set(key, (next = { passed: [...way.passed, limit] }));
    return next;
  }

  /** Whether configuration items support a service. */
  hasItems(service: string): boolean {
    return this.#itemsOf(service).length > 0;
  }

  /** A value that depends on the day and on calendars alone. */
  remembered<T>(key: string, compute: () => T): T {
    // What is kept under a key is what was computed for it.
    const known = this.#remembered.get(key);
    if (known !== undefined || this.#remembered.has(key)) return known as T;
    const value = compute();
    this.#remembered.set(key, value);
    return value;
  }

  /** SLAs in force that rest on an agreement, or are beside it for the same service. */
  slasAbove(agreement: EntityKey): readonly Agreement[] {
    this.#limitsAbove ??= this.#findSlasAbove();
    return this.#limitsAbove.get(agreement) ?? none;
  }

  /** Services and items that an agreement's services rest on, these included; through choices too. */
  reached(agreement: Agreement): readonly EntityKey[] {
    const found = new Set<EntityKey>();
    const open: EntityKey[] = [...this.servicesOf(agreement)];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (found.has(key)) continue;
      const part = this.#parts.get(key);
      if (!part) continue;
      found.add(key);
      for (const list of [part.needs, ...part.choices]) for (const next of list) if (!isAgreement(next)) open.push(next);
    }
    return [...found];
  }

  #findSlasAbove(): ReadonlyMap<EntityKey, readonly Agreement[]> {
    const above = new Map<EntityKey, Agreement[]>();
    for (const sla of this.#agreements.values()) {
      if (sla.type !== 'sla' || sla.workloadLimits.length === 0 || !isInForce(sla, this.asOf)) continue;
      const under = new Set(this.reached(sla).flatMap((key) => this.underneath(key).filter(({ workloadLimits }) => workloadLimits.length > 0)));
      for (const { $key } of under) above.set($key, [...(above.get($key) ?? []), sla]);
    }
    return above;
  }

  #graph(kind: PeriodKind): AvailabilityGraph {
    let one = this.#graphs.get(kind);
    if (!one) {
      const [support, graph] = [kind === 'month' ? this.#support : new SupportGraph(kind), new AvailabilityGraph()];
      graph.update(support.update(this.model, this.asOf).parts);
      this.#graphs.set(kind, (one = { support, graph, changed: new Set(), isFresh: true }));
    }
    if (!one.isFresh) {
      // The support of months has been told of the model already.
      const { parts, changed } = kind === 'month' ? { parts: this.#parts, changed: one.changed } : one.support.update(this.model, this.asOf);
      one.graph.update(parts, changed);
      one.changed.clear();
      one.isFresh = true;
    }
    return one.graph;
  }
}

function* namedBy({ needs, choices, causes }: Part): Iterable<EntityKey> {
  yield* needs;
  for (const choice of choices) yield* choice;
  yield* causes;
}

/** Whether one statement of an agreement stands where another did: for the same services, with the same party, as long. */
function isPlacedAs(a: Agreement, b: Agreement): boolean {
  return partyOf(a) === partyOf(b) && a.validFrom === b.validFrom && a.validTo === b.validTo && isSameList(a.services, b.services);
}

function partyOf({ type, supplier, provider }: Agreement): string {
  return `${type} ${supplier ?? provider ?? ''}`;
}
