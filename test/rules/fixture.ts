import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { dateFrom } from '../../language/values/date.ts';
import type { RequirementStatus } from '../../server/assessment/assessment.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import type { LocatedFinding } from '../../server/assessment/located-findings.ts';
import { rules } from '../../server/iso20000/rules.ts';
import type { Figure, Measurements, RecordCheckResult, Verdict } from '../../server/measurement/figure.ts';

/**
 * A fixture is a model that meets a row, with the smallest changes that break it written beside it:
 *
 *     line                  //-        only in the model that meets the row
 *     //+ line                         only in the one that breaks it
 *     line                  //< word: text   where it breaks, a finding covers `word` of this line and says `text`
 *
 * Several ways to break one row carry a letter each: `//-a`, `//+b line`, `//<b word: text`; `//-ab` goes in two of them. Where nothing was measured these lines are
 * absent; otherwise they state what was:
 *
 *     //= 8.6.1.a/classified: 2 of 40         2 of 40 records fall short
 *     //= gold.uptime 2026-10: missed 99.1    a figure of a target or workload limit
 *     //= measured                            measured, and nothing falls short that no other line names
 */
export interface Fixture {
  readonly meets: Variant;
  readonly breaks: readonly Variant[];
}

export interface Variant {
  /** Letter of the way it breaks; empty for the model that meets the row. */
  readonly label: string;
  readonly text: string;
  readonly measured: readonly string[];
  readonly expected: readonly ExpectedFinding[];
}

export interface ExpectedFinding {
  /** From 1. */
  readonly line: number;
  readonly word: string;
  readonly text: string;
}

/** `//-ad`, `//+a`, `//<b word: text`; the letters name the ways of breaking that it speaks of, none the only one. */
const mark = /\s*\/\/([-<])([a-z]*)(?=\s|$)(?: (\S+): ([^\n]*?))?(?=\s*\/\/[-<]|\s*$)/g;
const addition = /^(\s*)\/\/\+([a-z]*)\s(.*)$/;

export function parseFixture(source: string): Fixture {
  const letters = [...source.matchAll(/\/\/[-+<]([a-z]*)(?=\s|$)/g)].flatMap(([, found]) => (found ? [...found] : ['']));
  return { meets: variantOf(source, undefined), breaks: [...new Set(letters)].sort().map((label) => variantOf(source, label)) };
}

function variantOf(source: string, label: string | undefined): Variant {
  const speaksOf = (letters: string | undefined): boolean => label !== undefined && (letters === '' ? label === '' : (letters ?? '').includes(label) && label !== '');
  const lines: string[] = [];
  const measured: string[] = [];
  const expected: ExpectedFinding[] = [];
  for (const raw of source.split('\n')) {
    const added = addition.exec(raw);
    if (added && !speaksOf(added[2])) continue;
    const line = added ? `${added[1]}${added[3]}` : raw;
    const marks = [...line.matchAll(mark)];
    if (marks.some(([, kind, letters]) => kind === '-' && speaksOf(letters))) continue;
    const text = line.slice(0, marks[0]?.index ?? line.length);
    const statement = /^\s*\/\/= (.*)$/.exec(text);
    if (statement) {
      measured.push(statement[1]!.trim());
      continue;
    }
    lines.push(text);
    for (const [, kind, letters, word, message] of marks) {
      if (kind === '<' && speaksOf(letters)) expected.push({ line: lines.length, word: word ?? '', text: message ?? '' });
    }
  }
  return { label: label ?? '', text: lines.join('\n'), measured, expected };
}

export interface Result {
  readonly findings: readonly LocatedFinding[];
  readonly status: RequirementStatus;
}

const builder = new FragmentBuilder();
const asOf = dateFrom('2026-11-10');

/** The one boundary that fixtures pass: text and what was measured in, findings and the row's status out. */
export function check(row: string, { text, measured }: Pick<Variant, 'text' | 'measured'>): Result {
  const model = new ProjectModel();
  model.update('fixture.itsms', builder.build('fixture.itsms', text));
  const engine = new AssessmentEngine(model, { asOf, rules });
  if (measured.length > 0) engine.setMeasurements(measurementsOf(row, model, engine, measured));
  const status = engine.assessment().requirements.find(({ id }) => id === row);
  if (!status) throw new Error(`No status of ${row}`);
  return { findings: engine.findingsOf('fixture.itsms'), status };
}

function measurementsOf(row: string, model: ProjectModel, engine: AssessmentEngine, measured: readonly string[]): Measurements {
  const sources = model.all('Source').map(({ name, recordKind }) => ({ source: name, recordKind, files: [], rows: 40, records: 40, fields: [], dataHash: '' }));
  const stated = new Map<string, { shortfall: number; population: number }>();
  const figures: Figure[] = [];
  for (const statement of measured) {
    const check = /^(\S+\/\S+): (\d+) of (\d+)$/.exec(statement);
    const figure = /^([\w-]+)\.([\w-]+) (\S+): (\w+)(?: (\S+))?$/.exec(statement);
    if (check) stated.set(check[1]!, { shortfall: Number(check[2]), population: Number(check[3]) });
    else if (figure) figures.push(figureOf(model, figure[1]!, figure[2]!, figure[3]!, verdictOf(figure[4]!), figure[5]));
    else if (statement !== 'measured') throw new Error(`Not understood: ${statement}`);
  }
  const checks = engine.recordChecks().flatMap(({ id, recordKind }): RecordCheckResult[] =>
    sources
      .filter((source) => source.recordKind === recordKind && id.startsWith(`${row}/`))
      .map(({ source }) => {
        const { shortfall, population } = stated.get(id) ?? { shortfall: 0, population: 40 };
        return { check: id, source, population, shortfall, firstKeys: Array.from({ length: shortfall }, (_, index) => `INC${index + 1}`), missingFields: [] };
      }),
  );
  for (const id of stated.keys()) if (!checks.some(({ check }) => check === id)) throw new Error(`No check is called ${id}`);
  return { asOf, figures, checks, sources, findings: [], records: [] };
}

function figureOf(model: ProjectModel, agreement: string, name: string, period: string, verdict: Verdict, value: string | undefined): Figure {
  const isTarget = model.get('Agreement', agreement)?.targets.some((target) => target.name === name) ?? false;
  return {
    subject: isTarget ? { kind: 'target', agreement, target: name } : { kind: 'workload', agreement, limit: name },
    period,
    ...(value === undefined ? {} : { value }),
    unit: 'percent',
    excluded: [],
    verdict,
    computation: '',
    missed: [],
    dataHash: '',
  };
}

function verdictOf(text: string): Verdict {
  const verdicts: readonly Verdict[] = ['met', 'warning', 'missed', 'tooFew', 'unknown', 'noTarget'];
  const found = verdicts.find((verdict) => verdict === text);
  if (!found) throw new Error(`No verdict is called ${text}`);
  return found;
}
