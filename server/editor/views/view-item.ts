/** What the trees beside the text are made of: plain data, computed from the model, its assessment and its figures. */
import type { FilePlace, Place } from '../../../language/model/finding.ts';
import type { ProjectModel } from '../../../language/model/project-model.ts';
import { lastCompletedPeriod, type Period } from '../../../language/values/period.ts';
import { limitInWords } from '../../../language/values/limit.ts';
import type { IsoDate } from '../../../language/values/date.ts';
import type { CertificationDay } from '../../analysis/certification-calendar.ts';
import type { Assessment } from '../../assessment/assessment.ts';
import type { SeverityOverrides } from '../../assessment/standing.ts';
import type { Figure, Measurements } from '../../measurement/figure.ts';
import { FigureIndex, statusOf, targetInWords, valueInWords } from '../../reports/facts/figures.ts';
import { printPeriod } from '../../reports/renderers/format-values.ts';
import type { ViewNode } from '../../protocol.ts';
import { plain } from '../markdown.ts';

/** What a view reads. */
export interface ViewInput {
  readonly model: ProjectModel;
  readonly assessment: Assessment;
  /** Undefined where nothing has been measured. */
  readonly measurements: Measurements | undefined;
  readonly asOf: IsoDate;
  readonly severity: SeverityOverrides;
  readonly certification: readonly CertificationDay[];
}

/** A line of a tree, whose place has not been looked up yet. */
export interface ViewItem extends Omit<ViewNode, 'project' | 'target' | 'page'> {
  readonly place?: Place | FilePlace;
  /** A code of the catalogue: its page explains what is asked. */
  readonly code?: string;
}

/** An icon, its colour, and the words that say the same to those who do not see it. */
export interface Mark {
  readonly icon: string;
  readonly color?: string;
  readonly words: string;
}

export const colors = { error: 'problemsErrorIcon.foreground', warning: 'problemsWarningIcon.foreground', information: 'problemsInfoIcon.foreground', fine: 'testing.iconPassed', quiet: 'disabledForeground' } as const;

/** How a figure stands against its target. */
export function markOf(figure: Figure | undefined): Mark {
  const status = statusOf(figure);
  switch (status) {
    case 'met':
      return { icon: 'pass', color: colors.fine, words: 'target met' };
    case 'warning':
      return { icon: 'warning', color: colors.warning, words: 'target met, but only just' };
    case 'below':
      return { icon: 'error', color: colors.error, words: 'target missed' };
    case 'too-small':
      return { icon: 'circle-outline', words: 'sample too small' };
    case 'no-data':
      return figure?.verdict === 'noTarget' ? { icon: 'graph', words: 'no target' } : { icon: 'question', words: 'not known' };
  }
}

/** `99.71% in October 2026, target missed`; what is not known says so. */
export function figureInWords(figure: Figure | undefined, isMeasured: boolean): string {
  if (!figure) return isMeasured ? 'no figure' : 'not measured';
  const value = valueInWords(figure);
  if (value === undefined) return `not known for ${printPeriod(figure.period)}`;
  const { words } = markOf(figure);
  return `${value} in ${printPeriod(figure.period)}${words === 'no target' ? '' : `, ${words}`}`;
}

/** `at least 95%`; empty where no limit is stated. */
export function statedLimit(comparison: string | undefined, value: string | undefined): string {
  return comparison === undefined || value === undefined ? '' : limitInWords(comparison, value);
}

/** How a figure was computed, for a tooltip. */
export function figureTooltip(name: string, figure: Figure | undefined, isMeasured: boolean): string {
  const target = targetInWords(figure);
  const numbers = figure?.numerator !== undefined && figure.denominator !== undefined && figure.unit === 'percent' ? `${figure.numerator} of ${figure.denominator}` : undefined;
  return lines(
    `**${plain(name)}**`,
    plain(figureInWords(figure, isMeasured)),
    target && `Target: ${plain(target)}`,
    figure && plain([figure.computation, numbers].filter((part) => part !== undefined && part !== '').join('; ')),
    figure?.reason === undefined ? undefined : plain(figure.reason),
  );
}

/** Paragraphs of Markdown; what is left out leaves none. */
export function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

/** `a, b, c`, without what is left out. */
export function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

/** A line with a mark: its words are spoken before what the line says. */
export function marked(mark: Mark, item: Omit<ViewItem, 'icon' | 'color' | 'spoken'>): ViewItem {
  return { ...item, icon: mark.icon, ...(mark.color === undefined ? {} : { color: mark.color }), spoken: joined(item.label, mark.words, item.description) };
}

/** A line whose icon only decorates it. */
export function line(icon: string, item: Omit<ViewItem, 'icon' | 'spoken'>): ViewItem {
  return { ...item, icon, spoken: joined(item.label, item.description) };
}

const noFigures = new FigureIndex(undefined);
const indexes = new WeakMap<Measurements, FigureIndex>();

/** The figures by what they are about: made once for what was measured once. */
export function figuresOf({ measurements }: ViewInput): FigureIndex {
  if (!measurements) return noFigures;
  let index = indexes.get(measurements);
  if (!index) indexes.set(measurements, (index = new FigureIndex(measurements)));
  return index;
}

/** The last month that is over: that of which figures are shown. */
export function shownPeriod({ asOf }: ViewInput): Period {
  return lastCompletedPeriod('month', asOf);
}
