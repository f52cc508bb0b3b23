/** What differs between two states of the text, as data. Swapping the states swaps every change: see {@link opposite}. */
import type { EntityKey } from '../../../language/model/declarations.ts';
import type { AxisState } from '../../assessment/assessment.ts';
import type { Axis } from '../../assessment/remark.ts';

/**
 * Which way something changed. Of promises (targets, hours, limits, credits): `tightened`, more is promised than before; `loosened`, less.
 * Of approvals: `voided`, what was approved has changed; `unbound`, it has changed under an approval that does not say what was approved.
 */
export type Effect =
  | 'added' | 'removed'
  | 'tightened' | 'loosened'
  | 'extended' | 'reduced'
  | 'raised' | 'lowered'
  | 'retired' | 'reinstated'
  | 'given' | 'withdrawn'
  | 'voided' | 'restored'
  | 'expired' | 'renewed'
  | 'gained' | 'lost'
  | 'gap opened' | 'gap closed'
  | 'renamed' | 'unbound' | 'changed';

const opposites: readonly (readonly [Effect, Effect])[] = [
  ['added', 'removed'], ['tightened', 'loosened'], ['extended', 'reduced'], ['raised', 'lowered'], ['retired', 'reinstated'], ['given', 'withdrawn'],
  ['voided', 'restored'], ['expired', 'renewed'], ['gained', 'lost'], ['gap opened', 'gap closed'],
];
const oppositeOf: ReadonlyMap<Effect, Effect> = new Map(opposites.flatMap(([one, other]) => [[one, other], [other, one]]));

/** The effect seen from the other side; what has no direction stays. */
export function opposite(effect: Effect): Effect {
  return oppositeOf.get(effect) ?? effect;
}

/** The themes under which changes are told, in their order. */
export const topics = ['scope', 'agreements', 'services', 'customers', 'suppliers', 'calendars', 'approvals', 'evidence', 'risks', 'processes', 'policies and plans', 'measurement', 'people', 'other'] as const;
export type Topic = (typeof topics)[number];

/** A declaration as it stands in one of the states. */
export interface ComparedSubject {
  readonly key: EntityKey;
  /** `service`, `SLA`, `risk`. */
  readonly type: string;
  readonly id: string;
  readonly title: string;
}

/** One fact that differs. Texts are as people read them; one that is absent says that the state has no such fact. */
export interface Detail {
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
  readonly effect: Effect;
  /** The day from which the difference holds, where it is not the beginning. */
  readonly from?: string;
}

/** What changed about one declaration. */
export interface Change {
  readonly topic: Topic;
  readonly effect: Effect;
  /** Absent: it was not there. */
  readonly before?: ComparedSubject;
  /** Absent: it is there no more. */
  readonly after?: ComparedSubject;
  readonly details: readonly Detail[];
}

/** How a row of the catalogue stood and stands: on an axis, whether it applies, or whether its gap is accepted. */
export interface RowChange {
  /** `8.3.3.1` */
  readonly row: string;
  readonly on: Axis | 'applicability' | 'waiver';
  readonly before: RowState;
  readonly after: RowState;
  /** `gained` and `lost`: to or from no gap found; `gap opened` and `gap closed`: from or to what is unknown or not required. */
  readonly effect: Effect;
  /** What is missing in the state that has the gap, or was. */
  readonly reasons: readonly string[];
}

export type RowState = AxisState | 'applicable' | 'notApplicable' | 'later' | 'accepted' | 'notAccepted';

export interface Comparison {
  readonly rows: readonly RowChange[];
  readonly changes: readonly Change[];
}

/** The comparison of the same states the other way round. */
export function mirrored({ rows, changes }: Comparison): Comparison {
  return {
    rows: rows.map((row) => ({ ...row, before: row.after, after: row.before, effect: opposite(row.effect) })),
    changes: changes.map(({ topic, effect, before, after, details }) => ({
      topic,
      effect: opposite(effect),
      ...(after ? { before: after } : {}),
      ...(before ? { after: before } : {}),
      details: details.map(mirroredDetail),
    })),
  };
}

function mirroredDetail({ what, before, after, effect, from }: Detail): Detail {
  return { what, ...(after === undefined ? {} : { before: after }), ...(before === undefined ? {} : { after: before }), effect: opposite(effect), ...(from === undefined ? {} : { from }) };
}

/** In an order that is the same the other way round. */
export function orderedDetails(details: readonly Detail[]): readonly Detail[] {
  const keyOf = ({ what, before, after }: Detail): string => JSON.stringify([what, ...[before ?? '', after ?? ''].sort()]);
  return details.map((detail) => ({ detail, key: keyOf(detail) })).toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ detail }) => detail);
}

/** What changed about a whole, from what changed about its parts: a direction only where no part goes the other way. */
export function effectOfAll(effects: readonly Effect[]): Effect {
  const directed = new Set(effects.filter((effect) => effect !== 'changed' && effect !== 'unbound'));
  const [only, other] = directed;
  if (only === undefined || other !== undefined) return 'changed';
  // A part that came or went does not mean that the whole did.
  return only === 'added' || only === 'removed' ? 'changed' : only;
}
