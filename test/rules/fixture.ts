import { catalogue } from '../../language/catalogue/catalogue.ts';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { dateFrom } from '../../language/values/date.ts';
import type { RequirementStatus } from '../../server/assessment/assessment.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import type { LocatedFinding } from '../../server/assessment/located-findings.ts';
import { rules } from '../../server/iso20000/rules.ts';
import type { Figure, Measurements, RecordCheckResult, Verdict } from '../../server/measurement/figure.ts';
import type { Variant } from './parse-fixture.ts';

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
  const findings = engine.findingsOf('fixture.itsms');
  return { findings, status: engine.assessment().requirements.find(({ id }) => id === row) ?? statusOfPermission(row, findings) };
}

/** A permission is no demand, so it has no status: there is a gap in it or there is none. */
function statusOfPermission(row: string, findings: readonly LocatedFinding[]): RequirementStatus {
  if (catalogue.row(row)?.kind !== 'permission') throw new Error(`No status of ${row}`);
  const gaps = findings.filter(({ finding }) => finding.requirements.includes(row)).length;
  return { id: row, applicability: 'applicable', checked: true, declared: gaps > 0 ? 'no' : 'yes', evidenced: 'notRequired', effective: 'unknown', findings: gaps };
}

/** What was measured, as a fixture's lines state it: all checks of a row are answered, those that no line names with nothing that falls short. */
export function measurementsOf(row: string, model: ProjectModel, engine: AssessmentEngine, measured: readonly string[]): Measurements {
  const sources = model.all('Source').map(({ name, recordKind }) => ({ source: name, recordKind, files: [], rows: 40, records: 40, fields: [], dataHash: '' }));
  const stated = new Map<string, { shortfall: number; population: number }>();
  const figures: Figure[] = [];
  for (const statement of measured) {
    const check = /^(\S+\/\S+): (\d+) of (\d+)$/.exec(statement);
    const figure = /^([\w-]+)\.([\w-]+|"[^"]+") (\S+): (\w+)(?: (\S+))?$/.exec(statement);
    if (check) stated.set(check[1]!, { shortfall: Number(check[2]), population: Number(check[3]) });
    else if (figure) figures.push(figureOf(model, figure[1]!, figure[2]!.replaceAll('"', ''), figure[3]!, verdictOf(figure[4]!), figure[5]));
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
  const isMetric = agreement === 'metric';
  // No name of a target or limit has a space: that of a promise of news has.
  const isTarget = name.includes(' ') || (model.get('Agreement', agreement)?.targets.some((target) => target.name === name) ?? false);
  return {
    subject: isMetric ? { kind: 'metric', metric: name } : isTarget ? { kind: 'target', agreement, target: name } : { kind: 'workload', agreement, limit: name },
    period,
    ...(value === undefined ? {} : { value }),
    unit: isMetric || isTarget ? 'percent' : 'count',
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
