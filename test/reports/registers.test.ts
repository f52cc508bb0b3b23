import assert from 'node:assert/strict';
import { plain } from '../../server/reports/block-builders.ts';
import type { Cell, Section, Table } from '../../server/reports/blocks.ts';
import { registerDocument, registers, registersReport } from '../../server/reports/registers/registers.ts';
import { renderText } from '../../server/reports/render-document.ts';
import { renderHtml } from '../../server/reports/renderers/html.ts';
import type { ReportInput } from '../../server/reports/report.ts';
import { wordsIn } from '../../server/reports/words/words.ts';
import { assertGolden } from './golden.ts';
import { sampleInput } from './sample-input.ts';

function sectionOf(input: ReportInput, id: string): Section {
  const found = registersReport.build(input).blocks.find((block): block is Section => block.kind === 'section' && block.anchor === id);
  assert.ok(found);
  return found;
}

function tableOf(input: ReportInput, id: string): Table {
  const [table] = sectionOf(input, id).blocks;
  assert.ok(table?.kind === 'table');
  return table;
}

function cellText(cell: Cell | undefined): string {
  switch (cell?.kind) {
    case 'text':
      return plain(cell.content);
    case 'number':
    case 'date':
      return cell.value;
    default:
      return '';
  }
}

/** The cells of a column, by its head. */
function columnOf(table: Table, head: string): readonly string[] {
  const index = table.columns.findIndex((column) => column.head === head);
  assert.notEqual(index, -1, `no column ${head}`);
  return table.rows.map(({ cells }) => cellText(cells[index]));
}

const risky = `risk method m { accept level <= 9 }
risk small "Small" { likelihood 2 impact 2 owner anna assessed 2026-06-01 review every 6mo last 2026-06-01 }
risk grave "Grave" { likelihood 5 impact 4 treat reduce owner anna action "Replace it" owner anna due 2026-10-01 }
risk unjudged "Not judged" { owner anna }
risk taken "Taken" { likelihood 3 impact 4 treat accept accepted by anna on 2026-09-01 }
person anna "Anna Berg"
`;

describe('registers', () => {
  it('lists risks by level, and says which are above what is accepted', () => {
    const table = tableOf(sampleInput({}, risky), 'risks');
    assert.deepEqual(columnOf(table, 'Id'), ['grave', 'taken', 'small', 'unjudged']);
    assert.deepEqual(columnOf(table, 'Level'), ['20', '12', '4', '']);
    assert.deepEqual(columnOf(table, 'Judged'), ['above what is accepted', 'accepted by name', 'within what is accepted', 'not judged']);
    assert.equal(columnOf(table, 'Actions')[0], 'Replace it (Anna Berg, overdue since 2026-10-01)');
    assert.deepEqual(columnOf(table, 'Next assessment'), ['', '', '2026-12-01', '']);
    assert.equal(plain(table.caption ?? []), '4 risks; 1 above what is accepted, 1 not judged, 0 due to be assessed again. Clauses 6.1.2 and 6.1.3.');
  });

  it('types its cells: numbers, dates, money by its currency', () => {
    const input = sampleInput({}, 'asset a "A" { value 2460000.50 EUR reviewed 2026-09-24 }\nasset b "B" { value 12 }\n');
    const table = tableOf(input, 'assets');
    const [row] = table.rows;
    const kinds = Object.fromEntries(table.columns.map(({ head, type }, index) => [head, [type, row?.cells[index]?.kind]]));
    assert.deepEqual([kinds['Value'], kinds['Last reviewed'], kinds['Currency']], [['number', 'number'], ['date', 'date'], ['text', 'text']]);
    assert.deepEqual(columnOf(table, 'Value'), ['2460000.5', '']);
  });

  it('puts open nonconformities before closed ones, the longest open first', () => {
    const text = 'nonconformity done "Done" { detected 2026-01-01 status closed closed 2026-02-01 }\nnonconformity new "New" { detected 2026-11-20 status open }\nnonconformity old "Old" { detected 2026-03-01 status open }\n';
    const table = tableOf(sampleInput({}, text), 'nonconformities');
    assert.deepEqual(columnOf(table, 'Id'), ['old', 'new', 'done']);
    assert.deepEqual(columnOf(table, 'Open for'), ['266', '2', '']);
  });

  it('collects actions from wherever they are stated, but no decision that gives nobody anything to do', () => {
    const text = `${risky}management review r { held 2026-05-01 decision "All stays" decision "Hire" owner anna due 2026-12-01 }\nservice report s for x { produced on 2026-10-05 for 2026-09 action "Ask" owner anna done 2026-10-06 }\n`;
    const table = tableOf(sampleInput({}, text), 'actions');
    assert.deepEqual(columnOf(table, 'Action'), ['Replace it', 'Hire', 'Ask']);
    assert.deepEqual(columnOf(table, 'State'), ['overdue', 'open', 'done']);
  });

  it('knows a supplier by its contracts, their targets, its reviews and disputes', () => {
    const table = tableOf(sampleInput(), 'suppliers');
    assert.deepEqual(columnOf(table, 'Contracts and agreements in force'), ['SkyNet hosting contract']);
    assert.deepEqual([columnOf(table, 'First of them ends'), columnOf(table, 'Next review')], [['2027-06-30'], ['2026-12-02']]);
    const kept = table.rows[0]?.cells[table.columns.findIndex(({ head }) => head === 'Targets met')];
    assert.ok(kept?.kind === 'ratio' && Number(kept.denominator) > 0);
  });

  it('says how often something is declared instead of listing hundreds', () => {
    const many = Array.from({ length: 300 }, (_, index) => `risk r${index} "Risk ${index}" { cause "x" }\n`).join('');
    const table = tableOf(sampleInput({}, many), 'documented-information');
    const rows = columnOf(table, 'Where').filter((_, index) => columnOf(table, 'Documented information')[index]?.startsWith('Risks and opportunities'));
    assert.deepEqual(rows, ['300 declarations of the model']);
  });

  it('leaves details out on pages and keeps them as data', () => {
    const document = registersReport.build(sampleInput());
    const page = renderText(document, 'md');
    const risks = page.slice(page.indexOf('## Risks'), page.indexOf('## Opportunities'));
    assert.doesNotMatch(risks, /\| Likelihood \|/);
    assert.match(risks, /\| Risk \| Level \|/);
    assert.match(renderText(document, 'json'), /"head": "Likelihood"/);
    assert.match(renderHtml(document), /Likelihood/);
  });

  it('says of an empty model what is not declared, in every register', () => {
    const document = registersReport.build(sampleInput({ measurements: undefined }, ''));
    const text = renderText(document, 'md');
    for (const one of registers.filter(({ id }) => id !== 'documented-information')) assert.ok(text.includes(one.none), one.id);
    assert.match(text, /1 of 18 registers have entries/);
  });

  it('writes hostile titles as text', () => {
    const hostile = ['risk', 'asset', 'improvement', 'nonconformity', 'supplier', 'evidence', 'obligation', 'objective', 'opportunity', 'document'].map((type) => `${type} x-${type} "<script>alert(1)</script>"\n`).join('');
    const html = renderHtml(registersReport.build(sampleInput({ measurements: undefined }, hostile)));
    assert.doesNotMatch(html, /<script/);
    assert.match(html, /&lt;script/);
  });

  it('makes one register a document of its own', () => {
    const [risks] = registers;
    assert.ok(risks);
    const document = registerDocument(sampleInput({}, risky), risks);
    assert.deepEqual([document.id, document.title, document.blocks.length], ['register-risks', 'Risks', 1]);
  });

  it('speaks German where the organization does', () => {
    const text = renderText(registersReport.build(sampleInput({ words: wordsIn('de') }, risky)), 'md');
    assert.match(text, /## Risiken\n\n4 Risiken; 1 über dem akzeptierten Niveau/);
    assert.match(text, /überfällig seit 01\.10\.2026/);
  });

  it('reads as accepted', () => {
    assertGolden('registers.md', renderText(registersReport.build(sampleInput()), 'md'));
  });
});
