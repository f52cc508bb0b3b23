import assert from 'node:assert/strict';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { dateFrom } from '../../language/values/date.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import { patternsOfDemand } from '../../server/guidance/8-4-supply-and-demand.ts';

const asOf = dateFrom('2026-11-10');
const text = `organization acme "ACME"
service mail "Mail"
service chat "Chat"
source wanted "Demand" of demand from "demand.csv" {
  dates iso
  key id
  map period = "month"
  map current = "users"
  map forecast = "next"
}
`;

/** What is said of demand where so many records were read; none given: where nothing was. */
function saidOf(records?: number): readonly string[] {
  const model = new ProjectModel();
  model.update('demand.itsms', new FragmentBuilder().build('demand.itsms', text));
  const engine = new AssessmentEngine(model, { asOf, rules: [patternsOfDemand] });
  if (records !== undefined) engine.setMeasurements({ asOf, figures: [], checks: [], sources: [{ source: 'wanted', recordKind: 'demand', files: [], rows: records, records, fields: [], dataHash: '' }], findings: [], records: [] });
  return engine.findingsOf('demand.itsms').flatMap(({ finding }) => (finding.code === 'G.8.4.2.1' ? [finding.message] : []));
}

describe('patterns of demand', () => {
  it('are seen from four periods of each service', () => assert.deepEqual(saidOf(8), []));

  it('are not seen from fewer', () => {
    const [message = ''] = saidOf(7);
    assert.match(message, /holds 7 records of demand for 2 services\. Forecast from at least 4 periods of each/);
  });

  it('are not spoken of where nothing was read', () => assert.deepEqual(saidOf(), []));
});
