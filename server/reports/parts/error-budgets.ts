/** How much of what promises leave to be missed was used: bars against the whole of it, and how that went from period to period. */
import type { Block, Cell, Column, Status } from '../blocks.ts';
import { at, column, percent, section, table, unknown, words as text } from '../block-builders.ts';
import { bulletBars } from '../charts/bullet-bar.ts';
import { sparkline } from '../charts/sparkline.ts';
import { errorBudget, type ErrorBudget } from '../facts/error-budget.ts';
import { statusOf } from '../facts/figures.ts';
import { titleOf } from '../facts/names.ts';
import { timeText } from '../facts/quantities.ts';
import type { ReportInput } from '../report.ts';
import type { Words } from '../words/words.ts';
import { sourcePlace } from './places.ts';
import type { TargetLine } from './service-levels.ts';

/** More bars nobody reads; the caption counts those that are left out. */
const mostShown = 12;

interface Burn {
  readonly line: TargetLine;
  readonly name: string;
  readonly budget: ErrorBudget;
  readonly status: Status;
}

/** Of targets that promise a share, those that used most of what it leaves. */
export function errorBudgetSection(input: ReportInput, lines: readonly TargetLine[]): Block | undefined {
  const { words } = input;
  const burns = lines
    .flatMap((line): Burn[] => {
      const budget = line.series.last && errorBudget(line.series.last);
      return budget === undefined ? [] : [{ line, name: `${titleOf(line.promise.agreement)}: ${line.promise.subject}`, budget, status: statusOf(line.series.last) }];
    })
    .toSorted((a, b) => used(b.budget) - used(a.budget));
  if (burns.length === 0) return undefined;
  const shown = burns.slice(0, mostShown);
  const over = burns.filter(({ budget }) => budget.left.startsWith('-')).length;
  const period = words.period(input.period.id);
  const said =
    over === 0
      ? words.count(burns.length, 'In {1} the one promise kept within what it leaves to be missed.', 'In {1} all {0} promises kept within what they leave to be missed.', period)
      : words.count(burns.length, 'In {2} {1} of {0} promise used more than it leaves to be missed.', 'In {2} {1} of {0} promises used more than they leave to be missed.', over, period);
  const cut = shown.length < burns.length ? ` ${words.say('The {0} that used most are shown.', shown.length)}` : '';
  // A bar far beyond the whole would leave no room to see the others by.
  const longest = 200;
  const columns: Column[] = [column(words.say('Target')), column(words.say('Allowed'), 'text', { width: 'narrow' }), column(words.say('Used'), 'text', { width: 'narrow' }), column(words.say('Left'), 'text', { width: 'narrow' }), column(words.say('Used of it'), 'percent', { unit: '%' }), column(words.say('Used, period by period'), 'drawing')];
  return section(
    words.say('What promises leave to be missed'),
    [
      {
        kind: 'figure',
        caption: [`${said}${cut}`],
        alternative: words.say('Bars of how much was used, in percent of what was allowed, with a mark at the whole of it; the numbers are in the table below.'),
        drawing: bulletBars(shown.map(({ name, budget, status }) => ({ label: name, value: Math.min(longest, used(budget)), limit: 100, status, printed: budget.usedShare === undefined ? words.say('nothing allowed') : words.say('{0}%', words.number(budget.usedShare)) }))),
        table: table(
          columns,
          shown.map(({ line, name, budget }): Cell[] => [
            text(at(sourcePlace(input.locator, line.promise.place), name)),
            text(amount(words, budget.allowed, line)),
            text(amount(words, budget.used, line)),
            text(budget.left.startsWith('-') ? words.say('{0} too many', amount(words, budget.left.slice(1), line)) : amount(words, budget.left, line)),
            budget.usedShare === undefined ? unknown(words.say('nothing allowed')) : percent(budget.usedShare),
            burnCell(line, words),
          ]),
          { density: 'dense' },
        ),
      },
    ],
    { anchor: 'error-budgets' },
  );
}

/** In percent; what was used although nothing was allowed comes before all else. */
function used({ usedShare, used: missed }: ErrorBudget): number {
  return usedShare === undefined ? (Number(missed) > 0 ? Infinity : 0) : Number(usedShare);
}

/** Time, or records to a tenth: what few records leave to be missed is less than one. */
function amount(words: Words, value: string, { promise, series }: TargetLine): string {
  if (promise.basis === 'time') return timeText(words, Number(value), series.last?.weightedBy !== undefined);
  return words.number(value.replace(/(\.[1-9])\d*$|\.0\d*$/, '$1'));
}

function burnCell({ series }: TargetLine, words: Words): Cell {
  const values = series.figures.map((figure) => {
    const budget = figure && errorBudget(figure);
    return budget?.usedShare === undefined ? undefined : Number(budget.usedShare);
  });
  const known = values.filter((value) => value !== undefined);
  if (known.length < 2) return unknown();
  return { kind: 'drawing', drawing: sparkline({ values, target: 100, lastStatus: statusOf(series.last) }), alternative: words.say('{0} of {1} periods known, lowest {2}, highest {3}', known.length, series.periods.length, words.number(String(Math.min(...known))), words.number(String(Math.max(...known)))) };
}
