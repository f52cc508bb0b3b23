import type { Agreement, Calendar, DeclarationTypes, EntityKey } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import type { IsoDate } from '../../../language/values/date.ts';
import type { PeriodKind } from '../../../language/values/period.ts';
import { Clocks } from '../../measurement/clock-tables.ts';
import { AvailabilityGraph, type Availability } from './availability.ts';
import type { Fraction } from './arithmetic.ts';
import type { AgreementFeasibility } from './check.ts';
import { checkAvailability } from './check-availability.ts';
import { checkServiceHours, checkSupportHours } from './check-hours.ts';
import { checkTimes } from './check-times.ts';
import { checkValidity } from './check-validity.ts';
import { checkWorkload } from './check-workload.ts';
import { isInForce } from './in-force.ts';
import { idOf, isSameList, serviceKey, SupportGraph, typeOf, type Part } from './support-graph.ts';

const none: readonly never[] = [];

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
  readonly #graphs = new Map<PeriodKind, { readonly support: SupportGraph; readonly graph: AvailabilityGraph; isFresh: boolean }>();
  #agreements = new Map<string, Agreement>();
  #declared = new Map<EntityKey, Named>();
  #byParty = new Map<string, Agreement[]>();
  #underneath = new Map<string, readonly Agreement[]>();
  readonly #answers = new Map<string, AgreementFeasibility>();
  /** Answers that may hold no longer: when they do, they stay the same objects. */
  readonly #former = new Map<string, AgreementFeasibility>();
  /** By part, declaration or agreement on the way: whose answers depend on it. */
  readonly #visitors = new Map<EntityKey, Set<string>>();
  readonly #remembered = new Map<string, unknown>();
  #rememberedOf = new WeakMap<Agreement, Map<string, unknown>>();
  #limitsAbove: ReadonlyMap<EntityKey, readonly Agreement[]> | undefined;

  /** Takes note of a state of the model. What it reads of it are lists of declarations, so that a reader of the model knows when to look again. */
  look(model: Model, asOf: IsoDate): this {
    this.#model = model;
    const calendars = model.all('Calendar');
    if (asOf !== this.#asOf || !isSameList(calendars, this.#calendars)) {
      for (const id of [...this.#answers.keys()]) this.#doubt(id);
      this.#clocks = new Clocks(model);
      this.#remembered.clear();
      this.#rememberedOf = new WeakMap();
    }
    this.#asOf = asOf;
    this.#calendars = calendars;
    const [parts, declared, agreementsUnder, byParty] = [this.#parts, this.#declared, this.#underneath, this.#byParty];
    this.#parts = this.#support.parts(model, asOf);
    for (const one of this.#graphs.values()) one.isFresh = false;
    this.#limitsAbove = undefined;

    this.#declared = new Map();
    for (const declaration of [...model.all('Service'), ...model.all('ConfigurationItem'), ...model.all('Supplier')]) if (!this.#declared.has(declaration.$key)) this.#declared.set(declaration.$key, declaration);
    this.#agreements = new Map();
    this.#byParty = new Map();
    const underneath = new Map<string, Agreement[]>();
    for (const agreement of model.all('Agreement')) {
      if (this.#agreements.has(agreement.name)) continue;
      this.#agreements.set(agreement.name, agreement);
      this.#declared.set(agreement.$key, agreement);
      if (agreement.type === 'sla') continue;
      const party = partyOf(agreement);
      const others = this.#byParty.get(party);
      if (others) others.push(agreement);
      else this.#byParty.set(party, [agreement]);
      if (!isInForce(agreement, asOf)) continue;
      for (const service of agreement.services) {
        const list = underneath.get(service);
        if (list) list.push(agreement);
        else underneath.set(service, [agreement]);
      }
    }
    this.#underneath = underneath;
    for (const key of this.#visitors.keys()) {
      const isSame = this.#parts.get(key) === parts.get(key) && this.#declared.get(key) === declared.get(key);
      if (!isSame) for (const id of this.#visitors.get(key)!) this.#doubt(id);
    }
    for (const [now, before] of [[underneath, agreementsUnder], [this.#byParty, byParty]] as const) {
      for (const name of new Set([...now.keys(), ...before.keys()])) {
        const [lists, former] = [now.get(name) ?? none, before.get(name) ?? none];
        if (isSameList(lists, former)) continue;
        // A configuration item has the agreements of the services that it supports; those that may follow each other have a party in common.
        for (const key of now === underneath ? [serviceKey(name), ...this.#itemsOf(name)] : [...lists, ...former].map(({ $key }) => $key)) for (const id of this.#visitors.get(key) ?? none) this.#doubt(id);
      }
    }
    return this;
  }

  #itemsOf(service: string): readonly EntityKey[] {
    return this.model.all('ConfigurationItem').filter((item) => item.supports.includes(service)).map(({ $key }) => $key);
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
    const value: AgreementFeasibility = {
      agreement: agreement.$key,
      checks: [...checkAvailability(agreement, this), ...checkTimes(agreement, this), ...checkSupportHours(agreement, this), ...checkServiceHours(agreement, this), ...checkValidity(agreement, this)],
    };
    for (const key of this.#onTheWay(agreement)) {
      const visitors = this.#visitors.get(key);
      if (visitors) visitors.add(id);
      else this.#visitors.set(key, new Set([id]));
    }
    const former = this.#former.get(id);
    this.#former.delete(id);
    const answer = former && JSON.stringify(former) === JSON.stringify(value) ? former : value;
    this.#answers.set(id, answer);
    return answer;
  }

  /** The same with workload limits, which depend on all agreements that rest on the same; for those who ask once. */
  withWorkload(id: string): AgreementFeasibility | undefined {
    const known = this.of(id);
    const agreement = this.#agreements.get(id);
    return known && agreement && { ...known, checks: [...known.checks, ...checkWorkload(agreement, this)] };
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

  /** OLAs and contracts in force for a service, or for those that a configuration item supports. */
  underneath(key: EntityKey): readonly Agreement[] {
    if (typeOf(key) === 'Service') return this.#underneath.get(idOf(key)) ?? none;
    const item = this.#declared.get(key);
    return (item?.$type === 'ConfigurationItem' ? item.supports : none).map((service) => this.#underneath.get(service) ?? none).find((agreements) => agreements.length > 0) ?? none;
  }

  availability(agreement: EntityKey, kind: PeriodKind): Availability | undefined {
    return this.#graph(kind).beneath(agreement);
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

  /** A value that depends on the day and on calendars alone. */
  remembered<T>(key: string, compute: () => T): T {
    // What is kept under a key is what was computed for it.
    if (this.#remembered.has(key)) return this.#remembered.get(key) as T;
    const value = compute();
    this.#remembered.set(key, value);
    return value;
  }

  /** The same of what depends on an agreement's own facts too. */
  rememberedOf<T>(agreement: Agreement, key: string, compute: () => T): T {
    let values = this.#rememberedOf.get(agreement);
    if (!values) this.#rememberedOf.set(agreement, (values = new Map()));
    if (values.has(key)) return values.get(key) as T;
    const value = compute();
    values.set(key, value);
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
    const open: EntityKey[] = agreement.services.map((id) => `Service:${id}` as EntityKey);
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (found.has(key)) continue;
      const part = this.#parts.get(key);
      if (!part) continue;
      found.add(key);
      for (const list of [part.needs, ...part.choices]) for (const next of list) if (typeOf(next) !== 'Agreement') open.push(next);
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
    if (!one) this.#graphs.set(kind, (one = { support: kind === 'month' ? this.#support : new SupportGraph(kind), graph: new AvailabilityGraph(), isFresh: false }));
    if (!one.isFresh) {
      one.graph.update(kind === 'month' ? this.#parts : one.support.parts(this.model, this.asOf));
      one.isFresh = true;
    }
    return one.graph;
  }

  /** Every declaration, part and agreement that an answer depends on. */
  #onTheWay(agreement: Agreement): ReadonlySet<EntityKey> {
    const keys = new Set<EntityKey>([agreement.$key]);
    for (const key of this.reached(agreement)) {
      keys.add(key);
      const part = this.#parts.get(key);
      for (const other of [...(part?.needs ?? none), ...(part?.causes ?? none)]) keys.add(other);
      for (const { $key } of this.underneath(key)) keys.add($key);
    }
    return keys;
  }
}

function partyOf({ type, supplier, provider }: Agreement): string {
  return `${type} ${supplier ?? provider ?? ''}`;
}
