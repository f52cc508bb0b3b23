/** The areas of the 2005 edition, over the same rows of the catalogue. */
import { byProcessArea } from '../../analysis/process-areas.ts';
import type { Block } from '../blocks.ts';
import type { ReportInput } from '../report.ts';
import { axisHeads, standingCells, standingKinds } from './standing-cells.ts';

/** @param which the five process areas alone, or all areas with those of the management system */
export function areaMap({ assessment, words }: ReportInput, which: 'process-areas' | 'all'): Block {
  const areas = byProcessArea(assessment.requirements).filter(({ area }) => which === 'all' || area.kind === 'process-area');
  return {
    kind: 'heat-map',
    caption: [which === 'all' ? words.say('The areas of the 2005 edition; each row of the catalogue belongs to one of them.') : words.say('The five process areas of the 2005 edition, over the same rows.')],
    rowHead: words.say('Area'),
    columns: axisHeads(words),
    kinds: standingKinds(words),
    rows: areas.map(({ area, rows }) => ({ name: [area.name], cells: standingCells(rows) })),
  };
}
