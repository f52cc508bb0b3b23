import type { Activity, Variant } from '../../analysis/conformance/conformance.ts';
import type { QueryEngine } from '../engine.ts';
import { frameOf, type PeriodFrame } from '../period-frame.ts';
import { numberOf } from '../source-session.ts';
import { integer, literal } from '../sql.ts';

/** Where the engine finds what was done: queries and expressions of its language. */
export interface EventQueries {
  readonly engine: QueryEngine;
  /** Begins the names of all tables. */
  readonly name: string;
  /** (case_id, at_ms, place, text): rows of a history, already without what is left out. Undefined where there are none. */
  readonly rows: string | undefined;
  /** (case_id, at_ms) for each field that shows a step, in the order of the flow; with the position of its activity. */
  readonly fields: readonly { readonly activity: number; readonly query: string }[];
  /** Joins what the clock that measures the time between steps shows at `e.at_ms`, as `c`; elapsed time where there is none. */
  readonly clock: string | undefined;
  /** (case_id, case_key, counted, finished), one row for each record; `counted` is empty where nothing says when it counts. */
  readonly cases: string;
  readonly frames: readonly PeriodFrame[];
}

export interface EventLog {
  readonly variants: readonly Variant[];
  /** How many there are, those that are left out included. */
  readonly variantCount: number;
  /** Cases by period that are left out, as there are too many variants or theirs is too long. */
  readonly leftOut: readonly number[];
  readonly events: number;
  readonly withoutStep: number;
  /** From one step to the next; several where a text may stand for any of them. */
  readonly waits: readonly { readonly from: readonly number[]; readonly to: readonly number[]; readonly times: number; readonly median: number; readonly p90: number; readonly longest: number; readonly total: number }[];
  /** Activities that no step is named for, by how often. */
  readonly strangers: readonly { readonly text: string; readonly events: number }[];
  readonly activities: readonly Activity[];
}

/** More variants than this are not compared one by one, nor traces that are longer. */
const mostVariants = 200_000;
const longestTrace = 2_000;
/** Different texts without a step that are told apart; the others are one activity. */
const mostStrangers = 200;
const samplesPerVariant = 3;

/**
 * Reads the events of all cases and puts together those that did the same. Whatever is done a million times is done here, in the engine; what
 * comes out is as many rows as there are variants.
 *
 * @param known activities that stand for steps: those that texts of rows name, and those that fields show
 */
export async function readEventLog(queries: EventQueries, known: readonly Activity[]): Promise<EventLog> {
  const { engine, name, rows, fields, clock, cases, frames } = queries;
  const shownByFields = new Set(fields.map(({ activity }) => activity));
  const texts = known.filter((_, index) => !shownByFields.has(index)).map(({ text }) => literal(text));
  const strangers = rows === undefined ? [] : (await engine.rows(`SELECT text, count(*) AS n FROM (${rows}) WHERE text NOT IN (${[...texts, "''"].join(', ')}) GROUP BY text ORDER BY n DESC, text`)).map(([text, n]) => ({ text: String(text), events: Number(n) }));
  const activities: Activity[] = [...known, ...strangers.slice(0, mostStrangers).map(({ text }) => ({ text, steps: [] }))];
  const others = strangers.length > mostStrangers ? activities.push({ text: `${strangers.length - mostStrangers} others`, steps: [] }) - 1 : undefined;
  // Activities that stand for the same steps are the same to the clock.
  const kinds: (readonly number[])[] = [];
  const kindOf = (steps: readonly number[]): number => {
    const found = kinds.findIndex((kind) => kind.join() === steps.join());
    return found === -1 ? kinds.push(steps) - 1 : found;
  };
  const codes = `codes_${name}`;
  await engine.run(`CREATE TEMP TABLE ${codes} (code INTEGER, text VARCHAR, kind INTEGER)`);
  if (activities.length > 0) await engine.run(`INSERT INTO ${codes} VALUES ${activities.map(({ text, steps }, code) => `(${code}, ${shownByFields.has(code) ? 'NULL' : literal(text)}, ${steps.length === 0 ? 'NULL' : kindOf(steps)})`).join(', ')}`);
  const events = `events_${name}`;
  // What happens in the same moment is taken in the order of the rows, moments of fields before them and in the order of the flow.
  const all = [
    ...(rows === undefined ? [] : [`SELECT e.case_id, e.at_ms, e.place, coalesce(c.code, ${others ?? 'NULL'})::INTEGER AS code FROM (${rows}) e LEFT JOIN ${codes} c ON c.text = e.text WHERE c.code IS NOT NULL OR ${others !== undefined}`]),
    ...fields.map(({ activity, query }, position) => `SELECT case_id, at_ms, ${integer(position - fields.length)}::BIGINT AS place, ${integer(activity)}::INTEGER AS code FROM (${query})`),
  ].join(' UNION ALL ');
  await engine.run(`CREATE TEMP TABLE ${events} AS SELECT e.*, ${clock === undefined ? 'e.at_ms' : 'c.base_ms + e.at_ms * c.runs'} AS reading FROM (${all === '' ? 'SELECT NULL::VARCHAR AS case_id, NULL::BIGINT AS at_ms, NULL::BIGINT AS place, NULL::INTEGER AS code WHERE false' : all}) e${clock === undefined ? '' : ` ${clock}`}`);
  const traces = `traces_${name}`;
  await engine.run(`CREATE TEMP TABLE ${traces} AS SELECT r.case_id, r.case_key, t.trace, r.finished, ${frameOf('coalesce(r.counted, t.first_at)', frames)} AS frame FROM (${cases}) r JOIN (SELECT case_id, list(code ORDER BY at_ms, place) AS trace, min(at_ms) AS first_at FROM ${events} GROUP BY case_id) t ON t.case_id = r.case_id`);
  const variants = `variants_${name}`;
  const perFrame = `SELECT trace, finished, frame, count(*) AS n, min(case_key, ${samplesPerVariant}) AS samples FROM ${traces} WHERE frame IS NOT NULL GROUP BY trace, finished, frame`;
  await engine.run(`CREATE TEMP TABLE ${variants} AS SELECT *, row_number() OVER (ORDER BY total DESC, trace, finished DESC) <= ${mostVariants} AND len(trace) <= ${longestTrace} AS compared FROM (SELECT trace, finished, list(frame ORDER BY frame) AS frames, list(n ORDER BY frame) AS counts, sum(n) AS total, list_sort(flatten(list(samples)))[1:${samplesPerVariant}] AS samples FROM (${perFrame}) GROUP BY trace, finished)`);
  const spread = (positions: readonly unknown[], counts: readonly unknown[]): number[] => {
    const byFrame = frames.map(() => 0);
    for (const [index, position] of positions.entries()) byFrame[Number(position)] = Number(counts[index]);
    return byFrame;
  };
  const found = await engine.rows(`SELECT trace, finished, frames, counts, samples FROM ${variants} WHERE compared ORDER BY total DESC, trace, finished DESC`);
  const rest = await engine.rows(`SELECT frame, sum(n) FROM (SELECT unnest(frames) AS frame, unnest(counts) AS n FROM ${variants} WHERE NOT compared) GROUP BY frame`);
  const [variantCount] = await engine.row(`SELECT count(*) FROM ${variants}`);
  const [counted] = await engine.row(`SELECT sum(len(trace)) FROM ${traces} WHERE frame IS NOT NULL`);
  const [without] = await engine.row(`SELECT count(*) FROM (${cases}) r WHERE ${frameOf('r.counted', frames)} IS NOT NULL AND r.case_id NOT IN (SELECT case_id FROM ${traces})`);
  const pairs = await engine.rows(`SELECT kind, next_kind, count(*), quantile_disc(wait, 0.5), quantile_disc(wait, 0.9), max(wait), sum(wait) FROM (SELECT kind, next_kind, next_reading - reading AS wait FROM (SELECT c.kind, e.reading, e.case_id, lead(c.kind) OVER w AS next_kind, lead(e.reading) OVER w AS next_reading FROM ${events} e JOIN ${codes} c ON c.code = e.code JOIN ${traces} t ON t.case_id = e.case_id WHERE c.kind IS NOT NULL AND t.frame IS NOT NULL WINDOW w AS (PARTITION BY e.case_id ORDER BY e.at_ms, e.place)) WHERE next_kind IS NOT NULL) GROUP BY kind, next_kind ORDER BY sum(wait) DESC, kind, next_kind`);
  const seconds = (cell: unknown): number => Math.floor(Number(cell) / 1000);
  return {
    variants: found.map(([trace, finished, positions, counts, samples]) => ({
      trace: (trace as readonly unknown[]).map(Number), isFinished: finished === true, cases: spread(positions as readonly unknown[], counts as readonly unknown[]), samples: (samples as readonly unknown[]).map(String),
    })),
    variantCount: numberOf(variantCount) ?? 0,
    leftOut: spread(rest.map(([frame]) => frame), rest.map(([, n]) => n)),
    events: numberOf(counted) ?? 0,
    withoutStep: numberOf(without) ?? 0,
    waits: pairs.map(([from, to, times, median, p90, longest, total]) => ({ from: kinds[Number(from)]!, to: kinds[Number(to)]!, times: Number(times), median: seconds(median), p90: seconds(p90), longest: seconds(longest), total: seconds(total) })),
    strangers,
    activities,
  };
}
