/** How rows of the catalogue stand on the three axes, as cells of a heat map. */
import type { RequirementStatus } from '../../assessment/assessment.ts';
import type { HeatCell, HeatKind } from '../blocks.ts';
import { axes, standing, type Standing } from '../facts/gaps.ts';
import { message, type Words } from '../words/words.ts';

const known: readonly (HeatKind & { readonly standing: Standing })[] = [
  { standing: 'gap', name: message('gap'), mark: '■', tone: 'gap' },
  { standing: 'accepted', name: message('open, accepted until a date'), mark: '◆', tone: 'accepted' },
  { standing: 'noGap', name: message('no gap found'), mark: '●', tone: 'fine' },
  { standing: 'unknown', name: message('unknown'), mark: '○', tone: 'unknown' },
  { standing: 'notRequired', name: message('not required'), mark: '–', tone: 'unchecked' },
  { standing: 'unchecked', name: message('not yet checked'), mark: '·', tone: 'unchecked' },
];

export function standingKinds(words: Words): readonly HeatKind[] {
  return known.map(({ name, mark, tone }) => ({ name: words.say(name), mark, tone }));
}

/** The heads of the columns that {@link standingCells} fill. */
export function axisHeads(words: Words): readonly string[] {
  return [words.say('Declared'), words.say('Evidenced'), words.say('Effective')];
}

/** Counts by kind of standing, one cell for each axis. */
export function standingCells(rows: readonly RequirementStatus[]): HeatCell[] {
  return axes.map((axis) => ({ counts: known.map((kind) => rows.filter((row) => standing(row, axis) === kind.standing).length), total: rows.length }));
}
