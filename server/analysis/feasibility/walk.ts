import type { Agreement, EntityKey } from '../../../language/model/declarations.ts';
import type { Link } from './check.ts';
import { serviceKey, typeOf } from './support-graph.ts';
import type { FeasibilityStudy } from './study.ts';

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
  readonly state: readonly string[];
  /** Whether there is something to be said of it, though nothing falls short. */
  readonly isOdd?: boolean;
}

type Look = (key: EntityKey, agreements: readonly Agreement[], state: readonly string[]) => OnTheWay;

const nothing: Found = { weak: [], open: [] };

/**
 * Goes from an agreement's services down to all that they need. Of a choice its best member counts. What an agreement promises stands in
 * for what nobody promises beneath it.
 *
 * @param state what depends on the way, as texts, such as times that have passed already
 * @param question all that `look` depends on beside its arguments: parts beneath which nothing is to be found are then asked about
 * once for all agreements with the same question. Without it every part is looked at.
 */
export function walkDown(agreement: Agreement, study: FeasibilityStudy, state: readonly string[], look: Look, question?: string): Found {
  // Beneath, an agreement could come up again by an item that supports its own service: there it is no answer to itself.
  const clear = question !== undefined && (agreement.type === 'sla' || !agreement.services.some((id) => study.hasItems(id))) ? study.clear(question) : undefined;
  const known = new Map<string, Found>();
  const visit = (key: EntityKey, way: readonly string[], isOwn: boolean): Found => {
    if (!isOwn && clear !== undefined && isClear(key, way, study, look, clear)) return nothing;
    const name = nameOf(key, way);
    const before = known.get(name);
    if (before) return before;
    // What rests on itself has nothing to add.
    known.set(name, nothing);
    const part = study.part(key);
    if (!part) return nothing;
    // OLAs and contracts for the same service are promises beside each other; an SLA rests on them.
    const agreements = isOwn && agreement.type !== 'sla' ? [] : without(study.underneath(key), agreement);
    const here = look(key, agreements, way);
    const weak = [...here.weak];
    const open = new Set<EntityKey>();
    const add = (found: Found): void => {
      weak.push(...found.weak);
      if (!here.isPromised) for (const one of found.open) open.add(one);
    };
    if (!here.isPromised && (!isOwn || agreements.length > 0)) open.add(key);
    for (const need of part.needs) if (typeOf(need) !== 'Agreement' && !own.has(need)) add(visit(need, here.state, false));
    for (const choice of part.choices) add(best(choice.map((member) => (own.has(member) ? nothing : visit(member, here.state, false)))));
    const found: Found = { weak: distinctLinks(weak), open: [...open] };
    known.set(name, found);
    return found;
  };
  const own = new Set(agreement.services.map(serviceKey));
  const all = agreement.services.map((id) => visit(serviceKey(id), state, true));
  return { weak: distinctLinks(all.flatMap(({ weak }) => weak)), open: [...new Set(all.flatMap(({ open }) => open))].sort() };
}

function best(members: readonly Found[]): Found {
  const good = members.filter(({ weak }) => weak.length === 0);
  const pool = good.length > 0 ? good : members;
  return pool.reduce((one, other) => (other.weak.length < one.weak.length || (other.weak.length === one.weak.length && other.open.length < one.open.length) ? other : one), pool[0] ?? nothing);
}

function nameOf(key: EntityKey, way: readonly string[]): string {
  return way.length === 0 ? key : `${key} ${way.join(' ')}`;
}

function without(agreements: readonly Agreement[], agreement: Agreement): readonly Agreement[] {
  return agreements.includes(agreement) ? agreements.filter((one) => one !== agreement) : agreements;
}

/** Whether all is promised, and nothing falls short, in a part and in everything beneath it, whichever member of a choice is taken. */
function isClear(key: EntityKey, way: readonly string[], study: FeasibilityStudy, look: Look, clear: Map<string, boolean>): boolean {
  const known = clear.get(nameOf(key, way));
  if (known !== undefined) return known;
  const assumed: string[] = [];
  const open = new Set<string>();
  let isCircular = false;
  const visit = (at: EntityKey, state: readonly string[]): boolean => {
    const name = nameOf(at, state);
    const before = clear.get(name);
    if (before !== undefined) return before;
    if (open.has(name)) return (isCircular = true);
    const part = study.part(at);
    let result = true;
    if (part) {
      open.add(name);
      const here = look(at, study.underneath(at), state);
      result = here.isPromised && here.weak.length === 0 && here.isOdd !== true && part.needs.every((need) => typeOf(need) === 'Agreement' || visit(need, here.state)) && part.choices.every((choice) => choice.every((member) => visit(member, here.state)));
      open.delete(name);
    }
    clear.set(name, result);
    if (result) assumed.push(name);
    return result;
  };
  const result = visit(key, way);
  // In a circle each was taken to be clear as long as the others were.
  if (!result && isCircular) for (const name of assumed) clear.delete(name);
  return result;
}

function distinctLinks(links: readonly Link[]): readonly Link[] {
  if (links.length < 2) return links;
  const found = new Map<string, Link>();
  for (const link of links) found.set(`${link.agreement} ${link.path.join('.')} ${link.message}`, link);
  return [...found.values()];
}
