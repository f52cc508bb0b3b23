/** Figures by what they are about, in the order of their periods: for lenses, hovers and summaries. */
import { subjectKey, type Figure } from '../measurement/figure.ts';
import type { MeasureResult } from '../protocol.ts';
import type { Project } from '../project/project.ts';

/** How many periods a trend looks back: thirteen months show the same month of the year before. */
const trendPeriods = 13;

const series = new WeakMap<readonly Figure[], ReadonlyMap<string, readonly Figure[]>>();

/** All figures by subject, the earliest period first. */
export function figureSeries(figures: readonly Figure[]): ReadonlyMap<string, readonly Figure[]> {
  let known = series.get(figures);
  if (!known) {
    const lists = new Map<string, Figure[]>();
    for (const figure of figures) {
      const key = subjectKey(figure.subject);
      const list = lists.get(key);
      if (list) list.push(figure);
      else lists.set(key, [figure]);
    }
    for (const list of lists.values()) list.sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0));
    series.set(figures, (known = lists));
  }
  return known;
}

/** From each of the last periods to the next: ↗ more, ↘ less, → the same, · unknown or too few records. Whether more is better, the target says. */
export function trendArrows(figures: readonly Figure[]): string {
  const shown = figures.slice(-trendPeriods);
  return shown
    .slice(1)
    .map((figure, index) => {
      const before = shown[index];
      if (before?.value === undefined || figure.value === undefined || before.verdict === 'tooFew' || figure.verdict === 'tooFew') return '·';
      const difference = Number(figure.value) - Number(before.value);
      return difference > 0 ? '↗' : difference < 0 ? '↘' : '→';
    })
    .join('');
}

/** What a run of measuring has found, in numbers. */
export function measureResult(project: Project, isMeasured: boolean): MeasureResult {
  const { measurements } = project;
  const last = [...figureSeries(project.figures()).values()].flatMap((figures) => figures.at(-1) ?? []).filter(({ subject }) => subject.kind !== 'metric' || subject.group === undefined);
  return {
    isMeasured,
    asOf: project.asOf,
    sources: measurements?.sources.length ?? 0,
    records: measurements?.sources.reduce((sum, { records }) => sum + records, 0) ?? 0,
    subjects: last.length,
    missed: last.filter(({ verdict }) => verdict === 'missed').length,
    unknown: last.filter(({ verdict }) => verdict === 'unknown').length,
    findings: measurements?.findings.length ?? 0,
  };
}
