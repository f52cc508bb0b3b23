import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { MutatedProject } from './mutated-project.ts';
import { parseSelector, readTable, shownMutation, type Mutation } from './table.ts';

/** How many mutants of the large example are tried, each time the same ones, besides those of rows that only it shows. */
const sampled = 150;
const seed = 20_000;

/**
 * Every fact that witnesses a row is taken out or spoiled, and the gap must appear in exactly the rows that rest on it.
 *
 * `ITSMS_DRAFT=file` writes what is found for facts that the table does not name yet, for whoever keeps it: what belongs into it is
 * decided by what the catalogue says is to be checked.
 */
describe('mutants', function () {
  this.timeout(600_000);
  const table = readTable();
  const killed = new Set<string>();
  let small: MutatedProject;
  let large: MutatedProject;

  before(async () => {
    small = await MutatedProject.open('small-provider');
    large = await MutatedProject.open('acme');
  });

  it('name rows of the catalogue', () => {
    assert.deepEqual(table.flatMap(({ at, rows }) => rows.flatMap(({ row }) => (catalogue.row(row) ? [] : [`${at}: ${row}`]))), []);
  });

  it('are killed in the small example, all of them, and no other row falls', () => {
    assert.deepEqual(table.flatMap((mutation) => complaints(small, mutation)), []);
  });

  it('are killed in the large example, a sample of them, and no other row falls', () => {
    const own = table.filter(({ rows }) => rows.some(({ model }) => model === 'acme'));
    const others = table.filter((mutation) => !own.includes(mutation));
    assert.deepEqual([...own, ...sample(others)].flatMap((mutation) => complaints(large, mutation)), []);
  });

  it('cover every fact that the small example states', () => {
    const named = new Set(table.flatMap(({ facts }) => facts.map(({ type, path }) => [type, ...path].join('.'))));
    // What the grammar demands cannot be left out.
    const missing = small.facts().filter((fact) => !named.has(fact) && small.rowsOf(withoutFact(fact)) !== undefined);
    const draft = process.env['ITSMS_DRAFT'];
    if (draft !== undefined) writeFileSync(draft, missing.map((fact) => draftLine(small, fact)).join(''));
    assert.deepEqual(missing, []);
  });

  it('kill the rows', () => {
    const demands = catalogue.demands.map(({ id }) => id);
    const alive = demands.filter((row) => !killed.has(row));
    console.log(`      ${demands.length - alive.length} of ${demands.length} rows killed; ${table.filter(({ decoration }) => decoration !== undefined).length} of ${table.length} mutants change nothing, as the table says`);
    assert.deepEqual(alive, []);
  });

  function complaints(project: MutatedProject, mutation: Mutation): string[] {
    const found = project.rowsOf(mutation);
    const wanted = mutation.rows.filter(({ model }) => model === undefined || isOf(project, model)).map(({ row }) => row);
    const what = `${mutation.at} ${project.name} ${shownMutation(mutation)}`;
    // A fact that the model does not state can break nothing; the small one has to state those of the table.
    if (!found) return project === small && !mutation.rows.every(({ model }) => model === 'acme') ? [`${what}: nothing states it, or the grammar demands it`] : [];
    for (const row of found) if (wanted.includes(row)) killed.add(row);
    const lives = wanted.filter((row) => !found.has(row) && !project.baseline.has(row));
    const others = [...found].filter((row) => !wanted.includes(row));
    return [...(lives.length > 0 ? [`${what}: no gap in ${lives.join(' ')}`] : []), ...(others.length > 0 ? [`${what}: also a gap in ${others.join(' ')}`] : [])];
  }
});

function isOf({ name }: MutatedProject, model: string): boolean {
  return model === (name === 'acme' ? 'acme' : 'small');
}

function withoutFact(fact: string): Mutation {
  return { at: '', facts: [parseSelector(fact, '')], value: undefined, rows: [], decoration: undefined };
}

function draftLine(project: MutatedProject, fact: string): string {
  const rows = project.rowsOf(withoutFact(fact)) ?? [];
  return `${fact}  ${[...rows].join(' ') || '-'}\n`;
}

/** Some of a list, spread over it by a fixed pseudo-random sequence (Lehmer 1951). */
function sample(all: readonly Mutation[]): readonly Mutation[] {
  if (all.length <= sampled) return all;
  const chosen = new Set<Mutation>();
  for (let state = seed; chosen.size < sampled; state = (state * 48_271) % 2_147_483_647) chosen.add(all[state % all.length]!);
  return [...chosen];
}
