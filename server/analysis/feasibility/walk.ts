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
}

const nothing: Found = { weak: [], open: [] };

/**
 * Goes from an agreement's services down to all that they need. Of a choice its best member counts. What an agreement promises stands in
 * for what nobody promises beneath it.
 *
 * @param state what depends on the way, as texts, such as times that have passed already
 */
export function walkDown(agreement: Agreement, study: FeasibilityStudy, state: readonly string[], look: (key: EntityKey, agreements: readonly Agreement[], state: readonly string[]) => OnTheWay): Found {
  const known = new Map<string, Found>();
  const visit = (key: EntityKey, way: readonly string[], isOwn: boolean): Found => {
    const name = `${key} ${way.join(' ')}`;
    const before = known.get(name);
    if (before) return before;
    // What rests on itself has nothing to add.
    known.set(name, nothing);
    const part = study.part(key);
    if (!part) return nothing;
    // OLAs and contracts for the same service are promises beside each other; an SLA rests on them.
    const agreements = isOwn && agreement.type !== 'sla' ? [] : study.underneath(key).filter((one) => one !== agreement);
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

function distinctLinks(links: readonly Link[]): readonly Link[] {
  const found = new Map<string, Link>();
  for (const link of links) found.set(`${link.agreement} ${link.path.join('.')} ${link.message}`, link);
  return [...found.values()];
}
