import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measurements } from '../../server/measurement/figure.ts';
import { figureOf, MeasuredProject } from './measured-project.ts';
import { sharedData } from './shared-data.ts';

/** Real exports of other tools; the data is not part of the repository, and each test is skipped visibly where it is absent. */
async function measureExport(context: Mocha.Context, folder: string, file: string, text: string, asOf: string): Promise<Measurements> {
  const data = sharedData(folder);
  if (data === undefined) context.skip();
  const project = new MeasuredProject(text, { 'export.csv': readFileSync(join(data!, file)) });
  try {
    return await project.measure(asOf);
  } finally {
    project.remove();
  }
}

describe('real exports', () => {
  it('reads problems in Latin-1 with semicolons and offsets (Volvo IT, BPI Challenge 2013)', async function () {
    const model = (encoding: string): string => `
source problems of incident from "export.csv" {
  ${encoding}
  dates iso
  history by "Problem Number" at "Problem Change Date+Time"
  keep last
  map opened = first time "Problem Number" is not empty
  map restored = last time "Problem Status" is one of "Completed", "Closed"
  map impact = "Problem Latest Impact" { "Major" = high  "High" = high  "Medium" = medium  "Low" = low }
  map assigned-to = "Problem Involved Action Owner First Name"
}
metric closed { from problems value share of restored - opened <= 365d every year by impact }
metric who { from problems where assigned-to contains "ü" value count every year }
`;
    const undeclared = await measureExport(this, 'tickets-bpic2013-closed-problems', 'VINST cases closed problems.csv', model(''), '2013-01-10');
    assert.deepEqual(undeclared.findings.filter(({ severity }) => severity !== 'information').map(({ message }) => message), ['export.csv is not UTF-8. It was read as Latin-1 (“Jüri”): say which encoding it has (“encoding latin-1”).']);
    const declared = await measureExport(this, 'tickets-bpic2013-closed-problems', 'VINST cases closed problems.csv', model('encoding latin-1'), '2013-01-10');
    assert.deepEqual(declared.findings.filter(({ severity }) => severity !== 'information'), []);
    assert.deepEqual(declared.sources.map(({ rows, records, from }) => [rows, records, from]), [[6660, 1487, '2006-01-11']]);
    assert.ok(declared.figures.some(({ subject, value }) => subject.kind === 'metric' && subject.metric === 'who' && Number(value) > 0));
    assert.deepEqual(declared.figures.filter(({ subject }) => subject.kind === 'metric' && subject.metric === 'closed' && subject.group === undefined).map(({ denominator }) => Number(denominator)).reduce((a, b) => a + b), 1487);
  });

  it('does not count tasks that end before they begin as met (Jira)', async function () {
    const result = await measureExport(this, 'tickets-jira-agile', 'jira.csv', `
source tasks of incident from "export.csv" { dates iso in UTC  key id  map opened = created_date  map closed = finished_date }
metric quick { from tasks value share of closed - opened <= 30d every year }
`, '2020-01-10');
    const warnings = result.findings.filter(({ code, severity }) => severity !== 'information' && code !== 'data-stale');
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!.message, /^1662 of 4123 records of tasks have “closed” before “opened”: P0-T5052 /);
    const missing = result.figures.reduce((sum, { excluded }) => sum + excluded.reduce((inner, { amount }) => inner + Number(amount), 0), 0);
    assert.equal(missing, 1662);
  });

  it('says what the least export cannot tell (a help desk)', async function () {
    const result = await measureExport(this, 'tickets-helpdesk-italian-minimal', 'helpdesk.csv', `
customer users
service desk
priority P1
source cases of incident from "export.csv" {
  dates iso in Europe/Rome
  history by CaseID at CompleteTimestamp
  map opened = first time ActivityID is not empty
  map restored = last time ActivityID is not empty
}
sla all for desk with users {
  target p1 restore P1 within 4h for 90% per year from cases
  target any restore within 60d for 90% per year from cases
}
`, '2014-06-10');
    assert.equal(result.sources[0]!.records, 3804);
    assert.equal(figureOf(result, 'p1', '2013').reason, 'cases maps no “priority”');
    assert.match(figureOf(result, 'any', '2013').computation, /the source does not say which service/);
  });
});
