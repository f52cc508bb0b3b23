/** Whether what agreements promise can be kept by what they rest on, in tables: how much is left of each promise, or lacks. */
import type { Agreement } from '../../../language/model/declarations.ts';
import type { FeasibilityCheck, FeasibilityVerdict } from '../../analysis/feasibility/check.ts';
import { feasibilityStudy } from '../../analysis/feasibility/feasibility-query.ts';
import { placeOf } from '../../assessment/remark.ts';
import { at, column, decimal, mark, quiet, table, unknown, words as text } from '../block-builders.ts';
import type { Cell, Status, Table } from '../blocks.ts';
import { titleOf } from '../facts/names.ts';
import type { ReportInput } from '../report.ts';
import type { Words } from '../words/words.ts';
import { sourcePlace } from './places.ts';

/** A promise held against what it rests on. */
export interface HeldPromise {
  readonly agreement: Agreement;
  readonly check: FeasibilityCheck;
}

/** Of the agreements in force that the report speaks of: what cannot be kept first, then what is least certain, then what is closest. */
export function heldPromises({ ask, model, agreement: only }: ReportInput): readonly HeldPromise[] {
  // Of a report about a part of the model, the agreements that it lists.
  const shown = new Set(model.all('Agreement').map(({ name }) => name));
  const held = ask((context) => {
    const study = feasibilityStudy(context);
    return study
      .agreements()
      .filter(({ name }) => (only === undefined || name === only) && shown.has(name))
      .flatMap((agreement) => (study.withWorkload(agreement.name)?.checks ?? []).map((check): HeldPromise => ({ agreement, check })));
  });
  const order: readonly FeasibilityVerdict[] = ['notKept', 'unknown', 'kept'];
  const secondsOf = ({ check }: HeldPromise): number => (check.marginSeconds === null ? Infinity : Number(check.marginSeconds));
  return held.toSorted((a, b) => order.indexOf(a.check.verdict) - order.indexOf(b.check.verdict) || compareNumbers(secondsOf(a), secondsOf(b)));
}

function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** `12 of 17 promises can be kept by what they rest on; 3 cannot, and of 2 it cannot be told.` */
export function heldInWords(held: readonly HeldPromise[], words: Words): string {
  const count = (verdict: FeasibilityVerdict): number => held.filter(({ check }) => check.verdict === verdict).length;
  return words.count(held.length, '{1} of {0} promise can be kept by what it rests on; {2} cannot, and of {3} it cannot be told.', '{1} of {0} promises can be kept by what they rest on; {2} cannot, and of {3} it cannot be told.', count('kept'), count('notKept'), count('unknown'));
}

const statuses: Readonly<Record<FeasibilityVerdict, Status>> = { kept: 'met', notKept: 'below', unknown: 'no-data' };

/** One line for each promise. What is left is in minutes: of a period of the target or of the worst month, of a single case where a time is promised. */
export function heldTable(held: readonly HeldPromise[], { locator, words }: Pick<ReportInput, 'locator' | 'words'>, caption: string): Table {
  const rows = held.map(({ agreement, check }): Cell[] => [
    text(at(sourcePlace(locator, placeOf(agreement, ...check.path)), titleOf(agreement)), ' ', quiet(agreement.type)),
    text(check.promise),
    text(mark(statuses[check.verdict]), ' ', check.margin),
    marginCell(check),
  ]);
  return table([column(words.say('Agreement')), column(words.say('Promise')), column(words.say('By what it rests on')), column(words.say('Left'), 'number', { unit: 'min', width: 'narrow' })], rows, { caption: [caption], rowHead: 1 });
}

/** Cut the way that flatters least: what is left downwards, what lacks upwards. */
function marginCell({ verdict, marginSeconds }: FeasibilityCheck): Cell {
  // What is left of those parts that are promised says nothing while another part is open.
  return marginSeconds === null || verdict === 'unknown' ? unknown() : decimal(minutesDown(marginSeconds));
}

function minutesDown(seconds: string): string {
  const tenths = Math.floor(Number(seconds) / 6);
  return `${tenths < 0 ? '-' : ''}${Math.floor(Math.abs(tenths) / 10)}.${Math.abs(tenths) % 10}`;
}
