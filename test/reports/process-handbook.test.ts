import assert from 'node:assert/strict';
import { plain } from '../../server/reports/block-builders.ts';
import type { Block, Document, Table } from '../../server/reports/blocks.ts';
import { processHandbook } from '../../server/reports/process-handbook/process-handbook.ts';
import { raciLetters, raciOf } from '../../server/reports/process-handbook/process-facts.ts';
import { renderHtml } from '../../server/reports/renderers/html.ts';
import { renderMarkdown } from '../../server/reports/renderers/markdown.ts';
import { wordsIn } from '../../server/reports/words/words.ts';
import type { ReportInput } from '../../server/reports/report.ts';
import { exampleInput, inputOf } from './example-input.ts';
import { assertGolden } from './golden.ts';
import { sampleMeasurements } from './sample-input.ts';

const people = 'organization o "O"\nperson omar "Omar Said"\nteam desk "Desk"\nteam platform "Platform"\ncustomer shop "Shop"\n';
const process = `${people}calendar office "Office" { timezone Europe/London open Mon-Fri 08:00-18:00 }
source tickets "Desk tool" of incident from "t.csv" { map opened, restored }
metric first-fix "First-contact resolution" { from tickets value share of restored - opened <= 1h target >= 70% every month }
process incident "Incident management" {
  purpose "Restore service"
  owner omar
  satisfies iso20000:8.6.1
  inputs call from shop, known-error from problem, alert from "Monitoring"
  outputs incident-record to problem, outage-report
  criteria "Targets are kept"
  records "Tickets"
  interacts with problem
  entry "Somebody calls"
  exit "It works again"
  step log "Log it" R desk A omar I shop using "Tool" within 15min in office produces incident-record satisfies iso20000:8.6.1.a -> big
  decide big "Major?" R desk A omar yes -> both no -> fix
  fork both -> bridge, news
  step bridge "Bridge" R platform A omar C desk -> meet
  step news "News" R desk A omar -> meet
  join meet -> fix
  step fix "Fix it" R platform, desk A omar -> end
  measured by first-fix
  closure within 5 working days in office
  escalate at 75%
  file "docs/incident.md" version "3"
  review every 12mo last 2026-02-10
}
process problem "Problem management" { satisfies iso20000:8.6.3 owner omar step think "Think" R platform A omar -> end }
procedure major "Major incidents" { kind major incident process incident file "docs/major.md" }
`;

function handbook(more: Partial<ReportInput> = {}, text = process): Document {
  return processHandbook.build(inputOf(text, more));
}

function tables(blocks: readonly Block[]): Table[] {
  return blocks.flatMap((block) => (block.kind === 'table' ? [block] : block.kind === 'section' ? tables(block.blocks) : block.kind === 'figure' ? [block.table] : []));
}

describe('process handbook', () => {
  it('reads as accepted', () => {
    assertGolden('process-handbook-incident.md', renderMarkdown(processHandbook.build(exampleInput('acme', { process: 'incident' }))));
  });

  it('says of a process all that a reader of clause 8.1 looks for', () => {
    const text = renderMarkdown(handbook({ process: 'incident', measurements: sampleMeasurements }));
    for (const told of [
      /\*\*Owner\*\*: Omar Said/, /\*\*Starts when\*\*: Somebody calls/, /\*\*Ends when\*\*: It works again/, /\*\*Criteria\*\*: Targets are kept/, /\*\*Closed within\*\*: 5 working days \(Office\)/,
      /\*\*Escalated\*\*: when 75% of the time allowed has passed/, /\*\*Systems\*\*: Tool/, /\*\*Records kept\*\*: Tickets/, /\*\*Described in\*\*: docs\/incident\.md, version 3/, /\*\*Next review\*\*: 10 February 2027/,
      /\| Call \| Shop \|\n\| Known error \| Problem management \|\n\| Alert \| Monitoring \|/, /\| Incident record \| Problem management \|\n\| Outage report \| – not declared \|/,
      /\| 1 \| Log it – produces incident record; meets 8\.6\.1\.a \| Desk \| Omar Said \|  \| Shop \| Tool \| 15 minutes \(Office\) \| Major\? \|/,
      /\| 2 \| Major\? – decision \| Desk \| Omar Said \|.*\| yes: both; no: Fix it \|/, /\| First-contact resolution \| at least 70% \| 73\.8% \| 738 of 1,000 \| October 2026 \| ▲ A \|/,
      /Major incidents: docs\/major\.md/, /- 8\.6\.1 Incident management/,
    ]) assert.match(text, told);
  });

  it('draws the flow in lanes, with a text in place of the picture', () => {
    const html = renderHtml(handbook({ process: 'incident' }));
    assert.match(html, /<svg[^>]*role="img"[^>]*aria-label="Flow of Incident management with 7 nodes in 2 lanes;/);
  });

  it('lists every step and decision of every process in the matrix, with each who has a part in it', () => {
    const input = exampleInput('acme');
    const processes = input.model.all('Process');
    const titleOfParty = (id: string): string => input.model.find('Party', id)?.name.title ?? id;
    const found = new Set<string>();
    const section = processHandbook.build(input).blocks.find((block) => block.kind === 'section' && block.anchor === 'raci');
    assert.ok(section?.kind === 'section');
    for (const table of tables(section.blocks)) {
      let group = '';
      for (const row of table.rows) {
        group = row.group === undefined ? group : plain(row.group);
        const [activity, ...cells] = row.cells.map((cell) => (cell.kind === 'text' ? plain(cell.content) : ''));
        for (const [index, letters] of cells.entries()) for (const letter of letters.split(' ').filter((one) => one !== '')) found.add(`${group} / ${activity ?? ''} / ${letter} ${table.columns[index + 1]?.head ?? ''}`);
      }
    }
    const expected = new Set(processes.flatMap((one) => one.nodes.flatMap((node) => raciLetters.flatMap((letter) => (raciOf(node)?.[letter] ?? []).map((party) => `${one.title ?? one.name} / ${node.title ?? node.name} / ${letter} ${titleOfParty(party)}`)))));
    assert.ok(expected.size > 300);
    assert.deepEqual([...expected].filter((one) => !found.has(one)), []);
    assert.deepEqual([...found].filter((one) => !expected.has(one)), []);
  });

  it('names steps that nobody carries out', () => {
    const text = renderMarkdown(handbook({}, `${people}process p "P" { step a "Alone" -> b step b "Done by desk" R desk A omar -> end }`));
    assert.match(text, /Nobody is named for:\n\n- P: Alone/);
  });

  it('orders processes by the clauses that they satisfy, and says what is not declared', () => {
    const text = renderMarkdown(handbook({}, `${people}process z "Zeta" { satisfies iso20000:10.2 }\nprocess none "No clause"\nprocess a "Alpha" { satisfies iso20000:8.6.1 }\nprocess c "Gamma" { satisfies iso20000:4.1 }`));
    assert.deepEqual([...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading), ['Processes', 'Gamma', 'Alpha', 'Zeta', 'No clause']);
    assert.match(text, /Not declared: who owns it, its inputs, its outputs, its criteria, its flow and what measures it\./);
    assert.match(text, /No requirement is declared that this process meets\./);
  });

  it('is about one process where one is named, and links to no page that is not in it', () => {
    const document = handbook({ process: 'problem' });
    assert.equal(document.id, 'process-handbook-problem');
    const html = renderHtml(handbook({ process: 'incident' }));
    assert.doesNotMatch(html, /href="#process-problem"/);
    assert.match(renderHtml(handbook()), /href="#process-problem"/);
  });

  it('can be made of nothing, of the small example, and of hostile titles', () => {
    assert.match(renderMarkdown(handbook({}, '')), /No process is declared\./);
    assert.match(renderMarkdown(processHandbook.build(exampleInput('small-provider'))), /## Who does what \(RACI\)/);
    assert.doesNotMatch(renderHtml(handbook({}, 'process p "<script>" { purpose "<img src=x>" step s "<svg onload=x>" using "<b>" -> end }')), /<script|<img|<svg onload|<b>/);
  });

  it('is written in German where the organization asks for it', () => {
    const text = renderMarkdown(handbook({ words: wordsIn('de') }));
    assert.match(text, /\*\*Abschluss innerhalb von\*\*: 5 Arbeitstage \(Office\)/);
    assert.match(text, /\| 1 \| Log it – erzeugt incident record; erfüllt 8\.6\.1\.a \|/);
    assert.doesNotMatch(text, /\b(?:Owner|Inputs|Records kept|carries out|Then|Nobody)\b/);
  });
});
