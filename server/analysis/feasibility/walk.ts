import type { Agreement, EntityKey } from '../../../language/model/declarations.ts';
import type { Link } from './check.ts';
import { isAgreement } from './support-graph.ts';
import type { FeasibilityStudy } from './study.ts';
import type { TimeLimit } from './time-limit.ts';

/** What was found of a part and of what it needs. */
export interface Found {
  /** What falls short. */
  readonly weak: readonly Link[];
  /** What nobody promises anything of the kind for. */
  readonly open: readonly EntityKey[];
}

export interface OnTheWay {
  readonly weak: readonly Link[];
  /** Whether something of the kind is promised for the part, with what it rests on. */
  readonly isPromised: boolean;
  /** What to look at what lies beneath with. */
  readonly way: Way;
  /** Whether there is something to be said of it, though nothing falls short. */
  readonly isOdd?: boolean;
}

/** What is known of the way down to a part. Ways that do not differ are one object. */
export interface Way {
  /** Limits that have passed already, one after the other. */
  readonly passed: readonly TimeLimit[];
}

/** Where nothing has passed yet, and nothing ever passes. */
export const plainWay: Way = { passed: [] };

/** Parts, by the way to them, beneath which nothing is to be found, or something is. */
export type ClearParts = Map<Way, Map<EntityKey, boolean>>;

type Look = (key: EntityKey, agreements: readonly Agreement[], way: Way) => OnTheWay;

const nothing: Found = { weak: [], open: [] };

/**
 * Goes from an agreement's services down to all that they need. Of a choice its best member counts. What an agreement promises stands in
 * for what nobody promises beneath it.
 *
 * @param clear what was found so far with a look that depends on nothing but the part and the way: parts beneath which nothing is to be
 * found are then looked at once for all agreements. Without it every part is looked at.
 */
export function walkDown(agreement: Agreement, study: FeasibilityStudy, start: Way, look: Look, clear?: ClearParts): Found {
  const own = study.servicesOf(agreement);
  // Beneath, an agreement could come up again by an item that supports its own service: there it is no answer to itself.
  const known = clear !== undefined && (agreement.type === 'sla' || !agreement.services.some((id) => study.hasItems(id))) ? clear : undefined;
  if (known !== undefined && own.every((key) => isOwnClear(key, agreement, own, start, study, look, known))) return nothing;
  const found = new Map<Way, Map<EntityKey, Found>>();
  const visit = (key: EntityKey, way: Way, isOwn: boolean): Found => {
    if (!isOwn && known !== undefined && isClear(key, way, study, look, known)) return nothing;
    const onWay = within(found, way);
    const before = onWay.get(key);
    if (before) return before;
    // What rests on itself has nothing to add.
    onWay.set(key, nothing);
    const part = study.part(key);
    if (!part) return nothing;
    const agreements = agreementsAt(key, agreement, isOwn, study);
    const here = look(key, agreements, way);
    const weak = [...here.weak];
    const open = new Set<EntityKey>();
    const add = (one: Found): void => {
      weak.push(...one.weak);
      if (!here.isPromised) for (const missing of one.open) open.add(missing);
    };
    if (!here.isPromised && (!isOwn || agreements.length > 0)) open.add(key);
    for (const need of part.needs) if (!isAgreement(need) && !own.includes(need)) add(visit(need, here.way, false));
    for (const choice of part.choices) add(best(choice.map((member) => (own.includes(member) ? nothing : visit(member, here.way, false)))));
    const result: Found = weak.length === 0 && open.size === 0 ? nothing : { weak: distinctLinks(weak), open: [...open] };
    onWay.set(key, result);
    return result;
  };
  const all = own.map((key) => visit(key, start, true));
  return { weak: distinctLinks(all.flatMap(({ weak }) => weak)), open: [...new Set(all.flatMap(({ open }) => open))].sort() };
}

/** What is promised at a part. OLAs and contracts for the same service are promises beside each other; an SLA rests on them. */
function agreementsAt(key: EntityKey, agreement: Agreement, isOwn: boolean, study: FeasibilityStudy): readonly Agreement[] {
  return isOwn && agreement.type !== 'sla' ? none : without(study.underneath(key), agreement);
}

/** Whether nothing is to be found in a service of an agreement, nor beneath it. */
function isOwnClear(key: EntityKey, agreement: Agreement, own: readonly EntityKey[], way: Way, study: FeasibilityStudy, look: Look, clear: ClearParts): boolean {
  const part = study.part(key);
  if (!part) return true;
  const agreements = agreementsAt(key, agreement, true, study);
  const here = look(key, agreements, way);
  if (here.weak.length > 0 || here.isOdd === true || (!here.isPromised && agreements.length > 0)) return false;
  const isFine = (need: EntityKey): boolean => own.includes(need) || isClear(need, here.way, study, look, clear);
  return part.needs.every((need) => isAgreement(need) || isFine(need)) && part.choices.every((choice) => choice.every(isFine));
}

const none: readonly never[] = [];

export function within<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  let map = maps.get(key);
  if (!map) maps.set(key, (map = new Map()));
  return map;
}

function best(members: readonly Found[]): Found {
  const good = members.filter(({ weak }) => weak.length === 0);
  const pool = good.length > 0 ? good : members;
  return pool.reduce((one, other) => (other.weak.length < one.weak.length || (other.weak.length === one.weak.length && other.open.length < one.open.length) ? other : one), pool[0] ?? nothing);
}

function without(agreements: readonly Agreement[], agreement: Agreement): readonly Agreement[] {
  return agreements.includes(agreement) ? agreements.filter((one) => one !== agreement) : agreements;
}

/** Whether all is promised, and nothing falls short, in a part and in everything beneath it, whichever member of a choice is taken. */
function isClear(key: EntityKey, way: Way, study: FeasibilityStudy, look: Look, clear: ClearParts): boolean {
  const known = within(clear, way).get(key);
  if (known !== undefined) return known;
  const assumed: (readonly [Map<EntityKey, boolean>, EntityKey])[] = [];
  const open = new Map<Way, Map<EntityKey, true>>();
  let isCircular = false;
  const visit = (at: EntityKey, onWay: Way): boolean => {
    const results = within(clear, onWay);
    const before = results.get(at);
    if (before !== undefined) return before;
    const entered = within(open, onWay);
    if (entered.has(at)) return (isCircular = true);
    const part = study.part(at);
    let result = true;
    if (part) {
      entered.set(at, true);
      const here = look(at, study.underneath(at), onWay);
      result = here.isPromised && here.weak.length === 0 && here.isOdd !== true && part.needs.every((need) => isAgreement(need) || visit(need, here.way)) && part.choices.every((choice) => choice.every((member) => visit(member, here.way)));
      entered.delete(at);
    }
    results.set(at, result);
    if (result) assumed.push([results, at]);
    return result;
  };
  const result = visit(key, way);
  // In a circle each was taken to be clear as long as the others were.
  if (!result && isCircular) for (const [results, at] of assumed) results.delete(at);
  return result;
}

function distinctLinks(links: readonly Link[]): readonly Link[] {
  if (links.length < 2) return links;
  const found = new Map<string, Link>();
  for (const link of links) found.set(`${link.agreement} ${link.path.join('.')} ${link.message}`, link);
  return [...found.values()];
}
